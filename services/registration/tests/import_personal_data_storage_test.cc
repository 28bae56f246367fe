// What people demand, and keys that change, reach files on their way too.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <future>
#include <optional>

#include "services/registration/storage/erasure.h"
#include "services/registration/storage/rekey.h"
#include "services/registration/tests/key_needs.h"
#include "services/registration/tests/personal_data_fixture.h"

namespace bangkit::registration {
namespace {

using crypto::KeyPurpose;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr std::string_view kThird = "AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE=";

/// An erasure of the only owner there is, that is not committed yet.
class OpenErasure {
public:
    OpenErasure(const testing::TempDatabase& database, const crypto::KeyRing& keys)
        : connection_(database.dsn()), erasure_(keys) {
        connection_.RunScript("SET bangkit.regions = '*'");
        transaction_.emplace(connection_);
        const std::string owner_id = database.Text("SELECT owner_id::text FROM owners");
        postgres::UuidArray ids;
        ids.Add(owner_id);
        erasure_.Load(*transaction_, ids);
        erasure_.Erase(owner_id, kNow, FilesDestroyedBy(kNow, kNow));
        erasure_.Save(*transaction_, kNow);
    }
    void Commit() { transaction_->Commit(); }

private:
    postgres::Connection connection_;
    Erasure erasure_;
    std::optional<postgres::Transaction> transaction_;
};

class ImportedPeopleTest : public PersonalDataTest {
protected:
    std::string OpenedErasure(const std::string& business_id) const {
        return Opened(business_id, v1::SUBJECT_REQUEST_KIND_ERASURE).subject_request_id();
    }
    std::future<void> Turn() {
        return std::async(std::launch::async, [worker = NewWorker()] { worker->Turn(); });
    }
    /// The numbers of the failed rows that are kept, of all jobs.
    std::string KeptRows() const {
        return database_.Text(
            "SELECT coalesce(string_agg(row_number::text, ' ' ORDER BY row_number), '')"
            "  FROM import_failed_rows");
    }
    std::vector<std::string> NeedsOf(KeyPurpose purpose, int version) const {
        return registration::NeedsOf(database_, purpose, version);
    }
    RekeyCounts RekeyOneByOne(const crypto::KeyRing& keys) {
        postgres::Connection connection(database_.dsn());
        return Rekey(connection, keys, 1);
    }

    // What keys_ becomes when a new key is used.
    const std::string master_ = "master 1 " + std::string(crypto::kAscending) + "\n";
    const std::string next_master_ = "master 2 " + std::string(kThird) + "\n";
    const std::string hash_ = "hash 1 " + std::string(crypto::kDescending) + "\n";
    const crypto::KeyRing two_masters_ = crypto::Ring(master_ + next_master_ + hash_);
    const crypto::KeyRing second_master_ = crypto::Ring(next_master_ + hash_);
    const crypto::KeyRing two_hashes_ =
        crypto::Ring(master_ + hash_ + "hash 2 " + std::string(kThird) + "\n");
};

TEST_F(ImportedPeopleTest, AnErasureTakesTheFailedRowsOfThePersonAndLeavesTheOthers) {
    const std::string id = RegisterCanary().business_id();
    const std::string job = Uploaded(kHeader + BadRowOf(CanaryNik()) + BadRowOf(NikOf(2)));
    Work();
    ASSERT_EQ(Summary(job), "0/0/2 DONE");
    ASSERT_THAT(Errors(job), HasSubstr(CanaryNik()));
    ASSERT_EQ(Erase(OpenedErasure(id)), "OK");
    EXPECT_EQ(KeptRows(), "2");
    EXPECT_THAT(Errors(job), Not(HasSubstr(CanaryNik())));
    EXPECT_THAT(Errors(job), HasSubstr(NikOf(2)));
}

TEST_F(ImportedPeopleTest, AJobFromBeforeAnErasureWritesNoneAfterwards) {
    const std::string id = RegisterCanary().business_id();
    const std::string job =
        Uploaded(kHeader + BadRowOf(CanaryNik()) + RowOf(4321) + BadRowOf(NikOf(2)));
    ASSERT_EQ(Erase(OpenedErasure(id)), "OK");
    Work();
    EXPECT_EQ(Summary(job), "0/0/3 DONE");
    EXPECT_EQ(KeptRows(), "3");
}

TEST_F(ImportedPeopleTest, AnErasureWaitsForABatchThatIsInTheMiddle) {
    const std::string request = OpenedErasure(RegisterCanary().business_id());
    const std::string job = Uploaded(kHeader + RowOf(1) + BadRowOf(CanaryNik()));
    std::future<void> turn;
    std::future<std::string> erased;
    {
        const Barrier barrier(database_);
        turn = Turn();
        database_.AwaitLockWaits();
        erased = std::async(std::launch::async, [&] { return Erase(request); });
        database_.AwaitLockWaits(2);
    }
    turn.get();
    EXPECT_EQ(erased.get(), "OK");
    EXPECT_EQ(Summary(job), "1/0/1 DONE");
    EXPECT_EQ(KeptRows(), "");
}

TEST_F(ImportedPeopleTest, ABatchWaitsForAnErasureThatIsInTheMiddle) {
    RegisterCanary();
    const std::string job = Uploaded(kHeader + BadRowOf(CanaryNik()));
    OpenErasure erasure(database_, keys_);
    std::future<void> turn = Turn();
    database_.AwaitLockWaits();
    erasure.Commit();
    turn.get();
    EXPECT_EQ(Summary(job), "0/0/1 DONE");
    EXPECT_EQ(KeptRows(), "");
}

TEST_F(ImportedPeopleTest, AnErasureFindsRowsThatWereWrittenWithAnOlderKey) {
    RegisterCanary();
    const std::string file = kHeader + BadRowOf(CanaryNik());
    Uploaded(file);
    Work();
    ASSERT_EQ(KeptRows(), "1");
    OpenErasure(database_, two_hashes_).Commit();
    EXPECT_EQ(KeptRows(), "");
}

TEST_F(ImportedPeopleTest, AJobWithANewerKeyKnowsWhoWasErasedWithTheOlderOne) {
    RegisterCanary();
    const std::string job = Uploaded(kHeader + BadRowOf(CanaryNik()));
    OpenErasure(database_, keys_).Commit();
    Work(two_hashes_);
    EXPECT_EQ(Summary(job), "0/0/1 DONE");
    EXPECT_EQ(KeptRows(), "");
}

// A file cannot be searched for a person: the answer says what is left, and until when.
TEST_F(ImportedPeopleTest, AnErasureTellsWhichFilesOutlastIt) {
    const std::string first = RegisterCanary().business_id();
    v1::EraseOwnerResponse erased;
    Uploaded(FileOf(1, 30));
    ASSERT_TRUE(NewWorker()->Turn());
    Uploaded(kHeader + RowOf(4321));
    Created();  // With nothing in it.
    ASSERT_EQ(Erase(OpenedErasure(first), agency_, &erased), "OK");
    EXPECT_EQ(erased.files_on_their_way(), 2);
    EXPECT_EQ(erased.files_destroyed_by().seconds(),
              erased.subject_request().closed_at().seconds() + 24 * 3'600);
    Work();
    const std::string second = Registered(Registration(77)).business_id();
    ASSERT_EQ(Erase(OpenedErasure(second), agency_, &erased), "OK");
    EXPECT_EQ(erased.files_on_their_way(), 0);
    EXPECT_FALSE(erased.has_files_destroyed_by());
}

TEST_F(ImportedPeopleTest, NoFileOutlastsAnErasureForLong) {
    const std::string request = OpenedErasure(RegisterCanary().business_id());
    const std::string running =
        Uploaded(kHeader + "bad,row\n" + FileOf(1, 30).substr(kHeader.size()));
    ASSERT_TRUE(NewWorker()->Turn());
    const std::string waiting = Uploaded(FileOf(31, 40)), uploading = Created();
    Send({Piece(uploading, 0, std::string(kPiece, 'x'))});
    ASSERT_EQ(Erase(request), "OK");
    const std::string later = Uploaded(FileOf(41, 50));
    NewWorker()->Tidy();
    EXPECT_EQ(Summary(running), "20/0/1 RUNNING");  // Those who are quick are not held up.

    database_.Execute("UPDATE import_jobs SET destroy_by = now() WHERE destroy_by IS NOT NULL");
    NewWorker()->Tidy();

    EXPECT_EQ(Summary(running), "20/0/1 FAILED");
    EXPECT_EQ(Summary(waiting), "0/0/0 FAILED");
    EXPECT_EQ(Summary(uploading), "0/0/0 FAILED");
    EXPECT_EQ(bangkit::status::FromProto(Get(running).failure()).reason, "FILE_DESTROYED");
    EXPECT_EQ(Count("import_pieces WHERE job_id <> '" + later + "'"), 0);
    EXPECT_EQ(Count("import_jobs WHERE wrapped_key IS NOT NULL"), 1);
    EXPECT_EQ(KeptRows(), "");
    Work();
    EXPECT_EQ(Summary(later), "10/0/0 DONE");
}

TEST_F(ImportedPeopleTest, AnErasureTakesWhatADryRunWouldHaveClaimed) {
    const std::string dry =
        Uploaded(kHeader + RowOf(4321) + FileOf(1, 30).substr(kHeader.size()) + RowOf(4321), true);
    ASSERT_TRUE(NewWorker()->Turn());
    const std::string request = OpenedErasure(RegisterCanary().business_id());
    const auto claimed = Count("import_dry_claims WHERE kind = 1");
    ASSERT_EQ(Erase(request), "OK");
    EXPECT_EQ(Count("import_dry_claims WHERE kind = 1"), claimed - 1);
    Work();
    EXPECT_EQ(Summary(dry), "31/1/0 DONE");  // The same row again.
}

TEST_F(ImportedPeopleTest, TheKeysOfJobsAreWrappedByTheNextMasterKey) {
    const std::string done = Uploaded(kHeader + BadRowOf(NikOf(1)));
    Work();
    const std::string waiting = Uploaded(FileOf(1, 5));
    EXPECT_THAT(NeedsOf(KeyPurpose::kMaster, 1), ElementsAre("import_jobs 2"));
    EXPECT_EQ(RekeyOneByOne(two_masters_).imports, 2);
    EXPECT_THAT(NeedsOf(KeyPurpose::kMaster, 1), ElementsAre());
    EXPECT_EQ(RekeyOneByOne(two_masters_).imports, 0);  // Once more is nothing more.

    const ImportQueries queries(reads_, second_master_);
    const std::vector<FailedRow> rows = queries.FailedRows(queries.Find(done).value(), 0, 10);
    ASSERT_EQ(rows.size(), 1U);
    EXPECT_THAT(rows.front().line, HasSubstr(NikOf(1)));
    Work(second_master_);
    EXPECT_EQ(Summary(waiting), "5/0/0 DONE");
}

TEST_F(ImportedPeopleTest, AKeyThatIsDestroyedMeanwhileDoesNotComeBack) {
    Uploaded(FileOf(1, 5));
    postgres::Connection other(database_.owner_dsn());
    std::future<RekeyCounts> rekeyed;
    {
        postgres::Transaction cancelling(other);
        cancelling.Run("UPDATE import_jobs SET wrapped_key = NULL, state = 6, finished_at = now()");
        rekeyed = std::async(std::launch::async, [this] { return RekeyOneByOne(two_masters_); });
        database_.AwaitLockWaits();
        cancelling.Commit();
    }
    EXPECT_EQ(rekeyed.get().imports, 0);
    EXPECT_EQ(Count("import_jobs WHERE wrapped_key IS NOT NULL"), 0);
}

TEST_F(ImportedPeopleTest, AHashKeyIsNeededWhileFailedRowsAreFoundByIt) {
    Uploaded(kHeader + BadRowOf(NikOf(1)) + "bad,row\n");
    Work();
    EXPECT_THAT(NeedsOf(KeyPurpose::kHash, 1), Contains("import_failed_rows 1"));
}

TEST_F(ImportedPeopleTest, RunsFindWhatWasClaimedWithAnOlderKey) {
    Uploaded(FileOf(1, 10));
    Work();
    const std::string file = FileOf(1, 12) + NikOf(3) + ",Other,Name,UMKM,36.74.05.1002,4711\n";
    const std::string dry = Uploaded(file, true);
    Work(two_hashes_);
    EXPECT_EQ(Summary(dry), "2/10/1 DONE");
    const std::string real = Uploaded(file);
    Work(two_hashes_);
    EXPECT_EQ(Summary(real), Summary(dry));
    EXPECT_EQ(Count("businesses"), 12);
}

TEST_F(ImportedPeopleTest, ADryRunGoesOnWhenTheKeysHaveChanged) {
    const std::string job = Uploaded(FileOf(1, 21) + FileOf(1, 5).substr(kHeader.size()) +
                                         NikOf(6) + ",Other,Name,UMKM,36.74.05.1002,4711\n",
                                     true);
    ASSERT_TRUE(NewWorker()->Turn());
    ASSERT_EQ(Summary(job), "21/0/0 RUNNING");
    Work(two_hashes_);
    EXPECT_EQ(Summary(job), "21/5/1 DONE");
}

}  // namespace
}  // namespace bangkit::registration
