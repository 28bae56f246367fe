// What is stated of applicants and seen at their places: sealed, decided by, and gone with them.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>
#include <thread>

#include "services/aid/storage/application/households.h"
#include "services/aid/storage/business/erasure.h"
#include "services/aid/tests/document/documents_fixture.h"
#include "services/aid/tests/test_keys.h"

namespace bangkit::aid {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

class EvidenceTest : public DocumentsTest {
protected:
    static v1::StatedFacts Facts(const std::string& family_card = "1871050101109001") {
        v1::StatedFacts facts;
        facts.set_family_card(family_card);
        facts.set_occupation(registration::v1::OCCUPATION_OTHER);
        facts.set_has_nik(true);
        facts.set_has_kur(false);
        facts.set_collectibility(1);
        facts.set_identity_region_code("18.71.05");
        return facts;
    }
    std::string State(const std::string& id, const v1::StatedFacts& facts,
                      const std::string& token) const {
        v1::StateFactsRequest request;
        request.set_request_id(NewId(kNow));
        request.set_application_id(id);
        *request.mutable_facts() = facts;
        v1::StateFactsResponse response;
        return Call(&ApplicationStub::StateFacts, request, response, token);
    }
    std::string State(const std::string& id, const v1::StatedFacts& facts) const {
        return State(id, facts, officer_);
    }
    /// Of no household twice, of nobody with a KUR or bad credit, of no civil servant, and with an
    /// identity card of Lampung.
    static ProgramTerms AskingMuch() {
        ProgramTerms terms = NoDocuments();
        const auto rule = [](std::string code, Fact fact, RuleTest test, std::int64_t number) {
            return Rule{.code = std::move(code), .fact = fact, .test = test, .numbers = {number}};
        };
        terms.rules.rules = {rule("NIK_KOSONG", Fact::kHasNik, RuleTest::kAnyOf, 1),
                             rule("KUR_AKTIF", Fact::kHasKur, RuleTest::kNoneOf, 1),
                             rule("ASN_TNI_POLRI", Fact::kOccupation, RuleTest::kNoneOf, 2),
                             rule("KREDIT_MACET", Fact::kCollectibility, RuleTest::kAtMost, 2),
                             {.code = "KTP_LUAR_WILAYAH",
                              .fact = Fact::kIdentityRegion,
                              .test = RuleTest::kInRegion,
                              .region_codes = {"18"}}};
        terms.exclusions = {{"KELUARGA", ExclusionScope::kHousehold, ExclusionSpan::kEver, 1}};
        return terms;
    }
    std::string RecordSurvey(const std::string& id, const v1::SurveyFindings& findings,
                             const std::string& token) const {
        v1::RecordSurveyRequest request;
        request.set_request_id(NewId(kNow));
        request.set_application_id(id);
        request.set_is_recommended(true);
        *request.mutable_findings() = findings;
        v1::RecordSurveyResponse response;
        return Call(&ApplicationStub::RecordSurvey, request, response, token);
    }
    std::string Surveys(const std::string& id, const std::string& token,
                        v1::ListSurveysResponse& response) const {
        v1::ListSurveysRequest request;
        request.set_application_id(id);
        return Call(&ApplicationStub::ListSurveys, request, response, token);
    }
    static v1::SurveyFindings Findings() {
        v1::SurveyFindings findings;
        findings.mutable_place()->set_latitude_degrees(-5.429);
        findings.mutable_place()->set_longitude_degrees(105.262);
        v1::SurveyAnswer& answer = *findings.add_answers();
        answer.set_item(v1::SURVEY_ITEM_BUSINESS_EXISTS);
        answer.set_holds(true);
        findings.set_note("Rumah di belakang masjid");
        return findings;
    }
    void Erase(Business business) {
        postgres::Connection connection(database_.dsn());
        connection.RunScript("SET bangkit.regions = '*'");
        postgres::Transaction transaction(connection);
        EraseOwners(transaction, {business.owner_id});
        business.owner_is_erased = true;
        ++business.version;
        SaveBusinesses(transaction, {{business.id, business}});
        transaction.Commit();
    }
    /// All that is stored of applications, as text.
    std::string Dump() const {
        std::string dump;
        for (const char* const table :
             {"applications", "application_history", "decisions", "surveys", "household_hashes",
              "aid_claims", "outbox", "idempotency", "audit_entries"}) {
            dump += database_.Text("SELECT coalesce(string_agg(t::text, ' '), '') FROM " +
                                   std::string(table) + " t");
        }
        return dump;
    }
    static std::string Hex(std::string_view text) {
        std::string hex;
        for (const char c : text) {
            constexpr std::string_view kDigits = "0123456789abcdef";
            hex += kDigits[static_cast<unsigned char>(c) >> 4];
            hex += kDigits[static_cast<unsigned char>(c) & 15];
        }
        return hex;
    }
};

TEST_F(EvidenceTest, WhatIsStatedIsDecidedBy) {
    const std::string id = Started(Opened(AskingMuch()).program_id(), Known().id);
    EXPECT_EQ(State(id, Facts()), "OK");
    EXPECT_EQ(Submit(id), "OK");
    v1::StatedFacts other = Facts();
    other.set_has_kur(true);
    EXPECT_EQ(State(id, other), "FAILED_PRECONDITION APPLICATION_STATE_WRONG");
    v1::Application now;
    EXPECT_EQ(Get(id, officer_, &now), "OK");
    EXPECT_TRUE(now.is_stated());
    EXPECT_EQ(Count("decisions WHERE stated <> ''"), 1) << "as it was stated then";

    const std::string refused = Started(Opened(AskingMuch()).program_id(), Known().id);
    EXPECT_EQ(Submit(refused), "FAILED_PRECONDITION NOT_ELIGIBLE") << "nothing was stated";
    other.set_family_card("1871050101109002");
    EXPECT_EQ(State(refused, other), "OK");
    EXPECT_EQ(Submit(refused), "FAILED_PRECONDITION NOT_ELIGIBLE");
    other = Facts("1871050101109002");
    other.set_collectibility(3);
    EXPECT_EQ(State(refused, other), "OK");
    EXPECT_EQ(Submit(refused), "FAILED_PRECONDITION NOT_ELIGIBLE");
    other = Facts("1871050101109002");
    other.set_identity_region_code("36.74");
    EXPECT_EQ(State(refused, other), "OK");
    EXPECT_EQ(Submit(refused), "FAILED_PRECONDITION NOT_ELIGIBLE");
    EXPECT_EQ(State(refused, Facts("1871050101109002")), "OK");
    EXPECT_EQ(Submit(refused), "OK");
}

TEST_F(EvidenceTest, AHouseholdIsKnownByItsCardHoweverItIsWritten) {
    const std::string program = Opened(AskingMuch()).program_id();
    const std::string first = Started(program, Known().id), second = Started(program, Known().id);
    v1::StatedFacts without = Facts();
    without.clear_family_card();
    EXPECT_EQ(State(first, without), "OK");
    EXPECT_EQ(Submit(first), "FAILED_PRECONDITION HOUSEHOLD_UNKNOWN");
    EXPECT_EQ(State(first, Facts()), "OK");
    EXPECT_EQ(Submit(first), "OK");
    EXPECT_EQ(State(second, Facts("1871 0501 0110 9001")), "OK");
    EXPECT_EQ(Submit(second), "FAILED_PRECONDITION DOUBLE_AID");
    EXPECT_EQ(State(second, Facts("1871050101109002")), "OK");
    EXPECT_EQ(Submit(second), "OK");
    EXPECT_EQ(Count("household_hashes"), 2);
}

TEST_F(EvidenceTest, WhoStatesAnotherHouseholdTakesItsPlaceAndGivesBackTheOther) {
    const std::string program = Opened(AskingMuch()).program_id();
    const std::string first = Started(program, Known().id), second = Started(program, Known().id);
    EXPECT_EQ(State(first, Facts()), "OK");
    EXPECT_EQ(Submit(first), "OK");
    v1::ReturnApplicationRequest request;
    request.set_request_id(NewId(kNow));
    request.set_application_id(first);
    request.set_until("2026-03-20");
    request.add_items()->set_document(v1::DOCUMENT_KIND_FAMILY_CARD);
    request.mutable_items(0)->set_reason(v1::RETURN_REASON_DIFFERS);
    v1::ReturnApplicationResponse response;
    ASSERT_EQ(Call(&ApplicationStub::ReturnApplication, request, response, province_), "OK");
    Attached(first, v1::DOCUMENT_KIND_FAMILY_CARD, content::Png(4, 3));
    EXPECT_EQ(State(first, Facts("1871050101109002")), "OK");
    EXPECT_EQ(State(second, Facts()), "OK");
    EXPECT_EQ(Submit(second), "OK") << "nobody of that household applies any more";
    EXPECT_EQ(Submit(first), "OK");
    EXPECT_EQ(Count("aid_claims"), 2);
}

TEST_F(EvidenceTest, WhatIsStatedAndSeenIsStoredSealed) {
    const std::string program = Opened(AskingMuch()).program_id();
    const std::string id = Started(program, Known().id);
    EXPECT_EQ(State(id, Facts()), "OK");
    EXPECT_EQ(Submit(id), "OK");
    EXPECT_EQ(Do(&ApplicationStub::CheckDocuments, id, officer_), "OK");
    EXPECT_EQ(RecordSurvey(id, Findings(), surveyor_), "OK");
    const std::string dump = Dump();
    ASSERT_THAT(dump, HasSubstr(id));
    for (const std::string canary : {"1871050101109001", "Rumah di belakang masjid"}) {
        EXPECT_THAT(dump, Not(HasSubstr(canary)));
        EXPECT_THAT(dump, Not(HasSubstr(Hex(canary))));
    }
}

TEST_F(EvidenceTest, WhatWasSeenIsShownToWhoMayAndTheTrailNamesThem) {
    const std::string program = Opened().program_id();
    const std::string id = Started(program, Known().id);
    EXPECT_EQ(Submit(id), "OK");
    EXPECT_EQ(Do(&ApplicationStub::CheckDocuments, id, officer_), "OK");
    const v1::DocumentHeader photo = Header(id, v1::DOCUMENT_KIND_SURVEY_PHOTO);
    EXPECT_EQ(Attach(photo, content::Jpeg(40, 30), officer_), "PERMISSION_DENIED MAKER_IS_CHECKER");
    v1::AttachDocumentResponse attached;
    EXPECT_EQ(Attach(photo, content::Jpeg(40, 30), surveyor_, &attached), "OK");
    EXPECT_EQ(RecordSurvey(id, Findings(), surveyor_), "OK");

    v1::ListSurveysResponse response;
    EXPECT_EQ(Surveys(id, elsewhere_, response), "NOT_FOUND APPLICATION_NOT_FOUND");
    EXPECT_EQ(Surveys(id, province_, response), "OK");
    ASSERT_EQ(response.surveys_size(), 1);
    const v1::Survey& survey = response.surveys(0);
    EXPECT_EQ(survey.surveyed_by(), "penyurvei");
    EXPECT_TRUE(survey.is_recommended());
    EXPECT_THAT(survey.photo_ids(), ElementsAre(attached.document().document_id()));
    EXPECT_EQ(survey.findings().note(), Findings().note());
    EXPECT_EQ(survey.findings().place().latitude_degrees(), -5.429);
    EXPECT_EQ(survey.findings().answers_size(), 1);
    EXPECT_EQ(Count("audit_entries WHERE method = 'ListSurveys' AND actor = 'dinas'"
                    " AND outcome = 'OK' AND target = 'application/" +
                    id + "'"),
              1);
}

TEST_F(EvidenceTest, GoesWithTheDataOfItsOwner) {
    const std::string program = Opened(AskingMuch()).program_id();
    const Business business = Known(), neighbour = Known();
    const std::string id = Started(program, business.id);
    EXPECT_EQ(State(id, Facts()), "OK");
    EXPECT_EQ(Submit(id), "OK");
    EXPECT_EQ(Do(&ApplicationStub::CheckDocuments, id, officer_), "OK");
    EXPECT_EQ(RecordSurvey(id, Findings(), surveyor_), "OK");
    const std::string other = Started(program, neighbour.id);
    EXPECT_EQ(State(other, Facts("1871050101109002")), "OK");
    Erase(business);
    v1::ListSurveysResponse response;
    EXPECT_EQ(Surveys(id, province_, response), "OK");
    ASSERT_EQ(response.surveys_size(), 1);
    EXPECT_FALSE(response.surveys(0).has_findings());
    EXPECT_EQ(Count("household_hashes"), 1) << "the neighbour's";
    EXPECT_EQ(State(id, Facts()), "FAILED_PRECONDITION OWNER_ERASED");
    EXPECT_EQ(RecordSurvey(id, Findings(), surveyor_), "FAILED_PRECONDITION OWNER_ERASED");
    EXPECT_EQ(Count("owner_keys"), 1) << "no key is made behind an erasure";
}

TEST_F(EvidenceTest, AHouseholdStaysKnownAsLongAsSomebodyOfItIs) {
    const std::string program = Opened(AskingMuch()).program_id();
    const Business first = Known(), second = Known();
    EXPECT_EQ(State(Started(program, first.id), Facts()), "OK");
    EXPECT_EQ(State(Started(program, second.id), Facts()), "OK");
    Erase(first);
    EXPECT_EQ(Count("household_hashes"), 1);
    Erase(second);
    EXPECT_EQ(Count("household_hashes"), 0);
}

TEST_F(EvidenceTest, AnErasureWaitsForWhoeverStatesTheSameFamilyCard) {
    const std::string program = Opened(AskingMuch()).program_id();
    const Business first = Known(), second = Known();
    const std::string stated = Started(program, first.id), other = Started(program, second.id);
    EXPECT_EQ(State(stated, Facts()), "OK");
    postgres::Connection connection(database_.dsn());
    connection.RunScript("SET bangkit.regions = '*'");
    postgres::Transaction stating(connection);
    Households households(keys());
    households.Load(stating, {Facts().family_card()});
    stating.Run("INSERT INTO owner_keys VALUES ($1::text::uuid, 'key')", {second.owner_id});
    stating.Run("UPDATE applications SET household = $1 WHERE application_id = $2::text::uuid",
                {households.Find(Facts().family_card()), other});
    std::thread erasure([&] { Erase(first); });
    database_.AwaitLockWaits();
    stating.Commit();
    erasure.join();
    EXPECT_EQ(Count("household_hashes"), 1) << "the other one is of that household still";
}

TEST_F(EvidenceTest, HouseholdsAreTheSameUnderAnotherKey) {
    const std::string program = Opened(AskingMuch()).program_id();
    EXPECT_EQ(State(Started(program, Known().id), Facts()), "OK");
    const crypto::KeyRing next =
        crypto::Ring("environment development\nmaster 1 " + std::string(crypto::kAscending) +
                     "\nhash 1 " + std::string(crypto::kDescending) + " readonly\nhash 2 " +
                     std::string(crypto::kAscending) + "\n");
    postgres::Connection connection(database_.dsn());
    connection.RunScript("SET bangkit.regions = '*'");
    EXPECT_EQ(RekeyHouseholds(connection, next, 1), 1);
    EXPECT_EQ(RekeyHouseholds(connection, next, 1), 0);
    EXPECT_EQ(Count("household_hashes"), 2);
    EXPECT_EQ(database_.Count("SELECT count(DISTINCT household_id) FROM household_hashes"), 1);
    postgres::Transaction transaction(connection);
    Households households(next);
    households.Load(transaction, {"1871050101109001", "1871050101109002"});
    EXPECT_EQ(households.Find("1871050101109001"),
              database_.Text("SELECT household FROM applications"));
    EXPECT_EQ(households.Find("1871050101109002"), "");
}

TEST_F(EvidenceTest, IsRefusedIfItCannotBe) {
    const std::string id = Started(Opened().program_id(), Known().id);
    const auto refused = [&](const auto& change) {
        v1::StatedFacts facts = Facts();
        change(facts);
        return State(id, facts) == "INVALID_ARGUMENT FIELDS_INVALID";
    };
    EXPECT_TRUE(refused([](auto& facts) { facts.set_family_card("18710501"); }));
    EXPECT_TRUE(refused([](auto& facts) { facts.set_born_on("2026-03-11"); }));
    EXPECT_TRUE(refused([](auto& facts) { facts.set_business_started_on("10-03-2020"); }));
    EXPECT_TRUE(refused([](auto& facts) { facts.set_annual_sales_rupiah(-1); }));
    EXPECT_TRUE(refused([](auto& facts) { facts.set_collectibility(0); }));
    EXPECT_TRUE(refused([](auto& facts) { facts.set_collectibility(6); }));
    EXPECT_TRUE(refused([](auto& facts) { facts.set_identity_region_code("Lampung"); }));
    EXPECT_TRUE(refused(
        [](auto& facts) { facts.set_occupation(static_cast<registration::v1::Occupation>(99)); }));
    EXPECT_EQ(Submit(id), "OK");
    EXPECT_EQ(Do(&ApplicationStub::CheckDocuments, id, officer_), "OK");
    const auto refused_survey = [&](const auto& change) {
        v1::SurveyFindings findings = Findings();
        change(findings);
        return RecordSurvey(id, findings, surveyor_) == "INVALID_ARGUMENT FIELDS_INVALID";
    };
    EXPECT_TRUE(refused_survey([](auto& f) { f.mutable_place()->set_latitude_degrees(52.5); }));
    EXPECT_TRUE(refused_survey([](auto& f) {
        f.mutable_place()->set_longitude_degrees(std::numeric_limits<double>::quiet_NaN());
    }));
    EXPECT_TRUE(refused_survey([](auto& f) { *f.add_answers() = f.answers(0); }));
    EXPECT_TRUE(refused_survey([](auto& f) { f.set_note(std::string(1'001, 'x')); }));
    EXPECT_EQ(RecordSurvey(id, {}, surveyor_), "OK");
}

}  // namespace
}  // namespace bangkit::aid
