#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "bangkit/registration/v1/registration_service.pb.h"
#include "libs/indonesia/regions.h"

namespace bangkit::bench {

/// The province in which everything happens: Banten, 8 regencies, 155 districts, 1,552 villages.
inline constexpr std::string_view kProvince = "36";

/// Businesses that do not exist: number `n` is always the same one, and no two share a NIK. Real
/// regions, NIKs with the serials 9000 to 9999, which nobody has. May be used by many threads.
class SyntheticBusinesses {
public:
    SyntheticBusinesses();

    registration::v1::RegisterBusinessRequest Request(std::uint64_t n) const;
    /// The same as a row of an import, with its line end.
    std::string CsvRow(std::uint64_t n) const;
    static std::string CsvHeader();
    /// Codes of the province.
    const std::vector<std::string>& districts() const { return districts_; }

private:
    std::string Nik(std::uint64_t n) const;

    const indonesia::RegionTree regions_;
    std::vector<std::string> districts_, villages_;
};

}  // namespace bangkit::bench
