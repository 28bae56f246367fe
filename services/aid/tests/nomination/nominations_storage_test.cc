// Nominations over the wire: who is approved is in one list, what the agency says of them row by
// row becomes of them, and nothing of it twice.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "libs/xlsx/testing.h"
#include "services/aid/tests/nomination/nominations_fixture.h"

namespace bangkit::aid {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

TEST_F(NominationsTest, GoFromTheListToTheirMoney) {
    const std::string program = NewProgram();
    const std::vector<std::string> ids = ManyReady(program, 5);
    const std::string batch = Sent(program);
    EXPECT_EQ(StateOf(ids[0]), v1::APPLICATION_STATE_SCHEDULED);
    const std::string file = File(batch, head_);
    EXPECT_THAT(file, HasSubstr("nomor,nomor_usulan,nik,nama_lengkap"));
    EXPECT_THAT(file, HasSubstr("\n1," + Reference(ids[0]) + "," + kNik +
                                ",Siti Aminah,Jalan Contoh 1,Warung makan,+6281200009001\n"));
    EXPECT_EQ(OpenWindow(batch, "2026-03-20", head_), "OK");
    EXPECT_EQ(
        Answer(Line(ids[0], "VALID,") + Line(ids[1], "VALID,") + Line(ids[2], "VALID,") +
               Line(ids[3], "TIDAK VALID,NIK_TIDAK_PADAN") + Line(ids[4], "DITOLAK,MENINGGAL")),
        "5/0/0");
    EXPECT_EQ(File(batch, head_), file.substr(0, file.find('\n') + 1))
        << "nobody waits for an answer";
    EXPECT_EQ(StateOf(ids[4]), v1::APPLICATION_STATE_CANCELLED);
    EXPECT_EQ(State(ids[3], head_, Record("1871054107909002")),
              "PERMISSION_DENIED MAKER_IS_CHECKER")
        << "who sent the list";
    EXPECT_EQ(State(ids[3], officer_, Record("1871054107909002")), "OK");
    const std::string again = File(batch, head_);
    EXPECT_THAT(again, HasSubstr("-2,1871054107909002,")) << "the same row, in a second round";
    EXPECT_THAT(again, Not(HasSubstr(kNik)));
    EXPECT_EQ(Answer(Line(ids[3], "VALID,", 2)), "1/0/0");
    EXPECT_EQ(Answer(Line(ids[0], "DITETAPKAN,")), "0/0/1") << "by which decree?";
    EXPECT_EQ(Decree(batch, head_), "OK");
    EXPECT_EQ(Answer(Line(ids[0], "DITETAPKAN,") + Line(ids[1], "DITETAPKAN,") +
                     Line(ids[2], "DITETAPKAN,") + Line(ids[3], "DITETAPKAN,", 2)),
              "4/0/0");
    EXPECT_EQ(StateOf(ids[0]), v1::APPLICATION_STATE_SCHEDULED) << "determined is not paid";
    EXPECT_EQ(
        Answer(Line(ids[0], "DIBAYAR,") + Line(ids[1], "DIBAYAR,") + Line(ids[0], "DICAIRKAN,") +
               Line(ids[2], "DICAIRKAN,") + Line(ids[1], "DIKEMBALIKAN,")),
        "5/0/0");
    EXPECT_EQ(StateOf(ids[0]), v1::APPLICATION_STATE_DISBURSED);
    EXPECT_EQ(StateOf(ids[1]), v1::APPLICATION_STATE_REFUNDED);
    const v1::NominationFunnel funnel = Counted(batch).funnel();
    EXPECT_EQ(funnel.nominated(), 5);
    EXPECT_EQ(funnel.waiting() + funnel.valid() + funnel.returned() + funnel.corrected(), 0);
    EXPECT_EQ(funnel.rejected(), 1);
    EXPECT_EQ(funnel.determined(), 4);
    EXPECT_EQ(funnel.determined_rupiah(), 4 * kGiven);
    EXPECT_EQ(funnel.paid(), 3);
    EXPECT_EQ(funnel.claimed(), 2);
    EXPECT_EQ(funnel.given_back(), 1);
    ASSERT_EQ(funnel.reasons_size(), 2);
    EXPECT_EQ(funnel.reasons(0).reason(), v1::REJECTION_REASON_NIK_MISMATCH);
    EXPECT_EQ(funnel.reasons(0).nominees(), 1) << "it was found, although it was put right";
    EXPECT_EQ(Count("outbox WHERE type LIKE '%.NomineeNominated'"), 5);
    EXPECT_EQ(Count("outbox WHERE type LIKE '%.AidDisbursed'"), 3);
    EXPECT_EQ(database_.Count("SELECT sum(recipients)::bigint FROM budgets"), 4)
        << "who was rejected has given back their place";
    ExpectSettled();
}

TEST_F(NominationsTest, AreSentBySomebodyElse) {
    const std::string program = NewProgram();
    Ready(program);
    const std::string batch = NewBatch(program);
    std::string name;
    EXPECT_EQ(Send(batch, head_), "FAILED_PRECONDITION NOMINATION_EMPTY");
    EXPECT_EQ(Add(batch, city_), "OK");
    EXPECT_EQ(Send(batch, city_), "PERMISSION_DENIED MAKER_IS_CHECKER");
    EXPECT_EQ(Send(batch, Token({"agency"}, {"18.71"}, "petugas")),
              "PERMISSION_DENIED MAKER_IS_CHECKER")
        << "who stated a record";
    File(batch, head_, &name);
    EXPECT_EQ(name, "FAILED_PRECONDITION NOMINATION_STATE_WRONG");
    EXPECT_EQ(Send(batch, head_), "OK");
    EXPECT_EQ(Send(batch, head_), "FAILED_PRECONDITION NOMINATION_STATE_WRONG");
}

TEST_F(NominationsTest, TakeNoNewNamesWhileWhatWasSentIsPutRight) {
    const std::string program = NewProgram();
    const std::vector<std::string> ids = ManyReady(program, 2);
    const std::string collecting = NewBatch(program);
    const std::string batch = Sent(program);
    const std::string late = Ready(program);
    EXPECT_EQ(Add(batch, city_), "FAILED_PRECONDITION NO_NEW_NAMES");
    EXPECT_EQ(OpenWindow(batch, "2026-03-20", head_), "OK");
    EXPECT_EQ(OpenWindow(batch, "2026-03-21", head_), "FAILED_PRECONDITION CORRECTION_WINDOW_OPEN");
    EXPECT_EQ(Open(program, city_), "FAILED_PRECONDITION NO_NEW_NAMES");
    EXPECT_EQ(Open(program, province_, nullptr, "18"), "FAILED_PRECONDITION NO_NEW_NAMES");
    EXPECT_EQ(Add(collecting, city_), "FAILED_PRECONDITION NO_NEW_NAMES");
    EXPECT_EQ(Open(program, province_, nullptr, "18.72"), "OK") << "elsewhere they are";
    EXPECT_EQ(StateOf(late), v1::APPLICATION_STATE_APPROVED);
    clock_.Advance(std::chrono::hours(24 * 11));
    v1::AddNomineesResponse added;
    EXPECT_EQ(Add(collecting, Token({"agency"}, {"18.71"}, "kota"), 0, &added), "OK");
    EXPECT_EQ(added.added(), 1);
    EXPECT_EQ(StateOf(late), v1::APPLICATION_STATE_SCHEDULED);
}

TEST_F(NominationsTest, ThatAreNotPutRightInTimeAreRejectedOnceByHoweverManyServers) {
    const std::string program = NewProgram();
    const std::vector<std::string> ids = ManyReady(program, 20);
    const std::string batch = Sent(program);
    EXPECT_EQ(Answer(Line(ids[0], "TIDAK VALID,KUR_AKTIF")), "0/0/1") << "until when?";
    EXPECT_EQ(OpenWindow(batch, "2026-03-20", head_), "OK");
    std::string lines;
    for (const std::string& id : ids) lines += Line(id, "TIDAK VALID,KUR_AKTIF");
    EXPECT_EQ(Answer(lines), "20/0/0");
    EXPECT_EQ(State(ids[0], officer_), "OK");
    {
        std::vector<std::jthread> servers;
        for (int i = 0; i < 3; ++i) servers.emplace_back([this] { Expire(); });
    }
    EXPECT_EQ(Count("nominees WHERE state = 9 AND version = 3 AND due_at IS NULL"), 19);
    EXPECT_EQ(Count("outbox WHERE type LIKE '%.NomineeRejected'"), 19);
    EXPECT_EQ(Nominees(batch)[ids[0]].state(), v1::NOMINEE_STATE_CORRECTED);
    EXPECT_EQ(State(ids[1], officer_), "FAILED_PRECONDITION NOMINEE_STATE_WRONG");
    EXPECT_EQ(Count("audit_entries WHERE method = 'ExpireNominee' AND actor = 'bangkit-aid'"
                    " AND outcome = 'OK'"),
              19);
    ExpectSettled();
}

TEST_F(NominationsTest, AreChangedByNothingThatIsSaidAgain) {
    const std::string program = NewProgram();
    const std::vector<std::string> ids = ManyReady(program, 3);
    const std::string batch = Sent(program);
    EXPECT_EQ(OpenWindow(batch, "2026-03-20", head_), "OK");
    const std::string first =
        Line(ids[0], "VALID,") + Line(ids[1], "TIDAK VALID,MENINGGAL") + Line(ids[2], "VALID,");
    EXPECT_EQ(Answer(first), "3/0/0");
    EXPECT_EQ(Answer(first), "0/3/0");
    EXPECT_EQ(State(ids[1], officer_), "OK");
    EXPECT_EQ(Answer(Line(ids[1], "VALID,", 2)), "1/0/0");
    EXPECT_EQ(Answer(first), "0/3/0") << "what was put right since stays so";
    EXPECT_EQ(Decree(batch, head_), "OK");
    const std::string decree =
        Line(ids[0], "DITETAPKAN,") + Line(ids[0], "DIBAYAR,") + Line(ids[0], "DIBAYAR,");
    EXPECT_EQ(Answer(decree), "2/1/0");
    EXPECT_EQ(Answer(decree), "0/3/0");
    EXPECT_EQ(Answer(Line(ids[2], "TIDAK VALID,KUR_AKTIF")), "0/0/1") << "it was valid";
    EXPECT_EQ(Answer("x,VALID,,\n" + Line(NewId(kNow), "VALID,")), "0/0/2");
    EXPECT_EQ(Count("ledger WHERE kind = 5"), 1);
    ExpectSettled();
}

TEST_F(NominationsTest, AreAnsweredByAWorkbookToo) {
    const std::string program = NewProgram();
    const std::string id = Ready(program);
    Sent(program);
    const std::string file = xlsx::WorkbookOf(
        xlsx::RowOf({"nik", "nomor_usulan", "status"}) +
        "<row><c><v>1871054107909001</v></c><c t=\"inlineStr\"><is><t>" + Reference(id) +
        "</t></is></c><c t=\"inlineStr\"><is><t>VALID</t></is></c>"
        "</row>");
    EXPECT_EQ(Upload(file, head_).changed(), 1);
    EXPECT_EQ(Upload(file, head_).unchanged(), 1);
    std::string status;
    Upload(file.substr(0, file.size() / 2), head_, nullptr, &status);
    EXPECT_EQ(status, "INVALID_ARGUMENT FILE_INVALID");
}

TEST_F(NominationsTest, AreInOneListEach) {
    const std::string program = NewProgram();
    ManyReady(program, 12);
    const std::string one = NewBatch(program), other = NewBatch(program);
    {
        std::vector<std::jthread> callers;
        for (int i = 0; i < 6; ++i) {
            callers.emplace_back(
                [&, i] { EXPECT_EQ(Add(i % 2 == 0 ? one : other, city_, 3), "OK"); });
        }
    }
    EXPECT_EQ(Count("nominees"), 12);
    EXPECT_EQ(Counted(one).batch().nominees() + Counted(other).batch().nominees(), 12);
    v1::AddNomineesResponse added;
    EXPECT_EQ(Add(one, city_, 0, &added), "OK");
    EXPECT_EQ(added.added(), 0) << "nobody is left";
    ExpectSettled();
}

TEST_F(NominationsTest, WithoutARecordForTheSchemeAreSaidToBeMissing) {
    const std::string program = NewProgram();
    Ready(program);
    EXPECT_EQ(Approve(Surveyed(program, Known().id), province_), "OK");
    v1::AddNomineesResponse added;
    EXPECT_EQ(Add(NewBatch(program), city_, 0, &added), "OK");
    EXPECT_EQ(added.added(), 1);
    EXPECT_EQ(added.without_record(), 1);
    const std::string grant = Opened().program_id();
    EXPECT_EQ(Open(grant, city_), "FAILED_PRECONDITION NO_NOMINATION");
}

TEST_F(NominationsTest, AreNotSentWhileTwoOfThemHaveBecomeOne) {
    const std::string program = NewProgram();
    const std::vector<std::string> ids = ManyReady(program, 2);
    const std::string batch = NewBatch(program);
    EXPECT_EQ(Add(batch, city_), "OK");
    database_.Execute(
        "UPDATE businesses b SET merged_into = a.business_id FROM applications a"
        " WHERE a.application_id = '" +
        ids[0] + "' AND b.business_id <> a.business_id");
    EXPECT_EQ(Send(batch, head_), "FAILED_PRECONDITION NOMINATION_OUTDATED");
    EXPECT_EQ(Withdraw(ids[1], officer_), "OK") << "people decide who of them gets it";
    EXPECT_EQ(Send(batch, head_), "OK");
}

TEST_F(NominationsTest, MayBeGivenUpUntilTheAgencyHasDecided) {
    const std::string program = NewProgram();
    const std::vector<std::string> ids = ManyReady(program, 2);
    const std::string batch = Sent(program);
    EXPECT_EQ(Do(&ApplicationStub::WithdrawApplication, ids[0], officer_),
              "FAILED_PRECONDITION APPLICATION_STATE_WRONG")
        << "it is on its way";
    EXPECT_EQ(Withdraw(ids[0], officer_), "OK");
    EXPECT_EQ(StateOf(ids[0]), v1::APPLICATION_STATE_CANCELLED);
    EXPECT_EQ(Decree(batch, head_), "OK");
    EXPECT_EQ(Answer(Line(ids[0], "DITETAPKAN,") + Line(ids[1], "DITETAPKAN,")), "1/0/1");
    EXPECT_EQ(Withdraw(ids[1], officer_), "FAILED_PRECONDITION NOMINEE_STATE_WRONG");
    ExpectSettled();
}

TEST_F(NominationsTest, OfOtherRegionsAreAsIfAbsent) {
    const std::string program = NewProgram();
    const std::string id = Ready(program);
    const std::string batch = Sent(program);
    const std::string not_found = "NOT_FOUND NOMINATION_NOT_FOUND";
    std::string name;
    EXPECT_EQ(State(Ready(program), elsewhere_), "NOT_FOUND APPLICATION_NOT_FOUND");
    EXPECT_EQ(Open(program, elsewhere_), "NOT_FOUND PROGRAM_NOT_FOUND");
    EXPECT_EQ(Add(batch, elsewhere_), not_found);
    EXPECT_EQ(Send(batch, elsewhere_), not_found);
    EXPECT_EQ(OpenWindow(batch, "2026-03-20", elsewhere_), not_found);
    EXPECT_EQ(Decree(batch, elsewhere_), not_found);
    EXPECT_EQ(Withdraw(id, elsewhere_), "NOT_FOUND NOMINEE_NOT_FOUND");
    File(batch, elsewhere_, &name);
    EXPECT_EQ(name, not_found);
    EXPECT_EQ(Answer(Line(id, "VALID,"), elsewhere_), "0/0/1");
    v1::GetNominationBatchRequest get;
    get.set_batch_id(batch);
    v1::GetNominationBatchResponse found;
    EXPECT_EQ(Nominate(&NominationStub::GetNominationBatch, get, found, elsewhere_), not_found);
    v1::ListNomineesRequest nominees;
    nominees.set_batch_id(batch);
    v1::ListNomineesResponse listed;
    EXPECT_EQ(Nominate(&NominationStub::ListNominees, nominees, listed, elsewhere_), not_found);
    v1::ListNominationBatchesRequest batches;
    batches.set_program_id(program);
    v1::ListNominationBatchesResponse page;
    EXPECT_EQ(Nominate(&NominationStub::ListNominationBatches, batches, page, elsewhere_),
              "NOT_FOUND PROGRAM_NOT_FOUND");
    v1::GetNominationFunnelRequest funnel;
    funnel.set_program_id(program);
    v1::GetNominationFunnelResponse counted;
    EXPECT_EQ(Nominate(&NominationStub::GetNominationFunnel, funnel, counted, elsewhere_),
              "NOT_FOUND PROGRAM_NOT_FOUND");
    EXPECT_EQ(Nominate(&NominationStub::GetNominationFunnel, funnel, counted, city_), "OK");
    EXPECT_EQ(counted.funnel().nominated(), 1);
    funnel.set_region_code("18.72");
    EXPECT_EQ(Nominate(&NominationStub::GetNominationFunnel, funnel, counted, province_), "OK");
    EXPECT_EQ(counted.funnel().nominated(), 0);
    EXPECT_THAT(Nominees(batch)[id].state(), v1::NOMINEE_STATE_NOMINATED);
}

TEST_F(NominationsTest, AreNotMadeOfWhatIsWrong) {
    const std::string program = NewProgram();
    const std::string id = Ready(program);
    const std::string invalid = "INVALID_ARGUMENT FIELDS_INVALID";
    const auto stated = [&](auto change,
                            v1::NominationScheme scheme = v1::NOMINATION_SCHEME_BPUM_2020) {
        v1::NomineeRecord record = Record();
        change(record);
        return State(id, officer_, record, scheme);
    };
    EXPECT_EQ(stated([](auto& record) { record.set_nik("18710541079090"); }), invalid);
    EXPECT_EQ(stated([](auto& record) { record.set_nik("1871054107909OO1"); }), invalid);
    EXPECT_EQ(stated([](auto& record) { record.clear_name(); }), invalid);
    EXPECT_EQ(stated([](auto& record) { record.set_phone("112"); }), invalid);
    EXPECT_EQ(stated([](auto&) {}, v1::NOMINATION_SCHEME_BPUM_2021), invalid)
        << "no family card, no place of business";
    EXPECT_EQ(stated([](auto&) {}, v1::NOMINATION_SCHEME_UNSPECIFIED), invalid);
    EXPECT_EQ(stated([](auto& record) { record.set_family_card("1871051203209001"); },
                     v1::NOMINATION_SCHEME_PRAKERJA),
              "OK");
    const std::string batch = NewBatch(program);
    EXPECT_EQ(Add(batch, city_, 1'001), invalid);
    EXPECT_EQ(Add(batch, city_, -1), invalid);
    EXPECT_EQ(Open(program, city_, nullptr, "18.7"), invalid);
    EXPECT_EQ(Open(NewId(kNow), city_), "NOT_FOUND PROGRAM_NOT_FOUND");
    EXPECT_EQ(OpenWindow(batch, "20 Maret", city_), invalid);
    EXPECT_EQ(OpenWindow(batch, "2026-12-31", city_), invalid) << "nobody could close it before";
    for (const char* file : {"", "nama,status\nA,VALID\n", "\x01\x02"}) {
        std::string status;
        Upload(file, head_, nullptr, &status);
        EXPECT_EQ(status, "INVALID_ARGUMENT FILE_INVALID") << file;
    }
}

}  // namespace
}  // namespace bangkit::aid
