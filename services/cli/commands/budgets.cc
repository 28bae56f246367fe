#include <iostream>
#include <vector>

#include "bangkit/aid/v1/ledger_service.grpc.pb.h"
#include "bangkit/aid/v1/ledger_service.pb.h"
#include "libs/indonesia/format.h"
#include "services/cli/aid_words.h"
#include "services/cli/command_line.h"
#include "services/cli/commands/aid_options.h"
#include "services/cli/failure.h"

namespace bangkit::cli {
namespace {

using namespace aid::v1;
using indonesia::FormatNumber;
using Stub = LedgerService::Stub;

struct AllocateOptions {
    AllocateBudgetRequest request;
};

struct ReviseOptions {
    ChangeOptions change;
    ReviseBudgetRequest request;
};

template <typename Request>
struct PagesOptions {
    Request request;
    bool all = false;
};

std::vector<std::string> RowOf(const Budget& budget) {
    const Balances& balances = budget.balances();
    return {budget.budget_id(),
            budget.region_code(),
            FormatNumber(balances.allocated_rupiah()),
            FormatNumber(balances.available_rupiah()),
            FormatNumber(balances.reserved_rupiah()),
            FormatNumber(balances.disbursed_rupiah()),
            FormatNumber(balances.returned_rupiah()),
            FormatNumber(budget.recipients())};
}

void Print(const auto& budgets) {
    Table table({Table::kLeft, Table::kLeft, Table::kRight, Table::kRight, Table::kRight,
                 Table::kRight, Table::kRight, Table::kRight});
    table.Add({"id", "wilayah", "alokasi", "tersedia", "dicadangkan", "disalurkan", "kembali",
               "penerima"});
    for (const Budget& budget : budgets) table.Add(RowOf(budget));
    table.Print(std::cout);
}

int Allocate(Session& session, const AllocateOptions& options) {
    AllocateBudgetRequest request = options.request;
    request.set_request_id(RequestId(session, request.request_id()));
    const AllocateBudgetResponse response =
        Call(session, session.StubOf<aid::v1::LedgerService>(), &Stub::AllocateBudget, request);
    Show(session, response, response.budget().budget_id());
    return kOk;
}

int Revise(Session& session, const ReviseOptions& options) {
    ReviseBudgetRequest request = options.request;
    request.set_request_id(RequestId(session, options.change.request_id));
    request.set_budget_id(options.change.id);
    request.set_etag(options.change.etag);
    const ReviseBudgetResponse response =
        Call(session, session.StubOf<aid::v1::LedgerService>(), &Stub::ReviseBudget, request);
    session.json() ? void(std::cout << ToJson(response) << '\n')
                   : Print(std::vector{response.budget()});
    return kOk;
}

int List(Session& session, const PagesOptions<ListBudgetsRequest>& options) {
    ShowPages(
        session, options.request, options.all,
        [&](const ListBudgetsRequest& page) {
            return Call(session, session.StubOf<aid::v1::LedgerService>(), &Stub::ListBudgets,
                        page);
        },
        [](const ListBudgetsResponse& page) { Print(page.budgets()); });
    return kOk;
}

int ShowBudget(Session& session, const GetBudgetRequest& request) {
    const GetBudgetResponse response =
        Call(session, session.StubOf<aid::v1::LedgerService>(), &Stub::GetBudget, request);
    session.json() ? void(std::cout << ToJson(response) << '\n')
                   : Print(std::vector{response.budget()});
    return kOk;
}

int Statement(Session& session, const PagesOptions<GetStatementRequest>& options) {
    ShowPages(
        session, options.request, options.all,
        [&](const GetStatementRequest& page) {
            return Call(session, session.StubOf<aid::v1::LedgerService>(), &Stub::GetStatement,
                        page);
        },
        [](const GetStatementResponse& page) {
            Table table({Table::kRight, Table::kLeft, Table::kLeft, Table::kLeft, Table::kRight,
                         Table::kRight, Table::kLeft});
            for (const Posting& posting : page.postings()) {
                table.Add({std::to_string(posting.number()), std::string(WordFor(posting.kind())),
                           std::string(WordFor(posting.from_account())),
                           std::string(WordFor(posting.to_account())),
                           FormatNumber(posting.amount_rupiah()),
                           FormatNumber(posting.to_balance_rupiah()),
                           posting.application_id().empty() ? posting.document()
                                                            : posting.application_id()});
            }
            table.Print(std::cout);
        });
    return kOk;
}

int Recount(Session& session, const RecountBudgetRequest& request) {
    const RecountBudgetResponse response =
        Call(session, session.StubOf<aid::v1::LedgerService>(), &Stub::RecountBudget, request);
    Show(session, response,
         FormatNumber(response.recounted_postings()) + " postings: " +
             (response.matches() ? "the budget is their sum" : "the budget is NOT their sum"));
    return response.matches() ? kOk : kFailed;
}

void AddQuota(CLI::App& command, auto& request) {
    command.add_option_function<std::int64_t>(
        "--quota", [&request](std::int64_t quota) { request.set_quota(quota); },
        "How many may receive something");
}

}  // namespace

void AddBudgetCommand(CommandLine& line) {
    CLI::App* budget =
        line.app.add_subcommand("budget", "What programmes may spend, and the ledger");
    budget->require_subcommand(1);

    auto allocated = std::make_shared<AllocateOptions>();
    CLI::App* allocate = budget->add_subcommand("allocate", "Give a programme money in a region");
    AllocateBudgetRequest& request = allocated->request;
    allocate->add_option("--program", *request.mutable_program_id(), "Id")->required();
    allocate->add_option("--region", *request.mutable_region_code(), "Code")->required();
    allocate
        ->add_option_function<std::int64_t>(
            "--amount", [&request](std::int64_t amount) { request.set_amount_rupiah(amount); },
            "Rupiah")
        ->required();
    allocate->add_option("--document", *request.mutable_document(), "What it rests on: DPA-2026/17")
        ->required();
    AddQuota(*allocate, request);
    allocate->add_option("--request-id", *request.mutable_request_id(),
                         "UUID of the request; the same one again changes nothing");
    line.OnChosen(allocate, allocated, Allocate);

    auto revised = std::make_shared<ReviseOptions>();
    CLI::App* revise = budget->add_subcommand("revise", "More money, or less");
    AddChangeOptions(*revise, revised->change, "budget");
    revise->add_option_function<std::int64_t>(
        "--change",
        [revised = revised.get()](std::int64_t change) {
            revised->request.set_change_rupiah(change);
        },
        "Rupiah; below 0: less");
    revise
        ->add_option("--document", *revised->request.mutable_document(),
                     "What it rests on: DPPA-2026/3")
        ->required();
    AddQuota(*revise, revised->request);
    line.OnChosen(revise, revised, Revise);

    auto listed = std::make_shared<PagesOptions<ListBudgetsRequest>>();
    CLI::App* list = budget->add_subcommand("list", "The budgets of a programme, by region");
    list->add_option("--program", *listed->request.mutable_program_id(), "Id")->required();
    AddPageOptions(*list, listed->request, listed->all);
    line.OnChosen(list, listed, List);

    auto shown = std::make_shared<GetBudgetRequest>();
    CLI::App* show = budget->add_subcommand("show", "One, and where its money is");
    show->add_option("id", *shown->mutable_budget_id(), "Id of the budget")->required();
    line.OnChosen(show, shown, ShowBudget);

    auto stated = std::make_shared<PagesOptions<GetStatementRequest>>();
    CLI::App* statement = budget->add_subcommand("statement", "The postings of a budget");
    statement->add_option("id", *stated->request.mutable_budget_id(), "Id of the budget")
        ->required();
    AddPageOptions(*statement, stated->request, stated->all);
    line.OnChosen(statement, stated, Statement);

    auto recounted = std::make_shared<RecountBudgetRequest>();
    CLI::App* recount = budget->add_subcommand("recount", "Add up all postings and compare");
    recount->add_option("id", *recounted->mutable_budget_id(), "Id of the budget")->required();
    line.OnChosen(recount, recounted, Recount);
}

}  // namespace bangkit::cli
