#include "services/cli/demo/applicants.h"

#include <algorithm>
#include <map>
#include <type_traits>
#include <utility>

#include "bangkit/aid/v1/application_service.grpc.pb.h"
#include "bangkit/aid/v1/document_service.grpc.pb.h"
#include "bangkit/aid/v1/ledger_service.grpc.pb.h"
#include "bangkit/aid/v1/payment_service.grpc.pb.h"
#include "bangkit/aid/v1/program_service.grpc.pb.h"
#include "bangkit/registration/v1/registration_service.grpc.pb.h"
#include "libs/base/ids.h"
#include "libs/identity/policy.h"
#include "libs/indonesia/format.h"
#include "services/cli/aid/approvals.h"
#include "services/cli/aid/documents.h"
#include "services/cli/demo/parallel.h"
#include "services/cli/failure.h"

namespace bangkit::cli {
namespace {

using namespace aid::v1;
using indonesia::FormatNumber;

constexpr int kThreads = 32;
constexpr int kPage = 200;

int ThisYear(Session& session) {
    const std::chrono::year_month_day today(indonesia::LocalDate(session.clock().Now()));
    return static_cast<int>(today.year());
}

Program FindProgram(Session& session, const Officials& officials, const ProgramTerms& terms) {
    ListProgramsRequest list;
    list.set_region_code(terms.region_code());
    list.set_fiscal_year(terms.fiscal_year());
    list.set_page_size(kPage);
    do {
        const auto page = CallAs(officials.approver, session.StubOf<aid::v1::ProgramService>(),
                                 &ProgramService::Stub::ListPrograms, list);
        for (const Program& each : page.programs()) {
            if (each.terms().name() == terms.name()) return each;
        }
        list.set_page_token(page.next_page_token());
    } while (!list.page_token().empty());
    return {};
}

void AllocateOnce(Session& session, const Officials& officials, const Program& program,
                  std::int64_t rupiah, std::optional<std::int64_t> quota) {
    ListBudgetsRequest list;
    list.set_program_id(program.program_id());
    const auto budgets = CallAs(officials.approver, session.StubOf<aid::v1::LedgerService>(),
                                &LedgerService::Stub::ListBudgets, list);
    if (!budgets.budgets().empty()) return;
    AllocateBudgetRequest allocate;
    allocate.set_request_id(NewRequestId(session));
    allocate.set_program_id(program.program_id());
    allocate.set_region_code(program.terms().region_code());
    allocate.set_amount_rupiah(rupiah);
    if (quota) allocate.set_quota(*quota);
    allocate.set_document("DPA-" + std::to_string(program.terms().fiscal_year()) + "/17");
    CallAs(officials.approver, session.StubOf<aid::v1::LedgerService>(),
           &LedgerService::Stub::AllocateBudget, allocate);
}

std::string PdfOf(std::size_t number, int kind) {
    return "%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\n% Contoh " + std::to_string(number) +
           ", dokumen " + std::to_string(kind) +
           "\nxref\n0 1\n0000000000 65535 f \ntrailer\n<< /Root 1 0 R /Size 1 >>\n"
           "startxref\n9\n%%EOF\n";
}

/// What is done to an application and needs no more than its id.
template <typename Request, typename Response>
void Step(Session& session, const std::string& token, Application& application,
          grpc::Status (ApplicationService::Stub::*method)(grpc::ClientContext*, const Request&,
                                                           Response*)) {
    Request request;
    request.set_request_id(NewRequestId(session));
    request.set_application_id(application.application_id());
    if constexpr (std::is_same_v<Request, RecordSurveyRequest>) request.set_is_recommended(true);
    application =
        CallAs(token, session.StubOf<aid::v1::ApplicationService>(), method, request).application();
}

}  // namespace

std::string NewRequestId(Session& session) { return NewId(session.clock().Now()); }

Officials::Officials(Session& session, const char* region_code)
    : officer(DemoToken(session, "petugas-demo", identity::role::kOfficer, region_code)),
      surveyor(DemoToken(session, "penyurvei-demo", identity::role::kOfficer, region_code)),
      approver(DemoToken(session, "kepala-dinas-demo", identity::role::kProvince, region_code)) {}

ProgramTerms TermsOf(Session& session, const Officials& officials, std::string_view template_code) {
    const auto templates = CallAs(officials.approver, session.StubOf<aid::v1::ProgramService>(),
                                  &ProgramService::Stub::ListTemplates, ListTemplatesRequest());
    const auto found =
        std::ranges::find(templates.templates(), template_code,
                          [](const auto& each) { return each.terms().rules().code(); });
    if (found == templates.templates().end()) throw UsageError("the template is not there");
    ProgramTerms terms = found->terms();
    const std::string year = std::to_string(ThisYear(session));
    terms.set_fiscal_year(ThisYear(session));
    terms.set_opens_on(year + "-01-01");
    terms.set_closes_on(year + "-12-31");
    terms.clear_approval_bands();
    ApprovalBand& band = *terms.add_approval_bands();
    band.set_up_to_rupiah(terms.amount_rupiah());
    band.add_roles(APPROVER_ROLE_PROVINCE);
    return terms;
}

std::string OpenedProgram(Session& session, const Officials& officials, const ProgramTerms& terms,
                          std::int64_t rupiah, std::optional<std::int64_t> quota) {
    Program program = FindProgram(session, officials, terms);
    if (program.program_id().empty()) {
        CreateProgramRequest create;
        create.set_request_id(NewRequestId(session));
        *create.mutable_terms() = terms;
        program = CallAs(officials.approver, session.StubOf<aid::v1::ProgramService>(),
                         &ProgramService::Stub::CreateProgram, create)
                      .program();
    }
    AllocateOnce(session, officials, program, rupiah, quota);
    if (program.state() == common::v1::PROGRAM_STATE_DRAFT) {
        OpenProgramRequest open;
        open.set_request_id(NewRequestId(session));
        open.set_program_id(program.program_id());
        CallAs(officials.approver, session.StubOf<aid::v1::ProgramService>(),
               &ProgramService::Stub::OpenProgram, open);
    }
    return program.program_id();
}

std::vector<Applicant> FindApplicants(Session& session, const Officials& officials,
                                      registration::v1::ListBusinessesRequest list,
                                      std::size_t count) {
    std::vector<Applicant> applicants;
    list.set_page_size(kPage);
    do {
        const auto page =
            CallAs(officials.officer, session.StubOf<registration::v1::RegistrationService>(),
                   &registration::v1::RegistrationService::Stub::ListBusinesses, list);
        for (const auto& business : page.businesses()) {
            if (applicants.size() == count || business.order_and_deliver()) continue;
            applicants.push_back(
                {.business_id = business.business_id(), .number = applicants.size() + 1});
        }
        list.set_page_token(page.next_page_token());
    } while (applicants.size() < count && !list.page_token().empty());
    if (applicants.size() < count) {
        throw UsageError(FormatNumber(static_cast<std::int64_t>(count - applicants.size())) +
                         " businesses are not registered yet");
    }
    return applicants;
}

ApplicationDesk::ApplicationDesk(Session& session, const Officials& officials, Wanted wanted)
    : session_(session), officials_(officials), wanted_(std::move(wanted)) {
    // Made before they are shared by threads.
    session.StubOf<aid::v1::ApplicationService>();
    session.StubOf<aid::v1::DocumentService>();
    session.StubOf<aid::v1::PaymentService>();
}

void ApplicationDesk::Find(std::vector<Applicant>& applicants) {
    std::map<std::string, Application> by_business;
    ListApplicationsRequest list;
    list.set_program_id(wanted_.program_id);
    list.set_page_size(kPage);
    do {
        const auto page =
            CallAs(officials_.approver, session_.StubOf<aid::v1::ApplicationService>(),
                   &ApplicationService::Stub::ListApplications, list);
        for (const Application& each : page.applications()) by_business[each.business_id()] = each;
        list.set_page_token(page.next_page_token());
    } while (!list.page_token().empty());
    for (Applicant& each : applicants) each.application = by_business[each.business_id];
}

void ApplicationDesk::Bring(std::vector<Applicant>& applicants, ApplicationState until) {
    InParallel(applicants, kThreads, [&](Applicant& each) { BringOne(each, until); });
}

void ApplicationDesk::BringOne(Applicant& applicant, ApplicationState until) {
    Application& application = applicant.application;
    const auto is_before = [&](ApplicationState state) {
        return application.state() == state && state < until;
    };
    if (application.application_id().empty()) Start(applicant);
    if (is_before(APPLICATION_STATE_DRAFT)) Submit(applicant);
    if (is_before(APPLICATION_STATE_SUBMITTED)) {
        Step(session_, officials_.surveyor, application, &ApplicationService::Stub::CheckDocuments);
    }
    if (is_before(APPLICATION_STATE_DOCUMENTS_CHECKED)) {
        Step(session_, officials_.surveyor, application, &ApplicationService::Stub::RecordSurvey);
    }
}

void ApplicationDesk::Start(Applicant& applicant) {
    StartApplicationRequest start;
    start.set_request_id(NewRequestId(session_));
    start.set_program_id(wanted_.program_id);
    start.set_business_id(applicant.business_id);
    start.set_amount_rupiah(wanted_.amount);
    applicant.application =
        CallAs(officials_.officer, session_.StubOf<aid::v1::ApplicationService>(),
               &ApplicationService::Stub::StartApplication, start)
            .application();
}

void ApplicationDesk::Submit(Applicant& applicant) {
    const std::string& id = applicant.application.application_id();
    if (wanted_.facts) {
        StateFactsRequest state;
        state.set_request_id(NewRequestId(session_));
        state.set_application_id(id);
        *state.mutable_facts() = *wanted_.facts;
        CallAs(officials_.officer, session_.StubOf<aid::v1::ApplicationService>(),
               &ApplicationService::Stub::StateFacts, state);
    }
    for (const int kind : wanted_.documents) {
        AttachDocument(session_, officials_.officer, id, static_cast<DocumentKind>(kind),
                       PdfOf(applicant.number, kind));
    }
    if (wanted_.submit) wanted_.submit(applicant);
    Step(session_, officials_.officer, applicant.application,
         &ApplicationService::Stub::SubmitApplication);
}

void ApplicationDesk::Approve(std::vector<Applicant>& applicants, ProgressLine& line) {
    std::vector<ApproveApplicationRequest> approvals;
    for (const Applicant& each : applicants) {
        if (each.application.state() != APPLICATION_STATE_SURVEYED) continue;
        approvals.emplace_back().set_request_id(NewRequestId(session_));
        approvals.back().set_application_id(each.application.application_id());
    }
    if (approvals.empty()) return;
    std::map<std::string, int> refusals;
    ApproveInOneStream(session_, officials_.approver, approvals,
                       [&](const auto&, const std::string& outcome) {
                           if (outcome != "OK") ++refusals[outcome];
                       });
    for (const auto& [reason, count] : refusals) {
        line.Say(FormatNumber(count) + " were not approved: " + reason);
    }
    Find(applicants);
}

}  // namespace bangkit::cli
