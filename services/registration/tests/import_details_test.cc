// The columns that files may have besides those of the first day.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "libs/crypto/keyed_hash.h"
#include "libs/crypto/sealed.h"
#include "libs/csv/parser.h"
#include "libs/testing/manual_clock.h"
#include "services/registration/api/file_cells.h"
#include "services/registration/api/import_names.h"
#include "services/registration/api/import_row.h"
#include "services/registration/tests/registrations.h"

namespace bangkit::registration {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr std::string_view kFirstHeader =
    "nik,nama_pemilik,telepon,nama_usaha,jenis,kode_wilayah,kbli,modal,omzet_tahunan,kondisi,"
    "alamat,nib,npwp,tanggal_mulai";

/// A cooperative in columns of both languages.
struct Cell {
    std::string_view indonesian, english, word, english_word;
};
constexpr Cell kCooperative[] = {
    {"nik", "nik", "3674055203850001", ""},
    {"nama_pemilik", "owner_name", "Siti Aminah", ""},
    {"nama_usaha", "business_name", "Koperasi Masjid", ""},
    {"jenis", "kind", "KOPERASI", "COOPERATIVE"},
    {"kode_wilayah", "region_code", "36.74.05.1002", ""},
    {"kbli", "kbli", "64145", ""},
    {"alamat_ktp", "identity_card_address", "Jl. Melati 1", ""},
    {"nomor_kk", "family_card_number", "3674051203109001", ""},
    {"tanggal_lahir", "birth_date", "1985-03-12", ""},
    {"jenis_kelamin", "sex", "P", "female"},
    {"email", "email", "siti@contoh.example", ""},
    {"disabilitas", "disability", "Tidak ada", "none"},
    {"pekerjaan", "occupation", "ASN", "civil servant"},
    {"kondisi_sejak", "condition_since", "2026-02-01", ""},
    {"pesan_kirim", "order_and_deliver", "ya", "yes"},
    {"jenis_lokasi", "location_type", "TETAP", "fixed"},
    {"pekerja_laki_laki", "workers_male", "2", ""},
    {"pekerja_perempuan", "workers_female", "3", ""},
    {"jaringan", "network_coverage", "Blank Spot", "blank_spot"},
    {"saluran", "channels", "TEMPAT_TETAP daring", "fixed_place online"},
    {"toko_daring", "online_channels", "instagram:@contoh situs:contoh.example",
     "instagram:@contoh website:contoh.example"},
    {"nib", "nib", "1234567890123", ""},
    {"nib_terbit", "nib_issued_on", "2025-01-02", ""},
    {"pirt", "pirt", "2063674010001-27", ""},
    {"pirt_terbit", "pirt_issued_on", "2022-05-06", ""},
    {"pirt_berlaku", "pirt_expires_on", "2027-05-06", ""},
    {"halal", "halal", "ID81110001234567890", ""},
    {"bpom", "bpom", "MD123456789012", ""},
    {"sku", "business_certificate", "503/1/SKU", ""},
    {"jenis_koperasi", "cooperative_kind", "Simpan Pinjam", "savings and loans"},
    {"bentuk_koperasi", "cooperative_form", "primer", "primary"},
    {"nomor_akta", "deed_number", "12", ""},
    {"tanggal_akta", "deed_date", "2025-02-03", ""},
    {"badan_hukum", "legal_entity_number", "AHU-1", ""},
    {"nik_koperasi", "cooperative_number", "3674010001", ""},
    {"rat_terakhir", "last_annual_meeting", "2026-01-31", ""},
    {"anggota_laki_laki", "members_male", "20", ""},
    {"anggota_perempuan", "members_female", "31", ""},
    {"syariah", "sharia", "YA", "true"},
    {"afiliasi", "affiliation", "masjid", "mosque"},
    {"versi_persetujuan", "consent_version", "2024-1", ""},
    {"waktu_persetujuan", "consent_given_at", "2026-03-01 10:00", "2026-03-01T03:00:00Z"},
    {"sumber_data", "data_source", "kunjungan", "visit"},
    {"perangkat", "device_id", "tablet-7", ""},
    {"waktu_pendataan", "captured_at", "2026-03-02", "2026-03-02T00:00:00+07:00"},
    {"versi_kbli", "kbli_version", "2020", ""},
};

class ImportDetailsTest : public ::testing::Test {
protected:
    /// The first row of a file; all that is wrong with it as "column REASON".
    std::expected<RegisterBusiness, std::vector<std::string>> Read(const std::string& file) const {
        csv::Parser parser;
        parser.Feed(file);
        parser.Finish();
        const auto columns = ColumnsOf(*parser.Next());
        EXPECT_TRUE(columns) << columns.error().message;
        auto row = ReadRow(*columns, parser.Next()->fields, checks_, keys_);
        if (row) return *std::move(row);
        std::vector<std::string> problems;
        for (const v1::ImportRowProblem& problem : row.error()) {
            problems.push_back(problem.column() + " " + problem.reason());
        }
        return std::unexpected(problems);
    }
    static std::string FileIn(Language language) {
        std::string header, row;
        for (const Cell& cell : kCooperative) {
            const bool is_english = language == Language::kEnglish;
            const std::string separator = header.empty() ? "" : ";";
            header += separator + std::string(is_english ? cell.english : cell.indonesian);
            row +=
                separator + std::string(is_english && !cell.english_word.empty() ? cell.english_word
                                                                                 : cell.word);
        }
        return header + "\n" + row + "\n";
    }
    /// A row of the first columns with others behind them.
    std::expected<RegisterBusiness, std::vector<std::string>> ReadWith(
        const std::string& columns, const std::string& cells) const {
        return Read("nik,nama_pemilik,nama_usaha,jenis,kode_wilayah,kbli" + columns + "\n" +
                    NikOf(1) + ",Siti,Warung,UMKM,36.74.05.1002,4711" + cells + "\n");
    }

    const testing::ManualClock clock_{kNow};
    const Checks checks_{Regions(), clock_};
    const crypto::KeyRing keys_ = TestKeys();
};

TEST_F(ImportDetailsTest, AreReadInBothLanguagesAsTheSame) {
    const auto indonesian = Read(FileIn(Language::kIndonesian));
    const auto english = Read(FileIn(Language::kEnglish));
    ASSERT_TRUE(indonesian) << ::testing::PrintToString(indonesian.error());
    ASSERT_TRUE(english) << ::testing::PrintToString(english.error());
    EXPECT_EQ(indonesian->owner, english->owner);
    EXPECT_EQ(indonesian->profile, english->profile);
    EXPECT_EQ(indonesian->row_keys, english->row_keys);
    EXPECT_THAT(indonesian->warnings, IsEmpty());

    EXPECT_EQ(indonesian->owner.kk, "3674051203109001");
    EXPECT_EQ(indonesian->owner.occupation, Occupation::kCivilServant);
    const Profile& profile = indonesian->profile;
    EXPECT_TRUE(profile.order_and_deliver);
    EXPECT_EQ(profile.channels, (std::set{Channel::kFixedPlace, Channel::kOnline}));
    EXPECT_EQ(profile.online_channels,
              (std::vector<OnlineChannel>{{OnlinePlatform::kInstagram, "@contoh"},
                                          {OnlinePlatform::kWebsite, "contoh.example"}}));
    EXPECT_EQ(profile.network_coverage, NetworkCoverage::kBlankSpot);
    EXPECT_EQ(profile.pirt.number, "206367401000127");
    ASSERT_TRUE(profile.cooperative);
    EXPECT_EQ(profile.cooperative->kind, CooperativeKind::kSavingsAndLoans);
    EXPECT_EQ(profile.cooperative->affiliation, Affiliation::kMosque);
    EXPECT_TRUE(profile.cooperative->is_sharia);
    EXPECT_EQ(profile.consent->given_at, kNow - std::chrono::days(9) + std::chrono::hours(1));
    EXPECT_EQ(profile.provenance.source, DataSource::kVisit);
    EXPECT_EQ(profile.provenance.captured_at,
              Time(std::chrono::sys_days(Day(3, 1)) + std::chrono::hours(17)));
    EXPECT_EQ(indonesian->condition_since, Day(2, 1));
}

TEST_F(ImportDetailsTest, OfAStreetVendor) {
    const auto row = Read(
        "nik,nama_pemilik,nama_usaha,jenis,kode_wilayah,kbli,lokasi_pkl,jenis_tempat_pkl,jam_buka,"
        "jam_tutup,tdu,tdu_terbit,tdu_berlaku\n,Siti,Bakso,PKL,36.74.05.1002,56104,Blok A,gerobak,"
        "16:00,00:30,TDU-7,2025-01-01,2027-01-01\n");
    ASSERT_TRUE(row);
    EXPECT_EQ(*row->profile.street_vendor,
              (StreetVendor{.place = "Blok A",
                            .place_type = PlaceType::kCart,
                            .sells_from = "16:00",
                            .sells_until = "00:30",
                            .tdu = {.number = "TDU-7",
                                    .issued_on = std::chrono::year(2025) / 1 / 1,
                                    .expires_on = std::chrono::year(2027) / 1 / 1}}));
}

TEST_F(ImportDetailsTest, ThatAreWrongAreNamedByTheirColumns) {
    const struct {
        std::string column, cell, problem;
    } cases[] = {{"jenis_kelamin", "X", "UNKNOWN_VALUE"},
                 {"nomor_kk", "12", "KK_INVALID"},
                 {"email", "siti", "EMAIL_INVALID"},
                 {"pesan_kirim", "mungkin", "UNKNOWN_VALUE"},
                 {"pekerja_laki_laki", "dua", "AMOUNT_INVALID"},
                 {"pekerja_laki_laki", "9999999999", "OUT_OF_RANGE"},
                 {"pekerja_perempuan", "2000000", "OUT_OF_RANGE"},
                 {"jaringan", "ada", "UNKNOWN_VALUE"},
                 {"saluran", "toko", "UNKNOWN_VALUE"},
                 {"toko_daring", "contoh", "UNKNOWN_VALUE"},
                 {"toko_daring", "shopee:081234567890", "CHANNEL_PERSONAL"},
                 {"halal", "KH123", "HALAL_FATWA_NUMBER"},
                 {"pirt", "12", "PIRT_INVALID"},
                 {"nib_terbit", "2027-01-01", "DATE_IN_FUTURE"},
                 {"waktu_persetujuan", "kemarin", "TIME_INVALID"},
                 {"sumber_data", "koran", "UNKNOWN_VALUE"},
                 {"versi_kbli", "2009", "KBLI_VERSION_UNKNOWN"},
                 {"kondisi_sejak", "2026-04-01", "DATE_IN_FUTURE"}};
    for (const auto& each : cases) {
        const auto row = ReadWith("," + each.column, "," + each.cell);
        ASSERT_FALSE(row) << each.column;
        EXPECT_THAT(row.error(), ElementsAre(each.column + " " + each.problem));
    }
}

// What identifies a row never changes, or rows of files of before would be registered once more.
TEST_F(ImportDetailsTest, LeaveTheKeyOfARowAloneThatHasNone) {
    const std::string row = NikOf(1) +
                            ",Siti,081234567890,Warung,UMKM,36.74.05.1002,4711,1000,2000,AKTIF,"
                            "Jalan 1,1234567890123,,2020-02-29\n";
    const auto first = Read(std::string(kFirstHeader) + "\n" + row);
    ASSERT_TRUE(first);
    EXPECT_EQ(first->row_keys,
              crypto::KeyedHashes(keys_, "import_row",
                                  crypto::Aad({NikOf(1), "Siti", "+6281234567890", "Warung", "1",
                                               "36.74.05.1002", "4711", "1000", "2000", "1",
                                               "Jalan 1", "1234567890123", "", "2020-02-29"})));
    const std::string empty =
        "nomor_kk,email,saluran,pirt,usaha_tambahan,kondisi_sejak,versi_kbli,"
        "sumber_data," +
        std::string(kFirstHeader);
    const auto with_columns = Read(empty + "\n,,,,ya,2026-03-01,2020,berkas," + row);
    ASSERT_TRUE(with_columns);
    EXPECT_EQ(with_columns->row_keys, first->row_keys);
    EXPECT_TRUE(with_columns->additional_business);
}

TEST_F(ImportDetailsTest, MakeAnotherRowOfIt) {
    std::set<std::string> keys;
    const std::pair<std::string, std::string> cells[] = {{"", ""},
                                                         {",email", ",a@b.id"},
                                                         {",email", ",c@b.id"},
                                                         {",sku", ",a@b.id"},
                                                         {",pesan_kirim", ",ya"},
                                                         {",jaringan", ",baik"},
                                                         {",saluran", ",daring"},
                                                         {",sumber_data", ",loket"},
                                                         {",pekerja_laki_laki", ",0"}};
    for (const auto& [column, cell] : cells) {
        const auto row = ReadWith(column, cell);
        ASSERT_TRUE(row) << column;
        EXPECT_TRUE(keys.insert(row->row_keys.front()).second) << column;
    }
}

TEST_F(ImportDetailsTest, OfOurOwnFilesTellWhichBusinessItIs) {
    EXPECT_TRUE(ReadWith(",skala,verifikasi", ",y,z"));
    EXPECT_TRUE(ReadWith(",scale,verification", ",y,z"));
    const std::string id = NewId(kNow);
    const auto row = ReadWith(",id_usaha", "," + id);
    ASSERT_TRUE(row);
    EXPECT_EQ(row->stated_id, id);
    EXPECT_EQ(row->row_keys, ReadWith("", "")->row_keys) << "it is the same row";
    EXPECT_THAT(ReadWith(",id_usaha", ",7").error(), ElementsAre("id_usaha NOT_A_UUID"));
}

// A masked file must never be taken for people.
TEST_F(ImportDetailsTest, ThatAreMaskedMakeTheFileInvalid) {
    csv::Row header;
    header.fields = {"nik_tersamar", "nama_pemilik", "nama_usaha", "jenis", "kode_wilayah", "kbli"};
    EXPECT_EQ(ColumnsOf(header).error().reason, "FILE_INVALID");
    header.fields[0] = "masked_nik";
    EXPECT_EQ(ColumnsOf(header).error().reason, "FILE_INVALID");
}

// Whatever a row says, what is written for it says the same: in both languages, in every column.
TEST_F(ImportDetailsTest, AreWrittenAsTheyAreRead) {
    const auto row = Read(FileIn(Language::kIndonesian));
    ASSERT_TRUE(row);
    const RowValues values{.owner = row->owner,
                           .profile = row->profile,
                           .figures = row->figures,
                           .condition = row->condition,
                           .condition_since = row->condition_since,
                           .is_additional_business = false};
    for (const Language language : {Language::kIndonesian, Language::kEnglish}) {
        std::string header, cells;
        for (const KnownColumn& known : KnownColumns()) {
            header += (header.empty() ? "" : "\t") + std::string(known.indonesian);
            cells +=
                (known.column == Column::kNik ? "" : "\t") + CellOf(known.column, values, language);
        }
        const auto again = Read(header + "\n" + cells + "\n");
        ASSERT_TRUE(again) << ::testing::PrintToString(again.error());
        EXPECT_EQ(again->owner, row->owner);
        EXPECT_EQ(again->profile, row->profile);
        EXPECT_EQ(again->condition_since, row->condition_since);
        EXPECT_EQ(again->row_keys, row->row_keys);
    }
}

TEST(KnownColumnsTest, HaveNamesOfTheirOwn) {
    std::set<std::string_view> names;
    for (const KnownColumn& known : KnownColumns()) {
        EXPECT_TRUE(names.insert(known.indonesian).second) << known.indonesian;
        if (known.english != known.indonesian) {
            EXPECT_TRUE(names.insert(known.english).second) << known.english;
        }
        EXPECT_EQ(FindColumn(known.indonesian)->column, known.column);
        EXPECT_EQ(FindColumn(known.english)->column, known.column) << known.english;
    }
}

}  // namespace
}  // namespace bangkit::registration
