// What was stated of a business, by the time it holds from and the time it was stated.
#include <gmock/gmock.h>

#include "libs/testing/eventually.h"
#include "services/registration/tests/server_fixture.h"

namespace bangkit::registration {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

using std::chrono::days;

class HistoryTest : public ServerTest {
protected:
    HistoryTest() {
        v1::RegisterBusinessRequest request = Registration(1);
        request.mutable_business()->set_condition_since("2026-02-01");
        request.mutable_business()->set_annual_sales_rupiah(1'000'000);
        business_ = Registered(request);
    }

    template <typename Request>
    Request Changing() const {
        Request request;
        request.set_request_id(NewId(kNow));
        request.set_business_id(business_.business_id());
        return request;
    }
    void Report(common::v1::BusinessCondition condition, const std::string& since) {
        auto request = Changing<v1::ReportConditionRequest>();
        request.set_condition(condition);
        request.set_since(since);
        request.set_workers_male(2);
        request.set_workers_female(3);
        request.add_reasons(v1::CONDITION_REASON_MARKET);
        v1::ReportConditionResponse response;
        ASSERT_EQ(Name(Call(&Stub::ReportCondition, request, response, Now({"officer"}))), "OK");
    }
    void Verify(common::v1::VerificationLevel level, const std::string& note) {
        auto request = Changing<v1::VerifyBusinessRequest>();
        request.set_level(level);
        request.set_note(note);
        v1::VerifyBusinessResponse response;
        ASSERT_EQ(Name(Call(&Stub::VerifyBusiness, request, response, Now({"agency"}, "dinas"))),
                  "OK");
    }
    void Update(std::int64_t annual_sales) {
        auto request = Changing<v1::UpdateBusinessRequest>();
        request.mutable_update_mask()->add_paths("business.annual_sales_rupiah");
        request.mutable_update_mask()->add_paths("owner.phone");
        request.mutable_business()->set_annual_sales_rupiah(annual_sales);
        request.mutable_owner()->set_phone("081200009001");
        v1::UpdateBusinessResponse response;
        ASSERT_EQ(Name(Call(&Stub::UpdateBusiness, request, response, Now({"officer"}))), "OK");
    }
    /// A token of the present day: the tests move the clock.
    std::string Now(std::vector<std::string> roles, std::string subject = "budi") const {
        return Token(std::move(roles), {"36.74"}, std::move(subject));
    }

    v1::GetBusinessHistoryResponse History(const std::string& as_of = "",
                                           std::optional<Time> known_at = {}, int page_size = 200,
                                           const std::string& page_token = "") const {
        v1::GetBusinessHistoryRequest request;
        request.set_business_id(business_.business_id());
        request.set_as_of(as_of);
        if (known_at) {
            request.mutable_known_at()->set_seconds(
                std::chrono::system_clock::to_time_t(*known_at));
        }
        request.set_page_size(page_size);
        request.set_page_token(page_token);
        v1::GetBusinessHistoryResponse response;
        EXPECT_EQ(Name(Call(&Stub::GetBusinessHistory, request, response, Now({"auditor"}))), "OK");
        return response;
    }
    /// "1 2026-02-01 condition ACTIVE by budi" ...
    static std::vector<std::string> Texts(const v1::GetBusinessHistoryResponse& response) {
        std::vector<std::string> texts;
        for (const v1::BusinessStatement& each : response.statements()) {
            std::string what;
            if (each.has_condition()) what = "condition " + Number(each.condition().condition());
            if (each.has_scale()) what = "scale " + Number(each.scale().scale());
            if (each.has_verification()) what = "level " + Number(each.verification().level());
            if (each.has_details()) what = "details";
            texts.push_back(std::to_string(each.version()) + " " + each.valid_from() + " " + what +
                            " by " + each.recorded_by());
        }
        return texts;
    }
    static std::string Number(int value) { return std::to_string(value); }

    v1::Business business_;
};

TEST_F(HistoryTest, ShowsEveryStatementInTheOrderInWhichItWasMade) {
    clock_.Advance(days(1));
    Report(common::v1::BUSINESS_CONDITION_DORMANT, "2026-03-01");
    Verify(common::v1::VERIFICATION_LEVEL_FIELD, "kunjungan");
    clock_.Advance(days(1));
    Update(3'000'000'000);
    const v1::GetBusinessHistoryResponse history = History();
    EXPECT_THAT(Texts(history),
                ElementsAre("1 2026-02-01 condition 1 by budi", "1 2026-03-10 scale 1 by budi",
                            "2 2026-03-01 condition 3 by budi", "3 2026-03-11 level 3 by dinas",
                            "4 2026-03-12 details by budi", "5 2026-03-12 scale 2 by budi"));
    const v1::ConditionStatement& condition = history.statements(2).condition();
    EXPECT_EQ(condition.workers_male(), 2);
    EXPECT_EQ(condition.workers_female(), 3);
    EXPECT_FALSE(condition.has_monthly_sales_rupiah());
    EXPECT_THAT(condition.reasons(), ElementsAre(v1::CONDITION_REASON_MARKET));
    EXPECT_EQ(history.statements(3).verification().note(), "kunjungan");
    EXPECT_THAT(history.statements(4).details().changed_fields(),
                ElementsAre("owner.phone", "business.annual_sales_rupiah"));
    const v1::ScaleStatement& scale = history.statements(5).scale();
    EXPECT_TRUE(scale.upgraded());
    EXPECT_EQ(scale.annual_sales_rupiah(), 3'000'000'000);
    EXPECT_FALSE(scale.has_capital_rupiah());
    EXPECT_EQ(scale.rule_set(), "PP7_2021");
    EXPECT_TRUE(history.next_page_token().empty());
}

TEST_F(HistoryTest, TellsHowItWasOnADayAndWhatWasBelievedThen) {
    clock_.Advance(days(1));
    Report(common::v1::BUSINESS_CONDITION_DORMANT, "2026-03-01");
    const Time before_late_report = clock_.Now();
    clock_.Advance(days(1));
    Report(common::v1::BUSINESS_CONDITION_AFFECTED, "2026-02-15");  // Late.

    EXPECT_THAT(Texts(History("2026-02-20", before_late_report)),
                ElementsAre("1 2026-02-01 condition 1 by budi"));
    EXPECT_THAT(Texts(History("2026-02-20")), ElementsAre("3 2026-02-15 condition 2 by budi"));
    EXPECT_THAT(Texts(History("2026-03-05")), ElementsAre("2 2026-03-01 condition 3 by budi"));
    EXPECT_THAT(Texts(History("2026-03-10")),
                ElementsAre("1 2026-03-10 scale 1 by budi", "2 2026-03-01 condition 3 by budi"));
    EXPECT_THAT(Texts(History("2026-01-31")), IsEmpty());
    EXPECT_THAT(Texts(History("", kNow - std::chrono::seconds(1))), IsEmpty());
    EXPECT_THAT(Texts(History("", before_late_report)), SizeIs(3));
}

TEST_F(HistoryTest, OfTwoStatementsOfOneDayTheLaterOneHolds) {
    Report(common::v1::BUSINESS_CONDITION_DORMANT, "2026-03-01");
    Report(common::v1::BUSINESS_CONDITION_AFFECTED, "2026-03-01");
    EXPECT_THAT(Texts(History("2026-03-02")), ElementsAre("3 2026-03-01 condition 2 by budi"));
}

TEST_F(HistoryTest, HasAVerificationOfADayOnlyFromThenOn) {
    clock_.Advance(days(2));
    Verify(common::v1::VERIFICATION_LEVEL_DOCUMENT, "");
    EXPECT_THAT(Texts(History("2026-03-11")), SizeIs(2));
    EXPECT_THAT(Texts(History("2026-03-12")), SizeIs(3));
}

TEST_F(HistoryTest, HoldsEveryStatementOnceWhateverThePageSize) {
    Update(2'000'000);
    Update(3'000'000);
    Verify(common::v1::VERIFICATION_LEVEL_FIELD, "");
    const std::vector<std::string> whole = Texts(History());
    ASSERT_THAT(whole, SizeIs(7));
    for (const int size : {1, 2, 3, 6, 7}) {
        std::vector<std::string> paged;
        std::string token;
        do {
            const v1::GetBusinessHistoryResponse page = History("", {}, size, token);
            EXPECT_LE(page.statements_size(), size);
            for (std::string& text : Texts(page)) paged.push_back(std::move(text));
            token = page.next_page_token();
        } while (!token.empty());
        EXPECT_EQ(paged, whole) << size;
    }
}

TEST_F(HistoryTest, TakesAPageTokenOnlyForWhatItIsOf) {
    const std::string token = History("", {}, 1).next_page_token();
    ASSERT_FALSE(token.empty());
    v1::GetBusinessHistoryRequest request;
    request.set_business_id(business_.business_id());
    request.set_page_token(token);
    v1::GetBusinessHistoryResponse response;
    EXPECT_EQ(Name(Call(&Stub::GetBusinessHistory, request, response, Now({"auditor"}))), "OK");
    request.set_as_of("2026-03-10");
    EXPECT_EQ(Name(Call(&Stub::GetBusinessHistory, request, response, Now({"auditor"}))),
              "INVALID_ARGUMENT FIELDS_INVALID");
    request.clear_as_of();
    EXPECT_EQ(Name(Call(&Stub::GetBusinessHistory, request, response, Now({"auditor"}, "ani"))),
              "INVALID_ARGUMENT FIELDS_INVALID")
        << "of another caller";
}

TEST_F(HistoryTest, OfAnOwnersBusinessIsTheOwnersToSee) {
    v1::GetBusinessHistoryRequest request;
    request.set_business_id(business_.business_id());
    v1::GetBusinessHistoryResponse response;
    const auto as_owner = [&](const std::string& subject) {
        return Name(Call(&Stub::GetBusinessHistory, request, response, Now({"owner"}, subject)));
    };
    EXPECT_EQ(as_owner(business_.owner_id()), "OK");
    EXPECT_EQ(as_owner(NewId(kNow)), "NOT_FOUND BUSINESS_NOT_FOUND");
    EXPECT_EQ(as_owner("siti@example.id"), "NOT_FOUND BUSINESS_NOT_FOUND");
}

// The statements of one business among many are found by key.
TEST_F(HistoryTest, ReadsNoMoreThanItsOwnRows) {
    database_.Execute(
        "INSERT INTO condition_history (business_id, version, valid_from, recorded_at, condition,"
        "                               reasons, reported_by)"
        " SELECT gen_random_uuid(), 1, '2026-01-01', now(), 1, 0, 'x'"
        "   FROM generate_series(1, 20000);"
        "ANALYZE condition_history");
    const auto scans = [this](const std::string& kind) {
        return database_.Count("SELECT " + kind +
                               " FROM pg_stat_user_tables WHERE relname = 'condition_history'");
    };
    const std::int64_t by_key = scans("idx_scan"), of_all = scans("seq_scan");
    {
        postgres::Pool pool(database_.dsn(), "");  // Tells its statistics when it is closed.
        const auto found = HistoryQueries(pool).List({.regions = {"36"}, .owner_id = ""},
                                                     business_.business_id(), {}, {}, 50);
        EXPECT_THAT(found.value(), SizeIs(2));
    }
    ASSERT_TRUE(testing::Eventually([&] { return scans("idx_scan") > by_key; }));
    EXPECT_EQ(scans("seq_scan"), of_all);
}

}  // namespace
}  // namespace bangkit::registration
