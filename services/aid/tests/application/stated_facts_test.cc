// What applicants state of themselves, as rules ask for it.
#include "services/aid/domain/application/stated_facts.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace bangkit::aid {
namespace {

using ::testing::ElementsAre;
using ::testing::Pointee;

constexpr Date kToday = std::chrono::year(2026) / 3 / 10;

Facts FactsWith(const StatedFacts& stated) {
    Facts facts;
    AddTo(facts, stated, kToday);
    return facts;
}

std::int64_t Only(Fact fact, const StatedFacts& stated) {
    const Facts facts = FactsWith(stated);
    const std::set<std::int64_t>* numbers = facts.Numbers(fact);
    return numbers == nullptr || numbers->size() != 1 ? -1 : *numbers->begin();
}

TEST(StatedFacts, AreNotKnownUnlessStated) {
    EXPECT_EQ(FactsWith({}), Facts());
    EXPECT_EQ(FactsWith({.family_card = "1871050101109001"}), Facts())
        << "it tells the household, and nothing of the applicant";
}

TEST(StatedFacts, AreTruthsAndNumbers) {
    const StatedFacts stated{.family_card = {},
                             .occupation = 2,
                             .has_nik = true,
                             .has_nib = false,
                             .has_business_certificate = true,
                             .has_bank_credit = false,
                             .has_kur = true,
                             .receives_social_aid = false,
                             .in_formal_education = true,
                             .annual_sales = 25'000'000,
                             .business_started_on = {},
                             .born_on = {},
                             .collectibility = 2,
                             .identity_region = "18.71"};
    const Facts facts = FactsWith(stated);
    EXPECT_THAT(facts.Numbers(Fact::kOccupation), Pointee(ElementsAre(2)));
    EXPECT_THAT(facts.Numbers(Fact::kHasNik), Pointee(ElementsAre(1)));
    EXPECT_THAT(facts.Numbers(Fact::kHasNib), Pointee(ElementsAre(0)));
    EXPECT_THAT(facts.Numbers(Fact::kHasBusinessCertificate), Pointee(ElementsAre(1)));
    EXPECT_THAT(facts.Numbers(Fact::kHasBankCredit), Pointee(ElementsAre(0)));
    EXPECT_THAT(facts.Numbers(Fact::kHasKur), Pointee(ElementsAre(1)));
    EXPECT_THAT(facts.Numbers(Fact::kReceivesSocialAid), Pointee(ElementsAre(0)));
    EXPECT_THAT(facts.Numbers(Fact::kInFormalEducation), Pointee(ElementsAre(1)));
    EXPECT_THAT(facts.Numbers(Fact::kAnnualSales), Pointee(ElementsAre(25'000'000)));
    EXPECT_THAT(facts.Numbers(Fact::kCollectibility), Pointee(ElementsAre(2)));
    EXPECT_THAT(facts.Region(Fact::kIdentityRegion), Pointee(std::string("18.71")));
}

TEST(StatedFacts, AreOfFullMonthsAndYears) {
    const auto started = [](Date on) {
        StatedFacts stated;
        stated.business_started_on = on;
        return Only(Fact::kBusinessAgeMonths, stated);
    };
    EXPECT_EQ(started(kToday), 0);
    EXPECT_EQ(started(std::chrono::year(2026) / 2 / 11), 0);
    EXPECT_EQ(started(std::chrono::year(2026) / 2 / 10), 1);
    EXPECT_EQ(started(std::chrono::year(2025) / 3 / 10), 12);
    const auto born = [](Date on) {
        StatedFacts stated;
        stated.born_on = on;
        return Only(Fact::kOwnerAgeYears, stated);
    };
    EXPECT_EQ(born(std::chrono::year(2008) / 3 / 10), 18);
    EXPECT_EQ(born(std::chrono::year(2008) / 3 / 11), 17);
}

}  // namespace
}  // namespace bangkit::aid
