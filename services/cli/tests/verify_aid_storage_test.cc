// What verify compares between aid and others holds for what belongs together, and finds what does
// not.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>

#include "gen/aid_migrations.h"
#include "gen/command_migrations.h"
#include "gen/dashboard_migrations.h"
#include "gen/messaging_migrations.h"
#include "gen/registration_migrations.h"
#include "libs/testing/temp_database.h"
#include "services/cli/tests/aid_sample.h"
#include "services/cli/verify/aid_cache.h"
#include "services/cli/verify/invariant.h"

namespace bangkit::cli {
namespace {

constexpr const char* kRegistered = R"sql(
INSERT INTO owners VALUES ('00000000-0000-7000-8000-000000000101', '\x01', '\x01', now());
INSERT INTO businesses (business_id, version, owner_id, kind, name, region_code, address, kbli, scale,
                        scale_rule_set, scale_since, condition, condition_since, verification, channels,
                        registered_at, updated_at)
SELECT ('00000000-0000-7000-8000-00000000000' || n)::uuid, 3, '00000000-0000-7000-8000-000000000101', 1, 'A', '18.71', '',
       kbli, 1, 'PP7_2021', '2026-01-01', 2, '2026-01-01', 1, 0, now(), now()
  FROM (VALUES (1, '47112'), (2, '')) u (n, kbli);
)sql";
constexpr const char* kCopied = R"sql(
DELETE FROM businesses;
INSERT INTO businesses (business_id, version, owner_id, region_code, kind, scale, condition, verification, kbli_division,
                        owner_is_erased, updated_at)
SELECT ('00000000-0000-7000-8000-00000000000' || n)::uuid, 3, '00000000-0000-7000-8000-000000000101', '18.71', 1, 1, 2, 1,
       division, false, now()
  FROM (VALUES (1, 47), (2, 0)) u (n, division);
)sql";

class VerifyAidTest : public ::testing::Test {
protected:
    VerifyAidTest() {
        aid_.Execute(kSoundAid);
        aid_.Execute(kCopied);
        dashboard_.Execute(kItsDashboards);
        registration_.Execute(kRegistered);
        session_.options().settings = {{"AID_DSN", aid_.owner_dsn()},
                                       {"DASHBOARD_DSN", dashboard_.owner_dsn()},
                                       {"REGISTRATION_DSN", registration_.owner_dsn()}};
    }

    using CheckOf = Finding (*)(System&);
    /// Sees what `sql` breaks in a service's database, and nothing any more when it is undone.
    void ExpectFound(CheckOf check, const std::string& service, const std::string& sql) {
        System system(session_);
        system.Database(service).RunScript("BEGIN; " + sql);
        EXPECT_FALSE(check(system).holds()) << sql;
        system.Database(service).RunScript("ROLLBACK");
        const Finding finding = check(system);
        EXPECT_TRUE(finding.holds()) << finding.Describe();
    }

    testing::TempDatabase aid_{{command::Migrations(), messaging::Migrations(), aid::Migrations()}};
    testing::TempDatabase dashboard_{{messaging::Migrations(), dashboard::Migrations()}};
    testing::TempDatabase registration_{
        {command::Migrations(), messaging::Migrations(), registration::Migrations()}};
    const char* environment_[1] = {nullptr};
    Session session_{environment_};
};

TEST_F(VerifyAidTest, WhatDashboardsKnowOfEachIsWhatItIs) {
    for (const char* sql : {"UPDATE program_states SET state = 3", "DELETE FROM budget_states",
                            "UPDATE budget_states SET allocated_rupiah = 999",
                            "UPDATE application_states SET amount_rupiah = 101 WHERE state = 5"}) {
        ExpectFound(CheckAidStates, "dashboard", sql);
    }
    ExpectFound(CheckAidStates, "aid", "UPDATE budgets SET available_rupiah = 601");
}

TEST_F(VerifyAidTest, FiguresAreARecountToTheRupiah) {
    for (const char* sql :
         {"UPDATE program_counts SET change = 2 WHERE region_code = 'ID'",
          "UPDATE application_counts SET change = 3 WHERE region_code = '18.71' AND state = 7",
          "UPDATE application_counts SET change_rupiah = 201 WHERE region_code = '18' AND state = "
          "7",
          "INSERT INTO application_counts VALUES ('18.72', '2026-01-01', 5, 1, 100)"}) {
        ExpectFound(CheckAidCounts, "dashboard", sql);
    }
}

TEST_F(VerifyAidTest, MonthsAreARecountOfLedgerAndHistory) {
    for (const char* sql :
         {"UPDATE allocation_sums SET change_rupiah = 999 WHERE region_code = 'ID'",
          "UPDATE application_counts SET month = '2026-02-01' WHERE state = 5",
          "UPDATE application_steps SET hours = 75 WHERE step = 2 AND region_code = '18.71'",
          "UPDATE application_steps SET month = '2026-02-01' WHERE hours = 216",
          "DELETE FROM application_steps WHERE step = 1 AND region_code = '18'"}) {
        ExpectFound(CheckAidMonths, "dashboard", sql);
    }
    ExpectFound(CheckAidMonths, "aid",
                "UPDATE applications SET submitted_at = '2026-01-02 01:00Z'"
                " WHERE approved_by <> ''");
}

TEST_F(VerifyAidTest, RejectionsAreARecountByReason) {
    ExpectFound(CheckRejections, "dashboard", "DELETE FROM rejection_counts WHERE reason = 6");
    ExpectFound(CheckRejections, "dashboard",
                "UPDATE rejection_counts SET month = '2026-02-01' WHERE region_code = 'ID'");
    ExpectFound(CheckRejections, "aid", "UPDATE applications SET details = '' WHERE state = 11");
}

TEST_F(VerifyAidTest, ApprovalsAreWithinTheBandOfWhoApproved) {
    for (const char* sql :
         {"UPDATE audit_entries SET roles = 'officer,agency' WHERE method = 'ApproveApplication'",
          "DELETE FROM audit_entries WHERE target = 'application/' || a(4)",
          "UPDATE audit_entries SET actor = 'orang lain' WHERE method = 'ApproveApplication'",
          "UPDATE applications SET amount_rupiah = 1001 WHERE application_id = a(1)",
          "UPDATE programs SET terms = ''"}) {
        ExpectFound(CheckApprovals, "aid", sql);
    }
}

TEST_F(VerifyAidTest, CopiesOfBusinessesAreAsRegistered) {
    for (const char* sql :
         {"UPDATE businesses SET version = 2", "UPDATE businesses SET region_code = '18.72'",
          "UPDATE businesses SET kbli_division = 46",
          "UPDATE businesses SET owner_is_erased = true",
          "UPDATE businesses SET merged_into = '00000000-0000-7000-8000-000000000002'",
          "DELETE FROM businesses"}) {
        ExpectFound(CheckCopies, "aid", sql);
    }
}

void FillCounts(auto& aid) {
    using namespace dashboard::v1;
    ProgramCount& program = *aid.add_programs();
    program.set_instrument(common::v1::AID_INSTRUMENT_CASH_GRANT);
    program.set_state(common::v1::PROGRAM_STATE_OPEN);
    program.set_programs(1);
    const std::pair<aid::v1::ApplicationState, int> states[] = {
        {aid::v1::APPLICATION_STATE_APPROVED, 1},
        {aid::v1::APPLICATION_STATE_SCHEDULED, 1},
        {aid::v1::APPLICATION_STATE_DISBURSED, 2},
        {aid::v1::APPLICATION_STATE_REJECTED, 1},
        {aid::v1::APPLICATION_STATE_CANCELLED, 1}};
    for (const auto& [state, number] : states) {
        ApplicationCount& count = *aid.add_applications();
        count.set_state(state);
        count.set_applications(number);
        count.set_rupiah(100 * number);
    }
    for (const int reason : {3, 6}) {
        RejectionCount& count = *aid.add_rejections();
        count.set_reason(static_cast<aid::v1::RejectionReason>(reason));
        count.set_applications(1);
    }
}

dashboard::v1::Dashboard DashboardOfLampung() {
    using namespace dashboard::v1;
    Dashboard shown;
    AidFigures& aid = *shown.mutable_aid();
    aid.mutable_approval()->set_applications(5);
    aid.mutable_approval()->set_median_hours(74);
    aid.mutable_approval()->set_p90_hours(74);
    aid.mutable_payment()->set_applications(2);
    aid.mutable_payment()->set_median_hours(144);
    aid.mutable_payment()->set_p90_hours(216);
    MonthFigures& month = *shown.add_months();
    month.set_month("2026-01");
    month.mutable_aid()->set_submitted(6);
    month.mutable_aid()->set_approved(5);
    month.mutable_aid()->set_paid(2);
    const auto fill = [](auto& message) {
        FillCounts(message);
        message.set_allocated_rupiah(1'000);
        message.set_reserved_rupiah(200);
        message.set_disbursed_rupiah(200);
        message.set_recipients(2);
    };
    fill(aid);
    fill(*month.mutable_aid());
    return shown;
}

TEST_F(VerifyAidTest, WhatTheCacheShowsIsWhatTheReadModelHas) {
    postgres::Connection connection(dashboard_.owner_dsn());
    const auto expected = ReadAid(connection);
    const char* difference = DifferenceOf(DashboardOfLampung(), expected.at("18"));
    EXPECT_EQ(difference, nullptr) << difference;
    using dashboard::v1::Dashboard;
    const std::vector<std::function<void(Dashboard&)>> spoilers{
        [](Dashboard& shown) { shown.clear_aid(); },
        [](Dashboard& shown) { shown.mutable_aid()->mutable_programs(0)->set_programs(2); },
        [](Dashboard& shown) { shown.mutable_aid()->set_allocated_rupiah(1'001); },
        [](Dashboard& shown) { shown.mutable_aid()->set_reserved_rupiah(199); },
        [](Dashboard& shown) { shown.mutable_aid()->set_disbursed_rupiah(0); },
        [](Dashboard& shown) { shown.mutable_aid()->set_returned_rupiah(1); },
        [](Dashboard& shown) { shown.mutable_aid()->set_recipients(3); },
        [](Dashboard& shown) { shown.mutable_aid()->mutable_applications(2)->set_rupiah(201); },
        [](Dashboard& shown) { shown.mutable_aid()->mutable_rejections(0)->set_applications(2); },
        [](Dashboard& shown) { shown.mutable_aid()->mutable_approval()->set_median_hours(73); },
        [](Dashboard& shown) { shown.mutable_aid()->mutable_payment()->set_p90_hours(144); },
        [](Dashboard& shown) { shown.mutable_months(0)->mutable_aid()->set_submitted(5); },
        [](Dashboard& shown) { shown.mutable_months(0)->mutable_aid()->set_paid(1); },
        [](Dashboard& shown) { shown.mutable_months(0)->mutable_aid()->set_recipients(1); },
        [](Dashboard& shown) { shown.mutable_months(0)->mutable_aid()->clear_programs(); },
        [](Dashboard& shown) { shown.mutable_months(0)->mutable_aid()->clear_applications(); },
        [](Dashboard& shown) { shown.mutable_months(0)->mutable_aid()->clear_rejections(); },
        [](Dashboard& shown) {
            shown.mutable_months(0)->mutable_aid()->mutable_rejections(1)->set_applications(2);
        }};
    for (const auto& spoil : spoilers) {
        Dashboard shown = DashboardOfLampung();
        spoil(shown);
        EXPECT_NE(DifferenceOf(shown, expected.at("18")), nullptr) << shown.ShortDebugString();
    }
}

}  // namespace
}  // namespace bangkit::cli
