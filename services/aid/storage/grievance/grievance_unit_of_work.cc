#include "services/aid/storage/grievance/grievance_unit_of_work.h"

#include <set>
#include <stdexcept>
#include <type_traits>
#include <utility>

#include "bangkit/aid/v1/grievance_service.pb.h"
#include "libs/identity/policy.h"
#include "services/aid/storage/business/businesses.h"
#include "services/aid/storage/grievance/grievance_mapping.h"
#include "services/aid/storage/uuids.h"

namespace bangkit::aid {
namespace {

bool IsTheirOwn(const identity::Caller& caller, const Business& business) {
    return caller.HasRole(identity::role::kOwner) && caller.subject == business.owner_id;
}

/// As what a deed's words are kept; nullopt: it has none.
template <typename Deed>
std::optional<GrievanceMessageKind> MessageOf() {
    using enum GrievanceMessageKind;
    if constexpr (std::is_same_v<Deed, AcceptGrievance>) return kFirstAnswer;
    if constexpr (std::is_same_v<Deed, AnswerGrievance>) return kAnswer;
    if constexpr (std::is_same_v<Deed, ReplyToAnswer>) return kReply;
    if constexpr (std::is_same_v<Deed, CloseGrievance>) return kClosing;
    return std::nullopt;
}

}  // namespace

std::string GrievanceUnitOfWork::Target(const Command& command) {
    return std::string(kGrievanceAggregate) + "/" + command.grievance_id;
}

// Lock order: businesses by id (shared), grievances by id.
void GrievanceUnitOfWork::Load(postgres::Transaction& transaction,
                               std::span<const Command* const> commands) {
    std::set<std::string> ids, business_ids;
    for (const Command* command : commands) {
        const auto* filed = std::get_if<FileGrievance>(&command->deed);
        if (filed == nullptr) {
            ids.insert(command->grievance_id);
        } else if (!filed->subject.business_id.empty()) {
            business_ids.insert(filed->subject.business_id);
        }
    }
    if (!business_ids.empty()) {
        HoldBusinesses(transaction, Uuids(business_ids));
        businesses_ = LoadBusinesses(transaction, Uuids(business_ids));
    }
    for (LockedGrievance& locked : LockGrievances(transaction, Uuids(ids))) {
        sealed_.emplace(locked.grievance.id, std::move(locked.sealed));
        grievances_.AddLoaded(std::move(locked.grievance));
    }
}

command::Outcome GrievanceUnitOfWork::Handle(const Pending& pending, Time now) {
    return std::visit([&](const auto& deed) { return Run(deed, pending, now); },
                      pending.command.deed);
}

template <typename Deed>
command::Outcome GrievanceUnitOfWork::Run(const Deed& deed, const Pending& pending, Time now) {
    const Grievance before = Reached(pending);
    const auto& expected = pending.command.expected_version;
    if (before.Exists() && expected && *expected != before.version) {
        return Refused(ErrorCode::kAborted, "ETAG_STALE",
                       "the grievance has changed since it was read");
    }
    const Result<GrievanceEvent> event = DecideOn(deed, before, pending, now);
    if (!event) return std::unexpected(event.error());
    Grievance& grievance = grievances_[pending.command.grievance_id];
    grievance = Apply(before, *event);
    history_.AddStep(grievance, KindOf(*event), pending.caller.subject);
    KeepWords(grievance, pending);
    const PublicEvent out = ToPublic(grievance, *event);
    outbox_.Add({.aggregate_type = kGrievanceAggregate,
                 .aggregate_id = grievance.id,
                 .version = grievance.version,
                 .type = out.type,
                 .payload = out.payload,
                 .traceparent = pending.traceparent});
    return AnswerTo(deed, grievance);
}

// It has no request id, so its answer is not stored.
command::Outcome GrievanceUnitOfWork::Run(const RevealReporter&, const Pending& pending, Time) {
    const Grievance grievance = Reached(pending);
    if (!grievance.Exists()) {
        return Refused(ErrorCode::kNotFound, "GRIEVANCE_NOT_FOUND", "no such grievance");
    }
    if (grievance.subject.is_hidden && !pending.caller.HasRole(identity::role::kProvince)) {
        return Refused(ErrorCode::kPermissionDenied, "REPORTER_HIDDEN",
                       "who filed it is shown to the province alone");
    }
    const SealedGrievance& sealed = sealed_.at(grievance.id);
    Reporter reporter;
    if (!sealed.wrapped_key.empty()) {
        const auto key = OpenGrievanceKey(keys_, grievance.id, sealed.wrapped_key);
        if (!key) throw std::runtime_error("the key of a grievance: " + key.error().reason);
        const auto words = OpenGrievance(*key, grievance.id, sealed.words);
        if (!words) throw std::runtime_error("the words of a grievance cannot be opened");
        reporter = words->reporter;
    }
    if (reporter == Reporter{}) {
        return Refused(ErrorCode::kFailedPrecondition, "REPORTER_UNKNOWN",
                       "nothing is known of who filed it");
    }
    v1::RevealReporterResponse response;
    Fill(*response.mutable_reporter(), reporter);
    return response.SerializeAsString();
}

Result<GrievanceEvent> GrievanceUnitOfWork::DecideOn(const FileGrievance& deed, const Grievance&,
                                                     const Pending& pending, Time now) const {
    FileGrievance known = deed;
    GrievanceSubject& subject = known.subject;
    if (!subject.business_id.empty()) {
        const auto found = businesses_.find(subject.business_id);
        const bool is_reached =
            found != businesses_.end() && (pending.caller.Reaches(found->second.region_code) ||
                                           IsTheirOwn(pending.caller, found->second));
        if (!is_reached) {
            return Refused(ErrorCode::kNotFound, "BUSINESS_NOT_FOUND", "no such business");
        }
        if (found->second.owner_is_erased) {
            return Refused(ErrorCode::kFailedPrecondition, "OWNER_ERASED",
                           "the personal data of the owner was destroyed");
        }
        subject.owner_id = found->second.owner_id;
        if (subject.region_code.empty()) subject.region_code = found->second.region_code;
    }
    if (!pending.command.is_of_reporter && !pending.caller.Reaches(subject.region_code)) {
        return Refused(ErrorCode::kNotFound, "REGION_NOT_FOUND", "no such region");
    }
    return Decide(known, ContextOf(pending, now));
}

template <typename Deed>
Result<GrievanceEvent> GrievanceUnitOfWork::DecideOn(const Deed& deed, const Grievance& grievance,
                                                     const Pending& pending, Time now) const {
    return Decide(grievance, deed, ContextOf(pending, now));
}

GrievanceContext GrievanceUnitOfWork::ContextOf(const Pending& pending, Time now) const {
    return {.calendar = calendar_,
            .is_province = pending.caller.HasRole(identity::role::kProvince),
            .now = now};
}

Grievance GrievanceUnitOfWork::Reached(const Pending& pending) const {
    const Grievance* grievance = grievances_.Find(pending.command.grievance_id);
    const bool is_reached =
        grievance != nullptr && (pending.caller.Reaches(grievance->subject.region_code) ||
                                 std::holds_alternative<ReplyToAnswer>(pending.command.deed));
    return is_reached ? *grievance : Grievance{};
}

void GrievanceUnitOfWork::KeepWords(const Grievance& grievance, const Pending& pending) {
    const Command& command = pending.command;
    if (std::holds_alternative<FileGrievance>(command.deed)) {
        sealed_.insert_or_assign(grievance.id, SealGrievance(keys_, grievance.id, command.words));
        return;
    }
    const auto kind =
        std::visit([]<typename Deed>(const Deed&) { return MessageOf<Deed>(); }, command.deed);
    if (!kind || command.words.text.empty()) return;
    std::string words;  // Of somebody who was erased nothing new is kept.
    const std::string& wrapped_key = sealed_.at(grievance.id).wrapped_key;
    if (!wrapped_key.empty()) {
        const auto key = OpenGrievanceKey(keys_, grievance.id, wrapped_key);
        if (!key) throw std::runtime_error("the key of a grievance: " + key.error().reason);
        words = SealMessage(*key, grievance.id, grievance.version, command.words.text);
    }
    history_.AddMessage(grievance, *kind, words, pending.caller.subject);
}

void GrievanceUnitOfWork::Save(postgres::Transaction& transaction) {
    SaveGrievances(transaction, grievances_, sealed_);
    history_.Save(transaction);
    outbox_.Save(transaction);
}

}  // namespace bangkit::aid
