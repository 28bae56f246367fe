// Who may see and change rows, and where personal data is not.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "services/registration/tests/dump.h"
#include "services/registration/tests/loop_fixture.h"

namespace bangkit::registration {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

class PrivacyTest : public RegistryTest {
protected:
    static std::int64_t Seen(postgres::Connection& connection) {
        return connection.Run("SELECT count(*) FROM businesses").Int64(0, 0);
    }
};

TEST_F(PrivacyTest, ReadersSeeOnlyTheRegionsTheyNamed) {
    RegisterBusiness other = RegistrationCommand(2);
    other.profile.region_code = "36.71";
    ASSERT_TRUE(Run(RegistrationCommand(1)));
    ASSERT_TRUE(Run(other, Officer("36.71")));

    postgres::Connection reader(database_.dsn());
    EXPECT_EQ(Seen(reader), 0);  // Whoever says nothing sees nothing.
    const std::pair<std::string, int> cases[] = {
        {"", 0},      {"36", 2},
        {"36.74", 1}, {"36.74.05.1002", 1},
        {"36.7", 0},  {"36.74.0", 0},
        {"36.71", 1}, {"36.74,36.71", 2},
        {"18", 0},    {"36.74.05.1002.1", 0},
    };
    for (const auto& [regions, count] : cases) {
        reader.RunScript("SET bangkit.regions = '" + regions + "'");
        EXPECT_EQ(Seen(reader), count) << regions;
    }
}

TEST_F(PrivacyTest, OwnersSeeWhatIsTheirsWhereverItLies) {
    const RegisterBusiness own = RegistrationCommand(1);
    ASSERT_TRUE(Run(own));
    ASSERT_TRUE(Run(RegistrationCommand(2)));
    postgres::Connection reader(database_.dsn());
    reader.RunScript("SET bangkit.owner = '" + own.owner_id + "'");
    EXPECT_EQ(Seen(reader), 1);
    EXPECT_TRUE(queries_.Find({.regions = {}, .owner_id = own.owner_id}, own.business_id));
    EXPECT_FALSE(queries_.Find({.regions = {}, .owner_id = NewId(kNow)}, own.business_id));
}

TEST_F(PrivacyTest, AConnectionForgetsForWhomItRead) {
    const RegisterBusiness command = RegistrationCommand(1);
    ASSERT_TRUE(Run(command));
    ASSERT_TRUE(queries_.Find({.regions = {"36"}, .owner_id = ""}, command.business_id));
    EXPECT_EQ(reads_.Read([](postgres::Connection& connection) { return Seen(connection); }), 0);
}

TEST_F(PrivacyTest, TheServiceCannotRewriteWhatHasHappened) {
    ASSERT_TRUE(Run(RegistrationCommand(1)));
    for (const std::string table :
         {"condition_history", "scale_history", "audit_entries", "owners"}) {
        for (const std::string& sql :
             {"DELETE FROM " + table, "TRUNCATE " + table, "DROP TABLE " + table}) {
            postgres::Connection connection(database_.dsn());
            EXPECT_THROW(connection.RunScript(sql), postgres::SqlError) << sql;
        }
        if (table == "owners") continue;
        postgres::Connection connection(database_.dsn());
        const std::string column = table == "audit_entries" ? "actor" : "business_id";
        const std::string sql = "UPDATE " + table + " SET " + column + " = " + column;
        EXPECT_THROW(connection.RunScript(sql), postgres::SqlError) << sql;
    }
    postgres::Connection connection(database_.dsn());
    EXPECT_THROW(connection.RunScript("DELETE FROM businesses"), postgres::SqlError);
    EXPECT_THROW(connection.RunScript("ALTER TABLE businesses DISABLE ROW LEVEL SECURITY"),
                 postgres::SqlError);
}

TEST_F(PrivacyTest, NothingThatIdentifiesAPersonIsStoredAsItIs) {
    RegisterBusiness command = RegistrationCommand(4321);
    command.owner = {.nik = NikOf(4321),
                     .name = "Canaria Kenari",
                     .phone = "+6281298765432",
                     .identity_card_address = "Jalan Kenari 17"};
    command.profile.npwp = command.owner.nik;
    command.row_keys = {"row"};
    loop_ = NewLoop();
    ASSERT_TRUE(Submit(*loop_, command, Officer(), NewId(kNow)).get());
    EXPECT_FALSE(Submit(*loop_, RegistrationCommand(4321), Officer(), NewId(kNow)).get());
    ReportCondition report;
    report.business_id = command.business_id;
    report.since = kToday;
    report.annual_sales = 3'000'000'000;
    ASSERT_TRUE(Submit(*loop_, report, Officer(), NewId(kNow)).get());

    const std::string dump = Dump(database_);
    ASSERT_THAT(dump, HasSubstr(command.business_id));  // It is a dump.
    for (const std::string& canary :
         {NikOf(4321), std::string("Canaria"), std::string("Kenari"), std::string("81298765432")}) {
        EXPECT_THAT(dump, Not(HasSubstr(canary)));
        EXPECT_THAT(dump, Not(HasSubstr(InHex(canary))));
    }
    EXPECT_EQ(Count("outbox"), 3);
    for (const std::string& line : logger_.lines()) EXPECT_THAT(line, Not(HasSubstr("Canaria")));
}

// What the dump test looks for, it would find.
TEST_F(PrivacyTest, TheDumpShowsWhatABytesColumnHolds) {
    database_.Execute("INSERT INTO owners VALUES (gen_random_uuid(), '\\x00', 'Canaria', now())");
    EXPECT_THAT(Dump(database_), HasSubstr(InHex("Canaria")));
}

}  // namespace
}  // namespace bangkit::registration
