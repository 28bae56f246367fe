// What verify compares of goods, loans, referrals, nominations, supervision and grievances holds
// for what belongs together, and finds what does not.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>

#include "gen/aid_migrations.h"
#include "gen/command_migrations.h"
#include "gen/dashboard_migrations.h"
#include "gen/messaging_migrations.h"
#include "libs/testing/temp_database.h"
#include "services/cli/tests/aid_sample.h"
#include "services/cli/tests/instruments_sample.h"
#include "services/cli/verify/invariant.h"
#include "services/cli/verify/measure_cache.h"

namespace bangkit::cli {
namespace {

using dashboard::v1::Dashboard;

/// What dashboards show of kSoundInstruments.
constexpr const char* kItsMeasures = R"sql(
INSERT INTO measure_sums (region_code, month, measure, kind, detail, change)
SELECT region, make_date(2026, month, 1), measure, kind, detail, value
  FROM unnest(ARRAY['18.71', '18', 'ID']) region,
       (VALUES (1, 1, 1, 2, 95), (1, 2, 1, 2, 5), (1, 3, 1, 2, 100), (1, 4, 1, 2, 5),
               (1, 11, 3, 1, 1), (1, 12, 3, 1, 1000), (2, 13, 3, 0, 250), (2, 14, 3, 0, 10), (1, 15, 3, 0, 20), (2, 15, 3, 0, -10),
               (1, 101, 3, 48, 1), (1, 21, 3, 1, 1), (1, 21, 3, 2, 1), (1, 23, 3, 0, 1), (1, 24, 3, 0, 1), (1, 102, 3, 240, 1),
               (1, 31, 1, 1, 1), (1, 31, 1, 6, 1), (1, 32, 1, 6, 2400000), (1, 33, 1, 1, 2), (1, 33, 1, 2, 1), (1, 33, 1, 3, 1),
               (1, 103, 1, 48, 1), (1, 41, 0, 1, 1), (1, 41, 0, 2, 1), (1, 42, 0, 1, 100), (1, 43, 0, 1, 40),
               (1, 51, 0, 1, 1), (1, 51, 0, 2, 1), (1, 52, 0, 4, 1),
               (1, 61, 0, 1, 2), (2, 61, 0, 1, -1), (2, 61, 1, 2, 1), (1, 62, 1, 0, 1), (1, 62, 2, 0, 1),
               (1, 63, 0, 0, 1), (2, 63, 0, 0, -1), (1, 64, 0, 0, 1), (2, 64, 0, 0, -1), (2, 64, 1, 0, 1), (2, 104, 1, 918, 1))
    m (month, measure, kind, detail, value);
)sql";

class VerifyMeasuresTest : public ::testing::Test {
protected:
    VerifyMeasuresTest() {
        aid_.Execute(kSoundAid);
        aid_.Execute(kSoundInstruments);
        dashboard_.Execute(kItsMeasures);
        session_.options().settings = {{"AID_DSN", aid_.owner_dsn()},
                                       {"DASHBOARD_DSN", dashboard_.owner_dsn()}};
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
    const char* environment_[1] = {nullptr};
    Session session_{environment_};
};

TEST_F(VerifyMeasuresTest, EachIsARecountOfAid) {
    for (const char* sql :
         {"UPDATE stock SET available = 91",
          "UPDATE stock SET reserved = 4",
          "UPDATE stock SET received = 99",
          "UPDATE stock SET handed_over = 4",
          "UPDATE loans SET principal_rupiah = 999",
          "UPDATE loans SET repaid_rupiah = 251",
          "UPDATE loans SET subsidy_rupiah = 11",
          "UPDATE loans SET subsidy_reserved_rupiah = 11",
          "UPDATE loans SET requested_at = requested_at - interval '1 hour'",
          "UPDATE loans SET instrument = 7",
          "ALTER TABLE referrals DISABLE TRIGGER USER;"
          "UPDATE referrals SET answered_on = '2026-01-12' WHERE state = 2",
          "ALTER TABLE referrals DISABLE TRIGGER USER; UPDATE referrals SET instrument = 4, form = "
          "1",
          "UPDATE referrals SET is_silent = false WHERE state = 1",
          "UPDATE nominees SET reasons = '1 6' WHERE state = 6",
          "UPDATE nominees SET amount_rupiah = 1 WHERE state = 6",
          "UPDATE nominees SET claimed_at = now(), state = 7 WHERE state = 6",
          "UPDATE nominees SET determined_at = '2026-01-13 00:00Z' WHERE state = 6",
          "UPDATE refund_cases SET repaid_rupiah = 41 WHERE state = 1",
          "UPDATE refund_cases SET is_overdue = true WHERE state = 1",
          "UPDATE visits SET is_overdue = true WHERE state = 1",
          "UPDATE visits SET outcome = 1 WHERE state = 2",
          "UPDATE grievances SET is_overdue = true WHERE grievance_id = a(860)",
          "UPDATE grievances SET escalated_at = NULL",
          "UPDATE grievances SET service = 3",
          "UPDATE grievances SET first_answered_at = '2026-01-08 07:00Z' WHERE class = 1",
          "UPDATE grievances SET region_code = '18.72' WHERE class = 1"}) {
        ExpectFound(CheckMeasures, "aid", sql);
    }
    ExpectFound(CheckMeasures, "dashboard", "DELETE FROM measure_sums WHERE region_code = 'ID'");
    ExpectFound(CheckMeasures, "dashboard",
                "INSERT INTO measure_sums VALUES ('18.72', '2026-01-01', 1, 1, 1, 1)");
}

TEST_F(VerifyMeasuresTest, MonthsAreARecountOfWhatAidHasRecorded) {
    for (const char* sql :
         {"UPDATE loans SET granted_at = '2026-02-01 00:00Z'",
          "ALTER TABLE loan_instalments DISABLE TRIGGER USER;"
          "UPDATE loan_instalments SET amount_rupiah = 251",
          "ALTER TABLE loan_subsidies DISABLE TRIGGER USER;"
          "UPDATE loan_subsidies SET accrued_at = '2026-02-28 17:00Z'",
          "ALTER TABLE referrals DISABLE TRIGGER USER;"
          "UPDATE referrals SET created_at = '2025-12-31 16:59Z' WHERE state = 1",
          "ALTER TABLE referral_history DISABLE TRIGGER USER;"
          "UPDATE referral_history SET recorded_at = '2026-02-01 00:00Z' WHERE state = 2",
          "UPDATE nominees SET nominated_at = '2025-12-01 00:00Z' WHERE state = 1",
          "UPDATE nominees SET determined_at = '2026-02-01 00:00Z' WHERE state = 6",
          "UPDATE nominees SET paid_at = '2026-02-01 00:00Z' WHERE state = 6",
          "UPDATE nominees SET claimed_at = '2026-02-01 00:00Z', state = 7 WHERE state = 6",
          "ALTER TABLE repayments DISABLE TRIGGER USER; UPDATE repayments SET amount_rupiah = "
          "41"}) {
        ExpectFound(CheckMeasureMonths, "aid", sql);
    }
    for (const char* step : {"state = 1 AND kind = 1", "kind = 2", "kind = 5"}) {
        ExpectFound(CheckMeasureMonths, "aid",
                    "ALTER TABLE grievance_history DISABLE TRIGGER USER;"
                    "UPDATE grievance_history SET recorded_at = '2026-03-01 00:00Z' WHERE " +
                        std::string(step));
    }
    for (const char* end : {"(a(861), 2, 6, 1, 2, '2026-02-01 00:00Z', 'x')",     // Is late.
                            "(a(861), 2, 4, 5, 1, '2026-02-01 00:00Z', 'x')"}) {  // Is over.
        ExpectFound(CheckMeasureMonths, "aid",
                    "INSERT INTO grievance_history VALUES " + std::string(end));
    }
    ExpectFound(CheckMeasureMonths, "dashboard",
                "UPDATE measure_sums SET month = '2026-02-01' WHERE measure = 62 AND kind = 1");
    ExpectFound(CheckMeasureMonths, "dashboard",
                "DELETE FROM measure_sums WHERE region_code = 'ID'");
}

/// As the dashboard of Lampung shows it.
Dashboard DashboardOfLampung() {
    using namespace dashboard::v1;
    const auto fill = [](WaitingTime& time, std::int64_t hours) {
        time.set_applications(1);
        time.set_median_hours(hours);
        time.set_p90_hours(hours);
    };
    Dashboard shown;
    GoodsCount& goods = *shown.add_goods();
    goods.set_kind(aid::v1::GOODS_KIND_TEXTILE);
    goods.set_unit(aid::v1::GOODS_UNIT_METRE);
    goods.set_on_hand(95);
    goods.set_reserved(5);
    goods.set_received(100);
    goods.set_handed_over(5);
    LoanFigures& loans = *shown.mutable_loans();
    LoanCount& loan = *loans.add_loans();
    loan.set_instrument(common::v1::AID_INSTRUMENT_INTEREST_FREE_LOAN);
    loan.set_state(aid::v1::LOAN_STATE_RUNNING);
    loan.set_loans(1);
    loan.set_principal_rupiah(1'000);
    loans.set_repaid_rupiah(250);
    loans.set_subsidy_rupiah(10);
    loans.set_subsidy_reserved_rupiah(10);
    fill(*loans.mutable_grant(), 48);
    for (const auto state : {aid::v1::REFERRAL_STATE_SENT, aid::v1::REFERRAL_STATE_GRANTED}) {
        ReferralCount& count = *shown.mutable_referrals()->add_referrals();
        count.set_instrument(common::v1::AID_INSTRUMENT_INTEREST_FREE_LOAN);
        count.set_state(state);
        count.set_referrals(1);
    }
    PartnerAnswers& answers = *shown.mutable_referrals()->add_answers();
    answers.set_instrument(common::v1::AID_INSTRUMENT_INTEREST_FREE_LOAN);
    answers.set_silent(1);
    answers.set_escalated(1);
    fill(*answers.mutable_answer(), 240);
    NominationFigures& scheme = *shown.add_nominations();
    scheme.set_scheme(aid::v1::NOMINATION_SCHEME_BPUM_2020);
    scheme.add_nominees()->set_state(aid::v1::NOMINEE_STATE_NOMINATED);
    scheme.add_nominees()->set_state(aid::v1::NOMINEE_STATE_PAID);
    for (NomineeCount& count : *scheme.mutable_nominees()) count.set_nominees(1);
    scheme.mutable_nominees(1)->set_rupiah(2'400'000);
    scheme.set_nominated(2);
    scheme.set_determined(1);
    scheme.set_paid(1);
    fill(*scheme.mutable_determination(), 48);
    SupervisionFigures& supervision = *shown.mutable_supervision();
    supervision.add_visits()->set_state(aid::v1::VISIT_STATE_PLANNED);
    supervision.add_visits()->set_state(aid::v1::VISIT_STATE_VISITED);
    for (VisitCount& count : *supervision.mutable_visits()) count.set_visits(1);
    supervision.add_outcomes()->set_outcome(aid::v1::VISIT_OUTCOME_MISUSED);
    supervision.mutable_outcomes(0)->set_visits(1);
    supervision.add_refunds()->set_state(aid::v1::REFUND_STATE_OPEN);
    supervision.add_refunds()->set_state(aid::v1::REFUND_STATE_REPAID);
    for (RefundCount& count : *supervision.mutable_refunds()) count.set_cases(1);
    supervision.mutable_refunds(0)->set_claimed_rupiah(100);
    supervision.mutable_refunds(0)->set_repaid_rupiah(40);
    GrievanceFigures& grievances = *shown.mutable_grievances();
    grievances.add_grievances()->set_state(aid::v1::GRIEVANCE_STATE_FILED);
    grievances.add_grievances()->set_state(aid::v1::GRIEVANCE_STATE_ACCEPTED);
    for (GrievanceCount& count : *grievances.mutable_grievances()) count.set_grievances(1);
    grievances.mutable_grievances(1)->set_class_(aid::v1::GRIEVANCE_CLASS_LIGHT);
    for (const auto service :
         {aid::v1::CONCERNED_SERVICE_REGISTRATION, aid::v1::CONCERNED_SERVICE_AID}) {
        OpenGrievances& open = *grievances.add_open();
        open.set_service(service);
        open.set_grievances(1);
    }
    grievances.set_escalated(1);
    fill(*grievances.mutable_first_answer(), 918);
    GrievanceAnswers& of_class = *grievances.add_answers();
    of_class.set_class_(aid::v1::GRIEVANCE_CLASS_LIGHT);
    of_class.set_escalated(1);
    fill(*of_class.mutable_first_answer(), 918);
    shown.add_months()->set_month("2026-01");
    shown.add_months()->set_month("2026-02");
    InstrumentMonth& first = *shown.mutable_months(0)->mutable_instruments();
    first.set_loans_granted(1);
    first.set_referrals_sent(2);
    first.set_referrals_answered(1);
    first.set_nominees_determined(1);
    first.set_nominees_paid(1);
    first.set_refunded_rupiah(40);
    first.set_grievances_filed(2);
    first.set_grievances_escalated(1);
    first.set_grievances_open(2);
    first.set_grievances_overdue(1);
    InstrumentMonth& second = *shown.mutable_months(1)->mutable_instruments();
    second.set_subsidy_rupiah(10);
    second.set_grievances_answered(1);
    second.set_grievances_open(2);
    return shown;
}

TEST_F(VerifyMeasuresTest, WhatTheCacheShowsIsWhatTheReadModelHas) {
    postgres::Connection connection(dashboard_.owner_dsn());
    const auto expected = ReadMeasures(connection);
    const char* difference = DifferenceOf(DashboardOfLampung(), expected.at("18"));
    EXPECT_EQ(difference, nullptr) << difference;
    const std::vector<std::function<void(Dashboard&)>> spoilers{
        [](Dashboard& shown) { shown.clear_goods(); },
        [](Dashboard& shown) { shown.mutable_goods(0)->set_on_hand(94); },
        [](Dashboard& shown) { shown.mutable_loans()->mutable_loans(0)->set_loans(2); },
        [](Dashboard& shown) { shown.mutable_loans()->set_repaid_rupiah(251); },
        [](Dashboard& shown) { shown.mutable_loans()->set_subsidy_rupiah(11); },
        [](Dashboard& shown) { shown.mutable_loans()->set_subsidy_reserved_rupiah(0); },
        [](Dashboard& shown) { shown.mutable_loans()->clear_grant(); },
        [](Dashboard& shown) { shown.clear_referrals(); },
        [](Dashboard& shown) { shown.mutable_referrals()->mutable_answers(0)->set_silent(0); },
        [](Dashboard& shown) { shown.mutable_referrals()->mutable_answers(0)->clear_answer(); },
        [](Dashboard& shown) { shown.mutable_nominations(0)->set_paid(2); },
        [](Dashboard& shown) { shown.mutable_nominations(0)->set_claimed(1); },
        [](Dashboard& shown) { shown.mutable_nominations(0)->mutable_nominees(1)->set_rupiah(0); },
        [](Dashboard& shown) { shown.mutable_nominations(0)->clear_determination(); },
        [](Dashboard& shown) { shown.mutable_supervision()->set_overdue_visits(1); },
        [](Dashboard& shown) { shown.mutable_supervision()->set_overdue_refunds(1); },
        [](Dashboard& shown) { shown.mutable_supervision()->clear_outcomes(); },
        [](Dashboard& shown) {
            shown.mutable_supervision()->mutable_refunds(0)->set_repaid_rupiah(41);
        },
        [](Dashboard& shown) { shown.mutable_grievances()->set_overdue(1); },
        [](Dashboard& shown) { shown.mutable_grievances()->set_escalated(0); },
        [](Dashboard& shown) { shown.mutable_grievances()->mutable_open(0)->set_grievances(2); },
        [](Dashboard& shown) { shown.mutable_grievances()->clear_first_answer(); },
        [](Dashboard& shown) { shown.mutable_grievances()->clear_answers(); },
        [](Dashboard& shown) { shown.mutable_months()->RemoveLast(); },
        [](Dashboard& shown) { shown.mutable_months(0)->clear_instruments(); },
        [](Dashboard& shown) {
            shown.mutable_months(0)->mutable_instruments()->set_nominees_paid(0);
        },
        [](Dashboard& shown) {
            shown.mutable_months(1)->mutable_instruments()->set_subsidy_rupiah(11);
        },
        [](Dashboard& shown) {
            shown.mutable_months(1)->mutable_instruments()->set_grievances_open(1);
        },
        [](Dashboard& shown) {
            shown.mutable_months(1)->mutable_instruments()->set_grievances_overdue(1);
        }};
    for (const auto& spoil : spoilers) {
        Dashboard shown = DashboardOfLampung();
        spoil(shown);
        EXPECT_NE(DifferenceOf(shown, expected.at("18")), nullptr) << shown.ShortDebugString();
    }
}

}  // namespace
}  // namespace bangkit::cli
