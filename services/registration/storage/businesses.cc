#include "services/registration/storage/businesses.h"

#include "services/registration/storage/bits.h"
#include "services/registration/storage/counted_columns.h"
#include "services/registration/storage/name_words.h"

namespace bangkit::registration {
namespace {

using postgres::Rows;

void InsertCreated(postgres::Transaction& transaction, const Tracked<Business>& businesses,
                   const Owners& owners) {
    const auto created = businesses.Created();
    if (created.empty()) return;
    postgres::UuidArray ids, owner_ids;
    postgres::Int64Array versions, capitals, annual_sales;
    postgres::SmallintArray kinds, scales, conditions, verifications, channels;
    postgres::TextArray names, regions, addresses, kblis, rule_sets, nibs;
    postgres::DateArray scale_since, condition_since, start_dates;
    postgres::BytesArray npwps;
    postgres::TimeArray registered_at;
    CountedColumns counted;
    for (const auto* entry : created) {
        const Business& business = entry->state;
        const Profile& profile = business.profile;
        ids.Add(business.id);
        versions.Add(business.version);
        owner_ids.Add(business.owner_id);
        kinds.Add(profile.kind);
        names.Add(profile.name);
        regions.Add(profile.region_code);
        addresses.Add(profile.address);
        kblis.Add(profile.kbli);
        capitals.Add(business.scale.figures.capital);
        annual_sales.Add(business.scale.figures.annual_sales);
        scales.Add(business.scale.classification.scale);
        rule_sets.Add(business.scale.classification.rule_set);
        scale_since.Add(business.scale.since);
        conditions.Add(business.condition);
        condition_since.Add(business.condition_since);
        verifications.Add(business.verification);
        channels.Add(ToBits(profile.channels));
        nibs.AddOrNull(profile.nib);
        npwps.AddOrNull(owners.SealNpwp(business.owner_id, business.id, profile.npwp));
        start_dates.Add(profile.start_date);
        registered_at.Add(business.registered_at);
        counted.Add(profile);
    }
    transaction.Queue(
        "INSERT INTO businesses (business_id, version, owner_id, kind, name, region_code, address,"
        "   kbli, capital_rupiah, annual_sales_rupiah, scale, scale_rule_set, scale_since,"
        "   condition, condition_since, verification, channels, nib, sealed_npwp, start_date,"
        "   registered_at, updated_at, order_and_deliver, location_type, network_coverage,"
        "   workers_male, workers_female, cooperative_affiliation, is_sharia, has_deed, details,"
        "   permits)"
        " SELECT unnest($1::uuid[]), unnest($2::bigint[]), unnest($3::uuid[]),"
        "        unnest($4::smallint[]), unnest($5::text[]), unnest($6::text[]),"
        "        unnest($7::text[]), unnest($8::text[]), unnest($9::bigint[]),"
        "        unnest($10::bigint[]), unnest($11::smallint[]), unnest($12::text[]),"
        "        unnest($13::date[]), unnest($14::smallint[]), unnest($15::date[]),"
        "        unnest($16::smallint[]), unnest($17::smallint[]), unnest($18::text[]),"
        "        unnest($19::bytea[]), unnest($20::date[]), unnest($21::timestamptz[]),"
        "        unnest($21), unnest($22::smallint[]) = 1, unnest($23::smallint[]),"
        "        unnest($24::smallint[]), unnest($25::bigint[]), unnest($26::bigint[]),"
        "        unnest($27::smallint[]), unnest($28::smallint[]) = 1,"
        "        unnest($29::smallint[]) = 1, unnest($30::bytea[]), unnest($31::smallint[])",
        {ids,
         versions,
         owner_ids,
         kinds,
         names,
         regions,
         addresses,
         kblis,
         capitals,
         annual_sales,
         scales,
         rule_sets,
         scale_since,
         conditions,
         condition_since,
         verifications,
         channels,
         nibs,
         npwps,
         start_dates,
         registered_at,
         counted.order_and_deliver,
         counted.location_types,
         counted.coverages,
         counted.workers_male,
         counted.workers_female,
         counted.affiliations,
         counted.sharia,
         counted.deeds,
         counted.details,
         counted.permits});
    KeepNameWords(transaction, names, regions);
}

void UpdateChanged(postgres::Transaction& transaction, const Tracked<Business>& businesses) {
    const auto changed = businesses.Changed();
    if (changed.empty()) return;
    postgres::UuidArray ids;
    postgres::Int64Array saved_versions, versions, capitals, annual_sales, workers_male,
        workers_female;
    postgres::SmallintArray scales, conditions, verifications;
    postgres::TextArray rule_sets;
    postgres::DateArray scale_since, condition_since;
    postgres::TimeArray updated_at;
    for (const auto* entry : changed) {
        const Business& business = entry->state;
        ids.Add(business.id);
        saved_versions.Add(entry->saved_version);
        versions.Add(business.version);
        capitals.Add(business.scale.figures.capital);
        annual_sales.Add(business.scale.figures.annual_sales);
        scales.Add(business.scale.classification.scale);
        rule_sets.Add(business.scale.classification.rule_set);
        scale_since.Add(business.scale.since);
        conditions.Add(business.condition);
        condition_since.Add(business.condition_since);
        verifications.Add(business.verification);
        updated_at.Add(business.updated_at);
        workers_male.Add(business.profile.workers.male);
        workers_female.Add(business.profile.workers.female);
    }
    transaction.QueueExact(
        ids.size(),
        "UPDATE businesses t"
        "   SET version = u.version, capital_rupiah = u.capital, annual_sales_rupiah = u.sales,"
        "       scale = u.scale, scale_rule_set = u.rule_set, scale_since = u.scale_since,"
        "       condition = u.condition, condition_since = u.condition_since,"
        "       verification = u.verification, updated_at = u.updated_at,"
        "       workers_male = u.workers_male, workers_female = u.workers_female"
        "  FROM unnest($1::uuid[], $2::bigint[], $3::bigint[], $4::bigint[], $5::bigint[],"
        "              $6::smallint[], $7::text[], $8::date[], $9::smallint[], $10::date[],"
        "              $11::smallint[], $12::timestamptz[], $13::bigint[], $14::bigint[])"
        "    AS u (id, saved_version, version, capital, sales, scale, rule_set, scale_since,"
        "          condition, condition_since, verification, updated_at, workers_male,"
        "          workers_female)"
        " WHERE t.business_id = u.id AND t.version = u.saved_version",
        {ids, saved_versions, versions, capitals, annual_sales, scales, rule_sets, scale_since,
         conditions, condition_since, verifications, updated_at, workers_male, workers_female});
}

}  // namespace

std::string_view RuleSetNamed(std::string_view name) {
    for (const indonesia::ScaleRuleSet& rules : indonesia::ScaleRuleSets()) {
        if (rules.name == name) return rules.name;
    }
    return {};
}

Business ToBusiness(const Rows& rows, int i) {
    Business business{.id = rows.Uuid(i, 0),
                      .version = rows.Int64(i, 1),
                      .owner_id = rows.Uuid(i, 2),
                      .profile = {.kind = static_cast<Kind>(rows.Int64(i, 3)),
                                  .name = rows.Text(i, 4),
                                  .region_code = rows.Text(i, 5),
                                  .address = rows.Text(i, 6),
                                  .kbli = rows.Text(i, 7),
                                  .channels = FromBits<Channel>(rows.Int64(i, 16)),
                                  .nib = rows.Text(i, 17),
                                  .npwp = {},
                                  .start_date = rows.OptionalDate(i, 18)},
                      .scale = {.classification = {.scale = static_cast<Scale>(rows.Int64(i, 10)),
                                                   .rule_set = RuleSetNamed(rows.Bytes(i, 11))},
                                .figures = {.capital = rows.OptionalInt64(i, 8),
                                            .annual_sales = rows.OptionalInt64(i, 9)},
                                .since = rows.Date(i, 12)},
                      .condition = static_cast<Condition>(rows.Int64(i, 13)),
                      .condition_since = rows.Date(i, 14),
                      .verification = static_cast<Verification>(rows.Int64(i, 15)),
                      .registered_at = rows.Time(i, 19),
                      .updated_at = rows.Time(i, 20),
                      .owner_is_erased = rows.Bool(i, 21)};
    ReadCounted(business.profile, rows, i, 22);
    if (!rows.IsNull(i, 28)) business.merged_into = rows.Uuid(i, 28);
    return business;
}

std::vector<Business> LockBusinesses(postgres::Transaction& transaction,
                                     const postgres::UuidArray& ids) {
    std::vector<Business> businesses;
    if (ids.size() == 0) return businesses;
    const Rows rows = transaction.Run("SELECT " + std::string(kBusinessColumns) +
                                          "  FROM businesses b WHERE business_id = ANY($1::uuid[])"
                                          " ORDER BY business_id FOR UPDATE",
                                      {ids});
    for (int i = 0; i < rows.size(); ++i) businesses.push_back(ToBusiness(rows, i));
    return businesses;
}

std::multimap<std::string, OwnedBusiness> FindBusinessesOf(postgres::Transaction& transaction,
                                                           const postgres::UuidArray& owner_ids) {
    std::multimap<std::string, OwnedBusiness> found;
    if (owner_ids.size() == 0) return found;
    const Rows rows = transaction.Run(
        "SELECT owner_id, business_id, region_code FROM businesses"
        " WHERE owner_id = ANY($1::uuid[]) ORDER BY merged_into IS NOT NULL, business_id",
        {owner_ids});
    for (int i = 0; i < rows.size(); ++i) {
        found.emplace(rows.Uuid(i, 0), OwnedBusiness{rows.Uuid(i, 1), rows.Text(i, 2)});
    }
    return found;
}

void SaveBusinesses(postgres::Transaction& transaction, const Tracked<Business>& businesses,
                    const Owners& owners) {
    InsertCreated(transaction, businesses, owners);
    UpdateChanged(transaction, businesses);
}

}  // namespace bangkit::registration
