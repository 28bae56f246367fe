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
#include "services/dashboard/events/aid_projection.h"
#include "services/dashboard/events/business_projection.h"
#include "services/dashboard/events/registration_events.h"
#include "services/dashboard/storage/read_model.h"

namespace bangkit::dashboard {

/// A read model, and projectors that are handed their records by the test.
class ProjectedDatabase {
public:
    ProjectedDatabase() : connection_(database_.dsn()) { Join(); }

    testing::TempDatabase& database() { return database_; }
    postgres::Connection& connection() { return connection_; }
    const indonesia::RegionTree& regions() const { return regions_; }

    /// Becomes the owner of the partitions, as on an assignment; returns where to read from.
    std::int64_t Join() {
        aid_.inbox.TakeOver(connection_, {0});
        return registration_.inbox.TakeOver(connection_, {0}).front();
    }

    /// Appends records to the log of registration and applies them in one transaction; nullopt if
    /// somebody else owns the partition.
    std::optional<messaging::Consumed> Project(std::vector<kafka::Record> records) {
        return Consume<BusinessProjection>(registration_, registration_.Append(std::move(records)));
    }
    /// The same of aid.
    std::optional<messaging::Consumed> ProjectAid(std::vector<kafka::Record> records) {
        return Consume<AidProjection>(aid_, aid_.Append(std::move(records)));
    }
    /// Applies the first records of the log, all of them if no number is given; those that were
    /// applied already are passed over.
    std::optional<messaging::Consumed> ProjectAgain(std::size_t count = std::string::npos) {
        const std::span log(registration_.records);
        return Consume<BusinessProjection>(registration_, log.first(std::min(count, log.size())));
    }
    std::optional<messaging::Consumed> ProjectAidAgain() {
        return Consume<AidProjection>(aid_, aid_.records);
    }
    /// The consumers have seen the ends of the logs: false if one is not the owner any more.
    bool NoteEnd() { return NoteEnd(registration_) && NoteEnd(aid_); }
    /// Everything is projected and the figures may be shown.
    void Complete() {
        NoteEnd();
        TryComplete(connection_);
    }

    RegionFigures Figures(const std::string& region_code) {
        return ReadFigures(connection_, {&region_code, 1}).regions.front();
    }

private:
    struct Source {
        messaging::Inbox inbox;
        std::vector<kafka::Record> records = {};

        explicit Source(std::string_view topic)
            : inbox(std::string(topic), NewId(std::chrono::system_clock::now())) {}
        /// With their offsets.
        std::vector<kafka::Record> Append(std::vector<kafka::Record> added) {
            for (kafka::Record& record : added) {
                record.offset = static_cast<std::int64_t>(records.size());
                records.push_back(record);
            }
            return added;
        }
    };

    template <typename Projection>
    std::optional<messaging::Consumed> Consume(Source& source,
                                               std::span<const kafka::Record> records) {
        Projection projection(regions_);
        return source.inbox.Consume(connection_, records, projection);
    }
    bool NoteEnd(Source& source) {
        const auto end = static_cast<std::int64_t>(source.records.size());
        return source.inbox.NoteProgress(connection_, {{0, end}}, std::chrono::system_clock::now());
    }

    testing::TempDatabase database_{{messaging::Migrations(), dashboard::Migrations()}};
    const indonesia::RegionTree regions_;
    postgres::Connection connection_;
    Source registration_{kRegistrationTopic};
    Source aid_{kAidTopic};
};

}  // namespace bangkit::dashboard
