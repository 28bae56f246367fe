#include "libs/csv/writer.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace bangkit::csv {
namespace {

using Cells = std::vector<std::string>;

TEST(LineTest, QuotesWhatWouldEndACell) {
    EXPECT_EQ(Line(Cells{"a", "", "b c"}), "a,,b c\n");
    EXPECT_EQ(Line(Cells{"a,b", "c;d", "e\tf"}), "\"a,b\",\"c;d\",\"e\tf\"\n");
    EXPECT_EQ(Line(Cells{"a\"b", "c\nd", "e\rf"}), "\"a\"\"b\",\"c\nd\",\"e\rf\"\n");
    EXPECT_EQ(Line(Cells{"a", "b"}, ';'), "a;b\n");
    EXPECT_EQ(Line(Cells{}), "\n");
}

TEST(LineTest, LetsNoCellBeAFormula) {
    EXPECT_EQ(Line(Cells{"=1+1", "=HYPERLINK(\"x\")"}), "'=1+1,\"'=HYPERLINK(\"\"x\"\")\"\n");
}

TEST(WithoutFormulaTest, QuotesWhatASpreadsheetWouldRun) {
    for (const std::string cell : {"=1+1", "+cmd|x", "-A1", "@SUM(A1)", " =1", "\t=1"}) {
        EXPECT_EQ(WithoutFormula(cell), "'" + cell);
    }
}

TEST(WithoutFormulaTest, LeavesEverythingElse) {
    for (const std::string cell : {"", "Ani", "+62812-0000-1234", "-5000000", "1=1", "  "}) {
        EXPECT_EQ(WithoutFormula(cell), cell);
    }
}

}  // namespace
}  // namespace bangkit::csv
