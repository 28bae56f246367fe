#include <iostream>

#include "bangkit/registration/v1/registration_service.grpc.pb.h"
#include "libs/base/ids.h"
#include "libs/indonesia/format.h"
#include "libs/indonesia/region_history.h"
#include "services/cli/command_line.h"
#include "services/cli/failure.h"
#include "services/cli/output.h"

namespace bangkit::cli {
namespace {

using namespace registration::v1;

struct RegionOptions {
    std::string code;
};

int Show(Session& session, const RegionOptions& options) {
    const indonesia::RegionHistory& history = session.regions().history();
    Table table({Table::kLeft, Table::kLeft, Table::kLeft, Table::kLeft});
    if (const indonesia::Region* region = session.regions().Find(options.code)) {
        table.Add({std::string(region->code), std::string(region->name), "berlaku", ""});
    } else if (const auto last = history.LastDayOf(options.code)) {
        table.Add({options.code, "", "sampai " + indonesia::FormatDate(*last), ""});
    } else {
        std::cerr << "bangkit: no such region, now or before\n";
        return kFailed;
    }
    for (const indonesia::Successor& each : history.SuccessorsOf(options.code)) {
        table.Add({each.code, std::string(session.regions().Find(each.code)->name),
                   "sejak " + indonesia::FormatDate(each.since), std::string(each.basis)});
    }
    table.Print(std::cout);
    return kOk;
}

int Apply(Session& session, const RegionOptions& options) {
    ApplyRegionChangeRequest request;
    request.set_region_code(options.code);
    std::int64_t moved = 0, moved_needs = 0;
    bool is_decided = true;
    do {
        request.set_request_id(NewId(session.clock().Now()));
        const ApplyRegionChangeResponse page =
            Call(session, session.StubOf<registration::v1::RegistrationService>(),
                 &RegistrationService::Stub::ApplyRegionChange, request);
        moved += page.moved();
        moved_needs += page.moved_needs();
        for (const std::string& id : page.undecided_business_ids()) {
            std::cout << id << '\n';
            is_decided = false;
        }
        request.set_page_token(page.next_page_token());
    } while (!request.page_token().empty());
    std::cerr << "bangkit: " << moved << " businesses and " << moved_needs << " needs moved\n";
    if (is_decided) return kOk;
    std::cerr << "bangkit: the region of these has become several; give each by update --region\n";
    return kFailed;
}

}  // namespace

void AddRegionsCommand(CommandLine& line) {
    CLI::App* region = line.app.add_subcommand("region", "Codes of regions, and what they were");
    region->require_subcommand(1);
    const auto add = [&](const std::string& name, const std::string& help, auto action) {
        auto options = std::make_shared<RegionOptions>();
        CLI::App* command = region->add_subcommand(name, help);
        command->add_option("code", options->code, "Of now or of before")->required();
        line.OnChosen(command, options, action);
    };
    add("show", "Whether a code holds; until when it did, and what took over", Show);
    add("apply", "Move what lies in a region that is no more to those that took over", Apply);
}

}  // namespace bangkit::cli
