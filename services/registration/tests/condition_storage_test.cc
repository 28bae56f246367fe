#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "services/registration/storage/businesses.h"
#include "services/registration/tests/loop_fixture.h"

namespace bangkit::registration {
namespace {

class ConditionTest : public RegistryTest {
protected:
    ConditionTest() {
        business_.condition_since = Day(2, 1);
        business_.figures.annual_sales = 1'000'000;
        EXPECT_TRUE(Run(business_));
    }

    ReportCondition Report(Condition condition, Date since) const {
        ReportCondition report;
        report.business_id = business_.business_id;
        report.condition = condition;
        report.since = since;
        return report;
    }
    /// The condition on `day`, as it was known at `known`.
    std::int64_t ConditionOn(const std::string& day, Time known) const {
        const auto seconds = std::chrono::system_clock::to_time_t(known);
        return database_.Count("SELECT condition FROM condition_history WHERE valid_from <= '" +
                               day + "' AND recorded_at <= to_timestamp(" +
                               std::to_string(seconds) +
                               ") ORDER BY valid_from DESC, version DESC LIMIT 1");
    }

    RegisterBusiness business_ = RegistrationCommand(1);
};

TEST_F(ConditionTest, IsKeptByTheTimeItHoldsAndTheTimeItWasStated) {
    ASSERT_TRUE(Run(Report(Condition::kDormant, Day(3, 1))));
    clock_.Advance(std::chrono::hours(24));
    ASSERT_TRUE(Run(Report(Condition::kAffected, Day(2, 15))));  // Late.
    EXPECT_EQ(ConditionOn("2026-02-20", kNow), 1);               // What was believed before,
    EXPECT_EQ(ConditionOn("2026-02-20", clock_.Now()), 2);       // and what is known now.
    EXPECT_EQ(ConditionOn("2026-03-05", clock_.Now()), 3);
    EXPECT_EQ(Count("businesses WHERE condition = 3 AND condition_since = '2026-03-01'"
                    " AND version = 3"),
              1);
    EXPECT_EQ(Count("condition_history"), 3);
}

TEST_F(ConditionTest, KeepsWhatWasReportedWithIt) {
    ReportCondition report = Report(Condition::kAffected, kToday);
    report.monthly_sales = 5'000'000;
    report.workers_male = 2;
    report.workers_female = 0;
    report.reasons = {ConditionReason::kTechnology, ConditionReason::kMarket};
    ASSERT_TRUE(Run(report));
    EXPECT_EQ(Count("condition_history WHERE version = 2 AND monthly_sales_rupiah = 5000000"
                    " AND workers_male = 2 AND workers_female = 0 AND reasons = 20"),
              1);
}

TEST_F(ConditionTest, TellsOfTheWayUp) {
    ReportCondition report = Report(Condition::kActive, kToday);
    report.annual_sales = 2'000'000'001;
    const Outcome outcome = Run(report);
    v1::ReportConditionResponse response;
    response.ParseFromString(outcome.value());
    EXPECT_TRUE(response.upgraded());
    EXPECT_EQ(response.business().version(), 3);
    EXPECT_EQ(response.business().scale(), common::v1::BUSINESS_SCALE_SMALL);
    EXPECT_EQ(Count("scale_history WHERE version = 3 AND is_upgrade AND scale = 2"), 1);
    EXPECT_EQ(Count("outbox WHERE version IN (2, 3)"), 2);
}

TEST_F(ConditionTest, IsRefusedByAStaleEtag) {
    ReportCondition report = Report(Condition::kAffected, kToday);
    report.expected_version = 1;
    EXPECT_TRUE(Run(report));
    const Outcome stale = Run(report);
    EXPECT_EQ(ReasonOf(stale), "ETAG_STALE");
    EXPECT_EQ(stale.error().code, ErrorCode::kAborted);
}

TEST_F(ConditionTest, OfABusinessOutsideTheScopeIsAnsweredAsIfThereWereNone) {
    const Outcome outside = Run(Report(Condition::kAffected, kToday), Officer("36.71"));
    ReportCondition absent = Report(Condition::kAffected, kToday);
    absent.business_id = NewId(kNow);
    EXPECT_EQ(outside.error(), Run(absent, Officer("36.71")).error());
    EXPECT_EQ(outside.error().code, ErrorCode::kNotFound);
    // Not even the etag tells it from none.
    ReportCondition with_etag = Report(Condition::kAffected, kToday);
    with_etag.expected_version = 77;
    EXPECT_EQ(Run(with_etag, Officer("36.71")).error(), outside.error());
}

TEST_F(ConditionTest, OfManyReportsAtOnceKeepsEveryVersion) {
    const std::unique_ptr<Loop> loops[] = {NewLoop(4), NewLoop(4)};
    std::vector<std::future<Outcome>> outcomes;
    for (int i = 0; i < 40; ++i) {
        outcomes.push_back(Submit(*loops[i % 2], Report(Condition::kAffected, kToday)));
    }
    for (auto& each : outcomes) EXPECT_TRUE(each.get());
    EXPECT_EQ(Count("businesses WHERE version = 41"), 1);
    EXPECT_EQ(Count("outbox"), 41);
    EXPECT_EQ(Count("condition_history"), 41);
}

// Locks make it rare; the version in the UPDATE makes it impossible. Here the row is changed behind
// the lock's back.
TEST_F(ConditionTest, OfARowThatIsNotWhatWasLoadedIsNotSaved) {
    postgres::Connection connection(database_.dsn());
    connection.RunScript("SET bangkit.regions = '*'");
    postgres::Transaction transaction(connection);
    postgres::UuidArray ids;
    ids.Add(business_.business_id);
    Tracked<Business> businesses;
    for (Business& each : LockBusinesses(transaction, ids)) businesses.AddLoaded(std::move(each));
    transaction.Run("UPDATE businesses SET version = version + 1");
    Business& business = businesses[business_.business_id];
    business =
        Apply(business, ScaleChanged{.from = Scale::kMicro, .to = business.scale, .at = kNow});
    const Owners owners(keys_);
    SaveBusinesses(transaction, businesses, owners);
    try {
        transaction.Commit();
        FAIL() << "an update was lost";
    } catch (const postgres::SqlError& error) {
        EXPECT_TRUE(error.IsLostRace());
    }
}

}  // namespace
}  // namespace bangkit::registration
