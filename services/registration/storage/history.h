#pragma once

#include <string>

#include "libs/postgres/connection.h"
#include "services/registration/domain/business.h"

namespace bangkit::registration {

/// What was stated, as rows that are never changed.
class History {
public:
    /// The event that made `business` what it is now.
    void Add(const Business& business, const Event& event, const std::string& stated_by);
    void Save(postgres::Transaction& transaction) const;

private:
    /// What every row says, whatever is stated.
    struct Statements {
        void Add(const Business& business, Time at, const std::string& by);
        bool IsEmpty() const { return ids.size() == 0; }

        postgres::UuidArray ids;
        postgres::Int64Array versions;
        postgres::TimeArray recorded_at;
        postgres::TextArray stated_by;
    };

    void AddCondition(const Business& business, const ConditionReported& report,
                      const std::string& by);
    void AddScale(const Business& business, const ScaleStatement& scale, Time at, bool is_upgrade,
                  const std::string& by);
    void AddDetails(const Business& business, const DetailsChanged& change, const std::string& by);
    void AddVerification(const Business& business, const Verified& verified, const std::string& by);
    void AddUpgrade(const Business& business, const ScaleChanged& change);
    void SaveConditions(postgres::Transaction& transaction) const;
    void SaveScales(postgres::Transaction& transaction) const;
    void SaveDetails(postgres::Transaction& transaction) const;
    void SaveVerifications(postgres::Transaction& transaction) const;
    void SaveUpgrades(postgres::Transaction& transaction) const;

    struct : Statements {
        postgres::DateArray valid_from;
        postgres::SmallintArray conditions, reasons;
        postgres::Int64Array monthly_sales, workers_male, workers_female;
    } conditions_;
    struct : Statements {
        postgres::DateArray valid_from;
        postgres::SmallintArray scales, upgrades;
        postgres::TextArray rule_sets;
        postgres::Int64Array capitals, annual_sales;
    } scales_;
    struct : Statements {
        postgres::TextArray changed_fields, regions_before;
        postgres::DateArray regions_since;
    } details_;
    struct : Statements {
        postgres::SmallintArray levels;
        postgres::TextArray notes;
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
