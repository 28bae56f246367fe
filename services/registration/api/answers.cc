#include "services/registration/api/answers.h"

#include "libs/indonesia/format.h"
#include "libs/indonesia/nik.h"
#include "libs/indonesia/phone.h"
#include "services/registration/domain/review.h"
#include "services/registration/storage/mapping.h"
#include "services/registration/storage/registry_data.h"

namespace bangkit::registration {
namespace {

bool IsContinuation(char byte) { return (static_cast<unsigned char>(byte) & 0xc0) == 0x80; }

// The domain's enums have the numbers of the public ones.
template <typename PublicEnum, typename Enum>
PublicEnum ToPublicEnum(Enum value) {
    return static_cast<PublicEnum>(static_cast<int>(value));
}

void FillWhat(v1::BusinessStatement& out, const ConditionStated& stated) {
    v1::ConditionStatement& condition = *out.mutable_condition();
    condition.set_condition(ToPublicEnum<common::v1::BusinessCondition>(stated.condition));
    if (stated.monthly_sales) condition.set_monthly_sales_rupiah(*stated.monthly_sales);
    if (stated.workers_male) condition.set_workers_male(*stated.workers_male);
    if (stated.workers_female) condition.set_workers_female(*stated.workers_female);
    for (const ConditionReason reason : stated.reasons) {
        condition.add_reasons(ToPublicEnum<v1::ConditionReason>(reason));
    }
}

void FillWhat(v1::BusinessStatement& out, const ScaleStated& stated) {
    v1::ScaleStatement& scale = *out.mutable_scale();
    scale.set_scale(ToPublicEnum<common::v1::BusinessScale>(stated.scale));
    scale.set_rule_set(stated.rule_set);
    scale.set_upgraded(stated.is_upgrade);
    const Figures& figures = stated.figures;
    if (figures.capital) scale.set_capital_rupiah(*figures.capital);
    if (figures.annual_sales) scale.set_annual_sales_rupiah(*figures.annual_sales);
}

void FillWhat(v1::BusinessStatement& out, const VerificationStated& stated) {
    v1::VerificationStatement& verification = *out.mutable_verification();
    verification.set_level(ToPublicEnum<common::v1::VerificationLevel>(stated.level));
    verification.set_note(stated.note);
}

void FillWhat(v1::BusinessStatement& out, const DetailsStated& stated) {
    v1::DetailsStatement& details = *out.mutable_details();
    details.set_region_code_before(stated.region_before);
    std::string_view rest = stated.changed_fields;
    while (!rest.empty()) {
        const std::size_t comma = std::min(rest.find(','), rest.size());
        details.add_changed_fields(std::string(rest.substr(0, comma)));
        rest.remove_prefix(std::min(comma + 1, rest.size()));
    }
}

void FillWhat(v1::BusinessStatement& out, const MembersStated& stated) {
    v1::GroupMembersStatement& members = *out.mutable_members();
    for (const std::string& id : stated.added) members.add_added_business_ids(id);
    for (const std::string& id : stated.removed) members.add_removed_business_ids(id);
}

void FillWhat(v1::BusinessStatement& out, const MergeStated& stated) {
    v1::MergeStatement& merge = *out.mutable_merge();
    merge.set_surviving_business_id(stated.surviving_id);
    merge.set_merged_business_id(stated.merged_id);
    merge.set_undone(stated.is_undo);
}

}  // namespace

void Fill(v1::BusinessStatement& out, const Statement& statement) {
    out.set_version(statement.version);
    out.set_valid_from(indonesia::FormatDate(statement.valid_from));
    Fill(*out.mutable_recorded_at(), statement.recorded_at);
    out.set_recorded_by(statement.recorded_by);
    std::visit([&out](const auto& stated) { FillWhat(out, stated); }, statement.what);
}

void Fill(v1::Upgrade& out, const StatedUpgrade& stated) {
    out.set_business_id(stated.business_id);
    out.set_version(stated.version);
    out.set_region_code(stated.region_code);
    out.set_from(ToPublicEnum<common::v1::BusinessScale>(stated.from));
    out.set_to(ToPublicEnum<common::v1::BusinessScale>(stated.to));
    out.set_since(indonesia::FormatDate(stated.since));
    Fill(*out.mutable_recorded_at(), stated.recorded_at);
    out.set_rule_set(stated.rule_set);
}

std::string MaskName(std::string_view name) {
    std::string masked;
    bool is_first = true;
    for (std::size_t i = 0; i < name.size(); ++i) {
        if (name[i] == ' ') {
            masked += ' ';
            is_first = true;
        } else if (is_first) {
            masked += name[i];
            while (i + 1 < name.size() && IsContinuation(name[i + 1])) masked += name[++i];
            is_first = false;
        } else if (!IsContinuation(name[i])) {
            masked += '*';
        }
    }
    return masked;
}

std::string MaskNpwp(std::string_view digits) {
    std::string masked(digits);
    for (std::size_t i = 4; i + 4 < masked.size(); ++i) masked[i] = '*';
    return masked;
}

void Fill(v1::Business& out, const StoredBusiness& stored) {
    const Business& business = stored.business;
    FillWithoutPersonalData(out, business);
    out.set_name(business.profile.name);
    out.set_address(business.profile.address);
    out.set_nib(business.profile.nib);
    out.set_npwp(MaskNpwp(business.profile.npwp));
    if (business.profile.start_date) {
        out.set_start_date(indonesia::FormatDate(*business.profile.start_date));
    }
    FillDetails(out, business.profile);
    v1::OwnerSummary& owner = *out.mutable_owner();
    owner.set_owner_id(business.owner_id);
    owner.set_erased(business.owner_is_erased);
    owner.set_masked_name(MaskName(stored.owner.name));
    if (!stored.owner.nik.empty()) owner.set_masked_nik(indonesia::MaskNik(stored.owner.nik));
    if (!stored.owner.phone.empty()) {
        owner.set_masked_phone(indonesia::MaskPhone(stored.owner.phone));
    }
    for (const std::string& warning : Contradictions(stored.owner)) owner.add_warnings(warning);
}

}  // namespace bangkit::registration
