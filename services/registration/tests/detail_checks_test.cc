// Fields that tell more than every registration states: what of them is refused, what is a warning,
// and how they are kept.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>

#include "libs/testing/manual_clock.h"
#include "services/registration/api/checks.h"
#include "services/registration/tests/registrations.h"

namespace bangkit::registration {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using Request = v1::RegisterBusinessRequest;

class DetailChecksTest : public ::testing::Test {
protected:
    /// "field REASON" of every violation.
    std::vector<std::string> Violations(const Request& request) const {
        const Result<Checked> checked = checks_.Check(request);
        std::vector<std::string> violations;
        if (checked) return violations;
        for (const FieldViolation& each : checked.error().fields) {
            violations.push_back(each.field + " " + each.reason);
        }
        return violations;
    }
    RegisterBusiness Accepted(const Request& request) const {
        const Result<Checked> checked = checks_.Check(request);
        EXPECT_TRUE(checked) << checked.error().message;
        return std::get<RegisterBusiness>(checked->command);
    }

    const testing::ManualClock clock_{kNow};
    const Checks checks_{Regions(), clock_};
};

struct BadDetail {
    std::string violation;
    std::function<void(v1::OwnerInput&, v1::BusinessInput&)> spoil;
};

TEST_F(DetailChecksTest, NameWhatIsWrong) {
    const BadDetail cases[] = {
        {"owner.kk KK_INVALID", [](auto& owner, auto&) { owner.set_kk("123"); }},
        {"owner.birth_date DATE_INVALID", [](auto& o, auto&) { o.set_birth_date("12/3/1985"); }},
        {"owner.birth_date DATE_IN_FUTURE", [](auto& o, auto&) { o.set_birth_date("2026-03-11"); }},
        {"owner.sex UNKNOWN_VALUE", [](auto& o, auto&) { o.set_sex(static_cast<v1::Sex>(9)); }},
        {"owner.email EMAIL_INVALID", [](auto& o, auto&) { o.set_email("siti"); }},
        {"owner.email EMAIL_INVALID", [](auto& o, auto&) { o.set_email("a@b@c.id"); }},
        {"owner.email EMAIL_INVALID", [](auto& o, auto&) { o.set_email("a b@c.id"); }},
        {"owner.email EMAIL_INVALID", [](auto& o, auto&) { o.set_email("a@id"); }},
        {"owner.disability UNKNOWN_VALUE",
         [](auto& o, auto&) { o.set_disability(static_cast<v1::Disability>(9)); }},
        {"owner.occupation UNKNOWN_VALUE",
         [](auto& o, auto&) { o.set_occupation(static_cast<v1::Occupation>(9)); }},
        {"business.location_type UNKNOWN_VALUE",
         [](auto&, auto& b) { b.set_location_type(static_cast<common::v1::LocationType>(9)); }},
        {"business.network_coverage UNKNOWN_VALUE",
         [](auto&, auto& b) {
             b.set_network_coverage(static_cast<common::v1::NetworkCoverage>(9));
         }},
        {"business.workers_male OUT_OF_RANGE", [](auto&, auto& b) { b.set_workers_male(-1); }},
        {"business.workers_female OUT_OF_RANGE",
         [](auto&, auto& b) { b.set_workers_female(1'000'001); }},
        {"business.online_channels[0].platform REQUIRED",
         [](auto&, auto& b) { b.add_online_channels()->set_address("@a"); }},
        {"business.online_channels[0].address CHANNEL_PERSONAL",
         [](auto&, auto& b) {
             b.add_online_channels()->set_platform(v1::ONLINE_PLATFORM_OTHER);
             b.mutable_online_channels(0)->set_address("0812-3456-7890");
         }},
        {"business.online_channels[0].address CHANNEL_PERSONAL",
         [](auto&, auto& b) {
             b.add_online_channels()->set_platform(v1::ONLINE_PLATFORM_OTHER);
             b.mutable_online_channels(0)->set_address("siti@contoh.example");
         }},
        {"business.online_channels[0].address CHANNEL_PERSONAL",
         [](auto&, auto& b) {
             b.add_online_channels()->set_platform(v1::ONLINE_PLATFORM_WEBSITE);
             b.mutable_online_channels(0)->set_address("https://wa.me/6281234567890");
         }},
        {"business.nib_issued_on DATE_IN_FUTURE",
         [](auto&, auto& b) { b.set_nib_issued_on("2027-01-01"); }},
        {"business.pirt.number PIRT_INVALID",
         [](auto&, auto& b) { b.mutable_pirt()->set_number("2063674010001"); }},
        {"business.pirt.number REQUIRED",
         [](auto&, auto& b) { b.mutable_pirt()->set_issued_on("2025-01-01"); }},
        {"business.halal.number HALAL_FATWA_NUMBER",
         [](auto&, auto& b) { b.mutable_halal()->set_number("KH 00123456789012345"); }},
        {"business.halal.number HALAL_INVALID",
         [](auto&, auto& b) { b.mutable_halal()->set_number("00123456789012345"); }},
        {"business.bpom.number BPOM_INVALID",
         [](auto&, auto& b) { b.mutable_bpom()->set_number("MD 12345"); }},
        {"business.business_certificate.expires_on EXPIRES_BEFORE_ISSUED",
         [](auto&, auto& b) {
             b.mutable_business_certificate()->set_number("503/1/SKU");
             b.mutable_business_certificate()->set_issued_on("2025-01-02");
             b.mutable_business_certificate()->set_expires_on("2025-01-01");
         }},
        {"business.cooperative.cooperative_number COOPERATIVE_NUMBER_INVALID",
         [](auto&, auto& b) { b.mutable_cooperative()->set_cooperative_number("3275A"); }},
        {"business.cooperative.last_annual_meeting DATE_IN_FUTURE",
         [](auto&, auto& b) { b.mutable_cooperative()->set_last_annual_meeting("2026-04-01"); }},
        {"business.street_vendor.sells_until REQUIRED",
         [](auto&, auto& b) { b.mutable_street_vendor()->set_sells_from("16:00"); }},
        {"business.consent.notice_version REQUIRED",
         [](auto&, auto& b) {
             b.mutable_consent()->mutable_given_at()->set_seconds(1'750'000'000);
         }},
        {"business.consent.notice_version CODE_INVALID",
         [](auto&, auto& b) {
             b.mutable_consent()->set_notice_version("versi dua");
             b.mutable_consent()->mutable_given_at()->set_seconds(1'750'000'000);
         }},
        {"business.consent.given_at REQUIRED",
         [](auto&, auto& b) { b.mutable_consent()->set_notice_version("2024-1"); }},
        {"business.consent.given_at DATE_IN_FUTURE",
         [](auto&, auto& b) {
             b.mutable_consent()->set_notice_version("2024-1");
             b.mutable_consent()->mutable_given_at()->set_seconds(1'900'000'000);
         }},
        {"business.provenance.device_id CODE_INVALID",
         [](auto&, auto& b) { b.mutable_provenance()->set_device_id("tablet 7"); }},
        {"business.kbli_version KBLI_VERSION_UNKNOWN",
         [](auto&, auto& b) { b.set_kbli_version("2015"); }}};
    for (const BadDetail& bad : cases) {
        SCOPED_TRACE(bad.violation);
        Request request = Registration(1);
        bad.spoil(*request.mutable_owner(), *request.mutable_business());
        EXPECT_THAT(Violations(request), ElementsAre(bad.violation));
    }
}

TEST_F(DetailChecksTest, RefuseATimeThatIsNoneOnBothSides) {
    Request request = Registration(1);
    for (const char* text : {"4:00", "24:00", "12:60", "noon!", "12.30"}) {
        request.mutable_business()->mutable_street_vendor()->set_sells_from(text);
        request.mutable_business()->mutable_street_vendor()->set_sells_until(text);
        EXPECT_THAT(Violations(request),
                    ElementsAre("business.street_vendor.sells_from TIME_INVALID",
                                "business.street_vendor.sells_until TIME_INVALID"))
            << text;
    }
}

TEST_F(DetailChecksTest, RefuseTheSameOnlineChannelTwice) {
    Request request = Registration(1);
    for (int i = 0; i < 2; ++i) {
        v1::OnlineChannel& channel = *request.mutable_business()->add_online_channels();
        channel.set_platform(v1::ONLINE_PLATFORM_SHOPEE);
        channel.set_address("contoh");
    }
    EXPECT_THAT(Violations(request), ElementsAre("business.online_channels[1] DUPLICATE"));
}

TEST_F(DetailChecksTest, KeepOneTextForEachWayToWriteANumber) {
    Request request = Registration(1);
    v1::BusinessInput& business = *request.mutable_business();
    request.mutable_owner()->set_kk("36.74.05-120310.9001");
    business.mutable_pirt()->set_number("P-IRT No. 2063674010001-27");
    business.mutable_halal()->set_number("id 81110001234567890");
    business.mutable_bpom()->set_number("BPOM RI MD 123456789012");
    const RegisterBusiness accepted = Accepted(request);
    EXPECT_EQ(accepted.owner.kk, "3674051203109001");
    EXPECT_EQ(accepted.profile.pirt.number, "206367401000127");
    EXPECT_EQ(accepted.profile.halal.number, "ID81110001234567890");
    EXPECT_EQ(accepted.profile.bpom.number, "MD123456789012");
    EXPECT_THAT(accepted.warnings, IsEmpty());
}

TEST_F(DetailChecksTest, WarnOfWhatIsOnlyUnlikely) {
    Request request = Registration(1);
    v1::OwnerInput& owner = *request.mutable_owner();
    owner.set_nik("3674051203859001");
    owner.set_birth_date("1985-03-13");  // The NIK says the 12th, of a man.
    owner.set_sex(v1::SEX_FEMALE);
    owner.set_kk(owner.nik());
    v1::BusinessInput& business = *request.mutable_business();
    business.set_npwp("12.345.678.9-000.000");
    business.mutable_pirt()->set_number("206367401000");
    business.mutable_halal()->set_number("ID8111000123456");
    EXPECT_THAT(Accepted(request).warnings,
                ElementsAre("NPWP_CHECKSUM", "PIRT_OLD", "HALAL_LENGTH_UNUSUAL",
                            "BIRTH_DATE_DIFFERS", "SEX_DIFFERS", "KK_IS_NIK"));
}

TEST_F(DetailChecksTest, TakeAnEmptyMessageForNone) {
    Request request = Registration(1);
    request.mutable_business()->mutable_cooperative();
    request.mutable_business()->mutable_street_vendor()->mutable_tdu();
    request.mutable_business()->mutable_pirt();
    EXPECT_EQ(Accepted(request).profile, Accepted(Registration(1)).profile);
}

TEST_F(DetailChecksTest, OfAGroupNameWhatIsWrongWithItsMembers) {
    v1::ChangeGroupMembersRequest request;
    request.set_request_id(NewId(kNow));
    request.set_business_id(NewId(kNow));
    const auto violations = [&] {
        const Result<Checked> checked = checks_.Check(request);
        std::vector<std::string> names;
        if (checked) return names;
        for (const FieldViolation& each : checked.error().fields) {
            names.push_back(each.field + " " + each.reason);
        }
        return names;
    };
    EXPECT_THAT(violations(), ElementsAre("added_business_ids REQUIRED"));
    const std::string member = NewId(kNow);
    request.add_added_business_ids(member);
    request.add_removed_business_ids("x");
    request.add_removed_business_ids(member);
    EXPECT_THAT(violations(), ElementsAre("removed_business_ids[0] NOT_A_UUID",
                                          "removed_business_ids[1] DUPLICATE"));
    request.clear_removed_business_ids();
    EXPECT_THAT(violations(), IsEmpty());
    for (int i = 0; i < 200; ++i) request.add_added_business_ids(NewId(kNow));
    EXPECT_THAT(violations(), ElementsAre("added_business_ids OUT_OF_RANGE"));
}

}  // namespace
}  // namespace bangkit::registration
