// Who is eligible: every rule that does not hold is found, with what was known.
#include "services/aid/domain/program/rules.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <string>
#include <vector>

#include "services/aid/domain/program/templates.h"

namespace bangkit::aid {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

Rule Asking(Fact fact, RuleTest test, std::vector<std::int64_t> numbers) {
    Rule rule;
    rule.code = "ATURAN";
    rule.fact = fact;
    rule.test = test;
    rule.numbers = std::move(numbers);
    return rule;
}

bool Holds(const Rule& rule, const Facts& facts) {
    return Evaluate({.code = "SET", .version = 1, .rules = {rule}}, facts).empty();
}

std::vector<std::string> CodesOf(const std::vector<Finding>& findings) {
    std::vector<std::string> codes;
    for (const Finding& finding : findings) codes.push_back(finding.code);
    return codes;
}

TEST(RuleTest, ComparesOneFact) {
    using enum aid::RuleTest;
    Facts facts;
    facts.Set(Fact::kBusinessAgeMonths, 12);
    EXPECT_TRUE(Holds(Asking(Fact::kBusinessAgeMonths, kAtLeast, {12}), facts));
    EXPECT_FALSE(Holds(Asking(Fact::kBusinessAgeMonths, kAtLeast, {13}), facts));
    EXPECT_TRUE(Holds(Asking(Fact::kBusinessAgeMonths, kAtMost, {12}), facts));
    EXPECT_FALSE(Holds(Asking(Fact::kBusinessAgeMonths, kAtMost, {11}), facts));
    EXPECT_TRUE(Holds(Asking(Fact::kBusinessAgeMonths, kAnyOf, {6, 12}), facts));
    EXPECT_FALSE(Holds(Asking(Fact::kBusinessAgeMonths, kNoneOf, {6, 12}), facts));
}

TEST(RuleTest, LooksForOneOfSeveral) {
    using enum aid::RuleTest;
    Facts facts;
    facts.Set(Fact::kCompletedCourses, std::set<std::int64_t>{2, 5});
    EXPECT_TRUE(Holds(Asking(Fact::kCompletedCourses, kAnyOf, {5}), facts));
    EXPECT_FALSE(Holds(Asking(Fact::kCompletedCourses, kAnyOf, {1}), facts));
    facts.Set(Fact::kCompletedCourses, std::set<std::int64_t>{});
    EXPECT_FALSE(Holds(Asking(Fact::kCompletedCourses, kAnyOf, {5}), facts)) << "none is known too";
    EXPECT_TRUE(Holds(Asking(Fact::kCompletedCourses, kNoneOf, {5}), facts));
    EXPECT_FALSE(Holds(Asking(Fact::kCompletedCourses, kAtLeast, {0}), facts));
}

TEST(RuleTest, KnowsWhatLiesInARegion) {
    Rule rule;
    rule.fact = Fact::kRegion;
    rule.test = aid::RuleTest::kInRegion;
    rule.region_codes = {"18.71", "36.74"};
    Facts facts;
    for (const auto& [code, holds] : std::map<std::string, bool>{{"18.71", true},
                                                                 {"18.71.05.1002", true},
                                                                 {"36.74.01", true},
                                                                 {"18", false},
                                                                 {"18.7", false},
                                                                 {"18.72", false}}) {
        facts.Set(Fact::kRegion, code);
        EXPECT_EQ(Holds(rule, facts), holds) << code;
    }
}

TEST(RuleTest, WhatIsNotKnownFailsUnlessTheRuleSaysOtherwise) {
    Rule rule = Asking(Fact::kHasKur, aid::RuleTest::kNoneOf, {1});
    const auto findings = Evaluate({.code = "SET", .version = 1, .rules = {rule}}, Facts());
    ASSERT_EQ(findings.size(), 1U);
    EXPECT_TRUE(findings.front().is_unknown);
    rule.passes_if_unknown = true;
    EXPECT_TRUE(Holds(rule, Facts()));
}

/// Somebody with a micro business, whom nothing speaks against.
Facts Eligible() {
    Facts facts;
    facts.Set(Fact::kHasNik, 1);
    facts.Set(Fact::kKind, 1);
    facts.Set(Fact::kScale, 1);
    facts.Set(Fact::kCondition, 2);
    facts.Set(Fact::kRegion, std::string("18.71.05.1002"));
    facts.Set(Fact::kHasBankCredit, 0);
    facts.Set(Fact::kHasKur, 0);
    facts.Set(Fact::kOccupation, 1);
    facts.Set(Fact::kBusinessAgeMonths, 12);
    facts.Set(Fact::kOwnerAgeYears, 18);
    facts.Set(Fact::kInFormalEducation, 0);
    facts.Set(Fact::kReceivesSocialAid, 0);
    facts.Set(Fact::kBusinessStopped, 1);
    facts.Set(Fact::kCompletedCourses, std::set<std::int64_t>{5});
    return facts;
}

ProgramTerms Template(const std::string& code) {
    for (const ProgramTemplate& each : ProgramTemplates()) {
        if (each.terms.rules.code == code) return each.terms;
    }
    ADD_FAILURE() << "no template " << code;
    return {};
}

std::vector<std::string> Failed(const std::string& code, const Facts& facts) {
    return CodesOf(Evaluate(Template(code).rules, facts));
}

/// What the agency has to look at, because no source confirms it.
std::vector<std::string> ParametersOf(const ProgramTemplate& made) {
    std::vector<std::string> parameters;
    if (made.is_amount_a_parameter) parameters.emplace_back("amount");
    if (made.are_documents_parameters) parameters.emplace_back("documents");
    if (made.are_exclusions_parameters) parameters.emplace_back("exclusions");
    for (const Rule& rule : made.terms.rules.rules) {
        if (rule.is_parameter) parameters.push_back(rule.code);
    }
    return parameters;
}

TEST(TemplatesTest, MarkWhatNoSourceConfirms) {
    std::map<std::string, std::vector<std::string>> parameters;
    for (const ProgramTemplate& each : ProgramTemplates()) {
        parameters[each.terms.rules.code] = ParametersOf(each);
    }
    const std::map<std::string, std::vector<std::string>> expected = {
        {"BPUM_2020", {}},
        {"BPUM_2021", {}},
        {"INSENTIF_LAMPUNG_2020",
         {"amount", "documents", "exclusions", "BUKAN_UMKM_ATAU_KOPERASI", "TIDAK_TERDAMPAK"}},
        {"PINJAMAN_BANDAR_LAMPUNG", {"exclusions", "KREDIT_AKTIF", "BUKAN_UMKM"}},
        {"STIMULUS_BAHAN_BAKU", {"documents", "exclusions", "USAHA_TUTUP"}},
        {"PRAKERJA_2020", {"documents", "USAHA_MASIH_BERJALAN"}},
        {"RESTRUKTURISASI_2020", {"documents"}},
        {"PENUNDAAN_ANGSURAN_2020", {"documents"}},
        {"PINJAMAN_PENGHARGAAN",
         {"amount", "documents", "exclusions", "BUKAN_UMKM_ATAU_KOPERASI"}}};
    EXPECT_EQ(parameters, expected);
}

// As they are cited: amounts, documents, and how often one may have it.
TEST(TemplatesTest, HaveTheFiguresOfTheirYear) {
    using enum DocumentKind;
    EXPECT_EQ(Template("BPUM_2020").amount, 2'400'000);
    EXPECT_EQ(Template("BPUM_2021").amount, 1'200'000);
    EXPECT_THAT(Template("BPUM_2020").documents,
                ElementsAre(kIdentityCard, kBusinessPhoto, kStampedStatement));
    EXPECT_TRUE(Template("BPUM_2021").documents.contains(kFamilyCard));
    for (const char* code : {"BPUM_2020", "BPUM_2021"}) {
        EXPECT_THAT(
            Template(code).exclusions,
            ElementsAre(Exclusion{"BPUM", ExclusionScope::kOwner, ExclusionSpan::kFiscalYear, 1}))
            << "who received something in an earlier year may again";
    }
    EXPECT_EQ(Template("PINJAMAN_BANDAR_LAMPUNG").amount, 50'000'000);
    EXPECT_EQ(Template("PRAKERJA_2020").amount, 3'550'000);
    EXPECT_EQ(Template("PRAKERJA_2020").exclusions.at(0).span, ExclusionSpan::kEver);
}

TEST(TemplatesTest, FindNothingAgainstWhoIsEligible) {
    for (const ProgramTemplate& each : ProgramTemplates()) {
        EXPECT_THAT(Evaluate(each.terms.rules, Eligible()), IsEmpty()) << each.terms.rules.code;
    }
}

TEST(TemplatesTest, Bpum2020RefusesForEveryReasonAtOnceAndSaysWhatItKnew) {
    Facts facts = Eligible();
    facts.Set(Fact::kHasNik, 0);
    facts.Set(Fact::kScale, 2);
    facts.Set(Fact::kHasBankCredit, 1);
    facts.Set(Fact::kHasKur, 1);
    facts.Set(Fact::kOccupation, 3);
    EXPECT_THAT(Failed("BPUM_2020", facts),
                ElementsAre("NIK_KOSONG", "BUKAN_USAHA_MIKRO", "KREDIT_AKTIF", "KUR_AKTIF",
                            "ASN_TNI_POLRI"));
    const auto findings = Evaluate(Template("BPUM_2020").rules, facts);
    EXPECT_EQ(findings.at(1).fact, Fact::kScale);
    EXPECT_EQ(findings.at(1).numbers, (std::set<std::int64_t>{2}));
}

TEST(TemplatesTest, Bpum2021ExcludesWhoHasKurAndNoOtherCredit) {
    Facts facts = Eligible();
    facts.Set(Fact::kHasBankCredit, 1);
    EXPECT_THAT(Failed("BPUM_2021", facts), IsEmpty());
    EXPECT_THAT(Failed("BPUM_2020", facts), ElementsAre("KREDIT_AKTIF"));
    facts.Set(Fact::kHasKur, 1);
    EXPECT_THAT(Failed("BPUM_2021", facts), ElementsAre("KUR_AKTIF"));
}

TEST(TemplatesTest, LampungIsForTheAffectedOfLampung) {
    Facts facts = Eligible();
    facts.Set(Fact::kKind, 2);
    EXPECT_THAT(Failed("INSENTIF_LAMPUNG_2020", facts), IsEmpty()) << "cooperatives too";
    facts.Set(Fact::kCondition, 1);
    facts.Set(Fact::kRegion, std::string("36.74"));
    EXPECT_THAT(Failed("INSENTIF_LAMPUNG_2020", facts),
                ElementsAre("LUAR_WILAYAH", "TIDAK_TERDAMPAK"));
    EXPECT_EQ(Template("INSENTIF_LAMPUNG_2020").amount, 1'134'429);
}

TEST(TemplatesTest, BandarLampungLendsToWhoHasRunForAYear) {
    Facts facts = Eligible();
    facts.Set(Fact::kBusinessAgeMonths, 11);
    EXPECT_THAT(Failed("PINJAMAN_BANDAR_LAMPUNG", facts), ElementsAre("USAHA_TERLALU_BARU"));
    facts.Set(Fact::kRegion, std::string("18.72"));
    EXPECT_THAT(Failed("PINJAMAN_BANDAR_LAMPUNG", facts),
                ElementsAre("LUAR_WILAYAH", "USAHA_TERLALU_BARU"));
}

TEST(TemplatesTest, RawMaterialIsForWhoHasLearnedToUseIt) {
    Facts facts = Eligible();
    facts.Set(Fact::kCompletedCourses, std::set<std::int64_t>{2});
    EXPECT_THAT(Failed("STIMULUS_BAHAN_BAKU", facts), ElementsAre("BELUM_PELATIHAN"));
}

TEST(TemplatesTest, PrakerjaIsForAdultsOutsideOfSchoolWhoseBusinessStopped) {
    Facts facts = Eligible();
    facts.Set(Fact::kOwnerAgeYears, 17);
    facts.Set(Fact::kInFormalEducation, 1);
    facts.Set(Fact::kReceivesSocialAid, 1);
    facts.Set(Fact::kBusinessStopped, 0);
    EXPECT_THAT(
        Failed("PRAKERJA_2020", facts),
        ElementsAre("UMUR_KURANG", "PENDIDIKAN_FORMAL", "PENERIMA_BANSOS", "USAHA_MASIH_BERJALAN"));
    const ProgramTerms terms = Template("PRAKERJA_2020");
    ASSERT_EQ(terms.exclusions.size(), 2U);
    EXPECT_EQ(terms.exclusions.at(1).scope, ExclusionScope::kHousehold);
    EXPECT_EQ(terms.exclusions.at(1).limit, 2) << "two of one family card";
}

}  // namespace
}  // namespace bangkit::aid
