#pragma once

#include <string>

#include "libs/identity/caller.h"
#include "libs/postgres/connection.h"
#include "services/registration/domain/business.h"
#include "services/registration/domain/personal_data.h"

namespace bangkit::registration {

/// Who has seen what identifies an owner: rows that are never changed.
class Disclosures {
public:
    void Add(const RevealOwner& command, const std::string& owner_id,
             const identity::Caller& caller, Time at);
    void Add(const DiscloseBusinesses& command, const std::string& business_id,
             const std::string& owner_id, const identity::Caller& caller, Time at);
    void Add(const SubjectRequest& exported, const identity::Caller& caller, Time at);
    void Save(postgres::Transaction& transaction) const;

private:
    void Add(const std::string& owner_id, const std::string& business_id,
             const identity::Caller& caller, Time at);

    postgres::TimeArray times_;
    postgres::TextArray actors_, roles_, references_;
    postgres::UuidArray owner_ids_, business_ids_;
    postgres::SmallintArray purposes_, fields_;
};

/// The versions of businesses by which their owners were erased: rows that are never changed.
class Erasures {
public:
    void Add(const Business& business, const std::string& erased_by, Time at);
    void Save(postgres::Transaction& transaction) const;

private:
    postgres::UuidArray business_ids_, owner_ids_;
    postgres::Int64Array versions_;
    postgres::TimeArray recorded_at_;
    postgres::TextArray erased_by_;
};

}  // namespace bangkit::registration
