#pragma once

#include <string>

#include "libs/postgres/connection.h"
#include "services/registration/domain/business.h"

namespace bangkit::registration {

/// What was stated, as rows that are never changed.
class History {
public:
    /// The event that made `business` what it is now.
    void Add(const Business& business, const Event& event, const std::string& reported_by);
    void Save(postgres::Transaction& transaction) const;

private:
    void AddCondition(const Business& business, const ConditionReported& report,
                      const std::string& reported_by);
    void AddScale(const Business& business, const ScaleStatement& scale, Time at, bool is_upgrade,
                  const std::string& reported_by);
    void AddDetails(const Business& business, const DetailsChanged& change,
                    const std::string& changed_by);
    void AddVerification(const Business& business, const Verified& verified,
                         const std::string& verified_by);
    void AddUpgrade(const Business& business, const ScaleChanged& change);
    void SaveConditions(postgres::Transaction& transaction) const;
    void SaveScales(postgres::Transaction& transaction) const;
    void SaveDetails(postgres::Transaction& transaction) const;
    void SaveVerifications(postgres::Transaction& transaction) const;
    void SaveUpgrades(postgres::Transaction& transaction) const;

    struct Conditions {
        postgres::UuidArray ids;
        postgres::Int64Array versions, monthly_sales, workers_male, workers_female;
        postgres::DateArray valid_from;
        postgres::TimeArray recorded_at;
        postgres::SmallintArray conditions, reasons;
        postgres::TextArray reported_by;
    } conditions_;
    struct Scales {
        postgres::UuidArray ids;
        postgres::Int64Array versions, capitals, annual_sales;
        postgres::DateArray valid_from;
        postgres::TimeArray recorded_at;
        postgres::SmallintArray scales, upgrades;
        postgres::TextArray rule_sets, reported_by;
    } scales_;
    struct Details {
        postgres::UuidArray ids;
        postgres::Int64Array versions;
        postgres::TimeArray recorded_at;
        postgres::TextArray changed_fields, regions_before, changed_by;
        postgres::DateArray regions_since;
    } details_;
    struct Verifications {
        postgres::UuidArray ids;
        postgres::Int64Array versions;
        postgres::TimeArray recorded_at;
        postgres::SmallintArray levels;
        postgres::TextArray notes, verified_by;
    } verifications_;
    struct Upgrades {
        postgres::UuidArray ids;
        postgres::Int64Array versions;
        postgres::TextArray regions, rule_sets;
        postgres::DateArray since;
        postgres::TimeArray recorded_at;
        postgres::SmallintArray from, to;
    } upgrades_;
};

}  // namespace bangkit::registration
