#include "bangkit/aid/v1/loan_service.grpc.pb.h"
#include "libs/indonesia/format.h"
#include "services/cli/commands/calls.h"
#include "services/cli/instrument_words.h"

namespace bangkit::cli {
namespace {

using namespace aid::v1;
using indonesia::FormatNumber;
using Stub = LoanService::Stub;

/// Of every answer that has one.
constexpr auto kLoan = [](const auto& response) {
    const Loan& loan = response.loan();
    return loan.loan_id() + ' ' + std::string(WordFor(loan.state())) + ' ' +
           FormatNumber(loan.principal_rupiah() - loan.repaid_rupiah());
};

void PrintLoans(const ListLoansResponse& page) {
    Table table({Table::kLeft, Table::kLeft, Table::kLeft, Table::kRight, Table::kRight,
                 Table::kRight, Table::kRight});
    table.Add({"id", "wilayah", "", "pinjaman", "dibayar", "subsidi", "dicadangkan"});
    for (const Loan& loan : page.loans()) {
        table.Add({loan.loan_id(), loan.region_code(), std::string(WordFor(loan.state())),
                   FormatNumber(loan.principal_rupiah()), FormatNumber(loan.repaid_rupiah()),
                   FormatNumber(loan.subsidy_rupiah()),
                   FormatNumber(loan.subsidy_reserved_rupiah())});
    }
    table.Print(std::cout);
}

void PrintInstalments(const ListInstalmentsResponse& page) {
    Table table({Table::kLeft, Table::kLeft, Table::kRight});
    for (const Instalment& instalment : page.instalments()) {
        table.Add({instalment.paid_on(), instalment.reference(),
                   FormatNumber(instalment.amount_rupiah())});
    }
    table.Print(std::cout);
}

std::string TextOf(const ListSubsidyMonthsResponse& response) {
    std::string text;
    for (const SubsidyMonth& month : response.months()) {
        if (!text.empty()) text += '\n';
        text += month.from() + ' ' + month.until() + ' ' + FormatNumber(month.base_rupiah()) + ' ' +
                FormatNumber(month.subsidy_rupiah());
    }
    return text;
}

}  // namespace

void AddLoanCommand(CommandLine& line) {
    CLI::App& loan = *line.app.add_subcommand("loan", "Loans from their contract on");
    loan.require_subcommand(1);
    AddCall(line, loan, "grant", "The contract is signed and the owner has the money",
            Method{&Session::StubOf<aid::v1::LoanService>, &Stub::GrantLoan}, kLoan)
        .Text("referral", &GrantLoanRequest::mutable_referral_id, "Id of the bank's check")
        .Text("--contract", &GrantLoanRequest::mutable_contract_number, "Number of the contract")
        .Amount("--amount", &GrantLoanRequest::set_principal_rupiah, "Rupiah")
        .Amount("--months", &GrantLoanRequest::set_months, "Until it is paid back")
        .Text("--on", &GrantLoanRequest::mutable_disbursed_on, "YYYY-MM-DD: when it was paid out");
    AddCall(line, loan, "pay", "The owner has paid an instalment",
            Method{&Session::StubOf<aid::v1::LoanService>, &Stub::RecordInstalment}, kLoan)
        .Text("loan", &RecordInstalmentRequest::mutable_loan_id, "Id of the loan")
        .Text("--reference", &RecordInstalmentRequest::mutable_reference, "The bank's number of it")
        .Text("--on", &RecordInstalmentRequest::mutable_paid_on, "YYYY-MM-DD")
        .Amount("--amount", &RecordInstalmentRequest::set_amount_rupiah, "Rupiah");
    AddUpload(line, loan, "instalments",
              "Take down what a bank says of payments (CSV or XLSX); again: no change",
              &Session::StubOf<aid::v1::LoanService>, &Stub::UploadInstalments);
    AddCall(line, loan, "default", "The bank does not expect its money any more",
            Method{&Session::StubOf<aid::v1::LoanService>, &Stub::DeclareDefault}, kLoan)
        .Text("loan", &DeclareDefaultRequest::mutable_loan_id, "Id of the loan")
        .Text("--on", &DeclareDefaultRequest::mutable_defaulted_on, "YYYY-MM-DD")
        .Text("--etag", &DeclareDefaultRequest::mutable_etag,
              "Only if it has not changed since this etag", false);
    AddCall(line, loan, "show", "One, as JSON",
            Method{&Session::StubOf<aid::v1::LoanService>, &Stub::GetLoan}, kAsJson)
        .Text("loan", &GetLoanRequest::mutable_loan_id, "Id of the loan");
    AddList(line, loan, "list", "Of a programme, a region, a state",
            Method{&Session::StubOf<aid::v1::LoanService>, &Stub::ListLoans}, PrintLoans)
        .Text("--program", &ListLoansRequest::mutable_program_id, "Id", false)
        .Text("--region", &ListLoansRequest::mutable_region_code, "Code", false)
        .Word("--state", &ListLoansRequest::set_state, "BERJALAN, LUNAS, MACET", LoanStateChoices(),
              false);
    AddList(line, loan, "payments", "What the owner has paid back",
            Method{&Session::StubOf<aid::v1::LoanService>, &Stub::ListInstalments},
            PrintInstalments)
        .Text("loan", &ListInstalmentsRequest::mutable_loan_id, "Id of the loan");
    AddCall(line, loan, "subsidy", "What the bank got for each month",
            Method{&Session::StubOf<aid::v1::LoanService>, &Stub::ListSubsidyMonths}, TextOf)
        .Text("loan", &ListSubsidyMonthsRequest::mutable_loan_id, "Id of the loan");
}

}  // namespace bangkit::cli
