// How a file arrives, whoever dies meanwhile.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <future>

#include "services/registration/tests/import_fixture.h"

namespace bangkit::registration {
namespace {

using ::testing::Each;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

using UploadTest = ImportJobsTest;

TEST_F(UploadTest, EveryPieceIsAnsweredWithWhatIsAccepted) {
    const std::string job = Created(), file = FileOf(1, 300);
    const std::string a = file.substr(0, kPiece), b = file.substr(kPiece, kPiece),
                      c = file.substr(2 * kPiece);
    EXPECT_THAT(Send({Piece(job, 0, a), Piece(job, 4096, b)}), ElementsAre("4096", "8192"));
    EXPECT_EQ(Get(job).bytes_accepted(), 8192);
    EXPECT_EQ(Get(job).state(), v1::IMPORT_JOB_STATE_UPLOADING);
    EXPECT_FALSE(Get(job).has_size_bytes());
    EXPECT_THAT(Send({Piece(job, 8192, c, true)}), ElementsAre(std::to_string(file.size())));
    EXPECT_EQ(Get(job).state(), v1::IMPORT_JOB_STATE_WAITING);
    EXPECT_EQ(Get(job).size_bytes(), std::ssize(file));
}

TEST_F(UploadTest, APieceThatWasAcceptedIsAcknowledgedAgainWhereverItIsCut) {
    const std::string job = Created(), file = FileOf(1, 400);
    const auto piece = [&](std::size_t from, std::size_t size, bool last = false) {
        return Piece(job, static_cast<std::int64_t>(from), file.substr(from, size), last);
    };
    EXPECT_THAT(Send({piece(0, 8000), piece(0, 8000), piece(1000, 5000), piece(3000, 9000),
                      piece(0, 20'000), piece(20'000, file.size(), true),
                      piece(20'000, file.size(), true), piece(0, 5000)}),
                ElementsAre("8000", "8000", "8000", "12000", "20000", std::to_string(file.size()),
                            std::to_string(file.size()), std::to_string(file.size())));
    Work();
    EXPECT_EQ(Summary(job), "400/0/0 DONE");
    EXPECT_EQ(Count("businesses"), 400);
}

TEST_F(UploadTest, APieceThatWouldLeaveAGapIsRefused) {
    const std::string job = Created(), piece(kPiece, 'x');
    EXPECT_THAT(Send({Piece(job, 1, piece), Piece(job, 0, piece), Piece(job, 4097, piece),
                      Piece(job, 8192, "", true)}),
                ElementsAre("PIECE_LEAVES_GAP", "4096", "PIECE_LEAVES_GAP", "PIECE_LEAVES_GAP"));
    EXPECT_EQ(Get(job).bytes_accepted(), 4096);
    EXPECT_EQ(Count("import_pieces"), 1);
}

TEST_F(UploadTest, PiecesHaveALeastAndAGreatestSize) {
    const std::string job = Created();
    EXPECT_THAT(Send({Piece(job, 0, std::string(kPiece - 1, 'x')),
                      Piece(job, 0, std::string((256 << 10) + 1, 'x')), Piece(job, -1, "", true),
                      Piece("job", 0, "x", true)}),
                Each("FIELDS_INVALID"));
    EXPECT_THAT(Send({Piece(job, 0, std::string(256 << 10, 'x')), Piece(job, 256 << 10, "", true)}),
                Each("262144"));
}

TEST_F(UploadTest, TwinsWhoSendTheSamePiecesAtOnceStoreThemOnce) {
    const std::string job = Created(), file = FileOf(1, 1'000);
    const auto send = [&] { Upload(job, file, officer_); };
    std::vector<std::future<void>> twins;
    for (int i = 0; i < 4; ++i) twins.push_back(std::async(std::launch::async, send));
    for (auto& twin : twins) twin.get();
    EXPECT_EQ(database_.Count("SELECT sum(ends_at - begins_at)::bigint FROM import_pieces"),
              std::ssize(file));
    Work();
    EXPECT_EQ(Summary(job), "1000/0/0 DONE");
}

TEST_F(UploadTest, AFileOfAnotherSizeThanStatedIsRefused) {
    v1::CreateImportJobRequest request = NewJob();
    request.set_size_bytes(10);
    const std::string job = Created(request, officer_);
    EXPECT_THAT(Send({Piece(job, 0, std::string(11, 'x'), true), Piece(job, 0, "x", true),
                      Piece(job, 0, std::string(kPiece, 'x'))}),
                Each("SIZE_DIFFERS"));
    EXPECT_THAT(Send({Piece(job, 0, std::string(10, 'x'), true)}), ElementsAre("10"));
}

TEST_F(UploadTest, AFileThatIsTooLargeIsRefused) {
    const std::string job = Created();
    std::vector<v1::UploadImportFileRequest> pieces;
    for (std::int64_t at = 0; at <= kImportMax; at += 256 << 10) {
        pieces.push_back(Piece(job, at, std::string(256 << 10, 'x')));
    }
    EXPECT_EQ(Send(pieces).back(), "FILE_TOO_LARGE");
    EXPECT_EQ(Get(job).bytes_accepted(), kImportMax);
}

TEST_F(UploadTest, AFileWithAnotherChecksumThanStatedIsNotImported) {
    for (const bool is_right : {true, false}) {
        v1::CreateImportJobRequest request = NewJob();
        crypto::Sha256 hash;
        hash.Add(FileOf(1, is_right ? 200 : 201));
        request.set_sha256(hash.Finish());
        const std::string job = Created(request, officer_);
        Upload(job, FileOf(1, 200), officer_);
        Work();
        EXPECT_EQ(Summary(job), is_right ? "200/0/0 DONE" : "0/0/0 FAILED");
        const std::string reason = bangkit::status::FromProto(Get(job).failure()).reason;
        EXPECT_EQ(reason, is_right ? "OK" : "CHECKSUM_DIFFERS");
    }
}

TEST_F(UploadTest, AJobIsCreatedOnceHoweverOftenItIsAskedFor) {
    const v1::CreateImportJobRequest request = NewJob();
    EXPECT_EQ(Created(request, officer_), Created(request, officer_));
    EXPECT_EQ(Count("import_jobs"), 1);
    v1::CreateImportJobRequest other = request;
    other.set_dry_run(true);
    v1::CreateImportJobResponse response;
    EXPECT_EQ(Name(Call(&ImportStub::CreateImportJob, other, response)),
              "FAILED_PRECONDITION REQUEST_ID_REUSED");
}

TEST_F(UploadTest, NobodyHasMoreThanTenUnfinishedJobs) {
    std::vector<std::string> jobs;
    for (int i = 0; i < 10; ++i) jobs.push_back(Created());
    v1::CreateImportJobResponse response;
    EXPECT_EQ(Name(Call(&ImportStub::CreateImportJob, NewJob(), response)),
              "RESOURCE_EXHAUSTED TOO_MANY_IMPORTS");
    Created(NewJob(), Token({"officer"}, {"36.74"}, "wati"));  // Others are not concerned.
    EXPECT_EQ(Name(Cancel(jobs[0])), "OK");
    Created();
}

TEST_F(UploadTest, RequestsThatMakeNoSenseAreRefusedWithAllThatIsWrong) {
    v1::CreateImportJobRequest request;
    request.set_size_bytes(-1);
    request.set_sha256("short");
    request.set_file_name(std::string(201, 'x'));
    v1::CreateImportJobResponse response;
    const Error error = rpc::FromStatus(Call(&ImportStub::CreateImportJob, request, response));
    std::vector<std::string> fields;
    for (const FieldViolation& each : error.fields) fields.push_back(each.field);
    EXPECT_THAT(fields, ElementsAre("request_id", "file_name", "format", "size_bytes", "sha256"));
}

TEST_F(UploadTest, WhatIsStoredOfAFileIsSealed) {
    const std::string job = Uploaded(FileOf(1, 1));
    const std::string content =
        database_.Text("SELECT encode(content, 'escape') FROM import_pieces");
    EXPECT_THAT(content, Not(HasSubstr(NikOf(1))));
    EXPECT_THAT(content, Not(HasSubstr("Siti")));
    database_.Execute("UPDATE import_pieces SET content = content || 'x'");  // Nobody may.
    Work();
    EXPECT_EQ(Summary(job), "0/0/0 FAILED");
}

}  // namespace
}  // namespace bangkit::registration
