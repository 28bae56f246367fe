// The commands that change a business that is registered already, and the one that shows what was
// stated of it.
#include <google/protobuf/util/time_util.h>

#include <iostream>

#include "bangkit/registration/v1/registration_service.grpc.pb.h"
#include "libs/base/ids.h"
#include "services/cli/business_text.h"
#include "services/cli/commands/field_options.h"
#include "services/cli/failure.h"
#include "services/cli/output.h"

namespace bangkit::cli {
namespace {

using namespace registration::v1;

struct UpdateOptions {
    UpdateBusinessRequest request;
    std::vector<std::string> clear;
};

struct VerifyOptions {
    VerifyBusinessRequest request;
    int level = 0;
};

struct HistoryOptions {
    GetBusinessHistoryRequest request;
    std::string known_at;
    bool all = false;
};

int Update(Session& session, const UpdateOptions& options) {
    UpdateBusinessRequest request = options.request;
    for (const std::string& path : options.clear) request.mutable_update_mask()->add_paths(path);
    if (request.update_mask().paths_size() == 0) {
        throw UsageError("nothing to change: give a field, or --clear");
    }
    if (request.request_id().empty()) request.set_request_id(NewId(session.clock().Now()));
    const UpdateBusinessResponse response =
        Call(session, session.StubOf<registration::v1::RegistrationService>(),
             &RegistrationService::Stub::UpdateBusiness, request);
    if (session.json()) {
        std::cout << ToJson(response) << '\n';
        return kOk;
    }
    Print(std::cout, response.business());
    if (response.changed_fields().empty()) std::cerr << "bangkit: nothing has changed\n";
    for (const std::string& field : response.changed_fields()) {
        std::cerr << "bangkit: changed: " << field << '\n';
    }
    if (response.upgraded()) std::cerr << "bangkit: naik kelas\n";
    for (const std::string& warning : response.warnings()) {
        std::cerr << "bangkit: please check: " << warning << '\n';
    }
    return kOk;
}

int Verify(Session& session, const VerifyOptions& options) {
    VerifyBusinessRequest request = options.request;
    request.set_level(static_cast<common::v1::VerificationLevel>(options.level));
    if (request.request_id().empty()) request.set_request_id(NewId(session.clock().Now()));
    const VerifyBusinessResponse response =
        Call(session, session.StubOf<registration::v1::RegistrationService>(),
             &RegistrationService::Stub::VerifyBusiness, request);
    if (session.json()) {
        std::cout << ToJson(response) << '\n';
    } else {
        Print(std::cout, response.business());
    }
    return kOk;
}

int ShowHistory(Session& session, const HistoryOptions& options) {
    GetBusinessHistoryRequest request = options.request;
    if (!options.known_at.empty() && !google::protobuf::util::TimeUtil::FromString(
                                         options.known_at, request.mutable_known_at())) {
        throw UsageError("--known-at must be a time such as 2026-03-10T09:00:00Z");
    }
    do {
        const GetBusinessHistoryResponse page =
            Call(session, session.StubOf<registration::v1::RegistrationService>(),
                 &RegistrationService::Stub::GetBusinessHistory, request);
        if (session.json()) {
            std::cout << ToJson(page) << '\n';
        } else {
            Print(std::cout, page);
        }
        request.set_page_token(page.next_page_token());
    } while (options.all && !request.page_token().empty());
    if (!session.json() && !request.page_token().empty()) {
        std::cerr << "bangkit: there are more: --all, or --page-token " << request.page_token()
                  << '\n';
    }
    return kOk;
}

/// What both commands that change something have.
template <typename Request>
void AddCommonOptions(CLI::App& command, Request& request) {
    command.add_option("id", *request.mutable_business_id(), "Id of the business")->required();
    command.add_option("--etag", *request.mutable_etag(),
                       "Only if the business has not changed since this etag");
    command.add_option("--request-id", *request.mutable_request_id(),
                       "UUID of the request; the same one again changes nothing");
}

void AddUpdateCommand(CommandLine& line) {
    auto options = std::make_shared<UpdateOptions>();
    CLI::App* command = line.app.add_subcommand(
        "update",
        "Correct or complete the fields that are given; other users of this machine see what is on "
        "the command line");
    AddCommonOptions(*command, options->request);
    FieldOptions fields(*command, [options = options.get()](const std::string& path) {
        options->request.mutable_update_mask()->add_paths(path);
    });
    AddOwnerOptions(fields, *options->request.mutable_owner());
    AddBusinessOptions(fields, *options->request.mutable_business());
    AddDetailOptions(fields, *options->request.mutable_business());
    command
        ->add_option("--clear", options->clear,
                     "A field that becomes unknown, such as business.nib; may be repeated")
        ->type_name("FIELD")
        ->allow_extra_args(false);
    line.OnChosen(command, options, Update);
}

void AddVerifyBusinessCommand(CommandLine& line) {
    auto options = std::make_shared<VerifyOptions>();
    CLI::App* command = line.app.add_subcommand(
        "verify-business", "State how far the data of a business has been checked");
    AddCommonOptions(*command, options->request);
    command->add_option("--level", options->level, "PERNYATAAN, DOKUMEN or LAPANGAN")
        ->required()
        ->transform(CLI::CheckedTransformer(LevelChoices(), CLI::ignore_case).description(""))
        ->type_name("WORD");
    command->add_option("--note", *options->request.mutable_note(),
                        "What was seen, or why a level is taken back; no personal data");
    line.OnChosen(command, options, Verify);
}

}  // namespace

void AddChangeCommands(CommandLine& line) {
    AddUpdateCommand(line);
    AddVerifyBusinessCommand(line);
    auto options = std::make_shared<HistoryOptions>();
    CLI::App* history = line.app.add_subcommand(
        "history", "Show what was stated of a business, since when it holds, and who stated it");
    history->add_option("id", *options->request.mutable_business_id(), "Id of the business")
        ->required();
    history->add_option("--as-of", *options->request.mutable_as_of(),
                        "YYYY-MM-DD: only what held on this day");
    history->add_option("--known-at", options->known_at,
                        "2026-03-10T09:00:00Z: only what was stated by then");
    history->add_option("--page-token", *options->request.mutable_page_token(),
                        "Where an earlier page ended");
    history->add_flag("--all", options->all, "All pages, one after the other");
    line.OnChosen(history, options, ShowHistory);
}

}  // namespace bangkit::cli
