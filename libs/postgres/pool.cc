#include "libs/postgres/pool.h"

namespace bangkit::postgres {

std::unique_ptr<Connection> Pool::Take() {
    const std::lock_guard lock(mutex_);
    if (idle_.empty()) return nullptr;
    std::unique_ptr<Connection> connection = std::move(idle_.back());
    idle_.pop_back();
    return connection;
}

std::unique_ptr<Connection> Pool::Connect() const {
    auto connection = std::make_unique<Connection>(dsn_, kSilenceMax);
    if (!setup_.empty()) connection->RunScript(setup_);
    return connection;
}

void Pool::GiveBack(std::unique_ptr<Connection> connection) {
    const std::lock_guard lock(mutex_);
    idle_.push_back(std::move(connection));
}

}  // namespace bangkit::postgres
