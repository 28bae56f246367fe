// A city's list as large as a real one: 16,929 are nominated and the agency finds 4,125 of them
// invalid. What is put right in the window is validated again, no new names come in, and what is
// counted in the end is what a script of its own counts from the files.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>

#include "libs/testing/process.h"
#include "libs/testing/temp_folder.h"
#include "services/aid/storage/business/owner_keys.h"
#include "services/aid/storage/uuids.h"
#include "services/aid/tests/nomination/nominations_fixture.h"

namespace bangkit::aid {
namespace {

constexpr int kNominated = 16'929;
constexpr int kInvalid = 4'125;

/// Of what is wrong with so many, in the proportions that the auditors found (BPK, IHPS II-2020).
const char* ReasonOf(int place) {
    static constexpr struct {
        int until;  // Of 418,947.
        const char* code;
    } kShares[] = {{207'771, "NIK_TIDAK_PADAN"},   {352'573, "KREDIT_AKTIF"},
                   {381'633, "BUKAN_USAHA_MIKRO"}, {407'545, "KUR_AKTIF"},
                   {416'478, "MENINGGAL"},         {418'891, "GANDA_NIK"},
                   {418'947, "ASN_TNI_POLRI"}};
    const std::int64_t share = std::int64_t{place} * 418'947 / kInvalid;
    return std::ranges::find_if(kShares, [&](const auto& each) { return share < each.until; })
        ->code;
}

class NominationFiguresTest : public NominationsTest {
protected:
    /// As if so many had applied, were surveyed and approved, and had stated what the list needs.
    std::vector<std::string> ApprovedMany(const std::string& program_id, int count) {
        std::vector<std::string> ids;
        postgres::Connection connection(database_.dsn());
        connection.RunScript("SET bangkit.regions = '*'");
        postgres::Transaction transaction(connection);
        LedgerBook book;
        book.Lock(transaction, Uuids({budget_}), {});
        ClaimBook claims;
        OwnerKeys keys(this->keys());
        Businesses businesses;
        Tracked<Application> applications;
        ApplicationHistory history;
        StatedRecords records;
        for (int i = 0; i < count; ++i) {
            Business business = Registered();
            const std::string id = NewId(clock_.Now());
            Application& application = applications[id];
            application = Approved(id, program_id, business);
            EXPECT_TRUE(book.Post(
                budget_, {.kind = PostingKind::kReservation, .application_id = id}, "dinas", kNow));
            EXPECT_TRUE(claims.Claim(Bpum(), application.applicant, id, {}));
            history.Add(application, "dinas");
            records.Add(id,
                        {.owner_id = business.owner_id,
                         .scheme = NominationScheme::kBpum2020,
                         .sealed = SealRecord(keys.FindOrMake(business.owner_id), id, RecordOf(i)),
                         .stated_by = "petugas"},
                        kNow);
            businesses.emplace(business.id, std::move(business));
            ids.push_back(id);
        }
        SaveBusinesses(transaction, businesses);
        keys.Save(transaction);
        claims.Save(transaction);
        SaveApplications(transaction, applications);
        book.Save(transaction);
        history.Save(transaction);
        records.Save(transaction);
        transaction.Commit();
        return ids;
    }

    void Write(const std::string& name, const std::string& content) const {
        std::ofstream(files_.path() / name, std::ios::binary) << content;
    }
    /// What came of a file of answers that is kept for the script.
    std::string Answered(const std::string& name, const std::string& lines,
                         const std::string& token) const {
        Write(name, "nomor_usulan,status,alasan,nominal\n" + lines);
        return Answer(lines, token);
    }
    /// "name number", a line each, in the order of their names.
    std::string Expected() const {
        testing::Process python({"/usr/bin/python3", FIGURES_SCRIPT, files_.path().string()});
        EXPECT_EQ(python.Wait(std::chrono::minutes(1)), 0) << python.ErrorOutput();
        return python.Output();
    }
    static std::string TextOf(const v1::NominationFunnel& funnel) {
        std::map<std::string, std::int64_t> figures = {
            {"nominated", funnel.nominated()},
            {"valid", funnel.valid()},
            {"rejected", funnel.rejected()},
            {"determined", funnel.determined()},
            {"determined_rupiah", funnel.determined_rupiah()},
            {"paid", funnel.paid()},
            {"claimed", funnel.claimed()},
            {"given_back", funnel.given_back()}};
        static const std::map<v1::RejectionReason, std::string> names = {
            {v1::REJECTION_REASON_NIK_MISMATCH, "reason_nik"},
            {v1::REJECTION_REASON_BANK_CREDIT, "reason_credit"},
            {v1::REJECTION_REASON_NOT_MICRO, "reason_not_micro"},
            {v1::REJECTION_REASON_KUR, "reason_kur"},
            {v1::REJECTION_REASON_DECEASED, "reason_deceased"},
            {v1::REJECTION_REASON_TWICE, "reason_twice"},
            {v1::REJECTION_REASON_PAID_BY_THE_STATE, "reason_state"}};
        for (const v1::ReasonCount& count : funnel.reasons()) {
            const auto name = names.find(count.reason());
            if (name != names.end()) figures[name->second] = count.nominees();
        }
        std::string text;
        for (const auto& [name, number] : figures) {
            text += name + " " + std::to_string(number) + "\n";
        }
        return text;
    }

    /// Who is valid now, and in which round they became so.
    std::map<std::string, int> Valid(const std::string& batch_id) const {
        std::map<std::string, int> rounds;
        for (const auto& [id, nominee] : Nominees(batch_id)) {
            if (nominee.state() == v1::NOMINEE_STATE_VALID) rounds[id] = nominee.round();
        }
        return rounds;
    }

    const testing::TempFolder files_;

private:
    static Business Registered() {
        Business business;
        business.id = NewId(kNow);
        business.version = 1;
        business.owner_id = NewId(kNow);
        business.region_code = "18.71.05.1002";
        business.kind = 1;
        business.scale = 1;
        business.condition = 2;
        business.verification = 1;
        business.updated_at = kNow;
        return business;
    }
    Application Approved(const std::string& id, const std::string& program_id,
                         const Business& business) const {
        Application application;
        application.id = id;
        application.version = 1;
        application.program_id = program_id;
        application.applicant = {.business_id = business.id,
                                 .owner_id = business.owner_id,
                                 .household = {},
                                 .region_code = business.region_code};
        application.state = ApplicationState::kApproved;
        application.entered_by = {"petugas"};
        application.surveyed_by = {"penyurvei"};
        application.approved_by = "dinas";
        application.rules_version = 1;
        application.budget_id = budget_;
        application.created_at = kNow;
        application.submitted_at = kNow;
        application.approved_at = kNow;
        application.updated_at = kNow;
        return application;
    }
    static NomineeRecord RecordOf(int number) {
        std::string serial = std::to_string(9'000 + number % 1'000);
        const int day = 1 + number / 1'000;
        return {.nik = "187105" + std::string(day < 10 ? "0" : "") + std::to_string(day) + "0790" +
                       serial,
                .name = "Penerima Contoh " + std::to_string(number),
                .identity_card_address = "Jalan Contoh " + std::to_string(number),
                .line_of_business = "Warung makan",
                .phone = "+628120009" + serial,
                .family_card = {},
                .business_address = {},
                .permit = {},
                .email = {}};
    }
};

TEST_F(NominationFiguresTest, AreThoseOfTheFiles) {
    const std::string program = NewProgram(kNominated + 1);
    const std::vector<std::string> ids = ApprovedMany(program, kNominated);
    const std::string batch = NewBatch(program);
    v1::AddNomineesResponse added;
    do {
        ASSERT_EQ(Add(batch, city_, 0, &added), "OK");
    } while (added.added() > 0);
    ASSERT_EQ(Send(batch, head_), "OK");
    const std::string list = File(batch, head_);
    EXPECT_EQ(std::ranges::count(list, '\n'), kNominated + 1);
    Write("list.csv", list);

    // The agency answers, and says until when it takes corrections, of the same names.
    ASSERT_EQ(OpenWindow(batch, "2026-03-20", head_), "OK");
    std::string validation;
    std::vector<std::string> invalid;
    for (int i = 0; i < kNominated; ++i) {
        const std::string& id = ids[static_cast<std::size_t>(i)];
        const bool is_valid = std::int64_t{i} * kInvalid % kNominated >= kInvalid;
        if (!is_valid) invalid.push_back(id);
        validation += Line(id, is_valid ? "VALID,"
                                        : std::string("TIDAK VALID,") +
                                              ReasonOf(static_cast<int>(invalid.size()) - 1));
    }
    ASSERT_EQ(invalid.size(), static_cast<std::size_t>(kInvalid));
    EXPECT_EQ(Answered("validation.csv", validation, head_), std::to_string(kNominated) + "/0/0");
    EXPECT_EQ(Counted(batch).funnel().returned(), kInvalid);
    const std::string late = Ready(program);
    EXPECT_EQ(Add(batch, city_), "FAILED_PRECONDITION NO_NEW_NAMES");
    EXPECT_EQ(Open(program, city_), "FAILED_PRECONDITION NO_NEW_NAMES");

    // Four of five are put right in time; the others are rejected when it is over.
    std::string corrections;
    std::vector<std::string> corrected;
    for (std::size_t i = 0; i < invalid.size(); ++i) {
        if (i % 5 == 0) continue;
        ASSERT_EQ(State(invalid[i], officer_), "OK");
        corrected.push_back(invalid[i]);
        corrections += Reference(invalid[i]).substr(0, 32) + "\n";
    }
    Write("corrections.txt", corrections);
    const std::string again = File(batch, head_);
    EXPECT_EQ(std::ranges::count(again, '\n'), std::ssize(corrected) + 1) << "those, and no others";
    clock_.Advance(std::chrono::hours(24 * 11));
    const std::string agency = Token({"agency"}, {"18.71"}, "kepala");
    Expire();
    std::string revalidation, decree, bank;
    for (std::size_t i = 0; i < corrected.size(); ++i) {
        revalidation += Line(corrected[i], i % 7 == 0 ? "TIDAK VALID,KUR_AKTIF" : "VALID,", 2);
    }
    EXPECT_EQ(Answered("revalidation.csv", revalidation, agency),
              std::to_string(corrected.size()) + "/0/0");

    // A decree says who gets it, and the bank who has it. Some are left to a later decree.
    ASSERT_EQ(Decree(batch, agency), "OK");
    int determined = 0;
    for (const auto& [id, round] : Valid(batch)) {
        if (++determined % 50 == 0) continue;
        const bool has_quota = determined % 40 != 0;
        decree += Line(id, has_quota ? "DITETAPKAN," : "DITOLAK,KUOTA_HABIS", round);
        if (!has_quota || determined % 3 == 0) continue;
        bank += Line(id, "DIBAYAR,", round);
        if (determined % 4 == 0) bank += Line(id, "DICAIRKAN,", round);
        if (determined % 31 == 0) bank += Line(id, "DIKEMBALIKAN,", round);
    }
    EXPECT_THAT(Answered("decree.csv", decree, agency), ::testing::EndsWith("/0/0"));
    EXPECT_THAT(Answered("bank.csv", bank, agency), ::testing::EndsWith("/0/0"));

    EXPECT_EQ(TextOf(Counted(batch).funnel()), Expected());
    EXPECT_EQ(StateOf(late), v1::APPLICATION_STATE_APPROVED);
    ExpectSettled();
}

}  // namespace
}  // namespace bangkit::aid
