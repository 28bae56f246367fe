#include <fcntl.h>
#include <unistd.h>

#include <iostream>

#include "bangkit/registration/v1/personal_data_service.grpc.pb.h"
#include "libs/base/ids.h"
#include "libs/base/utc.h"
#include "libs/status/status.h"
#include "services/cli/command_line.h"
#include "services/cli/failure.h"
#include "services/cli/output.h"
#include "services/cli/service_program.h"
#include "services/cli/words.h"

namespace bangkit::cli {
namespace {

using namespace registration::v1;
using Stub = PersonalDataService::Stub;

struct RevealOptions {
    RevealOwnerRequest request;
    int purpose = 0;
    std::vector<int> fields;
};

struct DemandOptions {
    SubjectRequestKind kind = SUBJECT_REQUEST_KIND_UNSPECIFIED;
    std::string business_id, case_reference;
    std::vector<std::string> ids;
    std::optional<int> due_within_hours;
    int refusal = 0;
    std::string file;
    bool all_states = false;
};

int Reveal(Session& session, const RevealOptions& options) {
    RevealOwnerRequest request = options.request;
    request.set_purpose(static_cast<DisclosurePurpose>(options.purpose));
    for (const int field : options.fields) request.add_fields(static_cast<OwnerField>(field));
    const RevealOwnerResponse response =
        Call(session, session.StubOf<PersonalDataService>(), &Stub::RevealOwner, request);
    if (session.json()) {
        std::cout << ToJson(response) << '\n';
        return kOk;
    }
    Table table({Table::kLeft, Table::kLeft});
    const auto add = [&table](std::string_view label, const std::string& value) {
        if (!value.empty()) table.Add({std::string(label), value});
    };
    add("NIK", response.owner().nik());
    add("nama", response.owner().name());
    add("telepon", response.owner().phone());
    add("alamat KTP", response.owner().identity_card_address());
    add("NPWP", response.owner().npwp());
    add("KK", response.owner().kk());
    add("tanggal lahir", response.owner().birth_date());
    add("surel", response.owner().email());
    const auto add_word = [&](std::string_view label, int value, const auto& choices) {
        for (const auto& [word, choice] : choices) {
            if (value != 0 && value == static_cast<int>(choice)) return add(label, word);
        }
    };
    add_word("jenis kelamin", response.owner().sex(), SexChoices());
    add_word("disabilitas", response.owner().disability(), DisabilityChoices());
    add_word("pekerjaan", response.owner().occupation(), OccupationChoices());
    table.Print(std::cout);
    return kOk;
}

std::string TimeOf(const google::protobuf::Timestamp& time) {
    return FormatUtc(Time(std::chrono::seconds(time.seconds())));
}

/// Calls `use` with every request of the kind that the options ask for.
void ForEachRequest(Session& session, const DemandOptions& options, const auto& use) {
    ListSubjectRequestsRequest request;
    request.set_kind(options.kind);
    if (!options.all_states) request.set_state(SUBJECT_REQUEST_STATE_OPEN);
    if (options.due_within_hours) request.set_due_within_hours(*options.due_within_hours);
    do {
        const ListSubjectRequestsResponse page = Call(
            session, session.StubOf<PersonalDataService>(), &Stub::ListSubjectRequests, request);
        for (const SubjectRequest& each : page.subject_requests()) use(each);
        request.set_page_token(page.next_page_token());
    } while (!request.page_token().empty());
}

int List(Session& session, const DemandOptions& options) {
    Table table({Table::kLeft, Table::kLeft, Table::kLeft, Table::kLeft, Table::kLeft});
    ForEachRequest(session, options, [&](const SubjectRequest& each) {
        if (session.json()) {
            std::cout << ToJson(each) << '\n';
        } else {
            table.Add({each.subject_request_id(),
                       std::string(each.overdue() ? "TERLAMBAT" : WordFor(each.state())),
                       TimeOf(each.due_at()), each.region_code(), each.case_reference()});
        }
    });
    table.Print(std::cout);
    return kOk;
}

void Print(Session& session, const SubjectRequest& request) {
    if (session.json()) {
        std::cout << ToJson(request) << '\n';
        return;
    }
    Table table({Table::kLeft, Table::kLeft});
    table.Add({"id", request.subject_request_id()});
    table.Add({"jenis", std::string(WordFor(request.kind()))});
    table.Add({"status", std::string(WordFor(request.state()))});
    table.Add({"batas waktu", TimeOf(request.due_at())});
    table.Print(std::cout);
}

int Open(Session& session, const DemandOptions& options) {
    OpenSubjectRequestRequest request;
    request.set_request_id(NewId(session.clock().Now()));
    request.set_business_id(options.business_id);
    request.set_kind(options.kind);
    request.set_case_reference(options.case_reference);
    Print(session,
          Call(session, session.StubOf<PersonalDataService>(), &Stub::OpenSubjectRequest, request)
              .subject_request());
    return kOk;
}

int Execute(Session& session, const DemandOptions& options) {
    std::vector<std::string> ids = options.ids;
    if (options.due_within_hours) {
        ForEachRequest(session, options, [&ids](const SubjectRequest& each) {
            ids.push_back(each.subject_request_id());
        });
    } else if (ids.empty()) {
        throw UsageError("say which: ids, or --due-within");
    }
    int code = kOk;
    for (const std::string& id : ids) {
        EraseOwnerRequest request;
        request.set_request_id(NewId(session.clock().Now()));
        request.set_subject_request_id(id);
        try {
            const EraseOwnerResponse erased =
                Call(session, session.StubOf<PersonalDataService>(), &Stub::EraseOwner, request);
            Print(session, erased.subject_request());
            if (erased.files_on_their_way() > 0) {
                std::cerr << "bangkit: " << id << ": " << erased.files_on_their_way()
                          << " files on their way may hold rows of this person; destroyed by "
                          << TimeOf(erased.files_destroyed_by()) << '\n';
            }
        } catch (const CallFailed& failure) {  // One that is refused holds up no other.
            if (failure.IsOutage()) throw;
            std::cerr << "bangkit: " << id << ": " << failure.error().reason << '\n';
            code = kFailed;
        }
    }
    return code;
}

int Close(Session& session, const DemandOptions& options) {
    CloseSubjectRequestRequest request;
    request.set_request_id(NewId(session.clock().Now()));
    request.set_subject_request_id(options.ids.front());
    request.set_refusal(static_cast<SubjectRequestRefusal>(options.refusal));
    Print(session,
          Call(session, session.StubOf<PersonalDataService>(), &Stub::CloseSubjectRequest, request)
              .subject_request());
    return kOk;
}

int Hold(Session& session, const DemandOptions& options) {
    SetLegalHoldRequest request;
    request.set_request_id(NewId(session.clock().Now()));
    request.set_business_id(options.business_id);
    request.set_case_reference(options.case_reference);
    Call(session, session.StubOf<PersonalDataService>(), &Stub::SetLegalHold, request);
    return kOk;
}

int Replay(Session& session, const DemandOptions&) {
    return RunServiceProgram(session, "registration", {"replay-erasures"}) == 0 ? kOk : kFailed;
}

/// All pieces of the document, or CallFailed.
std::string Document(Session& session, const std::string& id) {
    constexpr std::chrono::minutes kTimeout{10};
    grpc::ClientContext context;
    Prepare(context, session, kTimeout);
    const auto stream = session.StubOf<PersonalDataService>().ExportPersonalData(&context);
    ExportPersonalDataRequest request;
    request.set_subject_request_id(id);
    stream->Write(request);
    stream->WritesDone();
    std::string document;
    bool is_finished = false;
    ExportPersonalDataResponse piece;
    while (stream->Read(&piece)) {
        if (piece.has_error()) throw CallFailed(status::FromProto(piece.error()));
        document += piece.content();
        is_finished = piece.finished();
    }
    Check(stream->Finish());
    if (!is_finished) throw std::runtime_error("the document is not complete");
    return document;
}

/// For nobody else's eyes, and it replaces nothing.
void WritePrivate(const std::string& file, const std::string& text) {
    const int descriptor = ::open(file.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (descriptor < 0) throw UsageError("cannot make " + file);
    const auto size = static_cast<ssize_t>(text.size());
    const bool is_written =
        ::write(descriptor, text.data(), text.size()) == size && ::fsync(descriptor) == 0;
    ::close(descriptor);
    if (!is_written) throw UsageError("cannot write " + file);
}

int Export(Session& session, const DemandOptions& options) {
    WritePrivate(options.file, Document(session, options.ids.front()));
    std::cerr << "bangkit: give " << options.file << " to the person, then close the request\n";
    return kOk;
}

template <typename Enum>
CLI::Option* AddChoice(CLI::Option* option, const Choices<Enum>& choices) {
    return option->transform(CLI::CheckedTransformer(choices, CLI::ignore_case).description(""))
        ->type_name("WORD");
}

void AddReveal(CommandLine& line) {
    auto options = std::make_shared<RevealOptions>();
    CLI::App* reveal = line.app.add_subcommand(
        "reveal", "Show what identifies the owner of a business, for a purpose; it is audited");
    reveal->add_option("id", *options->request.mutable_business_id(), "Id of the business")
        ->required();
    AddChoice(reveal->add_option("--purpose", options->purpose,
                                 "SURVEI, PEMBAYARAN, KOREKSI, HUKUM or 'PEMILIK DATA'"),
              PurposeChoices())
        ->required();
    reveal
        ->add_option("--case", *options->request.mutable_case_reference(),
                     "Reference of the agency's file")
        ->required();
    AddChoice(reveal
                  ->add_option("--field", options->fields,
                               "NIK, NAMA, TELEPON, ALAMAT, NPWP, KK, 'TANGGAL LAHIR', 'JENIS "
                               "KELAMIN', SUREL, DISABILITAS or PEKERJAAN; may be repeated")
                  ->allow_extra_args(false),
              OwnerFieldChoices())
        ->required();
    line.OnChosen(reveal, options, Reveal);
}

/// The verbs that erasures and access have in common.
void AddCommonVerbs(CommandLine& line, CLI::App& app, SubjectRequestKind kind) {
    const auto options = [kind] {
        auto made = std::make_shared<DemandOptions>();
        made->kind = kind;
        return made;
    };
    auto list_options = options();
    CLI::App* list = app.add_subcommand("list", "Open requests, the one that is due first on top");
    list->add_option("--due-within", list_options->due_within_hours,
                     "Only those that are due in so many hours; 0: overdue")
        ->check(CLI::NonNegativeNumber);
    list->add_flag("--all", list_options->all_states, "Closed ones too");
    line.OnChosen(list, list_options, List);

    auto open_options = options();
    CLI::App* open = app.add_subcommand("request", "Take down what a person demands");
    open->add_option("business", open_options->business_id, "Id of any business of theirs")
        ->required();
    open->add_option("--case", open_options->case_reference, "Reference of the agency's file")
        ->required();
    line.OnChosen(open, open_options, Open);

    auto refuse_options = options();
    CLI::App* refuse = app.add_subcommand("refuse", "Close a request without what was demanded");
    refuse->add_option("id", refuse_options->ids, "Id of the request")->required()->expected(1);
    AddChoice(refuse->add_option("--reason", refuse_options->refusal, "HUKUM, IDENTITAS, DICABUT"),
              RefusalChoices())
        ->required();
    line.OnChosen(refuse, refuse_options, Close);
}

void AddErasures(CommandLine& line) {
    CLI::App* erasures = line.app.add_subcommand(
        "erasures", "People who want to be erased: within 72 hours of their request");
    erasures->require_subcommand(1);
    AddCommonVerbs(line, *erasures, SUBJECT_REQUEST_KIND_ERASURE);

    auto options = std::make_shared<DemandOptions>();
    options->kind = SUBJECT_REQUEST_KIND_ERASURE;
    CLI::App* execute = erasures->add_subcommand(
        "execute", "Destroy what identifies these people; it cannot be undone");
    execute->add_option("id", options->ids, "Ids of requests");
    execute
        ->add_option("--due-within", options->due_within_hours,
                     "All that are due in so many hours; 0: overdue")
        ->check(CLI::NonNegativeNumber);
    line.OnChosen(execute, options, Execute);

    auto hold_options = std::make_shared<DemandOptions>();
    CLI::App* hold = erasures->add_subcommand(
        "hold", "Forbid that an owner is erased, for a legal process; without --case allow it");
    hold->add_option("business", hold_options->business_id, "Id of any business of theirs")
        ->required();
    hold->add_option("--case", hold_options->case_reference, "Reference of the case");
    line.OnChosen(hold, hold_options, Hold);

    line.OnChosen(erasures->add_subcommand(
                      "replay",
                      "Erase again in a database that was restored from a backup, before "
                      "services start on it; may be run again"),
                  options, Replay);
}

void AddAccess(CommandLine& line) {
    CLI::App* access = line.app.add_subcommand(
        "access", "People who want to see what is held on them: within 72 hours of their request");
    access->require_subcommand(1);
    AddCommonVerbs(line, *access, SUBJECT_REQUEST_KIND_ACCESS);

    auto options = std::make_shared<DemandOptions>();
    CLI::App* exporting = access->add_subcommand("export", "Write the document; it is audited");
    exporting->add_option("id", options->ids, "Id of the request")->required()->expected(1);
    exporting->add_option("--out", options->file, "A new file, JSON")->required();
    line.OnChosen(exporting, options, Export);

    auto close_options = std::make_shared<DemandOptions>();
    CLI::App* close = access->add_subcommand("close", "The person has the document");
    close->add_option("id", close_options->ids, "Id of the request")->required()->expected(1);
    line.OnChosen(close, close_options, Close);
}

}  // namespace

void AddPersonalDataCommands(CommandLine& line) {
    AddReveal(line);
    AddErasures(line);
    AddAccess(line);
}

}  // namespace bangkit::cli
