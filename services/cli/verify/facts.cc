#include "services/cli/verify/facts.h"

#include "libs/indonesia/format.h"
#include "libs/indonesia/regions.h"

namespace bangkit::cli {

Facts ReadFacts(postgres::Connection& connection, const std::string& sql) {
    const postgres::Rows rows = connection.Run(sql);
    Facts facts;
    for (int i = 0; i < rows.size(); ++i) facts.emplace(rows.Bytes(i, 0), rows.Bytes(i, 1));
    return facts;
}

Finding Compare(const Facts& expected, const Facts& actual, const std::string& what) {
    Finding finding;
    finding.SetLookedAt(indonesia::FormatNumber(std::ssize(expected)) + " " + what);
    auto mine = expected.begin();
    auto theirs = actual.begin();
    while (mine != expected.end() || theirs != actual.end()) {
        const bool is_missing =
            theirs == actual.end() || (mine != expected.end() && mine->first < theirs->first);
        const bool is_extra =
            !is_missing && (mine == expected.end() || theirs->first < mine->first);
        if (is_missing) {
            finding.Add(mine->first + " is missing, expected " + mine->second);
            ++mine;
        } else if (is_extra) {
            finding.Add(theirs->first + " is " + theirs->second + ", expected nothing");
            ++theirs;
        } else {
            if (mine->second != theirs->second) {
                finding.Add(mine->first + " is " + theirs->second + ", expected " + mine->second);
            }
            ++mine;
            ++theirs;
        }
    }
    return finding;
}

void Recount::Add(std::string_view region_code, const std::string& what, std::int64_t count) {
    for (auto code = region_code; !code.empty(); code = indonesia::ParentOf(code)) {
        counts_[std::string(code) + what] += count;
    }
}

void Recount::Add(postgres::Connection& connection, const std::string& sql) {
    const postgres::Rows rows = connection.Run(sql);
    for (int i = 0; i < rows.size(); ++i) Add(rows.Bytes(i, 0), rows.Text(i, 1), rows.Int64(i, 2));
}

Facts Recount::ToFacts() const {
    Facts facts;
    for (const auto& [key, count] : counts_) {
        if (count != 0) facts.emplace(key, std::to_string(count));
    }
    return facts;
}

Facts Recounted(postgres::Connection& connection, const std::string& sql) {
    Recount recount;
    recount.Add(connection, sql);
    return recount.ToFacts();
}

std::string MonthOf(const std::string& time) {
    return "to_char(" + time + " AT TIME ZONE 'Asia/Jakarta', ' YYYY-MM')";
}

}  // namespace bangkit::cli
