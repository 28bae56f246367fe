// Behind the service: what the database does not let happen to referrals, loans and the interest of
// loans, whatever the service believes.
#include <gtest/gtest.h>

#include "services/aid/tests/referral/partners_fixture.h"

namespace bangkit::aid {
namespace {

class PartnerGuardsTest : public PartnersTest {
protected:
    void ExpectRefused(const std::string& sql) const {
        EXPECT_THROW(database_.Execute(sql), postgres::SqlError) << sql;
    }
    void ExpectForbiddenToTheService(const std::string& sql) const {
        postgres::Connection service(database_.dsn());
        EXPECT_THROW(service.RunScript(sql), postgres::SqlError) << sql;
    }
};

TEST_F(PartnerGuardsTest, OfReferrals) {
    const std::string program = ProgramOf();
    const std::string agreement = Agreed(program);
    const std::string id = Sent(Checked(program), agreement);
    ExpectRefused(
        "INSERT INTO referrals SELECT gen_random_uuid(), 1, application_id, agreement_id,"
        " partner_id, program_id, business_id, owner_id, region_code, instrument, 1,"
        " amount_rupiah, form, details, sent_on, answer_due, NULL, false, NULL, due_at,"
        " entered_by, created_at, updated_at FROM referrals");
    ExpectRefused("UPDATE referrals SET state = 2");
    ExpectRefused("UPDATE referrals SET is_silent = true");
    ExpectRefused("UPDATE referrals SET due_at = NULL");
    ExpectRefused("DELETE FROM referrals");
    ExpectRefused("TRUNCATE referrals");
    ExpectRefused("UPDATE referral_history SET state = 2");
    EXPECT_EQ(Answer(Answering(id), bank_), "OK");
    ExpectRefused("UPDATE referrals SET state = 3");
    ExpectForbiddenToTheService("UPDATE agreements SET yearly_rate = 5000");
    ExpectForbiddenToTheService("UPDATE referrals SET amount_rupiah = 1");
}

TEST_F(PartnerGuardsTest, OfLoans) {
    const std::string program = ProgramOf();
    const std::string id = Granted(program);
    const std::string open = Passed(program, Agreed(program));
    EXPECT_EQ(Pay(id, "BKT-1", 1'000'000, bank_), "OK");
    PayAllMonths();
    const std::string posted = "INSERT INTO ledger SELECT budget_id, 1000, ";
    ExpectRefused(posted +
                  "kind, from_account, to_account, amount_rupiah, from_balance_rupiah,"
                  " to_balance_rupiah, recipients, application_id, document, posted_at, posted_by,"
                  " month FROM ledger WHERE kind = 8 AND month = 1");
    ExpectRefused(posted +
                  "kind, from_account, to_account, amount_rupiah, from_balance_rupiah,"
                  " to_balance_rupiah, recipients, application_id, document, posted_at, posted_by,"
                  " 0 FROM ledger WHERE kind = 8 AND month = 1");
    ExpectRefused(posted +
                  "8, 2, 4, 1, 1, 1, 0, application_id, '', posted_at, posted_by, 99"
                  " FROM ledger WHERE kind = 8 AND month = 1");
    ExpectRefused("UPDATE loan_subsidies SET subsidy_rupiah = 1");
    ExpectRefused("DELETE FROM loan_instalments");
    ExpectRefused("TRUNCATE loan_subsidies");
    ExpectRefused("DELETE FROM loans");
    ExpectRefused("UPDATE loans SET repaid_rupiah = principal_rupiah + 1");
    ExpectRefused("UPDATE loans SET repaid_rupiah = principal_rupiah");
    ExpectRefused("UPDATE loans SET subsidy_reserved_rupiah = 1");
    ExpectRefused("UPDATE loans SET state = 3");
    ExpectRefused("UPDATE loans SET defaulted_on = '2026-03-10'");
    ExpectForbiddenToTheService("UPDATE loans SET principal_rupiah = 1");
    ExpectForbiddenToTheService("UPDATE loans SET yearly_rate = 5000");
    const auto insertion = [&](const std::string& principal) {
        return "INSERT INTO loans SELECT gen_random_uuid(), 1, r.application_id, r.referral_id,"
               " r.agreement_id, r.partner_id, r.program_id, r.business_id, r.owner_id,"
               " r.region_code, r.instrument, 1, 'PK-1', " +
               principal +
               ", 0, 4, 600, l.disbursed_on, l.budget_id, 0, 0, 0, NULL, NULL, now(), NULL,"
               " now() FROM referrals r, loans l WHERE r.referral_id = '" +
               open + "'";
    };
    ExpectRefused(insertion("12000001"));
    database_.Execute(
        "UPDATE applications SET state = 4 WHERE application_id ="
        " (SELECT application_id FROM referrals WHERE referral_id = '" +
        open + "')");
    ExpectRefused(insertion("12000000"));
    database_.Execute(
        "UPDATE applications SET state = 5 WHERE application_id ="
        " (SELECT application_id FROM referrals WHERE referral_id = '" +
        open + "')");
    database_.Execute(insertion("12000000"));
    ExpectRefused(insertion("12000000"));
}

}  // namespace
}  // namespace bangkit::aid
