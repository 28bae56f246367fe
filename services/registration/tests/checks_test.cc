#include "services/registration/api/checks.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <limits>

#include "libs/testing/manual_clock.h"
#include "services/registration/tests/registrations.h"

namespace bangkit::registration {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

class ChecksTest : public ::testing::Test {
protected:
    /// "field REASON" of every violation.
    template <typename Request>
    std::vector<std::string> Violations(const Request& request) const {
        const Result<Checked> checked = checks_.Check(request);
        if (checked) return {};
        EXPECT_EQ(checked.error().code, ErrorCode::kInvalidArgument);
        EXPECT_EQ(checked.error().reason, "FIELDS_INVALID");
        std::vector<std::string> violations;
        for (const FieldViolation& each : checked.error().fields) {
            violations.push_back(each.field + " " + each.reason);
        }
        return violations;
    }

    const testing::ManualClock clock_{kNow};
    const Checks checks_{Regions(), clock_};
};

struct BadRegistration {
    std::string violation;
    std::function<void(v1::RegisterBusinessRequest&)> spoil;
};

TEST_F(ChecksTest, OfARegistrationNameWhatIsWrong) {
    using Request = v1::RegisterBusinessRequest;
    const std::string long_text(501, 'x');
    const BadRegistration cases[] = {
        {"request_id REQUIRED", [](Request& r) { r.clear_request_id(); }},
        {"request_id NOT_A_UUID", [](Request& r) { r.set_request_id("1"); }},
        {"request_id NOT_A_UUID", [&](Request& r) { r.set_request_id(long_text); }},
        {"owner.name REQUIRED", [](Request& r) { r.mutable_owner()->set_name("  "); }},
        {"owner.name TOO_LONG", [&](Request& r) { r.mutable_owner()->set_name(long_text); }},
        {"owner.name TEXT_INVALID", [](Request& r) { r.mutable_owner()->set_name("a\nb"); }},
        {"owner.name TEXT_INVALID", [](Request& r) { r.mutable_owner()->set_name("\xFF"); }},
        {"owner.nik NIK_INVALID",
         [](Request& r) { r.mutable_owner()->set_nik("367405520385001"); }},
        {"owner.nik NIK_INVALID",
         [](Request& r) { r.mutable_owner()->set_nik("3.67405520385E+15"); }},
        {"owner.nik NIK_INVALID",
         [](Request& r) { r.mutable_owner()->set_nik("3674053202850001"); }},
        {"owner.phone PHONE_INVALID", [](Request& r) { r.mutable_owner()->set_phone("12"); }},
        {"owner.identity_card_address TOO_LONG",
         [&](Request& r) { r.mutable_owner()->set_identity_card_address(long_text); }},
        {"business.kind REQUIRED", [](Request& r) { r.mutable_business()->clear_kind(); }},
        {"business.kind UNKNOWN_VALUE",
         [](Request& r) {
             r.mutable_business()->set_kind(static_cast<common::v1::BusinessKind>(9));
         }},
        {"business.name REQUIRED", [](Request& r) { r.mutable_business()->clear_name(); }},
        {"business.region_code REQUIRED",
         [](Request& r) { r.mutable_business()->clear_region_code(); }},
        {"business.region_code REGION_UNKNOWN",
         [](Request& r) { r.mutable_business()->set_region_code("36.74.05.9999"); }},
        {"business.region_code REGION_UNKNOWN",
         [](Request& r) { r.mutable_business()->set_region_code("36"); }},
        {"business.region_code REGION_UNKNOWN",
         [](Request& r) { r.mutable_business()->set_region_code("ID"); }},
        {"business.address TOO_LONG",
         [&](Request& r) { r.mutable_business()->set_address(long_text); }},
        {"business.kbli KBLI_UNKNOWN", [](Request& r) { r.mutable_business()->clear_kbli(); }},
        {"business.kbli KBLI_UNKNOWN", [](Request& r) { r.mutable_business()->set_kbli("04"); }},
        {"business.capital_rupiah OUT_OF_RANGE",
         [](Request& r) { r.mutable_business()->set_capital_rupiah(-1); }},
        {"business.annual_sales_rupiah OUT_OF_RANGE",
         [](Request& r) {
             r.mutable_business()->set_annual_sales_rupiah(
                 std::numeric_limits<std::int64_t>::max());
         }},
        {"business.condition UNKNOWN_VALUE",
         [](Request& r) {
             r.mutable_business()->set_condition(static_cast<common::v1::BusinessCondition>(-1));
         }},
        {"business.condition_since DATE_IN_FUTURE",
         [](Request& r) { r.mutable_business()->set_condition_since("2026-03-11"); }},
        {"business.channels[1] UNKNOWN_VALUE",
         [](Request& r) {
             r.mutable_business()->add_channels(common::v1::SALES_CHANNEL_ONLINE);
             r.mutable_business()->add_channels(static_cast<common::v1::SalesChannel>(77));
         }},
        {"business.nib NIB_INVALID", [](Request& r) { r.mutable_business()->set_nib("123"); }},
        {"business.npwp NPWP_INVALID", [](Request& r) { r.mutable_business()->set_npwp("x"); }},
        {"business.start_date DATE_INVALID",
         [](Request& r) { r.mutable_business()->set_start_date("2026-02-30"); }},
    };
    for (const BadRegistration& each : cases) {
        Request request = Registration(1);
        each.spoil(request);
        EXPECT_THAT(Violations(request), ElementsAre(each.violation));
    }
    EXPECT_THAT(Violations(Registration(1)), IsEmpty());
}

TEST_F(ChecksTest, NameAllThatIsWrongAtOnce) {
    EXPECT_THAT(Violations(v1::RegisterBusinessRequest()),
                ElementsAre("request_id REQUIRED", "owner.name REQUIRED", "business.kind REQUIRED",
                            "business.name REQUIRED", "business.region_code REQUIRED",
                            "business.kbli KBLI_UNKNOWN"));
}

TEST_F(ChecksTest, NeverQuoteAValue) {
    v1::RegisterBusinessRequest request = Registration(1);
    request.mutable_owner()->set_nik("36740552038500019");
    request.mutable_owner()->set_phone("0812canary");
    const Error error = checks_.Check(request).error();
    std::string all = error.message;
    for (const FieldViolation& each : error.fields) all += each.message;
    EXPECT_THAT(all, ::testing::Not(::testing::AnyOf(::testing::HasSubstr("3674055203850001"),
                                                     ::testing::HasSubstr("canary"))));
}

TEST_F(ChecksTest, NormaliseWhatTheyAccept) {
    v1::RegisterBusinessRequest request = Registration(1);
    request.set_request_id("0195A000-0000-7000-8000-00000000000A");
    request.mutable_owner()->set_nik("3674.0552.0385-0001");
    request.mutable_owner()->set_name("  Siti Aminah ");
    request.mutable_owner()->set_phone("0812 3456 7890");
    request.mutable_business()->set_npwp(
        "0"
        "09.254.294.3-407.000");
    const Result<Checked> checked = checks_.Check(request);
    ASSERT_TRUE(checked);
    EXPECT_EQ(checked->request_id, "0195a000-0000-7000-8000-00000000000a");
    const auto& command = std::get<RegisterBusiness>(checked->command);
    EXPECT_EQ(command.owner.nik, NikOf(1));
    EXPECT_EQ(command.owner.name, "Siti Aminah");
    EXPECT_EQ(command.owner.phone, "+6281234567890");
    EXPECT_EQ(command.profile.npwp, "092542943407000");
    EXPECT_EQ(command.condition, Condition::kActive);
    EXPECT_EQ(command.condition_since, kToday);
    EXPECT_THAT(command.warnings, IsEmpty());
    EXPECT_NE(command.business_id, command.owner_id);
}

TEST_F(ChecksTest, WarnOfWhatAPersonShouldLookAt) {
    v1::RegisterBusinessRequest request = Registration(1);
    request.mutable_owner()->set_nik("3674055203200001");  // Six years old.
    request.mutable_business()->set_npwp("092542942407000");
    const Result<Checked> checked = checks_.Check(request);
    ASSERT_TRUE(checked);
    EXPECT_THAT(std::get<RegisterBusiness>(checked->command).warnings,
                ElementsAre("AGE_UNUSUAL", "NPWP_CHECKSUM"));
}

TEST_F(ChecksTest, DoNotAskARowForARequestId) {
    v1::RegisterBusinessRequest request = Registration(1);
    request.clear_request_id();
    EXPECT_TRUE(checks_.CheckRow(request));
}

TEST_F(ChecksTest, OfAReportNameWhatIsWrong) {
    using Request = v1::ReportConditionRequest;
    Request good;
    good.set_request_id(NewId(kNow));
    good.set_business_id(NewId(kNow));
    good.set_condition(common::v1::BUSINESS_CONDITION_AFFECTED);
    good.set_since("2026-03-10");
    EXPECT_THAT(Violations(good), IsEmpty());

    const std::pair<std::string, std::function<void(Request&)>> cases[] = {
        {"request_id REQUIRED", [](Request& r) { r.clear_request_id(); }},
        {"business_id REQUIRED", [](Request& r) { r.clear_business_id(); }},
        {"business_id NOT_A_UUID", [](Request& r) { r.set_business_id("' OR 1=1"); }},
        {"condition REQUIRED", [](Request& r) { r.clear_condition(); }},
        {"since REQUIRED", [](Request& r) { r.clear_since(); }},
        {"since DATE_IN_FUTURE", [](Request& r) { r.set_since("2026-03-11"); }},
        {"since DATE_INVALID", [](Request& r) { r.set_since("1899-12-31"); }},
        {"monthly_sales_rupiah OUT_OF_RANGE", [](Request& r) { r.set_monthly_sales_rupiah(-1); }},
        {"annual_sales_rupiah OUT_OF_RANGE", [](Request& r) { r.set_annual_sales_rupiah(-1); }},
        {"workers_male OUT_OF_RANGE", [](Request& r) { r.set_workers_male(1'000'001); }},
        {"workers_female OUT_OF_RANGE", [](Request& r) { r.set_workers_female(-1); }},
        {"reasons[0] REQUIRED",
         [](Request& r) { r.add_reasons(v1::CONDITION_REASON_UNSPECIFIED); }},
        {"etag ETAG_INVALID", [](Request& r) { r.set_etag("0"); }},
        {"etag ETAG_INVALID", [](Request& r) { r.set_etag("1x"); }},
        {"etag ETAG_INVALID", [](Request& r) { r.set_etag("99999999999999999999"); }},
    };
    for (const auto& [violation, spoil] : cases) {
        Request request = good;
        spoil(request);
        EXPECT_THAT(Violations(request), ElementsAre(violation));
    }
}

}  // namespace
}  // namespace bangkit::registration
