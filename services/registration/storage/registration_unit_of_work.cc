#include "services/registration/storage/registration_unit_of_work.h"

#include <algorithm>
#include <utility>

#include "services/registration/storage/mapping.h"

namespace bangkit::registration {
namespace {

bool NeedsOwner(const UpdateBusiness& command) {
    return std::ranges::any_of(command.details, [](Detail each) { return NeedsOwner(each); });
}

std::string TargetOf(const auto& command) {
    return std::string(kBusinessAggregate) + "/" + command.business_id;
}
std::string TargetOf(const ApplyRegionChange& command) { return "region/" + command.region_code; }

/// Of a command that changes one.
const std::string& BusinessOf(const Command& command) {
    return std::visit(
        [](const auto& each) -> const std::string& {
            if constexpr (requires { each.business_id; }) return each.business_id;
            std::unreachable();
        },
        command);
}

}  // namespace

std::string RegistrationUnitOfWork::Target(const Command& command) {
    return std::visit([](const auto& each) { return TargetOf(each); }, command);
}

// Lock order, the same for every batch: claims by kind and hash, businesses by id, owners by id,
// needs by id.
void RegistrationUnitOfWork::Load(postgres::Transaction& transaction,
                                  std::span<const Command* const> commands) {
    postgres::UuidArray to_change, to_open;
    for (const Command* command : commands) {
        if (const auto* registration = std::get_if<RegisterBusiness>(command)) {
            WantClaims(*registration);
            if (!registration->stated_id.empty()) {
                to_change.Add(registration->stated_id);
                to_open.Add(registration->stated_id);
            }
            continue;
        }
        if (const auto* change = std::get_if<ApplyRegionChange>(command)) {
            region_moves_.Want(*change);
            continue;
        }
        to_change.Add(BusinessOf(*command));
        if (const auto* update = std::get_if<UpdateBusiness>(command)) {
            WantClaims(*update);
            if (NeedsOwner(*update)) to_open.Add(update->business_id);
            if (update->details.contains(Detail::kKind)) {
                groups_.WantStandingOf(update->business_id);
            }
        } else if (const auto* change = std::get_if<ChangeGroupMembers>(command)) {
            groups_.Want(*change);
            for (const std::string& id : change->added) to_change.Add(id);
        }
    }
    region_moves_.Load(transaction, to_change);
    claims_.Load(transaction);
    erased_.Load(transaction);  // After the claims: who was being erased is by now.
    for (Business& business : LockBusinesses(transaction, to_change)) {
        businesses_.AddLoaded(std::move(business));
    }
    groups_.Load(transaction);
    LoadKnownOwners(transaction, commands);
    for (auto& [business_id, npwp] : owners_.LoadForChange(transaction, to_open)) {
        businesses_[business_id].profile.npwp = npwp;
    }
    region_moves_.LockNeeds(transaction);
}

void RegistrationUnitOfWork::WantClaims(const RegisterBusiness& command) {
    Numbers numbers{.nik = ClaimedNik(keys_, command.owner.nik),
                    .nib = ClaimedNib(keys_, command.profile.nib),
                    .row = {ClaimKind::kImportRow, command.row_keys}};
    if (!command.row_keys.empty()) erased_.Want(command.owner.nik);
    claims_.Want(numbers.nik, command.owner_id);
    claims_.Want(numbers.nib, command.business_id);
    claims_.Want(numbers.row, command.business_id);
    numbers_.emplace(command.business_id, std::move(numbers));
}

void RegistrationUnitOfWork::WantClaims(const UpdateBusiness& command) {
    claims_.Want(ClaimedNik(keys_, command.owner.nik));
    claims_.Want(ClaimedNib(keys_, command.profile.nib));
}

void RegistrationUnitOfWork::LoadKnownOwners(postgres::Transaction& transaction,
                                             std::span<const Command* const> commands) {
    postgres::UuidArray known, refused;
    for (const Command* command : commands) {
        if (const auto* update = std::get_if<UpdateBusiness>(command)) {
            const std::string owner_id = claims_.HolderOf(ClaimedNik(keys_, update->owner.nik));
            if (!owner_id.empty()) refused.Add(owner_id);
        }
        const auto* registration = std::get_if<RegisterBusiness>(command);
        if (registration == nullptr) continue;
        const std::string owner_id = claims_.HolderOf(numbers_.at(registration->business_id).nik);
        if (owner_id.empty()) continue;
        (registration->additional_business ? known : refused).Add(owner_id);
    }
    owners_.LoadKnown(transaction, known);
    businesses_of_ = FindBusinessesOf(transaction, refused);
}

const Business* RegistrationUnitOfWork::FindBusiness(const std::string& id) const {
    const Business* business = businesses_.Find(id);
    return business != nullptr && business->Exists() ? business : nullptr;
}

std::string RegistrationUnitOfWork::KnownOwnerOf(const RegisterBusiness& command) const {
    return claims_.HolderOf(numbers_.at(command.business_id).nik);
}

command::Outcome RegistrationUnitOfWork::Handle(const Pending& pending, Time now) {
    const Context context{.caller = pending.caller, .traceparent = pending.traceparent, .now = now};
    return std::visit([&](const auto& command) { return Handle(command, context); },
                      pending.command);
}

void RegistrationUnitOfWork::Save(postgres::Transaction& transaction) {
    claims_.Save(transaction);
    owners_.Save(transaction);
    SaveBusinesses(transaction, businesses_, owners_);
    groups_.Save(transaction);
    details_.Save(transaction, owners_);
    history_.Save(transaction);
    region_moves_.Save(transaction);
    outbox_.Save(transaction);
}

void RegistrationUnitOfWork::Record(Business& business, const Events& events,
                                    const Context& context) {
    for (const Event& event : events) {
        if (const auto* changed = std::get_if<DetailsChanged>(&event)) {
            details_.Add(business, *changed);
        }
        business = Apply(std::move(business), event);
        history_.Add(business, event, context.caller.subject);
        if (const auto* members = std::get_if<MembersChanged>(&event)) {
            groups_.Add(business, *members, context.caller.subject);
        }
        const PublicEvent out = ToPublic(business, event);
        outbox_.Add({.aggregate_type = kBusinessAggregate,
                     .aggregate_id = business.id,
                     .version = business.version,
                     .type = out.type,
                     .payload = out.payload,
                     .traceparent = context.traceparent});
    }
}

}  // namespace bangkit::registration
