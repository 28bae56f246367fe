#include "services/aid/storage/training/entitlements.h"

#include <utility>

#include "services/aid/storage/uuids.h"

namespace bangkit::aid {

using postgres::Rows;
using postgres::Transaction;

Entitlement ToEntitlement(const Rows& rows, int i) {
    return {.enrolment_id = rows.Uuid(i, 0),
            .business_id = rows.Uuid(i, 1),
            .owner_id = rows.Uuid(i, 2),
            .course_id = rows.Uuid(i, 3),
            .topic = rows.Int64(i, 4),
            .completed_at = rows.Time(i, 5),
            .taken_by = rows.Text(i, 6)};
}

std::map<std::string, std::set<std::int64_t>> LoadCompletedTopics(
    Transaction& transaction, const postgres::UuidArray& business_ids) {
    std::map<std::string, std::set<std::int64_t>> topics;
    if (business_ids.size() == 0) return topics;
    const Rows rows = transaction.Run(
        "SELECT DISTINCT business_id, topic FROM entitlements"
        " WHERE business_id = ANY($1::uuid[])",
        {business_ids});
    for (int i = 0; i < rows.size(); ++i) topics[rows.Uuid(i, 0)].insert(rows.Int64(i, 1));
    return topics;
}

std::map<std::string, std::vector<Entitlement>> LockEntitlements(
    Transaction& transaction, const postgres::UuidArray& business_ids) {
    std::map<std::string, std::vector<Entitlement>> entitlements;
    if (business_ids.size() == 0) return entitlements;
    static const std::string sql = "SELECT " + std::string(kEntitlementColumns) +
                                   "  FROM entitlements e"
                                   " WHERE e.business_id = ANY($1::uuid[]) AND e.taken_by IS NULL"
                                   " ORDER BY e.enrolment_id FOR UPDATE";
    const Rows rows = transaction.Run(sql, {business_ids});
    for (int i = 0; i < rows.size(); ++i) {
        Entitlement entitlement = ToEntitlement(rows, i);
        entitlements[entitlement.business_id].push_back(std::move(entitlement));
    }
    return entitlements;
}

void EntitlementUses::Take(const std::string& enrolment_id, const std::string& application_id) {
    taken_[enrolment_id] = application_id;
}

void EntitlementUses::GiveBack(const std::string& application_id) {
    const auto is_of_it = [&](const auto& each) { return each.second == application_id; };
    if (std::erase_if(taken_, is_of_it) == 0) given_back_.insert(application_id);
}

void EntitlementUses::Save(Transaction& transaction) const {
    if (!given_back_.empty()) {
        transaction.Queue(
            "UPDATE entitlements SET taken_by = NULL WHERE taken_by = ANY($1::uuid[])",
            {Uuids(given_back_)});
    }
    if (taken_.empty()) return;
    postgres::UuidArray enrolments, applications;
    for (const auto& [enrolment_id, application_id] : taken_) {
        enrolments.Add(enrolment_id);
        applications.Add(application_id);
    }
    transaction.QueueExact(std::ssize(taken_),
                           "UPDATE entitlements t SET taken_by = u.application"
                           "  FROM unnest($1::uuid[], $2::uuid[]) AS u (enrolment, application)"
                           " WHERE t.enrolment_id = u.enrolment AND t.taken_by IS NULL",
                           {enrolments, applications});
}

void NewEntitlements::Add(const Entitlement& entitlement, const std::string& region_code,
                          Time recorded_at) {
    enrolments_.Add(entitlement.enrolment_id);
    businesses_.Add(entitlement.business_id);
    owners_.Add(entitlement.owner_id);
    courses_.Add(entitlement.course_id);
    topics_.Add(static_cast<std::int16_t>(entitlement.topic));
    regions_.Add(region_code);
    completed_at_.Add(entitlement.completed_at);
    recorded_at_.Add(recorded_at);
}

void NewEntitlements::Save(Transaction& transaction) const {
    if (enrolments_.size() == 0) return;
    transaction.Queue(
        "INSERT INTO entitlements (enrolment_id, business_id, owner_id, course_id, topic,"
        "   region_code, completed_at, recorded_at)"
        " SELECT unnest($1::uuid[]), unnest($2::uuid[]), unnest($3::uuid[]), unnest($4::uuid[]),"
        "        unnest($5::smallint[]), unnest($6::text[]), unnest($7::timestamptz[]),"
        "        unnest($8::timestamptz[])"
        " ON CONFLICT (enrolment_id) DO NOTHING",
        {enrolments_, businesses_, owners_, courses_, topics_, regions_, completed_at_,
         recorded_at_});
}

}  // namespace bangkit::aid
