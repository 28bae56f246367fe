#include <iostream>

#include "bangkit/registration/v1/registration_service.grpc.pb.h"
#include "libs/base/ids.h"
#include "services/cli/business_text.h"
#include "services/cli/command_line.h"
#include "services/cli/failure.h"
#include "services/cli/output.h"
#include "services/cli/words.h"

namespace bangkit::cli {
namespace {

using namespace registration::v1;

struct ChangeOptions {
    ChangeGroupMembersRequest request;
    std::vector<std::string> added, removed;
};

struct MembersOptions {
    ListGroupMembersRequest request;
};

int Change(Session& session, const ChangeOptions& options) {
    ChangeGroupMembersRequest request = options.request;
    for (const std::string& id : options.added) request.add_added_business_ids(id);
    for (const std::string& id : options.removed) request.add_removed_business_ids(id);
    if (request.request_id().empty()) request.set_request_id(NewId(session.clock().Now()));
    const ChangeGroupMembersResponse response =
        Call(session, session.StubOf<registration::v1::RegistrationService>(),
             &RegistrationService::Stub::ChangeGroupMembers, request);
    if (session.json()) {
        std::cout << ToJson(response) << '\n';
    } else {
        std::cout << response.members() << '\n';
    }
    return kOk;
}

int ShowMembers(Session& session, const MembersOptions& options) {
    ListGroupMembersRequest request = options.request;
    Table table({Table::kLeft, Table::kLeft, Table::kLeft, Table::kLeft});
    do {
        const ListGroupMembersResponse page =
            Call(session, session.StubOf<registration::v1::RegistrationService>(),
                 &RegistrationService::Stub::ListGroupMembers, request);
        if (session.json()) std::cout << ToJson(page) << '\n';
        for (const Business& member : page.businesses()) {
            table.Add({member.business_id(), member.region_code(),
                       std::string(WordFor(member.kind())), member.name()});
        }
        request.set_page_token(page.next_page_token());
    } while (!request.page_token().empty());
    if (!session.json()) table.Print(std::cout);
    return kOk;
}

}  // namespace

void AddGroupCommand(CommandLine& line) {
    CLI::App* group = line.app.add_subcommand("group", "The members of a group (kelompok)");
    group->require_subcommand(1);

    auto members = std::make_shared<MembersOptions>();
    CLI::App* list = group->add_subcommand("members", "List them");
    list->add_option("id", *members->request.mutable_business_id(), "Id of the group")->required();
    line.OnChosen(list, members, ShowMembers);

    auto options = std::make_shared<ChangeOptions>();
    CLI::App* change = group->add_subcommand(
        "change", "Add businesses and take others out; prints how many it has");
    change->add_option("id", *options->request.mutable_business_id(), "Id of the group")
        ->required();
    change->add_option("--add", options->added, "Id of a business; may be repeated")
        ->allow_extra_args(false);
    change->add_option("--remove", options->removed, "Id of a business; may be repeated")
        ->allow_extra_args(false);
    change->add_option("--etag", *options->request.mutable_etag(),
                       "Only if the group has not changed since this etag");
    change->add_option("--request-id", *options->request.mutable_request_id(),
                       "UUID of the request; the same one again changes nothing");
    line.OnChosen(change, options, Change);
}

}  // namespace bangkit::cli
