// What is compared of businesses that may have been registered twice, where they meet, and how much
// speaks for it.
#include "services/registration/domain/duplicates.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "services/registration/domain/names.h"
#include "services/registration/tests/registrations.h"

namespace bangkit::registration {
namespace {

using enum DuplicateReason;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Not;

std::string NameOf(std::string_view name) { return Joined(WordsOfBusiness(name)); }
std::string PersonOf(std::string_view name) { return SoundsOf(WordsOfPerson(name)); }
std::string AddressOf(std::string_view address) { return Joined(WordsOfAddress(address)); }

TEST(NamesOfBusinesses, LeaveOutLegalFormsKindsOfShopsAndTitles) {
    EXPECT_EQ(NameOf("Warung Bu Siti"), "siti");
    EXPECT_EQ(NameOf("WR. IBU SITI"), "siti");
    EXPECT_EQ(NameOf("Toko Kelontong Berkah Jaya"), NameOf("TK Klontong Berkah-Jaya"));
    EXPECT_EQ(NameOf("U.D. Maju"), NameOf("CV Maju"));
    EXPECT_EQ(NameOf("PT. Maju"), "maju");
}

TEST(NamesOfBusinesses, AreSpelledInOneWay) {
    EXPECT_EQ(NameOf("Waroeng Soekarno"), "sukarno");
    EXPECT_EQ(NameOf("Toko Barokah"), NameOf("Toko Berkah"));
    EXPECT_EQ(NameOf("Bakso Pak Rizky"), NameOf("Baso Rizki"));
    EXPECT_EQ(NameOf("Toko Ma'ruf"), NameOf("Toko Maruf"));
}

TEST(NamesOfBusinesses, OfNothingElseStayWhatTheyAre) {
    EXPECT_EQ(NameOf("Warung"), "warung");
    EXPECT_EQ(NameOf("Toko 99"), "99");
    EXPECT_EQ(NameOf(""), "");
}

TEST(NamesOfPeople, SoundAlikeInAnyOrderAndSpelling) {
    EXPECT_EQ(PersonOf("Siti Aminah"), PersonOf("AMINAH, SITTI"));
    EXPECT_EQ(PersonOf("H. Muhammad Rizky, S.E."), PersonOf("Mohamad Rizki"));
    EXPECT_EQ(PersonOf("Joko Soesilo"), PersonOf("Djoko Susilo"));
    EXPECT_NE(PersonOf("Siti Aminah"), PersonOf("Siti Rahayu"));
    EXPECT_EQ(PersonOf("Muhammad"), PersonOf("Mohammad"))
        << "a name of its own, if it is the only one";
}

TEST(Addresses, LeaveOutWhatEveryAddressHas) {
    EXPECT_EQ(AddressOf("Jl. Melati No. 12, RT 05/RW 08"), "melati 12");
    EXPECT_EQ(AddressOf("Jalan Melati No.012 RT005/008"), "melati 12");
    EXPECT_EQ(AddressOf("Gg. Mawar 3, Kp. Baru"), "gang mawar 3 kampung baru");
    EXPECT_EQ(AddressOf("Perumahan Asri Blok C5 No 12A"), "perum asri blok c 5 12a");
}

TEST(Addresses, AreOneHouseByTheStreetAndAllNumbers) {
    const auto house = [](std::string_view address) { return HouseOf(WordsOfAddress(address)); };
    EXPECT_EQ(house("Jl. Melati No. 12, RT 05/RW 08"), house("Jalan Mellati 12"));
    EXPECT_NE(house("Jl. Melati No. 12"), house("Jl. Melati No. 13"));
    EXPECT_EQ(house("Lapak 12, Pasar Kutilang"), house("Pasar Kutilang, Lapak 12"));
    EXPECT_EQ(house("Jl. Melati"), "") << "a street is no house";
    EXPECT_EQ(house("Blok 3"), "");
}

Business Shop(std::string_view name, std::string_view address = "",
              std::string_view region = "36.74.05.1002") {
    Business business;
    business.profile.name = name;
    business.profile.address = address;
    business.profile.region_code = region;
    return business;
}

Owner Person(std::string_view name, std::string_view phone = "") {
    Owner owner;
    owner.name = name;
    owner.phone = phone;
    return owner;
}

bool Meet(const Traits& one, const Traits& other) {
    const auto have_common = [](std::vector<std::string> a, std::vector<std::string> b) {
        return std::ranges::any_of(
            a, [&b](const auto& key) { return std::ranges::find(b, key) != b.end(); });
    };
    return have_common(MeetingKeys(one), MeetingKeys(other)) ||
           have_common(SecretMeetingKeys(one), SecretMeetingKeys(other));
}

TEST(Meeting, IsByANameOrAHouseInOneDistrict) {
    const Traits here = TraitsOf(Shop("Warung Makan Bu Siti", "Jl. Melati 12"), {});
    EXPECT_TRUE(Meet(here, TraitsOf(Shop("RM Makan Siti", "", "36.74.05.1003"), {})));
    EXPECT_FALSE(Meet(here, TraitsOf(Shop("RM Makan Siti", "", "36.74.06.1003"), {})));
    EXPECT_TRUE(Meet(here, TraitsOf(Shop("Bengkel", "Melati 12", "36.74.05.1003"), {})));
    EXPECT_FALSE(Meet(here, TraitsOf(Shop("Bengkel", "Melati 14", "36.74.05.1003"), {})));
}

TEST(Meeting, IsByATellingWordInOneVillage) {
    const Traits here = TraitsOf(Shop("Warung Makan Bu Siti"), {});
    EXPECT_TRUE(Meet(here, TraitsOf(Shop("Katering Siti"), {})));
    EXPECT_FALSE(Meet(here, TraitsOf(Shop("Katering Siti", "", "36.74.05.1003"), {})));
    EXPECT_FALSE(Meet(here, TraitsOf(Shop("Warung Makan Jaya"), {}))) << "many are called Makan";
}

TEST(Meeting, IsByAPhoneAnywhereAndByAnOwnersNameInOneRegency) {
    const Traits here = TraitsOf(Shop("A"), Person("Siti Aminah", "+6281200000001"));
    EXPECT_TRUE(
        Meet(here, TraitsOf(Shop("B", "", "18.71.05.1002"), Person("X Y", "+6281200000001"))));
    EXPECT_TRUE(Meet(here, TraitsOf(Shop("B", "", "36.74.01.1001"), Person("Aminah Siti"))));
    EXPECT_FALSE(Meet(here, TraitsOf(Shop("B", "", "36.71.01.1001"), Person("Aminah Siti"))));
}

TEST(Meeting, KeepsWhatIsPersonalApart) {
    const Traits traits = TraitsOf(Shop("A B"), Person("Siti Aminah", "+6281200000001"));
    EXPECT_EQ(SecretMeetingKeys(traits).size(), 2U);
    for (const std::string& key : MeetingKeys(traits)) {
        EXPECT_THAT(key, Not(::testing::HasSubstr("6281200000001")));
        EXPECT_THAT(key, Not(::testing::HasSubstr(traits.owner_name)));
    }
    EXPECT_THAT(SecretMeetingKeys(TraitsOf(Shop("A B"), {})), IsEmpty()) << "erased";
    EXPECT_EQ(TraitsOf(Shop("A"), Person("Siti")).owner_name, "") << "one word names nobody";
    EXPECT_THAT(MeetingKeys(TraitsOf(Shop(""), {})), IsEmpty());
}

/// Two entries of one shop of one family, all alike.
Likeness Alike() {
    return {.has_same_phone = true,
            .has_same_owner_name = true,
            .name_similarity = 1,
            .address_similarity = 1,
            .first_name = "makan siti",
            .second_name = "makan siti",
            .first_address = "melati 12",
            .second_address = "melati 12",
            .first_region = "36.74.05.1002",
            .second_region = "36.74.05.1002"};
}

TEST(Comparing, SaysWhy) {
    const Verdict verdict = Compare(Alike());
    EXPECT_EQ(verdict.score, 100);
    EXPECT_THAT(verdict.reasons,
                ElementsAre(kSamePhone, kSameOwnerName, kSameName, kSameAddress, kSameVillage));
}

TEST(Comparing, HoldsOneBusinessWhoseDataWasTakenDownTwiceForOne) {
    Likeness typo = Alike();
    typo.second_name = "makan sitri";
    typo.name_similarity = 0.6;
    EXPECT_GE(Compare(typo).score, kDuplicateScoreMin);
    EXPECT_THAT(Compare(typo).reasons, Contains(kSimilarName));

    Likeness moved = Alike();
    moved.has_same_phone = false;
    moved.second_region = "36.74.05.1003";
    EXPECT_GE(Compare(moved).score, kDuplicateScoreMin);
    EXPECT_THAT(Compare(moved).reasons, Contains(kSameDistrict));
    EXPECT_THAT(Compare(moved).reasons, Contains(kDifferentPhone));

    Likeness spouses = Alike();
    spouses.has_same_phone = spouses.has_same_owner_name = false;
    spouses.has_different_nik = true;
    EXPECT_GE(Compare(spouses).score, kDuplicateScoreMin);
}

TEST(Comparing, HoldsTwoShopsOfOneNameForTwo) {
    Likeness neighbours = Alike();
    neighbours.has_same_phone = neighbours.has_same_owner_name = false;
    neighbours.has_different_nik = true;
    neighbours.second_address = "mawar 3";
    neighbours.address_similarity = 0;
    EXPECT_LT(Compare(neighbours).score, kDuplicateScoreMin);
    neighbours.second_region = "36.74.05.1003";
    EXPECT_LT(Compare(neighbours).score, kDuplicateScoreMin);
}

TEST(Comparing, HoldsTwoTradesOfOneOwnerForTwo) {
    Likeness trades = Alike();
    trades.is_same_owner = true;
    trades.is_same_trade = false;
    trades.second_name = "bengkel jaya";
    trades.name_similarity = 0.1;
    EXPECT_LT(Compare(trades).score, kDuplicateScoreMin);
}

TEST(Comparing, TakesTwoNibsForTwoBusinesses) {
    Likeness nibs = Alike();
    nibs.has_same_phone = std::nullopt;
    nibs.has_different_nib = true;
    EXPECT_LT(Compare(nibs).score, Compare(Alike()).score);
    EXPECT_THAT(Compare(nibs).reasons, Contains(kDifferentNib));
}

TEST(Comparing, KnowsNeighboursOfOneMarketByTheirNumbers) {
    Likeness stalls = Alike();
    stalls.second_address = "melati 14";
    stalls.address_similarity = 0.7;
    EXPECT_THAT(Compare(stalls).reasons, Contains(kDifferentAddress));
}

TEST(Comparing, IsTheSameBothWays) {
    Likeness one = Alike();
    one.second_name = "siti";
    one.name_similarity = 0.4;
    one.second_region = "36.74.06.1001";
    Likeness other = one;
    std::swap(other.first_name, other.second_name);
    std::swap(other.first_region, other.second_region);
    EXPECT_EQ(Compare(one).score, Compare(other).score);
    EXPECT_EQ(Compare(one).reasons, Compare(other).reasons);
}

TEST(CommonRegions, AreTheSmallestInWhichBothLie) {
    EXPECT_EQ(CommonRegion("36.74.05.1002", "36.74.05.1002"), "36.74.05.1002");
    EXPECT_EQ(CommonRegion("36.74.05.1002", "36.74.05.1003"), "36.74.05");
    EXPECT_EQ(CommonRegion("36.74.05.1002", "36.74"), "36.74");
    EXPECT_EQ(CommonRegion("36.74.05.1002", "18.71"), "");
}

}  // namespace
}  // namespace bangkit::registration
