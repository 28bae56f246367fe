// The failed rows of an import, and who sees what of jobs.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "libs/status/localized.h"
#include "services/registration/storage/erasure.h"
#include "services/registration/tests/import_fixture.h"

namespace bangkit::registration {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

class ErrorsTest : public ImportJobsTest {
protected:
    static std::string Message(std::string_view reason) {
        return std::string(bangkit::status::Indonesian(reason));
    }
    std::string ErrorsName(const std::string& job, const std::string& token) const {
        v1::DownloadImportErrorsRequest request;
        request.set_job_id(job);
        v1::DownloadImportErrorsResponse response;
        return Name(Call(&ImportStub::DownloadImportErrors, request, response, token));
    }
    std::string GetName(const std::string& job, const std::string& token) const {
        v1::GetImportJobRequest request;
        request.set_job_id(job);
        v1::GetImportJobResponse response;
        return Name(Call(&ImportStub::GetImportJob, request, response, token));
    }
    std::vector<std::string> Listed(const std::string& token, std::int32_t page_size = 0,
                                    v1::ImportJobState state = {}) const {
        v1::ListImportJobsRequest request;
        request.set_page_size(page_size);
        request.set_state(state);
        std::vector<std::string> ids;
        for (;;) {
            v1::ListImportJobsResponse response;
            EXPECT_EQ(Name(Call(&ImportStub::ListImportJobs, request, response, token)), "OK");
            for (const v1::ImportJob& job : response.jobs()) ids.push_back(job.job_id());
            if (response.next_page_token().empty()) return ids;
            request.set_page_token(response.next_page_token());
        }
    }

    const std::string wati_ = Token({"officer"}, {"36.74"}, "wati");
    const std::string agency_ = Token({"agency"}, {"36.74"}, "dinas");
    const std::string province_ = Token({"province"}, {"36"}, "banten");
    const std::string elsewhere_ = Token({"agency"}, {"36.71"}, "lain");
};

TEST_F(ErrorsTest, HoldTheRowsAsTheyWereAndWhatIsWrong) {
    const std::string job =
        Uploaded("nik;nama_pemilik;nama_usaha;jenis;kode_wilayah;kbli\n" + NikOf(1) +
                 ";Ani;Warung;UMKM;36.74;47\n123;\"=HYPERLINK(\"\"x\"\")\";\"A;\nB\";UMKM;36.74;"
                 "4\nfew;cells\n" +
                 NikOf(2) + ";Ani;Warung;UMKM;36.71;47\n");
    Work();
    EXPECT_EQ(Summary(job), "1/0/3 DONE");
    EXPECT_EQ(Errors(job),
              "nik;nama_pemilik;nama_usaha;jenis;kode_wilayah;kbli;baris;kolom;alasan;pesan\n"
              "123;\"'=HYPERLINK(\"\"x\"\")\";\"A; B\";UMKM;36.74;4;2;nik | nama_usaha | kbli;"
              "NIK_INVALID | TEXT_INVALID | KBLI_UNKNOWN;" +
                  Message("NIK_INVALID") + " | " + Message("TEXT_INVALID") + " | " +
                  Message("KBLI_UNKNOWN") + "\n\"few;cells\";;;;;;3;;COLUMN_COUNT_WRONG;" +
                  Message("COLUMN_COUNT_WRONG") + "\n" + NikOf(2) +
                  ";Ani;Warung;UMKM;36.71;47;4;kode_wilayah;REGION_NOT_FOUND;" +
                  Message("REGION_NOT_FOUND") + "\n");
}

TEST_F(ErrorsTest, CanBeImportedAsTheyAreAndCorrected) {
    const std::string row = ",'+Siti,=Warung,UMKM,36.74,47\n";
    const std::string job = Uploaded(kHeader + "1" + row + NikOf(1) + row + "2" + row);
    Work();
    const std::string errors = Errors(job);
    const std::string again = Uploaded(errors);
    Work();
    EXPECT_EQ(Summary(again), "0/0/2 DONE");
    std::string corrected = Errors(again);
    EXPECT_EQ(corrected.substr(0, corrected.find('\n')), errors.substr(0, errors.find('\n')));
    corrected.replace(corrected.find("\n1,") + 1, 1, NikOf(2));
    corrected.replace(corrected.find("\n2,") + 1, 1, NikOf(3));
    const std::string last = Uploaded(corrected);
    Work();
    EXPECT_EQ(Summary(last), "2/0/0 DONE");
    EXPECT_EQ(Count("businesses WHERE name = '=Warung'"), 3);
}

TEST_F(ErrorsTest, ComeInPagesThatMakeOneFile) {
    std::string file = kHeader;
    for (int i = 1; i <= 700; ++i) {
        file += std::to_string(i) + "," + std::string(700, 'x') + ",Warung,UMKM,36.74,47\n";
    }
    const std::string job = Uploaded(file);
    EXPECT_THAT(Errors(job), IsEmpty());
    const auto worker = NewWorker(100, 1'000);
    ASSERT_TRUE(worker->Turn());
    const std::string errors = Errors(job);
    EXPECT_EQ(std::ranges::count(errors, '\n'), 701);
    EXPECT_THAT(errors, HasSubstr("\n700,xxx"));
    v1::DownloadImportErrorsRequest request;
    request.set_job_id(job);
    request.set_page_token("x");
    v1::DownloadImportErrorsResponse response;
    EXPECT_EQ(Name(Call(&ImportStub::DownloadImportErrors, request, response)),
              "INVALID_ARGUMENT FIELDS_INVALID");
}

TEST_F(ErrorsTest, AreFoundByTheNikOfARowAndSealed) {
    Registered(Registration(1));
    const std::string job = Uploaded(kHeader + NikOf(1) + ",Canaria,Warung,UMKM,36.74,47\n" +
                                     "1,Canaria,Warung,UMKM,36.74,47\n");
    Work();
    EXPECT_EQ(Summary(job), "0/0/2 DONE");
    postgres::Connection connection(database_.dsn());
    const postgres::Rows rows =
        connection.Run("SELECT row_number, line FROM import_failed_rows WHERE nik_hash = $1::bytea",
                       {ErasureHashes(keys_, NikOf(1)).front()});
    ASSERT_EQ(rows.size(), 1);
    EXPECT_EQ(rows.Int64(0, 0), 1);
    EXPECT_THAT(rows.Text(0, 1), Not(HasSubstr("Canaria")));
    EXPECT_EQ(Count("import_failed_rows WHERE nik_hash IS NULL"), 1);
}

TEST_F(ErrorsTest, AreDestroyedInTime) {
    const std::string job = Uploaded(kHeader + "bad\n"), abandoned = Created();
    Send({Piece(abandoned, 0, std::string(kPiece, 'x'))});
    Work();
    EXPECT_EQ(Get(job).errors_until().seconds() - Get(job).finished_at().seconds(), 24 * 3'600);
    NewWorker()->Tidy();
    EXPECT_EQ(std::ranges::count(Errors(job), '\n'), 2);
    database_.Execute("UPDATE import_jobs SET updated_at = now() - interval '25 hours'");
    NewWorker()->Tidy();
    EXPECT_EQ(ErrorsName(job, officer_), "NOT_FOUND IMPORT_ERRORS_DESTROYED");
    EXPECT_EQ(Summary(job), "0/0/1 DONE");
    EXPECT_EQ(Summary(abandoned), "0/0/0 FAILED");
    EXPECT_EQ(bangkit::status::FromProto(Get(abandoned).failure()).reason, "UPLOAD_ABANDONED");
    EXPECT_EQ(Count("import_failed_rows"), 0);
    EXPECT_EQ(Count("import_pieces"), 0);
    EXPECT_EQ(Count("import_jobs WHERE wrapped_key IS NOT NULL"), 0);
}

TEST_F(ErrorsTest, AJobIsSeenByItsCreatorAndByTheAgenciesOfItsRegions) {
    const std::string job = Uploaded(kHeader + "bad\n");
    Work();
    for (const std::string& token : {officer_, agency_, province_}) {
        EXPECT_EQ(GetName(job, token), "OK");
        EXPECT_THAT(Listed(token), ElementsAre(job));
    }
    const std::string moved = Token({"officer"}, {"36.71"});  // The same subject.
    for (const std::string& token : {wati_, elsewhere_, moved}) {
        EXPECT_EQ(GetName(job, token), "NOT_FOUND IMPORT_NOT_FOUND");
        EXPECT_THAT(Listed(token), IsEmpty());
        EXPECT_EQ(Name(Cancel(job, token)), "NOT_FOUND IMPORT_NOT_FOUND");
    }
    EXPECT_EQ(GetName(NewId(kNow), officer_), "NOT_FOUND IMPORT_NOT_FOUND");
    EXPECT_EQ(GetName("x", officer_), "INVALID_ARGUMENT FIELDS_INVALID");
}

TEST_F(ErrorsTest, WhatHoldsPersonalDataIsForTheCreatorAlone) {
    const std::string job = Created();
    for (const std::string& token : {wati_, agency_, province_, elsewhere_}) {
        EXPECT_THAT(Send({Piece(job, 0, "x", true)}, token), ElementsAre("IMPORT_NOT_FOUND"));
        EXPECT_EQ(ErrorsName(job, token), "NOT_FOUND IMPORT_NOT_FOUND");
    }
    EXPECT_EQ(ErrorsName(job, officer_), "OK");
    EXPECT_EQ(Name(Cancel(job, agency_)), "OK");
}

TEST_F(ErrorsTest, RowsAreRegisteredWithTheRegionsOfTheCreator) {
    const std::string job = Uploaded(kHeader + NikOf(1) + ",Ani,Warung,UMKM,36.71,47\n" + NikOf(2) +
                                     ",Ani,Warung,UMKM,36.74,47\n");
    Work();
    EXPECT_EQ(Summary(job), "1/0/1 DONE");
    EXPECT_THAT(Errors(job), HasSubstr("REGION_NOT_FOUND"));
    v1::CreateImportJobResponse response;
    EXPECT_EQ(Name(Call(&ImportStub::CreateImportJob, NewJob(), response, Token({"officer"}, {}))),
              "NOT_FOUND REGION_NOT_FOUND");
}

TEST_F(ErrorsTest, ListsTheNewestFirstInPages) {
    std::vector<std::string> jobs;
    for (int i = 0; i < 5; ++i) jobs.insert(jobs.begin(), Created());
    EXPECT_EQ(Listed(officer_), jobs);
    EXPECT_EQ(Listed(officer_, 2), jobs);
    ASSERT_EQ(Name(Cancel(jobs[3])), "OK");
    EXPECT_THAT(Listed(officer_, 1, v1::IMPORT_JOB_STATE_CANCELLED), ElementsAre(jobs[3]));
    v1::ListImportJobsRequest request;
    request.set_page_token("x");
    v1::ListImportJobsResponse response;
    EXPECT_EQ(Name(Call(&ImportStub::ListImportJobs, request, response)),
              "INVALID_ARGUMENT FIELDS_INVALID");
}

}  // namespace
}  // namespace bangkit::registration
