#include "services/cli/demo/incentive.h"

#include <algorithm>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "libs/base/ids.h"
#include "libs/identity/policy.h"
#include "libs/indonesia/format.h"
#include "services/cli/aid/approvals.h"
#include "services/cli/aid/documents.h"
#include "services/cli/demo/actors.h"
#include "services/cli/demo/incentive_payments.h"
#include "services/cli/demo/parallel.h"
#include "services/cli/failure.h"

namespace bangkit::cli {
namespace {

using namespace aid::v1;
using indonesia::FormatNumber;

constexpr const char* kTemplate = "INSENTIF_LAMPUNG_2020";
constexpr int kThreads = 32;
constexpr int kPage = 200;

/// One who applies.
struct Case {
    std::string business_id;
    std::size_t number = 0;
    Application application = {};  // Of no id until it is started.
};

class Incentive {
public:
    Incentive(Session& session, ProgressLine& line)
        : session_(session),
          line_(line),
          today_(indonesia::LocalDate(session.clock().Now())),
          officer_(DemoToken(session, "petugas-demo", identity::role::kOfficer)),
          surveyor_(DemoToken(session, "penyurvei-demo", identity::role::kOfficer)),
          approver_(DemoToken(session, "kepala-dinas-demo", identity::role::kProvince)) {
        // Made before they are shared by threads.
        session.applications();
        session.documents();
        session.payments();
    }

    void Give() {
        FindProgram();
        FindApplicants();
        FindApplications();
        line_.Show("incentive: applications, documents, surveys");
        InParallel(cases_, kThreads, [this](Case& each) { Prepare(each); });
        Approve();
        line_.Show("incentive: the bank");
        PayAllApproved(session_, line_, program_id_);
    }

private:
    std::string NewRequestId() { return NewId(session_.clock().Now()); }
    int Year() const { return static_cast<int>(std::chrono::year_month_day(today_).year()); }

    ProgramTerms Terms() {
        const auto templates = CallAs(approver_, session_.programs(),
                                      &ProgramService::Stub::ListTemplates, ListTemplatesRequest());
        const auto found =
            std::ranges::find(templates.templates(), kTemplate,
                              [](const auto& each) { return each.terms().rules().code(); });
        if (found == templates.templates().end()) throw UsageError("the template is not there");
        ProgramTerms terms = found->terms();
        terms.set_fiscal_year(Year());
        terms.set_opens_on(std::to_string(Year()) + "-01-01");
        terms.set_closes_on(std::to_string(Year()) + "-12-31");
        terms.clear_approval_bands();
        ApprovalBand& band = *terms.add_approval_bands();
        band.set_up_to_rupiah(terms.amount_rupiah());
        band.add_roles(APPROVER_ROLE_PROVINCE);
        return terms;
    }

    void FindProgram() {
        const ProgramTerms terms = Terms();
        documents_.assign(terms.documents().begin(), terms.documents().end());
        ListProgramsRequest list;
        list.set_region_code(kDemoProvince);
        list.set_fiscal_year(Year());
        list.set_page_size(kPage);
        Program program;
        do {
            const auto page =
                CallAs(approver_, session_.programs(), &ProgramService::Stub::ListPrograms, list);
            for (const Program& each : page.programs()) {
                if (each.terms().name() == terms.name()) program = each;
            }
            list.set_page_token(page.next_page_token());
        } while (!list.page_token().empty() && program.program_id().empty());
        if (program.program_id().empty()) {
            CreateProgramRequest create;
            create.set_request_id(NewRequestId());
            *create.mutable_terms() = terms;
            program =
                CallAs(approver_, session_.programs(), &ProgramService::Stub::CreateProgram, create)
                    .program();
        }
        program_id_ = program.program_id();
        Allocate();
        if (program.state() != common::v1::PROGRAM_STATE_DRAFT) return;
        OpenProgramRequest open;
        open.set_request_id(NewRequestId());
        open.set_program_id(program_id_);
        CallAs(approver_, session_.programs(), &ProgramService::Stub::OpenProgram, open);
    }

    void Allocate() {
        ListBudgetsRequest list;
        list.set_program_id(program_id_);
        const auto budgets =
            CallAs(approver_, session_.ledger(), &LedgerService::Stub::ListBudgets, list);
        if (!budgets.budgets().empty()) return;
        AllocateBudgetRequest allocate;
        allocate.set_request_id(NewRequestId());
        allocate.set_program_id(program_id_);
        allocate.set_region_code(kDemoProvince);
        allocate.set_amount_rupiah(kIncentiveTotal);
        allocate.set_quota(kIncentiveRecipients);
        allocate.set_document("DPA-" + std::to_string(Year()) + "/17");
        CallAs(approver_, session_.ledger(), &LedgerService::Stub::AllocateBudget, allocate);
    }

    void FindApplicants() {
        AddApplicants(common::v1::BUSINESS_KIND_UMKM, kIncentiveBusinesses);
        AddApplicants(common::v1::BUSINESS_KIND_COOPERATIVE, kIncentiveCooperatives);
    }
    /// The first of the registry that are affected and do not sell by delivery.
    void AddApplicants(common::v1::BusinessKind kind, std::int64_t count) {
        registration::v1::ListBusinessesRequest list;
        list.set_region_code(kDemoProvince);
        list.set_kind(kind);
        list.set_condition(common::v1::BUSINESS_CONDITION_AFFECTED);
        list.set_page_size(kPage);
        do {
            const auto page =
                CallAs(officer_, session_.registration(),
                       &registration::v1::RegistrationService::Stub::ListBusinesses, list);
            for (const auto& business : page.businesses()) {
                if (count == 0 || business.order_and_deliver()) continue;
                cases_.push_back(
                    {.business_id = business.business_id(), .number = cases_.size() + 1});
                --count;
            }
            list.set_page_token(page.next_page_token());
        } while (count > 0 && !list.page_token().empty());
        if (count > 0) {
            throw UsageError(FormatNumber(count) + " affected businesses are not registered yet");
        }
    }

    void FindApplications() {
        std::map<std::string, Application> by_business;
        ListApplicationsRequest list;
        list.set_program_id(program_id_);
        list.set_page_size(kPage);
        do {
            const auto page = CallAs(approver_, session_.applications(),
                                     &ApplicationService::Stub::ListApplications, list);
            for (const Application& each : page.applications()) {
                by_business[each.business_id()] = each;
            }
            list.set_page_token(page.next_page_token());
        } while (!list.page_token().empty());
        for (Case& each : cases_) each.application = by_business[each.business_id];
    }

    /// Up to the survey, from wherever it is.
    void Prepare(Case& each) {
        Application& application = each.application;
        if (application.application_id().empty()) {
            StartApplicationRequest start;
            start.set_request_id(NewRequestId());
            start.set_program_id(program_id_);
            start.set_business_id(each.business_id);
            application = CallAs(officer_, session_.applications(),
                                 &ApplicationService::Stub::StartApplication, start)
                              .application();
        }
        if (application.state() == APPLICATION_STATE_DRAFT) Complete(each);
        if (application.state() == APPLICATION_STATE_SUBMITTED) {
            Step(&ApplicationService::Stub::CheckDocuments, surveyor_, application);
        }
        if (application.state() == APPLICATION_STATE_DOCUMENTS_CHECKED) {
            Step(&ApplicationService::Stub::RecordSurvey, surveyor_, application);
        }
    }

    void Complete(Case& each) {
        StateBankAccountRequest account;
        account.set_request_id(NewRequestId());
        account.set_business_id(each.business_id);
        account.mutable_account()->set_bank_code("CONTIDJA");
        account.mutable_account()->set_account_number(std::to_string(9'000'000'000 + each.number));
        account.mutable_account()->set_holder_name("Penerima Contoh " +
                                                   std::to_string(each.number));
        CallAs(officer_, session_.payments(), &PaymentService::Stub::StateBankAccount, account);
        for (const int kind : documents_) {
            AttachDocument(session_, officer_, each.application.application_id(),
                           static_cast<DocumentKind>(kind), PdfOf(each.number, kind));
        }
        Step(&ApplicationService::Stub::SubmitApplication, officer_, each.application);
    }

    static std::string PdfOf(std::size_t number, int kind) {
        return "%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\n% Contoh " +
               std::to_string(number) + ", dokumen " + std::to_string(kind) +
               "\nxref\n0 1\n0000000000 65535 f \ntrailer\n<< /Root 1 0 R /Size 1 >>\n"
               "startxref\n9\n%%EOF\n";
    }

    template <typename Request, typename Response>
    void Step(grpc::Status (ApplicationService::Stub::*method)(grpc::ClientContext*, const Request&,
                                                               Response*),
              const std::string& token, Application& application) {
        Request request;
        request.set_request_id(NewRequestId());
        request.set_application_id(application.application_id());
        if constexpr (std::is_same_v<Request, RecordSurveyRequest>) {
            request.set_is_recommended(true);
        }
        application = CallAs(token, session_.applications(), method, request).application();
    }

    void Approve() {
        std::vector<ApproveApplicationRequest> approvals;
        for (const Case& each : cases_) {
            if (each.application.state() != APPLICATION_STATE_SURVEYED) continue;
            approvals.emplace_back().set_request_id(NewRequestId());
            approvals.back().set_application_id(each.application.application_id());
        }
        if (approvals.empty()) return;
        line_.Show("incentive: approvals");
        std::map<std::string, int> refusals;
        ApproveInOneStream(session_, approver_, approvals,
                           [&](const auto&, const std::string& outcome) {
                               if (outcome != "OK") ++refusals[outcome];
                           });
        for (const auto& [reason, count] : refusals) {
            line_.Say(FormatNumber(count) + " were not approved: " + reason);
        }
    }

    Session& session_;
    ProgressLine& line_;
    const Date today_;
    const std::string officer_, surveyor_, approver_;
    std::string program_id_;
    std::vector<int> documents_;
    std::vector<Case> cases_;
};

}  // namespace

void GiveIncentive(Session& session, ProgressLine& line) { Incentive(session, line).Give(); }

}  // namespace bangkit::cli
