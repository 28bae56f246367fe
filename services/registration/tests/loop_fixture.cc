#include "services/registration/tests/loop_fixture.h"

#include "gen/command_migrations.h"
#include "gen/denials_migrations.h"
#include "gen/messaging_migrations.h"
#include "gen/registration_migrations.h"

namespace bangkit::registration {

RegistryTest::RegistryTest()
    : database_({command::Migrations(), denials::Migrations(), messaging::Migrations(),
                 registration::Migrations()}) {}
RegistryTest::~RegistryTest() = default;

std::unique_ptr<Loop> RegistryTest::NewLoop(std::size_t batch_max) {
    return NewLoop(keys_, batch_max);
}

std::unique_ptr<Loop> RegistryTest::NewLoop(const crypto::KeyRing& keys, std::size_t batch_max) {
    return std::make_unique<Loop>(
        command::LoopOptions{.dsn = database_.dsn(), .batch_max = batch_max, .silence_max = {}},
        LoopContext(), [&keys] { return RegistrationUnitOfWork(keys); });
}

std::unique_ptr<PersonalDataLoop> RegistryTest::NewPersonalDataLoop() {
    return std::make_unique<PersonalDataLoop>(
        command::LoopOptions{.dsn = database_.dsn(), .silence_max = {}}, LoopContext(),
        [this] { return PersonalDataUnitOfWork(keys_); });
}

command::LoopContext RegistryTest::LoopContext() {
    return {.clock = clock_,
            .logger = logger_,
            .metrics = metrics_,
            .failpoints = failpoints_,
            .on_commit = [] {}};
}

std::future<Outcome> RegistryTest::Submit(Loop& loop, Command command, identity::Caller caller,
                                          std::string request_id) {
    auto promise = std::make_shared<std::promise<Outcome>>();
    loop.Submit({.caller = std::move(caller),
                 .method = "Test",
                 .request_id = std::move(request_id),
                 .fingerprint = "same",
                 .command = std::move(command),
                 .done = [promise](const Outcome& outcome) { promise->set_value(outcome); }});
    return promise->get_future();
}

Outcome RegistryTest::Run(Command command, identity::Caller caller) {
    if (!loop_) loop_ = NewLoop();
    return Submit(*loop_, std::move(command), std::move(caller)).get();
}

std::vector<Outcome> RegistryTest::RunTogether(const std::vector<Command>& commands,
                                               const identity::Caller& caller) {
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

}  // namespace bangkit::registration
