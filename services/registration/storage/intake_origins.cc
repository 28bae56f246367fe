#include "services/registration/storage/intake_origins.h"

#include <algorithm>
#include <chrono>
#include <ranges>

#include "services/registration/storage/bits.h"
#include "services/registration/storage/intake_values.h"

namespace bangkit::registration {
namespace {

/// In the order of time, and of versions in one transaction; also across the businesses of an
/// owner.
Stamp ByRegistry(Time at, std::int64_t version) {
    constexpr std::int64_t kVersions = 1'000;
    const auto micros =
        std::chrono::floor<std::chrono::microseconds>(at.time_since_epoch()).count();
    return {.captured_at = at,
            .id = {.device_id = "", .sequence = micros * kVersions + version % kVersions}};
}

}  // namespace

void IntakeOrigins::Load(postgres::Transaction& transaction,
                         const std::set<std::string>& business_ids) {
    std::set<std::string> to_load = business_ids, asked = business_ids;
    while (!to_load.empty()) {
        postgres::UuidArray ids;
        for (const std::string& id : to_load) ids.Add(id);
        const postgres::Rows rows = transaction.Run(
            "SELECT DISTINCT owner_id FROM businesses WHERE business_id = ANY($1::uuid[])", {ids});
        std::set<std::string> owners;
        for (int i = 0; i < rows.size(); ++i) owners.insert(rows.Uuid(i, 0));
        LoadOfOwners(transaction, owners);
        to_load.clear();
        for (const auto& [id, registration] : registrations_) {
            const std::string& into = registration.merged_into;
            if (!into.empty() && asked.insert(into).second) to_load.insert(into);
        }
    }
}

void IntakeOrigins::LoadOfOwners(postgres::Transaction& transaction,
                                 const std::set<std::string>& owner_ids) {
    postgres::UuidArray ids;
    for (const std::string& id : owner_ids) ids.Add(id);
    if (ids.size() > 0) LoadBusinesses(transaction, ids);
}

void IntakeOrigins::LoadBusinesses(postgres::Transaction& transaction,
                                   const postgres::UuidArray& owner_ids) {
    const postgres::Rows rows = transaction.Run(
        "SELECT b.business_id, b.owner_id, b.registered_at, s.device_id::text, s.sequence,"
        "       s.captured_at, coalesce(s.subject, c.reported_by, ''), b.merged_into::text"
        "  FROM businesses b"
        "  LEFT JOIN intake_submissions s ON s.business_id = b.business_id AND s.kind = 1"
        "  LEFT JOIN condition_history c ON c.business_id = b.business_id AND c.version = 1"
        " WHERE b.owner_id = ANY($1::uuid[])",
        {owner_ids});
    postgres::UuidArray ids;
    for (int i = 0; i < rows.size(); ++i) {
        const std::string id = rows.Uuid(i, 0);
        Registration registration{.owner_id = rows.Uuid(i, 1),
                                  .origin = {.stamp = ByRegistry(rows.Time(i, 2), 1),
                                             .business_id = id,
                                             .version = 1,
                                             .stated_by = rows.Text(i, 6)},
                                  .merged_into = rows.Text(i, 7)};
        if (!rows.IsNull(i, 3)) {
            registration.origin.stamp = {rows.Time(i, 5), {rows.Text(i, 3), rows.Int64(i, 4)}};
        }
        if (registrations_.try_emplace(id, std::move(registration)).second) ids.Add(id);
    }
    if (ids.size() > 0) LoadHistories(transaction, ids);
}

void IntakeOrigins::LoadHistories(postgres::Transaction& transaction,
                                  const postgres::UuidArray& ids) {
    const postgres::Rows changes = transaction.Run(
        "SELECT business_id, version, recorded_at, changed_fields, changed_by FROM detail_changes"
        " WHERE business_id = ANY($1::uuid[]) ORDER BY business_id, version",
        {ids});
    for (int i = 0; i < changes.size(); ++i) {
        const std::string id = changes.Uuid(i, 0);
        const Origin origin{.stamp = ByRegistry(changes.Time(i, 2), changes.Int64(i, 1)),
                            .business_id = id,
                            .version = changes.Int64(i, 1),
                            .stated_by = changes.Text(i, 4)};
        const std::string paths = changes.Text(i, 3);
        for (const auto part : std::views::split(paths, ',')) {
            const auto detail = DetailNamed(std::string_view(part.begin(), part.end()));
            if (detail) changes_[{id, *detail}] = origin;
        }
    }
    const postgres::Rows conditions = transaction.Run(
        "SELECT business_id, valid_from, version, recorded_at, condition, monthly_sales_rupiah,"
        "       reasons, reported_by"
        "  FROM condition_history WHERE business_id = ANY($1::uuid[])"
        " ORDER BY business_id, version",
        {ids});
    for (int i = 0; i < conditions.size(); ++i) {
        const std::string id = conditions.Uuid(i, 0);
        ReportCondition report;
        report.condition = static_cast<Condition>(conditions.Int64(i, 4));
        report.monthly_sales = conditions.OptionalInt64(i, 5);
        report.reasons = FromBits<ConditionReason>(conditions.Int64(i, 6));
        const std::int64_t version = conditions.Int64(i, 2);
        Origin origin{.stamp = ByRegistry(conditions.Time(i, 3), version),
                      .business_id = id,
                      .version = version,
                      .stated_by = conditions.Text(i, 7)};
        if (version == 1) origin.stamp = registrations_.at(id).origin.stamp;
        conditions_.insert_or_assign({id, conditions.Date(i, 1)},
                                     StatedCondition{std::move(origin), ValueOf(report)});
    }
}

std::set<std::string> IntakeOrigins::OwnerIds() const {
    std::set<std::string> ids;
    for (const auto& [id, registration] : registrations_) ids.insert(registration.owner_id);
    return ids;
}

std::optional<std::string> IntakeOrigins::OwnerIdOf(const std::string& business_id) const {
    const auto found = registrations_.find(business_id);
    if (found == registrations_.end()) return std::nullopt;
    return found->second.owner_id;
}

std::string IntakeOrigins::MergedIntoOf(const std::string& business_id) const {
    const auto found = registrations_.find(business_id);
    return found == registrations_.end() ? std::string() : found->second.merged_into;
}

std::string IntakeOrigins::LivingIdOf(std::string business_id) const {
    for (std::string into = MergedIntoOf(business_id); !into.empty();
         into = MergedIntoOf(business_id)) {
        business_id = std::move(into);
    }
    return business_id;
}

IntakeOrigins::Origin IntakeOrigins::OriginOf(const Business& business, Detail detail) const {
    const auto changed = changes_.find({business.id, detail});
    if (!IsOfOwner(detail)) {
        return changed == changes_.end() ? registrations_.at(business.id).origin : changed->second;
    }
    // Of an owner: by whichever of their businesses came last.
    const Origin* last = nullptr;
    const Origin* first = nullptr;
    for (const auto& [id, registration] : registrations_) {
        if (registration.owner_id != business.owner_id || registration.adds_to_owner) continue;
        if (first == nullptr || registration.origin.stamp < first->stamp) {
            first = &registration.origin;
        }
        const auto change = changes_.find({id, detail});
        if (change == changes_.end()) continue;
        if (last == nullptr || change->second.stamp > last->stamp) last = &change->second;
    }
    return last == nullptr ? *first : *last;
}

std::optional<IntakeOrigins::StatedCondition> IntakeOrigins::ConditionAt(
    const std::string& business_id, Date since) const {
    const auto found = conditions_.find({business_id, since});
    if (found == conditions_.end()) return std::nullopt;
    return found->second;
}

void IntakeOrigins::NoteRegistration(const Business& business, const Stamp& stamp,
                                     const std::string& by) {
    const Origin origin{
        .stamp = stamp, .business_id = business.id, .version = business.version, .stated_by = by};
    const bool adds_to_owner = std::ranges::any_of(registrations_, [&](const auto& each) {
        return each.second.owner_id == business.owner_id;
    });
    registrations_.insert_or_assign(business.id,
                                    Registration{business.owner_id, origin, adds_to_owner});
    ReportCondition report;
    report.condition = business.condition;
    NoteCondition(business.id, business.condition_since, {origin, ValueOf(report)});
}

void IntakeOrigins::NoteCondition(const std::string& business_id, Date since,
                                  StatedCondition stated) {
    conditions_.insert_or_assign({business_id, since}, std::move(stated));
}

}  // namespace bangkit::registration
