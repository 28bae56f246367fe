#pragma once

#include <gtest/gtest.h>
#include <prometheus/registry.h>

#include <future>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "bangkit/registration/v1/registration_service.pb.h"
#include "gen/command_migrations.h"
#include "gen/denials_migrations.h"
#include "gen/messaging_migrations.h"
#include "gen/registration_migrations.h"
#include "libs/command/command_loop.h"
#include "libs/testing/manual_clock.h"
#include "libs/testing/quiet_logger.h"
#include "libs/testing/temp_database.h"
#include "services/registration/storage/personal_data_unit_of_work.h"
#include "services/registration/storage/queries.h"
#include "services/registration/storage/registration_unit_of_work.h"
#include "services/registration/tests/registrations.h"

namespace bangkit::registration {

using Loop = command::CommandLoop<RegistrationUnitOfWork>;
using PersonalDataLoop = command::CommandLoop<PersonalDataUnitOfWork>;
using command::Outcome;

inline identity::Caller Officer(std::string region = "36.74") {
    return {.subject = "budi", .roles = {"officer"}, .regions = {std::move(region)}};
}

/// A database of the service for one test.
class RegistryTest : public ::testing::Test {
protected:
    std::unique_ptr<Loop> NewLoop(std::size_t batch_max = 128) { return NewLoop(keys_, batch_max); }
    std::unique_ptr<Loop> NewLoop(const crypto::KeyRing& keys, std::size_t batch_max) {
        return std::make_unique<Loop>(
            command::LoopOptions{.dsn = database_.dsn(), .batch_max = batch_max, .silence_max = {}},
            LoopContext(), [&keys] { return RegistrationUnitOfWork(keys); });
    }
    std::unique_ptr<PersonalDataLoop> NewPersonalDataLoop() {
        return std::make_unique<PersonalDataLoop>(
            command::LoopOptions{.dsn = database_.dsn(), .silence_max = {}}, LoopContext(),
            [this] { return PersonalDataUnitOfWork(keys_); });
    }
    command::LoopContext LoopContext() {
        return {.clock = clock_,
                .logger = logger_,
                .metrics = metrics_,
                .failpoints = failpoints_,
                .on_commit = [] {}};
    }

    static std::future<Outcome> Submit(Loop& loop, Command command,
                                       identity::Caller caller = Officer(),
                                       std::string request_id = {}) {
        auto promise = std::make_shared<std::promise<Outcome>>();
        loop.Submit({.caller = std::move(caller),
                     .method = "Test",
                     .request_id = std::move(request_id),
                     .fingerprint = "same",
                     .command = std::move(command),
                     .done = [promise](const Outcome& outcome) { promise->set_value(outcome); }});
        return promise->get_future();
    }
    Outcome Run(Command command, identity::Caller caller = Officer()) {
        if (!loop_) loop_ = NewLoop();
        return Submit(*loop_, std::move(command), std::move(caller)).get();
    }

    /// Runs all of them in one transaction, in this order.
    std::vector<Outcome> RunTogether(const std::vector<Command>& commands,
                                     const identity::Caller& caller = Officer()) {
        postgres::Connection connection(database_.dsn());
        connection.RunScript("SET bangkit.regions = '*'");
        postgres::Transaction transaction(connection);
        std::vector<RegistrationUnitOfWork::Pending> batch;
        std::vector<const RegistrationUnitOfWork::Pending*> pointers;
        for (const Command& each : commands) {
            batch.push_back({.caller = caller,
                             .method = "Test",
                             .request_id = "",
                             .fingerprint = "",
                             .command = each});
        }
        for (const auto& each : batch) pointers.push_back(&each);
        RegistrationUnitOfWork unit(keys_);
        std::vector<Outcome> outcomes =
            command::RunCommands<RegistrationUnitOfWork>(unit, transaction, pointers, clock_.Now());
        transaction.Commit();
        return outcomes;
    }

    static std::string ReasonOf(const Outcome& outcome) {
        return outcome ? "" : outcome.error().reason;
    }
    static v1::RegisterBusinessResponse Registered(const Outcome& outcome) {
        v1::RegisterBusinessResponse response;
        response.ParseFromString(outcome.value());
        return response;
    }
    std::int64_t Count(const std::string& from) const {
        return database_.Count("SELECT count(*) FROM " + from);
    }

    testing::TempDatabase database_{{command::Migrations(), denials::Migrations(),
                                     messaging::Migrations(), registration::Migrations()}};
    testing::ManualClock clock_{kNow};
    testing::QuietLogger logger_;
    prometheus::Registry metrics_;
    const Failpoints failpoints_;
    const crypto::KeyRing keys_ = TestKeys();
    postgres::Pool reads_{database_.dsn(), "SET statement_timeout = '5s'"};
    const Queries queries_{reads_, keys_};
    std::unique_ptr<Loop> loop_;
};

}  // namespace bangkit::registration
