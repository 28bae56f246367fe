#include "services/dashboard/storage/rebuild.h"
#include "services/dashboard/tests/projector_fixture.h"

namespace bangkit::dashboard {
namespace {

using bangkit::testing::Eventually;

class Projector : public ProjectorTest {
protected:
    void Send(const kafka::Record& record) {
        topic_.Send({.key = record.key, .payload = record.payload, .headers = record.headers});
    }
};

TEST_F(Projector, CountsWhatIsPublishedAndKnowsWhenItHasCaughtUp) {
    std::vector<PublishedBusiness> businesses(50);
    for (PublishedBusiness& business : businesses) Send(business.Registers());
    const auto projector = Start();

    EXPECT_TRUE(Eventually([this] { return IsComplete(); }));
    EXPECT_EQ(Businesses("32.75"), 50);
    EXPECT_EQ(ReadModelState(connection_).progress.lag_events, 0);

    for (PublishedBusiness& business : businesses) Send(business.Reports(In("18.71")));
    EXPECT_TRUE(Eventually([this] { return Businesses("18.71") == 50; }));
    EXPECT_EQ(Businesses("32.75"), 0);
}

TEST_F(Projector, PoisonStopsOnlyItsOwnBusiness) {
    PublishedBusiness poisoned, healthy;
    Send(ToRecord(poisoned.id(), 1, "bangkit.registration.v1.BusinessRegistered", "\xff"));
    Send(healthy.Registers());
    const auto projector = Start();

    EXPECT_TRUE(Eventually([this] { return IsComplete(); }));
    EXPECT_EQ(Businesses("ID"), 1);
    EXPECT_EQ(Parked(), 1);
}

TEST_F(Projector, ReadsTheTopicAgainWhenARebuildTakesItsPartitions) {
    std::vector<PublishedBusiness> businesses(20);
    for (PublishedBusiness& business : businesses) Send(business.Registers());
    const auto projector = Start();
    ASSERT_TRUE(Eventually([this] { return IsComplete(); }));
    const std::int64_t generation = ReadModelState(connection_).generation;

    Rebuild(database_.owner_dsn());

    EXPECT_TRUE(Eventually([this] { return IsComplete(); }));
    EXPECT_EQ(Businesses("32.75"), 20);
    EXPECT_GT(ReadModelState(connection_).generation, generation);
    EXPECT_EQ(database_.Count("SELECT count(*) FROM inbox_versions WHERE last_version = 1"), 20);
}

TEST_F(Projector, TwoShareTheWork) {
    const auto first = Start();
    const auto second = Start();
    std::vector<PublishedBusiness> businesses(40);
    for (PublishedBusiness& business : businesses) Send(business.Registers());

    EXPECT_TRUE(Eventually([this] { return Businesses("ID") == 40; }));
}

}  // namespace
}  // namespace bangkit::dashboard
