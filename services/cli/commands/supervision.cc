#include "bangkit/aid/v1/supervision_service.grpc.pb.h"
#include "libs/indonesia/format.h"
#include "services/cli/commands/calls.h"
#include "services/cli/instrument_words.h"

namespace bangkit::cli {
namespace {

using namespace aid::v1;
using indonesia::FormatNumber;
using Stub = SupervisionService::Stub;

/// Of every answer that has one: its id and what became of it.
constexpr auto kVisit = [](const auto& response) {
    const Visit& visit = response.visit();
    return visit.visit_id() + ' ' + std::string(WordFor(visit.state()));
};
constexpr auto kRefund = [](const auto& response) {
    const RefundCase& refund = response.refund();
    return refund.refund_id() + ' ' + std::string(WordFor(refund.state()));
};

void PrintVisits(const ListVisitsResponse& page) {
    Table table(
        {Table::kLeft, Table::kLeft, Table::kLeft, Table::kLeft, Table::kLeft, Table::kLeft});
    for (const Visit& visit : page.visits()) {
        table.Add({visit.visit_id(), visit.application_id(), visit.region_code(),
                   visit.planned_for(), std::string(WordFor(visit.state())),
                   visit.state() == VISIT_STATE_VISITED ? std::string(WordFor(visit.outcome()))
                   : visit.is_overdue()                 ? "TERLAMBAT"
                                                        : ""});
    }
    table.Print(std::cout);
}

void PrintRefunds(const ListRefundCasesResponse& page) {
    Table table(
        {Table::kLeft, Table::kLeft, Table::kLeft, Table::kLeft, Table::kRight, Table::kRight});
    for (const RefundCase& refund : page.refunds()) {
        table.Add({refund.refund_id(), refund.application_id(), refund.due_on(),
                   refund.is_overdue() ? "TERLAMBAT" : std::string(WordFor(refund.state())),
                   FormatNumber(refund.claimed_rupiah()), FormatNumber(refund.repaid_rupiah())});
    }
    table.Print(std::cout);
}

void AddVisits(CommandLine& line, CLI::App& supervision) {
    AddCall(line, supervision, "plan", "A visit to one that was paid; prints its id",
            Method{&Session::StubOf<aid::v1::SupervisionService>, &Stub::PlanVisit}, kVisit)
        .Text("application", &PlanVisitRequest::mutable_application_id, "Id of the application")
        .Text("--until", &PlanVisitRequest::mutable_planned_for, "YYYY-MM-DD, the last day for it");
    AddCall(line, supervision, "plan-all", "Visits to all who were paid and never visited",
            Method{&Session::StubOf<aid::v1::SupervisionService>, &Stub::PlanVisits},
            [](const PlanVisitsResponse& response) {
                return FormatNumber(response.planned()) + " visits are planned";
            })
        .Text("--program", &PlanVisitsRequest::mutable_program_id, "Id")
        .Text("--region", &PlanVisitsRequest::mutable_region_code, "Code")
        .Text("--until", &PlanVisitsRequest::mutable_planned_for, "YYYY-MM-DD, the last day")
        .Amount("--max", &PlanVisitsRequest::set_visits_max, "How many at most", false);
    AddCall(line, supervision, "record", "What was seen",
            Method{&Session::StubOf<aid::v1::SupervisionService>, &Stub::RecordVisit}, kVisit)
        .Text("visit", &RecordVisitRequest::mutable_visit_id, "Id of the visit")
        .Word("--outcome", &RecordVisitRequest::set_outcome, "SESUAI, SEBAGIAN, DISALAHGUNAKAN ...",
              VisitOutcomeChoices())
        .Json("--json-file", &RecordVisitRequest::mutable_findings, "SurveyFindings as JSON",
              false);
    AddCall(line, supervision, "cancel", "It is not made after all",
            Method{&Session::StubOf<aid::v1::SupervisionService>, &Stub::CancelVisit}, kVisit)
        .Text("visit", &CancelVisitRequest::mutable_visit_id, "Id of the visit");
    AddCall(line, supervision, "show", "One with its findings, as JSON; audited",
            Method{&Session::StubOf<aid::v1::SupervisionService>, &Stub::GetVisit}, kAsJson)
        .Text("visit", &GetVisitRequest::mutable_visit_id, "Id of the visit");
    AddList(line, supervision, "list", "Visits of an application, a region, a state",
            Method{&Session::StubOf<aid::v1::SupervisionService>, &Stub::ListVisits}, PrintVisits)
        .Text("--application", &ListVisitsRequest::mutable_application_id, "Id", false)
        .Text("--region", &ListVisitsRequest::mutable_region_code, "Code", false)
        .Word("--state", &ListVisitsRequest::set_state, "DIRENCANAKAN, DIKUNJUNGI ...",
              VisitStateChoices(), false);
    AddCall(line, supervision, "close", "The aid has done what it was for",
            Method{&Session::StubOf<aid::v1::SupervisionService>, &Stub::CloseApplication},
            [](const CloseApplicationResponse& response) {
                return response.application().application_id();
            })
        .Text("application", &CloseApplicationRequest::mutable_application_id,
              "Id of the application");
}

void AddRefunds(CommandLine& line) {
    CLI::App& refund = *line.app.add_subcommand("refund", "Aid that has to come back");
    refund.require_subcommand(1);
    AddCall(line, refund, "open", "A case; prints its id",
            Method{&Session::StubOf<aid::v1::SupervisionService>, &Stub::OpenRefundCase}, kRefund)
        .Text("application", &OpenRefundCaseRequest::mutable_application_id,
              "Id of the application")
        .Word("--reason", &OpenRefundCaseRequest::set_reason, "DISALAHGUNAKAN, TIDAK DIPAKAI ...",
              RefundReasonChoices())
        .Text("--until", &OpenRefundCaseRequest::mutable_due_on, "YYYY-MM-DD, the last day");
    AddCall(line, refund, "repay", "The treasury has got money back",
            Method{&Session::StubOf<aid::v1::SupervisionService>, &Stub::RecordRepayment}, kRefund)
        .Text("refund", &RecordRepaymentRequest::mutable_refund_id, "Id of the case")
        .Amount("--amount", &RecordRepaymentRequest::set_amount_rupiah, "Rupiah")
        .Text("--receipt", &RecordRepaymentRequest::mutable_receipt, "Of the treasury (STS)");
    AddCall(line, refund, "take-back", "The goods are back in their warehouse",
            Method{&Session::StubOf<aid::v1::SupervisionService>, &Stub::TakeBackGoods}, kRefund)
        .Text("refund", &TakeBackGoodsRequest::mutable_refund_id, "Id of the case")
        .Text("--document", &TakeBackGoodsRequest::mutable_document, "Of the return");
    AddCall(line, refund, "drop", "Nothing has to come back after all",
            Method{&Session::StubOf<aid::v1::SupervisionService>, &Stub::DropRefundCase}, kRefund)
        .Text("refund", &DropRefundCaseRequest::mutable_refund_id, "Id of the case");
    AddCall(line, refund, "show", "A case and its repayments, as JSON",
            Method{&Session::StubOf<aid::v1::SupervisionService>, &Stub::GetRefundCase}, kAsJson)
        .Text("refund", &GetRefundCaseRequest::mutable_refund_id, "Id of the case");
    AddList(line, refund, "list", "Cases of an application, a region, a state",
            Method{&Session::StubOf<aid::v1::SupervisionService>, &Stub::ListRefundCases},
            PrintRefunds)
        .Text("--application", &ListRefundCasesRequest::mutable_application_id, "Id", false)
        .Text("--region", &ListRefundCasesRequest::mutable_region_code, "Code", false)
        .Word("--state", &ListRefundCasesRequest::set_state, "TERBUKA, LUNAS ...",
              RefundStateChoices(), false);
}

}  // namespace

void AddSupervisionCommands(CommandLine& line) {
    CLI::App* supervision =
        line.app.add_subcommand("supervision", "Visits to see what was made of aid");
    supervision->require_subcommand(1);
    AddVisits(line, *supervision);
    AddRefunds(line);
}

}  // namespace bangkit::cli
