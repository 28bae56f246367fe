#include "services/aid/storage/business/businesses.h"

#include <string>
#include <utility>

namespace bangkit::aid {
namespace {

const std::string kSelect =
    "SELECT business_id, version, owner_id, region_code, kind, scale, condition, verification,"
    "       kbli_division, merged_into::text, owner_is_erased, updated_at FROM businesses ";

Businesses ToBusinesses(const postgres::Rows& rows) {
    Businesses businesses;
    for (int i = 0; i < rows.size(); ++i) {
        const auto number = [&](int column) { return static_cast<int>(rows.Int64(i, column)); };
        Business business{.id = rows.Uuid(i, 0),
                          .version = rows.Int64(i, 1),
                          .owner_id = rows.Uuid(i, 2),
                          .region_code = rows.Text(i, 3),
                          .kind = number(4),
                          .scale = number(5),
                          .condition = number(6),
                          .verification = number(7),
                          .kbli_division = number(8),
                          .merged_into = rows.Text(i, 9),
                          .owner_is_erased = rows.Bool(i, 10),
                          .updated_at = rows.Time(i, 11)};
        const std::string id = business.id;
        businesses.emplace(id, std::move(business));
    }
    return businesses;
}

}  // namespace

Businesses LoadBusinesses(postgres::Transaction& transaction, const postgres::UuidArray& ids) {
    if (ids.size() == 0) return {};
    static const std::string sql = kSelect + "WHERE business_id = ANY($1::uuid[])";
    return ToBusinesses(transaction.Run(sql, {ids}));
}

Businesses LoadFamilies(postgres::Transaction& transaction, const postgres::UuidArray& ids) {
    if (ids.size() == 0) return {};
    static const std::string sql =
        kSelect + "WHERE business_id IN (SELECT families_of($1::uuid[]))";
    return ToBusinesses(transaction.Run(sql, {ids}));
}

void HoldBusinesses(postgres::Transaction& transaction, const postgres::UuidArray& ids) {
    if (ids.size() == 0) return;
    transaction.Run(
        "SELECT version FROM businesses WHERE business_id = ANY($1::uuid[])"
        " ORDER BY business_id FOR SHARE",
        {ids});
}

void SaveBusinesses(postgres::Transaction& transaction, const Businesses& businesses) {
    if (businesses.empty()) return;
    postgres::UuidArray ids, owners, merged_into;
    postgres::Int64Array versions;
    postgres::TextArray regions;
    postgres::SmallintArray kinds, scales, conditions, verifications, divisions, erased;
    postgres::TimeArray updated_at;
    const auto add = [](postgres::SmallintArray& column, int number) {
        column.Add(static_cast<std::int16_t>(number));
    };
    for (const auto& [id, business] : businesses) {
        ids.Add(id);
        versions.Add(business.version);
        owners.Add(business.owner_id);
        regions.Add(business.region_code);
        add(kinds, business.kind);
        add(scales, business.scale);
        add(conditions, business.condition);
        add(verifications, business.verification);
        add(divisions, business.kbli_division);
        business.merged_into.empty() ? merged_into.AddNull()
                                     : merged_into.Add(business.merged_into);
        add(erased, business.owner_is_erased ? 1 : 0);
        updated_at.Add(business.updated_at);
    }
    transaction.Queue(
        "INSERT INTO businesses AS t (business_id, version, owner_id, region_code, kind, scale,"
        "   condition, verification, kbli_division, merged_into, owner_is_erased, updated_at)"
        " SELECT u.id, u.version, u.owner_id, u.region_code, u.kind, u.scale, u.condition,"
        "        u.verification, u.kbli_division, u.merged_into, u.erased = 1, u.updated_at"
        "  FROM unnest($1::uuid[], $2::bigint[], $3::uuid[], $4::text[], $5::smallint[],"
        "              $6::smallint[], $7::smallint[], $8::smallint[], $9::smallint[],"
        "              $10::uuid[], $11::smallint[], $12::timestamptz[])"
        "    AS u (id, version, owner_id, region_code, kind, scale, condition, verification,"
        "          kbli_division, merged_into, erased, updated_at)"
        " ON CONFLICT (business_id) DO UPDATE"
        "   SET version = excluded.version, owner_id = excluded.owner_id,"
        "       region_code = excluded.region_code, kind = excluded.kind, scale = excluded.scale,"
        "       condition = excluded.condition, verification = excluded.verification,"
        "       kbli_division = excluded.kbli_division, merged_into = excluded.merged_into,"
        "       owner_is_erased = excluded.owner_is_erased, updated_at = excluded.updated_at"
        "   WHERE t.version < excluded.version",
        {ids, versions, owners, regions, kinds, scales, conditions, verifications, divisions,
         merged_into, erased, updated_at});
}

}  // namespace bangkit::aid
