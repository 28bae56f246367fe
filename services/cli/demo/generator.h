#pragma once

#include <cstdint>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "libs/base/clock.h"
#include "libs/indonesia/regions.h"
#include "services/cli/demo/names.h"
#include "services/cli/demo/random.h"
#include "services/cli/demo/row.h"

namespace bangkit::cli {

/// A delivery shop is an UMKM that takes orders and delivers them (warung pesan kirim).
enum class DemoKind { kUmkm, kCooperative, kVendor, kDeliveryShop };

/// Makes businesses that do not exist, of people who do not exist, in proportions as in life:
/// villages, trades, amounts, conditions. Their NIKs have serials of 9000 to 9999 and their
/// telephone numbers a part of 0000.
///
/// A row depends on seed, region, kind and index only: another number of rows makes the same ones,
/// only more or fewer. NIKs and NIBs are unique within one generator. Of 1,337 cooperatives 300 are
/// mosques', as in Kota Bekasi; delivery shops go round the regencies, so that each has as many.
class Generator {
public:
    /// Throws UsageError if `region_code` is not a region or has no villages.
    Generator(const indonesia::RegionTree& regions, std::string_view region_code,
              std::uint64_t seed);

    Row Make(DemoKind kind, std::uint64_t index);

private:
    struct Owner {
        bool female = false;
        Date birth_date;
        std::string nik;
        std::string name;
    };

    std::string_view PickVillage(Random& random) const;
    /// In the regency whose turn it is.
    std::string_view PickVillageOf(std::uint64_t index, Random& random) const;
    Owner MakeOwner(std::string_view village, Random& random);
    std::string MakeNib(Random& random);

    const std::string region_code_;
    const std::uint64_t seed_;
    std::vector<std::string_view> villages_;
    std::vector<std::int64_t> weights_;  // Of each village and all before it.
    // Where in villages_ each regency begins, and behind them where the last one ends.
    std::vector<std::size_t> regencies_;
    std::set<std::string> niks_;
    std::set<std::string> nibs_;
};

}  // namespace bangkit::cli
