#include <unistd.h>

#include <iostream>

#include "libs/kafka/error.h"
#include "libs/postgres/error.h"
#include "libs/redis/error.h"
#include "services/cli/command_line.h"
#include "services/cli/failure.h"

namespace {

using namespace bangkit;
using namespace bangkit::cli;

void AddCommonOptions(CommandLine& line, Options& options) {
    constexpr const char* kGroup = "Common options";
    const auto add_setting = [&](const std::string& option, const std::string& setting,
                                 const std::string& help) {
        line.app
            .add_option_function<std::string>(
                option,
                [&options, setting](const std::string& value) {
                    options.settings[setting] = value;
                },
                help)
            ->group(kGroup);
    };
    line.app.add_flag("--json", options.json, "Answers as JSON, one message a line")->group(kGroup);
    line.app.add_option("--token", options.token, "Bearer token; also BANGKIT_TOKEN")
        ->group(kGroup);
    line.app
        .add_option(
            "--config", options.config_file,
            "Which installation; also BANGKIT_CONFIG. Default: var/bangkit.conf in a folder "
            "above this program")
        ->group(kGroup);
    add_setting("--registration", "REGISTRATION", "Address of the registration service");
    add_setting("--aid", "AID", "Address of the aid service");
    add_setting("--dashboard", "DASHBOARD", "Address of the dashboard service");
    add_setting("--kafka", "KAFKA", "Addresses of the Kafka brokers");
    add_setting("--redis", "REDIS", "Address of Redis");
    add_setting("--registration-dsn", "REGISTRATION_DSN", "Registration's database, for libpq");
    add_setting("--aid-dsn", "AID_DSN", "The aid service's database, for libpq");
    add_setting("--dashboard-dsn", "DASHBOARD_DSN", "The dashboard's database, for libpq");
}

void AddCommands(CommandLine& line) {
    AddRegisterCommand(line);
    AddBusinessCommands(line);
    AddSearchCommands(line);
    AddRegionsCommand(line);
    AddChangeCommands(line);
    AddGroupCommand(line);
    AddExportCommand(line);
    AddPersonalDataCommands(line);
    AddDuplicateCommands(line);
    AddImportCommand(line);
    AddIntakeCommand(line);
    AddNeedsCommand(line);
    AddProgramCommand(line);
    AddBudgetCommand(line);
    AddApplicationCommand(line);
    AddPaymentCommands(line);
    AddGoodsCommand(line);
    AddLoanCommand(line);
    AddReferralCommand(line);
    AddNominationCommand(line);
    AddSupervisionCommands(line);
    AddGrievanceCommand(line);
    AddDashboardCommands(line);
    AddEventsCommand(line);
    AddParkedCommand(line);
    AddTopicsCommand(line);
    AddVerifyCommand(line);
    AddTokenCommand(line);
    AddKeysCommand(line);
    AddDemoCommand(line);
    AddCompletionCommand(line);
}

int Complain(int code, const std::string& message) {
    std::cerr << "bangkit: " << message << '\n';
    return code;
}

int Complain(const CallFailed& failure) {
    const Error& error = failure.error();
    std::cerr << "bangkit: " << error.reason << ": " << error.message << '\n';
    for (const FieldViolation& field : error.fields) {
        std::cerr << "  " << field.field << ": " << field.message << " (" << field.reason << ")\n";
    }
    for (const auto& [name, value] : error.metadata) {
        std::cerr << "  " << name << ": " << value << '\n';
    }
    return failure.IsOutage() ? kUnavailable : kFailed;
}

int Run(const std::function<int(Session&)>& command, Session& session) {
    try {
        const int code = command(session);
        std::cout.flush();
        return std::cout.good() ? code : Complain(kFailed, "cannot write to standard output");
    } catch (const CallFailed& failure) {
        return Complain(failure);
    } catch (const UsageError& error) {
        return Complain(kUsage, error.what());
    } catch (const SettingError& error) {
        return Complain(kUsage, error.what());
    } catch (const kafka::KafkaError& error) {
        return Complain(kUnavailable, std::string("Kafka: ") + error.what());
    } catch (const redis::RedisError& error) {
        return Complain(kUnavailable, std::string("Redis: ") + error.what());
    } catch (const postgres::ConnectionLost& error) {
        return Complain(kUnavailable, std::string("PostgreSQL: ") + error.what());
    } catch (const std::exception& error) {
        return Complain(kFailed, error.what());
    }
}

}  // namespace

int main(int argc, char** argv) {
    try {
        Session session(environ);
        CommandLine line;
        line.app.require_subcommand(1);
        line.app.fallthrough();
        AddCommonOptions(line, session.options());
        AddCommands(line);
        line.app.footer(
            "Exit codes: 0 done, 1 refused, violated or failed rows, 2 wrong usage, 3 something is "
            "away.");
        try {
            line.app.parse(argc, argv);
        } catch (const CLI::ParseError& error) {
            return line.app.exit(error) == 0 ? kOk : kUsage;
        }
        return Run(line.run, session);
    } catch (const std::exception& error) {
        return Complain(kUsage, error.what());
    }
}
