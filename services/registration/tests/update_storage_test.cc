// Changes of details as they are stored, published, and kept apart from each other.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "bangkit/registration/v1/registration_events.pb.h"
#include "services/registration/tests/loop_fixture.h"

namespace bangkit::registration {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr const char* kNib = "1234567890123";
constexpr const char* kOtherNib = "9876543210987";

class UpdateTest : public RegistryTest {
protected:
    UpdateTest() {
        business_.profile.nib = kNib;
        business_.owner.phone = "+6281234567890";
        business_.profile.npwp = "123456789012345";
        EXPECT_TRUE(Run(business_));
    }

    static UpdateBusiness Naming(const RegisterBusiness& business, std::set<Detail> details) {
        UpdateBusiness command;
        command.business_id = business.business_id;
        command.details = std::move(details);
        command.owner = business.owner;
        command.profile = business.profile;
        command.figures = business.figures;
        return command;
    }
    UpdateBusiness Naming(std::set<Detail> details) const {
        return Naming(business_, std::move(details));
    }
    UpdateBusiness WithNib(const RegisterBusiness& business, const std::string& nib) const {
        UpdateBusiness command = Naming(business, {Detail::kNib});
        command.profile.nib = nib;
        return command;
    }
    static v1::UpdateBusinessResponse Updated(const Outcome& outcome) {
        v1::UpdateBusinessResponse response;
        response.ParseFromString(outcome.value());
        return response;
    }
    StoredBusiness Stored(const std::string& id) const {
        return queries_.Find({.regions = {"36"}, .owner_id = ""}, id).value();
    }
    StoredBusiness Stored() const { return Stored(business_.business_id); }
    /// A provisional business: nobody knows the NIK of its owner.
    RegisterBusiness Provisional(int number) {
        RegisterBusiness command = RegistrationCommand(number);
        command.owner.nik.clear();
        EXPECT_TRUE(Run(command));
        return command;
    }

    RegisterBusiness business_ = RegistrationCommand(1);
};

TEST_F(UpdateTest, StoresEveryDetail) {
    RegisterBusiness business = Provisional(2);
    UpdateBusiness command = Naming(business, {});
    for (int i = 0; i <= static_cast<int>(kLastDetail); ++i) {
        command.details.insert(static_cast<Detail>(i));
    }
    command.owner = {.nik = NikOf(2),
                     .name = "Ani Contoh",
                     .phone = "+6281299990000",
                     .identity_card_address = "Jalan KTP 1",
                     .kk = "3674051203109001",
                     .birth_date = std::chrono::year(1985) / 3 / 12,
                     .sex = Sex::kFemale,
                     .email = "ani@contoh.example",
                     .disability = Disability::kSensory,
                     .occupation = Occupation::kStateEnterprise};
    command.profile = {.kind = Kind::kStreetVendor,
                       .name = "Toko",
                       .region_code = "36.74.05",
                       .address = "Jalan 2",
                       .kbli = "56",
                       .channels = {Channel::kOnline, Channel::kMobile},
                       .nib = kOtherNib,
                       .npwp = NikOf(2),
                       .start_date = Day(1, 2),
                       .order_and_deliver = true,
                       .location_type = LocationType::kMobile,
                       .workers = {.male = 1, .female = 0},
                       .network_coverage = NetworkCoverage::kWeak,
                       .online_channels = {{OnlinePlatform::kShopee, "contoh"},
                                           {OnlinePlatform::kInstagram, "@contoh"}},
                       .nib_issued_on = Day(1, 3),
                       .pirt = {.number = "206367401000127",
                                .issued_on = Day(1, 4),
                                .expires_on = std::chrono::year(2027) / 1 / 4},
                       .halal = {.number = "ID81110001234567890", .issued_on = Day(1, 5)},
                       .bpom = {.number = "MD123456789012"},
                       .business_certificate = {.number = "503/1/SKU"},
                       .street_vendor = StreetVendor{.place = "Blok A",
                                                     .place_type = PlaceType::kTent,
                                                     .sells_from = "16:00",
                                                     .sells_until = "00:30",
                                                     .tdu = {.number = "TDU-1"}},
                       .consent = Consent{.notice_version = "2024-1", .given_at = kNow}};
    command.figures = {.capital = 7, .annual_sales = 8};
    const v1::UpdateBusinessResponse answer = Updated(Run(command));
    EXPECT_EQ(answer.changed_fields_size(), 34) << "all but those of a cooperative";
    EXPECT_EQ(answer.business().version(), 3);  // The scale was unknown before.

    const StoredBusiness stored = Stored(business.business_id);
    EXPECT_EQ(stored.owner, command.owner);
    EXPECT_EQ(stored.business.profile, command.profile);
    EXPECT_EQ(stored.business.scale.figures, command.figures);
    EXPECT_EQ(stored.business.version, 3);
}

TEST_F(UpdateTest, AnswersWithoutPersonalData) {
    UpdateBusiness command = Naming({Detail::kOwnerName, Detail::kName, Detail::kOwnerPhone});
    command.owner.name = "Canaria Kenari";
    command.profile.name = "Warung Canaria";
    command.owner.phone = "+6281298765432";
    const std::string answer = Run(command).value();
    EXPECT_THAT(answer, Not(HasSubstr("Canaria")));
    EXPECT_THAT(answer, Not(HasSubstr("98765432")));
    EXPECT_EQ(Count("outbox WHERE payload::text LIKE '%"
                    "43616e61726961"
                    "%'"),
              0);
}

TEST_F(UpdateTest, OfTheOwnerAlonePublishesOneEventWithTheWholeStatistics) {
    UpdateBusiness command = Naming({Detail::kOwnerPhone});
    command.owner.phone = "+6281299990000";
    ASSERT_TRUE(Run(command));
    ASSERT_EQ(Count("outbox"), 2);
    postgres::Connection connection(database_.owner_dsn());
    const postgres::Rows rows =
        connection.Run("SELECT type, version, payload FROM outbox ORDER BY id DESC LIMIT 1");
    EXPECT_EQ(rows.Text(0, 0), "bangkit.registration.v1.BusinessDetailsChanged");
    EXPECT_EQ(rows.Int64(0, 1), 2);
    v1::BusinessDetailsChanged event;
    ASSERT_TRUE(event.ParseFromString(rows.Text(0, 2)));
    EXPECT_THAT(event.changed_fields(), ElementsAre("owner.phone"));
    EXPECT_EQ(event.statistics().region_code(), "36.74.05.1002");
    EXPECT_EQ(event.statistics().kbli_division(), "47");
    EXPECT_EQ(event.statistics().verification(), common::v1::VERIFICATION_LEVEL_SELF_DECLARED);
    EXPECT_EQ(Stored().owner.phone, "+6281299990000");
    EXPECT_EQ(Stored().owner.nik, NikOf(1)) << "the rest is as it was";
}

TEST_F(UpdateTest, ThatChangesNothingLeavesVersionAndEtagAndPublishesNothing) {
    const v1::UpdateBusinessResponse answer =
        Updated(Run(Naming({Detail::kName, Detail::kNib, Detail::kNpwp, Detail::kOwnerNik})));
    EXPECT_EQ(answer.business().version(), 1);
    EXPECT_EQ(answer.changed_fields_size(), 0);
    EXPECT_EQ(Count("outbox"), 1);
    EXPECT_EQ(Count("detail_changes"), 0);
    EXPECT_EQ(Count("identity_claims"), 2);
    EXPECT_EQ(Count("audit_entries WHERE outcome = 'OK'"), 2) << "asked for, and audited";
}

TEST_F(UpdateTest, ByAStaleEtagIsRefusedAndLeavesTheClaimsAsTheyWere) {
    UpdateBusiness command = WithNib(business_, kNib);
    command.expected_version = 7;
    EXPECT_EQ(ReasonOf(Run(command)), "ETAG_STALE");
    command.profile.nib = kOtherNib;
    EXPECT_EQ(Run(command).error().code, ErrorCode::kAborted);
    EXPECT_EQ(Count("identity_claims"), 2);
    command.expected_version = 1;
    EXPECT_TRUE(Run(command));
}

TEST_F(UpdateTest, ReleasesTheOldNibAndClaimsTheNewOne) {
    ASSERT_TRUE(Run(WithNib(business_, kOtherNib)));
    RegisterBusiness second = RegistrationCommand(2);
    second.profile.nib = kOtherNib;
    EXPECT_EQ(ReasonOf(Run(second)), "NIB_ALREADY_REGISTERED");
    second.profile.nib = kNib;
    EXPECT_TRUE(Run(second)) << "the old one is free";
    EXPECT_EQ(ReasonOf(Run(WithNib(business_, kNib))), "NIB_ALREADY_REGISTERED");
    ASSERT_TRUE(Run(WithNib(business_, "")));
    EXPECT_TRUE(Run(WithNib(second, kOtherNib)));
    EXPECT_EQ(Count("identity_claims WHERE kind = 2"), 1);
}

TEST_F(UpdateTest, OfOneBatchHandsANibOnFromOneToTheNext) {
    RegisterBusiness second = RegistrationCommand(2);
    ASSERT_TRUE(Run(second));
    const std::vector<Outcome> outcomes =
        RunTogether({WithNib(second, kNib), WithNib(business_, kOtherNib), WithNib(second, kNib),
                     WithNib(business_, kNib), WithNib(business_, ""), WithNib(second, kOtherNib),
                     WithNib(business_, kNib)});
    EXPECT_EQ(ReasonOf(outcomes[0]), "NIB_ALREADY_REGISTERED");
    EXPECT_TRUE(outcomes[1] && outcomes[2]);
    EXPECT_EQ(ReasonOf(outcomes[3]), "NIB_ALREADY_REGISTERED");
    EXPECT_TRUE(outcomes[4] && outcomes[5] && outcomes[6]);
    EXPECT_EQ(Stored().business.profile.nib, kNib);
    EXPECT_EQ(Stored(second.business_id).business.profile.nib, kOtherNib);
    EXPECT_EQ(Count("identity_claims c JOIN businesses b ON b.business_id = c.subject_id"
                    " WHERE c.kind = 2"),
              2);
}

TEST_F(UpdateTest, GivesANibToOneOfManyAtTheSameInstant) {
    std::vector<RegisterBusiness> others;
    for (int i = 2; i < 12; ++i) {
        others.push_back(RegistrationCommand(i));
        ASSERT_TRUE(Run(others.back()));
    }
    const std::unique_ptr<Loop> loops[] = {NewLoop(2), NewLoop(2)};
    std::vector<std::future<Outcome>> outcomes;
    for (std::size_t i = 0; i < others.size(); ++i) {
        outcomes.push_back(Submit(*loops[i % 2], WithNib(others[i], kOtherNib)));
    }
    int updated = 0;
    for (auto& each : outcomes) {
        const Outcome outcome = each.get();
        updated += outcome ? 1 : 0;
        EXPECT_EQ(ReasonOf(outcome), outcome ? "" : "NIB_ALREADY_REGISTERED");
    }
    EXPECT_EQ(updated, 1);
    EXPECT_EQ(Count("businesses WHERE nib = '9876543210987'"), 1);
    EXPECT_EQ(Count("identity_claims WHERE kind = 2"), 2);
}

TEST_F(UpdateTest, CompletesANikAndClaimsIt) {
    const RegisterBusiness provisional = Provisional(2);
    UpdateBusiness command = Naming(provisional, {Detail::kOwnerNik});
    command.owner.nik = NikOf(2);
    ASSERT_TRUE(Run(command));
    EXPECT_EQ(Stored(provisional.business_id).owner.nik, NikOf(2));
    EXPECT_EQ(ReasonOf(Run(RegistrationCommand(2))), "NIK_ALREADY_REGISTERED");
    RegisterBusiness another = RegistrationCommand(2);
    another.additional_business = true;
    ASSERT_TRUE(Run(another));
    EXPECT_EQ(Stored(another.business_id).business.owner_id,
              Stored(provisional.business_id).business.owner_id);
    EXPECT_EQ(Updated(Run(command)).changed_fields_size(), 0) << "the same again is no change";
    command.owner.nik = NikOf(3);
    EXPECT_EQ(ReasonOf(Run(command)), "NIK_KNOWN");
    EXPECT_EQ(Count("identity_claims WHERE kind = 1"), 2);
}

TEST_F(UpdateTest, RefusesTheNikOfAnotherOwnerAndSaysWhereOnlyWhoeverMayKnow) {
    const RegisterBusiness provisional = Provisional(2);
    UpdateBusiness command = Naming(provisional, {Detail::kOwnerNik});
    command.owner.nik = NikOf(1);
    const Outcome refused = Run(command);
    EXPECT_EQ(refused.error().code, ErrorCode::kAlreadyExists);
    EXPECT_EQ(refused.error().metadata.at("business_id"), business_.business_id);
    UpdateBusiness away = Naming({Detail::kRegion});
    away.profile.region_code = "36.71";
    ASSERT_TRUE(Run(away, Officer("36")));
    const Outcome elsewhere = Run(command);
    EXPECT_EQ(ReasonOf(elsewhere), "NIK_ALREADY_REGISTERED");
    EXPECT_TRUE(elsewhere.error().metadata.empty());
}

TEST_F(UpdateTest, OfOneOwnerByTwoBusinessesAtOnceKeepsBoth) {
    RegisterBusiness second = RegistrationCommand(1);
    second.additional_business = true;
    ASSERT_TRUE(Run(second));
    UpdateBusiness phone = Naming({Detail::kOwnerPhone});
    phone.owner.phone = "+6281299990000";
    UpdateBusiness name = Naming(second, {Detail::kOwnerName});
    name.owner.name = "Ani Contoh";
    const std::unique_ptr<Loop> loops[] = {NewLoop(), NewLoop()};
    for (int i = 0; i < 20; ++i) {
        phone.owner.phone.back() = static_cast<char>('0' + i % 10);
        name.owner.name = "Ani " + std::to_string(i);
        auto one = Submit(*loops[0], phone);
        auto other = Submit(*loops[1], name);
        ASSERT_TRUE(one.get() && other.get());
        EXPECT_EQ(Stored().owner.phone, phone.owner.phone);
        EXPECT_EQ(Stored().owner.name, name.owner.name);
    }
}

TEST_F(UpdateTest, NeedsTheRegionThatABusinessLeavesAndTheOneItGoesTo) {
    UpdateBusiness move = Naming({Detail::kRegion});
    move.profile.region_code = "36.71";
    EXPECT_EQ(ReasonOf(Run(move, Officer("36.71"))), "BUSINESS_NOT_FOUND");
    EXPECT_EQ(ReasonOf(Run(move, Officer("36.74"))), "REGION_NOT_FOUND");
    EXPECT_EQ(Stored().business.profile.region_code, "36.74.05.1002");
    EXPECT_TRUE(Run(move, Officer("36")));
    EXPECT_EQ(Stored().business.profile.region_code, "36.71");
    EXPECT_EQ(Count("detail_changes WHERE region_before = '36.74.05.1002'"), 1);
}

// What an owner owns gives no right to change it by this call, whatever other roles are for.
TEST_F(UpdateTest, OwnersWhoAreOfficersElsewhereChangeNothingHere) {
    identity::Caller caller = Officer("36.71");
    caller.roles.emplace_back("owner");
    caller.subject = business_.owner_id;
    UpdateBusiness command = Naming({Detail::kName});
    command.profile.name = "Toko";
    EXPECT_EQ(ReasonOf(Run(command, caller)), "BUSINESS_NOT_FOUND");
    ReportCondition report;
    report.business_id = business_.business_id;
    report.since = kToday;
    EXPECT_EQ(ReasonOf(Run(report, caller)), "BUSINESS_NOT_FOUND");
}

TEST_F(UpdateTest, OfManyAtOnceKeepsEveryVersion) {
    const std::unique_ptr<Loop> loops[] = {NewLoop(4), NewLoop(4)};
    std::vector<std::future<Outcome>> outcomes;
    for (int i = 0; i < 40; ++i) {
        UpdateBusiness command = Naming({Detail::kName, Detail::kOwnerName});
        command.profile.name = "Toko " + std::to_string(i);
        command.owner.name = "Ani " + std::to_string(i);
        outcomes.push_back(Submit(*loops[i % 2], command));
    }
    for (auto& each : outcomes) EXPECT_TRUE(each.get());
    EXPECT_EQ(Count("businesses WHERE version = 41"), 1);
    EXPECT_EQ(Count("outbox"), 41);
    EXPECT_EQ(Count("detail_changes"), 40);
    EXPECT_EQ(Stored().business.profile.name.substr(5), Stored().owner.name.substr(4));
}

TEST_F(UpdateTest, ReclassifiesAndPublishesTheWayUp) {
    UpdateBusiness command = Naming({Detail::kAnnualSales});
    command.figures.annual_sales = 1'000'000'000;
    ASSERT_TRUE(Run(command));
    command.figures.annual_sales = 3'000'000'000;
    const v1::UpdateBusinessResponse answer = Updated(Run(command));
    EXPECT_TRUE(answer.upgraded());
    EXPECT_EQ(answer.business().version(), 5);
    EXPECT_EQ(answer.business().scale(), common::v1::BUSINESS_SCALE_SMALL);
    EXPECT_EQ(Count("scale_history WHERE is_upgrade AND version = 5 AND reported_by = 'budi'"), 1);
    EXPECT_EQ(Count("outbox WHERE type LIKE '%.ScaleChanged' AND version IN (3, 5)"), 2);
    EXPECT_EQ(Count("outbox WHERE type LIKE '%.BusinessDetailsChanged' AND version IN (2, 4)"), 2);
}

}  // namespace
}  // namespace bangkit::registration
