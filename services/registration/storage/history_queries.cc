#include "services/registration/storage/history_queries.h"

#include <algorithm>

#include "libs/base/utc.h"
#include "libs/indonesia/format.h"
#include "services/registration/storage/bits.h"

namespace bangkit::registration {
namespace {

using postgres::Int64;

constexpr std::string_view kFindSql = "SELECT FROM businesses WHERE business_id = $1::text::uuid";

// All that was stated of one business by a time, in one form; then what holds on a day, if one is
// given; then a page. Joined with the business, so that row-level security holds here too.
constexpr std::string_view kListSql =
    "WITH statements AS ("
    " SELECT business_id, version, 0 AS kind, valid_from, recorded_at, reported_by AS recorded_by,"
    "        condition AS value, monthly_sales_rupiah AS first_amount,"
    "        NULL::bigint AS second_amount, workers_male, workers_female, reasons AS bits,"
    "        '' AS words"
    "   FROM condition_history"
    " UNION ALL "
    " SELECT business_id, version, 1, valid_from, recorded_at, reported_by,"
    "        scale, capital_rupiah, annual_sales_rupiah, NULL, NULL, is_upgrade::int, rule_set"
    "   FROM scale_history"
    " UNION ALL "
    " SELECT business_id, version, 2, (recorded_at AT TIME ZONE 'Asia/Jakarta')::date, recorded_at,"
    "        verified_by, level, NULL, NULL, NULL, NULL, 0, note"
    "   FROM verifications"
    " UNION ALL "
    " SELECT business_id, version, 3,"
    "        coalesce(region_since, (recorded_at AT TIME ZONE 'Asia/Jakarta')::date), recorded_at,"
    "        changed_by, 0, NULL, NULL, NULL, NULL, 0,"
    "        changed_fields || '|' || coalesce(region_before, '')"
    "   FROM detail_changes"
    " UNION ALL "
    " SELECT business_id, version, 4, (recorded_at AT TIME ZONE 'Asia/Jakarta')::date, recorded_at,"
    "        changed_by, 0, NULL, NULL, NULL, NULL, 0,"
    "        array_to_string(added, ' ') || ',' || array_to_string(removed, ' ')"
    "   FROM group_changes"
    " UNION ALL "
    " SELECT business_id, version, 5, (recorded_at AT TIME ZONE 'Asia/Jakarta')::date, recorded_at,"
    "        merged_by, 0, NULL, NULL, NULL, NULL, is_undo::int, surviving_id || ',' || merged_id"
    "   FROM merge_history"
    "), known AS ("
    " SELECT s.*,"
    "        row_number() OVER (PARTITION BY s.kind ORDER BY s.valid_from DESC, s.version DESC)"
    "          AS place"
    "   FROM statements s JOIN businesses USING (business_id)"
    "  WHERE business_id = $1::text::uuid AND recorded_at <= $2::text::timestamptz"
    "    AND valid_from <= $3::text::date"
    ")"
    " SELECT version, kind, valid_from, recorded_at, recorded_by, value, first_amount,"
    "        second_amount, workers_male, workers_female, bits, words"
    "   FROM known"
    "  WHERE ($3::text = 'infinity' OR (place = 1 AND kind < 3))"  // Of the others, no state.
    "    AND (version, kind) > ($4::bigint, $5::bigint)"
    "  ORDER BY version, kind LIMIT $6::bigint";

std::optional<std::int32_t> Workers(const postgres::Rows& rows, int i, int column) {
    const std::optional<std::int64_t> count = rows.OptionalInt64(i, column);
    if (!count) return std::nullopt;
    return static_cast<std::int32_t>(*count);
}

std::vector<std::string> Words(std::string_view text) {
    std::vector<std::string> words;
    while (!text.empty()) {
        const std::size_t space = std::min(text.find(' '), text.size());
        words.emplace_back(text.substr(0, space));
        text.remove_prefix(std::min(space + 1, text.size()));
    }
    return words;
}

/// "A B,C": A and B joined, C left.
MembersStated ToMembers(std::string_view text) {
    const std::size_t comma = text.find(',');
    return {.added = Words(text.substr(0, comma)), .removed = Words(text.substr(comma + 1))};
}

/// "A,B": B lives on in A.
MergeStated ToMerge(std::string_view text, bool is_undo) {
    const std::size_t comma = text.find(',');
    return {.surviving_id = std::string(text.substr(0, comma)),
            .merged_id = std::string(text.substr(comma + 1)),
            .is_undo = is_undo};
}

/// "owner.phone,business.region_code|36.74": what was changed, and where the business was before.
DetailsStated ToDetails(std::string_view text) {
    const std::size_t bar = text.find('|');
    return {.changed_fields = std::string(text.substr(0, bar)),
            .region_before = std::string(text.substr(bar + 1))};
}

Statement ToStatement(const postgres::Rows& rows, int i) {
    Statement statement{.version = rows.Int64(i, 0),
                        .valid_from = rows.Date(i, 2),
                        .recorded_at = rows.Time(i, 3),
                        .recorded_by = rows.Text(i, 4),
                        .what = {}};
    const std::int64_t value = rows.Int64(i, 5);
    switch (rows.Int64(i, 1)) {
        case 0:
            statement.what =
                ConditionStated{.condition = static_cast<Condition>(value),
                                .monthly_sales = rows.OptionalInt64(i, 6),
                                .workers_male = Workers(rows, i, 8),
                                .workers_female = Workers(rows, i, 9),
                                .reasons = FromBits<ConditionReason>(rows.Int64(i, 10))};
            break;
        case 1:
            statement.what = ScaleStated{.scale = static_cast<Scale>(value),
                                         .rule_set = rows.Text(i, 11),
                                         .is_upgrade = rows.Int64(i, 10) != 0,
                                         .figures = {.capital = rows.OptionalInt64(i, 6),
                                                     .annual_sales = rows.OptionalInt64(i, 7)}};
            break;
        case 2:
            statement.what = VerificationStated{.level = static_cast<Verification>(value),
                                                .note = rows.Text(i, 11)};
            break;
        case 3: statement.what = ToDetails(rows.Text(i, 11)); break;
        case 4: statement.what = ToMembers(rows.Text(i, 11)); break;
        default: statement.what = ToMerge(rows.Text(i, 11), rows.Int64(i, 10) != 0);
    }
    return statement;
}

}  // namespace

std::optional<std::vector<Statement>> HistoryQueries::List(const Viewer& viewer,
                                                           const std::string& business_id,
                                                           const HistoryFilter& filter,
                                                           const HistoryPosition& after,
                                                           std::int64_t limit) const {
    const std::string known_at = filter.known_at ? FormatUtc(*filter.known_at) : "infinity";
    const std::string as_of = filter.as_of ? indonesia::FormatDate(*filter.as_of) : "infinity";
    using Found = std::optional<std::vector<Statement>>;
    return ReadAs(pool_, viewer, [&](postgres::Transaction& transaction) -> Found {
        if (transaction.Run(kFindSql, {business_id}).size() == 0) return std::nullopt;
        const postgres::Rows rows = transaction.Run(
            kListSql,
            {business_id, known_at, as_of, Int64(after.version), Int64(after.kind), Int64(limit)});
        std::vector<Statement> statements;
        for (int i = 0; i < rows.size(); ++i) statements.push_back(ToStatement(rows, i));
        return statements;
    });
}

}  // namespace bangkit::registration
