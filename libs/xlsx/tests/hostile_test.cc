#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "libs/xlsx/reader.h"
#include "libs/xlsx/testing.h"
#include "libs/xlsx/tests/rows.h"

namespace bangkit::xlsx {
namespace {

using namespace std::string_literals;
using ::testing::HasSubstr;

constexpr std::size_t kSheet = 5;  // Where PartsOf() has the worksheet.

/// What is said of a file; "" if nothing is wrong with it.
std::string ErrorOf(std::string workbook, const Limits& limits = {}) {
    const Reading reading = Read(std::move(workbook), limits);
    if (!reading.error) return "";
    EXPECT_EQ(reading.error->code, ErrorCode::kInvalidArgument);
    EXPECT_EQ(reading.error->reason, "FILE_INVALID");
    return reading.error->message;
}

std::string WithSheet(std::string document) {
    Parts parts = PartsOf({.rows = ""});
    parts[kSheet].second = std::move(document);
    return ZipOf(parts);
}

std::string Repeated(std::string_view text, std::size_t count) {
    std::string repeated;
    while (count-- > 0) repeated += text;
    return repeated;
}

TEST(NoWorkbook, IsToldByItsFirstBytes) {
    for (const std::string& file :
         {""s, "nik,nama\n"s, "PK"s, "%PDF-1.4"s, std::string(100, '\0')}) {
        EXPECT_THAT(ErrorOf(file), HasSubstr("no Excel workbook"));
    }
    EXPECT_THAT(ErrorOf("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1" + std::string(512, '\0')),
                HasSubstr("password or an old format"));
}

TEST(NoWorkbook, IsAnArchiveWithoutTheParts) {
    EXPECT_THAT(ErrorOf(ZipOf({{"mimetype", "application/vnd.oasis.opendocument.spreadsheet"}})),
                HasSubstr("no Excel workbook"));
    const Parts parts = PartsOf({.rows = RowOf({"a"})});
    for (std::size_t i = 0; i < parts.size() - 1; ++i) {  // The last sheet is not asked for.
        Parts some = parts;
        some.erase(some.begin() + static_cast<std::ptrdiff_t>(i));
        EXPECT_NE(ErrorOf(ZipOf(some)), "") << parts[i].first;
    }
    EXPECT_THAT(ErrorOf(ZipOf(PartsOf({.rows = "", .sheets = ""}))), HasSubstr("no visible"));
    EXPECT_THAT(ErrorOf(ZipOf(PartsOf({.rows = "", .sheets = "<sheet r:id='rId9'/>"}))),
                HasSubstr("no visible"));
}

TEST(DamagedWorkbook, IsRefusedWhereverItIsCut) {
    const std::string whole = WorkbookOf(RowOf({"a", "b"}) + RowOf({"c", "d"}));
    ASSERT_EQ(ErrorOf(whole), "");
    for (std::size_t size = 0; size < whole.size(); ++size) {
        ASSERT_NE(ErrorOf(whole.substr(0, size)), "") << size;
    }
}

TEST(DamagedWorkbook, NeverReadsOtherRowsThanItHad) {
    const std::string whole = WorkbookOf(RowOf({"a", "b"}) + RowOf({"c", "d"}));
    const auto rows = Read(whole).fields();
    for (std::size_t at = 0; at < whole.size(); ++at) {
        std::string changed = whole;
        changed[at] = static_cast<char>(changed[at] ^ 0x10);
        const Reading reading = Read(changed);
        if (reading.error)
            continue;  // Rows before it may be wrong: the checksum stands at the end.
        EXPECT_EQ(reading.fields(), rows) << at;
    }
}

TEST(DamagedWorkbook, IsOneWhoseSheetMakesNoSense) {
    for (const std::string rows :
         {"<row><c t='s'><v>0</v></c></row>", "<row><c t='s'><v>-1</v></c></row>",
          "<row><c t='s'><v>x</v></c></row>", "<row r='0'/>", "<row r='x'/>",
          "<row r='2'/><row r='2'/>", "<row r='1048577'/>", "<row r='99999999999999999999'/>",
          "<row><c r='XFE1'/></row>", "<row><c r='1'/></row>", "<row><c r='B1'/><c r='A1'/></row>",
          "<row><c><row/></c></row>", "<row>", "</row>", "<row a='1' a='2'/>", "&nbsp;", "\xFF",
          "<row><c t='str'><v>\1</v></c></row>"}) {
        EXPECT_THAT(ErrorOf(WorkbookOf(rows)), HasSubstr("damaged")) << rows;
    }
    for (const std::string document : {"", "x", "<worksheet>", "<worksheet/><worksheet/>"}) {
        EXPECT_THAT(ErrorOf(WithSheet(document)), HasSubstr("damaged")) << document;
    }
}

TEST(DamagedWorkbook, GoesOnBeingSo) {
    MemorySource source(WorkbookOf(RowOf({"a"}) + "<row r='1'/>"));
    Result<Reader> reader = Reader::Open(source);
    ASSERT_TRUE(reader.value().Next().value());
    EXPECT_FALSE(reader->Next());
    EXPECT_FALSE(reader->Next());
}

TEST(HostileWorkbook, DefinesNoEntities) {
    EXPECT_THAT(ErrorOf(WithSheet("<!DOCTYPE worksheet [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;'>]>"
                                  "<worksheet><sheetData>&b;</sheetData></worksheet>")),
                HasSubstr("damaged"));
    EXPECT_THAT(ErrorOf(WithSheet("<!DOCTYPE worksheet SYSTEM 'file:///etc/passwd'><worksheet/>")),
                HasSubstr("damaged"));
}

TEST(HostileWorkbook, NestsNotDeeply) {
    EXPECT_EQ(ErrorOf(WorkbookOf(Repeated("<a>", 90) + Repeated("</a>", 90))), "");
    EXPECT_NE(ErrorOf(WorkbookOf(Repeated("<a>", 110) + Repeated("</a>", 110))), "");
    EXPECT_NE(ErrorOf(WorkbookOf(Repeated("<a>", 1'000'000))), "");
}

TEST(HostileWorkbook, HasNoEndlessTags) {
    EXPECT_EQ(ErrorOf(WorkbookOf("<a b='" + std::string(500'000, 'x') + "'/>")), "");
    EXPECT_NE(ErrorOf(WorkbookOf("<a b='" + std::string(2'000'000, 'x') + "'/>")), "");
    EXPECT_NE(ErrorOf(WorkbookOf("<!--" + std::string(2'000'000, 'x') + "-->")), "");
}

TEST(HostileWorkbook, HasFewNames) {
    const auto rows_of = [](int count) {
        std::string rows;
        for (int i = 0; i < count; ++i)
            rows += "<e" + std::to_string(i) + " a" + std::to_string(i) + "=''/>";
        return rows;
    };
    EXPECT_EQ(ErrorOf(WorkbookOf(rows_of(100))), "");
    EXPECT_NE(ErrorOf(WorkbookOf(rows_of(10'000))), "");
}

TEST(HostileWorkbook, UnpacksToNoMoreThanItMay) {
    constexpr Limits kLittle = {.unpacked_max = 100'000};
    EXPECT_EQ(ErrorOf(WorkbookOf(Repeated("<row/>", 10'000)), kLittle), "");
    EXPECT_THAT(ErrorOf(WorkbookOf(Repeated("<row/>", 20'000)), kLittle), HasSubstr("unpacks to"));
    EXPECT_EQ(ErrorOf(WorkbookOf(std::string(10 << 20, ' '))), "");
    EXPECT_THAT(ErrorOf(WorkbookOf(std::string(20 << 20, ' '))),
                HasSubstr("unpacks to"));  // 1:1000.
}

TEST(HostileWorkbook, KeepsFewSharedTexts) {
    constexpr Limits kLittle = {.shared_texts_max = 1'000};
    const auto error_of = [&](const std::string& texts) {
        return ErrorOf(ZipOf(PartsOf({.rows = "", .shared_texts = texts})), kLittle);
    };
    EXPECT_EQ(error_of(Repeated("<si><t>abcd</t></si>", 80)), "");
    EXPECT_THAT(error_of(Repeated("<si><t>abcd</t></si>", 90)), HasSubstr("too many different"));
    EXPECT_THAT(error_of(Repeated("<si/>", 200)), HasSubstr("too many different"));
    EXPECT_THAT(error_of("<si><t>" + std::string(2'000, 'x') + "</t></si>"),
                HasSubstr("too many different"));
}

TEST(HostileWorkbook, HasFewParts) {
    Parts parts = PartsOf({.rows = ""});
    for (int i = 0; i < 900; ++i) parts.emplace_back("a" + std::to_string(i), "");
    EXPECT_EQ(ErrorOf(ZipOf(parts)), "");
    for (int i = 0; i < 900; ++i) parts.emplace_back("b" + std::to_string(i), "");
    EXPECT_THAT(ErrorOf(ZipOf(parts)), HasSubstr("too many parts"));
}

TEST(HostileWorkbook, KeepsShortListsOfShortNames) {
    const auto error_of = [](std::size_t part, std::string_view before, const std::string& added) {
        Parts parts = PartsOf({.rows = "", .cell_formats = "<xf/>"});
        std::string& document = parts[part].second;
        document.insert(document.find(before), added);
        return ErrorOf(ZipOf(parts));
    };
    const std::string relationship = "<Relationship Id='x' Type='y' Target='z'/>";
    const std::string long_one = "<Relationship Target='" + std::string(2'000, 'x') + "'/>";
    EXPECT_EQ(error_of(2, "</Rel", Repeated(relationship, 900)), "");
    EXPECT_NE(error_of(2, "</Rel", Repeated(relationship, 1'100)), "");
    EXPECT_NE(error_of(2, "</Rel", long_one), "");
    EXPECT_EQ(error_of(1, "</sheets", Repeated("<sheet r:id='x'/>", 900)), "");
    EXPECT_NE(error_of(1, "</sheets", Repeated("<sheet r:id='x'/>", 1'100)), "");
    EXPECT_NE(error_of(1, "</sheets", "<sheet r:id='" + std::string(2'000, 'x') + "'/>"), "");
    EXPECT_EQ(error_of(4, "<xf", Repeated("<xf/>", 60'000)), "");
    EXPECT_NE(error_of(4, "<xf", Repeated("<xf/>", 70'000)), "");
}

/// The archive with a ZIP64 record of its end, as some programs always write it.
std::string WithLargeEnd(std::string archive, std::uint64_t parts) {
    const auto bytes = [](std::uint64_t number, int count) {
        std::string text;
        for (; count > 0; --count, number >>= 8) text += static_cast<char>(number & 0xFF);
        return text;
    };
    const std::size_t end = archive.rfind("PK\x05\x06");
    const std::string offset = archive.substr(end + 16, 4) + bytes(0, 4);
    const std::string size = archive.substr(end + 12, 4) + bytes(0, 4);
    const std::string record = "PK\x06\x06" + bytes(44, 8) + bytes(45, 2) + bytes(45, 2) +
                               bytes(0, 8) + bytes(parts, 8) + bytes(parts, 8) + size + offset;
    const std::string locator = "PK\x06\x07" + bytes(0, 4) + bytes(end, 8) + bytes(1, 4);
    archive.replace(end + 8, 4, bytes(0xFFFFFFFF, 4));
    return archive.insert(end, record + locator);
}

TEST(HostileWorkbook, HasFewPartsOfALargeArchiveToo) {
    const Parts parts = PartsOf({.rows = RowOf({"a"})});
    EXPECT_EQ(ErrorOf(WithLargeEnd(ZipOf(parts), parts.size())), "");
    for (const std::uint64_t count : {1'001ULL, 1ULL << 40, ~0ULL}) {
        EXPECT_THAT(ErrorOf(WithLargeEnd(ZipOf(parts), count)), HasSubstr("too many parts"));
    }
}

/// The archive with other bytes at these places of the headers of each part.
std::string WithHeaders(std::string archive, std::size_t place, char value) {
    for (std::size_t at = 0; (at = archive.find("PK\x03\x04", at)) != std::string::npos; ++at) {
        archive[at + place] = value;
    }
    for (std::size_t at = 0; (at = archive.find("PK\x01\x02", at)) != std::string::npos; ++at) {
        archive[at + place + 2] = value;
    }
    return archive;
}

TEST(HostileWorkbook, IsNeitherEncryptedNorPackedInAnyOtherWay) {
    const std::string archive = WorkbookOf(RowOf({"a"}));
    ASSERT_EQ(ErrorOf(WithHeaders(archive, 8, 8)), "");  // As it is.
    EXPECT_THAT(ErrorOf(WithHeaders(archive, 6, 1)), HasSubstr("password"));
    for (const char method : {'\x0C', '\x0E', '\x5D', '\x5F'}) {  // bzip2, LZMA, Zstandard, XZ.
        EXPECT_THAT(ErrorOf(WithHeaders(archive, 8, method)), HasSubstr("damaged"));
    }
}

/// Bytes that somebody else keeps, who is away.
class AbsentSource final : public Source {
public:
    std::int64_t size() const override { return 1'000; }
    Result<void> Read(std::int64_t, std::span<char>) override {
        return Refused(ErrorCode::kUnavailable, "DATABASE_UNREACHABLE", "is away");
    }
};

TEST(SourceThatFails, IsNotTheFilesFault) {
    AbsentSource source;
    EXPECT_EQ(Read(source).error->reason, "DATABASE_UNREACHABLE");
}

/// Bytes that cannot be read any more after a while.
class FailingSource final : public Source {
public:
    FailingSource(std::string bytes, int reads) : bytes_(std::move(bytes)), reads_(reads) {}
    std::int64_t size() const override { return bytes_.size(); }
    Result<void> Read(std::int64_t offset, std::span<char> bytes) override {
        if (reads_-- > 0) return bytes_.Read(offset, bytes);
        return Refused(ErrorCode::kUnavailable, "DATABASE_UNREACHABLE", "is away");
    }

private:
    MemorySource bytes_;
    int reads_;
};

TEST(SourceThatFails, IsNotTheFilesFaultAtAnyTime) {
    const std::string whole = WorkbookOf(RowOf({"a"}));
    for (int reads = 0;; ++reads) {
        FailingSource source(whole, reads);
        const Reading reading = Read(source);
        if (!reading.error) break;
        ASSERT_EQ(reading.error->reason, "DATABASE_UNREACHABLE") << reads;
    }
}

}  // namespace
}  // namespace bangkit::xlsx
