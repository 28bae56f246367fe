// What a file of rows becomes in one call.
#include <gmock/gmock.h>
#include <google/protobuf/util/message_differencer.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "services/registration/tests/import_call_fixture.h"

namespace bangkit::registration {
namespace {

using namespace std::string_literals;
using command::Outcome;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using Response = v1::ImportBusinessesResponse;

TEST_F(ImportTest, RegistersEachRow) {
    ASSERT_TRUE(Import(kHeader + RowOf(1) + RowOf(2)));
    ASSERT_EQ(commands_.size(), 2U);
    EXPECT_EQ(commands_[0].owner.nik, NikOf(1));
    EXPECT_EQ(commands_[1].owner.nik, NikOf(2));
    EXPECT_TRUE(last_.finished());
    EXPECT_EQ(last_.rows_read(), 2);
    EXPECT_EQ(last_.registered(), 2);
    EXPECT_EQ(last_.bytes_received(), std::ssize(kHeader + RowOf(1) + RowOf(2)));
    EXPECT_THAT(answers_->rows, IsEmpty());
    EXPECT_EQ(answers_->done, 2);
}

TEST_F(ImportTest, ReadsEveryColumnInEitherLanguageAndAnyOrder) {
    const std::string indonesian =
        "\xEF\xBB\xBF"
        "Tanggal_Mulai;NPWP;NIB;Alamat;Kondisi;Omzet Tahunan;MODAL;kbli;kode_wilayah;jenis;"
        "nama_usaha;telepon;nama_pemilik;nik\r\n"
        "2020-01-31;092542943407000;1234567890123;\"Jl. Raya; No. 1\";mati suri;3000000000;1000000;"
        "01111;36.74.05.1002; koperasi ;=1+1;081234567890;Siti;" +
        NikOf(1) + "\r\n";
    const std::string english =
        "nik,owner_name,phone,business_name,kind,region_code,kbli,capital,annual_sales,condition,"
        "address,nib,npwp,start_date\n" +
        NikOf(1) +
        ",Siti,+62 812-3456-7890,=1+1,COOPERATIVE,36.74.05.1002,01111,1000000,3000000000,DORMANT,"
        "Jl. Raya; No. 1,1234567890123,09.254.294.3-407.000,2020-01-31\n";
    std::set<std::vector<std::string>> keys;
    for (const std::string& file : {indonesian, english}) {
        ASSERT_TRUE(Import(file));
        ASSERT_EQ(commands_.size(), 1U);
        const RegisterBusiness& command = commands_.front();
        EXPECT_EQ(command.owner.name, "Siti");
        EXPECT_EQ(command.owner.phone, "+6281234567890");
        EXPECT_EQ(command.profile.name, "=1+1");
        EXPECT_EQ(command.profile.kind, Kind::kCooperative);
        EXPECT_EQ(command.profile.kbli, "01111");
        EXPECT_EQ(command.profile.address, "Jl. Raya; No. 1");
        EXPECT_EQ(command.profile.nib, "1234567890123");
        EXPECT_EQ(command.profile.npwp, "092542943407000");
        EXPECT_EQ(command.profile.start_date, Date(std::chrono::year(2020) / 1 / 31));
        EXPECT_EQ(command.figures, (Figures{.capital = 1'000'000, .annual_sales = 3'000'000'000}));
        EXPECT_EQ(command.condition, Condition::kDormant);
        keys.insert(command.row_keys);
    }
    EXPECT_EQ(keys.size(), 1U);  // The same row, however it is written.
}

TEST_F(ImportTest, KnowsColumnsByTheNamesThatOfficersGiveThem) {
    ASSERT_TRUE(Import(
        "No. KTP*\tNama Pelaku Usaha\tNo. HP\tNama UMKM\tBusiness Kind\tKode Kelurahan\tKode KBLI\t"
        "Omset Tahunan\n" +
        NikOf(1) + "\tSiti\t081234567890\tWarung\tUMKM\t36.74.05.1002\t4711\t5000000\n"));
    ASSERT_EQ(commands_.size(), 1U);
    EXPECT_EQ(commands_[0].owner.nik, NikOf(1));
    EXPECT_EQ(commands_[0].owner.phone, "+6281234567890");
    EXPECT_EQ(commands_[0].figures.annual_sales, 5'000'000);
    EXPECT_FALSE(Import("omzet,omset," + kHeader));
    EXPECT_THAT(error_->message, HasSubstr("column 2 of the header is the same as column 1"));
}

TEST_F(ImportTest, GivesRowsThatDifferDifferentKeys) {
    const std::string header = "nama_pemilik,nama_usaha,jenis,kode_wilayah,kbli,modal,alamat,nik\n";
    ASSERT_TRUE(
        Import(header +
               "Siti,Warung,UMKM,36.74.05.1002,47,1,,\nSiti,Warung,UMKM,36.74.05.1002,47,,1,\n"
               "Siti,Warung,UMKM,36.74.05.1002,47,,,\nSitiW,arung,UMKM,36.74.05.1002,47,,,\n"
               "Siti,Warung,PKL,36.74.05.1002,47,,,\nSiti,Warung,UMKM,36.74.05,47,,,\n"
               "Siti,Warung,UMKM,36.74.05.1002,47,0,,\n"
               "Siti,Warung,UMKM,36.74.05.1002,47,,," +
               NikOf(1) + "\n"));
    std::set<std::vector<std::string>> keys;
    for (const RegisterBusiness& command : commands_) keys.insert(command.row_keys);
    EXPECT_EQ(keys.size(), 8U);
}

TEST_F(ImportTest, RefusesFilesThatAreNoTableOfBusinesses) {
    const std::pair<std::string, std::string> cases[] = {
        {"", "no header"},
        {"\n\n", "no header"},
        {"nik,nama_pemilik,nama_usaha,jenis,kode_wilayah\n", "lacks the column kbli"},
        {"umur," + kHeader, "column 1 of the header has no known name"},
        {"owner_name," + kHeader, "column 3 of the header is the same as column 1"},
        {"\xFF\xFEn\0i\0k\0"s, "not a text"},
        {"PK\x03\x04\x14\0\x06"s, "not a text"},
        {"\"nik\n" + std::string(70'000, 'x') + "\n", "header cannot be read"},
        {kHeader + RowOf(1) + "\0"s, "not a text"},
    };
    for (const auto& [file, message] : cases) {
        EXPECT_FALSE(Import(file)) << message;
        EXPECT_EQ(error_->code, ErrorCode::kInvalidArgument);
        EXPECT_EQ(error_->reason, "FILE_INVALID");
        EXPECT_THAT(error_->message, HasSubstr(message));
    }
}

TEST_F(ImportTest, DoesNotRepeatPersonalDataOfAFileWithoutAHeader) {
    EXPECT_FALSE(Import(RowOf(1)));
    EXPECT_THAT(error_->message, Not(HasSubstr(NikOf(1))));
}

TEST_F(ImportTest, SaysWhatIsWrongWithARowAndGoesOn) {
    const std::string header =
        "NIK,nama_pemilik,telepon,nama_usaha,jenis,kode_wilayah,kbli,modal,omzet_tahunan,kondisi,"
        "nib,npwp,"
        "tanggal_mulai\n";
    const std::string good_end = ",Siti,,Warung,UMKM,36.74.05.1002,47,,,,,,\n";
    ASSERT_TRUE(Import(header + "367405520385001" + good_end + "3.67405520385E+15" + good_end +
                       ",,12,,WARUNG,36.74.99,04,Rp1.000,99999999999999999999,BAIK,1,x,31-12-2020\n"
                       ",Siti,,Warung,,36.74.05.1002,47,-5,,,,,\n"
                       ",Siti,,\xFF,UMKM,36.74.05.1002,47,,9999999999999999,,,,\n"
                       "too,few\n"
                       "\"\"x" +
                       good_end + "\"" + std::string(1 << 20, 'x') + "\"" + good_end +
                       ",,,,,,,,,,,,\n"
                       ",Siti,,Warung,UMKM,36.74.05.1002,47,,,,,,\n"));
    EXPECT_THAT(ProblemsOf(1), ElementsAre("NIK NIK_INVALID"));
    EXPECT_THAT(ProblemsOf(2), ElementsAre("NIK NIK_INVALID"));
    EXPECT_THAT(ProblemsOf(3),
                ::testing::UnorderedElementsAre(
                    "nama_pemilik REQUIRED", "telepon PHONE_INVALID", "nama_usaha REQUIRED",
                    "jenis UNKNOWN_VALUE", "kode_wilayah REGION_UNKNOWN", "kbli KBLI_UNKNOWN",
                    "modal AMOUNT_INVALID", "omzet_tahunan OUT_OF_RANGE", "kondisi UNKNOWN_VALUE",
                    "nib NIB_INVALID", "npwp NPWP_INVALID", "tanggal_mulai DATE_INVALID"));
    EXPECT_THAT(ProblemsOf(4), ElementsAre("modal AMOUNT_INVALID", "jenis REQUIRED"));
    EXPECT_THAT(ProblemsOf(5),
                ElementsAre("nama_usaha TEXT_INVALID", "omzet_tahunan OUT_OF_RANGE"));
    EXPECT_THAT(ProblemsOf(6), ElementsAre(" COLUMN_COUNT_WRONG"));
    EXPECT_THAT(ProblemsOf(7), ElementsAre(" QUOTES_INVALID"));
    EXPECT_THAT(ProblemsOf(8), ElementsAre(" ROW_TOO_LONG"));
    EXPECT_EQ(last_.failed(), 8);
    EXPECT_EQ(last_.registered(), 1);  // Without a NIK. The row of empty cells is none.
    EXPECT_EQ(last_.rows_read(), 9);
}

TEST_F(ImportTest, TellsRegisteredRowsFromThoseOfEarlierImportsAndRefusedOnes) {
    decide_ = [](const RegisterBusiness& row) {
        if (row.owner.nik == NikOf(1)) return Refuse(ErrorCode::kAlreadyExists, "ROW_UNCHANGED");
        if (row.owner.nik == NikOf(2))
            return Refuse(ErrorCode::kAlreadyExists, "NIK_ALREADY_REGISTERED");
        if (row.owner.nik == NikOf(3))
            return Refuse(ErrorCode::kAlreadyExists, "NIB_ALREADY_REGISTERED");
        if (row.owner.nik == NikOf(4)) return Refuse(ErrorCode::kNotFound, "REGION_NOT_FOUND");
        if (row.owner.nik == NikOf(5)) return Refuse(ErrorCode::kInternal, "INTERNAL");
        return Outcome("");
    };
    ASSERT_TRUE(Import(kHeader + RowOf(1) + RowOf(2) + RowOf(3) + RowOf(4) + RowOf(5) + RowOf(6)));
    EXPECT_THAT(ProblemsOf(1), IsEmpty());
    EXPECT_THAT(ProblemsOf(2), ElementsAre("nik NIK_ALREADY_REGISTERED"));
    EXPECT_THAT(ProblemsOf(3), ElementsAre("nib NIB_ALREADY_REGISTERED"));
    EXPECT_THAT(ProblemsOf(4), ElementsAre("kode_wilayah REGION_NOT_FOUND"));
    EXPECT_THAT(ProblemsOf(5), ElementsAre(" INTERNAL"));
    EXPECT_EQ(last_.unchanged(), 1);
    EXPECT_EQ(last_.failed(), 4);
    EXPECT_EQ(last_.registered(), 1);
}

TEST_F(ImportTest, TellsOfWarningsWithTheBusinessThatWasRegistered) {
    ASSERT_TRUE(Import(kHeader + "3674055203200001,Siti,Warung,UMKM,36.74.05.1002,47\n"));
    EXPECT_THAT(ProblemsOf(1), ElementsAre("?nik AGE_UNUSUAL"));
    EXPECT_EQ(answers_->rows.front().row().business_id(), commands_.front().business_id);
    EXPECT_EQ(last_.registered(), 1);
}

// The code that a region had before it became part of another province, in a file of that time.
TEST_F(ImportTest, TakesACodeOfBeforeForItsSuccessorAndKnowsTheRowAgain) {
    ASSERT_TRUE(Import(kHeader + RowOf(1, "91.01.02.2003") + RowOf(1, "93.01.02.2002") +
                       RowOf(1, "91.01.99.9999")));
    ASSERT_EQ(commands_.size(), 2U);
    EXPECT_EQ(commands_[0].profile.region_code, "93.01.02.2002");
    EXPECT_THAT(ProblemsOf(1), ElementsAre("?kode_wilayah REGION_REPLACED"));
    EXPECT_NE(commands_[0].row_keys, commands_[1].row_keys)
        << "of the row as it is written: where its code leads to may change";
    EXPECT_THAT(ProblemsOf(3), ElementsAre("kode_wilayah REGION_UNKNOWN"));
}

TEST_F(ImportTest, EndsWhenTheSystemIsAtFaultSoThatTheFileIsSentAgain) {
    for (const ErrorCode code :
         {ErrorCode::kUnavailable, ErrorCode::kResourceExhausted, ErrorCode::kDeadlineExceeded}) {
        decide_ = [code](const RegisterBusiness& row) {
            return row.owner.nik == NikOf(2) ? Refuse(code, "AWAY") : Outcome("");
        };
        EXPECT_FALSE(Import({kHeader + RowOf(1) + RowOf(2) + RowOf(3), RowOf(4)}));
        EXPECT_EQ(error_->code, code);
        EXPECT_EQ(error_->reason, "AWAY");
        EXPECT_EQ(commands_.size(), 2U);
        EXPECT_THAT(answers_->rows, IsEmpty());
        EXPECT_FALSE(Import(kHeader + RowOf(2)));  // Known only at the end of the file.
    }
}

TEST_F(ImportTest, NeverRegistersARowThatMayBeHalf) {
    const std::string file = kHeader + RowOf(1) + RowOf(2);
    Import({file.substr(0, file.size() - 3)}, true);
    EXPECT_EQ(commands_.size(), 1U);
    ASSERT_TRUE(Import(file.substr(0, file.size() - 1)));  // Whole, without its last line end.
    EXPECT_EQ(commands_.size(), 2U);
}

TEST_F(ImportTest, ReportsProgressOnTheWay) {
    std::string file = kHeader;
    for (int i = 1; i <= 5'000; ++i) file += RowOf(i);
    ASSERT_TRUE(Import(file));
    EXPECT_GE(answers_->progress.size(), 4U);
    EXPECT_LE(answers_->progress.size(), 5 + file.size() / kPiece);
    std::int64_t rows = -1;
    for (const Response& each : answers_->progress) {
        EXPECT_GT(each.progress().rows_read(), rows);
        EXPECT_FALSE(each.progress().finished());
        rows = each.progress().rows_read();
    }
}

TEST_F(ImportTest, RefusesAPieceThatIsTooLarge) {
    EXPECT_FALSE(Import(std::vector{kHeader + std::string(256 << 10, 'x')}));
    EXPECT_EQ(error_->code, ErrorCode::kInvalidArgument);
    EXPECT_EQ(error_->fields.front().field, "content");
}

TEST_F(ImportTest, DoesNotCareWhereAFileIsCut) {
    const std::string file = kHeader + RowOf(1) + "bad,row\n\"" + NikOf(2) +
                             "\",\"Si\"\"ti\",Warung,PKL,36.74.05.1002,47\r\n" + RowOf(1) + ",x\n" +
                             RowOf(3).substr(0, RowOf(3).size() - 1);
    ASSERT_TRUE(Import(file));
    const auto rows = answers_->rows;
    const v1::ImportProgress whole = last_;
    std::vector<std::vector<std::string>> keys;
    for (const RegisterBusiness& command : commands_) keys.push_back(command.row_keys);
    ASSERT_EQ(keys.size(), 4U);
    for (std::size_t cut = 0; cut <= file.size(); ++cut) {
        ASSERT_TRUE(Import({file.substr(0, cut), file.substr(cut)}));
        ASSERT_TRUE(google::protobuf::util::MessageDifferencer::Equals(last_, whole)) << cut;
        ASSERT_TRUE(std::ranges::equal(commands_, keys, {}, &RegisterBusiness::row_keys)) << cut;
        ASSERT_TRUE(std::ranges::equal(answers_->rows, rows,
                                       google::protobuf::util::MessageDifferencer::Equals))
            << cut;
    }
}

}  // namespace
}  // namespace bangkit::registration
