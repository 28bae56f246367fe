#include "services/registration/storage/history.h"

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
        AddScale(business, registered->scale, registered->at, false);
    } else if (const auto* reported = std::get_if<ConditionReported>(&event)) {
        AddCondition(business, *reported, reported_by);
        if (reported->new_figures) AddScale(business, *reported->new_figures, reported->at, false);
    } else if (const auto* changed = std::get_if<ScaleChanged>(&event)) {
        AddScale(business, changed->to, changed->at, changed->IsUpgrade());
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
                       bool is_upgrade) {
    scales_.ids.Add(business.id);
    scales_.versions.Add(business.version);
    scales_.valid_from.Add(scale.since);
    scales_.recorded_at.Add(at);
    scales_.scales.Add(scale.classification.scale);
    scales_.rule_sets.Add(scale.classification.rule_set);
    scales_.upgrades.Add(std::int16_t{is_upgrade});
    scales_.capitals.Add(scale.figures.capital);
    scales_.annual_sales.Add(scale.figures.annual_sales);
}

void History::Save(postgres::Transaction& transaction) const {
    if (const Conditions& c = conditions_; c.ids.size() > 0) {
        transaction.Queue(
            "INSERT INTO condition_history (business_id, version, valid_from, recorded_at,"
            "   condition, monthly_sales_rupiah, workers_male, workers_female, reasons, "
            "reported_by)"
            " SELECT unnest($1::uuid[]), unnest($2::bigint[]), unnest($3::date[]),"
            "        unnest($4::timestamptz[]), unnest($5::smallint[]), unnest($6::bigint[]),"
            "        unnest($7::bigint[]), unnest($8::bigint[]), unnest($9::smallint[]),"
            "        unnest($10::text[])",
            {c.ids, c.versions, c.valid_from, c.recorded_at, c.conditions, c.monthly_sales,
             c.workers_male, c.workers_female, c.reasons, c.reported_by});
    }
    if (const Scales& s = scales_; s.ids.size() > 0) {
        transaction.Queue(
            "INSERT INTO scale_history (business_id, version, valid_from, recorded_at, scale,"
            "   rule_set, is_upgrade, capital_rupiah, annual_sales_rupiah)"
            " SELECT unnest($1::uuid[]), unnest($2::bigint[]), unnest($3::date[]),"
            "        unnest($4::timestamptz[]), unnest($5::smallint[]), unnest($6::text[]),"
            "        unnest($7::smallint[]) = 1, unnest($8::bigint[]), unnest($9::bigint[])",
            {s.ids, s.versions, s.valid_from, s.recorded_at, s.scales, s.rule_sets, s.upgrades,
             s.capitals, s.annual_sales});
    }
}

}  // namespace bangkit::registration
