#include "bangkit/aid/v1/nomination_service.grpc.pb.h"
#include "libs/indonesia/format.h"
#include "services/cli/aid/files.h"
#include "services/cli/aid_words.h"
#include "services/cli/commands/calls.h"
#include "services/cli/instrument_words.h"
#include "services/cli/table_output.h"

namespace bangkit::cli {
namespace {

using namespace aid::v1;
using indonesia::FormatNumber;
using indonesia::FormatRupiah;
using Stub = NominationService::Stub;

struct FileOptions {
    std::string batch_id, file;
};

/// Of every answer that has one.
constexpr auto kBatch = [](const auto& response) {
    const NominationBatch& batch = response.batch();
    return batch.batch_id() + ' ' + std::string(WordFor(batch.state())) + ' ' +
           FormatNumber(batch.nominees());
};

std::string TextOf(const NominationFunnel& funnel) {
    std::string text;
    const auto add = [&text](std::string_view label, std::int64_t count) {
        text += std::string(label) + ' ' + FormatNumber(count) + '\n';
    };
    add("diusulkan", funnel.nominated());
    add("menunggu", funnel.waiting());
    add("valid", funnel.valid());
    add("dikembalikan", funnel.returned());
    add("diperbaiki", funnel.corrected());
    add("ditolak", funnel.rejected());
    add("dicabut", funnel.withdrawn());
    add("ditetapkan", funnel.determined());
    add("disalurkan", funnel.paid());
    add("dicairkan", funnel.claimed());
    add("kembali ke kas", funnel.given_back());
    for (const ReasonCount& reason : funnel.reasons()) {
        add("  " + std::string(WordFor(reason.reason())), reason.nominees());
    }
    return text + "ditetapkan sejumlah " + FormatRupiah(funnel.determined_rupiah());
}

void PrintBatches(const ListNominationBatchesResponse& page) {
    Table table(
        {Table::kLeft, Table::kLeft, Table::kLeft, Table::kLeft, Table::kRight, Table::kLeft});
    for (const NominationBatch& batch : page.batches()) {
        table.Add({batch.batch_id(), batch.region_code(), std::string(WordFor(batch.scheme())),
                   std::string(WordFor(batch.state())), FormatNumber(batch.nominees()),
                   batch.correct_until()});
    }
    table.Print(std::cout);
}

void PrintNominees(const ListNomineesResponse& page) {
    Table table({Table::kRight, Table::kLeft, Table::kLeft, Table::kRight, Table::kLeft});
    for (const Nominee& nominee : page.nominees()) {
        std::string reasons;
        for (const int reason : nominee.reasons()) {
            reasons += (reasons.empty() ? "" : ", ") +
                       std::string(WordFor(static_cast<RejectionReason>(reason)));
        }
        table.Add({FormatNumber(nominee.number()), nominee.application_id(),
                   std::string(WordFor(nominee.state())), FormatNumber(nominee.amount_rupiah()),
                   reasons});
    }
    table.Print(std::cout);
}

int WriteList(Session& session, const FileOptions& options) {
    DownloadNominationFileRequest request;
    request.set_batch_id(options.batch_id);
    const std::string content =
        DownloadPages(session.StubOf<aid::v1::NominationService>(), &Stub::DownloadNominationFile,
                      request, session.Token());
    const auto file = OpenTableOutput(options.file);
    file->Add(content);
    file->Close();
    return kOk;
}

void AddLists(CommandLine& line, CLI::App& nomination) {
    AddCall(line, nomination, "funnel", "How far all lists of a programme are",
            Method{&Session::StubOf<aid::v1::NominationService>, &Stub::GetNominationFunnel},
            [](const GetNominationFunnelResponse& response) { return TextOf(response.funnel()); })
        .Text("--program", &GetNominationFunnelRequest::mutable_program_id, "Id")
        .Text("--region", &GetNominationFunnelRequest::mutable_region_code, "Code", false);
    AddCall(line, nomination, "show", "How far a list is",
            Method{&Session::StubOf<aid::v1::NominationService>, &Stub::GetNominationBatch},
            [](const GetNominationBatchResponse& response) {
                return kBatch(response) + '\n' + TextOf(response.funnel());
            })
        .Text("batch", &GetNominationBatchRequest::mutable_batch_id, "Id of the list");
    AddList(line, nomination, "batches", "The lists of a programme",
            Method{&Session::StubOf<aid::v1::NominationService>, &Stub::ListNominationBatches},
            PrintBatches)
        .Text("--program", &ListNominationBatchesRequest::mutable_program_id, "Id");
    AddList(line, nomination, "list", "Who is in a list",
            Method{&Session::StubOf<aid::v1::NominationService>, &Stub::ListNominees},
            PrintNominees)
        .Text("batch", &ListNomineesRequest::mutable_batch_id, "Id of the list")
        .Word("--state", &ListNomineesRequest::set_state, "VALID, DIKEMBALIKAN ...",
              NomineeStateChoices(), false);
}

void AddFiles(CommandLine& line, CLI::App& nomination) {
    auto written = std::make_shared<FileOptions>();
    CLI::App* file =
        nomination.add_subcommand("file", "The list for the agency; personal data, audited");
    file->add_option("batch", written->batch_id, "Id of the list")->required();
    file->add_option("--out", written->file, "File that gets it: .csv or .xlsx")->required();
    line.OnChosen(file, written, WriteList);

    AddUpload(line, nomination, "answers",
              "Take down what the agency or the bank says (CSV or XLSX); again: no change",
              &Session::StubOf<aid::v1::NominationService>, &Stub::UploadNominationAnswers);
}

}  // namespace

void AddNominationCommand(CommandLine& line) {
    CLI::App& nomination =
        *line.app.add_subcommand("nomination", "People put forward for BPUM or Kartu Prakerja");
    nomination.require_subcommand(1);
    AddCall(line, nomination, "state", "What the agency has to know of an applicant",
            Method{&Session::StubOf<aid::v1::NominationService>, &Stub::StateNomineeRecord},
            [](const StateNomineeRecordResponse& response) { return response.application_id(); })
        .Text("application", &StateNomineeRecordRequest::mutable_application_id,
              "Id of the application")
        .Word("--scheme", &StateNomineeRecordRequest::set_scheme, "BPUM 2020, PRAKERJA ...",
              NominationSchemeChoices())
        .Json("--json-file", &StateNomineeRecordRequest::mutable_record,
              "NomineeRecord as JSON; -: standard input. It is personal data");
    AddCall(line, nomination, "open", "An empty list; prints its id",
            Method{&Session::StubOf<aid::v1::NominationService>, &Stub::OpenNominationBatch},
            kBatch)
        .Text("--program", &OpenNominationBatchRequest::mutable_program_id, "Id")
        .Text("--region", &OpenNominationBatchRequest::mutable_region_code, "Code")
        .Word("--scheme", &OpenNominationBatchRequest::set_scheme, "BPUM 2020, PRAKERJA ...",
              NominationSchemeChoices());
    AddCall(line, nomination, "add", "Put who is approved into it, at most 1,000 at a time",
            Method{&Session::StubOf<aid::v1::NominationService>, &Stub::AddNominees},
            [](const AddNomineesResponse& response) {
                return FormatNumber(response.added()) + " added, " +
                       FormatNumber(response.without_record()) + " wait for a record";
            })
        .Text("batch", &AddNomineesRequest::mutable_batch_id, "Id of the list")
        .Amount("--max", &AddNomineesRequest::set_nominees_max, "How many at most", false);
    AddCall(line, nomination, "send", "It may leave; by somebody else",
            Method{&Session::StubOf<aid::v1::NominationService>, &Stub::SendNominationBatch},
            kBatch)
        .Text("batch", &SendNominationBatchRequest::mutable_batch_id, "Id of the list")
        .Text("--letter", &SendNominationBatchRequest::mutable_letter, "Number of the letter");
    AddCall(line, nomination, "correct", "Until when what is invalid can be put right",
            Method{&Session::StubOf<aid::v1::NominationService>, &Stub::OpenCorrectionWindow},
            kBatch)
        .Text("batch", &OpenCorrectionWindowRequest::mutable_batch_id, "Id of the list")
        .Text("--until", &OpenCorrectionWindowRequest::mutable_until, "YYYY-MM-DD, the last day");
    AddCall(line, nomination, "decree", "By which people of the list are determined",
            Method{&Session::StubOf<aid::v1::NominationService>, &Stub::RecordDecree}, kBatch)
        .Text("batch", &RecordDecreeRequest::mutable_batch_id, "Id of the list")
        .Text("--number", &RecordDecreeRequest::mutable_decree, "Of the decree")
        .Text("--on", &RecordDecreeRequest::mutable_decreed_on, "YYYY-MM-DD");
    AddCall(
        line, nomination, "withdraw", "Who does not want it any more",
        Method{&Session::StubOf<aid::v1::NominationService>, &Stub::WithdrawNominee},
        [](const WithdrawNomineeResponse& response) { return response.nominee().application_id(); })
        .Text("application", &WithdrawNomineeRequest::mutable_application_id,
              "Id of the application");
    AddLists(line, nomination);
    AddFiles(line, nomination);
}

}  // namespace bangkit::cli
