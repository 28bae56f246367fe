#include <fstream>
#include <iostream>
#include <utility>
#include <vector>

#include "bangkit/aid/v1/application_service.grpc.pb.h"
#include "bangkit/aid/v1/document_service.grpc.pb.h"
#include "libs/indonesia/format.h"
#include "services/cli/aid/approvals.h"
#include "services/cli/aid/documents.h"
#include "services/cli/aid_words.h"
#include "services/cli/command_line.h"
#include "services/cli/commands/aid_options.h"
#include "services/cli/failure.h"

namespace bangkit::cli {
namespace {

using namespace aid::v1;
using indonesia::FormatNumber;
using Stub = ApplicationService::Stub;

struct StartOptions {
    StartApplicationRequest request;
};

struct DeedOptions {
    ChangeOptions change;
    std::string json_file, until;
    std::vector<std::string> items;
    std::vector<RejectionReason> reasons;
    bool is_recommended = false;
};

struct ListOptions {
    ListApplicationsRequest request;
    int state = 0;
    bool all = false;
};

struct AttachOptions {
    std::string application_id, file;
    int kind = 0;
};

struct DownloadOptions {
    DownloadDocumentRequest request;
    std::string out;
};

struct ApproveAllOptions {
    std::string file = "-";
};

std::string LineOf(const Application& application) {
    return application.application_id() + ' ' + std::string(WordFor(application.state()));
}

int Start(Session& session, const StartOptions& options) {
    StartApplicationRequest request = options.request;
    request.set_request_id(RequestId(session, request.request_id()));
    const StartApplicationResponse response = Call(
        session, session.StubOf<aid::v1::ApplicationService>(), &Stub::StartApplication, request);
    Show(session, response, response.application().application_id());
    return kOk;
}

// What a request says besides the application.
void FillRest(StateFactsRequest& request, const DeedOptions& options) {
    FromJson(ReadFile(options.json_file == "-" ? "/dev/stdin" : options.json_file),
             *request.mutable_facts());
}
void FillRest(RecordSurveyRequest& request, const DeedOptions& options) {
    request.set_is_recommended(options.is_recommended);
    if (!options.json_file.empty()) {
        FromJson(ReadFile(options.json_file), *request.mutable_findings());
    }
}
void FillRest(ReturnApplicationRequest& request, const DeedOptions& options) {
    for (const std::string& item : options.items) {
        const std::size_t colon = item.find(':');
        const auto document = DocumentKindChoices().find(item.substr(0, colon));
        const auto reason =
            ReturnReasonChoices().find(colon == std::string::npos ? "" : item.substr(colon + 1));
        if (document == DocumentKindChoices().end() || reason == ReturnReasonChoices().end()) {
            throw UsageError("an item is DOCUMENT:REASON, such as 'KTP:TIDAK TERBACA'");
        }
        ReturnedItem& added = *request.add_items();
        added.set_document(document->second);
        added.set_reason(reason->second);
    }
    request.set_until(options.until);
}
void FillRest(RejectApplicationRequest& request, const DeedOptions& options) {
    for (const RejectionReason reason : options.reasons) request.add_reasons(reason);
}
void FillRest(auto&, const DeedOptions&) {}

template <typename Request, typename Response>
auto Deed(grpc::Status (Stub::*method)(grpc::ClientContext*, const Request&, Response*)) {
    return [method](Session& session, const DeedOptions& options) {
        auto request = Changing<Request>(
            session, options.change,
            [](Request& changing, const std::string& id) { changing.set_application_id(id); });
        FillRest(request, options);
        const Response response =
            Call(session, session.StubOf<aid::v1::ApplicationService>(), method, request);
        Show(session, response, LineOf(response.application()));
        return kOk;
    };
}

int List(Session& session, const ListOptions& options) {
    ListApplicationsRequest request = options.request;
    request.set_state(static_cast<ApplicationState>(options.state));
    ShowPages(
        session, request, options.all,
        [&](const ListApplicationsRequest& page) {
            return Call(session, session.StubOf<aid::v1::ApplicationService>(),
                        &Stub::ListApplications, page);
        },
        [](const ListApplicationsResponse& page) {
            Table table({Table::kLeft, Table::kLeft, Table::kLeft, Table::kLeft, Table::kRight});
            for (const Application& each : page.applications()) {
                table.Add({each.application_id(), each.business_id(), each.region_code(),
                           std::string(WordFor(each.state())), FormatNumber(each.amount_rupiah())});
            }
            table.Print(std::cout);
        });
    return kOk;
}

int ShowApplication(Session& session, const GetApplicationRequest& request) {
    std::cout << ToJson(Call(session, session.StubOf<aid::v1::ApplicationService>(),
                             &Stub::GetApplication, request))
              << '\n';
    return kOk;
}

int ShowSurveys(Session& session, const ListSurveysRequest& request) {
    std::cout << ToJson(Call(session, session.StubOf<aid::v1::ApplicationService>(),
                             &Stub::ListSurveys, request))
              << '\n';
    return kOk;
}

/// One id a line. Each is decided on its own, and said how.
int ApproveAll(Session& session, const ApproveAllOptions& options) {
    std::vector<ApproveApplicationRequest> approvals;
    std::ifstream file(options.file == "-" ? "/dev/stdin" : options.file);
    if (!file) throw UsageError("cannot read " + options.file);
    for (std::string id; std::getline(file, id);) {
        if (id.empty()) continue;
        approvals.emplace_back().set_application_id(id);
        approvals.back().set_request_id(NewId(session.clock().Now()));
    }
    std::size_t approved = 0;
    ApproveInOneStream(session, session.Token(), approvals,
                       [&](const ApproveApplicationRequest& approval, const std::string& outcome) {
                           approved += outcome == "OK" ? 1 : 0;
                           std::cout << approval.application_id() << ' ' << outcome << '\n';
                       });
    std::cerr << "bangkit: " << FormatNumber(static_cast<std::int64_t>(approved)) << " of "
              << FormatNumber(std::ssize(approvals)) << " approved\n";
    return approved == approvals.size() ? kOk : kFailed;
}

int Attach(Session& session, const AttachOptions& options) {
    const AttachDocumentResponse response =
        AttachDocument(session, session.Token(), options.application_id,
                       static_cast<DocumentKind>(options.kind), ReadFile(options.file));
    Show(session, response, response.document().document_id());
    return kOk;
}

int Download(Session& session, const DownloadOptions& options) {
    const std::string content = DownloadDocument(session, session.Token(), options.request);
    std::ofstream file(options.out, std::ios::binary);
    if (!(file << content).flush()) throw UsageError("cannot write " + options.out);
    return kOk;
}

int ListOfDocuments(Session& session, const ListDocumentsRequest& request) {
    const ListDocumentsResponse response = Call(session, session.StubOf<aid::v1::DocumentService>(),
                                                &DocumentService::Stub::ListDocuments, request);
    Table table({Table::kLeft, Table::kLeft, Table::kRight, Table::kLeft});
    for (const Document& document : response.documents()) {
        table.Add({document.document_id(), std::string(WordFor(document.kind())),
                   FormatNumber(document.size_bytes()), document.is_current() ? "berlaku" : ""});
    }
    session.json() ? void(std::cout << ToJson(response) << '\n') : table.Print(std::cout);
    return kOk;
}

template <typename Method>
std::pair<CLI::App*, DeedOptions*> AddDeed(CommandLine& line, CLI::App& application,
                                           const char* name, const char* help, Method method) {
    auto options = std::make_shared<DeedOptions>();
    CLI::App* command = application.add_subcommand(name, help);
    AddChangeOptions(*command, options->change, "application");
    line.OnChosen(command, options, Deed(method));
    return {command, options.get()};
}

void AddDeeds(CommandLine& line, CLI::App& application) {
    const auto [facts, stated] =
        AddDeed(line, application, "facts", "What the applicant states", &Stub::StateFacts);
    facts->add_option("--json-file", stated->json_file, "StatedFacts as JSON; -: standard input")
        ->required();
    AddDeed(line, application, "submit", "It is complete", &Stub::SubmitApplication);
    AddDeed(line, application, "check", "The documents are what they should be",
            &Stub::CheckDocuments);
    const auto [survey, surveyed] =
        AddDeed(line, application, "survey", "Somebody was there", &Stub::RecordSurvey);
    survey->add_flag("--recommend", surveyed->is_recommended, "And recommends it");
    survey->add_option("--json-file", surveyed->json_file, "SurveyFindings as JSON");
    const auto [back, returned] =
        AddDeed(line, application, "return", "Back to be corrected", &Stub::ReturnApplication);
    back->add_option("--item", returned->items,
                     "DOCUMENT:REASON, such as 'KTP:TIDAK TERBACA'; may be repeated")
        ->required()
        ->allow_extra_args(false);
    back->add_option("--until", returned->until, "YYYY-MM-DD, the last day")->required();
    AddDeed(line, application, "approve", "Reserves the money", &Stub::ApproveApplication);
    const auto [reject, rejected] =
        AddDeed(line, application, "reject", "Nothing is given", &Stub::RejectApplication);
    reject->add_option("--reason", rejected->reasons, "GANDA, 'KUR AKTIF' ...; may be repeated")
        ->transform(
            CLI::CheckedTransformer(RejectionReasonChoices(), CLI::ignore_case).description(""))
        ->required()
        ->allow_extra_args(false);
    AddDeed(line, application, "withdraw", "The applicant wants nothing any more",
            &Stub::WithdrawApplication);
    AddDeed(line, application, "cancel", "What was approved is not paid after all",
            &Stub::CancelApplication);
}

void AddDocuments(CommandLine& line, CLI::App& application) {
    auto attached = std::make_shared<AttachOptions>();
    CLI::App* attach = application.add_subcommand("attach", "Hand in a PDF, JPEG or PNG");
    attach->add_option("id", attached->application_id, "Id of the application")->required();
    attach->add_option("file", attached->file, "What is handed in")->required();
    AddWord(*attach, "--kind", attached->kind, "KTP, KK, 'FOTO USAHA', REKENING, 'FOTO SURVEI' ...",
            DocumentKindChoices())
        ->required();
    line.OnChosen(attach, attached, Attach);

    auto listed = std::make_shared<ListDocumentsRequest>();
    CLI::App* documents = application.add_subcommand("documents", "What was handed in");
    documents->add_option("id", *listed->mutable_application_id(), "Id of the application")
        ->required();
    line.OnChosen(documents, listed, ListOfDocuments);

    auto downloaded = std::make_shared<DownloadOptions>();
    CLI::App* download = application.add_subcommand("download", "One of its documents; audited");
    download->add_option("id", *downloaded->request.mutable_application_id(), "Id")->required();
    download->add_option("document", *downloaded->request.mutable_document_id(), "Its id")
        ->required();
    download->add_option("--out", downloaded->out, "File that gets it")->required();
    line.OnChosen(download, downloaded, Download);
}

}  // namespace

void AddApplicationCommand(CommandLine& line) {
    CLI::App* application = line.app.add_subcommand("application", "Applications for aid");
    application->require_subcommand(1);

    auto started = std::make_shared<StartOptions>();
    CLI::App* start = application->add_subcommand("start", "A draft; prints its id");
    StartApplicationRequest& request = started->request;
    start->add_option("--program", *request.mutable_program_id(), "Id")->required();
    start->add_option("--business", *request.mutable_business_id(), "Id")->required();
    start->add_option_function<std::int64_t>(
        "--amount", [&request](std::int64_t amount) { request.set_amount_rupiah(amount); },
        "Rupiah, of a loan");
    start->add_option("--request-id", *request.mutable_request_id(),
                      "UUID of the request; the same one again changes nothing");
    line.OnChosen(start, started, Start);
    AddDeeds(line, *application);
    AddDocuments(line, *application);

    auto approved = std::make_shared<ApproveAllOptions>();
    CLI::App* approve = application->add_subcommand(
        "approve-all", "Approve thousands: one id a line; says what came of each");
    approve->add_option("file", approved->file, "-: standard input, the default");
    line.OnChosen(approve, approved, ApproveAll);

    auto listed = std::make_shared<ListOptions>();
    CLI::App* list = application->add_subcommand("list", "Of a programme, a region, a state");
    list->add_option("--program", *listed->request.mutable_program_id(), "Id");
    list->add_option("--region", *listed->request.mutable_region_code(), "Code");
    AddWord(*list, "--state", listed->state, "DISURVEI, DISETUJUI ...", ApplicationStateChoices());
    AddPageOptions(*list, listed->request, listed->all);
    line.OnChosen(list, listed, List);

    auto shown = std::make_shared<GetApplicationRequest>();
    CLI::App* show = application->add_subcommand("show", "One, as JSON");
    show->add_option("id", *shown->mutable_application_id(), "Id of the application")->required();
    line.OnChosen(show, shown, ShowApplication);

    auto surveyed = std::make_shared<ListSurveysRequest>();
    CLI::App* surveys =
        application->add_subcommand("surveys", "What was seen at its visits, as JSON; audited");
    surveys->add_option("id", *surveyed->mutable_application_id(), "Id of the application")
        ->required();
    line.OnChosen(surveys, surveyed, ShowSurveys);
}

}  // namespace bangkit::cli
