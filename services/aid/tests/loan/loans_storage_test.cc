// Loans over the wire: the interest of each month is paid once, from what is reserved, to the
// rupiah.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "services/aid/tests/referral/partners_fixture.h"

namespace bangkit::aid {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

class LoansTest : public PartnersTest {
protected:
    v1::Loan LoanOf(const std::string& id, const std::string& token) const {
        v1::GetLoanRequest request;
        request.set_loan_id(id);
        v1::GetLoanResponse response;
        EXPECT_EQ(Call(*loans_, &LoanStub::GetLoan, request, response, token), "OK");
        return response.loan();
    }
    std::vector<std::int64_t> Months(const std::string& id) const {
        v1::ListSubsidyMonthsRequest request;
        request.set_loan_id(id);
        v1::ListSubsidyMonthsResponse response;
        EXPECT_EQ(Call(*loans_, &LoanStub::ListSubsidyMonths, request, response, bank_), "OK");
        std::vector<std::int64_t> rupiah;
        for (const auto& month : response.months()) rupiah.push_back(month.subsidy_rupiah());
        return rupiah;
    }
    std::string Declare(const std::string& id, const std::string& day, const std::string& token,
                        const std::string& etag = "") const {
        v1::DeclareDefaultRequest request;
        request.set_request_id(NewId(kNow));
        request.set_loan_id(id);
        request.set_defaulted_on(day);
        request.set_etag(etag);
        v1::DeclareDefaultResponse response;
        return Call(*loans_, &LoanStub::DeclareDefault, request, response, token);
    }
    auto Upload(const std::string& lines, const std::string& token) const {
        return PartnersTest::Upload(*loans_, &LoanStub::UploadInstalments,
                                    "referensi,bukti,tanggal,nominal\n" + lines, token, 7);
    }
    std::int64_t Rupiah(const std::string& column) const {
        return database_.Count("SELECT coalesce(sum(" + column + "), 0)::bigint FROM budgets");
    }
    /// What holds between loans, payments and the ledger at any time.
    void ExpectWhole() const {
        EXPECT_EQ(Count("budgets b WHERE reserved_rupiah <> (SELECT sum(subsidy_reserved_rupiah)"
                        "  FROM loans l WHERE l.budget_id = b.budget_id)"),
                  0)
            << "what is reserved is for interest that is not paid yet";
        EXPECT_EQ(Count("loans l WHERE subsidy_rupiah <> (SELECT coalesce(sum(amount_rupiah), 0)"
                        "  FROM ledger g WHERE g.application_id = l.application_id AND kind = 8)"
                        "  OR subsidy_rupiah <> (SELECT coalesce(sum(subsidy_rupiah), 0)"
                        "  FROM loan_subsidies s WHERE s.loan_id = l.loan_id)"),
                  0);
        EXPECT_EQ(Count("loans l WHERE repaid_rupiah <> (SELECT coalesce(sum(amount_rupiah), 0)"
                        "  FROM loan_instalments i WHERE i.loan_id = l.loan_id)"),
                  0);
        EXPECT_EQ(Count("loans l WHERE version <> 1"
                        "  + (SELECT count(*) FROM loan_instalments i WHERE i.loan_id = l.loan_id)"
                        "  + (SELECT count(*) FROM loan_subsidies s WHERE s.loan_id = l.loan_id)"
                        " OR version <> (SELECT count(*) FROM outbox o"
                        "  WHERE o.aggregate_type = 'loan' AND o.aggregate_id = l.loan_id)"),
                  0);
        const std::string budget = database_.Text("SELECT budget_id::text FROM budgets LIMIT 1");
        EXPECT_TRUE(Recounted(budget).matches());
    }
};

TEST_F(LoansTest, AreGrantedAndReserveTheirInterest) {
    const std::string program = ProgramOf();
    const std::string id = Granted(program);
    const v1::Loan loan = LoanOf(id, city_);
    EXPECT_EQ(loan.subsidy_reserved_rupiah(), 150'000);
    EXPECT_EQ(StateOf(loan.application_id()), v1::APPLICATION_STATE_DISBURSED);
    EXPECT_EQ(Rupiah("reserved_rupiah"), 150'000) << "the interest and not what is lent";
    EXPECT_EQ(Rupiah("available_rupiah"), 10'000'000 - 150'000);
    EXPECT_EQ(Count("ledger WHERE kind IN (3, 5) AND amount_rupiah = 0"), 2) << "a place";
    EXPECT_EQ(Count("budgets WHERE recipients = 1"), 1);
    EXPECT_EQ(Count("outbox WHERE type LIKE '%.LoanGranted'"), 1);
    ExpectWhole();
}

TEST_F(LoansTest, NeedACheckAndAnApproval) {
    const std::string program = ProgramOf();
    const std::string agreement = Agreed(program);
    const std::string id = Checked(program);
    const std::string referral = Sent(id, agreement);
    EXPECT_EQ(Grant(Granting(referral), bank_), "FAILED_PRECONDITION CHECK_NOT_PASSED");
    EXPECT_EQ(Answer(Answering(referral), bank_), "OK");
    EXPECT_EQ(Grant(Granting(referral), bank_), "FAILED_PRECONDITION APPLICATION_STATE_WRONG");
    EXPECT_EQ(Do(&ApplicationStub::RecordSurvey, id, surveyor_), "OK");
    EXPECT_EQ(Approve(id, province_), "OK");
    v1::GrantLoanRequest more = Granting(referral);
    more.set_principal_rupiah(12'000'001);
    EXPECT_EQ(Grant(more, bank_), "FAILED_PRECONDITION AMOUNT_TOO_HIGH");
    EXPECT_EQ(Grant(Granting(referral), other_bank_), "NOT_FOUND REFERRAL_NOT_FOUND");
    EXPECT_EQ(Grant(Granting(referral), elsewhere_), "NOT_FOUND REFERRAL_NOT_FOUND");
    EXPECT_EQ(Grant(Granting(referral), bank_), "OK");
    EXPECT_EQ(Grant(Granting(referral), bank_), "FAILED_PRECONDITION APPLICATION_STATE_WRONG")
        << "once";
    ExpectWhole();
}

TEST_F(LoansTest, AreNotGrantedBeyondTheBudget) {
    const std::string program = ProgramOf(Instrument::kInterestFreeLoan, 299'999);
    const std::string agreement = Agreed(program);
    std::vector<std::string> referrals;
    for (int i = 0; i < 2; ++i) referrals.push_back(Passed(program, agreement));
    EXPECT_EQ(Grant(Granting(referrals[0]), bank_), "OK");
    EXPECT_EQ(Grant(Granting(referrals[1]), bank_), "FAILED_PRECONDITION BUDGET_EXHAUSTED");
    EXPECT_EQ(Count("applications WHERE state = 5"), 1) << "nothing of it has happened";
    EXPECT_EQ(Count("loans"), 1);
    ExpectWhole();
}

TEST_F(LoansTest, HaveTheInterestOfEachMonthPaidOnce) {
    const std::string program = ProgramOf();
    const std::string id = Granted(program);
    const std::string other = Granted(program);
    PayAllMonths();
    EXPECT_THAT(Months(id), ElementsAre(60'000, 45'000, 30'000, 15'000));
    EXPECT_THAT(Months(other), ElementsAre(60'000, 45'000, 30'000, 15'000));
    EXPECT_EQ(Rupiah("disbursed_rupiah"), 300'000);
    EXPECT_EQ(Rupiah("reserved_rupiah"), 0);
    EXPECT_EQ(Count("outbox WHERE type LIKE '%.SubsidyAccrued'"), 8);
    EXPECT_EQ(Count("ledger WHERE kind = 9"), 2) << "nothing, and that is said";
    EXPECT_EQ(LoanOf(id, city_).subsidised_months(), 4);
    EXPECT_EQ(LoanOf(id, city_).state(), v1::LOAN_STATE_RUNNING) << "nothing was paid back";
    ExpectWhole();
}

TEST_F(LoansTest, GiveBackTheInterestOfWhatIsPaidBackEarly) {
    const std::string program = ProgramOf();
    const std::string id = Granted(program);
    EXPECT_EQ(Pay(id, "BKT-1", 12'000'000, bank_), "OK");
    EXPECT_EQ(LoanOf(id, bank_).state(), v1::LOAN_STATE_REPAID);
    EXPECT_EQ(Rupiah("reserved_rupiah"), 150'000) << "the first month is not over";
    PayAllMonths();
    EXPECT_THAT(Months(id), ElementsAre(60'000));
    EXPECT_EQ(Rupiah("available_rupiah"), 10'000'000 - 60'000);
    EXPECT_EQ(Rupiah("reserved_rupiah"), 0);
    ExpectWhole();
}

TEST_F(LoansTest, InDefaultHaveNoInterestPaid) {
    const std::string program = ProgramOf();
    const std::string id = Granted(program);
    for (const std::string& token : {other_bank_, elsewhere_}) {
        EXPECT_EQ(Declare(id, "2026-03-09", token), "NOT_FOUND LOAN_NOT_FOUND");
    }
    EXPECT_EQ(Declare(id, "2026-03-09", officer_), "PERMISSION_DENIED ROLE_NOT_ALLOWED");
    EXPECT_EQ(Declare(id, "2026-03-11", bank_), "INVALID_ARGUMENT FIELDS_INVALID");
    EXPECT_EQ(Declare(id, "2026-03-10", bank_, "2"), "ABORTED ETAG_STALE");
    EXPECT_EQ(Declare(id, "2026-03-10", bank_), "OK");
    EXPECT_EQ(Declare(id, "2026-03-10", city_), "FAILED_PRECONDITION LOAN_NOT_RUNNING");
    const v1::Loan loan = LoanOf(id, city_);
    EXPECT_EQ(loan.state(), v1::LOAN_STATE_DEFAULTED);
    EXPECT_EQ(loan.defaulted_on(), "2026-03-10");
    EXPECT_EQ(Count("outbox WHERE type LIKE '%.LoanDefaulted'"), 1);
    PayAllMonths();
    EXPECT_THAT(Months(id), ElementsAre(60'000)) << "of the month in which it happened";
    EXPECT_EQ(Rupiah("available_rupiah"), 10'000'000 - 60'000);
    EXPECT_EQ(Rupiah("reserved_rupiah"), 0);
    EXPECT_EQ(Pay(id, "BKT-1", 12'000'000, bank_), "OK");
    EXPECT_EQ(LoanOf(id, bank_).state(), v1::LOAN_STATE_REPAID) << "after all";
    EXPECT_EQ(LoanOf(id, bank_).defaulted_on(), "2026-03-10") << "that it was stays known";
    EXPECT_EQ(Count("loans WHERE version <> (SELECT count(*) FROM outbox"
                    " WHERE aggregate_type = 'loan')"),
              0);
}

TEST_F(LoansTest, AreNotPaidForAMonthThatRuns) {
    const std::string id = Granted(ProgramOf());
    database_.Execute("UPDATE loans SET due_at = now() + interval '1 hour'");
    clock_.Set(kNow + std::chrono::days(3'000));  // Of this process; the database knows better.
    Server(*this).Look();
    clock_.Set(kNow);
    EXPECT_THAT(Months(id), IsEmpty());
}

TEST_F(LoansTest, ArePaidBackOnceHoweverOftenItIsTold) {
    const std::string id = Granted(ProgramOf());
    EXPECT_EQ(Pay(id, "BKT-1", 3'000'000, bank_), "OK");
    EXPECT_EQ(Pay(id, "BKT-1", 3'000'000, city_), "OK");
    EXPECT_EQ(Pay(id, "BKT-1", 3'000'001, bank_), "FAILED_PRECONDITION INSTALMENT_DIFFERS");
    EXPECT_EQ(Pay(id, "BKT-2", 9'000'001, bank_), "FAILED_PRECONDITION INSTALMENT_TOO_HIGH");
    EXPECT_EQ(Pay(id, "BKT-2", 1, bank_, "2026-03-08"), "FAILED_PRECONDITION INSTALMENT_TOO_EARLY");
    EXPECT_EQ(Pay(id, "BKT-2", 1, other_bank_), "NOT_FOUND LOAN_NOT_FOUND");
    EXPECT_EQ(Pay(id, "BKT-2", 1, elsewhere_), "NOT_FOUND LOAN_NOT_FOUND");
    {
        std::vector<std::jthread> callers;  // Each with a request of its own.
        for (int i = 0; i < 20; ++i) {
            callers.emplace_back([&] { EXPECT_EQ(Pay(id, "BKT-9", 1'000'000, bank_), "OK"); });
        }
    }
    const v1::Loan loan = LoanOf(id, bank_);
    EXPECT_EQ(loan.repaid_rupiah(), 4'000'000);
    EXPECT_EQ(Count("outbox WHERE type LIKE '%.InstalmentPaid'"), 2);
    ExpectWhole();
}

TEST_F(LoansTest, ArePaidBackInAFileToo) {
    const std::string program = ProgramOf();
    const std::string id = Granted(program), other = Granted(program);
    const std::string file =
        Reference(id) + ",BKT-1,2026-03-09,1000000\n" + Reference(other) +
        ",BKT-1,2026-03-10,12000000\n" + Reference(id) + ",BKT-1,2026-03-09,1000000\n" +
        Reference(id) + ",BKT-2,2026-03-10,11000001\n" + Reference(id) + ",BKT-2,2026-03-11,1\n" +
        Reference(id) + ",BKT-2,10/03/2026,1\n" + Reference(id) + ",BKT-2,2026-03-10,-1\n" +
        Reference(id) + ",0812345678901,2026-03-10,1\n" + Reference(NewId(kNow)) +
        ",BKT-2,2026-03-10,1\n";
    EXPECT_EQ(Totals(Upload(file, bank_)), "2/1/6");
    EXPECT_EQ(Totals(Upload(file, bank_)), "0/3/6") << "the same again";
    EXPECT_EQ(LoanOf(other, bank_).state(), v1::LOAN_STATE_REPAID);
    v1::ListInstalmentsRequest request;
    request.set_loan_id(id);
    v1::ListInstalmentsResponse listed;
    EXPECT_EQ(Call(*loans_, &LoanStub::ListInstalments, request, listed, bank_), "OK");
    ASSERT_EQ(listed.instalments_size(), 1);
    EXPECT_EQ(listed.instalments(0).paid_on(), "2026-03-09");
    ExpectWhole();
}

TEST_F(LoansTest, AreSeenByTheirBankTheirOwnerAndTheirRegion) {
    const std::string program = ProgramOf();
    const std::string id = Granted(program);
    const v1::Loan loan = LoanOf(id, bank_);
    const auto seen = [&](const std::string& token) {
        v1::ListLoansRequest request;
        request.set_program_id(program);
        v1::ListLoansResponse response;
        EXPECT_EQ(Call(*loans_, &LoanStub::ListLoans, request, response, token), "OK");
        return response.loans_size();
    };
    for (const std::string& token :
         {bank_, city_, province_, Token({"owner"}, {}, loan.owner_id())}) {
        EXPECT_EQ(seen(token), 1);
        EXPECT_EQ(LoanOf(id, token).loan_id(), id);
    }
    for (const std::string& token : {other_bank_, elsewhere_, Token({"owner"}, {}, NewId(kNow))}) {
        EXPECT_EQ(seen(token), 0);
        v1::GetLoanRequest get;
        get.set_loan_id(id);
        v1::GetLoanResponse found;
        EXPECT_EQ(Call(*loans_, &LoanStub::GetLoan, get, found, token), "NOT_FOUND LOAN_NOT_FOUND");
    }
}

TEST_F(LoansTest, OfAwardsRunAYearWithoutInterestForTheBudget) {
    const std::string program = ProgramOf(Instrument::kAwardLoan);
    v1::MakeAgreementRequest making = Making(program, 0);
    making.set_months_max(13);
    EXPECT_EQ(Make(making, province_), "FAILED_PRECONDITION MONTHS_TOO_MANY");
    const std::string agreement = Agreed(program, 0);
    v1::GrantLoanRequest granting = Granting(Passed(program, agreement));
    granting.set_months(12);
    v1::Loan loan;
    EXPECT_EQ(Grant(granting, bank_, &loan), "OK");
    EXPECT_EQ(loan.instrument(), common::v1::AID_INSTRUMENT_AWARD_LOAN);
    EXPECT_EQ(Rupiah("reserved_rupiah"), 0);
    EXPECT_EQ(Count("loans WHERE due_at IS NULL"), 1);
    ExpectWhole();
}

TEST_F(LoansTest, OfWhoWasMergedAreNotGrantedTwice) {
    const std::string program = ProgramOf();
    const std::string agreement = Agreed(program);
    const std::string first = Passed(program, agreement), second = Passed(program, agreement);
    EXPECT_EQ(Grant(Granting(first), bank_), "OK");
    database_.Execute("UPDATE businesses SET merged_into = '" +
                      ReferralOf(first, province_).business_id() + "' WHERE business_id = '" +
                      ReferralOf(second, province_).business_id() + "'");
    EXPECT_EQ(Grant(Granting(second), bank_), "FAILED_PRECONDITION DOUBLE_AID");
}

TEST_F(LoansTest, AreNotMadeOfWhatIsWrong) {
    const std::string program = ProgramOf();
    const std::string referral = Passed(program, Agreed(program));
    const std::string invalid = "INVALID_ARGUMENT FIELDS_INVALID";
    const auto granted = [&](auto change) {
        v1::GrantLoanRequest request = Granting(referral);
        change(request);
        return Grant(request, bank_);
    };
    EXPECT_EQ(granted([](auto& request) { request.set_principal_rupiah(0); }), invalid);
    EXPECT_EQ(granted([](auto& request) { request.set_principal_rupiah(-1); }), invalid);
    EXPECT_EQ(granted([](auto& request) { request.set_months(0); }), invalid);
    EXPECT_EQ(granted([](auto& request) { request.set_disbursed_on("2026-03-11"); }), invalid);
    EXPECT_EQ(granted([](auto& request) { request.set_disbursed_on(""); }), invalid);
    EXPECT_EQ(granted([](auto& request) { request.set_contract_number("3374060101900001"); }),
              invalid);
    EXPECT_EQ(granted([](auto& request) { request.set_referral_id(NewId(kNow)); }),
              "NOT_FOUND REFERRAL_NOT_FOUND");
    for (const char* file : {"", "referensi,bukti,tanggal\n", "\x01\x02"}) {
        const auto uploaded =
            PartnersTest::Upload(*loans_, &LoanStub::UploadInstalments, file, bank_);
        EXPECT_EQ(uploaded.status, "INVALID_ARGUMENT FILE_INVALID") << file;
    }
}

}  // namespace
}  // namespace bangkit::aid
