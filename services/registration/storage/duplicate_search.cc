#include "services/registration/storage/duplicate_search.h"

#include <algorithm>
#include <map>
#include <optional>
#include <stdexcept>
#include <tuple>
#include <vector>

#include "libs/base/ids.h"
#include "services/registration/storage/bits.h"
#include "services/registration/storage/compared_traits.h"
#include "services/registration/storage/duplicates.h"
#include "services/registration/storage/erasure.h"
#include "services/registration/storage/owners.h"

namespace bangkit::registration {
namespace {

using postgres::Int64;
using postgres::Rows;
using postgres::Transaction;

// Of the advisory lock between those who compare.
constexpr std::int64_t kLock = 27'413'260'219'765;

// Whether a business has changed is seen by its version; and if keys change, by the hash keys.
constexpr std::string_view kDueSql =
    "WITH span AS MATERIALIZED ("
    "  SELECT business_id, version FROM businesses WHERE business_id > $1::text::uuid"
    "   ORDER BY business_id LIMIT $2::bigint)"
    " SELECT s.business_id,"
    "        t.version IS DISTINCT FROM s.version OR NOT t.hash_versions @> $3::text::smallint[],"
    "        t.version IS NOT NULL"
    "   FROM span s LEFT JOIN duplicate_traits t USING (business_id) ORDER BY s.business_id";

// With those of the same owners: what is known of one of them is known of all.
constexpr std::string_view kReadSql =
    "SELECT b.business_id, b.version, b.kind, b.name, b.region_code, b.address,"
    "       b.merged_into IS NOT NULL, o.owner_id, o.wrapped_key, o.personal_data"
    "  FROM (SELECT DISTINCT owner_id FROM businesses WHERE business_id = ANY($1::uuid[])) due"
    "  JOIN businesses b USING (owner_id) JOIN owners o USING (owner_id)"
    " ORDER BY b.business_id";

// Each with those that it meets by any key: how they compare.
constexpr std::string_view kCompareSql =
    "WITH met AS MATERIALIZED ("
    "  SELECT DISTINCT p.business_id AS mine, k.business_id AS other"
    "    FROM unnest($1::uuid[], $2::bigint[]) p (business_id, key)"
    "   CROSS JOIN LATERAL ("
    "     SELECT business_id FROM duplicate_keys d"
    "      WHERE d.key = p.key AND d.business_id <> p.business_id"
    "      ORDER BY d.business_id DESC LIMIT $3::bigint) k)"
    " SELECT m.mine, m.other, a.name, b.name, a.address, b.address, x.region_code, y.region_code,"
    "        x.owner_id = y.owner_id, x.owner_id <> y.owner_id AND a.has_nik AND b.has_nik,"
    "        coalesce(x.nib <> y.nib, false), x.kind, y.kind,"
    "        left(x.kbli, 2) = left(y.kbli, 2),"
    "        CASE WHEN a.phone <> '{}' AND b.phone <> '{}' THEN a.phone && b.phone END,"
    "        CASE WHEN a.owner_name <> '{}' AND b.owner_name <> '{}'"
    "             THEN a.owner_name && b.owner_name END,"
    "        (1000 * similarity(a.name, b.name))::bigint,"
    "        (1000 * similarity(a.address, b.address))::bigint"
    "   FROM met m"
    "   JOIN duplicate_traits a ON a.business_id = m.mine"
    "   JOIN duplicate_traits b ON b.business_id = m.other"
    "   JOIN businesses x ON x.business_id = m.mine"
    "   JOIN businesses y ON y.business_id = m.other"
    "  WHERE x.merged_into IS NULL AND y.merged_into IS NULL";

constexpr std::string_view kSaveSql =
    "INSERT INTO duplicates AS t (duplicate_id, version, first_id, second_id, region_code, score,"
    "   reasons, state, found_at)"
    " SELECT id, 1, first_id, second_id, region_code, score, reasons, 1, now()"
    "   FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::text[], $5::smallint[], $6::smallint[])"
    "     AS u (id, first_id, second_id, region_code, score, reasons)"
    "  ORDER BY first_id, second_id"
    " ON CONFLICT (first_id, second_id) DO UPDATE"
    "    SET version = t.version + 1, region_code = excluded.region_code, score = excluded.score,"
    "        reasons = excluded.reasons"
    "  WHERE t.state = 1 AND (t.region_code, t.score, t.reasons)"
    "     IS DISTINCT FROM (excluded.region_code, excluded.score, excluded.reasons)";

/// Businesses that have changed.
struct Due {
    postgres::UuidArray ids, known;
};

/// Two businesses of which somebody should see whether they are one.
struct Pair {
    BusinessPair ids;
    std::string region_code;
    Verdict verdict;
};

bool Lock(Transaction& transaction, bool waits) {
    if (waits) {
        transaction.Queue("SELECT pg_advisory_xact_lock($1::bigint)", {Int64(kLock)});
        return true;
    }
    return transaction.Run("SELECT pg_try_advisory_xact_lock($1::bigint)", {Int64(kLock)})
        .Bool(0, 0);
}

Due FindDue(Transaction& transaction, const std::string& after, const std::string& hash_versions,
            const SearchOptions& options, SearchStep& step) {
    const Rows rows = transaction.Run(kDueSql, {after, Int64(options.span), hash_versions});
    Due due;
    step.last = after;
    step.is_end = rows.size() < options.span;
    for (int i = 0; i < rows.size(); ++i) {
        if (due.ids.size() == options.batch) {
            step.is_end = false;
            break;
        }
        step.last = rows.Uuid(i, 0);
        const bool is_due = rows.Bool(i, 1), is_known = rows.Bool(i, 2);
        if (!is_due || (options.only_known && !is_known)) continue;
        due.ids.Add(step.last);
        if (is_known) due.known.Add(step.last);
    }
    return due;
}

Traits ReadTraits(const crypto::KeyRing& keys, const Rows& rows, int i) {
    Business business;
    business.profile.kind = static_cast<Kind>(rows.Int64(i, 2));
    business.profile.region_code = rows.Text(i, 4);
    if (rows.Bool(i, 6)) return TraitsOf(business, std::nullopt);  // Merged: nobody meets it.
    business.profile.name = rows.Text(i, 3);
    business.profile.address = rows.Text(i, 5);
    if (rows.Bytes(i, 8).empty()) return TraitsOf(business, std::nullopt);
    const Result<Owner> owner =
        OpenOwner(keys, rows.Uuid(i, 7), rows.Bytes(i, 8), rows.Bytes(i, 9));
    if (!owner) throw std::runtime_error("personal data cannot be opened");
    return TraitsOf(business, *owner);
}

std::optional<bool> OptionalBool(const Rows& rows, int i, int column) {
    if (rows.IsNull(i, column)) return std::nullopt;
    return rows.Bool(i, column);
}

Likeness ReadLikeness(const Rows& rows, int i) {
    const auto is_of_owner_alone = [&](int column) {
        return IsOfOwnerAlone(static_cast<Kind>(rows.Int64(i, column)));
    };
    return {.is_same_owner = rows.Bool(i, 8),
            .has_different_nik = rows.Bool(i, 9),
            .has_different_nib = rows.Bool(i, 10),
            .is_same_kind_of_owner = is_of_owner_alone(11) == is_of_owner_alone(12),
            .is_same_trade = rows.Bool(i, 13),
            .has_same_phone = OptionalBool(rows, i, 14),
            .has_same_owner_name = OptionalBool(rows, i, 15),
            .name_similarity = static_cast<double>(rows.Int64(i, 16)) / 1000,
            .address_similarity = static_cast<double>(rows.Int64(i, 17)) / 1000,
            .first_name = rows.Text(i, 2),
            .second_name = rows.Text(i, 3),
            .first_address = rows.Text(i, 4),
            .second_address = rows.Text(i, 5),
            .first_region = rows.Text(i, 6),
            .second_region = rows.Text(i, 7)};
}

/// By pair, of each business those with the highest scores.
std::map<BusinessPair, Pair> Judge(const Rows& rows, std::size_t pairs_max) {
    std::map<std::string, std::vector<Pair>> by_business;
    for (int i = 0; i < rows.size(); ++i) {
        const Likeness likeness = ReadLikeness(rows, i);
        Verdict verdict = Compare(likeness);
        if (verdict.score < kDuplicateScoreMin) continue;
        by_business[rows.Uuid(i, 0)].push_back(
            {.ids = PairOf(rows.Uuid(i, 0), rows.Uuid(i, 1)),
             .region_code = CommonRegion(likeness.first_region, likeness.second_region),
             .verdict = std::move(verdict)});
    }
    std::map<BusinessPair, Pair> judged;
    for (auto& [business_id, pairs] : by_business) {
        std::ranges::sort(pairs, [](const Pair& a, const Pair& b) {
            return std::tuple(-a.verdict.score, a.ids) < std::tuple(-b.verdict.score, b.ids);
        });
        if (pairs.size() > pairs_max) pairs.resize(pairs_max);
        for (Pair& pair : pairs) judged.insert_or_assign(pair.ids, std::move(pair));
    }
    return judged;
}

std::int64_t SavePairs(Transaction& transaction, const std::map<BusinessPair, Pair>& pairs) {
    if (pairs.empty()) return 0;
    const Time now = transaction.Run("SELECT now()").Time(0, 0);
    postgres::UuidArray ids, first_ids, second_ids;
    postgres::TextArray regions;
    postgres::SmallintArray scores, reasons;
    for (const auto& [key, pair] : pairs) {
        ids.Add(NewId(now));
        first_ids.Add(key.first);
        second_ids.Add(key.second);
        regions.Add(pair.region_code);
        scores.Add(static_cast<std::int16_t>(pair.verdict.score));
        reasons.Add(ToBits(pair.verdict.reasons));
    }
    return transaction.Run(kSaveSql, {ids, first_ids, second_ids, regions, scores, reasons})
        .affected();
}

}  // namespace

SearchStep SearchDuplicates(postgres::Connection& connection, const crypto::KeyRing& keys,
                            const std::string& after, const SearchOptions& options) {
    SearchStep step;
    Transaction transaction(connection);
    HoldErasuresBack(transaction);
    if (!Lock(transaction, options.waits)) return {.is_mine = false, .last = after};
    // By key alone, however large the tables were when the plan was made. What is lost with the
    // server's memory is found to be missing afterwards, so nobody need wait for the disk.
    for (const char* setting :
         {"SET LOCAL enable_mergejoin = off", "SET LOCAL enable_hashjoin = off",
          "SET LOCAL enable_seqscan = off", "SET LOCAL synchronous_commit = off"}) {
        transaction.Queue(setting);
    }
    ComparedTraits traits(keys);
    const Due due = FindDue(transaction, after, traits.hash_versions(), options, step);
    if (due.ids.size() == 0) return step;

    step.looked_at = due.ids.size();
    const Rows rows = transaction.Run(kReadSql, {due.ids});
    postgres::UuidArray known = due.known;
    for (int i = 0; i < rows.size(); ++i) {
        traits.Add(rows.Uuid(i, 0), rows.Int64(i, 1), ReadTraits(keys, rows, i));
        if (rows.size() > due.ids.size()) known.Add(rows.Uuid(i, 0));
    }
    traits.Save(transaction, known);
    const Rows compared = transaction.Run(
        kCompareSql, {traits.meeting_ids(), traits.meeting_keys(), Int64(options.met_by_key)});
    step.compared = rows.size();
    step.found = SavePairs(transaction, Judge(compared, options.pairs_max));
    transaction.Commit();
    return step;
}

void ForgetComparisons(Transaction& transaction, const postgres::UuidArray& owner_ids) {
    transaction.Queue(
        "WITH gone AS (DELETE FROM duplicate_traits t USING businesses b"
        "               WHERE t.business_id = b.business_id AND b.owner_id = ANY($1::uuid[])"
        "              RETURNING t.business_id, t.keys)"
        " DELETE FROM duplicate_keys k USING (SELECT business_id, unnest(keys) AS key FROM gone) g"
        "  WHERE k.key = g.key AND k.business_id = g.business_id",
        {owner_ids});
    for (const char* sql : {"DELETE FROM duplicates d USING businesses b"
                            " WHERE d.first_id = b.business_id AND b.owner_id = ANY($1::uuid[]) "
                            "AND d.state IN (1, 4)",
                            "DELETE FROM duplicates d USING businesses b"
                            " WHERE d.second_id = b.business_id AND b.owner_id = ANY($1::uuid[]) "
                            "AND d.state IN (1, 4)"}) {
        transaction.Queue(sql, {owner_ids});
    }
}

}  // namespace bangkit::registration
