// Nominations: who is in a list, what the agency says of them in whichever order, and what can be
// put right.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "services/aid/api/nomination/nomination_answer_file.h"
#include "services/aid/api/nomination/nomination_file.h"
#include "services/aid/domain/nomination/nominee.h"
#include "services/aid/tests/program/programs.h"

namespace bangkit::aid {
namespace {

using ::testing::ElementsAre;
using Kind = NominationAnswerKind;
using State = NomineeState;

constexpr std::int64_t kAmount = 2'400'000;
constexpr Date kUntil = std::chrono::year(2026) / 3 / 20;  // kNow is the 10th.
constexpr Time kAfter = kNow + std::chrono::days(11);

Program Nominating() {
    Program program;
    program.id = "p";
    program.version = 1;
    program.terms = CashGrant();
    program.terms.instrument = Instrument::kExternalNomination;
    program.terms.amount = kAmount;
    return program;
}

NominationBatch Wanted(std::string region = "18.71") {
    NominationBatch batch;
    batch.id = "b";
    batch.program_id = "p";
    batch.region_code = std::move(region);
    return batch;
}
NominationBatch Opened() { return Open(Wanted(), Nominating(), false, "dinas", kNow).value(); }
NominationBatch Sent() {
    return Send(Grown(Opened(), 3, {"petugas"}, kNow), "518/17", "kepala", kNow).value();
}
NominationBatch WithWindow() { return OpenWindow(Sent(), kUntil, kNow).value(); }
NominationBatch Decreed() {
    return Decree(WithWindow(), "SK-7/2026", std::chrono::year(2026) / 3 / 9, kNow).value();
}

Nominee In(NomineeState state, int round = 1) {
    Nominee nominee;
    nominee.id = "a";
    nominee.version = 4;
    nominee.batch_id = "b";
    nominee.state = state;
    nominee.round = round;
    if (state == State::kReturned) nominee.due_at = kAfter;
    if (state == State::kDetermined) nominee.determined_at = kNow;
    return nominee;
}

std::string ReasonOf(const auto& result) { return result ? "OK" : result.error().reason; }

std::string Settled(const Nominee& nominee, const NominationAnswer& answer,
                    const NominationBatch& batch = Decreed(), Time now = kNow) {
    static constexpr const char* kStates[] = {"",           "nominated",  "valid",    "returned",
                                              "corrected",  "determined", "paid",     "claimed",
                                              "given back", "rejected",   "withdrawn"};
    const Result<NomineeTurn> turn = Settle(nominee, batch, answer, now);
    if (!turn) return turn.error().reason;
    if (turn->nominee == nominee) return "unchanged";
    EXPECT_EQ(turn->nominee.version, nominee.version + 1);
    std::string text = kStates[static_cast<std::size_t>(turn->nominee.state)];
    for (const NomineeStep step : turn->steps) {
        text += step == NomineeStep::kPay      ? " +pay"
                : step == NomineeStep::kRefund ? " +refund"
                                               : " +end";
    }
    return text;
}

TEST(Nomination, IsOfAProgrammeThatNominates) {
    EXPECT_EQ(Opened().amount, kAmount);
    Program grant = Nominating();
    grant.terms.instrument = Instrument::kCashGrant;
    EXPECT_EQ(ReasonOf(Open(Wanted(), grant, false, "dinas", kNow)), "NO_NOMINATION");
}

TEST(Nomination, IsSentByWhoMadeNothingOfIt) {
    const NominationBatch grown = Grown(Opened(), 3, {"petugas"}, kNow);
    EXPECT_EQ(ReasonOf(Send(grown, "518/17", "dinas", kNow)), "MAKER_IS_CHECKER");
    EXPECT_EQ(ReasonOf(Send(grown, "518/17", "petugas", kNow)), "MAKER_IS_CHECKER");
    EXPECT_EQ(ReasonOf(Send(Opened(), "518/17", "kepala", kNow)), "NOMINATION_EMPTY");
    EXPECT_EQ(ReasonOf(Send(Sent(), "518/17", "kepala", kNow)), "NOMINATION_STATE_WRONG");
    EXPECT_EQ(Sent().sent_at, kNow);
}

TEST(Nomination, TakesNoNewNamesOnceItIsSentOrWhileAnotherOneIsPutRight) {
    EXPECT_EQ(ReasonOf(CheckTakesNames(Opened(), false)), "OK");
    EXPECT_EQ(ReasonOf(CheckTakesNames(Sent(), false)), "NO_NEW_NAMES");
    EXPECT_EQ(ReasonOf(CheckTakesNames(Opened(), true)), "NO_NEW_NAMES");
    EXPECT_EQ(ReasonOf(Open(Wanted(), Nominating(), true, "dinas", kNow)), "NO_NEW_NAMES");
    EXPECT_TRUE(RefusesNewNames(WithWindow(), Wanted(), kUntil)) << "on the last day too";
    EXPECT_FALSE(RefusesNewNames(WithWindow(), Wanted(), kUntil + std::chrono::days(1)));
    EXPECT_TRUE(RefusesNewNames(WithWindow(), Wanted("18"), kUntil)) << "it is around it";
    EXPECT_TRUE(RefusesNewNames(WithWindow(), Wanted("18.71.05"), kUntil));
    EXPECT_FALSE(RefusesNewNames(WithWindow(), Wanted("18.72"), kUntil));
    NominationBatch of_another = Wanted();
    of_another.program_id = "q";
    EXPECT_FALSE(RefusesNewNames(WithWindow(), of_another, kUntil));
}

TEST(Nomination, HasOneWindowAtATimeThatEndsAfterToday) {
    const Date today = std::chrono::year(2026) / 3 / 10;
    EXPECT_EQ(ReasonOf(OpenWindow(Sent(), today, kNow)), "PERIOD_TOO_SHORT");
    EXPECT_EQ(ReasonOf(OpenWindow(Opened(), kUntil, kNow)), "NOMINATION_STATE_WRONG");
    EXPECT_EQ(ReasonOf(OpenWindow(WithWindow(), kUntil, kNow)), "CORRECTION_WINDOW_OPEN");
    EXPECT_EQ(ReasonOf(OpenWindow(WithWindow(), kUntil + std::chrono::days(9), kAfter)), "OK");
    EXPECT_EQ(ReasonOf(Decree(Opened(), "SK-7/2026", today, kNow)), "NOMINATION_STATE_WRONG");
}

TEST(Nominee, IsReturnedInAWindowAndRejectedBehindIt) {
    const NominationAnswer invalid{.kind = Kind::kInvalid,
                                   .reasons = {RejectionReason::kNikMismatch}};
    EXPECT_EQ(Settled(In(State::kNominated), invalid, Sent()), "CORRECTION_WINDOW_MISSING");
    EXPECT_EQ(Settled(In(State::kNominated), invalid), "returned");
    EXPECT_EQ(Settled(In(State::kCorrected), invalid), "returned");
    EXPECT_EQ(Settled(In(State::kNominated), invalid, Decreed(), kAfter), "rejected +end");
    const Nominee returned = Settle(In(State::kNominated), WithWindow(), invalid, kNow)->nominee;
    EXPECT_THAT(returned.reasons, ElementsAre(RejectionReason::kNikMismatch));
    // The midnight in Jakarta behind the last day.
    EXPECT_EQ(returned.due_at, Time(kUntil) + std::chrono::hours(17));
    const NominationBatch batch = WithWindow();
    EXPECT_EQ(ReasonOf(Correct(returned, batch, "petugas", *returned.due_at)),
              "CORRECTION_PERIOD_OVER");
    EXPECT_EQ(ReasonOf(Correct(returned, batch, "kepala", kNow)), "MAKER_IS_CHECKER")
        << "who sent it would send this too";
    const Nominee corrected = Correct(returned, batch, "petugas", kNow).value();
    EXPECT_EQ(corrected.round, 2);
    EXPECT_FALSE(corrected.due_at);
    EXPECT_EQ(ReasonOf(Correct(corrected, batch, "petugas", kNow)), "NOMINEE_STATE_WRONG");
    EXPECT_EQ(ReasonOf(Expire(corrected, kAfter)), "NOMINEE_STATE_WRONG");
    EXPECT_EQ(ReasonOf(Expire(returned, *returned.due_at - std::chrono::seconds(1))),
              "CORRECTION_PERIOD_RUNS");
    const NomineeTurn expired = Expire(returned, *returned.due_at).value();
    EXPECT_EQ(expired.nominee.state, State::kRejected);
    EXPECT_THAT(expired.nominee.reasons,
                ElementsAre(RejectionReason::kNikMismatch, RejectionReason::kNotCorrected));
    EXPECT_THAT(expired.nominee.found, ElementsAre(RejectionReason::kNikMismatch));
    EXPECT_THAT(expired.steps, ElementsAre(NomineeStep::kEnd));
}

TEST(Nominee, IsChangedByNoAnswerThatIsKnownOrOfARoundBefore) {
    const NominationAnswer invalid{
        .kind = Kind::kInvalid, .round = 1, .reasons = {RejectionReason::kKur}};
    EXPECT_EQ(Settled(In(State::kReturned), invalid), "unchanged");
    EXPECT_EQ(Settled(In(State::kCorrected, 2), invalid), "unchanged") << "it was put right since";
    EXPECT_EQ(Settled(In(State::kValid, 2), invalid), "unchanged");
    EXPECT_EQ(Settled(In(State::kValid), invalid), "ANSWER_CONTRADICTS");
    EXPECT_EQ(Settled(In(State::kReturned), {.kind = Kind::kValid}), "ANSWER_CONTRADICTS");
    EXPECT_EQ(Settled(In(State::kNominated), {.kind = Kind::kValid, .round = 2}),
              "ANSWER_CONTRADICTS")
        << "nobody has put it right yet";
    for (const NomineeState state :
         {State::kValid, State::kDetermined, State::kPaid, State::kClaimed, State::kGivenBack}) {
        EXPECT_EQ(Settled(In(state), {.kind = Kind::kValid}), "unchanged");
    }
    EXPECT_EQ(Settled(In(State::kRejected), {.kind = Kind::kRejected}), "unchanged");
}

TEST(Nominee, IsTakenBackBehindACorrectionOnlyByAnAnswerThatSaysItsRound) {
    const NominationAnswer invalid{.kind = Kind::kInvalid, .reasons = {RejectionReason::kKur}};
    const NominationAnswer rejected{.kind = Kind::kRejected, .reasons = {RejectionReason::kKur}};
    for (const NominationAnswer& answer : {invalid, rejected}) {
        NominationAnswer of_a_round = answer;
        of_a_round.round = 2;
        EXPECT_EQ(Settled(In(State::kCorrected, 2), answer), "ROUND_MISSING")
            << "an old file that comes again";
        EXPECT_THAT(Settled(In(State::kCorrected, 2), of_a_round),
                    ::testing::AnyOf("returned", "rejected +end"));
    }
    EXPECT_EQ(Settled(In(State::kDetermined, 2), rejected), "ROUND_MISSING");
    EXPECT_EQ(Settled(In(State::kReturned, 2), invalid), "unchanged");
    EXPECT_EQ(Settled(In(State::kCorrected, 2), {.kind = Kind::kValid}), "valid");
}

TEST(Nominee, IsDeterminedByADecreeOfAsMuchAsTheProgrammeGives) {
    const NominationAnswer determined{.kind = Kind::kDetermined};
    EXPECT_EQ(Settled(In(State::kValid), determined, Sent()), "DECREE_MISSING");
    EXPECT_EQ(Settled(In(State::kValid), determined, Opened()), "NOMINATION_STATE_WRONG");
    EXPECT_EQ(Settled(In(State::kValid), determined), "determined");
    EXPECT_EQ(Settled(In(State::kNominated), determined), "determined");
    EXPECT_EQ(Settled(In(State::kReturned), determined), "ANSWER_CONTRADICTS");
    EXPECT_EQ(Settled(In(State::kValid), {.kind = Kind::kDetermined, .amount = kAmount - 1}),
              "AMOUNT_DIFFERS");
    const Nominee nominee = Settle(In(State::kValid), Decreed(), determined, kNow)->nominee;
    EXPECT_EQ(nominee.amount, kAmount);
    EXPECT_EQ(nominee.decree, "SK-7/2026");
    EXPECT_EQ(nominee.determined_at, kNow);
}

TEST(Nominee, IsPaidOnceInWhicheverOrderTheBankSpeaks) {
    const Nominee determined = In(State::kDetermined);
    EXPECT_EQ(Settled(determined, {.kind = Kind::kPaid}), "paid +pay");
    EXPECT_EQ(Settled(determined, {.kind = Kind::kClaimed}), "claimed +pay");
    EXPECT_EQ(Settled(determined, {.kind = Kind::kGivenBack}), "given back +pay +refund");
    const Nominee claimed = Settle(determined, Decreed(), {.kind = Kind::kClaimed}, kNow)->nominee;
    EXPECT_EQ(Settled(claimed, {.kind = Kind::kPaid}), "unchanged");
    EXPECT_EQ(Settled(claimed, {.kind = Kind::kGivenBack}), "given back +refund");
    EXPECT_EQ(Settled(claimed, {.kind = Kind::kRejected}), "ANSWER_CONTRADICTS");
    EXPECT_EQ(Settled(In(State::kValid), {.kind = Kind::kPaid}), "ANSWER_CONTRADICTS")
        << "nobody has determined it";
    EXPECT_EQ(Settled(determined, {.kind = Kind::kRejected}), "rejected +end");
}

TEST(Nominee, MayWithdrawUntilTheAgencyHasDecided) {
    for (const NomineeState state :
         {State::kNominated, State::kValid, State::kReturned, State::kCorrected}) {
        const Result<NomineeTurn> turn = Withdraw(In(state), kNow);
        ASSERT_TRUE(turn);
        EXPECT_EQ(turn->nominee.state, State::kWithdrawn);
        EXPECT_FALSE(turn->nominee.due_at);
        EXPECT_THAT(turn->steps, ElementsAre(NomineeStep::kEnd));
    }
    EXPECT_EQ(ReasonOf(Withdraw(In(State::kDetermined), kNow)), "NOMINEE_STATE_WRONG");
    EXPECT_EQ(Settled(In(State::kWithdrawn), {.kind = Kind::kDetermined}), "ANSWER_CONTRADICTS");
}

/// Each line in short, and why the file is read no further.
std::vector<std::string> Read(std::string_view file, std::size_t piece = std::string_view::npos) {
    NominationAnswerFile answers;
    std::vector<std::string> lines;
    const auto take = [&](const Result<void>& read) {
        while (const auto line = answers.Next()) {
            if (!*line) {
                lines.push_back(line->error().reason);
                continue;
            }
            const NominationAnswer& said = **line;
            std::string text = said.reference + " " + std::to_string(static_cast<int>(said.kind));
            if (said.round > 0) text += " #" + std::to_string(said.round);
            for (const RejectionReason reason : said.reasons) {
                text += " !" + std::to_string(static_cast<int>(reason));
            }
            if (said.amount) text += " Rp" + std::to_string(*said.amount);
            lines.push_back(std::move(text));
        }
        if (!read) lines.push_back(read.error().reason);
        return read.has_value();
    };
    while (!file.empty()) {
        const std::string_view next = file.substr(0, piece);
        file.remove_prefix(next.size());
        if (!take(answers.Feed(next))) return lines;
    }
    take(answers.Finish());
    return lines;
}

TEST(NominationAnswerFile, HasALineForEachRowOfTheList) {
    for (const std::size_t piece : {1U, 3U, 1'000U}) {
        EXPECT_THAT(
            Read("Nama;NOMOR_USULAN;status;alasan;nominal\r\n"
                 "Siti;a-1;Valid;;\r\nBudi;b-2;TIDAK VALID;NIK_TIDAK_PADAN MENINGGAL;\r\n"
                 "Ani;c;DITETAPKAN;;2400000\r\nEko;d-1;ditolak;pindah alamat;\r\n"
                 "Eva;e-1;DIBAYAR;KUR_AKTIF;\r\nIda;f-1;Dicairkan;;\r\nUmi;g-1;DIKEMBALIKAN;;\r\n",
                 piece),
            ElementsAre("a 1 #1", "b 2 #2 !1 !5", "c 4 Rp2400000", "d 3 #1 !12", "e 5 #1", "f 6 #1",
                        "g 7 #1"));
    }
    EXPECT_THAT(Read("reference,status,reason,amount_rupiah\na-1,INVALID,Kur_Aktif,\n"),
                ElementsAre("a 2 #1 !3"));
}

TEST(NominationAnswerFile, HasLinesThatCannotBeTaken) {
    EXPECT_THAT(Read("nomor_usulan,status,alasan,nominal\n-1,VALID,,\na-x,VALID,,\na-0,VALID,,\n"
                     "a-1,LULUS,,\na-1,TIDAK VALID,,\na-1,DITETAPKAN,,dua juta\na-1\n"),
                ::testing::Each("LINE_INVALID"));
    EXPECT_THAT(Read("status\nVALID\n"), ElementsAre("FILE_INVALID"));
    EXPECT_THAT(Read(""), ElementsAre("FILE_INVALID"));
}

TEST(NominationFile, HasTheColumnsOfItsScheme) {
    NominationFilePage page{.batch = Wanted(), .lines = {}, .is_first = true, .next = {}};
    Nominee nominee = In(State::kCorrected, 2);
    nominee.id = "019582a4-1e70-7abc-8def-0123456789ab";
    nominee.number = 7;
    nominee.nominated_at = kNow;
    page.lines.push_back({.nominee = nominee,
                          .record = {.nik = "1871054107909001",
                                     .name = "=Siti, Contoh",
                                     .identity_card_address = "Jalan Contoh 1",
                                     .line_of_business = "Warung makan",
                                     .phone = "+628120009001",
                                     .family_card = "1871051203209001",
                                     .business_address = "Pasar Contoh",
                                     .permit = "SKU-12/2026",
                                     .email = ""}});
    EXPECT_EQ(ContentOf(page),
              "nomor,nomor_usulan,nik,nama_lengkap,alamat_ktp,bidang_usaha,nomor_telepon\n"
              "7,019582a41e707abc8def0123456789ab-2,1871054107909001,\"'=Siti, Contoh\","
              "Jalan Contoh 1,Warung makan,+628120009001\n");
    page.is_first = false;
    page.batch.scheme = NominationScheme::kBpum2021;
    EXPECT_EQ(ContentOf(page),
              "7,019582a41e707abc8def0123456789ab-2,1871054107909001,1871051203209001,"
              "\"'=Siti, Contoh\",Jalan Contoh 1,Warung makan,Pasar Contoh,SKU-12/2026,"
              "+628120009001\n");
    page.batch.scheme = NominationScheme::kPrakerja;
    EXPECT_EQ(ContentOf(page),
              "7,019582a41e707abc8def0123456789ab-2,1871054107909001,1871051203209001,"
              "\"'=Siti, Contoh\",1990-07-01,P,Jalan Contoh 1,Warung makan,+628120009001,\n");
}

}  // namespace
}  // namespace bangkit::aid
