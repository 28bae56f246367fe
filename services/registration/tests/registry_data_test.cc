// What is known beyond what every registration states: what it must agree with, what a person is to
// look at, and what an erasure leaves of it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "services/registration/domain/review.h"
#include "services/registration/domain/update.h"
#include "services/registration/tests/registrations.h"

namespace bangkit::registration {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

Business Registered(const RegisterBusiness& command) {
    return Apply({}, Decide({}, command, {.owner_id = command.owner_id}, kNow)->front());
}

RegisterBusiness CommandOf(Kind kind) {
    RegisterBusiness command = RegistrationCommand(1);
    command.profile.kind = kind;
    return command;
}

std::string ReasonOf(const Result<Events>& decision) {
    return decision ? "" : decision.error().reason;
}

TEST(Registering, TakesDetailsOfItsKindAlone) {
    for (const Kind kind : {Kind::kUmkm, Kind::kCooperative, Kind::kStreetVendor, Kind::kGroup}) {
        RegisterBusiness cooperative = CommandOf(kind), vendor = CommandOf(kind);
        cooperative.profile.cooperative = Cooperative{.deed_number = "12"};
        vendor.profile.street_vendor = StreetVendor{.place = "Blok A"};
        EXPECT_EQ(ReasonOf(Decide({}, cooperative, {.owner_id = "o"}, kNow)),
                  kind == Kind::kCooperative ? "" : "DETAILS_NOT_OF_KIND");
        EXPECT_EQ(ReasonOf(Decide({}, vendor, {.owner_id = "o"}, kNow)),
                  kind == Kind::kStreetVendor ? "" : "DETAILS_NOT_OF_KIND");
    }
}

// Nothing that is known goes away silently: whoever changes the kind says that it does.
TEST(Updating, OfTheKindNeedsTheDetailsOfTheOldOneToBeTakenAway) {
    RegisterBusiness command = CommandOf(Kind::kCooperative);
    command.profile.cooperative = Cooperative{.deed_number = "12"};
    const Business cooperative = Registered(command);
    UpdateBusiness update;
    update.details = {Detail::kKind};
    update.profile.kind = Kind::kUmkm;
    EXPECT_EQ(ReasonOf(Decide(cooperative, update, {}, kNow)), "DETAILS_NOT_OF_KIND");
    update.details = {Detail::kKind, Detail::kCooperative};
    const Result<Events> decision = Decide(cooperative, update, {}, kNow);
    ASSERT_TRUE(decision);
    EXPECT_EQ(Apply(cooperative, decision->front()).profile.cooperative, std::nullopt);
}

TEST(Reporting, OfTheConditionStatesTheWorkersToo) {
    RegisterBusiness command = CommandOf(Kind::kUmkm);
    command.profile.workers = {.male = 2, .female = 3};
    command.condition_since = Day(2, 1);
    Business business = Registered(command);
    ReportCondition report;
    report.condition = Condition::kAffected;
    report.since = Day(3, 1);
    report.workers_male = 1;
    business = Apply(business, Decide(business, report, kNow)->front());
    EXPECT_EQ(business.profile.workers, (Workers{.male = 1, .female = 3}));
    report.since = Day(1, 1);  // Late: how it was before.
    report.workers_male = 9;
    business = Apply(business, Decide(business, report, kNow)->front());
    EXPECT_EQ(business.profile.workers.male, 1);
}

TEST(WithoutOwner, TakesWhatTellsWhoOwnsABusinessOfOneAlone) {
    Profile profile;
    profile.name = "Warung Siti";
    profile.nib = "1234567890123";
    profile.nib_issued_on = Day(1, 1);
    profile.npwp = NikOf(1);
    profile.online_channels = {{OnlinePlatform::kInstagram, "@siti"}};
    profile.pirt.number = profile.halal.number = profile.bpom.number = "1";
    profile.business_certificate.number = "503/1";
    profile.street_vendor = StreetVendor{.place = "Blok A"};
    profile.network_coverage = NetworkCoverage::kBlankSpot;
    profile.order_and_deliver = true;
    profile.consent = Consent{.notice_version = "2024-1", .given_at = kNow};
    for (const Kind kind : {Kind::kUmkm, Kind::kStreetVendor}) {
        profile.kind = kind;
        Profile expected;
        expected.kind = kind;
        expected.network_coverage = NetworkCoverage::kBlankSpot;
        expected.order_and_deliver = true;
        expected.consent = profile.consent;
        EXPECT_EQ(WithoutOwner(profile), expected);
    }
    for (const Kind kind : {Kind::kCooperative, Kind::kGroup}) {
        profile.kind = kind;
        Profile expected = profile;
        expected.npwp.clear();
        EXPECT_EQ(WithoutOwner(profile), expected);
    }
}

// The NIK of a woman has 40 added to the day.
TEST(Contradictions, AreWhatWasStatedAndIsNotWhatTheNikSays) {
    Owner owner{
        .nik = "3674055203859001", .name = "Siti", .phone = "", .identity_card_address = ""};
    EXPECT_THAT(Contradictions(owner), IsEmpty());
    owner.birth_date = std::chrono::year(1985) / 3 / 12;
    owner.sex = Sex::kFemale;
    EXPECT_THAT(Contradictions(owner), IsEmpty());
    owner.birth_date = std::chrono::year(1985) / 3 / 13;
    EXPECT_THAT(Contradictions(owner), ElementsAre("BIRTH_DATE_DIFFERS"));
    owner.sex = Sex::kMale;
    EXPECT_THAT(Contradictions(owner), ElementsAre("BIRTH_DATE_DIFFERS", "SEX_DIFFERS"));
    owner.kk = owner.nik;
    EXPECT_THAT(Contradictions(owner),
                ElementsAre("BIRTH_DATE_DIFFERS", "SEX_DIFFERS", "KK_IS_NIK"));
    owner.nik.clear();
    EXPECT_THAT(Contradictions(owner), IsEmpty()) << "there is nothing to disagree with";
}

// A NIK has two digits of the year: 1985 may be 2085.
TEST(Contradictions, LeaveTheCenturyOpen) {
    Owner owner{.nik = "3674051203059001", .name = "Adi", .phone = "", .identity_card_address = ""};
    for (const int year : {1905, 2005}) {
        owner.birth_date = std::chrono::year(year) / 3 / 12;
        EXPECT_THAT(Contradictions(owner), IsEmpty()) << year;
    }
}

TEST(Contradictions, OfAPirtAreItsYearAndTheDayUntilWhichItIsValid) {
    Profile profile;
    profile.pirt = {.number = "206367401000127",
                    .issued_on = {},
                    .expires_on = std::chrono::year(2027) / 5 / 1};
    EXPECT_THAT(Contradictions(profile), IsEmpty());
    profile.pirt.expires_on = std::chrono::year(2028) / 5 / 1;
    EXPECT_THAT(Contradictions(profile), ElementsAre("PIRT_YEAR_DIFFERS"));
    profile.pirt.number = "206367401000";  // Old numbers hold no year.
    EXPECT_THAT(Contradictions(profile), IsEmpty());
}

}  // namespace
}  // namespace bangkit::registration
