// Files that are made to break who reads them.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "libs/iso20022/tests/answers.h"

namespace bangkit::iso20022 {
namespace {

using ::testing::IsEmpty;

std::string Times(int count, std::string_view text) {
    std::string all;
    for (int i = 0; i < count; ++i) all += text;
    return all;
}

void ExpectRefused(const std::string& file) {
    for (const std::size_t piece : {std::string_view::npos, std::size_t{5}}) {
        const Reading reading = Read(file, piece);
        EXPECT_EQ(reading.refused, "FILE_INVALID");
        EXPECT_THAT(reading.answers, IsEmpty());
    }
}

TEST(Hostile, NoFileDeclaresADocumentType) {
    const std::string document = Notification("");
    const std::string content = document.substr(document.find("<Document"));
    ExpectRefused("<!DOCTYPE Document>" + content);
    ExpectRefused("<!DOCTYPE Document SYSTEM \"file:///etc/passwd\">" + content);
    ExpectRefused("<!DOCTYPE d [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"" + Times(10, "&a;") +
                  "\"><!ENTITY c \"" + Times(10, "&b;") + "\">]>" + Notification("<x>&c;</x>"));
    ExpectRefused("<!DOCTYPE d [<!ENTITY e SYSTEM \"file:///etc/passwd\">]>" + content);
    ExpectRefused("<!DOCTYPE d [<!ENTITY % p SYSTEM \"http://127.0.0.1/\"> %p;]>" + content);
}

TEST(Hostile, NoEntityIsKnown) { ExpectRefused(Notification("<Ntry>&secret;</Ntry>")); }

TEST(Hostile, DepthAndTextsAreLimited) {
    EXPECT_EQ(Read(Notification(Times(20, "<a>") + Times(20, "</a>"))).refused, "");
    ExpectRefused(Notification(Times(40, "<a>") + Times(40, "</a>")));
    ExpectRefused(Notification(Times(100'000, "<a>")));
    EXPECT_EQ(Read(Notification("<a>" + Times(4'096, "x") + "</a>")).refused, "");
    ExpectRefused(Notification("<a>" + Times(4'097, "x") + "</a>"));
    ExpectRefused(Notification("<a><![CDATA[" + Times(5'000, "x") + "]]></a>"));
}

TEST(Hostile, TagsAreLimited) {
    const auto tag = [](int attributes) {
        std::string text = "<a";
        for (int i = 0; i < attributes; ++i) text += " a" + std::to_string(i) + "='>'";
        return Notification(text + "/>");
    };
    EXPECT_EQ(Read(tag(100)).refused, "");
    ExpectRefused(tag(3'000));
}

TEST(Hostile, SizeIsLimited) {
    const std::string piece = Times(1'024, "<a></a>" + std::string(1'017, ' '));
    AnswerReader reader;
    Result<void> read =
        reader.Feed("<Document xmlns=\"urn:iso:std:iso:20022:tech:xsd:camt.054.001.08\">");
    int pieces = 0;
    for (; read && pieces < 100; ++pieces) read = reader.Feed(piece);
    EXPECT_EQ(pieces, 64);
    EXPECT_FALSE(reader.Feed(piece)) << "an error stays";
    EXPECT_FALSE(reader.Finish());
}

TEST(Hostile, WhatIsNoneOfTheseMessagesIsRefused) {
    ExpectRefused("");
    ExpectRefused("tanggal;jumlah\n");
    ExpectRefused("<a/>");
    ExpectRefused(InNamespace("pain.001.001.03", ""));
    ExpectRefused(InNamespace("pain.002", ""));
    ExpectRefused("<Document/>");
    ExpectRefused("<x xmlns=\"urn:iso:std:iso:20022:tech:xsd:camt.054.001.08\"/>");
    ExpectRefused(std::string("\x00\x01\x02\x03", 4));
}

TEST(Hostile, AFileThatIsCutOffIsRefusedAfterWhatItSaid) {
    const std::string file = StatusReport(
        "<OrgnlPmtInfAndSts><TxInfAndSts><OrgnlEndToEndId>R1</OrgnlEndToEndId><TxSts>ACSC</TxSts>"
        "</TxInfAndSts></OrgnlPmtInfAndSts>");
    const Reading cut = Read(file.substr(0, file.find("</OrgnlPmtInfAndSts>")));
    EXPECT_EQ(cut.answers.size(), 1U);
    EXPECT_EQ(cut.refused, "FILE_INVALID");
}

}  // namespace
}  // namespace bangkit::iso20022
