#include "services/cli/verify/facts.h"

#include "libs/indonesia/format.h"

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

}  // namespace bangkit::cli
