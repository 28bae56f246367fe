#pragma once

#include <gtest/gtest.h>
#include <prometheus/registry.h>

#include <future>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "bangkit/registration/v1/registration_service.pb.h"
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
    RegistryTest();
    ~RegistryTest() override;

    std::unique_ptr<Loop> NewLoop(std::size_t batch_max = 128);
    std::unique_ptr<Loop> NewLoop(const crypto::KeyRing& keys, std::size_t batch_max);
    std::unique_ptr<PersonalDataLoop> NewPersonalDataLoop();
    command::LoopContext LoopContext();

    static std::future<Outcome> Submit(Loop& loop, Command command,
                                       identity::Caller caller = Officer(),
                                       std::string request_id = {});
    Outcome Run(Command command, identity::Caller caller = Officer());

    /// Runs all of them in one transaction, in this order.
    std::vector<Outcome> RunTogether(const std::vector<Command>& commands,
                                     const identity::Caller& caller = Officer());

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

    testing::TempDatabase database_;
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
