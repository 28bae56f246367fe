#include "services/cli/aid/payments.h"

#include <filesystem>
#include <fstream>
#include <iostream>
#include <vector>

#include "bangkit/aid/v1/payment_service.grpc.pb.h"
#include "libs/indonesia/format.h"
#include "services/cli/aid_words.h"
#include "services/cli/command_line.h"
#include "services/cli/commands/aid_options.h"
#include "services/cli/failure.h"

namespace bangkit::cli {
namespace {

using namespace aid::v1;
using indonesia::FormatNumber;
using Stub = PaymentService::Stub;

struct AccountOptions {
    std::string business_id, json_file = "-", request_id;
};

struct CreateOptions {
    CreatePaymentBatchRequest request;
    std::string payer_file;
};

struct BatchListOptions {
    ListPaymentBatchesRequest request;
    bool all = false;
};

struct PaymentListOptions {
    ListPaymentsRequest request;
    int state = 0;
    bool all = false;
};

struct FileOptions {
    std::string batch_id, file;
};

std::string ReadJson(const std::string& file) {
    return ReadFile(file == "-" ? "/dev/stdin" : file);
}

int StateAccount(Session& session, const AccountOptions& options) {
    StateBankAccountRequest request;
    request.set_request_id(RequestId(session, options.request_id));
    request.set_business_id(options.business_id);
    FromJson(ReadJson(options.json_file), *request.mutable_account());
    Show(session,
         Call(session, session.StubOf<aid::v1::PaymentService>(), &Stub::StateBankAccount, request),
         options.business_id);
    return kOk;
}

int ShowAccount(Session& session, const GetBankAccountRequest& request) {
    std::cout << ToJson(Call(session, session.StubOf<aid::v1::PaymentService>(),
                             &Stub::GetBankAccount, request))
              << '\n';
    return kOk;
}

std::vector<std::string> RowOf(const PaymentBatch& batch) {
    return {batch.batch_id(),
            batch.region_code(),
            std::string(WordFor(batch.state())),
            batch.execute_on(),
            FormatNumber(batch.payments()),
            FormatNumber(batch.total_rupiah())};
}

Table BatchTable() {
    return Table(
        {Table::kLeft, Table::kLeft, Table::kLeft, Table::kLeft, Table::kRight, Table::kRight});
}

int Create(Session& session, const CreateOptions& options) {
    CreatePaymentBatchRequest request = options.request;
    request.set_request_id(RequestId(session, request.request_id()));
    FromJson(ReadJson(options.payer_file), *request.mutable_payer());
    const CreatePaymentBatchResponse response = Call(
        session, session.StubOf<aid::v1::PaymentService>(), &Stub::CreatePaymentBatch, request);
    Show(session, response, response.batch().batch_id());
    if (response.without_account() > 0) {
        std::cerr << "bangkit: " << FormatNumber(response.without_account())
                  << " approved applications wait for a bank account\n";
    }
    return kOk;
}

template <typename Request, typename Response>
auto Deed(grpc::Status (Stub::*method)(grpc::ClientContext*, const Request&, Response*)) {
    return [method](Session& session, const ChangeOptions& options) {
        const Response response =
            Call(session, session.StubOf<aid::v1::PaymentService>(), method,
                 Changing<Request>(session, options, [](Request& request, const std::string& id) {
                     request.set_batch_id(id);
                 }));
        Show(session, response,
             response.batch().batch_id() + ' ' + std::string(WordFor(response.batch().state())));
        return kOk;
    };
}

int ShowBatch(Session& session, const GetPaymentBatchRequest& request) {
    const GetPaymentBatchResponse response =
        Call(session, session.StubOf<aid::v1::PaymentService>(), &Stub::GetPaymentBatch, request);
    if (session.json()) {
        std::cout << ToJson(response) << '\n';
        return kOk;
    }
    Table table = BatchTable();
    table.Add(RowOf(response.batch()));
    table.Print(std::cout);
    const PaymentCounts& counts = response.counts();
    Table states({Table::kLeft, Table::kRight});
    const auto add = [&](std::string_view name, std::int64_t count) {
        if (count > 0) states.Add({std::string(name), FormatNumber(count)});
    };
    add(WordFor(PAYMENT_STATE_WAITING), counts.waiting());
    add(WordFor(PAYMENT_STATE_ACCEPTED), counts.accepted());
    add(WordFor(PAYMENT_STATE_PAID), counts.paid());
    add(WordFor(PAYMENT_STATE_FAILED), counts.failed());
    add(WordFor(PAYMENT_STATE_RETURNED), counts.returned());
    add("DIPERTANYAKAN", counts.disputed());
    states.Print(std::cout, "  ");
    return kOk;
}

int ListBatches(Session& session, const BatchListOptions& options) {
    ShowPages(
        session, options.request, options.all,
        [&](const ListPaymentBatchesRequest& page) {
            return Call(session, session.StubOf<aid::v1::PaymentService>(),
                        &Stub::ListPaymentBatches, page);
        },
        [](const ListPaymentBatchesResponse& page) {
            Table table = BatchTable();
            for (const PaymentBatch& batch : page.batches()) table.Add(RowOf(batch));
            table.Print(std::cout);
        });
    return kOk;
}

int ListOfPayments(Session& session, const PaymentListOptions& options) {
    ListPaymentsRequest request = options.request;
    request.set_state(static_cast<PaymentState>(options.state));
    ShowPages(
        session, request, options.all,
        [&](const ListPaymentsRequest& page) {
            return Call(session, session.StubOf<aid::v1::PaymentService>(), &Stub::ListPayments,
                        page);
        },
        [](const ListPaymentsResponse& page) {
            Table table({Table::kLeft, Table::kRight, Table::kRight, Table::kLeft, Table::kLeft,
                         Table::kLeft});
            for (const Payment& payment : page.payments()) {
                table.Add({payment.reference(), std::to_string(payment.attempt()),
                           FormatNumber(payment.amount_rupiah()),
                           std::string(WordFor(payment.state())), payment.reason(),
                           payment.is_disputed() ? "DIPERTANYAKAN" : ""});
            }
            table.Print(std::cout);
        });
    return kOk;
}

/// Nobody else can read it: it has names and accounts.
int WriteBankFile(Session& session, const FileOptions& options) {
    const std::string content = DownloadPaymentFile(session, session.Token(), options.batch_id);
    std::filesystem::remove(options.file);
    std::ofstream file(options.file, std::ios::binary);
    std::filesystem::permissions(
        options.file, std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
    if (!(file << content).flush()) throw UsageError("cannot write " + options.file);
    return kOk;
}

int TakeAnswers(Session& session, const FileOptions& options) {
    const PaymentAnswersSummary summary =
        UploadPaymentAnswers(session, session.Token(), ReadFile(options.file),
                             [&](const PaymentAnswerResult& line) { ShowAnswer(session, line); });
    return ShowSummary(session, summary);
}

void AddAccount(CommandLine& line) {
    CLI::App* account =
        line.app.add_subcommand("bank-account", "Where a business has its money sent to");
    account->require_subcommand(1);
    auto stated = std::make_shared<AccountOptions>();
    CLI::App* state = account->add_subcommand(
        "state", "Take it down; other users of this machine see the command line, so it is read");
    state->add_option("business", stated->business_id, "Id of the business")->required();
    state->add_option("--json-file", stated->json_file,
                      "BankAccount as JSON; -: standard input, the default");
    state->add_option("--request-id", stated->request_id,
                      "UUID of the request; the same one again changes nothing");
    line.OnChosen(state, stated, StateAccount);
    auto shown = std::make_shared<GetBankAccountRequest>();
    CLI::App* show = account->add_subcommand("show", "Masked");
    show->add_option("business", *shown->mutable_business_id(), "Id of the business")->required();
    line.OnChosen(show, shown, ShowAccount);
}

void AddCreate(CommandLine& line, CLI::App& payment) {
    auto options = std::make_shared<CreateOptions>();
    CLI::App* create =
        payment.add_subcommand("create", "Put what is approved into a batch; prints its id");
    CreatePaymentBatchRequest& request = options->request;
    create->add_option("--program", *request.mutable_program_id(), "Id")->required();
    create->add_option("--region", *request.mutable_region_code(), "Code")->required();
    create->add_option("--payer", options->payer_file, "File: BankAccount of the treasury as JSON")
        ->required();
    create->add_option("--execute-on", *request.mutable_execute_on(), "YYYY-MM-DD")->required();
    create->add_option_function<int>(
        "--max", [&request](int most) { request.set_payments_max(most); }, "Payments in it");
    create->add_option("--request-id", *request.mutable_request_id(),
                       "UUID of the request; the same one again changes nothing");
    line.OnChosen(create, options, Create);
}

template <typename Method>
void AddDeed(CommandLine& line, CLI::App& payment, const char* name, const char* help,
             Method method) {
    auto options = std::make_shared<ChangeOptions>();
    CLI::App* command = payment.add_subcommand(name, help);
    command->add_option("id", options->id, "Id of the batch")->required();
    command->add_option("--request-id", options->request_id,
                        "UUID of the request; the same one again changes nothing");
    line.OnChosen(command, options, Deed(method));
}

void AddLists(CommandLine& line, CLI::App& payment) {
    auto shown = std::make_shared<GetPaymentBatchRequest>();
    CLI::App* show = payment.add_subcommand("show", "A batch, and how far its payments are");
    show->add_option("id", *shown->mutable_batch_id(), "Id of the batch")->required();
    line.OnChosen(show, shown, ShowBatch);

    auto listed = std::make_shared<BatchListOptions>();
    CLI::App* list = payment.add_subcommand("batches", "The batches of a programme");
    list->add_option("--program", *listed->request.mutable_program_id(), "Id")->required();
    AddPageOptions(*list, listed->request, listed->all);
    line.OnChosen(list, listed, ListBatches);

    auto of_batch = std::make_shared<PaymentListOptions>();
    CLI::App* payments = payment.add_subcommand("list", "The payments of a batch");
    payments->add_option("id", *of_batch->request.mutable_batch_id(), "Id of the batch")
        ->required();
    AddWord(*payments, "--state", of_batch->state, "MENUNGGU, DIBAYAR, GAGAL ...",
            PaymentStateChoices());
    AddPageOptions(*payments, of_batch->request, of_batch->all);
    line.OnChosen(payments, of_batch, ListOfPayments);
}

}  // namespace

void AddPaymentCommands(CommandLine& line) {
    AddAccount(line);
    CLI::App* payment = line.app.add_subcommand("payment", "From approval to the bank and back");
    payment->require_subcommand(1);
    AddCreate(line, *payment);
    AddDeed(line, *payment, "release", "Its file may be sent; by somebody else",
            &Stub::ReleasePaymentBatch);
    AddDeed(line, *payment, "dissolve", "It was never sent", &Stub::DissolvePaymentBatch);
    AddLists(line, *payment);

    auto written = std::make_shared<FileOptions>();
    CLI::App* file = payment->add_subcommand("file", "The file for the bank (pain.001)");
    file->add_option("id", written->batch_id, "Id of the batch")->required();
    file->add_option("--out", written->file, "File that gets it")->required();
    line.OnChosen(file, written, WriteBankFile);

    auto taken = std::make_shared<FileOptions>();
    CLI::App* answers = payment->add_subcommand(
        "answers",
        "Take down what the bank says: pain.002, camt.054, CSV or XLSX; again: no change");
    answers->add_option("file", taken->file, "What the bank has sent")->required();
    line.OnChosen(answers, taken, TakeAnswers);
}

}  // namespace bangkit::cli
