#include "services/registration/storage/registration_unit_of_work.h"

#include <algorithm>

#include "libs/crypto/keyed_hash.h"
#include "libs/identity/policy.h"
#include "services/registration/storage/mapping.h"

namespace bangkit::registration {
namespace {

std::string IdOf(const RegisterBusiness& command) { return command.business_id; }
std::string IdOf(const ReportCondition& command) { return command.business_id; }

/// The caller's region, or for owners their own.
bool MayChange(const identity::Caller& caller, const Business& business) {
    if (caller.Reaches(business.profile.region_code)) return true;
    return caller.HasRole(identity::role::kOwner) && business.owner_id == caller.subject;
}

}  // namespace

std::string RegistrationUnitOfWork::Target(const Command& command) {
    return std::string(kBusinessAggregate) + "/" +
           std::visit([](const auto& each) { return IdOf(each); }, command);
}

// Lock order, the same for every batch: claims by kind and hash, then businesses by id.
void RegistrationUnitOfWork::Load(postgres::Transaction& transaction,
                                  std::span<const Command* const> commands) {
    postgres::UuidArray to_change;
    for (const Command* command : commands) {
        if (const auto* registration = std::get_if<RegisterBusiness>(command)) {
            WantClaims(*registration);
        } else {
            to_change.Add(std::get<ReportCondition>(*command).business_id);
        }
    }
    claims_.Load(transaction);
    LoadKnownOwners(transaction, commands);
    for (Business& business : LockBusinesses(transaction, to_change)) {
        businesses_.AddLoaded(std::move(business));
    }
}

void RegistrationUnitOfWork::WantClaims(const RegisterBusiness& command) {
    Hashes hashes{.nik = {}, .nib = {}, .row = command.row_key};
    if (!command.owner.nik.empty()) {
        hashes.nik = crypto::KeyedHash(keys_, "nik", command.owner.nik);
        claims_.Want(ClaimKind::kNik, hashes.nik, command.owner_id);
    }
    if (!command.profile.nib.empty()) {
        hashes.nib = crypto::KeyedHash(keys_, "nib", command.profile.nib);
        claims_.Want(ClaimKind::kNib, hashes.nib, command.business_id);
    }
    if (!hashes.row.empty()) claims_.Want(ClaimKind::kImportRow, hashes.row, command.business_id);
    hashes_.emplace(command.business_id, std::move(hashes));
}

void RegistrationUnitOfWork::LoadKnownOwners(postgres::Transaction& transaction,
                                             std::span<const Command* const> commands) {
    postgres::UuidArray known, refused;
    for (const Command* command : commands) {
        const auto* registration = std::get_if<RegisterBusiness>(command);
        if (registration == nullptr) continue;
        const Hashes& hashes = hashes_.at(registration->business_id);
        if (hashes.nik.empty() || !claims_.IsOld(ClaimKind::kNik, hashes.nik)) continue;
        const std::string& owner_id = claims_.HolderOf(ClaimKind::kNik, hashes.nik);
        (registration->additional_business ? known : refused).Add(owner_id);
    }
    owners_.LoadKeys(transaction, known);
    businesses_of_ = FindBusinessesOf(transaction, refused);
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
    history_.Save(transaction);
    outbox_.Save(transaction);
}

command::Outcome RegistrationUnitOfWork::Handle(const RegisterBusiness& command,
                                                const Context& context) {
    if (!context.caller.Reaches(command.profile.region_code)) {
        return Refused(ErrorCode::kNotFound, "REGION_NOT_FOUND", "no such region");
    }
    const Hashes& hashes = hashes_.at(command.business_id);
    const auto is_held = [this](ClaimKind kind, const std::string& hash) {
        return !hash.empty() && (claims_.IsOld(kind, hash) || claims_.IsUsed(kind, hash));
    };
    if (is_held(ClaimKind::kImportRow, hashes.row)) {
        return std::unexpected(Error{
            .code = ErrorCode::kAlreadyExists,
            .reason = "ROW_UNCHANGED",
            .message = "the same row is registered already",
            .metadata = {{"business_id", claims_.HolderOf(ClaimKind::kImportRow, hashes.row)}}});
    }
    const Claims claims{.owner_id = hashes.nik.empty()
                                        ? command.owner_id
                                        : claims_.HolderOf(ClaimKind::kNik, hashes.nik),
                        .owner_is_known = is_held(ClaimKind::kNik, hashes.nik),
                        .nib_is_taken = is_held(ClaimKind::kNib, hashes.nib)};
    Business& business = businesses_[command.business_id];
    const Result<Events> decision = Decide(business, command, claims, context.now);
    if (!decision) return AlreadyExists(decision.error(), claims.owner_id, context);

    if (!hashes.nik.empty()) claims_.Use(ClaimKind::kNik, hashes.nik, claims.owner_id);
    if (!hashes.nib.empty()) claims_.Use(ClaimKind::kNib, hashes.nib, command.business_id);
    if (!hashes.row.empty()) claims_.Use(ClaimKind::kImportRow, hashes.row, command.business_id);
    if (!claims.owner_is_known) owners_.Create(claims.owner_id, command.owner, context.now);
    Record(business, *decision, context);
    businesses_of_.emplace(claims.owner_id,
                           OwnedBusiness{business.id, business.profile.region_code});
    return RegisterBusinessAnswer(business, command.warnings);
}

command::Outcome RegistrationUnitOfWork::AlreadyExists(Error error, const std::string& owner_id,
                                                       const Context& context) const {
    const auto [first, last] = businesses_of_.equal_range(owner_id);
    const auto visible = std::find_if(first, last, [&context](const auto& owned) {
        return context.caller.Reaches(owned.second.region_code);
    });
    if (error.reason == "NIK_ALREADY_REGISTERED" && visible != last) {
        error.metadata["business_id"] = visible->second.business_id;
    }
    return std::unexpected(std::move(error));
}

command::Outcome RegistrationUnitOfWork::Handle(const ReportCondition& command,
                                                const Context& context) {
    Business& business = businesses_[command.business_id];
    if (business.Exists() && !MayChange(context.caller, business)) {
        // As if it were not there: one answer for both.
        const Result<Events> absent = Decide(Business{}, command, context.now);
        return std::unexpected(absent.error());
    }
    const Result<Events> decision = Decide(business, command, context.now);
    if (!decision) return std::unexpected(decision.error());
    Record(business, *decision, context);
    const auto* changed = std::get_if<ScaleChanged>(&decision->back());
    return ReportConditionAnswer(business, changed != nullptr && changed->IsUpgrade());
}

void RegistrationUnitOfWork::Record(Business& business, const Events& events,
                                    const Context& context) {
    for (const Event& event : events) {
        business = Apply(std::move(business), event);
        history_.Add(business, event, context.caller.subject);
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
