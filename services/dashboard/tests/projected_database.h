#pragma once

#include <algorithm>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "gen/dashboard_migrations.h"
#include "gen/messaging_migrations.h"
#include "libs/base/ids.h"
#include "libs/indonesia/regions.h"
#include "libs/messaging/inbox.h"
#include "libs/testing/temp_database.h"
#include "services/dashboard/events/business_projection.h"
#include "services/dashboard/events/registration_events.h"
#include "services/dashboard/storage/read_model.h"

namespace bangkit::dashboard {

/// A read model, and a projector that is handed its records by the test.
class ProjectedDatabase {
public:
    ProjectedDatabase() : connection_(database_.dsn()) { Join(); }

    testing::TempDatabase& database() { return database_; }
    postgres::Connection& connection() { return connection_; }
    const indonesia::RegionTree& regions() const { return regions_; }

    /// Becomes the owner of the partition, as on an assignment; returns where to read from.
    std::int64_t Join() { return inbox_.TakeOver(connection_, {0}).front(); }

    /// Appends records to the log and applies them in one transaction; nullopt if somebody else
    /// owns the partition.
    std::optional<messaging::Consumed> Project(std::vector<kafka::Record> records) {
        for (kafka::Record& record : records) {
            record.offset = static_cast<std::int64_t>(log_.size());
            log_.push_back(record);
        }
        return Consume(records);
    }
    /// Applies the first records of the log, all of them if no number is given; those that were
    /// applied already are passed over.
    std::optional<messaging::Consumed> ProjectAgain(std::size_t count = std::string::npos) {
        return Consume(std::span(log_).first(std::min(count, log_.size())));
    }
    /// The consumer has seen the end of the log: false if it is not the owner any more.
    bool NoteEnd() {
        const auto end = static_cast<std::int64_t>(log_.size());
        return inbox_.NoteProgress(connection_, {{0, end}}, std::chrono::system_clock::now());
    }
    /// Everything is projected and the figures may be shown.
    void Complete() {
        NoteEnd();
        TryComplete(connection_);
    }

    RegionFigures Figures(const std::string& region_code) {
        return ReadFigures(connection_, {&region_code, 1}).regions.front();
    }

private:
    std::optional<messaging::Consumed> Consume(std::span<const kafka::Record> records) {
        BusinessProjection projection(regions_);
        return inbox_.Consume(connection_, records, projection);
    }

    testing::TempDatabase database_{{messaging::Migrations(), dashboard::Migrations()}};
    const indonesia::RegionTree regions_;
    postgres::Connection connection_;
    messaging::Inbox inbox_{std::string(kRegistrationTopic),
                            NewId(std::chrono::system_clock::now())};
    std::vector<kafka::Record> log_;
};

}  // namespace bangkit::dashboard
