#include "libs/grpc/fields.h"

#include <gtest/gtest.h>

#include <limits>

#include "bangkit/common/v1/classification.pb.h"

namespace bangkit::rpc {
namespace {

using common::v1::BusinessKind;

constexpr Date kToday = std::chrono::year(2026) / 1 / 31;
constexpr auto kOptional = Presence::kOptional;

/// The reason that a check gave for its field; empty if none.
template <typename Check>
std::string ReasonOf(Check check) {
    FieldChecker fields;
    check(fields);
    const auto done = fields.Done();
    return done ? "" : done.error().fields.at(0).reason;
}

TEST(Fields, EverythingThatIsWrongIsSaidAtOnce) {
    FieldChecker fields;
    fields.Uuid("request_id", "7");
    fields.Text("business.name", "", 100);
    fields.Amount("business.capital_rupiah", 5);
    fields.Take<int>("owner.nik", Refused(ErrorCode::kInvalidArgument, "NIK_INVALID", "is no NIK"));
    const auto done = fields.Done();
    ASSERT_FALSE(done);
    EXPECT_EQ(done.error().code, ErrorCode::kInvalidArgument);
    EXPECT_EQ(done.error().reason, "FIELDS_INVALID");
    EXPECT_EQ(done.error().message, "3 fields are wrong");
    EXPECT_EQ(done.error().fields,
              (std::vector<FieldViolation>{{"request_id", "NOT_A_UUID", "must be a UUID"},
                                           {"business.name", "REQUIRED", "is required"},
                                           {"owner.nik", "NIK_INVALID", "is no NIK"}}));
}

TEST(Fields, NothingWrongIsFine) {
    FieldChecker fields;
    EXPECT_EQ(fields.Uuid("id", "0190B0E4-0000-7000-8000-00000000000A"),
              "0190b0e4-0000-7000-8000-00000000000a");
    EXPECT_EQ(fields.Text("name", "  Warung Siti ", 11), "Warung Siti");
    EXPECT_EQ(fields.Day("since", "2026-01-31", kToday), kToday);
    EXPECT_EQ(fields.Take<int>("size", 7), 7);
    EXPECT_EQ(fields.Enum("kind", BusinessKind::BUSINESS_KIND_UMKM),
              BusinessKind::BUSINESS_KIND_UMKM);
    EXPECT_FALSE(fields.HasViolations());
    EXPECT_TRUE(fields.Done());
}

TEST(Fields, Uuids) {
    EXPECT_EQ(ReasonOf([](auto& f) { f.Uuid("id", ""); }), "REQUIRED");
    EXPECT_EQ(ReasonOf([](auto& f) { f.Uuid("id", "", kOptional); }), "");
    EXPECT_EQ(ReasonOf([](auto& f) { f.Uuid("id", "x", kOptional); }), "NOT_A_UUID");
    EXPECT_EQ(ReasonOf([](auto& f) { f.Uuid("id", std::string(100'000, 'a')); }), "NOT_A_UUID");
}

TEST(Fields, Texts) {
    EXPECT_EQ(ReasonOf([](auto& f) { f.Text("t", " \t ", 10); }), "REQUIRED");
    EXPECT_EQ(ReasonOf([](auto& f) { f.Text("t", "", 10, kOptional); }), "");
    EXPECT_EQ(ReasonOf([](auto& f) { f.Text("t", "12345678901", 10); }), "TOO_LONG");
    EXPECT_EQ(ReasonOf([](auto& f) { f.Text("t", std::string("a\0b", 3), 10); }), "TEXT_INVALID");
    EXPECT_EQ(ReasonOf([](auto& f) { f.Text("t", "\xC3(", 10); }), "TEXT_INVALID");
}

TEST(Fields, Days) {
    EXPECT_EQ(ReasonOf([](auto& f) { f.Day("d", "", kToday); }), "REQUIRED");
    EXPECT_EQ(ReasonOf([](auto& f) { f.Day("d", "", kToday, kOptional); }), "");
    EXPECT_EQ(ReasonOf([](auto& f) { f.Day("d", "2026-02-01", kToday); }), "DATE_IN_FUTURE");
    EXPECT_EQ(ReasonOf([](auto& f) { f.Day("d", "1899-12-31", kToday); }), "DATE_INVALID");
    for (const auto text : {"2025-02-29", "31-01-2026", "2026-1-31", "2026-01-31T00:00:00Z"}) {
        EXPECT_EQ(ReasonOf([&](auto& f) { f.Day("d", text, kToday); }), "DATE_INVALID") << text;
    }
}

TEST(Fields, NumbersAndAmounts) {
    EXPECT_EQ(ReasonOf([](auto& f) { f.Amount("a", 0); }), "");
    EXPECT_EQ(ReasonOf([](auto& f) { f.Amount("a", -1); }), "OUT_OF_RANGE");
    const auto huge = std::numeric_limits<std::int64_t>::max();
    EXPECT_EQ(ReasonOf([=](auto& f) { f.Amount("a", huge); }), "OUT_OF_RANGE");
    EXPECT_EQ(ReasonOf([](auto& f) { f.Number("n", 13, 1, 12); }), "OUT_OF_RANGE");
}

TEST(Fields, Enums) {
    EXPECT_EQ(ReasonOf([](auto& f) { f.Enum("k", BusinessKind::BUSINESS_KIND_UNSPECIFIED); }),
              "REQUIRED");
    EXPECT_EQ(ReasonOf([](auto& f) { f.Enum("k", static_cast<BusinessKind>(99), kOptional); }),
              "UNKNOWN_VALUE");
    EXPECT_EQ(
        ReasonOf([](auto& f) { f.Enum("k", BusinessKind::BUSINESS_KIND_UNSPECIFIED, kOptional); }),
        "");
}

TEST(Fields, References) {
    EXPECT_EQ(ReasonOf([](auto& f) { f.Reference("r", ""); }), "REQUIRED");
    for (const auto text : {"DPA-2021/17", "BA.03/2020", "a-1"}) {
        EXPECT_EQ(ReasonOf([&](auto& f) { f.Reference("r", text); }), "") << text;
    }
    for (const auto text :
         {"a1", "Siti Aminah 1", "BERITA", "3674052003859001", "0812-3456-7890"}) {
        EXPECT_EQ(ReasonOf([&](auto& f) { f.Reference("r", text); }), "REFERENCE_INVALID") << text;
    }
}

TEST(Fields, Etags) {
    FieldChecker fields;
    EXPECT_EQ(fields.Etag("etag", "7"), 7);
    EXPECT_EQ(fields.Etag("etag", ""), std::nullopt);
    EXPECT_TRUE(fields.Done());
    for (const auto text : {"0", "-1", "7a", " 7", "99999999999999999999"}) {
        EXPECT_EQ(ReasonOf([&](auto& f) { f.Etag("etag", text); }), "ETAG_INVALID") << text;
    }
}

TEST(Fields, MessagesNeverQuoteValues) {
    FieldChecker fields;
    fields.Uuid("id", "3674-secret");
    fields.Text("name", "secret\x01", 100);
    fields.Day("since", "secret", kToday);
    const auto done = fields.Done();
    ASSERT_FALSE(done);
    for (const FieldViolation& violation : done.error().fields) {
        EXPECT_EQ(violation.message.find("secret"), std::string::npos);
    }
}

TEST(Fields, AHostileRequestDoesNotMakeAnEndlessAnswer) {
    FieldChecker fields;
    for (int i = 0; i < 1'000'000; ++i) fields.Enum("k", static_cast<BusinessKind>(99));
    EXPECT_LE(fields.Done().error().fields.size(), 50);
}

}  // namespace
}  // namespace bangkit::rpc
