#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>

#include "libs/postgres/connection.h"
#include "services/cli/verify/invariant.h"

namespace bangkit::cli {

/// What one system says, by what it says it of: to be compared with what another one says.
using Facts = std::map<std::string, std::string>;

/// `sql` returns two columns of text.
Facts ReadFacts(postgres::Connection& connection, const std::string& sql);

/// Each fact that `actual` lacks, has in another form, or has besides is a breach.
Finding Compare(const Facts& expected, const Facts& actual, const std::string& what);

/// Adds what is counted in a region to all the regions around it, as dashboards do.
class Recount {
public:
    void Add(std::string_view region_code, const std::string& what, std::int64_t count);
    /// Of a query that returns region, what and count.
    void Add(postgres::Connection& connection, const std::string& sql);
    /// Without zeros.
    Facts ToFacts() const;

private:
    std::map<std::string, std::int64_t> counts_;
};

Facts Recounted(postgres::Connection& connection, const std::string& sql);

/// SQL: " YYYY-MM" of a time, as dashboards count months.
std::string MonthOf(const std::string& time);

}  // namespace bangkit::cli
