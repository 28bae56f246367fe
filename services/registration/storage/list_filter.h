#pragma once

#include <array>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "libs/postgres/connection.h"
#include "services/registration/domain/business.h"
#include "services/registration/domain/legality.h"

namespace bangkit::registration {

/// Which businesses a list shows. What is unset lets everything pass.
struct ListFilter {
    // None inside another. Of a viewer with owner_id, none stands for all.
    std::vector<std::string> regions;
    std::optional<Kind> kind;
    std::optional<Scale> scale;
    std::optional<Condition> condition;
    std::optional<Verification> verification = {};
    std::string kbli = {};                     // The beginning of a code.
    std::set<Channel> channels = {};           // All of them.
    std::set<NetworkCoverage> coverages = {};  // One of them.
    std::set<Legality> legality = {};          // All of them.
    std::set<Legality> missing_legality = {};  // None of them.
    bool order_and_deliver = false;            // Only those.
    std::set<Affiliation> affiliations = {};   // One of them.
};

/// A place in the list, which is ordered by both.
struct ListPosition {
    std::string region_code;
    std::string business_id = "00000000-0000-0000-0000-000000000000";
};

/// Conditions on a row of `listed_businesses l`. They take the first parameters of a statement; the
/// condition, the scale and the verification are named, for they may be those of another day.
std::string FilterSql(std::string_view scale, std::string_view condition,
                      std::string_view verification);
inline constexpr int kFilterParameterCount = 11;

/// The parameters of FilterSql(), behind which others follow.
class FilterParameters {
public:
    explicit FilterParameters(const ListFilter& filter);

    /// Runs `sql` with these and then `more`.
    template <typename... More>
    postgres::Rows Run(postgres::Transaction& transaction, std::string_view sql,
                       const More&... more) const {
        return transaction.Run(
            sql, {values_[0], values_[1], values_[2], values_[3], values_[4], values_[5],
                  values_[6], values_[7], values_[8], values_[9], values_[10], more...});
    }

private:
    std::array<std::string, kFilterParameterCount> values_;
};

}  // namespace bangkit::registration
