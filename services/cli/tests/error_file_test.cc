#include "services/cli/import/error_file.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "services/cli/config.h"
#include "services/cli/failure.h"

namespace bangkit::cli {
namespace {

namespace fs = std::filesystem;

class ErrorFileTest : public testing::Test {
protected:
    ErrorFileTest() { fs::create_directories(folder_); }
    ~ErrorFileTest() override { fs::remove_all(folder_); }

    /// What the error file of `source` is.
    std::string ErrorsOf(const std::string& source, const RowFailures& failures) {
        std::ofstream(folder_ / "f.csv", std::ios::binary) << source;
        WriteErrorFile(folder_ / "f.csv", target(), failures);
        return ReadFile(target());
    }
    fs::path target() const { return folder_ / "f.csv.errors.csv"; }

private:
    const fs::path folder_ = fs::path(testing::TempDir()) / "bangkit_error_file";
};

TEST_F(ErrorFileTest, HoldsTheFailedRowsAsTheyWereAndWhatIsWrong) {
    EXPECT_EQ(ErrorsOf("nik,nama\n1,Ani\n2,Budi\n3,Citra\n",
                       {{2, {"nik", "NIK_INVALID", "NIK tidak benar"}}}),
              "nik,nama,baris,kolom,alasan,pesan\n"
              "2,Budi,2,nik,NIK_INVALID,NIK tidak benar\n");
}

TEST_F(ErrorFileTest, KeepsTheSeparatorAndQuotesWhatNeedsIt) {
    EXPECT_EQ(ErrorsOf("nik;alamat\n1;\"Jl. A; \"\"B\"\"\"\n", {{1, {"", "X", "a, b"}}}),
              "nik;alamat;baris;kolom;alasan;pesan\n"
              "1;\"Jl. A; \"\"B\"\"\";1;;X;\"a, b\"\n");
}

TEST_F(ErrorFileTest, ARowThatCannotBeReadIsThereAsAWholeOnOneLine) {
    EXPECT_EQ(ErrorsOf("nik,nama\n1,Ani,zu viel\n2,Budi\n", {{1, {"", "COLUMN_COUNT_WRONG", "x"}}}),
              "nik,nama,baris,kolom,alasan,pesan\n"
              "\"1,Ani,zu viel\",,1,,COLUMN_COUNT_WRONG,x\n");
    EXPECT_EQ(ErrorsOf("nik,nama\n1,\"A\nB\"\n", {{1, {"", "X", "x"}}}),
              "nik,nama,baris,kolom,alasan,pesan\n1,A B,1,,X,x\n");
}

TEST_F(ErrorFileTest, FormulasStayText) {
    EXPECT_EQ(ErrorsOf("nik,nama\n1,\"=HYPERLINK(\"\"x\"\")\"\n", {{1, {"", "X", "x"}}}),
              "nik,nama,baris,kolom,alasan,pesan\n1,\"'=HYPERLINK(\"\"x\"\")\",1,,X,x\n");
}

TEST_F(ErrorFileTest, IsForItsOwnerOnly) {
    ErrorsOf("nik\n1\n", {{1, {"", "X", "x"}}});
    EXPECT_EQ(fs::status(target()).permissions() & fs::perms::all,
              fs::perms::owner_read | fs::perms::owner_write);
}

TEST_F(ErrorFileTest, SaysWhenItCannotBeWritten) {
    EXPECT_THROW(WriteErrorFile("/nonexistent", target(), {}), UsageError);
}

}  // namespace
}  // namespace bangkit::cli
