#pragma once

#include <gtest/gtest.h>

#include <cstdint>
#include <string>

#include "gen/messaging_migrations.h"
#include "libs/messaging/outbox.h"
#include "libs/testing/temp_database.h"

namespace bangkit::messaging {

inline constexpr const char* kTraceparent =
    "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

/// A database with an outbox, and what puts events into it.
class OutboxTest : public ::testing::Test {
protected:
    static std::string IdOf(int aggregate) {
        return "aaaaaaaa-0000-4000-8000-" + std::to_string(100'000'000'000 + aggregate);
    }
    /// Versions `first` to `last` of one aggregate, in one transaction.
    void Append(std::int64_t first, std::int64_t last, int aggregate = 1) {
        postgres::Connection connection(database_.dsn());
        postgres::Transaction transaction(connection);
        const std::string id = IdOf(aggregate);
        Outbox outbox;
        for (std::int64_t version = first; version <= last; ++version) {
            outbox.Add({.aggregate_type = "counter",
                        .aggregate_id = id,
                        .version = version,
                        .type = "bangkit.test.v1.Counted",
                        .payload = payload_ + std::to_string(version),
                        .traceparent = kTraceparent});
        }
        outbox.Save(transaction);
        transaction.Commit();
    }
    std::int64_t Remaining() const { return database_.Count("SELECT count(*) FROM outbox"); }

    testing::TempDatabase database_{{Migrations()}};
    std::string payload_ = "payload ";
};

}  // namespace bangkit::messaging
