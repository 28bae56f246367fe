#include <iostream>
#include <iterator>

#include "bangkit/registration/v1/registration_service.grpc.pb.h"
#include "libs/base/ids.h"
#include "services/cli/commands/field_options.h"
#include "services/cli/failure.h"
#include "services/cli/output.h"

namespace bangkit::cli {
namespace {

using namespace registration::v1;
struct RegisterOptions {
    RegisterBusinessRequest request;
    std::string json_file;
};

std::string ReadAll(const std::string& file) {
    if (file != "-") return ReadFile(file);
    return {std::istreambuf_iterator<char>(std::cin), std::istreambuf_iterator<char>()};
}

int Register(Session& session, const RegisterOptions& options) {
    RegisterBusinessRequest request;
    if (!options.json_file.empty()) FromJson(ReadAll(options.json_file), request);
    request.MergeFrom(options.request);
    if (request.request_id().empty()) request.set_request_id(NewId(session.clock().Now()));
    try {
        const RegisterBusinessResponse response =
            Call(session, session.StubOf<registration::v1::RegistrationService>(),
                 &RegistrationService::Stub::RegisterBusiness, request);
        std::cout << (session.json() ? ToJson(response) : response.business().business_id())
                  << '\n';
        for (const std::string& warning : response.warnings()) {
            std::cerr << "bangkit: please check: " << warning << '\n';
        }
    } catch (const CallFailed& failure) {
        if (failure.IsOutage()) {
            std::cerr << "bangkit: whether it was registered is not known; the same command with"
                         " --request-id "
                      << request.request_id() << " registers it once\n";
        }
        throw;
    }
    return kOk;
}

}  // namespace

void AddRegisterCommand(CommandLine& line) {
    auto options = std::make_shared<RegisterOptions>();
    CLI::App* command = line.app.add_subcommand(
        "register",
        "Register one business and print its id; other users of this machine see what is on the "
        "command line, so real people's data belong into --json-file -");
    command->add_option("--json-file", options->json_file,
                        "Read a RegisterBusinessRequest as JSON; -: from standard input");
    FieldOptions fields(*command);
    AddOwnerOptions(fields, *options->request.mutable_owner());
    AddBusinessOptions(fields, *options->request.mutable_business());
    AddDetailOptions(fields, *options->request.mutable_business());
    AddConditionOptions(fields, *options->request.mutable_business());
    command->add_option("--request-id", *options->request.mutable_request_id(),
                        "UUID of the request; the same one again changes nothing");
    command->add_flag_function(
        "--additional",
        [options = options.get()](std::int64_t) { options->request.set_additional_business(true); },
        "The owner has this business besides others");
    line.OnChosen(command, options, Register);
}

}  // namespace bangkit::cli
