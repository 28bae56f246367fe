// Applications in the hands of partners, over the wire: each of them answered once, and those that
// are not answered escalated once.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "services/aid/tests/referral/partners_fixture.h"

namespace bangkit::aid {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::UnorderedElementsAreArray;

class ReferralsTest : public PartnersTest {
protected:
    std::vector<std::string> List(const v1::ListReferralsRequest& request,
                                  const std::string& token) const {
        v1::ListReferralsResponse response;
        EXPECT_EQ(Call(*referrals_, &ReferralStub::ListReferrals, request, response, token), "OK");
        std::vector<std::string> ids;
        for (const auto& referral : response.referrals()) ids.push_back(referral.referral_id());
        return ids;
    }
    std::string End(const std::string& id, const std::string& token) const {
        v1::EndReferralRequest request;
        request.set_request_id(NewId(kNow));
        request.set_referral_id(id);
        v1::EndReferralResponse response;
        return Call(*referrals_, &ReferralStub::EndReferral, request, response, token);
    }
    std::string EndAgreement(const std::string& id, const std::string& token) const {
        v1::EndAgreementRequest request;
        request.set_request_id(NewId(kNow));
        request.set_agreement_id(id);
        v1::EndAgreementResponse response;
        return Call(*referrals_, &ReferralStub::EndAgreement, request, response, token);
    }
    auto Upload(const std::string& lines, const std::string& token, std::size_t piece = 7) const {
        return PartnersTest::Upload(*referrals_, &ReferralStub::UploadReferralAnswers,
                                    "referensi,jawaban,alasan,bentuk,bulan,tanggal\n" + lines,
                                    token, piece);
    }
    /// What holds of referrals at any time.
    void ExpectWhole() const {
        EXPECT_EQ(Count("referrals r WHERE version <> (SELECT count(*) FROM referral_history h"
                        " WHERE h.referral_id = r.referral_id)"),
                  0);
        EXPECT_EQ(Count("referrals r WHERE version <> (SELECT count(*) FROM outbox o"
                        " WHERE o.aggregate_type = 'referral' AND o.aggregate_id = r.referral_id)"),
                  0);
    }
};

TEST_F(ReferralsTest, OfALoanComeBackAsChecks) {
    const std::string program = ProgramOf();
    const std::string agreement = Agreed(program);
    const std::string passed = Checked(program), failed = Checked(program);
    const std::string to_pass = Sent(passed, agreement), to_fail = Sent(failed, agreement);
    const v1::Referral sent = ReferralOf(to_pass, bank_);
    EXPECT_EQ(sent.answer_due(), "2026-03-09") << "five working days";
    EXPECT_EQ(sent.amount_rupiah(), 12'000'000);
    EXPECT_EQ(sent.instrument(), common::v1::AID_INSTRUMENT_INTEREST_FREE_LOAN);
    EXPECT_EQ(Answer(Answering(to_pass), bank_), "OK");
    EXPECT_EQ(StateOf(passed), v1::APPLICATION_STATE_DOCUMENTS_CHECKED);
    EXPECT_EQ(Count("aid_claims"), 2);
    EXPECT_EQ(Answer(Answering(to_fail, false), bank_), "OK");
    EXPECT_EQ(StateOf(failed), v1::APPLICATION_STATE_REJECTED);
    EXPECT_EQ(Count("aid_claims"), 1) << "its place is free again";
    v1::Application rejected;
    EXPECT_EQ(Get(failed, province_, &rejected), "OK");
    EXPECT_THAT(rejected.rejection_reasons(), ElementsAre(v1::REJECTION_REASON_BANK_CREDIT));
    EXPECT_EQ(Count("outbox WHERE type LIKE '%.ApplicationRejected'"), 1);
    ExpectWhole();
}

TEST_F(ReferralsTest, OfARunningLoanAreWhatWasAppliedFor) {
    const std::string program = ProgramOf(Instrument::kRestructuringReferral);
    const std::string agreement = Agreed(program, 0);
    const std::string given = Approved(program), refused = Approved(program);
    v1::ReferApplicationRequest referring = Referring(given, agreement);
    referring.add_forms(v1::RESTRUCTURING_FORM_TENOR_EXTENSION);
    referring.set_owed_rupiah(40'000'000);
    v1::Referral sent;
    EXPECT_EQ(Refer(referring, city_, &sent), "OK");
    v1::AnswerReferralRequest granting = Answering(sent.referral_id());
    EXPECT_EQ(Answer(granting, bank_), "FAILED_PRECONDITION REFERRAL_INCOMPLETE");
    granting.set_request_id(NewId(kNow));
    granting.add_forms(v1::RESTRUCTURING_FORM_RATE_CUT);
    EXPECT_EQ(Answer(granting, bank_), "OK");
    EXPECT_EQ(StateOf(given), v1::APPLICATION_STATE_DISBURSED);
    EXPECT_THAT(ReferralOf(sent.referral_id(), province_).granted_forms(),
                ElementsAre(v1::RESTRUCTURING_FORM_RATE_CUT));
    referring.set_request_id(NewId(kNow));
    referring.set_application_id(refused);
    EXPECT_EQ(Refer(referring, city_, &sent), "OK");
    EXPECT_EQ(Answer(Answering(sent.referral_id(), false), city_), "OK") << "by letter";
    EXPECT_EQ(StateOf(refused), v1::APPLICATION_STATE_CANCELLED);
    EXPECT_EQ(Count("ledger WHERE kind IN (4, 5)"), 2);
    EXPECT_EQ(Count("budgets WHERE recipients = 1 AND reserved_rupiah = 0"), 1);
    ExpectWhole();
}

TEST_F(ReferralsTest, AreWithOnePartnerAtATime) {
    const std::string program = ProgramOf();
    const std::string agreement = Agreed(program), other = Agreed(program);
    const std::string id = Checked(program);
    const std::string first = Sent(id, agreement);
    EXPECT_EQ(Refer(Referring(id, other), city_), "FAILED_PRECONDITION ALREADY_REFERRED");
    EXPECT_EQ(EndAgreement(agreement, city_), "NOT_FOUND AGREEMENT_NOT_FOUND")
        << "it is the province's";
    EXPECT_EQ(EndAgreement(agreement, province_), "OK");
    EXPECT_EQ(EndAgreement(agreement, province_), "FAILED_PRECONDITION AGREEMENT_ENDED");
    EXPECT_EQ(End(first, city_), "OK");
    EXPECT_EQ(Refer(Referring(id, agreement), city_), "FAILED_PRECONDITION AGREEMENT_ENDED");
    const std::string second = Sent(id, other);
    EXPECT_EQ(Answer(Answering(first), bank_), "FAILED_PRECONDITION REFERRAL_ENDED");
    EXPECT_EQ(Answer(Answering(second), bank_), "OK");
    EXPECT_EQ(End(second, city_), "FAILED_PRECONDITION REFERRAL_ANSWERED");
    ExpectWhole();
}

TEST_F(ReferralsTest, OfWhoWasMergedAreNotHandedOver) {
    const std::string program = ProgramOf(Instrument::kPaymentHolidayReferral);
    const std::string agreement = Agreed(program, 0);
    const std::string first = Approved(program), second = Approved(program);
    const auto business_of = [&](const std::string& application_id) {
        v1::Application application;
        EXPECT_EQ(Get(application_id, province_, &application), "OK");
        return application.business_id();
    };
    database_.Execute("UPDATE businesses SET merged_into = '" + business_of(first) +
                      "' WHERE business_id = '" + business_of(second) + "'");
    EXPECT_EQ(Refer(Referring(first, agreement), city_), "FAILED_PRECONDITION DOUBLE_AID");
    EXPECT_EQ(Refer(Referring(second, agreement), city_), "FAILED_PRECONDITION DOUBLE_AID");
    EXPECT_EQ(Do(&ApplicationStub::WithdrawApplication, second, officer_), "OK");
    EXPECT_EQ(Refer(Referring(first, agreement), city_), "OK") << "somebody has decided";
}

TEST_F(ReferralsTest, TwinsAreOne) {
    const std::string program = ProgramOf();
    const std::string agreement = Agreed(program);
    const v1::ReferApplicationRequest request = Referring(Checked(program), agreement);
    std::vector<v1::ReferApplicationResponse> sent(20);
    {
        std::vector<std::jthread> callers;
        for (auto& response : sent) {
            callers.emplace_back([&] {
                EXPECT_EQ(
                    Call(*referrals_, &ReferralStub::ReferApplication, request, response, city_),
                    "OK");
            });
        }
    }
    EXPECT_EQ(Count("referrals"), 1);
    const std::string id = sent[0].referral().referral_id();
    {
        std::vector<std::jthread> callers;  // Each with a request of its own.
        for (int i = 0; i < 20; ++i) {
            callers.emplace_back([&] { EXPECT_EQ(Answer(Answering(id), bank_), "OK"); });
        }
    }
    EXPECT_EQ(Count("outbox WHERE type LIKE '%.ReferralGranted'"), 1);
    EXPECT_EQ(Answer(Answering(id, false), bank_), "FAILED_PRECONDITION REFERRAL_ANSWERED");
    ExpectWhole();
}

TEST_F(ReferralsTest, ComeBackInAFileToo) {
    const std::string program = ProgramOf();
    const std::string agreement = Agreed(program);
    std::vector<std::string> ids;
    for (int i = 0; i < 3; ++i) ids.push_back(Sent(Checked(program), agreement));
    const std::string file = Reference(ids[0]) + ",DISETUJUI,,,6,2026-03-05\n" + Reference(ids[1]) +
                             ",Ditolak,NO_CAPACITY OTHER_LOANS,,,\n" + Reference(NewId(kNow)) +
                             ",DISETUJUI,,,,\n" +  // Of nobody.
                             "Siti Aminah,DISETUJUI,,,,\n" + Reference(ids[2]) + ",MUNGKIN,,,,\n" +
                             Reference(ids[2]) + ",DITOLAK,,,,\n" + Reference(ids[2]) +
                             ",DITOLAK,KARENA,,,\n" + Reference(ids[2]) + ",DISETUJUI,,,1000,\n";
    const auto uploaded = Upload(file, bank_);
    EXPECT_EQ(Totals(uploaded), "2/0/6");
    ASSERT_EQ(uploaded.lines.size(), 8U);
    EXPECT_EQ(ReferralOf(ids[0], bank_).granted_months(), 6);
    EXPECT_EQ(ReferralOf(ids[0], bank_).answered_on(), "2026-03-05");
    EXPECT_EQ(ReferralOf(ids[1], bank_).answered_on(), "2026-03-10") << "today";
    EXPECT_EQ(ReferralOf(ids[2], bank_).state(), v1::REFERRAL_STATE_SENT);
    for (const auto& line : uploaded.lines) {
        EXPECT_NE(line.reference(), "Siti Aminah") << "what is none of ours is not repeated";
    }
    EXPECT_EQ(Totals(Upload(file, bank_, 10'000)), "0/2/6") << "the same again";
    EXPECT_EQ(Totals(Upload(file, other_bank_)), "0/0/8") << "none of them is theirs";
    ExpectWhole();
}

TEST_F(ReferralsTest, AreReachedByTheirPartnerAndTheirRegion) {
    const std::string program = ProgramOf();
    const std::string agreement = Agreed(program);
    const std::string id = Sent(Checked(program), agreement);
    v1::GetReferralRequest get;
    get.set_referral_id(id);
    v1::GetReferralResponse found;
    for (const std::string& token : {other_bank_, elsewhere_}) {
        EXPECT_EQ(Call(*referrals_, &ReferralStub::GetReferral, get, found, token),
                  "NOT_FOUND REFERRAL_NOT_FOUND");
        EXPECT_EQ(Answer(Answering(id), token), "NOT_FOUND REFERRAL_NOT_FOUND");
        EXPECT_THAT(List({}, token), IsEmpty());
    }
    const std::string agency = Token({"agency"}, {"18.71"}, partner_id_);
    EXPECT_EQ(Answer(Answering(id), Token({"agency"}, {"36"}, partner_id_)),
              "NOT_FOUND REFERRAL_NOT_FOUND")
        << "a subject alone makes no partner";
    EXPECT_EQ(Refer(Referring(Checked(program), agreement), elsewhere_),
              "NOT_FOUND APPLICATION_NOT_FOUND");
    EXPECT_EQ(Make(Making(program), elsewhere_), "NOT_FOUND PROGRAM_NOT_FOUND");
    EXPECT_EQ(Make(Making(program), city_), "NOT_FOUND PROGRAM_NOT_FOUND")
        << "it is the province's";
    EXPECT_EQ(Make(Making(program), bank_), "PERMISSION_DENIED ROLE_NOT_ALLOWED");
    EXPECT_EQ(Refer(Referring(Checked(program), agreement), bank_),
              "PERMISSION_DENIED ROLE_NOT_ALLOWED");
    const v1::Referral referral = ReferralOf(id, city_);
    EXPECT_EQ(ReferralOf(id, Token({"owner"}, {}, referral.owner_id())).referral_id(), id);
    EXPECT_EQ(Answer(Answering(id), agency), "OK");
}

TEST_F(ReferralsTest, ThatNobodyAnswersAreEscalatedOnce) {
    const std::string program = ProgramOf();
    const std::string agreement = Agreed(program);
    std::vector<std::string> silent;
    constexpr int kMany = 25;
    for (int i = 0; i < kMany; ++i) silent.push_back(Sent(Checked(program), agreement));
    const std::string answered = Sent(Checked(program), agreement);
    EXPECT_EQ(Answer(Answering(answered), bank_), "OK");
    const std::string withdrawn = Checked(program);
    const std::string moot = Sent(withdrawn, agreement);
    EXPECT_EQ(Do(&ApplicationStub::WithdrawApplication, withdrawn, officer_), "OK");
    clock_.Set(kNow - std::chrono::days(30));  // Of these processes; it changes nothing.
    {
        std::vector<std::jthread> servers;
        for (int i = 0; i < 3; ++i) servers.emplace_back([&] { Server(*this).Look(); });
    }
    clock_.Set(kNow);
    EXPECT_EQ(Count("outbox WHERE type LIKE '%.ReferralEscalated'"), kMany);
    EXPECT_EQ(Count("referrals WHERE is_silent AND version = 2 AND due_at IS NULL"), kMany);
    EXPECT_EQ(ReferralOf(moot, province_).state(), v1::REFERRAL_STATE_ENDED);
    EXPECT_EQ(ReferralOf(silent[0], province_).escalated_to(), "18");
    v1::ListReferralsRequest list;
    list.set_agreement_id(agreement);
    list.set_only_silent(true);
    EXPECT_THAT(List(list, province_), UnorderedElementsAreArray(silent))
        << "what is to be reconciled";
    EXPECT_EQ(Answer(Answering(silent[0]), bank_), "OK") << "late";
    EXPECT_FALSE(ReferralOf(silent[0], province_).is_silent());
    EXPECT_EQ(List(list, bank_).size(), silent.size() - 1);
    EXPECT_EQ(Count("audit_entries WHERE method = 'EscalateReferral' AND actor = 'bangkit-aid'"
                    " AND outcome = 'OK'"),
              kMany + 1);
    ExpectWhole();
}

TEST_F(ReferralsTest, AreNotEscalatedBeforeTheirDayIsOver) {
    const std::string program = ProgramOf();
    v1::MakeAgreementRequest making = Making(program);
    making.set_answer_days(90);
    v1::Agreement agreement;
    EXPECT_EQ(Make(making, province_, &agreement), "OK");
    const std::string id = Sent(Checked(program), agreement.agreement_id());
    database_.Execute("UPDATE referrals SET due_at = now() + interval '1 hour'");
    clock_.Set(kNow + std::chrono::days(3'000));
    Server(*this).Look();
    clock_.Set(kNow);
    EXPECT_FALSE(ReferralOf(id, province_).is_silent()) << "the database knows better";
}

TEST_F(ReferralsTest, AreListedInPages) {
    const std::string program = ProgramOf();
    const std::string agreement = Agreed(program);
    std::vector<std::string> all;
    for (int i = 0; i < 5; ++i) all.push_back(Sent(Checked(program), agreement));
    EXPECT_EQ(Answer(Answering(all[2]), bank_), "OK");
    v1::ListReferralsRequest request;
    request.set_program_id(program);
    request.set_page_size(2);
    std::vector<std::string> seen;
    v1::ListReferralsResponse page;
    do {
        request.set_page_token(page.next_page_token());
        page.Clear();
        ASSERT_EQ(Call(*referrals_, &ReferralStub::ListReferrals, request, page, province_), "OK");
        for (const auto& each : page.referrals()) seen.push_back(each.referral_id());
    } while (!page.next_page_token().empty());
    EXPECT_EQ(seen, all);
    request.clear_page_token();
    request.set_state(v1::REFERRAL_STATE_GRANTED);
    EXPECT_THAT(List(request, bank_), ElementsAre(all[2]));
    request.set_region_code("18.71");
    EXPECT_THAT(List(request, province_), ElementsAre(all[2]));
    request.set_region_code("18.72");
    EXPECT_THAT(List(request, province_), IsEmpty());

    v1::ListAgreementsRequest agreements;
    agreements.set_program_id(program);
    v1::ListAgreementsResponse listed;
    for (const std::string& token : {province_, city_, bank_}) {
        EXPECT_EQ(Call(*referrals_, &ReferralStub::ListAgreements, agreements, listed, token),
                  "OK");
        EXPECT_EQ(listed.agreements_size(), 1);
    }
    EXPECT_EQ(Call(*referrals_, &ReferralStub::ListAgreements, agreements, listed, other_bank_),
              "OK");
    EXPECT_EQ(listed.agreements_size(), 0);
}

TEST_F(ReferralsTest, AreNotMadeOfWhatIsWrong) {
    const std::string program = ProgramOf();
    const std::string agreement = Agreed(program), id = Checked(program);
    const std::string invalid = "INVALID_ARGUMENT FIELDS_INVALID";
    const auto referred = [&](auto change) {
        v1::ReferApplicationRequest request = Referring(id, agreement);
        change(request);
        return Refer(request, city_);
    };
    EXPECT_EQ(referred([](auto& request) { request.set_months(121); }), invalid);
    EXPECT_EQ(referred([](auto& request) { request.set_months(-1); }), invalid);
    EXPECT_EQ(referred([](auto& request) { request.set_sent_on("2026-03-11"); }), invalid);
    EXPECT_EQ(referred([](auto& request) { request.set_sent_on("2025-03-08"); }), invalid)
        << "more than a year ago";
    EXPECT_EQ(referred([](auto& request) { request.set_owed_rupiah(-1); }), invalid);
    EXPECT_EQ(referred([](auto& request) { request.add_forms(v1::RestructuringForm(9)); }),
              invalid);
    EXPECT_EQ(referred([](auto& request) { request.set_agreement_id(NewId(kNow)); }),
              "NOT_FOUND AGREEMENT_NOT_FOUND");
    v1::MakeAgreementRequest making = Making(program);
    making.set_yearly_rate_basis_points(5'001);
    EXPECT_EQ(Make(making, province_), invalid);
    making = Making(program);
    making.set_answer_days(0);
    EXPECT_EQ(Make(making, province_), invalid);
    v1::AnswerReferralRequest answering = Answering(Sent(id, agreement), false);
    answering.clear_reasons();
    EXPECT_EQ(Answer(answering, bank_), invalid);
    for (const char* file : {"", "nama,jawaban\n", "\x01\x02", "referensi\n"}) {
        const auto uploaded =
            PartnersTest::Upload(*referrals_, &ReferralStub::UploadReferralAnswers, file, bank_);
        EXPECT_EQ(uploaded.status, "INVALID_ARGUMENT FILE_INVALID") << file;
    }
}

}  // namespace
}  // namespace bangkit::aid
