#include "services/registration/storage/personal_data_unit_of_work.h"

#include <set>
#include <type_traits>

#include "libs/identity/policy.h"
#include "services/registration/storage/businesses.h"
#include "services/registration/storage/mapping.h"
#include "services/registration/storage/personal_data_mapping.h"

namespace bangkit::registration {
namespace {

std::string TargetOf(const auto& command) {
    if constexpr (requires { command.subject_request_id; }) {
        return "subject_request/" + command.subject_request_id;
    } else if constexpr (requires { command.business_ids; }) {
        return "owners_of_businesses/" + std::to_string(command.business_ids.size());
    } else if constexpr (std::is_same_v<decltype(command), const FindByIdentity&>) {
        // Whoever finds nothing leaves no other trace of what for.
        return std::string(command.field == OwnerField::kNik ? "owners_by_nik"
                                                             : "owners_by_phone") +
               "/" + std::to_string(static_cast<int>(command.purpose)) + "/" +
               command.case_reference;
    } else {
        return "owner_of_business/" + command.business_id;
    }
}

command::Outcome BusinessNotFound() {
    return Refused(ErrorCode::kNotFound, "BUSINESS_NOT_FOUND", "no such business");
}

command::Outcome RequestNotFound() {
    return Refused(ErrorCode::kNotFound, "SUBJECT_REQUEST_NOT_FOUND", "no such request");
}

/// The caller's region, or for owners themselves.
bool Reaches(const identity::Caller& caller, const std::string& region_code,
             const std::string& owner_id) {
    if (caller.Reaches(region_code)) return true;
    return caller.HasRole(identity::role::kOwner) && owner_id == caller.subject;
}

/// Has no role of an office.
bool IsOfficer(const identity::Caller& caller) {
    return !caller.HasRole(identity::role::kAgency) && !caller.HasRole(identity::role::kProvince);
}

}  // namespace

std::string PersonalDataUnitOfWork::Target(const Command& command) {
    return std::visit([](const auto& each) { return TargetOf(each); }, command);
}

// Lock order: requests by id, businesses by id, owners by id; the last two as the registry does.
void PersonalDataUnitOfWork::Load(postgres::Transaction& transaction,
                                  std::span<const Command* const> commands) {
    now_ = transaction.Run("SELECT now()").Time(0, 0);
    postgres::UuidArray request_ids, business_ids;
    for (const Command* command : commands) {
        std::visit(
            [&](const auto& each) {
                if constexpr (requires { each.business_id; }) {
                    business_ids.Add(each.business_id);
                } else if constexpr (requires { each.business_ids; }) {
                    for (const std::string& id : each.business_ids) business_ids.Add(id);
                } else if constexpr (requires { search_.Want(each); }) {
                    search_.Want(each);
                } else {
                    request_ids.Add(each.subject_request_id);
                }
            },
            *command);
    }
    search_.Load(transaction);
    requests_.Load(transaction, request_ids);
    LoadFound(transaction, business_ids);

    postgres::UuidArray to_erase, to_judge;
    for (const Command* command : commands) {
        const auto* erase = std::get_if<EraseOwner>(command);
        const SubjectRequest* request =
            erase == nullptr ? nullptr : requests_.Find(erase->subject_request_id);
        if (request != nullptr) to_erase.Add(request->owner_id);
    }
    requests_.ForEach([&](const SubjectRequest& each) { to_judge.Add(each.owner_id); });
    for (const auto& [business_id, found] : found_) to_judge.Add(found.owner_id);
    erasure_.Load(transaction, to_erase);
    LoadStandings(transaction, to_judge);
    requests_.LoadOpenOf(transaction, to_judge);
}

void PersonalDataUnitOfWork::LoadFound(postgres::Transaction& transaction,
                                       const postgres::UuidArray& business_ids) {
    if (business_ids.size() == 0) return;
    const postgres::Rows rows = transaction.Run(
        "SELECT business_id, owner_id, region_code FROM businesses"
        " WHERE business_id = ANY($1::uuid[])",
        {business_ids});
    for (int i = 0; i < rows.size(); ++i) {
        found_.try_emplace(rows.Uuid(i, 0), Found{rows.Uuid(i, 1), rows.Text(i, 2)});
    }
}

void PersonalDataUnitOfWork::LoadStandings(postgres::Transaction& transaction,
                                           const postgres::UuidArray& owner_ids) {
    if (owner_ids.size() == 0) return;
    const postgres::Rows rows = transaction.Run(
        "SELECT owner_id, erased_at IS NOT NULL, legal_hold FROM owners"
        " WHERE owner_id = ANY($1::uuid[]) ORDER BY owner_id FOR UPDATE",
        {owner_ids});
    for (int i = 0; i < rows.size(); ++i) {
        OwnerStanding standing{
            .id = rows.Uuid(i, 0), .is_erased = rows.Bool(i, 1), .legal_hold = rows.Text(i, 2)};
        const std::string id = standing.id;
        standings_.try_emplace(id, std::move(standing));
    }
}

command::Outcome PersonalDataUnitOfWork::Handle(const Pending& pending, Time) {
    const Context context{.caller = pending.caller, .traceparent = pending.traceparent};
    return std::visit([&](const auto& command) { return Handle(command, context); },
                      pending.command);
}

void PersonalDataUnitOfWork::Save(postgres::Transaction& transaction) {
    SaveBusinesses(transaction, businesses_, owners_);
    erasure_.Save(transaction, now_);
    erasures_.Save(transaction);
    SaveLegalHolds(transaction, held_);
    requests_.Save(transaction);
    disclosures_.Save(transaction);
    outbox_.Save(transaction);
}

command::Outcome PersonalDataUnitOfWork::Handle(const RevealOwner& command,
                                                const Context& context) {
    const Found* found = FindInScope(command.business_id, context.caller);
    if (found == nullptr) return BusinessNotFound();
    const Result<void> decision =
        Decide(standings_.at(found->owner_id), command, IsOfficer(context.caller));
    if (!decision) return std::unexpected(decision.error());
    disclosures_.Add(command, found->owner_id, context.caller, now_);
    return "";  // What is revealed is read afterwards and stored nowhere.
}

command::Outcome PersonalDataUnitOfWork::Handle(const DiscloseBusinesses& command,
                                                const Context& context) {
    const Result<void> decision = Decide(command, IsOfficer(context.caller));
    if (!decision) return std::unexpected(decision.error());
    for (const std::string& id : command.business_ids) {
        const Found* found = FindInScope(id, context.caller);
        if (found == nullptr || standings_.at(found->owner_id).is_erased) continue;
        disclosures_.Add(command, id, found->owner_id, context.caller, now_);
    }
    return "";  // The file is written afterwards and stored nowhere.
}

command::Outcome PersonalDataUnitOfWork::Handle(const FindByIdentity& command,
                                                const Context& context) {
    const Result<void> decision = Decide(command, IsOfficer(context.caller));
    if (!decision) return std::unexpected(decision.error());
    constexpr std::size_t kShownMax = 100;
    std::vector<std::string> ids;
    std::set<std::string> owners;
    for (const IdentitySearch::Found& found : search_.Find(command)) {
        if (!context.caller.Reaches(found.region_code)) continue;
        ids.push_back(found.business_id);
        if (ids.size() > kShownMax) break;
        if (!owners.insert(found.owner_id).second) continue;
        disclosures_.Add(RevealOwner{.business_id = found.business_id,
                                     .purpose = command.purpose,
                                     .case_reference = command.case_reference,
                                     .fields = {command.field}},
                         found.owner_id, context.caller, now_);
    }
    const bool is_truncated = ids.size() > kShownMax;
    if (is_truncated) ids.pop_back();
    return FindByIdentityAnswer(ids, is_truncated);
}

command::Outcome PersonalDataUnitOfWork::Handle(const OpenSubjectRequest& command,
                                                const Context& context) {
    const Found* found = FindInScope(command.business_id, context.caller);
    if (found == nullptr) return BusinessNotFound();
    Result<SubjectRequest> decision =
        Decide(standings_.at(found->owner_id), requests_.FindOpen(found->owner_id, command.kind),
               command, now_);
    if (!decision) return std::unexpected(decision.error());
    decision->region_code = found->region_code;
    requests_.Put(*decision, context.caller.subject);
    return OpenSubjectRequestAnswer(*decision, now_);
}

command::Outcome PersonalDataUnitOfWork::Handle(const EraseOwner& command, const Context& context) {
    const SubjectRequest* request = RequestInScope(command.subject_request_id, context.caller);
    if (request == nullptr) return RequestNotFound();
    const Result<SubjectRequest> decision =
        Decide(standings_.at(request->owner_id), *request, command, now_);
    if (!decision) return std::unexpected(decision.error());
    if (!erasure_.HasAllKeys()) {
        return Refused(ErrorCode::kFailedPrecondition, "KEY_FILE_OUTDATED",
                       "this server has not got the newest keys yet");
    }
    const FilesLeft files{.count = erasure_.files_on_their_way(),
                          .destroyed_by = FilesDestroyedBy(request->due_at, now_)};
    erasure_.Erase(decision->owner_id, now_, files.destroyed_by);
    standings_.at(decision->owner_id).is_erased = true;
    requests_.Put(*decision, context.caller.subject);
    return EraseOwnerAnswer(*decision, Publish(decision->owner_id, context), files, now_);
}

std::vector<std::string> PersonalDataUnitOfWork::Publish(const std::string& owner_id,
                                                         const Context& context) {
    std::vector<std::string> positions;
    for (const Business& loaded : erasure_.Find(owner_id)->businesses) {
        businesses_.AddLoaded(loaded);
        const Event event = OwnerDataErased{.at = now_};
        Business& business = businesses_[loaded.id];
        business = Apply(std::move(business), event);
        erasures_.Add(business, context.caller.subject, now_);
        const PublicEvent out = ToPublic(business, event);
        outbox_.Add({.aggregate_type = kBusinessAggregate,
                     .aggregate_id = business.id,
                     .version = business.version,
                     .type = out.type,
                     .payload = out.payload,
                     .traceparent = context.traceparent});
        positions.push_back(PositionOf(business));
    }
    return positions;
}

command::Outcome PersonalDataUnitOfWork::Handle(const ExportPersonalData& command,
                                                const Context& context) {
    const SubjectRequest* request = RequestInScope(command.subject_request_id, context.caller);
    if (request == nullptr) return RequestNotFound();
    const Result<SubjectRequest> decision =
        Decide(standings_.at(request->owner_id), *request, command, now_);
    if (!decision) return std::unexpected(decision.error());
    requests_.Put(*decision, context.caller.subject);
    disclosures_.Add(*decision, context.caller, now_);
    return decision->owner_id;
}

command::Outcome PersonalDataUnitOfWork::Handle(const CloseSubjectRequest& command,
                                                const Context& context) {
    const SubjectRequest* request = RequestInScope(command.subject_request_id, context.caller);
    if (request == nullptr) return RequestNotFound();
    const Result<SubjectRequest> decision = Decide(*request, command, now_);
    if (!decision) return std::unexpected(decision.error());
    requests_.Put(*decision, context.caller.subject);
    return CloseSubjectRequestAnswer(*decision, now_);
}

command::Outcome PersonalDataUnitOfWork::Handle(const SetLegalHold& command,
                                                const Context& context) {
    const Found* found = FindInScope(command.business_id, context.caller);
    if (found == nullptr) return BusinessNotFound();
    OwnerStanding& standing = standings_.at(found->owner_id);
    Result<OwnerStanding> decision = Decide(standing, command);
    if (!decision) return std::unexpected(decision.error());
    standing = held_[found->owner_id] = *std::move(decision);
    return SetLegalHoldAnswer(found->owner_id);
}

const PersonalDataUnitOfWork::Found* PersonalDataUnitOfWork::FindInScope(
    const std::string& business_id, const identity::Caller& caller) const {
    const auto found = found_.find(business_id);
    if (found == found_.end()) return nullptr;
    const bool is_reached = Reaches(caller, found->second.region_code, found->second.owner_id);
    return is_reached ? &found->second : nullptr;
}

const SubjectRequest* PersonalDataUnitOfWork::RequestInScope(const std::string& id,
                                                             const identity::Caller& caller) const {
    const SubjectRequest* request = requests_.Find(id);
    if (request == nullptr) return nullptr;
    return Reaches(caller, request->region_code, request->owner_id) ? request : nullptr;
}

}  // namespace bangkit::registration
