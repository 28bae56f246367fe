#include <gmock/gmock.h>

#include <random>

#include "services/dashboard/storage/dirty.h"
#include "services/dashboard/storage/rebuild.h"
#include "services/dashboard/tests/events.h"
#include "services/dashboard/tests/projected_database.h"

namespace bangkit::dashboard {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

/// Counters that are not what counting all businesses gives.
constexpr const char* kWrongCounters =
    "WITH recount AS ("
    "  SELECT code, kind, scale, condition, count(*) AS businesses"
    "    FROM business_states, LATERAL (SELECT DISTINCT unnest(ARRAY["
    "         'ID', substr(region_code, 1, 2), substr(region_code, 1, 5),"
    "         substr(region_code, 1, 8), region_code]) AS code) AS levels"
    "   GROUP BY 1, 2, 3, 4),"
    " counted AS ("
    "  SELECT region_code, kind, scale, condition, sum(change) AS businesses"
    "    FROM business_counts GROUP BY 1, 2, 3, 4 HAVING sum(change) <> 0)"
    " SELECT count(*) FROM ((TABLE recount EXCEPT TABLE counted)"
    "                       UNION ALL (TABLE counted EXCEPT TABLE recount)) AS wrong";

class ProjectionStorage : public ::testing::Test {
protected:
    ProjectedDatabase model_;
    PublishedBusiness business_;
};

TEST_F(ProjectionStorage, ABusinessIsCountedInEveryRegionAroundIt) {
    model_.Project({business_.Registers()});

    for (const char* code : {"ID", "32", "32.75", "32.75.01", "32.75.01.1001"}) {
        const RegionFigures figures = model_.Figures(code);
        EXPECT_EQ(figures.businesses, 1) << code;
        EXPECT_THAT(figures.counts, ElementsAre(CategoryCount{kBekasiVendor.category, 1}));
        EXPECT_EQ(figures.version, 1);
    }
    EXPECT_THAT(model_.Figures("32.75.01.1002").counts, IsEmpty());
    EXPECT_EQ(model_.Figures("32.75.01.1002").version, 0);
}

TEST_F(ProjectionStorage, TheMonthsFollowTheBusiness) {
    model_.Project({business_.Registers(kBekasiVendor, kMay2022)});
    model_.Project({business_.Reports(But(Condition::kDormant), kJune2022),
                    business_.ChangesScale(But(Scale::kSmall), true, kJune2022)});

    const RegionFigures figures = model_.Figures("32.75");

    EXPECT_EQ(figures.upgraded, 1);
    EXPECT_THAT(figures.counts, ElementsAre(CategoryCount{But(Scale::kSmall).category, 1}))
        << "the event that came last had an active business";
    ASSERT_THAT(figures.months, SizeIs(2));
    EXPECT_EQ(figures.months[0],
              (MonthFigures{.month = MonthOf(kMay2022), .registered = 1, .businesses = 1}));
    EXPECT_EQ(figures.months[1],
              (MonthFigures{.month = MonthOf(kJune2022), .upgraded = 1, .businesses = 1}));
}

TEST_F(ProjectionStorage, MarksFollowTheBusiness) {
    const BusinessState shop = With({Mark::kOrderAndDeliver, Mark::kCoverageKnown});
    model_.Project({business_.Registers(shop)});
    EXPECT_THAT(model_.Figures("32.75").marks, ElementsAre(MarkCount{Mark::kOrderAndDeliver, 1},
                                                           MarkCount{Mark::kCoverageKnown, 1}));
    const BusinessState moved = In("36.74.01.1001", With({Mark::kCoverageKnown, Mark::kBlankSpot}));
    model_.Project({business_.ChangesDetails(moved, kJune2022)});
    EXPECT_THAT(model_.Figures("32.75").marks, IsEmpty());
    EXPECT_THAT(model_.Figures("36.74").marks,
                ElementsAre(MarkCount{Mark::kCoverageKnown, 1}, MarkCount{Mark::kBlankSpot, 1}));
    EXPECT_EQ(model_.Figures("32.75").version, 2);
}

TEST_F(ProjectionStorage, ABusinessThatMovesIsCountedWhereItIsAndItsPastWhereItWas) {
    const BusinessState verified = But(Verification::kField);
    const BusinessState moved = In("36.74.01.1001", verified);
    model_.Project({business_.Registers(kBekasiVendor, kMay2022)});
    model_.Project(
        {business_.IsVerified(verified, kMay2022), business_.ChangesDetails(moved, kJune2022)});

    const RegionFigures before = model_.Figures("32.75"), after = model_.Figures("36.74");

    EXPECT_EQ(before.businesses, 0);
    EXPECT_THAT(before.counts, IsEmpty());
    EXPECT_THAT(before.verified, IsEmpty());
    ASSERT_THAT(before.months, SizeIs(2));
    EXPECT_EQ(before.months[0],
              (MonthFigures{
                  .month = MonthOf(kMay2022), .registered = 1, .businesses = 1, .verified = 1}));
    EXPECT_EQ(before.months[1], (MonthFigures{.month = MonthOf(kJune2022)}));
    EXPECT_EQ(after.businesses, 1);
    EXPECT_THAT(after.verified, ElementsAre(VerifiedCount{Verification::kField, 1}));
    ASSERT_THAT(after.months, SizeIs(1));
    EXPECT_EQ(after.months[0],
              (MonthFigures{.month = MonthOf(kJune2022), .businesses = 1, .verified = 1}));
    EXPECT_EQ(model_.Figures("ID").businesses, 1);
}

TEST_F(ProjectionStorage, AChangeThatNoFigureShowsRaisesNoVersion) {
    model_.Project({business_.Registers()});
    model_.Project({business_.ChangesDetails(kBekasiVendor)});

    EXPECT_EQ(model_.Figures("32.75").version, 1);
}

TEST_F(ProjectionStorage, AVerificationRaisesTheVersionOfEveryRegionAroundIt) {
    model_.Project({business_.Registers()});
    model_.Project({business_.IsVerified(But(Verification::kDocument))});

    for (const char* code : {"ID", "32", "32.75", "32.75.01", "32.75.01.1001"}) {
        EXPECT_EQ(model_.Figures(code).version, 2) << code;
        EXPECT_THAT(model_.Figures(code).verified,
                    ElementsAre(VerifiedCount{Verification::kDocument, 1}));
    }
}

TEST_F(ProjectionStorage, ARebuildCountsTheVerifiedAnew) {
    model_.Project({business_.Registers(), business_.IsVerified(But(Verification::kField))});
    Rebuild(model_.database().owner_dsn());
    EXPECT_EQ(model_.database().Count("SELECT count(*) FROM verified_counts"), 0);
    model_.Join();
    model_.ProjectAgain();

    EXPECT_THAT(model_.Figures("32.75").verified,
                ElementsAre(VerifiedCount{Verification::kField, 1}));
}

TEST_F(ProjectionStorage, ARebuildCountsTheMarksAnew) {
    model_.Project({business_.Registers(With({Mark::kOrderAndDeliver}))});
    Rebuild(model_.database().owner_dsn());
    EXPECT_EQ(model_.database().Count("SELECT count(*) FROM mark_counts"), 0);
    model_.Join();
    model_.ProjectAgain();

    EXPECT_THAT(model_.Figures("32.75").marks, ElementsAre(MarkCount{Mark::kOrderAndDeliver, 1}));
}

TEST_F(ProjectionStorage, ACopyChangesNothing) {
    const kafka::Record registered = business_.Registers();
    model_.Project({registered});

    const auto consumed = model_.Project({registered});

    EXPECT_EQ(consumed->copies, 1);
    EXPECT_EQ(model_.Figures("ID").businesses, 1);
    EXPECT_EQ(model_.Figures("ID").version, 1);
}

TEST_F(ProjectionStorage, PoisonIsParkedAndTheOthersGoOn) {
    PublishedBusiness other;

    const auto consumed = model_.Project(
        {ToRecord(business_.id(), 1, "bangkit.registration.v9.New", ""), other.Registers(),
         ToRecord(other.id(), 2, "bangkit.registration.v1.ScaleChanged", "\xff")});

    EXPECT_EQ(consumed->applied, 1);
    EXPECT_EQ(consumed->parked, 2);
    EXPECT_EQ(model_.Figures("ID").businesses, 1);
}

TEST_F(ProjectionStorage, EventsOfOtherAggregatesPass) {
    kafka::Record record = business_.Registers();
    for (auto& [name, value] : record.headers) {
        if (name == "ce_subject") value = "owner/" + business_.id();
    }

    const auto consumed = model_.Project({record});

    EXPECT_EQ(consumed->applied, 1);
    EXPECT_EQ(model_.Figures("ID").version, 0);
}

TEST_F(ProjectionStorage, ChangedRegionsAreMarkedUntilTheyAreRenderedInThatVersion) {
    model_.Project({business_.Registers()});
    EXPECT_THAT(ReadDirty(model_.connection()),
                ElementsAre("ID", "32", "32.75", "32.75.01", "32.75.01.1001"));
    const std::vector<RegionFigures> rendered{model_.Figures("ID"), model_.Figures("32")};

    PublishedBusiness other;
    model_.Project({other.Registers(In("18.71"))});  // Between the reading and the clearing.
    ClearDirty(model_.connection(), rendered);

    EXPECT_THAT(ReadDirty(model_.connection()),
                ElementsAre("ID", "18", "18.71", "32.75", "32.75.01", "32.75.01.1001"));
}

TEST_F(ProjectionStorage, ClearingMarksNeverWaitsForAProjector) {
    model_.Project({business_.Registers()});
    postgres::Connection projector(model_.database().dsn());
    postgres::Transaction transaction(projector);
    transaction.Run("SELECT FROM dirty_dashboards WHERE region_code = 'ID' FOR UPDATE");

    ClearDirty(model_.connection(), std::vector{model_.Figures("ID"), model_.Figures("32")});

    EXPECT_THAT(ReadDirty(model_.connection()),
                ElementsAre("ID", "32.75", "32.75.01", "32.75.01.1001"));
}

TEST_F(ProjectionStorage, AnyHistoryInAnyBatchesAddsUpToARecountOfAllBusinesses) {
    std::mt19937 random(7);
    const auto pick = [&random](int max) { return std::uniform_int_distribution(0, max)(random); };
    const std::vector<std::string> villages{"32.75.01.1001", "32.75.02.1001", "36.74.01.1001",
                                            "18.71.05.1002"};
    std::vector<PublishedBusiness> businesses(60);
    std::vector<kafka::Record> batch;
    for (int i = 0; i < 2'000; ++i) {
        PublishedBusiness& business = businesses[static_cast<std::size_t>(pick(59))];
        const BusinessState after{.region_code = villages[static_cast<std::size_t>(pick(3))],
                                  .category = {.kind = Kind(1 + pick(3)),
                                               .scale = Scale(pick(4)),
                                               .condition = Condition(1 + pick(4))}};
        const Time at = kMay2022 + std::chrono::days(pick(300));
        batch.push_back(business.version() == 0 ? business.Registers(after, at)
                                                : business.Reports(after, at));
        if (pick(40) == 0) model_.Project(std::exchange(batch, {}));
    }
    model_.Project(batch);

    EXPECT_EQ(model_.database().Count(kWrongCounters), 0);
    EXPECT_EQ(model_.database().Count("SELECT count(*) FROM dashboards d WHERE businesses <>"
                                      " (SELECT sum(change) FROM business_counts c"
                                      "   WHERE c.region_code = d.region_code)"),
              0);
    EXPECT_EQ(model_.Figures("ID").businesses, 60);
}

TEST_F(ProjectionStorage, IsNotShownBeforeItIncludesWhatWasThereWhenItBegan) {
    model_.Project({business_.Registers()});
    EXPECT_FALSE(TryComplete(model_.connection())) << "nobody has seen the end of the log yet";

    ASSERT_TRUE(model_.NoteEnd());

    EXPECT_TRUE(TryComplete(model_.connection()));
    EXPECT_TRUE(ReadModelState(model_.connection()).is_complete);
    EXPECT_TRUE(ReadModelState(model_.connection()).progress.as_of);
}

class RebuildStorage : public ProjectionStorage {
protected:
    void SetUp() override {
        model_.Project(
            {business_.Registers(kBekasiVendor, kMay2022), other_.Registers(In("18.71"))});
        model_.Project({business_.Reports(But(Condition::kDormant), kJune2022)});
        model_.Complete();
    }

    PublishedBusiness other_;
};

TEST_F(RebuildStorage, GivesTheSameFiguresInANewGeneration) {
    const RegionFigures before = model_.Figures("ID");
    const ModelState state_before = ReadModelState(model_.connection());

    Rebuild(model_.database().owner_dsn());
    EXPECT_EQ(model_.Join(), 0) << "the topic is read from its beginning";
    model_.ProjectAgain();
    model_.Complete();

    RegionFigures after = model_.Figures("ID");
    EXPECT_GT(after.version, before.version);
    after.version = before.version;
    EXPECT_EQ(after, before);
    EXPECT_GT(ReadModelState(model_.connection()).generation, state_before.generation);
    EXPECT_EQ(model_.database().Count(kWrongCounters), 0);
}

TEST_F(RebuildStorage, ShutsOutTheProjectorsThatRun) {
    Rebuild(model_.database().owner_dsn());

    EXPECT_FALSE(model_.Project({PublishedBusiness().Registers()}));
    EXPECT_FALSE(model_.NoteEnd());
    EXPECT_EQ(model_.Figures("ID").businesses, 0) << "nothing of the old generation got in";
}

TEST_F(RebuildStorage, IsCompleteOnlyWhenEverythingIsReadAgain) {
    Rebuild(model_.database().owner_dsn());
    EXPECT_EQ(ReadModelState(model_.connection()).progress.lag_events, 3);
    EXPECT_FALSE(ReadModelState(model_.connection()).progress.as_of);
    model_.Join();
    model_.NoteEnd();  // Of aid, all is included: there is nothing.

    model_.ProjectAgain(2);
    EXPECT_FALSE(TryComplete(model_.connection()));

    model_.ProjectAgain();
    EXPECT_TRUE(TryComplete(model_.connection()));
}

TEST_F(RebuildStorage, MarksEveryRegionSoThatNoneKeepsFiguresOfTheOldGeneration) {
    ClearDirty(model_.connection(), std::vector{model_.Figures("ID"), model_.Figures("18.71")});

    Rebuild(model_.database().owner_dsn());

    EXPECT_THAT(ReadDirty(model_.connection()), SizeIs(7));
}

}  // namespace
}  // namespace bangkit::dashboard
