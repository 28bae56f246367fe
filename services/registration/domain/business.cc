#include "services/registration/domain/business.h"

#include <utility>

#include "libs/indonesia/format.h"

namespace bangkit::registration {
namespace {

/// New annual sales; the capital stays as it was last stated.
std::optional<ScaleStatement> NewFigures(const Business& business, const ReportCondition& command) {
    if (!command.annual_sales) return std::nullopt;
    return Classified(
        {.capital = business.scale.figures.capital, .annual_sales = command.annual_sales},
        command.since);
}

void Fold(Business& business, const BusinessRegistered& event) {
    business.id = event.business_id;
    business.owner_id = event.owner_id;
    business.profile = event.profile;
    business.scale = event.scale;
    business.condition = event.condition;
    business.condition_since = event.condition_since;
    business.registered_at = event.at;
    business.updated_at = event.at;
}

// A late report, valid from before the present condition, restates history only.
void Fold(Business& business, const ConditionReported& event) {
    if (event.since >= business.condition_since) {
        business.condition = event.condition;
        business.condition_since = event.since;
        Workers& workers = business.profile.workers;
        if (event.workers_male) workers.male = event.workers_male;
        if (event.workers_female) workers.female = event.workers_female;
    }
    if (event.new_figures && event.new_figures->since >= business.scale.since) {
        business.scale = *event.new_figures;
    }
    business.updated_at = event.at;
}

void Fold(Business& business, const ScaleChanged& event) {
    business.scale = event.to;
    business.updated_at = event.at;
}

void Fold(Business& business, const DetailsChanged& event) {
    business.profile = event.profile;
    if (event.new_figures) business.scale = *event.new_figures;
    business.updated_at = event.at;
}

void Fold(Business& business, const Verified& event) {
    business.verification = event.to;
    business.updated_at = event.at;
}

void Fold(Business& business, const OwnerDataErased& event) {
    business.owner_is_erased = true;
    business.profile = WithoutOwner(std::move(business.profile));
    business.updated_at = event.at;
}

void Fold(Business& business, const MembersChanged& event) { business.updated_at = event.at; }

void Fold(Business& business, const BusinessesMerged& event) {
    if (business.id == event.merged_id) business.merged_into = event.surviving_id;
    business.updated_at = event.at;
}

void Fold(Business& business, const MergeUndone& event) {
    if (business.id == event.merged_id) business.merged_into.clear();
    business.updated_at = event.at;
}

}  // namespace

bool IsOfOwnerAlone(Kind kind) { return kind == Kind::kUmkm || kind == Kind::kStreetVendor; }

Profile WithoutOwner(Profile profile) {
    profile.npwp.clear();
    if (!IsOfOwnerAlone(profile.kind)) return profile;
    profile.name.clear();
    profile.address.clear();
    profile.nib.clear();
    profile.nib_issued_on.reset();
    profile.online_channels.clear();
    profile.pirt = profile.halal = profile.bpom = profile.business_certificate = {};
    profile.street_vendor.reset();
    return profile;
}

Result<void> CheckDetailsOfKind(const Profile& profile) {
    const bool are_of_kind = (!profile.cooperative || profile.kind == Kind::kCooperative) &&
                             (!profile.street_vendor || profile.kind == Kind::kStreetVendor);
    if (are_of_kind) return {};
    return Refused(ErrorCode::kFailedPrecondition, "DETAILS_NOT_OF_KIND",
                   "these details belong to another kind of business");
}

ScaleStatement Classified(const Figures& figures, Date since) {
    return {.classification = indonesia::Classify(figures.annual_sales, figures.capital, since),
            .figures = figures,
            .since = since};
}

Result<void> CheckIsCurrent(const Business& business,
                            std::optional<std::int64_t> expected_version) {
    if (!business.Exists()) {
        return Refused(ErrorCode::kNotFound, "BUSINESS_NOT_FOUND", "no such business");
    }
    if (expected_version && *expected_version != business.version) {
        return Refused(ErrorCode::kAborted, "ETAG_STALE",
                       "the business has changed since it was read");
    }
    return {};
}

Result<void> CheckLives(const Business& business) {
    if (business.merged_into.empty()) return {};
    return Refused(ErrorCode::kFailedPrecondition, "BUSINESS_MERGED",
                   "the business has been merged into another one");
}

Result<Events> Decide(const Business& business, const RegisterBusiness& command,
                      const Claims& claims, Time now) {
    if (business.Exists()) {
        return Refused(ErrorCode::kAlreadyExists, "BUSINESS_ALREADY_REGISTERED",
                       "this business is registered already");
    }
    if (claims.owner_is_known && !command.additional_business) {
        return Refused(
            ErrorCode::kAlreadyExists, "NIK_ALREADY_REGISTERED",
            "this NIK has a business already; say additional_business if it has another");
    }
    if (claims.nib_is_taken) {
        return Refused(ErrorCode::kAlreadyExists, "NIB_ALREADY_REGISTERED",
                       "this NIB belongs to another business");
    }
    const Result<void> of_kind = CheckDetailsOfKind(command.profile);
    if (!of_kind) return std::unexpected(of_kind.error());
    return Events{
        BusinessRegistered{.business_id = command.business_id,
                           .owner_id = claims.owner_id,
                           .profile = command.profile,
                           .scale = Classified(command.figures, indonesia::LocalDate(now)),
                           .condition = command.condition,
                           .condition_since = command.condition_since,
                           .at = now}};
}

Result<Events> Decide(const Business& business, const ReportCondition& command, Time now) {
    const Result<void> current = CheckIsCurrent(business, command.expected_version);
    if (!current) return std::unexpected(current.error());
    const Result<void> lives = CheckLives(business);
    if (!lives) return std::unexpected(lives.error());
    const bool is_over =
        business.condition == Condition::kClosed && command.since > business.condition_since;
    if (is_over && !command.may_reopen) {
        return Refused(ErrorCode::kFailedPrecondition, "BUSINESS_CLOSED",
                       "the business is closed; only what was before can be reported");
    }
    const std::optional<ScaleStatement> figures = NewFigures(business, command);
    const bool changes_scale = figures && figures->since >= business.scale.since &&
                               figures->classification.scale != business.scale.classification.scale;
    Events events{ConditionReported{.condition = command.condition,
                                    .since = command.since,
                                    .monthly_sales = command.monthly_sales,
                                    .workers_male = command.workers_male,
                                    .workers_female = command.workers_female,
                                    .reasons = command.reasons,
                                    .new_figures = changes_scale ? std::nullopt : figures,
                                    .at = now}};
    if (changes_scale) {
        events.emplace_back(
            ScaleChanged{.from = business.scale.classification.scale, .to = *figures, .at = now});
    }
    return events;
}

Result<Events> Decide(const Business& business, const VerifyBusiness& command, Time now) {
    const Result<void> current = CheckIsCurrent(business, command.expected_version);
    if (!current) return std::unexpected(current.error());
    const Result<void> lives = CheckLives(business);
    if (!lives) return std::unexpected(lives.error());
    if (command.level < business.verification && command.note.empty()) {
        return Refused(ErrorCode::kFailedPrecondition, "REASON_MISSING",
                       "a level is taken back only for a reason; say it in the note");
    }
    return Events{Verified{
        .from = business.verification, .to = command.level, .note = command.note, .at = now}};
}

bool SaysWhatIsKnown(const RegisterBusiness& row, const Business& business, const Owner& owner) {
    Profile stated = row.profile;
    // A file need not say it of what did not come by one.
    stated.provenance.source = business.profile.provenance.source;
    return stated == business.profile && row.owner == owner &&
           row.figures == business.scale.figures && row.condition == business.condition;
}

Business Apply(Business business, const Event& event) {
    std::visit([&business](const auto& happened) { Fold(business, happened); }, event);
    ++business.version;
    return business;
}

}  // namespace bangkit::registration
