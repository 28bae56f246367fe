#include "services/cli/table_output.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "libs/xlsx/reader.h"
#include "services/cli/config.h"
#include "services/cli/failure.h"

namespace bangkit::cli {
namespace {

namespace fs = std::filesystem;

class TableOutputTest : public testing::Test {
protected:
    TableOutputTest() { fs::create_directories(folder_); }
    ~TableOutputTest() override { fs::remove_all(folder_); }

    fs::path Write(const std::string& name) const {
        const fs::path target = folder_ / name;
        const auto output = OpenTableOutput(target);
        output->Add("nik,alamat,baris\n1,\"Jl. ");
        output->Add("A, 1\",7\n");
        output->Close();
        EXPECT_EQ(fs::status(target).permissions() & fs::perms::all,
                  fs::perms::owner_read | fs::perms::owner_write);
        return target;
    }

    const fs::path folder_ = fs::path(testing::TempDir()) / "bangkit_table_output";
};

TEST_F(TableOutputTest, AFileIsWhatCameAndIsForItsOwnerOnly) {
    std::ofstream(folder_ / "f.csv") << "of others";
    fs::permissions(folder_ / "f.csv", fs::perms::all);
    EXPECT_EQ(ReadFile(Write("f.csv")), "nik,alamat,baris\n1,\"Jl. A, 1\",7\n");
}

TEST_F(TableOutputTest, AWorkbookHasTheSameRows) {
    xlsx::FileSource source(Write("f.xlsx"));
    auto reader = xlsx::Reader::Open(source);
    ASSERT_TRUE(reader);
    EXPECT_THAT(reader->Next().value()->fields, testing::ElementsAre("nik", "alamat", "baris"));
    EXPECT_THAT(reader->Next().value()->fields, testing::ElementsAre("1", "Jl. A, 1", "7"));
    EXPECT_FALSE(reader->Next().value());
}

TEST_F(TableOutputTest, SaysWhenItCannotBeWritten) {
    EXPECT_THROW(OpenTableOutput(folder_ / "no" / "f.csv"), UsageError);
}

}  // namespace
}  // namespace bangkit::cli
