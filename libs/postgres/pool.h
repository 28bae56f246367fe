#pragma once

#include <memory>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "libs/postgres/connection.h"

namespace bangkit::postgres {

/// Connections for reads: as many as there are threads that use it at once.
class Pool {
public:
    /// `setup` is run on every new connection, such as "SET statement_timeout = '5s'". Up to
    /// 5 s: a server that says nothing for a second more is given up.
    Pool(std::string dsn, std::string setup) : dsn_(std::move(dsn)), setup_(std::move(setup)) {}

    /// Calls `use` with a connection and returns what it returns. If the connection turns out to be
    /// broken, once more with a new one: `use` must only read.
    template <typename Use>
    auto Read(Use use) {
        std::unique_ptr<Connection> connection = Take();
        if (connection) {
            try {
                auto result = use(*connection);
                GiveBack(std::move(connection));
                return result;
            } catch (const ServerSilent&) {
                throw;  // Whoever reads has waited long enough.
            } catch (const ConnectionLost&) {
                connection.reset();
            } catch (const CommitUnknown&) {
                connection.reset();
            } catch (const SqlError& error) {
                if (!error.IsStalePlan()) GiveBack(std::move(connection));
                throw;
            } catch (...) {
                GiveBack(std::move(connection));
                throw;
            }
        }
        connection = Connect();
        auto result = use(*connection);
        GiveBack(std::move(connection));
        return result;
    }

private:
    static constexpr std::chrono::milliseconds kSilenceMax{6'000};

    std::unique_ptr<Connection> Take();
    std::unique_ptr<Connection> Connect() const;
    void GiveBack(std::unique_ptr<Connection> connection);

    const std::string dsn_;
    const std::string setup_;
    std::mutex mutex_;
    std::vector<std::unique_ptr<Connection>> idle_;
};

}  // namespace bangkit::postgres
