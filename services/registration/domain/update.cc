#include "services/registration/domain/update.h"

#include <algorithm>
#include <utility>

#include "libs/indonesia/format.h"

namespace bangkit::registration {
namespace {

/// Everything that can be changed, in one place.
struct Details {
    Owner owner;
    Profile profile;
    Figures figures;
};

template <typename Use>
auto WithRegistryData(Detail detail, Profile& mine, const Profile& theirs, Use use) {
    switch (detail) {
        case Detail::kOrderAndDeliver: return use(mine.order_and_deliver, theirs.order_and_deliver);
        case Detail::kLocationType: return use(mine.location_type, theirs.location_type);
        case Detail::kWorkersMale: return use(mine.workers.male, theirs.workers.male);
        case Detail::kWorkersFemale: return use(mine.workers.female, theirs.workers.female);
        case Detail::kNetworkCoverage: return use(mine.network_coverage, theirs.network_coverage);
        case Detail::kOnlineChannels: return use(mine.online_channels, theirs.online_channels);
        case Detail::kNibIssuedOn: return use(mine.nib_issued_on, theirs.nib_issued_on);
        case Detail::kPirt: return use(mine.pirt, theirs.pirt);
        case Detail::kHalal: return use(mine.halal, theirs.halal);
        case Detail::kBpom: return use(mine.bpom, theirs.bpom);
        case Detail::kBusinessCertificate:
            return use(mine.business_certificate, theirs.business_certificate);
        case Detail::kCooperative: return use(mine.cooperative, theirs.cooperative);
        case Detail::kStreetVendor: return use(mine.street_vendor, theirs.street_vendor);
        case Detail::kConsent: return use(mine.consent, theirs.consent);
        default: std::unreachable();
    }
}

/// Calls `use` with what `detail` stands for in both.
template <typename Use>
auto With(Detail detail, Details& mine, const Details& theirs, Use use) {
    switch (detail) {
        case Detail::kOwnerNik: return use(mine.owner.nik, theirs.owner.nik);
        case Detail::kOwnerName: return use(mine.owner.name, theirs.owner.name);
        case Detail::kOwnerPhone: return use(mine.owner.phone, theirs.owner.phone);
        case Detail::kOwnerAddress:
            return use(mine.owner.identity_card_address, theirs.owner.identity_card_address);
        case Detail::kOwnerKk: return use(mine.owner.kk, theirs.owner.kk);
        case Detail::kOwnerBirthDate: return use(mine.owner.birth_date, theirs.owner.birth_date);
        case Detail::kOwnerSex: return use(mine.owner.sex, theirs.owner.sex);
        case Detail::kOwnerEmail: return use(mine.owner.email, theirs.owner.email);
        case Detail::kOwnerDisability: return use(mine.owner.disability, theirs.owner.disability);
        case Detail::kOwnerOccupation: return use(mine.owner.occupation, theirs.owner.occupation);
        case Detail::kKind: return use(mine.profile.kind, theirs.profile.kind);
        case Detail::kName: return use(mine.profile.name, theirs.profile.name);
        case Detail::kRegion: return use(mine.profile.region_code, theirs.profile.region_code);
        case Detail::kAddress: return use(mine.profile.address, theirs.profile.address);
        case Detail::kKbli: return use(mine.profile.kbli, theirs.profile.kbli);
        case Detail::kCapital: return use(mine.figures.capital, theirs.figures.capital);
        case Detail::kAnnualSales:
            return use(mine.figures.annual_sales, theirs.figures.annual_sales);
        case Detail::kChannels: return use(mine.profile.channels, theirs.profile.channels);
        case Detail::kNib: return use(mine.profile.nib, theirs.profile.nib);
        case Detail::kNpwp: return use(mine.profile.npwp, theirs.profile.npwp);
        case Detail::kStartDate: return use(mine.profile.start_date, theirs.profile.start_date);
        default: return WithRegistryData(detail, mine.profile, theirs.profile, use);
    }
}

/// Replaces one detail; true if it is another one now.
bool Replace(Detail detail, Details& known, const Details& wanted) {
    return With(detail, known, wanted, [](auto& old_value, const auto& new_value) {
        return std::exchange(old_value, new_value) != new_value;
    });
}

Details WantedBy(const UpdateBusiness& command) {
    return {.owner = command.owner, .profile = command.profile, .figures = command.figures};
}

/// Of a business that is one person's. The kind is what says that it is one.
bool TellsWhoOwns(Detail detail) {
    using enum Detail;
    return detail == kName || detail == kAddress || detail == kNib || detail == kKind ||
           detail == kOnlineChannels || detail == kNibIssuedOn || detail == kPirt ||
           detail == kHalal || detail == kBpom || detail == kBusinessCertificate ||
           detail == kStreetVendor;
}

/// A group has members, and is none.
Result<void> CheckGroups(const Business& business, const Profile& wanted,
                         const UpdateFacts& facts) {
    const bool becomes_group = wanted.kind == Kind::kGroup;
    const bool was_group = business.profile.kind == Kind::kGroup;
    if (becomes_group == was_group || !facts.is_in_groups) return {};
    if (was_group) {
        return Refused(ErrorCode::kFailedPrecondition, "GROUP_HAS_MEMBERS",
                       "a group that has members stays a group");
    }
    return Refused(ErrorCode::kFailedPrecondition, "MEMBER_IS_GROUP",
                   "a member of a group cannot be a group itself");
}

Result<void> CheckIdentities(const std::set<Detail>& changed, const UpdateFacts& facts) {
    if (changed.contains(Detail::kOwnerNik) && !facts.owner->nik.empty()) {
        return Refused(ErrorCode::kFailedPrecondition, "NIK_KNOWN",
                       "the owner has another NIK already, which is not replaced");
    }
    if (changed.contains(Detail::kOwnerNik) && facts.nik_is_taken) {
        return Refused(ErrorCode::kAlreadyExists, "NIK_ALREADY_REGISTERED",
                       "this NIK belongs to another owner");
    }
    if (changed.contains(Detail::kNib) && facts.nib_is_taken) {
        return Refused(ErrorCode::kAlreadyExists, "NIB_ALREADY_REGISTERED",
                       "this NIB belongs to another business");
    }
    return {};
}

}  // namespace

Result<Events> Decide(const Business& business, const UpdateBusiness& command,
                      const UpdateFacts& facts, Time now) {
    const Result<void> current = CheckIsCurrent(business, command.expected_version);
    if (!current) return std::unexpected(current.error());
    if (!std::ranges::all_of(command.details, IsOfOwner)) {  // People are never merged.
        const Result<void> lives = CheckLives(business);
        if (!lives) return std::unexpected(lives.error());
    }
    if (!facts.owner && std::ranges::any_of(command.details, NeedsOwner)) {
        return Refused(ErrorCode::kFailedPrecondition, "OWNER_ERASED",
                       "the personal data of this owner has been erased");
    }
    if (business.owner_is_erased && IsOfOwnerAlone(business.profile.kind) &&
        std::ranges::any_of(command.details, TellsWhoOwns)) {
        return Refused(ErrorCode::kFailedPrecondition, "OWNER_ERASED",
                       "what such a business is called and where it is was the owner's");
    }
    const Details wanted = WantedBy(command);
    Details known{.owner = facts.owner.value_or(Owner{}),
                  .profile = business.profile,
                  .figures = business.scale.figures};
    std::set<Detail> changed;
    for (const Detail detail : command.details) {
        if (Replace(detail, known, wanted)) changed.insert(detail);
    }
    const Result<void> identities = CheckIdentities(changed, facts);
    if (!identities) return std::unexpected(identities.error());
    if (changed.empty()) return Events{};
    const Result<void> of_kind = CheckDetailsOfKind(known.profile);
    if (!of_kind) return std::unexpected(of_kind.error());
    const Result<void> groups = CheckGroups(business, known.profile, facts);
    if (!groups) return std::unexpected(groups.error());

    DetailsChanged event{.details = changed,
                         .profile = std::move(known.profile),
                         .new_figures = {},
                         .region_before = {},
                         .at = now};
    if (changed.contains(Detail::kRegion)) event.region_before = business.profile.region_code;
    const bool has_new_figures =
        changed.contains(Detail::kCapital) || changed.contains(Detail::kAnnualSales);
    if (!has_new_figures) return Events{std::move(event)};

    // Never behind the present statement, which would then not be the present one any more.
    const Date since = std::max(indonesia::LocalDate(now), business.scale.since);
    const ScaleStatement scale = Classified(known.figures, since);
    const Scale before = business.scale.classification.scale;
    if (scale.classification.scale == before) {
        event.new_figures = scale;
        return Events{std::move(event)};
    }
    return Events{std::move(event), ScaleChanged{.from = before, .to = scale, .at = now}};
}

Owner Updated(Owner owner, const UpdateBusiness& command) {
    Details known{.owner = std::move(owner), .profile = {}, .figures = {}};
    const Details wanted = WantedBy(command);
    for (const Detail detail : command.details) Replace(detail, known, wanted);
    return std::move(known.owner);
}

}  // namespace bangkit::registration
