// What becomes of the rows of an uploaded file, whoever dies meanwhile.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <future>

#include "libs/telemetry/metrics.h"
#include "libs/testing/eventually.h"
#include "services/registration/storage/import_jobs.h"
#include "services/registration/tests/import_fixture.h"

namespace bangkit::registration {
namespace {

class JobsTest : public ImportJobsTest {
protected:
    std::int64_t Audited() const {
        return Count("audit_entries WHERE method = 'ImportBusinesses'");
    }

    /// A turn on another thread, that is in the middle of a transaction.
    std::future<void> TurnBehind(const Barrier&) {
        auto turn = std::async(std::launch::async, [worker = NewWorker()] { worker->Turn(); });
        database_.AwaitLockWaits();
        return turn;
    }
    /// So many times, with this SQLSTATE.
    void FailEachRegistrationOf(const std::string& name, const std::string& state, int times) {
        database_.Execute(
            "CREATE SEQUENCE failures; GRANT ALL ON failures TO bangkit_runtime;"
            "CREATE FUNCTION fail() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
            "  IF NEW.name = '" +
            name + "' AND nextval('failures') <= " + std::to_string(times) +
            " THEN RAISE EXCEPTION USING ERRCODE = '" + state +
            "'; END IF; RETURN NEW; END $$;"
            "CREATE TRIGGER fail BEFORE INSERT ON businesses FOR EACH ROW EXECUTE FUNCTION fail()");
    }
    void TakeOver() {
        ExpireLeases();
        postgres::Connection other(database_.dsn());
        ASSERT_TRUE(ClaimImport(other, kLease));
    }
    std::string FailureOf(const std::string& job) const {
        const Error failure = bangkit::status::FromProto(Get(job).failure());
        return failure.reason + ": " + failure.message;
    }
};

TEST_F(JobsTest, EachRowIsRegisteredOnceHoweverOftenTheFileIsImported) {
    const std::string first = Uploaded(FileOf(1, 300));
    Work();
    EXPECT_EQ(Summary(first), "300/0/0 DONE");
    EXPECT_EQ(Get(first).percent_read(), 100);
    const std::string again = Uploaded(FileOf(1, 300));
    Work();
    EXPECT_EQ(Summary(again), "0/300/0 DONE");
    EXPECT_EQ(Count("businesses"), 300);
    EXPECT_EQ(Count("outbox"), 300);
    EXPECT_EQ(Audited(), 600);
}

TEST_F(JobsTest, ALongFileSharesTheWorkerWithThoseBehindIt) {
    const std::string large = Uploaded(FileOf(1, 100)), small = Uploaded(FileOf(101, 110));
    const auto worker = NewWorker(7, 20);
    ASSERT_TRUE(worker->Turn());
    ASSERT_TRUE(worker->Turn());
    EXPECT_EQ(Summary(large), "21/0/0 RUNNING");
    EXPECT_EQ(Summary(small), "10/0/0 DONE");
    EXPECT_NEAR(Get(large).percent_read(), 21, 1);
    Work();
    EXPECT_EQ(Summary(large), "100/0/0 DONE");
}

// A batch is lost or stored as a whole, and its counts with it.
TEST_F(JobsTest, CountsAreExactWhereverAWorkerDies) {
    const std::string job =
        Uploaded(FileOf(1, 60) + "bad,row\n" + FileOf(50, 80).substr(kHeader.size()));
    const auto is_exact = [&] { return Get(job).registered() == Count("businesses"); };
    for (int death = 0; death < 4; ++death) {
        {
            const Barrier barrier(database_);
            std::future<void> turn = TurnBehind(barrier);
            database_.KillOtherConnections();
            EXPECT_ANY_THROW(turn.get());  // In the middle of a transaction.
        }
        EXPECT_TRUE(is_exact());
        ExpireLeases();
        on_commit_ = [] { throw postgres::ConnectionLost("died"); };
        EXPECT_ANY_THROW(NewWorker()->Turn());  // When it has committed, and before it knows.
        on_commit_ = [] {};
        EXPECT_TRUE(is_exact());
        ExpireLeases();
    }
    EXPECT_EQ(Get(job).rows_read(), 28);
    Work();
    EXPECT_EQ(Summary(job), "80/11/1 DONE");
    EXPECT_EQ(Count("businesses"), 80);
    EXPECT_EQ(Audited(), 91);
}

TEST_F(JobsTest, NobodyWorksAtAJobThatSomebodyHolds) {
    Uploaded(FileOf(1, 10));
    postgres::Connection other(database_.dsn());
    ASSERT_TRUE(ClaimImport(other, kLease));
    EXPECT_FALSE(NewWorker()->Turn());
    // Unless its lease is from before the clock was set back.
    database_.Execute("UPDATE import_jobs SET lease_until = now() + interval '1 hour'");
    EXPECT_TRUE(NewWorker()->Turn());
}

TEST_F(JobsTest, AFrozenWorkerThatWakesUpChangesNothing) {
    const std::string job = Uploaded(FileOf(1, 30));
    std::future<void> frozen;
    {
        const Barrier barrier(database_);
        frozen = TurnBehind(barrier);
        TakeOver();
    }
    frozen.get();
    EXPECT_EQ(Summary(job), "0/0/0 RUNNING");
    EXPECT_EQ(Count("businesses"), 0);
    ExpireLeases();
    Work();
    EXPECT_EQ(Summary(job), "30/0/0 DONE");
}

// The epoch alone does not tell: it counts the same numbers again in a database that was restored.
TEST_F(JobsTest, ProgressIsSavedOnceBehindTheRowsThatItWasMadeFrom) {
    const std::string job = Uploaded(FileOf(1, 20));
    postgres::Connection connection(database_.dsn());
    const StoredImport before = ClaimImport(connection, kLease).value();
    const ImportLease lease{.job_id = job, .epoch = before.epoch, .length = kLease};
    StoredImport after = before;
    after.counts.rows_read = after.counts.registered = after.rows_passed = 7;
    const auto save = [&] {
        postgres::Transaction transaction(connection);
        SaveProgress(transaction, lease, before, after);
        transaction.Commit();
    };
    save();
    EXPECT_THROW(save(), postgres::SqlError);
    EXPECT_EQ(Summary(job), "7/0/0 RUNNING");
}

TEST_F(JobsTest, WorkersWhoTakeAJobFromEachOtherAllTheTimeCountEveryRowOnce) {
    const std::string job =
        Uploaded(FileOf(1, 400) + "bad,row\n" + FileOf(301, 500).substr(kHeader.size()));
    {
        std::vector<std::jthread> workers;
        for (int i = 0; i < 2; ++i) {
            workers.emplace_back([this](const std::stop_token& stop) {
                const auto worker = NewWorker();
                while (!stop.stop_requested()) worker->Turn(stop);
            });
        }
        for (std::int64_t read = 0; read < 601;) {
            ExpireLeases();
            ASSERT_TRUE(testing::Eventually([&] { return Get(job).rows_read() > read; }));
            read = Get(job).rows_read();
        }
    }
    EXPECT_EQ(Summary(job), "500/100/1 DONE");
    EXPECT_EQ(Count("businesses"), 500);
    EXPECT_EQ(Count("import_failed_rows"), 1);
}

TEST_F(JobsTest, TwoOfficersWithOverlappingFilesRegisterEveryRowOnce) {
    const std::string wati = Token({"officer"}, {"36.74"}, "wati");
    const std::string one = Uploaded(FileOf(1, 300)), other = Created(NewJob(), wati);
    Upload(other, FileOf(101, 400), wati);
    {
        std::jthread first([this] { Work(); });
        std::jthread second([this] { Work(); });
    }
    const v1::ImportJob a = Get(one), b = Get(other, wati);
    EXPECT_EQ(a.state(), v1::IMPORT_JOB_STATE_DONE);
    EXPECT_EQ(b.state(), v1::IMPORT_JOB_STATE_DONE);
    EXPECT_EQ(a.registered() + b.registered(), 400);
    EXPECT_EQ(a.unchanged() + b.unchanged(), 200);
    EXPECT_EQ(a.failed() + b.failed(), 0);
    EXPECT_EQ(Count("businesses"), 400);
}

TEST_F(JobsTest, ACancelledJobEndsWhereItIs) {
    const std::string job = Uploaded(FileOf(1, 100));
    ASSERT_TRUE(NewWorker()->Turn());
    EXPECT_EQ(Name(Cancel(job)), "OK");
    EXPECT_EQ(Name(Cancel(job)), "OK");
    Work();
    EXPECT_EQ(Summary(job), "21/0/0 CANCELLED");
    EXPECT_EQ(Count("businesses"), 21);
    EXPECT_EQ(Count("import_pieces"), 0);
    EXPECT_EQ(Count("import_jobs WHERE wrapped_key IS NOT NULL"), 0);
    EXPECT_EQ(Send({Piece(job, 0, std::string(kPiece, 'x'))}).front(), "UPLOAD_FINISHED");
}

TEST_F(JobsTest, ACancelledJobEndsInTheMiddleOfABatch) {
    const std::string job = Uploaded(FileOf(1, 100));
    std::future<void> turn;
    {
        const Barrier barrier(database_);
        turn = TurnBehind(barrier);
        EXPECT_EQ(Name(Cancel(job)), "OK");
    }
    turn.get();
    EXPECT_EQ(Summary(job), "0/0/0 CANCELLED");
    EXPECT_EQ(Count("businesses"), 0);
}

TEST_F(JobsTest, AFinishedJobCannotBeCancelled) {
    const std::string job = Uploaded(FileOf(1, 1));
    Work();
    EXPECT_EQ(Name(Cancel(job)), "FAILED_PRECONDITION IMPORT_FINISHED");
    EXPECT_EQ(Count("import_pieces"), 0);
    EXPECT_EQ(Count("import_jobs WHERE wrapped_key IS NOT NULL"), 0);
}

TEST_F(JobsTest, ADryRunFindsWhatAnImportWouldFindAndChangesNothing) {
    Registered(Registration(5));
    Uploaded(FileOf(6, 7));
    Work();
    const std::string outside = NikOf(90) + ",Siti,Warung,UMKM,36.71,47\n";
    // Rows that meet others of the same file, near and far.
    const std::string file = FileOf(1, 50) + outside + "bad,row\n" + RowOf(1) + RowOf(50) +
                             NikOf(2) + ",Other,Name,UMKM,36.74,47\n";
    const auto businesses = Count("businesses"), claims = Count("identity_claims"),
               events = Count("outbox"), audited = Audited();
    const std::string dry = Uploaded(file, true);
    Work();
    EXPECT_EQ(Summary(dry), "47/4/4 DONE");
    EXPECT_EQ(Count("businesses"), businesses);
    EXPECT_EQ(Count("identity_claims"), claims);
    EXPECT_EQ(Count("outbox"), events);
    EXPECT_EQ(Audited(), audited);
    EXPECT_EQ(Count("import_dry_claims"), 0);
    const std::string real = Uploaded(file);
    Work();
    EXPECT_EQ(Summary(real), Summary(dry));
    EXPECT_EQ(Errors(real), Errors(dry));
}

TEST_F(JobsTest, ARowThatCannotBeStoredFailsAloneAndHoldsUpNoOthers) {
    database_.Execute("ALTER TABLE businesses ADD CHECK (name NOT IN ('Warung 9', 'Warung 50'))");
    const std::string job = Uploaded(FileOf(1, 100));
    Work();
    EXPECT_EQ(Summary(job), "98/0/2 DONE");
    EXPECT_EQ(Count("import_failed_rows WHERE row_number IN (9, 50)"), 2);
}

// Two files that meet all the time: a row that loses races with others has not lost them alone.
TEST_F(JobsTest, ARowIsNotGivenUpForRacesThatItsBatchHasLost) {
    FailEachRegistrationOf("Warung 1", "40P01", 12);
    const std::string job = Uploaded(FileOf(1, 20));
    Work();
    EXPECT_EQ(Summary(job), "20/0/0 DONE");
}

TEST_F(JobsTest, ARowWhoseKeyStaysTakenFailsAloneAndHoldsUpNoOthers) {
    FailEachRegistrationOf("Warung 1", "23505", 1'000'000);
    const std::string job = Uploaded(FileOf(1, 20));
    Work();
    EXPECT_EQ(Summary(job), "19/0/1 DONE");
    EXPECT_EQ(Count("import_failed_rows WHERE row_number = 1"), 1);
    // Twice among 7 and among 3, five times alone.
    EXPECT_EQ(database_.Count("SELECT last_value FROM failures"), 9);
}

TEST_F(JobsTest, FilesThatAreNoTableOfBusinessesFail) {
    const std::pair<std::string, std::string> cases[] = {
        {"", "FILE_INVALID: the file has no header"},
        {"umur," + kHeader, "FILE_INVALID: column 1 of the header has no known name"},
        {std::string("PK\x03\x04\0", 5), "FILE_INVALID: the file is not a text in UTF-8"},
    };
    for (const auto& [file, failure] : cases) {
        const std::string job = Uploaded(file);
        Work();
        EXPECT_EQ(Summary(job), "0/0/0 FAILED");
        EXPECT_EQ(FailureOf(job), failure);
    }
    EXPECT_EQ(Count("import_pieces"), 0);
}

TEST_F(JobsTest, WhatComesBeforeTheEndOfTheTextIsRegistered) {
    const std::string job = Uploaded(FileOf(1, 30) + std::string("\0", 1) + RowOf(31));
    Work();
    EXPECT_EQ(Summary(job), "30/0/0 FAILED");
}

TEST_F(JobsTest, GoesOnWithTheNextRowHoweverRowsAreWritten) {
    std::string file =
        "\xEF\xBB\xBF\r\nNIK;\"Owner Name\";business_name;jenis;kode_wilayah;KBLI\r\n";
    for (int i = 1; i <= 60; ++i) {
        file +=
            NikOf(i) + ";\"Siti; \"\"Aminah\"\"\r\nContoh\";Warung;pkl;36.74.05.1002;4711\r\n\r\n";
        if (i % 10 == 0) file += ";;;;;\r\n";                    // Blank.
        if (i % 20 == 0) file += "\"open;" + NikOf(i) + "\r\n";  // Never closed.
    }
    file.resize(file.size() - 2);
    const std::string job = Uploaded(file);
    const auto worker = NewWorker(1, 1);
    while (worker->Turn()) {
    }
    EXPECT_EQ(Summary(job), "0/0/63 DONE");  // A name has one line.
    EXPECT_EQ(database_.Count("SELECT max(row_number) FROM import_failed_rows"), 69);
}

TEST_F(JobsTest, JobsAndRowsAreCountedForOperators) {
    Uploaded(FileOf(1, 30) + "bad\n");
    Uploaded(FileOf(1, 5), true);
    const auto worker = NewWorker();
    ASSERT_TRUE(worker->Turn());
    worker->Tidy();
    const std::string metrics = telemetry::Render(metrics_);
    EXPECT_THAT(metrics, ::testing::HasSubstr("bangkit_import_jobs{state=\"waiting\"} 1"));
    EXPECT_THAT(metrics, ::testing::HasSubstr("bangkit_import_jobs{state=\"running\"} 1"));
    EXPECT_THAT(metrics,
                ::testing::HasSubstr("bangkit_import_rows_total{outcome=\"registered\"} 21"));
}

}  // namespace
}  // namespace bangkit::registration
