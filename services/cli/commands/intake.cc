#include <fstream>
#include <iostream>
#include <thread>

#include "bangkit/registration/v1/intake_service.grpc.pb.h"
#include "libs/base/ids.h"
#include "libs/base/utc.h"
#include "libs/status/status.h"
#include "services/cli/command_line.h"
#include "services/cli/failure.h"
#include "services/cli/output.h"
#include "services/cli/words.h"

namespace bangkit::cli {
namespace {

using namespace registration::v1;
using Stub = IntakeService::Stub;

struct SubmitOptions {
    std::string file, device_id;
};

struct ConflictsOptions {
    ListIntakeConflictsRequest request;
};

struct ResolveOptions {
    ResolveIntakeConflictRequest request;
    int decision = 0;
};

/// Calls `use(SubmitIntakeRequest)` with each line of JSON.
void ForEachLine(std::istream& in, const std::string& device_id, const auto& use) {
    std::string text;
    for (int number = 1; std::getline(in, text); ++number) {
        if (text.empty()) continue;
        SubmitIntakeRequest request;
        try {
            FromJson(text, request);
        } catch (const UsageError&) {
            throw UsageError("line " + std::to_string(number) + " is no SubmitIntakeRequest");
        }
        if (request.device_id().empty()) request.set_device_id(device_id);
        use(std::move(request));
    }
}

std::string StatusOf(const SubmitIntakeResponse& response) {
    if (response.has_error()) return status::FromProto(response.error()).reason;
    constexpr std::string_view kPrefix = "INTAKE_STATUS_";
    std::string text = IntakeStatus_Name(response.receipt().status()).substr(kPrefix.size());
    if (response.receipt().known_already()) text += " (known already)";
    if (response.receipt().clock_suspect()) text += " (clock suspect)";
    for (const std::string& field : response.receipt().conflicting_fields()) {
        text += " conflict:" + field;
    }
    for (const std::string& warning : response.receipt().warnings()) text += " " + warning;
    return text;
}

int Submit(Session& session, const SubmitOptions& options) {
    std::vector<SubmitIntakeRequest> requests;
    const auto take = [&](SubmitIntakeRequest request) { requests.push_back(std::move(request)); };
    if (options.file == "-") {
        ForEachLine(std::cin, options.device_id, take);
    } else {
        std::ifstream file(options.file);
        if (!file) throw UsageError("cannot read " + options.file);
        ForEachLine(file, options.device_id, take);
    }
    constexpr std::chrono::minutes kTimeout{10};
    grpc::ClientContext context;
    Prepare(context, session, kTimeout);
    const auto stream = session.StubOf<registration::v1::IntakeService>().SubmitIntake(&context);
    std::jthread writer([&] {
        for (const SubmitIntakeRequest& request : requests) {
            if (!stream->Write(request)) return;
        }
        stream->WritesDone();
    });
    bool is_refused = false;
    SubmitIntakeResponse response;
    while (stream->Read(&response)) {
        is_refused = is_refused || response.has_error();
        if (session.json()) {
            std::cout << ToJson(response) << '\n';
        } else {
            std::cout << response.sequence() << ' ' << response.receipt().business_id() << ' '
                      << StatusOf(response) << '\n';
        }
    }
    writer.join();
    Check(stream->Finish());
    return is_refused ? kFailed : kOk;
}

int Conflicts(Session& session, const ConflictsOptions& options) {
    ListIntakeConflictsRequest request = options.request;
    do {
        const ListIntakeConflictsResponse page =
            Call(session, session.StubOf<registration::v1::IntakeService>(),
                 &Stub::ListIntakeConflicts, request);
        for (const IntakeConflict& each : page.conflicts()) {
            if (session.json()) {
                std::cout << ToJson(each) << '\n';
                continue;
            }
            const Time captured{std::chrono::seconds(each.captured_at().seconds())};
            Table table({Table::kLeft, Table::kLeft});
            table.Add({"id", each.conflict_id()});
            table.Add({"usaha", each.business_id()});
            table.Add({"isian", each.field()});
            table.Add({"tercatat", ToJson(each.present())});
            table.Add({"lainnya", ToJson(each.other())});
            table.Add({"dicatat oleh", each.stated_by() + ", " + FormatUtc(captured)});
            if (!each.blocked().empty()) table.Add({"tertahan", each.blocked()});
            table.Print(std::cout);
            std::cout << '\n';
        }
        request.set_page_token(page.next_page_token());
    } while (!request.page_token().empty());
    return kOk;
}

int Resolve(Session& session, const ResolveOptions& options) {
    ResolveIntakeConflictRequest request = options.request;
    request.set_request_id(NewId(session.clock().Now()));
    request.set_decision(static_cast<IntakeDecision>(options.decision));
    const ResolveIntakeConflictResponse response =
        Call(session, session.StubOf<registration::v1::IntakeService>(),
             &Stub::ResolveIntakeConflict, request);
    std::cout << (session.json() ? ToJson(response) : response.business_id()) << '\n';
    return kOk;
}

}  // namespace

void AddIntakeCommand(CommandLine& line) {
    CLI::App* intake =
        line.app.add_subcommand("intake", "What was taken down where there is no network");
    intake->require_subcommand(1);

    auto submit_options = std::make_shared<SubmitOptions>();
    CLI::App* submit =
        intake->add_subcommand("submit", "Send submissions; the same file again changes nothing");
    submit
        ->add_option("file", submit_options->file,
                     "One SubmitIntakeRequest as JSON a line; -: from standard input")
        ->required();
    submit->add_option("--device", submit_options->device_id,
                       "Id of the device, for lines that do not say it");
    line.OnChosen(submit, submit_options, Submit);

    auto conflicts_options = std::make_shared<ConflictsOptions>();
    CLI::App* conflicts =
        intake->add_subcommand("conflicts", "Values against which the registry's stands");
    conflicts->add_option("--business", *conflicts_options->request.mutable_business_id(),
                          "Only of this business");
    line.OnChosen(conflicts, conflicts_options, Conflicts);

    auto resolve_options = std::make_shared<ResolveOptions>();
    CLI::App* resolve = intake->add_subcommand("resolve", "Decide which of two values holds");
    resolve->add_option("id", *resolve_options->request.mutable_conflict_id(), "Id of the conflict")
        ->required();
    static const Choices<IntakeDecision> kDecisions{{"TETAP", INTAKE_DECISION_KEEP},
                                                    {"GANTI", INTAKE_DECISION_TAKE},
                                                    {"KEEP", INTAKE_DECISION_KEEP},
                                                    {"TAKE", INTAKE_DECISION_TAKE}};
    resolve
        ->add_option("decision", resolve_options->decision,
                     "TETAP: the registry's value is right; GANTI: the other one is")
        ->required()
        ->transform(CLI::CheckedTransformer(kDecisions, CLI::ignore_case).description(""))
        ->type_name("WORD");
    resolve->add_option("--etag", *resolve_options->request.mutable_etag(),
                        "Only if the business has not changed since this etag");
    line.OnChosen(resolve, resolve_options, Resolve);
}

}  // namespace bangkit::cli
