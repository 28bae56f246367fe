#include "services/aid/api/program/program_checks.h"

#include <set>

#include "libs/base/ids.h"
#include "services/aid/api/document/evidence_checks.h"
#include "services/aid/api/program/rule_checks.h"
#include "services/aid/storage/program/program_mapping.h"

namespace bangkit::aid {
namespace {

using rpc::FieldChecker;
using rpc::Presence;

constexpr std::size_t kNameMax = 200;
constexpr int kFirstYear = 2020, kLastYear = 2100;
constexpr Date kLastDay = std::chrono::year(kLastYear) / 12 / 31;
constexpr int kListMax = 20;
constexpr int kGrantsMax = 9;

void CheckPeriod(FieldChecker& fields, const v1::ProgramTerms& terms) {
    const auto opens = fields.Day("terms.opens_on", terms.opens_on(), kLastDay);
    const auto closes = fields.Day("terms.closes_on", terms.closes_on(), kLastDay);
    if (opens && closes && *closes < *opens) {
        fields.Refuse("terms.closes_on", "OUT_OF_RANGE", "must not be before the first day");
    }
}

void CheckRegion(FieldChecker& fields, const indonesia::RegionTree& regions,
                 const std::string& code) {
    using enum indonesia::RegionLevel;
    const indonesia::Region* region = regions.Find(code);
    if (code.empty()) {
        fields.Require("terms.region_code", false);
    } else if (region == nullptr || (region->level() != kProvince && region->level() != kRegency)) {
        fields.Refuse("terms.region_code", "REGION_UNKNOWN",
                      "must be the code of a province, a regency or a city");
    }
}

void CheckAmount(FieldChecker& fields, const v1::ProgramTerms& terms) {
    fields.Amount("terms.amount_rupiah", terms.amount_rupiah());
    if (terms.amount_rupiah() == 0 && MovesMoney(As<Instrument>(terms.instrument()))) {
        fields.Require("terms.amount_rupiah", false);
    }
}

void CheckDocuments(FieldChecker& fields, const v1::ProgramTerms& terms) {
    if (terms.documents_size() > kListMax) {
        fields.Refuse("terms.documents", "OUT_OF_RANGE", "must be at most 20");
        return;
    }
    std::set<int> kinds;
    for (const int kind : terms.documents()) {
        CheckOfChecklist(fields, "terms.documents", static_cast<v1::DocumentKind>(kind));
        if (!kinds.insert(kind).second) {
            fields.Refuse("terms.documents", "DUPLICATE", "was named before");
        }
    }
}

/// Each band reaches further than the one before, and the last one far enough.
void CheckBands(FieldChecker& fields, const v1::ProgramTerms& terms) {
    fields.Require("terms.approval_bands", !terms.approval_bands().empty());
    if (terms.approval_bands_size() > kListMax) {
        fields.Refuse("terms.approval_bands", "OUT_OF_RANGE", "must be at most 20");
        return;
    }
    std::int64_t before = -1;
    for (int i = 0; i < terms.approval_bands_size(); ++i) {
        const v1::ApprovalBand& band = terms.approval_bands(i);
        const std::string at = "terms.approval_bands[" + std::to_string(i) + "]";
        fields.Amount(at + ".up_to_rupiah", band.up_to_rupiah());
        fields.Require(at + ".roles", !band.roles().empty());
        for (const int role : band.roles()) {
            fields.Enum(at + ".roles", static_cast<v1::ApproverRole>(role));
        }
        if (band.up_to_rupiah() <= before) {
            fields.Refuse(at + ".up_to_rupiah", "OUT_OF_RANGE", "must be above the one before");
        }
        before = band.up_to_rupiah();
    }
    if (!terms.approval_bands().empty() && before < terms.amount_rupiah()) {
        fields.Refuse("terms.approval_bands", "BANDS_TOO_LOW",
                      "the last one must cover the amount of the programme");
    }
}

void CheckExclusions(FieldChecker& fields, const v1::ProgramTerms& terms) {
    if (terms.exclusions_size() > kListMax) {
        fields.Refuse("terms.exclusions", "OUT_OF_RANGE", "must be at most 20");
        return;
    }
    std::set<std::string_view> groups;
    for (int i = 0; i < terms.exclusions_size(); ++i) {
        const v1::Exclusion& exclusion = terms.exclusions(i);
        const std::string at = "terms.exclusions[" + std::to_string(i) + "]";
        CheckCode(fields, at + ".group", exclusion.group());
        fields.Enum(at + ".scope", exclusion.scope());
        fields.Enum(at + ".span", exclusion.span());
        fields.Number(at + ".limit", exclusion.limit(), 0, kGrantsMax);
        if (!groups.insert(exclusion.group()).second) {
            fields.Refuse(at + ".group", "DUPLICATE", "was named before");
        }
    }
}

/// What requests about a programme that is there have in common.
template <typename Command, typename Request>
Result<CheckedProgram> CheckChange(const Request& request) {
    FieldChecker fields;
    std::string request_id = fields.Uuid("request_id", request.request_id());
    Command command{.program_id = fields.Uuid("program_id", request.program_id()),
                    .expected_version = fields.Etag("etag", request.etag())};
    return Done<ProgramCommand>(fields, std::move(request_id), std::move(command));
}

}  // namespace

Result<CheckedProgram> ProgramChecks::Check(const v1::CreateProgramRequest& request) const {
    FieldChecker fields;
    std::string request_id = fields.Uuid("request_id", request.request_id());
    const v1::ProgramTerms& terms = request.terms();
    const std::string name = fields.Text("terms.name", terms.name(), kNameMax);
    fields.Enum("terms.instrument", terms.instrument());
    fields.Enum("terms.funding_source", terms.funding_source());
    fields.Number("terms.fiscal_year", terms.fiscal_year(), kFirstYear, kLastYear);
    CheckRegion(fields, regions_, terms.region_code());
    CheckPeriod(fields, terms);
    if (!fields.HasViolations()) CheckAmount(fields, terms);  // Of an instrument that is known.
    CheckDocuments(fields, terms);
    CheckBands(fields, terms);
    CheckRuleSet(fields, "terms.rules", terms.rules(), regions_);
    CheckExclusions(fields, terms);
    CreateProgram command{.program_id = NewId(clock_.Now()), .terms = {}};
    if (!fields.HasViolations()) command.terms = ToTerms(terms);
    command.terms.name = name;
    return Done<ProgramCommand>(fields, std::move(request_id), std::move(command));
}

Result<CheckedProgram> ProgramChecks::Check(const v1::ReplaceProgramRulesRequest& request) const {
    FieldChecker fields;
    std::string request_id = fields.Uuid("request_id", request.request_id());
    ReplaceRules command{.program_id = fields.Uuid("program_id", request.program_id()),
                         .rules = {},
                         .expected_version = fields.Etag("etag", request.etag())};
    CheckRuleSet(fields, "rules", request.rules(), regions_);
    if (!fields.HasViolations()) command.rules = ToRuleSet(request.rules());
    return Done<ProgramCommand>(fields, std::move(request_id), std::move(command));
}

Result<CheckedProgram> ProgramChecks::Check(const v1::OpenProgramRequest& request) const {
    return CheckChange<OpenProgram>(request);
}
Result<CheckedProgram> ProgramChecks::Check(const v1::PauseProgramRequest& request) const {
    return CheckChange<PauseProgram>(request);
}
Result<CheckedProgram> ProgramChecks::Check(const v1::CloseProgramRequest& request) const {
    return CheckChange<CloseProgram>(request);
}
Result<CheckedProgram> ProgramChecks::Check(const v1::SettleProgramRequest& request) const {
    return CheckChange<SettleProgram>(request);
}

}  // namespace bangkit::aid
