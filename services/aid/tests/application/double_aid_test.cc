// What cannot be had together.
#include "services/aid/domain/application/double_aid.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "services/aid/tests/program/programs.h"

namespace bangkit::aid {
namespace {

using ::testing::ElementsAre;
using ::testing::Pair;

std::string ReasonOf(const auto& result) { return result ? "" : result.error().reason; }

const Applicant kSiti{
    .business_id = "warung", .owner_id = "siti", .household = "keluarga", .region_code = "18"};

ProgramTerms Excluding(std::vector<Exclusion> exclusions) {
    ProgramTerms terms = CashGrant();
    terms.exclusions = std::move(exclusions);
    return terms;
}

const Exclusion kPerYear{"BPUM", ExclusionScope::kOwner, ExclusionSpan::kFiscalYear, 1};
const Exclusion kTwoOfAFamily{"PRAKERJA", ExclusionScope::kHousehold, ExclusionSpan::kEver, 2};
const Exclusion kPerBusiness{"INSENTIF", ExclusionScope::kBusiness, ExclusionSpan::kEver, 1};

TEST(ClaimKeysTest, AreOfTheOwnerTheFamilyOrTheBusinessInAYearOrForEver) {
    const auto keys = ClaimKeysOf(Excluding({kPerYear, kTwoOfAFamily, kPerBusiness}), kSiti);
    ASSERT_TRUE(keys);
    EXPECT_THAT(*keys, ElementsAre(ClaimKey{"BPUM", ExclusionScope::kOwner, "siti", 2026},
                                   ClaimKey{"PRAKERJA", ExclusionScope::kHousehold, "keluarga", 0},
                                   ClaimKey{"INSENTIF", ExclusionScope::kBusiness, "warung", 0}));
}

TEST(ClaimKeysTest, NeedTheFamilyWhereFamiliesAreCounted) {
    Applicant unknown = kSiti;
    unknown.household.clear();
    EXPECT_EQ(ReasonOf(ClaimKeysOf(Excluding({kTwoOfAFamily}), unknown)), "HOUSEHOLD_UNKNOWN");
    EXPECT_EQ(ReasonOf(ClaimKeysOf(Excluding({kPerYear}), unknown)), "");
}

TEST(DraftClaimsTest, TakeTheFirstFreePlaceOfEachGroup) {
    const ClaimKey family{"PRAKERJA", ExclusionScope::kHousehold, "keluarga", 0};
    const auto claims =
        DraftClaims(Excluding({kPerYear, kTwoOfAFamily}), kSiti, "a", {{family, {1}}});
    ASSERT_TRUE(claims);
    ASSERT_EQ(claims->size(), 2U);
    EXPECT_EQ(claims->at(0).place, 1);
    EXPECT_EQ(claims->at(1).place, 2);
    EXPECT_EQ(claims->at(1).application_id, "a");
}

TEST(DraftClaimsTest, FillAPlaceThatWasGivenBack) {
    const ClaimKey family{"PRAKERJA", ExclusionScope::kHousehold, "keluarga", 0};
    EXPECT_EQ(DraftClaims(Excluding({kTwoOfAFamily}), kSiti, "a", {{family, {2}}})->at(0).place, 1);
}

TEST(DraftClaimsTest, NameEveryGroupThatIsFull) {
    const ClaimKey family{"PRAKERJA", ExclusionScope::kHousehold, "keluarga", 0};
    const ClaimKey business{"INSENTIF", ExclusionScope::kBusiness, "warung", 0};
    const auto refused = DraftClaims(Excluding({kPerYear, kTwoOfAFamily, kPerBusiness}), kSiti, "a",
                                     {{family, {1, 2}}, {business, {1}}});
    EXPECT_EQ(ReasonOf(refused), "DOUBLE_AID");
    EXPECT_THAT(refused.error().metadata,
                ElementsAre(Pair("INSENTIF", "1"), Pair("PRAKERJA", "2")));
}

TEST(DraftClaimsTest, AreFreeAgainInAnotherYearAndForSomebodyElse) {
    const ClaimKey last_year{"BPUM", ExclusionScope::kOwner, "siti", 2025};
    const ClaimKey somebody{"BPUM", ExclusionScope::kOwner, "budi", 2026};
    EXPECT_TRUE(
        DraftClaims(Excluding({kPerYear}), kSiti, "a", {{last_year, {1}}, {somebody, {1}}}));
}

// Two records of one shop, by two officers: what one of them was given, the other one was.
class MergedTest : public ::testing::Test {
protected:
    static Business Of(std::string id, std::string owner_id, std::string merged_into = "") {
        Business business;
        business.id = std::move(id);
        business.owner_id = std::move(owner_id);
        business.merged_into = std::move(merged_into);
        return business;
    }
    static Businesses All(std::initializer_list<Business> businesses) {
        Businesses all;
        for (const Business& business : businesses) all.emplace(business.id, business);
        return all;
    }

    const Businesses shops_ = All({Of("warung", "siti"), Of("kedai", "aminah", "warung"),
                                   Of("toko", "siti", "kedai"), Of("bengkel", "budi")});
    const ClaimKey kedai_{"INSENTIF", ExclusionScope::kBusiness, "kedai", 0};
    const ClaimKey warung_{"INSENTIF", ExclusionScope::kBusiness, "warung", 0};
};

TEST_F(MergedTest, AreOneWhateverTheWayTheyWereMerged) {
    EXPECT_EQ(LivingOne(shops_, "toko")->id, "warung");
    EXPECT_EQ(LivingOne(shops_, "bengkel")->id, "bengkel");
    EXPECT_EQ(LivingOne(shops_, "nobody"), nullptr);
    const Kin kin = KinOf(shops_, kSiti);
    EXPECT_THAT(kin.business_ids, ElementsAre("kedai", "toko"));
    EXPECT_THAT(kin.owner_ids, ElementsAre("aminah"));
    Applicant budi = kSiti;
    budi.business_id = "bengkel";
    EXPECT_TRUE(KinOf(shops_, budi).business_ids.empty());
}

TEST_F(MergedTest, ACircleEndsSomewhere) {
    const Businesses circle = All({Of("a", "x", "b"), Of("b", "x", "a")});
    EXPECT_NE(LivingOne(circle, "a"), nullptr);
    EXPECT_EQ(LivingOne(All({Of("a", "x", "unheard of")}), "a")->id, "a");
}

TEST_F(MergedTest, CountWhatTheOtherWasGiven) {
    const Kin kin = KinOf(shops_, kSiti);
    const ProgramTerms terms = Excluding({kPerBusiness, kPerYear});
    EXPECT_TRUE(DraftClaims(terms, kSiti, "a", {}, kin));
    EXPECT_TRUE(DraftClaims(terms, kSiti, "a", {{kedai_, {1}}})) << "before they were merged";
    EXPECT_EQ(ReasonOf(DraftClaims(terms, kSiti, "a", {{kedai_, {1}}}, kin)), "DOUBLE_AID");
    const ClaimKey aminah{"BPUM", ExclusionScope::kOwner, "aminah", 2026};
    EXPECT_EQ(ReasonOf(DraftClaims(terms, kSiti, "a", {{aminah, {1}}}, kin)), "DOUBLE_AID");
}

TEST_F(MergedTest, BothOfWhomAppliedBeforeCannotBothGetIt) {
    const Kin kin = KinOf(shops_, kSiti);
    const ProgramTerms terms = Excluding({kPerBusiness});
    EXPECT_TRUE(CheckPlaces(terms, kSiti, {{warung_, {1}}}, kin));
    const auto refused = CheckPlaces(terms, kSiti, {{warung_, {1}}, {kedai_, {1}}}, kin);
    EXPECT_EQ(ReasonOf(refused), "DOUBLE_AID");
    EXPECT_THAT(refused.error().metadata, ElementsAre(Pair("INSENTIF", "1")));
}

}  // namespace
}  // namespace bangkit::aid
