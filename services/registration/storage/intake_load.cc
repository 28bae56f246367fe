// What the intake loads and locks before it merges.
#include "services/registration/storage/intake_unit_of_work.h"
#include "services/registration/storage/intake_values.h"
#include "services/registration/storage/lost_race.h"

namespace bangkit::registration {

// First of all the locks that let nobody be erased and nobody else merge; then what the registry
// locks, in its order.
void IntakeUnitOfWork::Load(postgres::Transaction& transaction,
                            std::span<const Command* const> commands) {
    HoldErasuresBack(transaction);
    LockIntake(transaction);

    std::set<WriteId> ids;
    std::set<std::string> conflict_ids, business_ids;
    for (const Command* command : commands) {
        if (const auto* submission = std::get_if<SubmitIntake>(command)) {
            ids.insert(submission->stamp.id);
            business_ids.insert(submission->business_id);
            const auto* registration = std::get_if<RegisterBusiness>(&submission->statement);
            if (registration != nullptr) erased_.Want(registration->owner.nik);
        } else {
            conflict_ids.insert(std::get<ResolveIntakeConflict>(*command).conflict_id);
        }
    }
    conflicts_ = IntakeWrites::Find(transaction, conflict_ids);
    for (const auto& [id, place] : conflicts_) business_ids.insert(place.business_id);
    origins_.Load(transaction, business_ids);
    for (const auto& [id, place] : conflicts_) {
        business_ids.insert(origins_.LivingIdOf(place.business_id));
    }
    std::set<std::string> subjects = origins_.OwnerIds();
    subjects.insert(business_ids.begin(), business_ids.end());
    keys_.Load(transaction, subjects);
    submissions_.Load(transaction, ids, business_ids);
    writes_.Load(transaction, subjects);
    erased_.Load(transaction);

    const std::vector<registration::Command> wanted = Wanted(commands);
    std::vector<const registration::Command*> pointers;
    for (const registration::Command& each : wanted) pointers.push_back(&each);
    registry_.Load(transaction, pointers);
    LoadKnownOwners(transaction, wanted, subjects);
    for (const std::string& id : business_ids) {
        const Business* business = registry_.FindBusiness(id);
        if (business == nullptr) continue;
        const bool is_as_found = origins_.OwnerIdOf(id) == business->owner_id &&
                                 origins_.MergedIntoOf(id) == business->merged_into;
        if (!is_as_found) throw LostRace();
    }
}

// Whoever is known by a NIK is known only when it is claimed.
void IntakeUnitOfWork::LoadKnownOwners(postgres::Transaction& transaction,
                                       const std::vector<registration::Command>& wanted,
                                       const std::set<std::string>& loaded) {
    std::set<std::string> known_owners;
    for (const registration::Command& each : wanted) {
        const auto* registration = std::get_if<RegisterBusiness>(&each);
        if (registration == nullptr) continue;
        const std::string owner_id = registry_.KnownOwnerOf(*registration);
        if (!owner_id.empty() && !loaded.contains(owner_id)) known_owners.insert(owner_id);
    }
    origins_.LoadOfOwners(transaction, known_owners);
    keys_.Load(transaction, known_owners);
    writes_.Load(transaction, known_owners);
}

std::vector<registration::Command> IntakeUnitOfWork::Wanted(
    std::span<const Command* const> commands) const {
    std::vector<registration::Command> wanted;
    const auto want_numbers = [&](const std::string& business_id, Detail detail) {
        const std::string subject =
            IsOfOwner(detail) ? origins_.OwnerIdOf(business_id).value_or("") : business_id;
        const FieldHistory& history = writes_.HistoryOf({subject, std::string(PathOf(detail))});
        for (const auto& [id, write] : history.writes()) {
            wanted.emplace_back(UpdateOf(business_id, {{detail, write.value}}));
        }
    };
    for (const Command* command : commands) {
        if (const auto* submission = std::get_if<SubmitIntake>(command)) {
            const std::string& business_id = submission->business_id;
            std::visit([&](const auto& each) { wanted.emplace_back(each); }, submission->statement);
            if (submission->kind() == IntakeKind::kEdit) {  // Another one's number may win.
                want_numbers(business_id, Detail::kOwnerNik);
                want_numbers(business_id, Detail::kNib);
            }
            for (const KnownSubmission& waiting : submissions_.WaitingFor(business_id)) {
                std::visit([&](const auto& each) { wanted.emplace_back(each); },
                           StatementOf(waiting.kind, business_id, waiting.content));
            }
            continue;
        }
        const auto place = conflicts_.find(std::get<ResolveIntakeConflict>(*command).conflict_id);
        if (place == conflicts_.end()) continue;
        const auto& [field, id, business_id] = place->second;
        const std::string value = writes_.HistoryOf(field).writes().at(id).value;
        for (const std::string& target : {business_id, TargetOf(place->second)}) {
            wanted.push_back(ChangeTo(target, field.field, value));
        }
    }
    return wanted;
}

std::string IntakeUnitOfWork::TargetOf(const IntakeWritePlace& place) const {
    const std::optional<Detail> detail = DetailNamed(place.field.field);
    if (detail && IsOfOwner(*detail)) return place.business_id;
    return origins_.LivingIdOf(place.business_id);
}

}  // namespace bangkit::registration
