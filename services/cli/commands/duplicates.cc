// The review of businesses that may have been registered twice, and what it leads to.
#include <iostream>

#include "bangkit/registration/v1/duplicate_service.grpc.pb.h"
#include "libs/base/ids.h"
#include "libs/base/utc.h"
#include "services/cli/business_text.h"
#include "services/cli/command_line.h"
#include "services/cli/failure.h"
#include "services/cli/output.h"
#include "services/cli/words.h"

namespace bangkit::cli {
namespace {

using namespace registration::v1;
using Stub = DuplicateService::Stub;

struct ListOptions {
    ListDuplicatesRequest request;
    int state = 0;
    bool all = false;
};

struct ReviewOptions {
    std::string id, assignee, etag, request_id;
};

struct MergeOptions {
    MergeBusinessesRequest request;
};

struct UndoOptions {
    UndoMergeRequest request;
};

std::string ReasonsOf(const Duplicate& duplicate) {
    std::string text;
    for (int i = 0; i < duplicate.reasons_size(); ++i) {
        if (!text.empty()) text += ", ";
        text += WordFor(duplicate.reasons(i));
    }
    return text;
}

std::string TimeOf(const google::protobuf::Timestamp& time) {
    return FormatUtc(Time(std::chrono::seconds(time.seconds())));
}

void Print(Session& session, const Duplicate& duplicate) {
    if (session.json()) {
        std::cout << ToJson(duplicate) << '\n';
        return;
    }
    Table table({Table::kLeft, Table::kLeft});
    table.Add({"id", duplicate.duplicate_id()});
    table.Add({"status", std::string(WordFor(duplicate.state()))});
    table.Add({"skor", std::to_string(duplicate.score())});
    table.Add({"alasan", ReasonsOf(duplicate)});
    table.Add({"usaha pertama", duplicate.first_business_id()});
    table.Add({"usaha kedua", duplicate.second_business_id()});
    table.Add({"wilayah", duplicate.region_code()});
    if (!duplicate.assignee().empty()) table.Add({"petugas", duplicate.assignee()});
    if (!duplicate.decided_by().empty()) table.Add({"diputuskan oleh", duplicate.decided_by()});
    table.Add({"etag", duplicate.etag()});
    table.Print(std::cout);
}

void Print(Session& session, const Merge& merge) {
    if (session.json()) {
        std::cout << ToJson(merge) << '\n';
        return;
    }
    Table table({Table::kLeft, Table::kLeft});
    table.Add({"dipertahankan", merge.surviving_business_id()});
    table.Add({"digabungkan", merge.merged_business_id()});
    if (merge.has_undone_at()) {
        table.Add({"dibatalkan", TimeOf(merge.undone_at())});
    } else {
        table.Add({"dapat dibatalkan sampai", TimeOf(merge.undo_until())});
    }
    table.Print(std::cout);
}

int List(Session& session, const ListOptions& options) {
    ListDuplicatesRequest request = options.request;
    request.set_state(static_cast<DuplicateState>(options.state));
    Table table({Table::kLeft, Table::kRight, Table::kLeft, Table::kLeft, Table::kLeft});
    do {
        const ListDuplicatesResponse page =
            Call(session, session.StubOf<registration::v1::DuplicateService>(),
                 &Stub::ListDuplicates, request);
        for (const Duplicate& each : page.duplicates()) {
            if (session.json()) {
                std::cout << ToJson(each) << '\n';
            } else {
                table.Add({each.duplicate_id(), std::to_string(each.score()), each.region_code(),
                           each.assignee(), ReasonsOf(each)});
            }
        }
        request.set_page_token(page.next_page_token());
    } while (options.all && !request.page_token().empty());
    table.Print(std::cout);
    if (!session.json() && !request.page_token().empty()) {
        std::cerr << "bangkit: there are more: --all, or --page-token " << request.page_token()
                  << '\n';
    }
    return kOk;
}

int Show(Session& session, const ReviewOptions& options) {
    GetDuplicateRequest request;
    request.set_duplicate_id(options.id);
    const GetDuplicateResponse response =
        Call(session, session.StubOf<registration::v1::DuplicateService>(), &Stub::GetDuplicate,
             request);
    if (session.json()) {
        std::cout << ToJson(response) << '\n';
        return kOk;
    }
    Print(session, response.duplicate());
    for (const Business& business : {response.first(), response.second()}) {
        std::cout << '\n';
        cli::Print(std::cout, business);
    }
    return kOk;
}

template <typename Request>
Request ReviewOf(Session& session, const ReviewOptions& options) {
    Request request;
    request.set_request_id(options.request_id.empty() ? NewId(session.clock().Now())
                                                      : options.request_id);
    request.set_duplicate_id(options.id);
    request.set_etag(options.etag);
    return request;
}

int Assign(Session& session, const ReviewOptions& options) {
    auto request = ReviewOf<AssignDuplicateRequest>(session, options);
    request.set_assignee(options.assignee);
    Print(session, Call(session, session.StubOf<registration::v1::DuplicateService>(),
                        &Stub::AssignDuplicate, request)
                       .duplicate());
    return kOk;
}

int Confirm(Session& session, const ReviewOptions& options) {
    const auto request = ReviewOf<ConfirmDuplicateRequest>(session, options);
    Print(session, Call(session, session.StubOf<registration::v1::DuplicateService>(),
                        &Stub::ConfirmDuplicate, request)
                       .duplicate());
    return kOk;
}

int Reject(Session& session, const ReviewOptions& options) {
    const auto request = ReviewOf<RejectDuplicateRequest>(session, options);
    Print(session, Call(session, session.StubOf<registration::v1::DuplicateService>(),
                        &Stub::RejectDuplicate, request)
                       .duplicate());
    return kOk;
}

int MergeTwo(Session& session, const MergeOptions& options) {
    MergeBusinessesRequest request = options.request;
    if (request.merged_business_id().empty()) {
        throw UsageError("say which business survives, and which one is merged into it");
    }
    if (request.request_id().empty()) request.set_request_id(NewId(session.clock().Now()));
    Print(session, Call(session, session.StubOf<registration::v1::DuplicateService>(),
                        &Stub::MergeBusinesses, request)
                       .merge());
    return kOk;
}

int Undo(Session& session, const UndoOptions& options) {
    UndoMergeRequest request = options.request;
    if (request.request_id().empty()) request.set_request_id(NewId(session.clock().Now()));
    Print(session, Call(session, session.StubOf<registration::v1::DuplicateService>(),
                        &Stub::UndoMerge, request)
                       .merge());
    return kOk;
}

constexpr const char* kRequestIdHelp = "UUID of the request; the same one again changes nothing";

void AddListCommand(CommandLine& line, CLI::App& duplicates) {
    auto options = std::make_shared<ListOptions>();
    CLI::App* list = duplicates.add_subcommand(
        "list", "Pairs, the one with the highest score first; open ones unless --state is given");
    list->add_option("--region", *options->request.mutable_region_code(),
                     "Pairs in this region and below; default: all of yours");
    list->add_option("--state", options->state, "TERBUKA, GANDA, BUKAN GANDA or DIGABUNGKAN")
        ->transform(
            CLI::CheckedTransformer(DuplicateStateChoices(), CLI::ignore_case).description(""))
        ->type_name("WORD");
    list->add_option("--assignee", *options->request.mutable_assignee(), "Only those of this one");
    list->add_option("--page-token", *options->request.mutable_page_token(),
                     "Where an earlier page ended");
    list->add_flag("--all", options->all, "All pages, one after the other");
    line.OnChosen(list, options, List);
}

/// A verb on one pair.
std::pair<CLI::App*, std::shared_ptr<ReviewOptions>> AddReviewCommand(CLI::App& duplicates,
                                                                      const std::string& name,
                                                                      const std::string& help) {
    auto options = std::make_shared<ReviewOptions>();
    CLI::App* command = duplicates.add_subcommand(name, help);
    command->add_option("id", options->id, "Id of the pair")->required();
    if (name != "show") {
        command->add_option("--etag", options->etag,
                            "Only if the pair has not changed since this etag");
        command->add_option("--request-id", options->request_id, kRequestIdHelp);
    }
    return {command, options};
}

void AddMergeCommand(CommandLine& line) {
    auto options = std::make_shared<MergeOptions>();
    MergeBusinessesRequest& request = options->request;
    CLI::App* merge = line.app.add_subcommand(
        "merge", "Let one business live on in another one; both ids stand for the surviving one");
    merge->add_option("surviving", *request.mutable_surviving_business_id(),
                      "Id of the business that survives");
    merge->add_option("merged", *request.mutable_merged_business_id(),
                      "Id of the business that lives on in it");
    merge->add_option("--surviving-etag", *request.mutable_surviving_etag(),
                      "Only if it has not changed since this etag");
    merge->add_option("--merged-etag", *request.mutable_merged_etag(),
                      "Only if it has not changed since this etag");
    merge->add_option("--request-id", *request.mutable_request_id(), kRequestIdHelp);
    merge->require_subcommand(0, 1);
    merge->callback([&line, merge, options] {
        if (!merge->get_subcommands().empty()) return;  // It speaks for itself.
        line.run = [options](Session& session) { return MergeTwo(session, *options); };
    });

    auto undo_options = std::make_shared<UndoOptions>();
    CLI::App* undo = merge->add_subcommand("undo", "Make two businesses of them again");
    undo->add_option("merged", *undo_options->request.mutable_merged_business_id(),
                     "Id of the business that was merged")
        ->required();
    undo->add_option("--etag", *undo_options->request.mutable_etag(),
                     "Only if it has not changed since this etag");
    undo->add_option("--request-id", *undo_options->request.mutable_request_id(), kRequestIdHelp);
    line.OnChosen(undo, undo_options, Undo);
}

}  // namespace

void AddDuplicateCommands(CommandLine& line) {
    CLI::App* duplicates = line.app.add_subcommand(
        "duplicates",
        "Businesses that may have been registered twice: found by the service, "
        "decided by people");
    duplicates->require_subcommand(1);
    AddListCommand(line, *duplicates);
    const auto [show, show_options] =
        AddReviewCommand(*duplicates, "show", "A pair, with both businesses");
    line.OnChosen(show, show_options, Show);
    const auto [assign, assign_options] =
        AddReviewCommand(*duplicates, "assign", "Say who is to look at a pair");
    assign->add_option("assignee", assign_options->assignee,
                       "Subject of an account; left out: nobody in particular");
    line.OnChosen(assign, assign_options, Assign);
    const auto [confirm, confirm_options] = AddReviewCommand(
        *duplicates, "confirm", "State that the two are one; then see `bangkit merge`");
    line.OnChosen(confirm, confirm_options, Confirm);
    const auto [reject, reject_options] =
        AddReviewCommand(*duplicates, "reject", "State that the two are two");
    line.OnChosen(reject, reject_options, Reject);
    AddMergeCommand(line);
}

}  // namespace bangkit::cli
