#include "services/registration/storage/need_unit_of_work.h"

#include "libs/identity/policy.h"
#include "services/registration/storage/businesses.h"
#include "services/registration/storage/need_mapping.h"

namespace bangkit::registration {
namespace {

bool IsTheirOwn(const identity::Caller& caller, const std::string& owner_id) {
    return caller.HasRole(identity::role::kOwner) && owner_id == caller.subject;
}

}  // namespace

std::string NeedUnitOfWork::Target(const Command& command) {
    return std::string(kNeedAggregate) + "/" +
           std::visit([](const auto& each) { return each.need_id; }, command);
}

// Lock order: businesses by id, needs by id. A business is locked so that its owner is not erased,
// nor merged into another, while words of theirs come in.
void NeedUnitOfWork::Load(postgres::Transaction& transaction,
                          std::span<const Command* const> commands) {
    postgres::UuidArray business_ids, need_ids;
    for (const Command* command : commands) {
        if (const auto* stated = std::get_if<StateNeed>(command)) {
            if (!stated->business_id.empty()) business_ids.Add(stated->business_id);
        } else {
            need_ids.Add(std::visit([](const auto& each) { return each.need_id; }, *command));
        }
    }
    for (Business& business : LockBusinesses(transaction, business_ids)) {
        const std::string id = business.id;
        businesses_.emplace(id, std::move(business));
    }
    for (Need& need : LockNeeds(transaction, need_ids)) needs_.AddLoaded(std::move(need));
}

template <typename Change>
Result<NeedEvent> NeedUnitOfWork::Decide(const Change& command, const identity::Caller& caller,
                                         Time now) {
    const Need* need = needs_.Find(command.need_id);
    const bool is_there = need != nullptr && caller.Reaches(need->subject.region_code);
    return registration::Decide(is_there ? *need : Need{}, command, now);
}

command::Outcome NeedUnitOfWork::Handle(const Pending& pending, Time now) {
    return std::visit(
        [&](const auto& command) -> command::Outcome {
            const Result<NeedEvent> event = Decide(command, pending.caller, now);
            if (!event) return std::unexpected(event.error());
            Need& need = needs_[command.need_id];
            need = Apply(std::move(need), *event);
            history_.Add(need, pending.caller.subject);
            const PublicEvent out = ToPublic(need, *event);
            outbox_.Add({.aggregate_type = kNeedAggregate,
                         .aggregate_id = need.id,
                         .version = need.version,
                         .type = out.type,
                         .payload = out.payload,
                         .traceparent = pending.traceparent});
            return AnswerTo(command, need);
        },
        pending.command);
}

Result<NeedEvent> NeedUnitOfWork::Decide(const StateNeed& command, const identity::Caller& caller,
                                         Time now) {
    const auto found = businesses_.find(command.business_id);
    const Business* business = found == businesses_.end() ? nullptr : &found->second;
    const bool is_hidden = business != nullptr && !caller.Reaches(business->profile.region_code) &&
                           !IsTheirOwn(caller, business->owner_id);
    if (is_hidden) business = nullptr;  // As if it were not there: one answer for both.
    if (command.business_id.empty() && !caller.Reaches(command.region_code)) {
        return Refused(ErrorCode::kNotFound, "REGION_NOT_FOUND", "no such region");
    }
    Result<NeedEvent> event = registration::Decide(command, business, now);
    if (event) texts_[command.need_id] = SealNeedText(keys_, command.need_id, command.text);
    return event;
}

void NeedUnitOfWork::Save(postgres::Transaction& transaction) {
    SaveNeeds(transaction, needs_, texts_);
    history_.Save(transaction);
    outbox_.Save(transaction);
}

}  // namespace bangkit::registration
