// What happens to an upload, as the domain decides it.
#include "services/registration/domain/import_job.h"

#include <gtest/gtest.h>

namespace bangkit::registration {
namespace {

constexpr std::int64_t kMax = 1'000;

ImportJob Job(std::int64_t accepted, ImportState state = ImportState::kUploading) {
    ImportJob job;
    job.state = state;
    job.bytes_accepted = accepted;
    return job;
}

UploadImportPiece Piece(std::int64_t offset, std::size_t size, bool is_last = false) {
    return {.job_id = "", .offset = offset, .content = std::string(size, 'x'), .is_last = is_last};
}

std::string ReasonOf(const auto& result) { return result ? "" : result.error().reason; }

TEST(ImportJobTest, APieceIsStoredFromWhereTheFileEndsSoFar) {
    const auto decide = [](std::int64_t offset, std::size_t size, bool is_last = false) {
        return Decide(Job(100), Piece(offset, size, is_last), kMax).value();
    };
    EXPECT_EQ(decide(100, 50), (PieceAccepted{.begins_at = 100, .skip = 0, .ends_at = 150}));
    EXPECT_EQ(decide(80, 50), (PieceAccepted{.begins_at = 100, .skip = 20, .ends_at = 130}));
    EXPECT_EQ(decide(0, 50), (PieceAccepted{.begins_at = 100, .skip = 50, .ends_at = 100}));
    EXPECT_EQ(decide(100, 0, true),
              (PieceAccepted{.begins_at = 100, .skip = 0, .ends_at = 100, .is_whole = true}));
    EXPECT_EQ(decide(80, 50, true),
              (PieceAccepted{.begins_at = 100, .skip = 20, .ends_at = 130, .is_whole = true}));
}

TEST(ImportJobTest, RefusesAPieceBehindAGapAndSaysWhereToGoOn) {
    const auto gap = Decide(Job(100), Piece(101, 50), kMax);
    EXPECT_EQ(ReasonOf(gap), "PIECE_LEAVES_GAP");
    EXPECT_EQ(gap.error().metadata.at("bytes_accepted"), "100");
}

TEST(ImportJobTest, RefusesAFileThatIsLargerThanAllowedOrOtherThanStated) {
    EXPECT_EQ(ReasonOf(Decide(Job(900), Piece(900, 100), kMax)), "");
    EXPECT_EQ(ReasonOf(Decide(Job(900), Piece(900, 101), kMax)), "FILE_TOO_LARGE");
    ImportJob stated = Job(100);
    stated.file.size = 120;
    EXPECT_EQ(ReasonOf(Decide(stated, Piece(100, 21), kMax)), "SIZE_DIFFERS");
    EXPECT_EQ(ReasonOf(Decide(stated, Piece(100, 19, true), kMax)), "SIZE_DIFFERS");
    EXPECT_EQ(ReasonOf(Decide(stated, Piece(100, 20, true), kMax)), "");
    EXPECT_EQ(ReasonOf(Decide(Job(100), Piece(0, 99, true), kMax)), "SIZE_DIFFERS");
}

TEST(ImportJobTest, AWholeFileTakesNothingMoreAndAcknowledgesWhatItHas) {
    for (const auto state : {ImportState::kWaiting, ImportState::kRunning, ImportState::kDone}) {
        EXPECT_EQ(Decide(Job(100, state), Piece(50, 50, true), kMax).value(),
                  (PieceAccepted{.begins_at = 100, .ends_at = 100}));
        EXPECT_EQ(ReasonOf(Decide(Job(100, state), Piece(0, 50), kMax)), "");
        EXPECT_EQ(ReasonOf(Decide(Job(100, state), Piece(0, 50, true), kMax)), "UPLOAD_FINISHED");
        EXPECT_EQ(ReasonOf(Decide(Job(100, state), Piece(100, 1), kMax)), "UPLOAD_FINISHED");
    }
    EXPECT_EQ(ReasonOf(Decide(Job(100, ImportState::kCancelled), Piece(0, 50), kMax)),
              "UPLOAD_FINISHED");
}

TEST(ImportJobTest, IsCancelledOnceAndOnlyBeforeItsEnd) {
    for (const auto state :
         {ImportState::kUploading, ImportState::kWaiting, ImportState::kRunning}) {
        EXPECT_TRUE(Decide(Job(0, state), CancelImportJob{}).value());
    }
    EXPECT_FALSE(Decide(Job(0, ImportState::kCancelled), CancelImportJob{}).value());
    for (const auto state : {ImportState::kDone, ImportState::kFailed}) {
        EXPECT_EQ(ReasonOf(Decide(Job(0, state), CancelImportJob{})), "IMPORT_FINISHED");
    }
}

TEST(ImportJobTest, NobodyHasMoreThanTenOpenJobs) {
    EXPECT_EQ(ReasonOf(Decide(CreateImportJob{}, 9)), "");
    EXPECT_EQ(ReasonOf(Decide(CreateImportJob{}, 10)), "TOO_MANY_IMPORTS");
}

}  // namespace
}  // namespace bangkit::registration
