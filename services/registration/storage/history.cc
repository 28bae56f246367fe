#include "services/registration/storage/history.h"

#include "libs/indonesia/format.h"
#include "services/registration/storage/bits.h"

namespace bangkit::registration {

void History::Add(const Business& business, const Event& event, const std::string& stated_by) {
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
                     stated_by);
        AddScale(business, registered->scale, registered->at, false, stated_by);
    } else if (const auto* reported = std::get_if<ConditionReported>(&event)) {
        AddCondition(business, *reported, stated_by);
        if (reported->new_figures) {
            AddScale(business, *reported->new_figures, reported->at, false, stated_by);
        }
    } else if (const auto* scale = std::get_if<ScaleChanged>(&event)) {
        AddScale(business, scale->to, scale->at, scale->IsUpgrade(), stated_by);
        if (scale->IsUpgrade()) AddUpgrade(business, *scale);
    } else if (const auto* details = std::get_if<DetailsChanged>(&event)) {
        AddDetails(business, *details, stated_by);
        if (details->new_figures) {
            AddScale(business, *details->new_figures, details->at, false, stated_by);
        }
    } else if (const auto* verified = std::get_if<Verified>(&event)) {
        AddVerification(business, *verified, stated_by);
    }
}

void History::Statements::Add(const Business& business, Time at, const std::string& by) {
    ids.Add(business.id);
    versions.Add(business.version);
    recorded_at.Add(at);
    stated_by.Add(by);
}

void History::AddCondition(const Business& business, const ConditionReported& report,
                           const std::string& by) {
    conditions_.Add(business, report.at, by);
    conditions_.valid_from.Add(report.since);
    conditions_.conditions.Add(report.condition);
    conditions_.reasons.Add(ToBits(report.reasons));
    conditions_.monthly_sales.Add(report.monthly_sales);
    conditions_.workers_male.Add(report.workers_male);
    conditions_.workers_female.Add(report.workers_female);
}

void History::AddScale(const Business& business, const ScaleStatement& scale, Time at,
                       bool is_upgrade, const std::string& by) {
    scales_.Add(business, at, by);
    scales_.valid_from.Add(scale.since);
    scales_.scales.Add(scale.classification.scale);
    scales_.upgrades.Add(std::int16_t{is_upgrade});
    scales_.rule_sets.Add(scale.classification.rule_set);
    scales_.capitals.Add(scale.figures.capital);
    scales_.annual_sales.Add(scale.figures.annual_sales);
}

void History::AddDetails(const Business& business, const DetailsChanged& change,
                         const std::string& by) {
    details_.Add(business, change.at, by);
    details_.changed_fields.Add(PathsOf(change.details));
    const Date since = change.region_since.value_or(indonesia::LocalDate(change.at));
    const bool has_moved = !change.region_before.empty();
    details_.regions_before.AddOrNull(change.region_before);
    details_.regions_since.Add(has_moved ? std::optional(since) : std::nullopt);
}

void History::AddVerification(const Business& business, const Verified& verified,
                              const std::string& by) {
    verifications_.Add(business, verified.at, by);
    verifications_.levels.Add(verified.to);
    verifications_.notes.Add(verified.note);
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
    if (!conditions_.IsEmpty()) SaveConditions(transaction);
    if (!scales_.IsEmpty()) SaveScales(transaction);
    if (!details_.IsEmpty()) SaveDetails(transaction);
    if (!verifications_.IsEmpty()) SaveVerifications(transaction);
    if (upgrades_.ids.size() > 0) SaveUpgrades(transaction);
}

void History::SaveConditions(postgres::Transaction& transaction) const {
    const auto& c = conditions_;
    transaction.Queue(
        "INSERT INTO condition_history (business_id, version, recorded_at, reported_by,"
        "   valid_from, condition, reasons, monthly_sales_rupiah, workers_male, workers_female)"
        " SELECT unnest($1::uuid[]), unnest($2::bigint[]), unnest($3::timestamptz[]),"
        "        unnest($4::text[]), unnest($5::date[]), unnest($6::smallint[]),"
        "        unnest($7::smallint[]), unnest($8::bigint[]), unnest($9::bigint[]),"
        "        unnest($10::bigint[])",
        {c.ids, c.versions, c.recorded_at, c.stated_by, c.valid_from, c.conditions, c.reasons,
         c.monthly_sales, c.workers_male, c.workers_female});
}

void History::SaveScales(postgres::Transaction& transaction) const {
    const auto& s = scales_;
    transaction.Queue(
        "INSERT INTO scale_history (business_id, version, recorded_at, reported_by, valid_from,"
        "   scale, is_upgrade, rule_set, capital_rupiah, annual_sales_rupiah)"
        " SELECT unnest($1::uuid[]), unnest($2::bigint[]), unnest($3::timestamptz[]),"
        "        unnest($4::text[]), unnest($5::date[]), unnest($6::smallint[]),"
        "        unnest($7::smallint[]) = 1, unnest($8::text[]), unnest($9::bigint[]),"
        "        unnest($10::bigint[])",
        {s.ids, s.versions, s.recorded_at, s.stated_by, s.valid_from, s.scales, s.upgrades,
         s.rule_sets, s.capitals, s.annual_sales});
}

void History::SaveDetails(postgres::Transaction& transaction) const {
    const auto& d = details_;
    transaction.Queue(
        "INSERT INTO detail_changes (business_id, version, recorded_at, changed_by,"
        "   changed_fields, region_before, region_since)"
        " SELECT unnest($1::uuid[]), unnest($2::bigint[]), unnest($3::timestamptz[]),"
        "        unnest($4::text[]), unnest($5::text[]), unnest($6::text[]), unnest($7::date[])",
        {d.ids, d.versions, d.recorded_at, d.stated_by, d.changed_fields, d.regions_before,
         d.regions_since});
}

void History::SaveVerifications(postgres::Transaction& transaction) const {
    const auto& v = verifications_;
    transaction.Queue(
        "INSERT INTO verifications (business_id, version, recorded_at, verified_by, level, note)"
        " SELECT unnest($1::uuid[]), unnest($2::bigint[]), unnest($3::timestamptz[]),"
        "        unnest($4::text[]), unnest($5::smallint[]), unnest($6::text[])",
        {v.ids, v.versions, v.recorded_at, v.stated_by, v.levels, v.notes});
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
