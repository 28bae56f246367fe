#pragma once

#include <gtest/gtest.h>

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "gen/messaging_migrations.h"
#include "libs/messaging/inbox.h"
#include "libs/messaging/tests/totals.h"
#include "libs/testing/temp_database.h"

namespace bangkit::messaging {

inline constexpr const char* kTopic = "bangkit.test.v1";

inline kafka::Record Record(std::int64_t offset, char letter, std::int64_t version,
                            const std::string& payload, std::int32_t partition = 0) {
    return {.partition = partition,
            .offset = offset,
            .appended_at = std::chrono::sys_days(std::chrono::year(2022) / 5 / 12) +
                           std::chrono::seconds(offset),
            .key = IdOf(letter),
            .payload = payload,
            .headers = HeadersOf(letter, version)};
}

/// An inbox that is handed its records by the test.
class InboxTest : public ::testing::Test {
protected:
    InboxTest() { database_.Execute(kTotalSchema); }

    std::optional<Consumed> Consume(
        Inbox& inbox, const std::vector<kafka::Record>& records,
        std::function<void()> on_fold = [] {}) {
        Total total(std::move(on_fold));
        return inbox.Consume(connection_, records, total);
    }
    std::optional<Consumed> Consume(const std::vector<kafka::Record>& records) {
        return Consume(inbox_, records);
    }
    std::int64_t Sum() const { return database_.Count("SELECT rupiah FROM totals"); }
    std::int64_t Parked(const std::string& condition = "true") const {
        return database_.Count("SELECT count(*) FROM inbox_parked WHERE " + condition);
    }
    std::int64_t NextOffset(int partition = 0) const {
        return database_.Count("SELECT next_offset FROM inbox_offsets WHERE partition = " +
                               std::to_string(partition));
    }

    testing::TempDatabase database_{{Migrations()}};
    postgres::Connection connection_{database_.dsn()};
    Inbox inbox_{kTopic, IdOf('x')};
};

}  // namespace bangkit::messaging
