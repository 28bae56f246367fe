#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "libs/postgres/connection.h"
#include "services/aid/domain/training/entitlement.h"

namespace bangkit::aid {

/// Of a row of `entitlements e`, in the order that ToEntitlement() reads them.
inline constexpr std::string_view kEntitlementColumns =
    "e.enrolment_id, e.business_id, e.owner_id, e.course_id, e.topic, e.completed_at,"
    " e.taken_by::text";
Entitlement ToEntitlement(const postgres::Rows& rows, int i);

/// The topics of the courses that were completed for these businesses, by business.
std::map<std::string, std::set<std::int64_t>> LoadCompletedTopics(
    postgres::Transaction& transaction, const postgres::UuidArray& business_ids);

/// In id order, those that are not used yet: nobody else uses them meanwhile. By business.
std::map<std::string, std::vector<Entitlement>> LockEntitlements(
    postgres::Transaction& transaction, const postgres::UuidArray& business_ids);

/// Which applications use and give back entitlements in one transaction.
class EntitlementUses {
public:
    void Take(const std::string& enrolment_id, const std::string& application_id);
    /// In this transaction.
    bool IsTaken(const std::string& enrolment_id) const { return taken_.contains(enrolment_id); }
    /// Whatever it uses.
    void GiveBack(const std::string& application_id);
    /// Fails as a lost race if one of them is used by somebody else.
    void Save(postgres::Transaction& transaction) const;

private:
    std::map<std::string, std::string> taken_;  // To the application.
    std::set<std::string> given_back_;          // Applications.
};

/// Entitlements that are new; a completion that is known already has its own.
class NewEntitlements {
public:
    void Add(const Entitlement& entitlement, const std::string& region_code, Time recorded_at);
    void Save(postgres::Transaction& transaction) const;

private:
    postgres::UuidArray enrolments_, businesses_, owners_, courses_;
    postgres::SmallintArray topics_;
    postgres::TextArray regions_;
    postgres::TimeArray completed_at_, recorded_at_;
};

}  // namespace bangkit::aid
