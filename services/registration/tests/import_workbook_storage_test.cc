// Workbooks: converted once, then imported as any table.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <sstream>

#include "libs/xlsx/testing.h"
#include "libs/xlsx/writer.h"
#include "services/registration/tests/import_fixture.h"

namespace bangkit::registration {
namespace {

using ::testing::HasSubstr;
using ::testing::StartsWith;

class WorkbookTest : public ImportJobsTest {
protected:
    using Cells = std::vector<std::string>;
    static inline const Cells kHeaderCells = {"nik",   "nama_pemilik", "nama_usaha",
                                              "jenis", "kode_wilayah", "kbli"};

    static Cells Row(int number, const std::string& name = "Siti Aminah") {
        return {NikOf(number),   name,  "Warung " + std::to_string(number), "UMKM",
                "36.74.05.1002", "4711"};
    }
    static std::string Workbook(const std::vector<Cells>& rows) {
        const std::filesystem::path file =
            std::filesystem::path(::testing::TempDir()) / ("bangkit_" + NewId(kNow) + ".xlsx");
        xlsx::Writer writer(file);
        EXPECT_TRUE(writer.Add(kHeaderCells));
        for (const Cells& row : rows) EXPECT_TRUE(writer.Add(row));
        EXPECT_TRUE(writer.Close());
        std::ifstream in(file, std::ios::binary);
        std::string content(std::istreambuf_iterator<char>(in), {});
        std::filesystem::remove(file);
        return content;
    }
    static std::string Workbook(int first, int last) {
        std::vector<Cells> rows;
        for (int i = first; i <= last; ++i) rows.push_back(Row(i));
        return Workbook(rows);
    }
    std::string UploadedWorkbook(const std::string& content) {
        v1::CreateImportJobRequest request = NewJob();
        request.set_format(v1::IMPORT_FILE_FORMAT_XLSX);
        crypto::Sha256 hash;
        hash.Add(content);
        request.set_sha256(hash.Finish());
        const std::string job = Created(request, officer_);
        Upload(job, content, officer_);
        return job;
    }
};

TEST_F(WorkbookTest, IsConvertedOnceAndImportedInTurns) {
    const std::string job = UploadedWorkbook(Workbook(1, 100));
    const auto worker = NewWorker();
    ASSERT_TRUE(worker->Turn());
    EXPECT_EQ(Summary(job), "21/0/0 RUNNING");
    EXPECT_EQ(Count("import_pieces WHERE part = 1"), 0);  // Nobody can read the workbook again.
    Work();
    EXPECT_EQ(Summary(job), "100/0/0 DONE");
    EXPECT_EQ(Count("import_pieces"), 0);
    const std::string same = Uploaded(FileOf(1, 100));
    Work();
    EXPECT_EQ(Summary(same), "0/100/0 DONE");
}

TEST_F(WorkbookTest, AConversionThatWasInterruptedBeginsAnew) {
    const std::string job = UploadedWorkbook(Workbook(1, 30));
    database_.Execute(
        "INSERT INTO import_pieces (job_id, part, begins_at, ends_at, content)"
        " SELECT job_id, 2, 0, 9, 'leftover' FROM import_jobs");
    Work();
    EXPECT_EQ(Summary(job), "30/0/0 DONE");
}

TEST_F(WorkbookTest, FailedRowsHaveTheNumbersThatTheyHaveInTheSheet) {
    // As Excel makes it: our own writer makes blanks of line breaks.
    std::string rows;
    for (const Cells& cells : {kHeaderCells,
                               Row(1),
                               Cells(6),
                               {"1", "=Siti", "x\ny", "UMKM", "36.74", "47"},
                               Row(2),
                               Row(3, std::string(30'000, '"'))}) {
        rows += xlsx::RowOf(cells);
    }
    const std::string job = UploadedWorkbook(xlsx::WorkbookOf(rows));
    Work();
    EXPECT_EQ(Summary(job), "2/0/2 DONE");
    const std::string errors = Errors(job);
    EXPECT_THAT(errors,
                StartsWith("nik,nama_pemilik,nama_usaha,jenis,kode_wilayah,kbli,baris,kolom,"
                           "alasan,pesan\n1,'=Siti,x y,UMKM,36.74,47,3,nik | nama_usaha,"
                           "NIK_INVALID | TEXT_INVALID,"));
    EXPECT_THAT(errors, HasSubstr(",5,nama_pemilik,TOO_LONG,"));
}

TEST_F(WorkbookTest, ARowWithANikThatHasLostDigitsComesBackAsItIs) {
    const std::string digits = NikOf(2).substr(0, 15);
    std::string row = xlsx::RowOf(Row(2));
    const std::string text = xlsx::RowOf({NikOf(2)});
    const std::string cell = text.substr(5, text.size() - 11);  // Without <row> and </row>.
    row.replace(row.find(cell), cell.size(), "<c><v>" + digits + "0</v></c>");
    const std::string job =
        UploadedWorkbook(xlsx::WorkbookOf(xlsx::RowOf(kHeaderCells) + xlsx::RowOf(Row(1)) + row));
    Work();
    EXPECT_EQ(Summary(job), "1/0/1 DONE");
    const std::string shown = digits.substr(0, 1) + "." + digits.substr(1) + "E+15";
    const std::string errors = Errors(job);
    EXPECT_THAT(errors, HasSubstr("\n" + shown +
                                  ",Siti Aminah,Warung 2,UMKM,36.74.05.1002,4711,2,nik,"
                                  "DIGITS_LOST,"));
    const std::string again = Uploaded(errors);  // Nobody is registered by what is left of it.
    Work();
    EXPECT_EQ(Summary(again), "0/0/1 DONE");
    EXPECT_THAT(Errors(again), HasSubstr(",nik,NIK_INVALID,"));
}

TEST_F(WorkbookTest, WhatIsNoWorkbookFails) {
    for (const std::string& content : {FileOf(1, 3), std::string("PK\x03\x04"), std::string()}) {
        const std::string job = UploadedWorkbook(content);
        Work();
        EXPECT_EQ(Summary(job), "0/0/0 FAILED");
        EXPECT_EQ(bangkit::status::FromProto(Get(job).failure()).reason, "FILE_INVALID");
    }
}

}  // namespace
}  // namespace bangkit::registration
