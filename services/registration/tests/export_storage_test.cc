// Businesses as files: what they show to whom, what is on record of it, and what can be imported
// again.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "libs/csv/parser.h"
#include "services/registration/tests/personal_data_fixture.h"

namespace bangkit::registration {
namespace {

using ::testing::AllOf;
using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;
using ::testing::StartsWith;

const std::string kColumns =
    "nik,nama_pemilik,telepon,nama_usaha,jenis,kode_wilayah,kbli,omzet_tahunan,npwp,email,"
    "pesan_kirim,jaringan,toko_daring,pirt,nomor_akta,afiliasi,jam_buka,jam_tutup,usaha_tambahan,"
    "waktu_persetujuan,versi_persetujuan,sumber_data\n";

class ExportTest : public PersonalDataTest {
protected:
    using Rows = std::vector<std::vector<std::string>>;

    static Rows RowsOf(const std::string& file) {
        csv::Parser parser;
        parser.Feed(file);
        parser.Finish();
        Rows rows;
        while (const std::optional<csv::Row> row = parser.Next()) rows.push_back(row->fields);
        return rows;
    }
    /// Without the ids, which are others in another registry, and so is the order.
    static Rows WithoutIds(const std::string& file) {
        Rows rows = RowsOf(file);
        const auto column = std::ranges::find(rows[0], "id_usaha") - rows[0].begin();
        for (auto& row : rows) row.erase(row.begin() + column);
        std::ranges::sort(rows);
        return rows;
    }

    static v1::ExportBusinessesRequest Selected(std::int32_t page_size = 0) {
        v1::ExportBusinessesRequest request;
        request.mutable_selection()->set_page_size(page_size);
        return request;
    }
    static v1::DiscloseBusinessesRequest Disclosing(v1::DisclosurePurpose purpose,
                                                    std::int32_t page_size = 0) {
        v1::DiscloseBusinessesRequest request;
        *request.mutable_file() = Selected(page_size);
        request.set_purpose(purpose);
        request.set_case_reference("K-7/2026");
        return request;
    }
    /// All pages.
    std::string Exported(v1::ExportBusinessesRequest request, const std::string& token) const {
        std::string file;
        do {
            v1::ExportBusinessesResponse page;
            EXPECT_EQ(Name(Call(&Stub::ExportBusinesses, request, page, token)), "OK");
            file += page.content();
            request.mutable_selection()->set_page_token(page.next_page_token());
        } while (!request.selection().page_token().empty());
        return file;
    }
    std::string Exported(const v1::ExportBusinessesRequest& request) const {
        return Exported(request, officer_);
    }
    std::string Disclose(const v1::DiscloseBusinessesRequest& request, const std::string& token,
                         v1::DiscloseBusinessesResponse& page) const {
        return Name(CallPersonalData(&PersonalDataStub::DiscloseBusinesses, request, page, token));
    }
    std::string Disclosed(v1::DiscloseBusinessesRequest request) const {
        std::string file;
        do {
            v1::DiscloseBusinessesResponse page;
            EXPECT_EQ(Disclose(request, agency_, page), "OK");
            file += page.content();
            request.mutable_file()->mutable_selection()->set_page_token(page.next_page_token());
        } while (!request.file().selection().page_token().empty());
        return file;
    }
    std::string Imported(const std::string& file) {
        const std::string job = Uploaded(file);
        Work();
        return Summary(job);
    }

    /// Some of each kind, with what spreadsheets would spoil.
    std::string Everything() const {
        return kColumns + NikOf(1) + ",Siti,0812 9876 5432,=1+1,UMKM,36.74.05.1002,4711,5000," +
               NikOf(1) +
               ",siti@contoh.example,ya,blank spot,\"instagram:@siti shopee:siti\","
               "206367401000127,,,,,,2026-03-01 10:00,2024-1,kunjungan\n" +
               NikOf(2) +
               ",\"Budi, "
               "S.E.\",,Koperasi,KOPERASI,36.74.05.1002,64145,,,,,baik,,,12,masjid,,,,,,\n" +
               ",Ani,,\"@bakso \"\"enak\"\"\",PKL,36.74.05.1001,56104,,,,,,,,,,16:00,00:30,,,,\n" +
               NikOf(1) + ",Siti,,Toko,UMKM,36.74.05.1001,47,,,,,,,,,,,,ya,,,\n";
    }
};

TEST_F(ExportTest, MasksWhatIdentifiesOwnersAndLeavesTheRestOut) {
    ASSERT_EQ(Imported(Everything()), "4/0/0 DONE");
    const std::string file = Exported(Selected());
    const Rows rows = RowsOf(file);
    ASSERT_THAT(rows, SizeIs(5));
    EXPECT_THAT(rows[0],
                AllOf(Contains("nik_tersamar"), Contains("nama_pemilik_tersamar"),
                      Contains("telepon_tersamar"), Contains("npwp_tersamar"), Contains("id_usaha"),
                      Contains("verifikasi"), Not(Contains("nik")), Not(Contains("email")),
                      Not(Contains("nomor_kk")), Not(Contains("alamat_ktp"))));
    EXPECT_THAT(file, AllOf(HasSubstr("3674********0001"), HasSubstr("S***"),
                            Not(HasSubstr(NikOf(1))), Not(HasSubstr("Siti,")),
                            Not(HasSubstr("98765432")), Not(HasSubstr("contoh.example"))));
    EXPECT_EQ(Imported(file), "0/0/0 FAILED") << "masked, nobody is taken for somebody else";
    EXPECT_EQ(Count("disclosures"), 0);
}

TEST_F(ExportTest, SpeaksEnglishIfItIsAskedTo) {
    ASSERT_EQ(Imported(Everything()), "4/0/0 DONE");
    v1::ExportBusinessesRequest request = Selected();
    request.set_english_header(true);
    const std::string file = Exported(request);
    EXPECT_THAT(file, StartsWith("masked_nik,masked_owner_name,"));
    EXPECT_THAT(file, AllOf(HasSubstr("COOPERATIVE"), HasSubstr("MOSQUE"),
                            HasSubstr("SELF DECLARED"), Not(HasSubstr("KOPERASI"))));
}

TEST_F(ExportTest, LetsNoCellBeAFormula) {
    ASSERT_EQ(Imported(Everything()), "4/0/0 DONE");
    for (const std::string& file :
         {Exported(Selected()), Disclosed(Disclosing(v1::DISCLOSURE_PURPOSE_CORRECTION))}) {
        EXPECT_THAT(file, AllOf(HasSubstr(",'=1+1,"), Not(HasSubstr(",=1+1"))));
        EXPECT_THAT(file, Not(HasSubstr(",\"@bakso")));
    }
}

TEST_F(ExportTest, HasTheSelectedOnesPageByPage) {
    ASSERT_EQ(Imported(Everything()), "4/0/0 DONE");
    EXPECT_EQ(Exported(Selected(1)), Exported(Selected()));
    v1::ExportBusinessesRequest request = Selected();
    request.mutable_selection()->set_kind(common::v1::BUSINESS_KIND_COOPERATIVE);
    EXPECT_THAT(RowsOf(Exported(request)), SizeIs(2));
    request.mutable_selection()->clear_kind();
    request.mutable_selection()->set_region_code("36.74.05.1001");
    EXPECT_THAT(RowsOf(Exported(request)), SizeIs(3));
    request.mutable_selection()->set_region_code("36.71");
    v1::ExportBusinessesResponse page;
    EXPECT_EQ(Name(Call(&Stub::ExportBusinesses, request, page)), "NOT_FOUND REGION_NOT_FOUND");
    EXPECT_THAT(RowsOf(Exported(Selected(), Token({"officer"}, {"36.71"}))), SizeIs(1))
        << "a header, and nobody of other regions";
}

// With everything: the file that comes out registers the same businesses, and none of them twice.
TEST_F(ExportTest, CanBeImportedAgainIfNothingIsMasked) {
    ASSERT_EQ(Imported(Everything()), "4/0/0 DONE");
    const std::string file = Disclosed(Disclosing(v1::DISCLOSURE_PURPOSE_CORRECTION));
    EXPECT_EQ(Imported(file), "0/4/0 DONE");
    v1::DiscloseBusinessesRequest request = Disclosing(v1::DISCLOSURE_PURPOSE_LEGAL_OBLIGATION);
    request.mutable_file()->set_english_header(true);
    EXPECT_EQ(Imported(Disclosed(request)), "0/4/0 DONE");

    database_.Execute(
        "TRUNCATE businesses, owners, identity_claims, condition_history, scale_history");
    clock_.Advance(std::chrono::seconds(1));
    EXPECT_EQ(Imported(file), "4/0/0 DONE");
    EXPECT_EQ(WithoutIds(Disclosed(Disclosing(v1::DISCLOSURE_PURPOSE_CORRECTION))),
              WithoutIds(file));
}

// What officers change in such a file is not lost silently, and registers nobody twice.
TEST_F(ExportTest, ChangesNothingAndSaysSoIfARowSaysSomethingElse) {
    ASSERT_EQ(Imported(Everything()), "4/0/0 DONE");
    std::string file = Disclosed(Disclosing(v1::DISCLOSURE_PURPOSE_CORRECTION));
    const std::size_t toko = file.find("Toko");
    file.replace(toko, 4, "Kios");
    const std::string job = Uploaded(file);
    Work();
    EXPECT_EQ(Summary(job), "0/3/1 DONE");
    EXPECT_THAT(Errors(job), HasSubstr("id_usaha,BUSINESS_ALREADY_REGISTERED,"));
    EXPECT_EQ(Count("businesses"), 4);
}

TEST_F(ExportTest, ShowsWhatThePurposeNeedsAndPutsItOnRecord) {
    ASSERT_EQ(Imported(Everything()), "4/0/0 DONE");
    const std::string file = Disclosed(Disclosing(v1::DISCLOSURE_PURPOSE_SURVEY, 3));
    EXPECT_THAT(RowsOf(file)[0], AllOf(Contains("nama_pemilik"), Contains("telepon"),
                                       Contains("nik_tersamar"), Not(Contains("email"))));
    EXPECT_THAT(file,
                AllOf(HasSubstr("Siti"), HasSubstr("+6281298765432"), Not(HasSubstr(NikOf(1)))));
    EXPECT_EQ(Imported(file), "0/0/0 FAILED");
    EXPECT_EQ(Count("disclosures WHERE actor = 'dinas' AND purpose = 1 AND fields = 12"
                    " AND case_reference = 'K-7/2026'"),
              4)
        << "name (2) and phone (3), once for each business";
    EXPECT_EQ(Count("audit_entries WHERE method = 'DiscloseBusinesses' AND outcome = 'OK'"), 2)
        << "one for each page";
}

TEST_F(ExportTest, LeavesNothingUnrecordedThatIsShown) {
    ASSERT_EQ(Imported(Everything()), "4/0/0 DONE");
    database_.Execute("ALTER TABLE disclosures ADD CHECK (false) NOT VALID");
    v1::DiscloseBusinessesResponse page;
    EXPECT_NE(Disclose(Disclosing(v1::DISCLOSURE_PURPOSE_CORRECTION), agency_, page), "OK");
    EXPECT_THAT(page.content(), IsEmpty());
}

TEST_F(ExportTest, OfPeopleIsForOfficesAndForNoRequestOfOnePerson) {
    v1::DiscloseBusinessesResponse page;
    const auto request = Disclosing(v1::DISCLOSURE_PURPOSE_CORRECTION);
    for (const char* role : {"officer", "auditor", "owner", "council"}) {
        EXPECT_EQ(Disclose(request, Token({role}), page), "PERMISSION_DENIED ROLE_NOT_ALLOWED");
    }
    EXPECT_EQ(Disclose(Disclosing(v1::DISCLOSURE_PURPOSE_SUBJECT_REQUEST), agency_, page),
              "PERMISSION_DENIED PURPOSE_NOT_ALLOWED");
    v1::DiscloseBusinessesRequest without_case = request;
    without_case.clear_case_reference();
    EXPECT_EQ(Disclose(without_case, agency_, page), "INVALID_ARGUMENT FIELDS_INVALID");
    v1::DiscloseBusinessesRequest elsewhere = request;
    elsewhere.mutable_file()->mutable_selection()->set_region_code("36.71");
    EXPECT_EQ(Disclose(elsewhere, agency_, page), "NOT_FOUND REGION_NOT_FOUND");
}

TEST_F(ExportTest, HasNothingOfTheErasedAndRecordsNothingForThem) {
    const std::string id = RegisterCanary().business_id();
    ASSERT_EQ(Erase(Opened(id, v1::SUBJECT_REQUEST_KIND_ERASURE).subject_request_id()), "OK");
    const std::string file = Disclosed(Disclosing(v1::DISCLOSURE_PURPOSE_CORRECTION));
    EXPECT_THAT(RowsOf(file), SizeIs(2)) << "it is still counted";
    for (const std::string& canary : Canaries()) EXPECT_THAT(file, Not(HasSubstr(canary)));
    EXPECT_EQ(Count("disclosures"), 0);
}

}  // namespace
}  // namespace bangkit::registration
