// Bank accounts: personal, so sealed, masked, on record, and gone with their owner.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "services/aid/storage/business/erasure.h"
#include "services/aid/tests/payment/payments_fixture.h"

namespace bangkit::aid {
namespace {

using ::testing::HasSubstr;

class BankAccountsTest : public PaymentsTest {
protected:
    std::string GetAccount(const std::string& business_id, const std::string& token,
                           v1::BankAccount* account = nullptr) const {
        v1::GetBankAccountRequest request;
        request.set_business_id(business_id);
        v1::GetBankAccountResponse response;
        std::string name = Call(&PaymentStub::GetBankAccount, request, response, token);
        if (account != nullptr) *account = response.account();
        return name;
    }
    void Erase(const std::string& owner_id) {
        postgres::Connection connection(database_.dsn());
        postgres::Transaction transaction(connection);
        EraseOwners(transaction, {owner_id});
        transaction.Commit();
        database_.Execute("UPDATE businesses SET owner_is_erased = true WHERE owner_id = '" +
                          owner_id + "'");
    }
};

TEST_F(BankAccountsTest, AreShownMasked) {
    const Business business = Known();
    EXPECT_EQ(GetAccount(business.id, province_), "NOT_FOUND BANK_ACCOUNT_NOT_FOUND");
    EXPECT_EQ(State(business.id, officer_), "OK");
    v1::BankAccount account;
    EXPECT_EQ(GetAccount(business.id, province_, &account), "OK");
    EXPECT_EQ(account.account_number(), "******6789");
    EXPECT_EQ(account.holder_name(), "S*** A***");
    EXPECT_EQ(GetAccount(business.id, elsewhere_), "NOT_FOUND BANK_ACCOUNT_NOT_FOUND");
}

TEST_F(BankAccountsTest, CountAsTheyWereWhenABatchWasMade) {
    const std::string program = Opened().program_id();
    Allocated(Allocation(program));
    const Business business = Known();
    Approved(program, business.id);
    const std::string batch = Released(program).batch_id();
    EXPECT_EQ(State(business.id, officer_, Account("9876543210")), "OK");
    EXPECT_THAT(File(batch, treasurer_), HasSubstr("<Id>0123456789</Id>"));
}

TEST_F(BankAccountsTest, LieNowhereInTheClear) {
    const std::string program = Opened().program_id();
    Allocated(Allocation(program));
    Approved(program, Known().id);
    const std::string batch = Released(program).batch_id();
    EXPECT_THAT(File(batch, treasurer_), HasSubstr("Siti Aminah"));
    for (const char* table : {"bank_accounts", "payments", "payment_batches", "idempotency",
                              "audit_entries", "outbox", "applications", "ledger"}) {
        for (const char* text : {"0123456789", "Siti", "Aminah"}) {
            EXPECT_EQ(Count(std::string(table) + " t WHERE position('" + text +
                            "'::bytea IN convert_to(t::text, 'UTF8')) > 0"
                            " OR position(encode('" +
                            text + "'::bytea, 'hex') IN t::text) > 0"),
                      0)
                << table << " " << text;
        }
    }
}

TEST_F(BankAccountsTest, AreOnRecordWhenTheyLeave) {
    const std::string program = Opened().program_id();
    Allocated(Allocation(program));
    Approved(program, Known().id);
    const std::string batch = Released(program).batch_id();
    File(batch, treasurer_);
    EXPECT_EQ(Count("audit_entries WHERE method = 'DownloadPaymentFile' AND actor = 'bendahara'"
                    " AND target = 'payment_batch/" +
                    batch + "' AND outcome = 'OK'"),
              1);
}

TEST_F(BankAccountsTest, AreGoneWithTheirOwner) {
    const std::string program = Opened().program_id();
    Allocated(Allocation(program));
    const Business business = Known();
    Approved(program, business.id);
    const std::string batch = Released(program).batch_id();
    Erase(business.owner_id);
    std::string name;
    File(batch, treasurer_, &name);
    EXPECT_EQ(name, "FAILED_PRECONDITION PAYEE_ERASED");
    EXPECT_EQ(GetAccount(business.id, province_), "NOT_FOUND BANK_ACCOUNT_NOT_FOUND");
    EXPECT_EQ(Count("owner_keys"), 0);
    EXPECT_EQ(State(business.id, officer_), "FAILED_PRECONDITION OWNER_ERASED");
    EXPECT_EQ(Count("owner_keys"), 0);
}

TEST_F(BankAccountsTest, OfWhatIsWrongAreNotTaken) {
    const Business business = Known();
    const auto stated = [&](auto change) {
        v1::BankAccount account = Account();
        change(account);
        return State(business.id, officer_, account);
    };
    const std::string invalid = "INVALID_ARGUMENT FIELDS_INVALID";
    EXPECT_EQ(stated([](auto& account) { account.set_bank_code("BANK BRI"); }), invalid);
    EXPECT_EQ(stated([](auto& account) { account.set_account_number("12"); }), invalid);
    EXPECT_EQ(stated([](auto& account) { account.set_holder_name(" "); }), invalid);
    EXPECT_EQ(stated([](auto& account) { account.set_holder_name(std::string(71, 'x')); }),
              invalid);
    EXPECT_EQ(stated([](auto& account) { account.set_holder_name("a\nb"); }), invalid);
    EXPECT_EQ(stated([](auto& account) { account.set_holder_name("a\xEF\xBF\xBF"); }), invalid)
        << "no file for the bank could be made of it";
    EXPECT_EQ(State(NewId(kNow), officer_), "NOT_FOUND BUSINESS_NOT_FOUND");
    EXPECT_EQ(Count("bank_accounts"), 0);
}

}  // namespace
}  // namespace bangkit::aid
