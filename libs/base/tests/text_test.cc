#include "libs/base/text.h"

#include <gtest/gtest.h>

#include <string>

namespace bangkit {
namespace {

using namespace std::string_literals;

TEST(PlainText, WordsOfAnyLanguageArePlain) {
    for (const std::string text : {"", "Warung Siti", "Kafé Ñandú", "印尼", "🍜", "\u00A0", "~"}) {
        EXPECT_TRUE(IsPlainText(text)) << text;
    }
}

TEST(PlainText, ControlCharactersAreNot) {
    for (const std::string& text : {"a\0b"s, "\n"s, "a\tb"s, "\x1B[2J"s, "\x7F"s, "\u0085"s}) {
        EXPECT_FALSE(IsPlainText(text));
    }
}

TEST(PlainText, MalformedUtf8IsNot) {
    for (const std::string& text :
         {"\x80"s, "\xC3"s, "\xC3("s, "\xC0\xAF"s, "\xE0\x80\xAF"s, "\xED\xA0\x80"s,
          "\xF4\x90\x80\x80"s, "\xF8\x88\x80\x80\x80"s, "\xFF\xFE"s, "ab\xF0\x9F\x8D"s}) {
        EXPECT_FALSE(IsPlainText(text));
    }
}

TEST(PlainText, WhatIsNoCharacterIsNot) {
    for (const std::string& text : {"\xEF\xBF\xBE"s, "a\xEF\xBF\xBF"s, "\xF4\x8F\xBF\xBF"s}) {
        EXPECT_FALSE(IsPlainText(text)) << "no XML may hold it";
    }
}

TEST(ToPlainText, KeepsWhatIsPlainAndReplacesTheRest) {
    EXPECT_EQ(ToPlainText("Kafé 🍜"), "Kafé 🍜");
    EXPECT_EQ(ToPlainText("a\nb\tc\x7F"
                          "d"),
              "a b c d");
    EXPECT_EQ(ToPlainText("a\0b"s), "a b");
    EXPECT_EQ(ToPlainText("\xC3(\xFF"), "\uFFFD(\uFFFD");
    EXPECT_EQ(ToPlainText("\xEF\xBF\xBE\xEF\xBF\xBF"), "\uFFFD\uFFFD");
    EXPECT_EQ(ToPlainText("\xED\xA0\x80"), "\uFFFD\uFFFD\uFFFD");
}

TEST(Trimmed, TakesBlanksFromTheEndsOnly) {
    EXPECT_EQ(Trimmed(" \tWarung  Siti "), "Warung  Siti");
    EXPECT_EQ(Trimmed("Siti"), "Siti");
    EXPECT_EQ(Trimmed(" \t "), "");
    EXPECT_EQ(Trimmed(""), "");
}

}  // namespace
}  // namespace bangkit
