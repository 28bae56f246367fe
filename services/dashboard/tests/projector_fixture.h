#pragma once

#include <gtest/gtest.h>

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "libs/messaging/consumer.h"
#include "libs/testing/eventually.h"
#include "libs/testing/kafka.h"
#include "libs/testing/quiet_logger.h"
#include "services/dashboard/tests/events.h"
#include "services/dashboard/tests/projected_database.h"

namespace bangkit::dashboard {

/// The projector as the service runs it, on a topic of a real Kafka.
class ProjectorTest : public ::testing::Test {
protected:
    std::unique_ptr<messaging::ConsumerThread> Start(std::size_t batch_max = 2'000) {
        return std::make_unique<messaging::ConsumerThread>(
            messaging::ConsumerOptions{.dsn = database_.dsn(),
                                       .brokers = topic_.brokers(),
                                       .group = topic_.name(),
                                       .topic = topic_.name(),
                                       .batch_max = batch_max},
            messaging::ConsumerContext{.logger = logger_,
                                       .metrics = metrics_,
                                       .failpoints = failpoints_,
                                       .on_commit = [] {}},
            [this] { return std::make_unique<BusinessProjection>(regions_); });
    }
    std::int64_t Businesses(const std::string& region_code) {
        return ReadFigures(connection_, {&region_code, 1}).regions.front().businesses;
    }
    bool IsComplete() {
        const std::string topic = topic_.name();
        return TryComplete(connection_, std::vector<std::string_view>{topic});
    }
    std::int64_t Parked() const { return database_.Count("SELECT count(*) FROM inbox_parked"); }

    const indonesia::RegionTree regions_;
    testing::TempDatabase database_{{messaging::Migrations(), dashboard::Migrations()}};
    testing::TempTopic topic_;
    postgres::Connection connection_{database_.dsn()};
    testing::QuietLogger logger_;
    prometheus::Registry metrics_;
    const Failpoints failpoints_;
};

}  // namespace bangkit::dashboard
