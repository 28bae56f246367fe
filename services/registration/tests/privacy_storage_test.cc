// Who may see and change rows, and where personal data is not.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

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
    /// All rows of all tables as text: bytea in hexadecimal digits and, where that is text, as it
    /// reads.
    std::string Dump() const {
        postgres::Connection connection(database_.owner_dsn());
        const postgres::Rows tables =
            connection.Run("SELECT tablename::text FROM pg_tables WHERE schemaname = 'public'");
        std::string dump;
        for (int i = 0; i < tables.size(); ++i) {
            const std::string sql =
                "SELECT coalesce(string_agg(t::text, E'\n'), '') FROM " + tables.Text(i, 0) + " t";
            dump += tables.Text(i, 0) + "\n" + database_.Text(sql) + "\n";
        }
        return dump;
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
        EXPECT_THROW(connection.RunScript("UPDATE " + table + " SET " + column + " = NULL"),
                     postgres::SqlError)
            << table;
    }
    postgres::Connection connection(database_.dsn());
    EXPECT_THROW(connection.RunScript("DELETE FROM businesses"), postgres::SqlError);
    EXPECT_THROW(connection.RunScript("ALTER TABLE businesses DISABLE ROW LEVEL SECURITY"),
                 postgres::SqlError);
}

/// `text` as it would look in a dumped bytea.
std::string InHex(std::string_view text) {
    constexpr std::string_view kDigits = "0123456789abcdef";
    std::string hex;
    for (const char c : text) {
        hex += kDigits[static_cast<unsigned char>(c) >> 4];
        hex += kDigits[static_cast<unsigned char>(c) & 15];
    }
    return hex;
}

TEST_F(PrivacyTest, NothingThatIdentifiesAPersonIsStoredAsItIs) {
    RegisterBusiness command = RegistrationCommand(4321);
    command.owner = {.nik = NikOf(4321),
                     .name = "Canaria Kenari",
                     .phone = "+6281298765432",
                     .identity_card_address = "Jalan Kenari 17"};
    command.profile.npwp = command.owner.nik;
    command.row_key = "row";
    loop_ = NewLoop();
    ASSERT_TRUE(Submit(*loop_, command, Officer(), NewId(kNow)).get());
    EXPECT_FALSE(Submit(*loop_, RegistrationCommand(4321), Officer(), NewId(kNow)).get());
    ReportCondition report;
    report.business_id = command.business_id;
    report.since = kToday;
    report.annual_sales = 3'000'000'000;
    ASSERT_TRUE(Submit(*loop_, report, Officer(), NewId(kNow)).get());

    const std::string dump = Dump();
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
    EXPECT_THAT(Dump(), HasSubstr(InHex("Canaria")));
}

}  // namespace
}  // namespace bangkit::registration
