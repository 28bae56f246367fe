// What a change of details does, and what it does not.
#include "services/registration/domain/update.h"

#include <gmock/gmock.h>

#include "services/registration/tests/registrations.h"

namespace bangkit::registration {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr std::int64_t kBillion = 1'000'000'000;

class Updating : public ::testing::Test {
protected:
    Updating() {
        Profile profile;
        profile.name = "Warung";
        profile.region_code = "36.74.05.1002";
        profile.kbli = "4711";
        profile.nib = "1234567890123";
        business_ = Apply(
            {}, BusinessRegistered{.business_id = "b",
                                   .owner_id = "o",
                                   .profile = profile,
                                   .scale = Classified(
                                       {.capital = 5'000'000, .annual_sales = kBillion}, Day(1, 1)),
                                   .condition = Condition::kActive,
                                   .condition_since = Day(1, 1),
                                   .at = kNow});
        facts_.owner = Owner{.nik = "", .name = "Siti", .phone = "", .identity_card_address = ""};
    }

    /// The command that names these details and leaves them as they are, for a test to change.
    UpdateBusiness Naming(std::set<Detail> details) const {
        UpdateBusiness command;
        command.business_id = business_.id;
        command.details = std::move(details);
        command.owner = facts_.owner.value_or(Owner{});
        command.profile = business_.profile;
        command.figures = business_.scale.figures;
        return command;
    }
    Result<Events> Decided(const UpdateBusiness& command) const {
        return Decide(business_, command, facts_, kNow);
    }
    std::string Refusal(const UpdateBusiness& command) const {
        const Result<Events> decided = Decided(command);
        return decided ? "" : decided.error().reason;
    }

    /// A kind that may have such a detail.
    static Kind KindWith(Detail detail) {
        if (detail == Detail::kCooperative) return Kind::kCooperative;
        return detail == Detail::kStreetVendor ? Kind::kStreetVendor : Kind::kUmkm;
    }

    Business business_;
    UpdateFacts facts_;
};

TEST_F(Updating, ChangesWhatIsNamedAndNothingElse) {
    UpdateBusiness command = Naming({Detail::kName, Detail::kKbli});
    command.profile.name = "Toko";
    command.profile.kbli = "56";
    command.profile.address = "not named";
    const Events events = Decided(command).value();
    ASSERT_THAT(events, SizeIs(1));
    const Business after = Apply(business_, events.front());
    Profile expected = business_.profile;
    expected.name = "Toko";
    expected.kbli = "56";
    EXPECT_EQ(after.profile, expected);
    EXPECT_EQ(after.scale, business_.scale);
    EXPECT_EQ(after.version, 2);
}

TEST_F(Updating, TellsWhichDetailsAreDifferentNow) {
    UpdateBusiness command = Naming({Detail::kName, Detail::kKbli, Detail::kOwnerPhone});
    command.profile.kbli = "56";
    command.owner.phone = "+628123456789";
    const auto event = std::get<DetailsChanged>(Decided(command).value().front());
    EXPECT_THAT(event.details, ElementsAre(Detail::kOwnerPhone, Detail::kKbli));
}

TEST_F(Updating, ToWhatIsSoAlreadyIsNoChange) {
    for (int i = 0; i <= static_cast<int>(kLastDetail); ++i) {
        EXPECT_THAT(Decided(Naming({static_cast<Detail>(i)})).value(), IsEmpty())
            << PathOf(static_cast<Detail>(i));
    }
}

TEST_F(Updating, EveryDetailForItselfIsAChange) {
    UpdateBusiness other = Naming({});
    other.owner = {.nik = "n",
                   .name = "Ani",
                   .phone = "p",
                   .identity_card_address = "a",
                   .kk = "k",
                   .birth_date = Day(1, 1),
                   .sex = Sex::kFemale,
                   .email = "e",
                   .disability = Disability::kNone,
                   .occupation = Occupation::kOther};
    other.profile = {.kind = Kind::kGroup,
                     .name = "Toko",
                     .region_code = "36.74.05",
                     .address = "Jalan",
                     .kbli = "56",
                     .channels = {Channel::kOnline},
                     .nib = "",
                     .npwp = "1",
                     .start_date = Day(1, 2),
                     .order_and_deliver = true,
                     .location_type = LocationType::kMobile,
                     .workers = {.male = 1, .female = 2},
                     .network_coverage = NetworkCoverage::kBlankSpot,
                     .online_channels = {{OnlinePlatform::kShopee, "s"}},
                     .nib_issued_on = Day(1, 1),
                     .pirt = {.number = "p"},
                     .halal = {.number = "h"},
                     .bpom = {.number = "b"},
                     .business_certificate = {.number = "c"},
                     .cooperative = Cooperative{.deed_number = "d"},
                     .street_vendor = StreetVendor{.place = "s"},
                     .consent = Consent{.notice_version = "v", .given_at = kNow}};
    other.figures = {.capital = std::nullopt, .annual_sales = std::nullopt};
    for (int i = 0; i <= static_cast<int>(kLastDetail); ++i) {
        const auto detail = static_cast<Detail>(i);
        other.details = {detail};
        business_.profile.kind = KindWith(detail);
        const Events events = Decided(other).value();
        ASSERT_FALSE(events.empty()) << PathOf(detail);
        EXPECT_THAT(std::get<DetailsChanged>(events.front()).details, ElementsAre(detail));
        EXPECT_EQ(IsOfOwner(detail), Updated(*facts_.owner, other) != *facts_.owner);
        EXPECT_EQ(DetailNamed(PathOf(detail)), detail);
    }
}

TEST_F(Updating, WithNewFiguresOfTheSameScaleStatesThemFromToday) {
    UpdateBusiness command = Naming({Detail::kAnnualSales});
    command.figures = {.capital = 1, .annual_sales = 2 * kBillion};
    const Events events = Decided(command).value();
    ASSERT_THAT(events, SizeIs(1));
    const Business after = Apply(business_, events.front());
    EXPECT_EQ(after.scale.figures, (Figures{.capital = 5'000'000, .annual_sales = 2 * kBillion}));
    EXPECT_EQ(after.scale.since, kToday);
}

TEST_F(Updating, WithFiguresOfAHigherScaleIsNaikKelas) {
    UpdateBusiness command = Naming({Detail::kAnnualSales, Detail::kName});
    command.figures.annual_sales = 2 * kBillion + 1;
    command.profile.name = "Toko";
    const Events events = Decided(command).value();
    ASSERT_THAT(events, SizeIs(2));
    EXPECT_FALSE(std::get<DetailsChanged>(events[0]).new_figures);
    const auto changed = std::get<ScaleChanged>(events[1]);
    EXPECT_TRUE(changed.IsUpgrade());
    EXPECT_EQ(changed.to.classification.scale, Scale::kSmall);
    EXPECT_EQ(changed.to.since, kToday);
}

TEST_F(Updating, ToUnknownFiguresMakesTheScaleUnknownAndIsNoUpgrade) {
    const Events events = Decided([this] {
                              UpdateBusiness command =
                                  Naming({Detail::kCapital, Detail::kAnnualSales});
                              command.figures = {};
                              return command;
                          }())
                              .value();
    ASSERT_THAT(events, SizeIs(2));
    EXPECT_EQ(std::get<ScaleChanged>(events[1]).to.classification.scale, Scale::kUnknown);
    EXPECT_FALSE(std::get<ScaleChanged>(events[1]).IsUpgrade());
}

// A clock that went back, or a statement of the same day: the new one is the present one.
TEST_F(Updating, NeverStatesFiguresFromBeforeThePresentOnes) {
    business_.scale.since = kToday + std::chrono::days(1);
    UpdateBusiness command = Naming({Detail::kAnnualSales});
    command.figures.annual_sales = 3 * kBillion;
    const Events events = Decided(command).value();
    EXPECT_EQ(std::get<ScaleChanged>(events[1]).to.since, business_.scale.since);
}

TEST_F(Updating, SaysWhereABusinessThatMovesHasBeen) {
    UpdateBusiness command = Naming({Detail::kRegion});
    command.profile.region_code = "36.71";
    const auto event = std::get<DetailsChanged>(Decided(command).value().front());
    EXPECT_EQ(event.region_before, "36.74.05.1002");
    EXPECT_EQ(event.profile.region_code, "36.71");
}

TEST_F(Updating, CompletesANikThatNobodyHas) {
    UpdateBusiness command = Naming({Detail::kOwnerNik});
    command.owner.nik = NikOf(1);
    EXPECT_THAT(Decided(command).value(), SizeIs(1));
    facts_.nik_is_taken = true;
    EXPECT_EQ(Refusal(command), "NIK_ALREADY_REGISTERED");
    facts_ = {};
    facts_.owner = Owner{.nik = NikOf(2), .name = "", .phone = "", .identity_card_address = ""};
    EXPECT_EQ(Refusal(command), "NIK_KNOWN");
}

TEST_F(Updating, OfAnErasedOwnerTouchesNothingThatWasTheirs) {
    facts_.owner.reset();
    for (int i = 0; i <= static_cast<int>(kLastDetail); ++i) {
        const auto detail = static_cast<Detail>(i);
        EXPECT_EQ(Refusal(Naming({detail})), NeedsOwner(detail) ? "OWNER_ERASED" : "")
            << PathOf(detail);
    }
}

TEST_F(Updating, IsRefusedForANibOfAnotherBusiness) {
    UpdateBusiness command = Naming({Detail::kNib});
    command.profile.nib = "9876543210987";
    facts_.nib_is_taken = true;
    EXPECT_EQ(Refusal(command), "NIB_ALREADY_REGISTERED");
    command.details = {Detail::kName};  // Not named, not looked at.
    EXPECT_EQ(Refusal(command), "");
}

TEST_F(Updating, IsRefusedForWhatDoesNotExistOrHasChanged) {
    UpdateBusiness command = Naming({Detail::kName});
    EXPECT_EQ(Decide(Business{}, command, {}, kNow).error().code, ErrorCode::kNotFound);
    command.expected_version = 2;
    EXPECT_EQ(Refusal(command), "ETAG_STALE");
    command.expected_version = 1;
    EXPECT_EQ(Refusal(command), "");
}

class Verifying : public Updating {
protected:
    Result<Events> Verify(Verification level, std::string note = "") const {
        VerifyBusiness command;
        command.level = level;
        command.note = std::move(note);
        return Decide(business_, command, kNow);
    }
};

TEST_F(Verifying, GoesUpByAnySteps) {
    for (const auto level : {Verification::kDocument, Verification::kField}) {
        const Events events = Verify(level).value();
        ASSERT_THAT(events, SizeIs(1));
        EXPECT_EQ(std::get<Verified>(events.front()).from, Verification::kSelfDeclared);
        EXPECT_EQ(Apply(business_, events.front()).verification, level);
    }
}

TEST_F(Verifying, GoesDownOnlyForAReason) {
    business_.verification = Verification::kField;
    EXPECT_EQ(Verify(Verification::kDocument).error().reason, "REASON_MISSING");
    EXPECT_EQ(Verify(Verification::kDocument).error().code, ErrorCode::kFailedPrecondition);
    const Events events = Verify(Verification::kSelfDeclared, "surat palsu").value();
    EXPECT_EQ(Apply(business_, events.front()).verification, Verification::kSelfDeclared);
}

TEST_F(Verifying, TheSameLevelAgainIsAStatementToo) {
    business_.verification = Verification::kField;
    EXPECT_THAT(Verify(Verification::kField).value(), SizeIs(1));
}

}  // namespace
}  // namespace bangkit::registration
