#include "services/cli/demo/generator.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <set>
#include <sstream>

#include "libs/csv/parser.h"
#include "libs/identity/caller.h"
#include "libs/indonesia/format.h"
#include "libs/indonesia/kbli.h"
#include "libs/indonesia/kk.h"
#include "libs/indonesia/nib.h"
#include "libs/indonesia/nik.h"
#include "libs/indonesia/npwp.h"
#include "libs/indonesia/permits.h"
#include "libs/indonesia/phone.h"
#include "services/cli/demo/bad_rows.h"
#include "services/cli/demo/file.h"
#include "services/cli/failure.h"

namespace bangkit::cli {
namespace {

using std::chrono::year;

constexpr Date kToday{year(2026) / 1 / 1};

const indonesia::RegionTree& Regions() {
    static const indonesia::RegionTree regions;
    return regions;
}

std::string FileOf(const DemoOptions& options) {
    std::ostringstream out;
    WriteDemoFile(out, options, Regions());
    return out.str();
}

std::vector<csv::Row> RowsOf(const std::string& file) {
    csv::Parser parser;
    parser.Feed(file);
    parser.Finish();
    std::vector<csv::Row> rows;
    while (std::optional<csv::Row> row = parser.Next()) rows.push_back(*std::move(row));
    return rows;
}

bool IsAmount(const std::string& text) {
    return text.empty() ||
           (text.find_first_not_of("0123456789") == std::string::npos && text.size() < 15);
}

void ExpectValid(const Row& row) {
    if (!row[Column::kNik].empty()) {
        const auto nik = indonesia::ParseNik(row[Column::kNik], kToday, &Regions());
        ASSERT_TRUE(nik.has_value()) << row[Column::kNik];
        EXPECT_TRUE(nik->warnings.empty());
        EXPECT_GE(nik->digits.substr(12), "9000") << "a serial that could be somebody's";
    }
    if (!row[Column::kPhone].empty()) {
        const auto phone = indonesia::ParsePhone(row[Column::kPhone]);
        ASSERT_TRUE(phone.has_value()) << row[Column::kPhone];
        EXPECT_TRUE(phone->warnings.empty());
        EXPECT_THAT(phone->e164, testing::HasSubstr("0000"));
    }
    EXPECT_TRUE(row[Column::kNib].empty() || indonesia::ParseNib(row[Column::kNib]));
    if (!row[Column::kNpwp].empty()) {
        const auto npwp = indonesia::ParseNpwp(row[Column::kNpwp], kToday);
        ASSERT_TRUE(npwp.has_value());
        EXPECT_TRUE(npwp->warnings.empty()) << "the check digit";
    }
    EXPECT_TRUE(indonesia::ParseKbli(row[Column::kKbli])) << row[Column::kKbli];
    EXPECT_FALSE(row[Column::kOwnerName].empty());
    EXPECT_FALSE(row[Column::kName].empty());
    EXPECT_TRUE(IsAmount(row[Column::kCapital]) && IsAmount(row[Column::kAnnualSales]));
    EXPECT_THAT(row[Column::kCondition],
                testing::AnyOf("AKTIF", "TERDAMPAK", "MATI SURI", "TUTUP", "PULIH"));
    const auto start = indonesia::ParseDate(row[Column::kStartDate]);
    ASSERT_TRUE(start.has_value());
    EXPECT_LE(*start, kToday);
    const auto* region = Regions().Find(row[Column::kRegion]);
    ASSERT_NE(region, nullptr);
    EXPECT_EQ(region->level(), indonesia::RegionLevel::kVillage);
}

void ExpectValidDetails(const Row& row) {
    const std::string& nik = row[Column::kNik];
    if (!row[Column::kKk].empty()) {
        const auto kk = indonesia::ParseKk(row[Column::kKk], kToday, &Regions());
        ASSERT_TRUE(kk.has_value()) << row[Column::kKk];
        EXPECT_TRUE(kk->warnings.empty());
        EXPECT_GE(kk->digits.substr(12), "9000") << "a serial that could be somebody's";
        EXPECT_NE(kk->digits, nik);
    }
    if (!nik.empty() && !row[Column::kBirthDate].empty()) {
        const auto parsed = indonesia::ParseNik(nik, kToday);
        EXPECT_EQ(indonesia::FormatDate(parsed->birth_date), row[Column::kBirthDate]);
        EXPECT_EQ(row[Column::kSex], parsed->female ? "P" : "L");
    }
    if (!row[Column::kPirt].empty()) {
        const auto pirt = indonesia::ParsePirt(row[Column::kPirt], Regions());
        ASSERT_TRUE(pirt.has_value()) << row[Column::kPirt];
        EXPECT_TRUE(pirt->warnings.empty());
        EXPECT_EQ(row[Column::kPirtExpiresOn].substr(2, 2), pirt->number.substr(13));
    }
    if (!row[Column::kHalal].empty()) {
        const auto halal = indonesia::ParseHalal(row[Column::kHalal]);
        ASSERT_TRUE(halal.has_value()) << row[Column::kHalal];
        EXPECT_TRUE(halal->warnings.empty());
    }
    for (const Column column :
         {Column::kNibIssuedOn, Column::kPirtIssuedOn, Column::kDeedDate,
          Column::kLastAnnualMeeting, Column::kTduIssuedOn, Column::kConsentGivenAt}) {
        if (row[column].empty()) continue;
        const auto date = indonesia::ParseDate(row[column]);
        ASSERT_TRUE(date.has_value());
        EXPECT_LE(*date, kToday);
    }
    EXPECT_EQ(row[Column::kAffiliation].empty(), row[Column::kKind] != "KOPERASI");
    EXPECT_EQ(row[Column::kVendorPlace].empty(), row[Column::kKind] != "PKL");
    EXPECT_EQ(row[Column::kSellsFrom].empty(), row[Column::kSellsUntil].empty());
    EXPECT_THAT(row[Column::kNetworkCoverage], testing::AnyOf("", "BLANK SPOT", "LEMAH", "BAIK"));
}

TEST(GeneratorTest, EveryRowIsValidAndLiesInTheRegion) {
    Generator generator(Regions(), "36.74", 1);
    for (const DemoKind kind :
         {DemoKind::kUmkm, DemoKind::kCooperative, DemoKind::kVendor, DemoKind::kDeliveryShop}) {
        for (std::uint64_t i = 0; i < 2'000; ++i) {
            const Row row = generator.Make(kind, i);
            ExpectValid(row);
            ExpectValidDetails(row);
            EXPECT_TRUE(identity::LiesIn(row[Column::kRegion], "36.74"));
        }
    }
}

TEST(GeneratorTest, NobodyOccursTwice) {
    Generator generator(Regions(), "36.74.01.1001", 3);  // One village: few districts to choose.
    std::set<std::string> niks, nibs;
    for (std::uint64_t i = 0; i < 20'000; ++i) {
        const Row row = generator.Make(DemoKind::kUmkm, i);
        const std::string& nik = row[Column::kNik];
        const std::string& nib = row[Column::kNib];
        EXPECT_TRUE(nik.empty() || niks.insert(nik).second);
        EXPECT_TRUE(nib.empty() || nibs.insert(nib).second);
    }
}

TEST(GeneratorTest, TheSameSeedMakesTheSameFileAndAnotherAnother) {
    const DemoOptions options{
        .region_code = "32.75", .businesses = 50, .cooperatives = 10, .bad = 5, .seed = 1};
    EXPECT_EQ(FileOf(options), FileOf(options));
    DemoOptions other = options;
    other.seed = 2;
    EXPECT_NE(FileOf(options), FileOf(other));
}

// Files of the same seed for two regions are imported into one installation.
TEST(GeneratorTest, RegionsShareNobody) {
    Generator one(Regions(), "32.75", 1), two(Regions(), "36.74", 1);
    for (std::uint64_t i = 0; i < 100; ++i) {
        const Row a = one.Make(DemoKind::kCooperative, i), b = two.Make(DemoKind::kCooperative, i);
        EXPECT_NE(a[Column::kNik].empty() ? "none" : a[Column::kNik], b[Column::kNik]);
        EXPECT_NE(a[Column::kNib].empty() ? "none" : a[Column::kNib], b[Column::kNib]);
    }
}

// Kota Bekasi: 1,337 cooperatives, of which 300 are mosques' and have their deeds.
TEST(GeneratorTest, ThreeHundredCooperativesOfBekasiAreOfMosques) {
    Generator generator(Regions(), "32.75", 1);
    int of_mosques = 0;
    for (std::uint64_t i = 0; i < 1'337; ++i) {
        const Row row = generator.Make(DemoKind::kCooperative, i);
        if (row[Column::kAffiliation] != "MASJID") continue;
        ++of_mosques;
        EXPECT_FALSE(row[Column::kDeedNumber].empty());
        EXPECT_EQ(row[Column::kSharia], "YA");
        EXPECT_THAT(row[Column::kName], testing::HasSubstr("Masjid"));
    }
    EXPECT_EQ(of_mosques, 300);
}

// Lampung: 226 shops in 15 regencies and cities.
TEST(GeneratorTest, DeliveryShopsGoRoundTheRegencies) {
    Generator generator(Regions(), "18", 1);
    std::map<std::string, int> shops;
    for (std::uint64_t i = 0; i < 226; ++i) {
        const Row row = generator.Make(DemoKind::kDeliveryShop, i);
        EXPECT_EQ(row[Column::kOrderAndDeliver], "YA");
        EXPECT_EQ(row[Column::kKind], "UMKM");
        ++shops[row[Column::kRegion].substr(0, 5)];
    }
    EXPECT_EQ(shops.size(), 15);
    for (const auto& [regency, count] : shops) EXPECT_THAT(count, testing::AnyOf(15, 16));
}

// One village has a network or has none, whoever asks; in cities fewer are without.
TEST(GeneratorTest, BlankSpotsArePlaces) {
    std::map<std::string, std::set<std::string>> coverage;
    for (const std::uint64_t seed : {1, 2}) {
        Generator generator(Regions(), "18.01", seed);
        for (std::uint64_t i = 0; i < 2'000; ++i) {
            const Row row = generator.Make(DemoKind::kUmkm, i);
            coverage[row[Column::kRegion]].insert(row[Column::kNetworkCoverage]);
        }
    }
    int blank_spots = 0;
    for (auto& [village, seen] : coverage) {
        seen.erase("");
        EXPECT_LE(seen.size(), 1) << village;
        blank_spots += seen.contains("BLANK SPOT") ? 1 : 0;
    }
    EXPECT_GT(blank_spots, 0);
    EXPECT_LT(blank_spots, std::ssize(coverage) / 2);
}

TEST(GeneratorTest, MoreRowsBeginWithTheSameOnes) {
    const std::string few = FileOf({.region_code = "32.75", .businesses = 10});
    const std::string many = FileOf({.region_code = "32.75", .businesses = 20});
    EXPECT_TRUE(many.starts_with(few));
}

TEST(GeneratorTest, RefusesWhatIsNoRegion) {
    EXPECT_THROW(Generator(Regions(), "36.7", 1), UsageError);
    EXPECT_THROW(Generator(Regions(), "", 1), UsageError);
}

TEST(DemoFileTest, HoldsAsManyOfEachKindAsAskedFor) {
    const auto rows = RowsOf(FileOf(
        {.region_code = "32.75", .businesses = 30, .cooperatives = 20, .vendors = 10, .bad = 7}));
    ASSERT_EQ(rows.size(), 1 + 30 + 20 + 10 + 7);
    EXPECT_THAT(rows[0].fields, testing::ElementsAreArray(kColumnNames));
    const auto of_kind = [&rows](const std::string& kind) {
        return std::ranges::count_if(rows, [&kind](const csv::Row& row) {
            return row.fields.size() > 4 && row.fields[4] == kind;
        });
    };
    EXPECT_EQ(of_kind("KOPERASI"), 20);
    EXPECT_EQ(of_kind("PKL"), 10);
}

TEST(DemoFileTest, AConditionIsOfAllUmkmAndCooperatives) {
    const DemoOptions any{
        .region_code = "18", .businesses = 20, .cooperatives = 5, .delivery_shops = 20};
    DemoOptions affected = any;
    affected.condition = "TERDAMPAK";
    const auto rows = RowsOf(FileOf(affected)), usual = RowsOf(FileOf(any));
    const auto condition = static_cast<std::size_t>(Column::kCondition);
    ASSERT_EQ(rows.size(), 1U + 45U);
    for (std::size_t i = 1; i <= 25; ++i) EXPECT_EQ(rows[i].fields[condition], "TERDAMPAK");
    for (std::size_t i = 26; i <= 45; ++i) EXPECT_EQ(rows[i].fields, usual[i].fields) << i;
}

TEST(DemoFileTest, ABadRowIsOneBadRow) {
    const auto bad = static_cast<std::int64_t>(kWaysToBeBad);
    const auto rows = RowsOf(FileOf({.region_code = "32.75", .businesses = bad, .bad = bad}));
    ASSERT_EQ(rows.size(), 1 + 2 * kWaysToBeBad);
    const auto unreadable = std::ranges::count_if(
        rows, [](const csv::Row& row) { return row.problem != csv::Problem::kNone; });
    EXPECT_EQ(unreadable, 2) << "a missing cell and broken quotes";
}

TEST(DemoFileTest, WithoutGoodRowsAllAreBad) {
    const auto rows = RowsOf(FileOf({.region_code = "32.75", .bad = 3}));
    ASSERT_EQ(rows.size(), 4);
    EXPECT_EQ(rows[1].fields[0].size(), 15) << "nobody to be entered twice: a short NIK";
}

TEST(DemoFileTest, WithoutAnyNumberThereIsNothingToWrite) {
    EXPECT_THROW(FileOf({.region_code = "32.75"}), UsageError);
}

}  // namespace
}  // namespace bangkit::cli
