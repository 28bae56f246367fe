#pragma once

#include <functional>
#include <vector>

#include "libs/messaging/parked_records.h"
#include "libs/messaging/tests/inbox_fixture.h"

namespace bangkit::messaging {

/// What becomes of parked records.
class ReleaseTest : public InboxTest {
protected:
    ReleaseTest() { inbox_.TakeOver(connection_, {0, 1}); }

    std::vector<RecordPlace> Due() { return inbox_.FindDue(connection_, 1'000); }
    std::optional<Consumed> Release(Projection& projection) {
        return inbox_.Release(connection_, Due(), projection);
    }
    /// Until nothing is due any more, as a consumer does.
    Consumed ReleaseAll() {
        Consumed sum;
        while (!Due().empty()) {
            Total total;
            const Consumed released = Release(total).value();
            sum.applied += released.applied;
            sum.copies += released.copies;
            sum.parked += released.parked;
            sum.dropped += released.dropped;
        }
        return sum;
    }
    void ConsumeWithAnOlderVersion(const std::vector<kafka::Record>& records) {
        Outdated outdated;
        inbox_.Consume(connection_, records, outdated);
    }
    std::vector<std::int64_t> Ask(ParkedRequest request, const ParkedFilter& filter) {
        return RequestForParked(owner_, filter, request, "siti@kantor");
    }
    std::vector<std::int64_t> Ask(ParkedRequest request, std::int64_t offset) {
        return Ask(request, {.topic = kTopic, .place = RecordPlace{0, offset}});
    }
    ParkedRequestState StateOf(const std::vector<std::int64_t>& request) {
        return FindRequests(owner_, request).at(0);
    }
    std::int64_t VersionOf(char letter) const {
        return database_.Count("SELECT last_version FROM inbox_versions WHERE aggregate_id = '" +
                               IdOf(letter) + "'");
    }
    /// True if `action` fails because somebody else was first.
    static bool IsLostRace(const std::function<void()>& action) {
        try {
            action();
        } catch (const postgres::SqlError& error) {
            return error.IsLostRace();
        }
        return false;
    }

    postgres::Connection owner_{database_.owner_dsn()};
    postgres::Connection other_connection_{database_.dsn()};
};

}  // namespace bangkit::messaging
