#include "services/cli/demo/generator.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>
#include <sstream>

#include "libs/csv/parser.h"
#include "libs/identity/caller.h"
#include "libs/indonesia/format.h"
#include "libs/indonesia/kbli.h"
#include "libs/indonesia/nib.h"
#include "libs/indonesia/nik.h"
#include "libs/indonesia/npwp.h"
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

TEST(GeneratorTest, EveryRowIsValidAndLiesInTheRegion) {
    Generator generator(Regions(), "36.74", 1);
    for (const DemoKind kind : {DemoKind::kUmkm, DemoKind::kCooperative, DemoKind::kVendor}) {
        for (std::uint64_t i = 0; i < 2'000; ++i) {
            const Row row = generator.Make(kind, i);
            ExpectValid(row);
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
