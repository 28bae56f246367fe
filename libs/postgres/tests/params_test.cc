#include "libs/postgres/params.h"

#include <gtest/gtest.h>

#include <stdexcept>

#include "libs/testing/temp_database.h"

namespace bangkit::postgres {
namespace {

using std::chrono::August;
using std::chrono::days;
using std::chrono::February;
using std::chrono::hours;
using std::chrono::microseconds;
using std::chrono::year;

constexpr const char* kId = "0190b3f2-7c1e-7abc-8def-0123456789ab";

class ParamsTest : public ::testing::Test {
protected:
    testing::TempDatabase database_;
    Connection connection_{database_.dsn()};
};

TEST_F(ParamsTest, TextsAndBytesArriveAsTheyAre) {
    TextArray texts;
    BytesArray bytes;
    for (const std::string& text : {std::string("Warung \"Bu Siti\", {1}\\"), std::string("NULL"),
                                    std::string(), std::string("Ḥasan 🧵")}) {
        texts.Add(text);
        bytes.Add(text + std::string("\0\xff", 2));
    }
    const Rows rows =
        connection_.Run("SELECT * FROM unnest($1::text[], $2::bytea[])", {texts, bytes});
    ASSERT_EQ(rows.size(), 4);
    EXPECT_EQ(rows.Text(0, 0), "Warung \"Bu Siti\", {1}\\");
    EXPECT_EQ(rows.Text(1, 0), "NULL");
    EXPECT_FALSE(rows.IsNull(1, 0));
    EXPECT_EQ(rows.Text(2, 0), "");
    EXPECT_EQ(rows.Text(3, 1), std::string("Ḥasan 🧵\0\xff", 14));
}

TEST_F(ParamsTest, ListsOfBytesComeBackAsTheyWere) {
    const std::vector<std::string> sent{"", std::string("\0\xff", 2), "{\"a\", NULL}"};
    BytesArray list;
    for (const std::string& bytes : sent) list.Add(bytes);
    const Rows rows =
        connection_.Run("SELECT $1::bytea[], $2::bytea[], 1::bigint", {list, BytesArray()});
    EXPECT_EQ(rows.BytesList(0, 0), sent);
    EXPECT_TRUE(rows.BytesList(0, 1).empty());
    EXPECT_THROW(rows.BytesList(0, 2), std::logic_error);
}

TEST_F(ParamsTest, EmptyIsNullWhereThatIsAskedFor) {
    TextArray texts;
    BytesArray bytes;
    for (const char* text : {"", "a"}) {
        texts.AddOrNull(text);
        bytes.AddOrNull(text);
    }
    const Rows rows =
        connection_.Run("SELECT * FROM unnest($1::text[], $2::bytea[])", {texts, bytes});
    EXPECT_TRUE(rows.IsNull(0, 0));
    EXPECT_TRUE(rows.IsNull(0, 1));
    EXPECT_EQ(rows.Text(1, 0) + rows.Text(1, 1), "aa");
}

TEST_F(ParamsTest, NumbersKeepTheirExtremesAndNulls) {
    enum class Kind { kFirst = 1, kSecond };
    Int64Array numbers;
    SmallintArray kinds;
    numbers.Add(INT64_MIN);
    numbers.Add(INT64_MAX);
    numbers.Add(std::optional<std::int64_t>());
    kinds.Add(std::int16_t{-32768});
    kinds.Add(Kind::kSecond);
    kinds.Add(std::int16_t{0});
    const Rows rows =
        connection_.Run("SELECT * FROM unnest($1::bigint[], $2::smallint[])", {numbers, kinds});
    EXPECT_EQ(rows.Int64(0, 0), INT64_MIN);
    EXPECT_EQ(rows.Int64(1, 0), INT64_MAX);
    EXPECT_EQ(rows.OptionalInt64(1, 0), INT64_MAX);
    EXPECT_EQ(rows.OptionalInt64(2, 0), std::nullopt);
    EXPECT_EQ(rows.Int64(0, 1), -32768);
    EXPECT_EQ(rows.Int64(1, 1), 2);
}

TEST_F(ParamsTest, UuidsDatesAndTimesAreTheSameForBothSides) {
    const Date leap_day(year(2024) / February / 29), long_ago(year(1945) / August / 17);
    const Time moment = Time(leap_day) + hours(3) + microseconds(678'901);
    UuidArray ids;
    DateArray dates;
    TimeArray times;
    for (const Date date : {leap_day, long_ago}) {
        ids.Add(kId);
        dates.Add(date);
        times.Add(moment);
    }
    dates.Add(std::optional<Date>());
    const Rows rows = connection_.Run(
        "SELECT u.*, id::text, date::text, (time AT TIME ZONE 'UTC')::text"
        "  FROM unnest($1::uuid[], $2::date[], $3::timestamptz[]) AS u (id, date, time)",
        {ids, dates, times});
    ASSERT_EQ(rows.size(), 3);
    EXPECT_EQ(rows.Uuid(0, 0), kId);
    EXPECT_EQ(rows.Date(0, 1), leap_day);
    EXPECT_EQ(rows.Date(1, 1), long_ago);
    EXPECT_EQ(rows.OptionalDate(1, 1), long_ago);
    EXPECT_EQ(rows.OptionalDate(2, 1), std::nullopt);
    EXPECT_EQ(rows.Time(0, 2), moment);
    EXPECT_EQ(rows.Text(0, 3), kId);
    EXPECT_EQ(rows.Text(0, 4), "2024-02-29");
    EXPECT_EQ(rows.Text(1, 4), "1945-08-17");
    EXPECT_EQ(rows.Text(0, 5), "2024-02-29 03:00:00.678901");
}

TEST_F(ParamsTest, AnEmptyArrayHasNoElements) {
    EXPECT_EQ(connection_.Run("SELECT * FROM unnest($1::uuid[])", {UuidArray()}).size(), 0);
    EXPECT_EQ(connection_.Run("SELECT * FROM unnest($1::text[])", {TextArray()}).size(), 0);
}

TEST_F(ParamsTest, MomentsBeforeTheEpochAreRoundedDownLikeAllOthers) {
    EXPECT_EQ(ToMicros(Time(Date(year(2000) / 1 / 1)) - std::chrono::nanoseconds(1)), -1);
    EXPECT_EQ(FromMicros(-1), Time(Date(year(2000) / 1 / 1)) - microseconds(1));
    EXPECT_EQ(ToDays(Date(year(1999) / 12 / 31)), -1);
    EXPECT_EQ(FromDays(-1), Date(year(1999) / 12 / 31));
}

TEST(UuidTest, OnlyUuidsAreUuids) {
    EXPECT_EQ(UuidText(View(UuidBytes(kId))), kId);
    EXPECT_EQ(UuidText(View(UuidBytes("0190B3F2-7C1E-7ABC-8DEF-0123456789AB"))), kId);
    for (const char* text :
         {"", "-", "0190b3f2-7c1e-7abc-8def-0123456789a", "0190b3f2-7c1e-7abc-8def-0123456789ab0",
          "0190b3f2-7c1e-7abc-8def-0123456789ag"}) {
        EXPECT_THROW(UuidBytes(text), std::invalid_argument) << text;
    }
    EXPECT_THROW(UuidText("short"), std::logic_error);
}

}  // namespace
}  // namespace bangkit::postgres
