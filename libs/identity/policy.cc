#include "libs/identity/policy.h"

#include <algorithm>
#include <optional>
#include <utility>

namespace bangkit::identity {
namespace {

using enum Scope;
using namespace role;

// Read it line by line: these roles may call this method, as far as the scope reaches.
std::vector<Grant> Table() {
    return {
        {"bangkit.registration.v1.RegistrationService/RegisterBusiness",
         {kOfficer, kAgency, kProvince},
         kRegion},
        {"bangkit.registration.v1.RegistrationService/BatchRegisterBusinesses",
         {kOfficer, kAgency, kProvince},
         kRegion},
        {"bangkit.registration.v1.RegistrationService/ImportBusinesses",
         {kOfficer, kAgency, kProvince},
         kRegion},
        {"bangkit.registration.v1.RegistrationService/ReportCondition",
         {kOfficer, kAgency, kProvince},
         kRegion},
        {"bangkit.registration.v1.RegistrationService/UpdateBusiness",
         {kOfficer, kAgency, kProvince},
         kRegion},
        {"bangkit.registration.v1.RegistrationService/VerifyBusiness",
         {kAgency, kProvince},
         kRegion},
        {"bangkit.registration.v1.RegistrationService/GetBusiness",
         {kOfficer, kAgency, kProvince, kAuditor},
         kRegion},
        {"bangkit.registration.v1.RegistrationService/GetBusiness", {kOwner}, kOwn},
        {"bangkit.registration.v1.RegistrationService/GetBusinessHistory",
         {kOfficer, kAgency, kProvince, kAuditor},
         kRegion},
        {"bangkit.registration.v1.RegistrationService/GetBusinessHistory", {kOwner}, kOwn},
        {"bangkit.registration.v1.RegistrationService/ListBusinesses",
         {kOfficer, kAgency, kProvince, kAuditor},
         kRegion},
        {"bangkit.registration.v1.RegistrationService/ListBusinesses", {kOwner}, kOwn},
        {"bangkit.registration.v1.RegistrationService/SearchBusinesses",
         {kOfficer, kAgency, kProvince, kAuditor},
         kRegion},
        {"bangkit.registration.v1.RegistrationService/ListUpgrades",
         {kOfficer, kAgency, kProvince, kAuditor},
         kRegion},
        {"bangkit.registration.v1.RegistrationService/ApplyRegionChange", {kProvince}, kRegion},
        {"bangkit.registration.v1.RegistrationService/ExportBusinesses",
         {kOfficer, kAgency, kProvince, kAuditor},
         kRegion},
        {"bangkit.registration.v1.RegistrationService/ChangeGroupMembers",
         {kOfficer, kAgency, kProvince},
         kRegion},
        {"bangkit.registration.v1.RegistrationService/ListGroupMembers",
         {kOfficer, kAgency, kProvince, kAuditor},
         kRegion},
        {"bangkit.registration.v1.RegistrationService/ListGroupMembers", {kOwner}, kOwn},

        {"bangkit.registration.v1.PersonalDataService/RevealOwner",
         {kOfficer, kAgency, kProvince},
         kRegion},
        {"bangkit.registration.v1.PersonalDataService/FindByIdentity",
         {kOfficer, kAgency, kProvince},
         kRegion},
        {"bangkit.registration.v1.PersonalDataService/DiscloseBusinesses",
         {kAgency, kProvince},
         kRegion},
        {"bangkit.registration.v1.PersonalDataService/OpenSubjectRequest",
         {kOfficer, kAgency, kProvince},
         kRegion},
        {"bangkit.registration.v1.PersonalDataService/OpenSubjectRequest", {kOwner}, kOwn},
        {"bangkit.registration.v1.PersonalDataService/ListSubjectRequests",
         {kOfficer, kAgency, kProvince, kAuditor},
         kRegion},
        {"bangkit.registration.v1.PersonalDataService/ListSubjectRequests", {kOwner}, kOwn},
        {"bangkit.registration.v1.PersonalDataService/EraseOwner", {kAgency, kProvince}, kRegion},
        {"bangkit.registration.v1.PersonalDataService/ExportPersonalData",
         {kAgency, kProvince},
         kRegion},
        {"bangkit.registration.v1.PersonalDataService/CloseSubjectRequest",
         {kAgency, kProvince},
         kRegion},
        {"bangkit.registration.v1.PersonalDataService/SetLegalHold", {kAgency, kProvince}, kRegion},
        {"bangkit.registration.v1.DuplicateService/ListDuplicates",
         {kOfficer, kAgency, kProvince, kAuditor},
         kRegion},
        {"bangkit.registration.v1.DuplicateService/GetDuplicate",
         {kOfficer, kAgency, kProvince, kAuditor},
         kRegion},
        {"bangkit.registration.v1.DuplicateService/AssignDuplicate",
         {kOfficer, kAgency, kProvince},
         kRegion},
        {"bangkit.registration.v1.DuplicateService/ConfirmDuplicate",
         {kAgency, kProvince},
         kRegion},
        {"bangkit.registration.v1.DuplicateService/RejectDuplicate", {kAgency, kProvince}, kRegion},
        {"bangkit.registration.v1.DuplicateService/MergeBusinesses", {kAgency, kProvince}, kRegion},
        {"bangkit.registration.v1.DuplicateService/UndoMerge", {kAgency, kProvince}, kRegion},

        {"bangkit.registration.v1.ImportService/CreateImportJob",
         {kOfficer, kAgency, kProvince},
         kRegion},
        {"bangkit.registration.v1.ImportService/UploadImportFile",
         {kOfficer, kAgency, kProvince},
         kRegion},
        {"bangkit.registration.v1.ImportService/GetImportJob",
         {kOfficer, kAgency, kProvince},
         kRegion},
        {"bangkit.registration.v1.ImportService/ListImportJobs",
         {kOfficer, kAgency, kProvince},
         kRegion},
        {"bangkit.registration.v1.ImportService/CancelImportJob",
         {kOfficer, kAgency, kProvince},
         kRegion},
        {"bangkit.registration.v1.ImportService/DownloadImportErrors",
         {kOfficer, kAgency, kProvince},
         kRegion},

        {"bangkit.registration.v1.IntakeService/SubmitIntake",
         {kOfficer, kAgency, kProvince},
         kRegion},
        {"bangkit.registration.v1.IntakeService/ListIntakeConflicts",
         {kOfficer, kAgency, kProvince, kAuditor},
         kRegion},
        {"bangkit.registration.v1.IntakeService/ResolveIntakeConflict",
         {kAgency, kProvince},
         kRegion},

        {"bangkit.registration.v1.NeedService/StateNeed", {kOfficer, kAgency, kProvince}, kRegion},
        {"bangkit.registration.v1.NeedService/StateNeed", {kOwner}, kOwn},
        {"bangkit.registration.v1.NeedService/GetNeed",
         {kOfficer, kAgency, kProvince, kCouncil, kAuditor},
         kRegion},
        {"bangkit.registration.v1.NeedService/GetNeed", {kOwner}, kOwn},
        {"bangkit.registration.v1.NeedService/ListNeeds",
         {kOfficer, kAgency, kProvince, kCouncil, kAuditor},
         kRegion},
        {"bangkit.registration.v1.NeedService/ListNeeds", {kOwner}, kOwn},
        {"bangkit.registration.v1.NeedService/VerifyNeed", {kAgency, kProvince}, kRegion},
        {"bangkit.registration.v1.NeedService/AccommodateNeed", {kAgency, kProvince}, kRegion},
        {"bangkit.registration.v1.NeedService/DeclineNeed", {kAgency, kProvince}, kRegion},

        {"bangkit.aid.v1.ProgramService/CreateProgram", {kAgency, kProvince}, kRegion},
        {"bangkit.aid.v1.ProgramService/ReplaceProgramRules", {kAgency, kProvince}, kRegion},
        {"bangkit.aid.v1.ProgramService/OpenProgram", {kAgency, kProvince}, kRegion},
        {"bangkit.aid.v1.ProgramService/PauseProgram", {kAgency, kProvince}, kRegion},
        {"bangkit.aid.v1.ProgramService/CloseProgram", {kAgency, kProvince}, kRegion},
        {"bangkit.aid.v1.ProgramService/SettleProgram", {kAgency, kProvince}, kRegion},
        {"bangkit.aid.v1.ProgramService/GetProgram",
         {kOfficer, kAgency, kProvince, kCouncil, kAuditor},
         kRegion},
        {"bangkit.aid.v1.ProgramService/ListPrograms",
         {kOfficer, kAgency, kProvince, kCouncil, kAuditor},
         kRegion},
        {"bangkit.aid.v1.ProgramService/ListTemplates", {kAgency, kProvince}, kRegion},
        {"bangkit.aid.v1.ApplicationService/StartApplication",
         {kOfficer, kAgency, kProvince},
         kRegion},
        {"bangkit.aid.v1.ApplicationService/StateFacts", {kOfficer, kAgency, kProvince}, kRegion},
        {"bangkit.aid.v1.ApplicationService/SubmitApplication",
         {kOfficer, kAgency, kProvince},
         kRegion},
        {"bangkit.aid.v1.ApplicationService/CheckDocuments",
         {kOfficer, kAgency, kProvince},
         kRegion},
        {"bangkit.aid.v1.ApplicationService/RecordSurvey", {kOfficer, kAgency, kProvince}, kRegion},
        {"bangkit.aid.v1.ApplicationService/ReturnApplication", {kAgency, kProvince}, kRegion},
        {"bangkit.aid.v1.ApplicationService/ApproveApplication", {kAgency, kProvince}, kRegion},
        {"bangkit.aid.v1.ApplicationService/BatchApproveApplications",
         {kAgency, kProvince},
         kRegion},
        {"bangkit.aid.v1.ApplicationService/RejectApplication", {kAgency, kProvince}, kRegion},
        {"bangkit.aid.v1.ApplicationService/WithdrawApplication",
         {kOfficer, kAgency, kProvince},
         kRegion},
        {"bangkit.aid.v1.ApplicationService/CancelApplication", {kAgency, kProvince}, kRegion},
        {"bangkit.aid.v1.ApplicationService/GetApplication",
         {kOfficer, kAgency, kProvince, kAuditor},
         kRegion},
        {"bangkit.aid.v1.ApplicationService/GetApplication", {kOwner}, kOwn},
        {"bangkit.aid.v1.ApplicationService/ListApplications",
         {kOfficer, kAgency, kProvince, kAuditor},
         kRegion},
        {"bangkit.aid.v1.ApplicationService/ListApplications", {kOwner}, kOwn},
        {"bangkit.aid.v1.ApplicationService/ListSurveys", {kOfficer, kAgency, kProvince}, kRegion},
        {"bangkit.aid.v1.DocumentService/AttachDocument", {kOfficer, kAgency, kProvince}, kRegion},
        {"bangkit.aid.v1.DocumentService/DownloadDocument",
         {kOfficer, kAgency, kProvince},
         kRegion},
        {"bangkit.aid.v1.DocumentService/ListDocuments",
         {kOfficer, kAgency, kProvince, kAuditor},
         kRegion},
        {"bangkit.aid.v1.DocumentService/ListDocuments", {kOwner}, kOwn},
        {"bangkit.aid.v1.PaymentService/StateBankAccount", {kOfficer, kAgency, kProvince}, kRegion},
        {"bangkit.aid.v1.PaymentService/GetBankAccount", {kOfficer, kAgency, kProvince}, kRegion},
        {"bangkit.aid.v1.PaymentService/CreatePaymentBatch", {kAgency, kProvince}, kRegion},
        {"bangkit.aid.v1.PaymentService/ReleasePaymentBatch", {kAgency, kProvince}, kRegion},
        {"bangkit.aid.v1.PaymentService/DissolvePaymentBatch", {kAgency, kProvince}, kRegion},
        {"bangkit.aid.v1.PaymentService/GetPaymentBatch",
         {kAgency, kProvince, kCouncil, kAuditor},
         kRegion},
        {"bangkit.aid.v1.PaymentService/ListPaymentBatches",
         {kAgency, kProvince, kCouncil, kAuditor},
         kRegion},
        {"bangkit.aid.v1.PaymentService/ListPayments", {kAgency, kProvince, kAuditor}, kRegion},
        {"bangkit.aid.v1.PaymentService/DownloadPaymentFile", {kAgency, kProvince}, kRegion},
        {"bangkit.aid.v1.PaymentService/UploadPaymentAnswers", {kAgency, kProvince}, kRegion},
        {"bangkit.aid.v1.LedgerService/AllocateBudget", {kAgency, kProvince}, kRegion},
        {"bangkit.aid.v1.LedgerService/ReviseBudget", {kAgency, kProvince}, kRegion},
        {"bangkit.aid.v1.LedgerService/GetBudget",
         {kAgency, kProvince, kCouncil, kAuditor},
         kRegion},
        {"bangkit.aid.v1.LedgerService/ListBudgets",
         {kAgency, kProvince, kCouncil, kAuditor},
         kRegion},
        {"bangkit.aid.v1.LedgerService/GetStatement",
         {kAgency, kProvince, kCouncil, kAuditor},
         kRegion},
        {"bangkit.aid.v1.LedgerService/RecountBudget",
         {kAgency, kProvince, kCouncil, kAuditor},
         kRegion},

        {"bangkit.dashboard.v1.DashboardService/GetDashboard",
         {kPublic, kOwner, kOfficer, kAgency, kProvince, kCouncil, kAuditor},
         kFigures},
        {"bangkit.dashboard.v1.DashboardService/CompareRegions",
         {kPublic, kOwner, kOfficer, kAgency, kProvince, kCouncil, kAuditor},
         kFigures},
        {"bangkit.dashboard.v1.DashboardService/ListRegions",
         {kPublic, kOwner, kOfficer, kAgency, kProvince, kCouncil, kAuditor},
         kFigures},
    };
}

}  // namespace

Policy::Policy(std::vector<Grant> grants) : grants_(std::move(grants)) {
    for (std::size_t i = 0; i < grants_.size(); ++i) by_method_[grants_[i].method].push_back(i);
}

Policy Policy::OfBangkit() { return Policy(Table()); }

Result<Scope> Policy::Admit(std::string_view method, const Caller& caller) const {
    std::optional<Scope> widest;
    if (const auto found = by_method_.find(method); found != by_method_.end()) {
        for (const std::size_t i : found->second) {
            const Grant& grant = grants_[i];
            const bool admitted = std::ranges::any_of(
                grant.roles, [&](std::string_view name) { return caller.HasRole(name); });
            if (admitted) widest = std::max(widest.value_or(grant.scope), grant.scope);
        }
    }
    if (widest) return *widest;
    return Refused(ErrorCode::kPermissionDenied, "ROLE_NOT_ALLOWED",
                   "none of your roles may call this method");
}

std::vector<std::string_view> Policy::Methods() const {
    std::vector<std::string_view> methods;
    for (const auto& [method, grants] : by_method_) methods.push_back(method);
    std::ranges::sort(methods);
    return methods;
}

}  // namespace bangkit::identity
