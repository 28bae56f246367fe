#include "services/registration/storage/history.h"

#include "libs/indonesia/format.h"
#include "services/registration/storage/bits.h"

namespace bangkit::registration {

void History::Add(const Business& business, const Event& event, const std::string& reported_by) {
    if (const auto* registered = std::get_if<BusinessRegistered>(&event)) {
        AddCondition(business,
                     {.condition = registered->condition,
                      .since = registered->condition_since,
                      .monthly_sales = {},
                      .workers_male = {},
                      .workers_female = {},
                      .reasons = {},
                      .new_figures = {},
                      .at = registered->at},
                     reported_by);
        AddScale(business, registered->scale, registered->at, false, reported_by);
    } else if (const auto* reported = std::get_if<ConditionReported>(&event)) {
        AddCondition(business, *reported, reported_by);
        if (reported->new_figures) {
            AddScale(business, *reported->new_figures, reported->at, false, reported_by);
        }
    } else if (const auto* scale = std::get_if<ScaleChanged>(&event)) {
        AddScale(business, scale->to, scale->at, scale->IsUpgrade(), reported_by);
        if (scale->IsUpgrade()) AddUpgrade(business, *scale);
    } else if (const auto* details = std::get_if<DetailsChanged>(&event)) {
        AddDetails(business, *details, reported_by);
        if (details->new_figures) {
            AddScale(business, *details->new_figures, details->at, false, reported_by);
        }
    } else if (const auto* verified = std::get_if<Verified>(&event)) {
        AddVerification(business, *verified, reported_by);
    }
}

void History::AddCondition(const Business& business, const ConditionReported& report,
                           const std::string& reported_by) {
    conditions_.ids.Add(business.id);
    conditions_.versions.Add(business.version);
    conditions_.valid_from.Add(report.since);
    conditions_.recorded_at.Add(report.at);
    conditions_.conditions.Add(report.condition);
    conditions_.monthly_sales.Add(report.monthly_sales);
    conditions_.workers_male.Add(report.workers_male);
    conditions_.workers_female.Add(report.workers_female);
    conditions_.reasons.Add(ToBits(report.reasons));
    conditions_.reported_by.Add(reported_by);
}

void History::AddScale(const Business& business, const ScaleStatement& scale, Time at,
                       bool is_upgrade, const std::string& reported_by) {
    scales_.ids.Add(business.id);
    scales_.versions.Add(business.version);
    scales_.valid_from.Add(scale.since);
    scales_.recorded_at.Add(at);
    scales_.scales.Add(scale.classification.scale);
    scales_.rule_sets.Add(scale.classification.rule_set);
    scales_.upgrades.Add(std::int16_t{is_upgrade});
    scales_.capitals.Add(scale.figures.capital);
    scales_.annual_sales.Add(scale.figures.annual_sales);
    scales_.reported_by.Add(reported_by);
}

void History::AddDetails(const Business& business, const DetailsChanged& change,
                         const std::string& changed_by) {
    details_.ids.Add(business.id);
    details_.versions.Add(business.version);
    details_.recorded_at.Add(change.at);
    details_.changed_fields.Add(PathsOf(change.details));
    const Date since = change.region_since.value_or(indonesia::LocalDate(change.at));
    const bool has_moved = !change.region_before.empty();
    details_.regions_before.AddOrNull(change.region_before);
    details_.regions_since.Add(has_moved ? std::optional(since) : std::nullopt);
    details_.changed_by.Add(changed_by);
}

void History::AddVerification(const Business& business, const Verified& verified,
                              const std::string& verified_by) {
    verifications_.ids.Add(business.id);
    verifications_.versions.Add(business.version);
    verifications_.recorded_at.Add(verified.at);
    verifications_.levels.Add(verified.to);
    verifications_.notes.Add(verified.note);
    verifications_.verified_by.Add(verified_by);
}

void History::AddUpgrade(const Business& business, const ScaleChanged& change) {
    upgrades_.ids.Add(business.id);
    upgrades_.versions.Add(business.version);
    upgrades_.regions.Add(business.profile.region_code);
    upgrades_.since.Add(change.to.since);
    upgrades_.recorded_at.Add(change.at);
    upgrades_.from.Add(change.from);
    upgrades_.to.Add(change.to.classification.scale);
    upgrades_.rule_sets.Add(change.to.classification.rule_set);
}

void History::Save(postgres::Transaction& transaction) const {
    if (conditions_.ids.size() > 0) SaveConditions(transaction);
    if (scales_.ids.size() > 0) SaveScales(transaction);
    if (details_.ids.size() > 0) SaveDetails(transaction);
    if (verifications_.ids.size() > 0) SaveVerifications(transaction);
    if (upgrades_.ids.size() > 0) SaveUpgrades(transaction);
}

void History::SaveConditions(postgres::Transaction& transaction) const {
    const Conditions& c = conditions_;
    transaction.Queue(
        "INSERT INTO condition_history (business_id, version, valid_from, recorded_at,"
        "   condition, monthly_sales_rupiah, workers_male, workers_female, reasons, reported_by)"
        " SELECT unnest($1::uuid[]), unnest($2::bigint[]), unnest($3::date[]),"
        "        unnest($4::timestamptz[]), unnest($5::smallint[]), unnest($6::bigint[]),"
        "        unnest($7::bigint[]), unnest($8::bigint[]), unnest($9::smallint[]),"
        "        unnest($10::text[])",
        {c.ids, c.versions, c.valid_from, c.recorded_at, c.conditions, c.monthly_sales,
         c.workers_male, c.workers_female, c.reasons, c.reported_by});
}

void History::SaveScales(postgres::Transaction& transaction) const {
    const Scales& s = scales_;
    transaction.Queue(
        "INSERT INTO scale_history (business_id, version, valid_from, recorded_at, scale,"
        "   rule_set, is_upgrade, capital_rupiah, annual_sales_rupiah, reported_by)"
        " SELECT unnest($1::uuid[]), unnest($2::bigint[]), unnest($3::date[]),"
        "        unnest($4::timestamptz[]), unnest($5::smallint[]), unnest($6::text[]),"
        "        unnest($7::smallint[]) = 1, unnest($8::bigint[]), unnest($9::bigint[]),"
        "        unnest($10::text[])",
        {s.ids, s.versions, s.valid_from, s.recorded_at, s.scales, s.rule_sets, s.upgrades,
         s.capitals, s.annual_sales, s.reported_by});
}

void History::SaveDetails(postgres::Transaction& transaction) const {
    const Details& d = details_;
    transaction.Queue(
        "INSERT INTO detail_changes (business_id, version, recorded_at, changed_fields,"
        "   region_before, region_since, changed_by)"
        " SELECT * FROM unnest($1::uuid[], $2::bigint[], $3::timestamptz[], $4::text[],"
        "   $5::text[], $6::date[], $7::text[])",
        {d.ids, d.versions, d.recorded_at, d.changed_fields, d.regions_before, d.regions_since,
         d.changed_by});
}

void History::SaveVerifications(postgres::Transaction& transaction) const {
    const Verifications& v = verifications_;
    transaction.Queue(
        "INSERT INTO verifications (business_id, version, recorded_at, level, note, verified_by)"
        " SELECT * FROM unnest($1::uuid[], $2::bigint[], $3::timestamptz[], $4::smallint[],"
        "   $5::text[], $6::text[])",
        {v.ids, v.versions, v.recorded_at, v.levels, v.notes, v.verified_by});
}

void History::SaveUpgrades(postgres::Transaction& transaction) const {
    const Upgrades& u = upgrades_;
    transaction.Queue(
        "INSERT INTO upgrades (business_id, version, region_code, since, recorded_at, from_scale,"
        "   to_scale, rule_set)"
        " SELECT * FROM unnest($1::uuid[], $2::bigint[], $3::text[], $4::date[],"
        "   $5::timestamptz[], $6::smallint[], $7::smallint[], $8::text[])",
        {u.ids, u.versions, u.regions, u.since, u.recorded_at, u.from, u.to, u.rule_sets});
}

}  // namespace bangkit::registration
