#include "libs/xlsx/writer.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <random>
#include <string>
#include <vector>

#include "libs/base/text.h"
#include "libs/xlsx/reader.h"
#include "libs/xlsx/tests/rows.h"

namespace bangkit::xlsx {
namespace {

namespace fs = std::filesystem;
using Cells = std::vector<std::string>;
using ::testing::ElementsAre;

class WriterTest : public testing::Test {
protected:
    void SetUp() override {
        folder_ = testing::TempDir() + "writer_test." + std::to_string(std::random_device()());
        fs::create_directory(folder_);
    }
    void TearDown() override { fs::remove_all(folder_); }

    fs::path file() const { return folder_ / "table.xlsx"; }
    std::vector<Cells> ReadBack() const {
        FileSource source(file());
        const Reading reading = Read(source);
        EXPECT_EQ(reading.error, std::nullopt);
        return reading.fields();
    }
    std::vector<Cells> Written(const std::vector<Cells>& rows) const {
        Writer writer(file());
        for (const Cells& row : rows) EXPECT_TRUE(writer.Add(row));
        EXPECT_TRUE(writer.Close());
        return ReadBack();
    }

    fs::path folder_;
};

TEST_F(WriterTest, WritesTextsAsTheyAre) {
    const std::vector<Cells> rows = {{"nik", "nama", "jumlah"},
                                     {"3674054107909001", "Siti <& \"Ani\">", "007"},
                                     {"", "=HYPERLINK(\"x\")", ""},
                                     {"+62812", "@x", "-5"},
                                     {" a ", "_x000D_", "Kafé 🍜"}};
    EXPECT_EQ(Written(rows), rows);
}

TEST_F(WriterTest, WritesNothingThatXmlCannotHold) {
    EXPECT_THAT(Written({{"a\1b\nc\td", "\xFF", "\xEF\xBF\xBF"}}),
                ElementsAre(Cells{"a b c d", "\uFFFD", "\uFFFD"}));
}

TEST_F(WriterTest, WritesEveryText) {
    constexpr std::string_view kAlphabet = "_x0123D<&>\"' =\n\xC3\xA9";
    std::mt19937 random(3);
    std::vector<Cells> rows;
    for (int i = 0; i < 300; ++i) {
        Cells& row = rows.emplace_back();
        for (int cell = 0; cell < 3; ++cell) {
            std::string text = "x";
            for (auto n = random() % 20; n > 0; --n) text += kAlphabet[random() % kAlphabet.size()];
            row.push_back(ToPlainText(text));
        }
    }
    EXPECT_EQ(Written(rows), rows);
}

TEST_F(WriterTest, WritesAnEmptyTable) { EXPECT_THAT(Written({}), ElementsAre()); }

TEST_F(WriterTest, MakesAFileForItsOwnerOnly) {
    std::ofstream(file()) << "old";
    fs::permissions(file(), fs::perms::all);
    Written({{"a"}});
    EXPECT_EQ(fs::status(file()).permissions(), fs::perms::owner_read | fs::perms::owner_write);
}

TEST_F(WriterTest, LeavesNothingWithoutClose) {
    {
        Writer writer(file());
        EXPECT_TRUE(writer.Add(Cells{"a"}));
    }
    EXPECT_TRUE(fs::is_empty(folder_));
}

TEST_F(WriterTest, RefusesWhatASheetCannotHold) {
    Writer writer(file());
    EXPECT_TRUE(writer.Add(Cells{std::string(32'767, 'x')}));
    EXPECT_EQ(writer.Add(Cells{std::string(32'768, 'x')}).error().reason, "TABLE_TOO_LARGE");
    EXPECT_EQ(writer.Add(Cells(16'385, "x")).error().reason, "TABLE_TOO_LARGE");
}

TEST_F(WriterTest, SaysWhenTheFileCannotBeWritten) {
    Writer writer("/nonexistent/table.xlsx");
    EXPECT_EQ(writer.Close().error().reason, "FILE_NOT_WRITTEN");
}

}  // namespace
}  // namespace bangkit::xlsx
