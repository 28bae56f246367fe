// Nominations behind the service: what the database does not let happen whatever the service
// believes; and what is personal lies nowhere in the clear, and is gone with its owner.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "bangkit/registration/v1/registration_events.pb.h"
#include "libs/testing/eventually.h"
#include "services/aid/events/business/business_copies.h"
#include "services/aid/tests/nomination/nominations_fixture.h"

namespace bangkit::aid {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

class NominationGuardsTest : public NominationsTest {
protected:
    /// Somebody is put into the list, written by hand.
    static std::string Insertion(const std::string& application_id, const std::string& batch_id) {
        return "INSERT INTO nominees (application_id, version, batch_id, number, program_id,"
               " business_id, owner_id, region_code, scheme, state, round, reasons, ever_reasons,"
               " amount_rupiah, decree, nominated_at, updated_at)"
               " SELECT application_id, 1, '" +
               batch_id +
               "', 1000, program_id, business_id, owner_id, region_code, 1, 1, 1, '', '', 0, '',"
               " now(), now() FROM applications WHERE application_id = '" +
               application_id + "'";
    }
    void ExpectRefused(const std::string& sql) const {
        EXPECT_THROW(database_.Execute(sql), postgres::SqlError) << sql;
    }
    /// As registration says it.
    void Erase(Business business) {
        registration::v1::OwnerDataErased message;
        message.set_business_id(business.id);
        registration::v1::BusinessStatistics& statistics = *message.mutable_statistics();
        statistics.set_kind(common::v1::BUSINESS_KIND_UMKM);
        statistics.set_region_code(business.region_code);
        statistics.set_condition(common::v1::BUSINESS_CONDITION_AFFECTED);
        statistics.set_verification(common::v1::VERIFICATION_LEVEL_DOCUMENT);
        const kafka::Record record{.partition = 0,
                                   .offset = 0,
                                   .appended_at = kNow,
                                   .key = business.id,
                                   .payload = message.SerializeAsString(),
                                   .headers = {}};
        const messaging::ReceivedEvent event{
            .envelope = {.aggregate_type = "business",
                         .aggregate_id = business.id,
                         .version = business.version + 1,
                         .type = message.GetDescriptor()->full_name(),
                         .time = kNow,
                         .traceparent = ""},
            .record = &record};
        const indonesia::RegionTree regions;
        postgres::Connection connection(database_.dsn());
        postgres::Transaction transaction(connection);
        BusinessCopies copies(
            regions, clock_, [this] { return ApplicationUnitOfWork(keys()); },
            [this] { return NominationUnitOfWork(keys()); });
        copies.Load(transaction, {&event, 1});
        EXPECT_TRUE(copies.Fold(event));
        copies.Save(transaction);
        transaction.Commit();
    }
    std::string ReadyOf(const std::string& program_id, const Business& business) const {
        const std::string id = Surveyed(program_id, business.id);
        EXPECT_EQ(Approve(id, province_), "OK");
        EXPECT_EQ(State(id, officer_), "OK");
        return id;
    }
};

TEST_F(NominationGuardsTest, OnlyWhoIsApprovedIsNominatedWithAPlaceInEveryGroup) {
    const std::string program = NewProgram();
    const std::string id = Ready(program);
    const std::string draft = Started(program, Known().id);
    const std::string batch = NewBatch(program);
    ExpectRefused(Insertion(draft, batch));
    ExpectRefused(Insertion(id, batch));  // Approved, and not scheduled.
    const std::string scheduled =
        "UPDATE applications SET state = 6 WHERE application_id = '" + id + "'";
    database_.Execute(scheduled);
    database_.Execute("CREATE TABLE kept AS SELECT * FROM aid_claims");
    database_.Execute("DELETE FROM aid_claims");
    ExpectRefused(Insertion(id, batch));
    database_.Execute("INSERT INTO aid_claims SELECT * FROM kept");
    database_.Execute(Insertion(id, batch));
    ExpectRefused(Insertion(id, NewBatch(program)));  // In one list.
}

TEST_F(NominationGuardsTest, NobodyIsPutIntoAListThatWasSentOrWhileAnotherOneIsPutRight) {
    const std::string program = NewProgram();
    Ready(program);
    const std::string sent = Sent(program);
    const std::string late = Ready(program);
    database_.Execute("UPDATE applications SET state = 6 WHERE application_id = '" + late + "'");
    const std::string collecting = NewBatch(program);
    ExpectRefused(Insertion(late, sent));
    const std::string window =
        "UPDATE nomination_batches SET correct_until ="
        " (now() AT TIME ZONE 'Asia/Jakarta')::date";
    database_.Execute(window + " WHERE batch_id = '" + sent + "'");
    ExpectRefused(Insertion(late, collecting));
    database_.Execute(window + " - 1 WHERE batch_id = '" + sent + "'");
    database_.Execute(Insertion(late, collecting));
}

TEST_F(NominationGuardsTest, NobodyIsNominatedBesideSomebodyTheyAreOneWith) {
    const std::string program = NewProgram();
    const std::vector<std::string> ids = ManyReady(program, 2);
    const std::string batch = NewBatch(program);
    database_.Execute("UPDATE applications SET state = 6");
    database_.Execute(
        "UPDATE businesses b SET merged_into = a.business_id FROM applications a"
        " WHERE a.application_id = '" +
        ids[0] + "' AND b.business_id <> a.business_id");
    ExpectRefused(Insertion(ids[0], batch));
    database_.Execute("UPDATE businesses SET merged_into = NULL");
    database_.Execute(Insertion(ids[0], batch));
}

TEST_F(NominationGuardsTest, WhoStatesARecordWhileTheListGrowsDoesNotSendIt) {
    const std::string program = NewProgram();
    Ready(program);
    const std::string batch = NewBatch(program);
    postgres::Connection connection(database_.dsn());
    postgres::Transaction transaction(connection);
    transaction.Run("SELECT set_config('bangkit.regions', '*', true)");
    // The head of the agency is about to state another record in place of the officer's.
    transaction.Run("SELECT FROM applications FOR UPDATE");
    transaction.Run("UPDATE nominee_records SET stated_by = 'kepala'");
    std::jthread adding([&] { EXPECT_EQ(Add(batch, city_), "OK"); });
    EXPECT_TRUE(testing::Eventually([&] {
        return Count(
                   "pg_stat_activity WHERE datname = current_database()"
                   " AND wait_event_type = 'Lock'") > 0;
    }));
    transaction.Commit();
    adding.join();
    EXPECT_EQ(Send(batch, head_), "PERMISSION_DENIED MAKER_IS_CHECKER");
}

TEST_F(NominationGuardsTest, WhoStatesARecordInTheSameTransactionDoesNotSendIt) {
    const std::string program = NewProgram();
    const std::string id = Ready(program);
    const std::string batch = NewBatch(program);
    using Pending = NominationUnitOfWork::Pending;
    const auto by = [](const char* subject, NominationCommand command) {
        Pending pending;
        pending.caller = {.subject = subject, .roles = {"agency"}, .regions = {"18.71"}};
        pending.command = std::move(command);
        return pending;
    };
    const NomineeRecord record{.nik = "1871054107909003",
                               .name = "Siti Aminah",
                               .identity_card_address = "Jalan Contoh 1",
                               .line_of_business = "Warung makan",
                               .phone = "+628120009001",
                               .family_card = {},
                               .business_address = {},
                               .permit = {},
                               .email = {}};
    const Pending stating =
        by("kepala",
           {.batch_id = {},
            .application_id = id,
            .deed = StateNomineeRecord{.scheme = NominationScheme::kBpum2020, .record = record}});
    const Pending adding =
        by("kota", {.batch_id = batch, .application_id = {}, .deed = AddNominees{}});
    postgres::Connection connection(database_.dsn());
    postgres::Transaction transaction(connection);
    transaction.Run("SELECT set_config('bangkit.regions', '*', true)");
    NominationUnitOfWork unit(keys());
    const std::vector<const Pending*> both = {&stating, &adding};
    command::RunCommands<NominationUnitOfWork>(unit, transaction, both, kNow);
    transaction.Commit();
    EXPECT_EQ(Counted(batch).batch().nominees(), 1);
    EXPECT_EQ(Send(batch, head_), "PERMISSION_DENIED MAKER_IS_CHECKER");
}

TEST_F(NominationGuardsTest, WhatWasSentOrIsOverIsFinal) {
    const std::string program = NewProgram();
    const std::vector<std::string> ids = ManyReady(program, 2);
    const std::string collecting = NewBatch(program);
    EXPECT_EQ(Add(collecting, city_, 1), "OK");
    const std::string send = "UPDATE nomination_batches SET state = 2, sent_at = now(), sent_by = ";
    ExpectRefused(send + "'kota'");
    ExpectRefused(send + "'petugas'");
    ExpectRefused(send + "''");
    ExpectRefused("UPDATE nomination_batches SET correct_until = '2026-03-20'");
    EXPECT_EQ(Send(collecting, head_), "OK");
    ExpectRefused("UPDATE nomination_batches SET state = 1, sent_at = NULL, sent_by = ''");
    ExpectRefused("UPDATE nomination_batches SET letter = 'lain'");
    ExpectRefused("UPDATE nominees SET state = 6, paid_at = now()");  // Without a decree.
    ExpectRefused("UPDATE nominees SET state = 3");                   // Without a last day.
    EXPECT_EQ(Withdraw(ids[0], officer_), "OK");
    ExpectRefused("UPDATE nominees SET state = 1");
    ExpectRefused("DELETE FROM nominees");
    ExpectRefused("TRUNCATE nominees");
    ExpectRefused("DELETE FROM nomination_batches");
    ExpectRefused("TRUNCATE nomination_batches");
}

TEST_F(NominationGuardsTest, OfARowThatIsNotWhatWasLoadedAreNotSaved) {
    const std::string program = NewProgram();
    const std::string id = Ready(program);
    Sent(program);
    postgres::Connection connection(database_.dsn());
    connection.RunScript("SET bangkit.regions = '*'");
    postgres::Transaction transaction(connection);
    Tracked<Nominee> nominees;
    for (Nominee& each : LockNominees(transaction, {id})) nominees.AddLoaded(std::move(each));
    transaction.Run("UPDATE nominees SET version = version + 1");
    ++nominees[id].version;
    SaveNominations(transaction, {}, nominees);
    try {
        transaction.Commit();
        FAIL() << "an update was lost";
    } catch (const postgres::SqlError& error) {
        EXPECT_TRUE(error.IsLostRace());
    }
}

TEST_F(NominationGuardsTest, RecordsLieNowhereInTheClear) {
    const std::string program = NewProgram();
    Ready(program);
    const std::string batch = Sent(program);
    EXPECT_THAT(File(batch, head_), HasSubstr("Siti Aminah"));
    for (const char* table : {"nominee_records", "nominees", "nomination_batches", "idempotency",
                              "audit_entries", "outbox", "applications", "decisions"}) {
        for (const char* text : {kNik, "Siti", "Aminah", "Jalan Contoh", "81200009001"}) {
            EXPECT_EQ(Count(std::string(table) + " t WHERE position('" + text +
                            "'::bytea IN convert_to(t::text, 'UTF8')) > 0"
                            " OR position(encode('" +
                            text + "'::bytea, 'hex') IN t::text) > 0"),
                      0)
                << table << " " << text;
        }
    }
    EXPECT_EQ(Count("audit_entries WHERE method = 'DownloadNominationFile' AND actor = 'kepala'"
                    " AND target = 'nomination_batch/" +
                    batch + "' AND outcome = 'OK'"),
              1)
        << "who has seen them is on record";
}

TEST_F(NominationGuardsTest, AreGoneWithTheirOwner) {
    const std::string program = NewProgram();
    const Business gone = Known(), decided = Known(), stays = Known();
    const std::string first = ReadyOf(program, gone), second = ReadyOf(program, decided);
    ReadyOf(program, stays);
    const std::string batch = Sent(program);
    EXPECT_EQ(Decree(batch, head_), "OK");
    EXPECT_EQ(Answer(Line(second, "DITETAPKAN,")), "1/0/0");
    Erase(gone);
    Erase(decided);
    auto nominees = Nominees(batch);
    EXPECT_EQ(nominees[first].state(), v1::NOMINEE_STATE_WITHDRAWN);
    EXPECT_EQ(nominees[second].state(), v1::NOMINEE_STATE_DETERMINED) << "the agency has decided";
    EXPECT_EQ(StateOf(first), v1::APPLICATION_STATE_CANCELLED);
    EXPECT_EQ(Count("nominee_records"), 1);
    EXPECT_EQ(Count("owner_keys"), 1);
    const std::string file = File(batch, head_);
    EXPECT_THAT(file, Not(HasSubstr(Reference(first))));
    EXPECT_EQ(std::ranges::count(file, '\n'), 2) << "the header, and one who stays";
    EXPECT_EQ(State(second, officer_), "FAILED_PRECONDITION OWNER_ERASED");
    ExpectSettled();
}

TEST_F(NominationGuardsTest, WhoseRecordIsGoneAreLeftOutOfTheList) {
    const std::string program = NewProgram();
    const std::vector<std::string> ids = ManyReady(program, 2);
    const std::string batch = Sent(program);
    // An erasure of just now: what follows from it for the nomination is on its way.
    database_.Execute(
        "DELETE FROM owner_keys WHERE owner_id = (SELECT owner_id FROM nominees"
        " WHERE application_id = '" +
        ids[0] + "')");
    std::string name;
    const std::string file = File(batch, head_, &name);
    EXPECT_EQ(name, "OK");
    EXPECT_THAT(file, Not(HasSubstr(Reference(ids[0]))));
    EXPECT_THAT(file, HasSubstr(Reference(ids[1])));
}

}  // namespace
}  // namespace bangkit::aid
