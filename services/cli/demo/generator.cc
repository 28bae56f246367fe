#include "services/cli/demo/generator.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>

#include "libs/identity/caller.h"
#include "libs/indonesia/format.h"
#include "services/cli/demo/registry_data.h"
#include "services/cli/failure.h"

namespace bangkit::cli {
namespace {

using std::chrono::days;
using std::chrono::year;
using std::chrono::year_month_day;
using std::chrono::years;

// Fixed, so that the same seed makes the same file in every year.
constexpr Date kFirstBirth{year(1955) / 1 / 1};
constexpr Date kLastBirth{year(2003) / 12 / 31};
constexpr Date kLastStart{year(2025) / 12 / 31};
constexpr years kYoungest{18};

struct Amounts {
    double median_sales;  // Rupiah a year.
    double spread;        // Deviation of the logarithm.
    double max_sales;
};

Amounts AmountsOf(DemoKind kind) {
    switch (kind) {
        case DemoKind::kUmkm:
        case DemoKind::kDeliveryShop: return {72e6, 1.6, 45e9};
        case DemoKind::kCooperative: return {600e6, 1.3, 40e9};
        case DemoKind::kVendor: return {48e6, 0.6, 400e6};
    }
    return {};
}

/// As people state amounts: to two digits.
std::string Rounded(double amount) {
    double step = 1;
    while (amount / step >= 100) step *= 10;
    return std::to_string(static_cast<std::int64_t>(std::round(amount / step) * step));
}

std::string Condition(Random& random) {
    const auto percent = random.Between(1, 100);
    if (percent <= 62) return "AKTIF";
    if (percent <= 82) return "TERDAMPAK";
    if (percent <= 90) return "MATI SURI";
    return percent <= 97 ? "PULIH" : "TUTUP";
}

std::string Digits(Random& random, int count) {
    std::string digits;
    for (int i = 0; i < count; ++i) digits += static_cast<char>('0' + random.Between(0, 9));
    return digits;
}

std::string Phone(Random& random) {
    constexpr std::array<std::string_view, 10> kPrefixes{"0812", "0813", "0821", "0852", "0857",
                                                         "0858", "0877", "0878", "0895", "0896"};
    return std::string(random.Pick(std::span<const std::string_view>(kPrefixes))) + "0000" +
           Digits(random, 4);
}

/// 15 digits, the ninth of which checks the first eight (Luhn).
std::string Npwp(Random& random) {
    std::string digits = "9" + Digits(random, 7);
    int sum = 0;
    for (std::size_t i = 0; i < digits.size(); ++i) {
        const int value = (digits[i] - '0') * (i % 2 == 1 ? 2 : 1);
        sum += value / 10 + value % 10;
    }
    digits += static_cast<char>('0' + (10 - sum % 10) % 10);
    return digits + Digits(random, 3) + "000";
}

/// At an age of 18 at the earliest; never in the future.
Date StartDate(Date birth_date, Random& random) {
    const year_month_day birth(birth_date);
    const Date grown_up = birth.year() / birth.month() / std::chrono::day(1) + kYoungest;
    const auto span = std::max<std::int64_t>(0, (kLastStart - grown_up).count());
    // More businesses are young than old.
    const auto age = std::min(random.Between(0, span), random.Between(0, span));
    return kLastStart - days(age);
}

std::string TwoDigits(unsigned number) { return (number < 10 ? "0" : "") + std::to_string(number); }

void SetAmounts(Row& row, DemoKind kind, Random& random) {
    const Amounts amounts = AmountsOf(kind);
    const double sales = std::clamp(
        amounts.median_sales * std::exp(amounts.spread * random.Normal()), 3e6, amounts.max_sales);
    const double capital = sales * static_cast<double>(random.Between(10, 60)) / 100;
    row[Column::kAnnualSales] = random.Chance(94) ? Rounded(sales) : "";
    row[Column::kCapital] = random.Chance(90) ? Rounded(capital) : "";
}

/// 300 of the first 1,337 are mosques', evenly spread; a few more are pesantrens'.
Affiliation AffiliationOf(std::uint64_t index) {
    constexpr std::uint64_t kMosques = 300, kOfCooperatives = 1'337, kPesantrenEvery = 40;
    const auto mosques_before = [](std::uint64_t count) {
        return count * kMosques / kOfCooperatives;
    };
    if (mosques_before(index + 1) != mosques_before(index)) return Affiliation::kMosque;
    return index % kPesantrenEvery == 0 ? Affiliation::kPesantren : Affiliation::kNone;
}

}  // namespace

Generator::Generator(const indonesia::RegionTree& regions, std::string_view region_code,
                     std::uint64_t seed)
    : region_code_(region_code), seed_(seed) {
    const bool is_country = region_code == indonesia::kCountryCode;
    std::int64_t total = 0;
    for (const auto& village : regions.AtLevel(indonesia::RegionLevel::kVillage)) {
        if (!is_country && !identity::LiesIn(village.code, region_code)) continue;
        // Some villages have many times the businesses of others.
        Random random(Random::Mix(0, village.code, 0));
        const auto size = random.Between(1, 10);
        total += size * size;
        constexpr std::size_t kRegency = 5;  // "18.71"
        if (villages_.empty() ||
            villages_.back().substr(0, kRegency) != village.code.substr(0, kRegency)) {
            regencies_.push_back(villages_.size());
        }
        villages_.push_back(village.code);
        weights_.push_back(total);
    }
    if (villages_.empty()) {
        throw UsageError("there is no region " + std::string(region_code) + " with villages");
    }
    regencies_.push_back(villages_.size());
}

std::string_view Generator::PickVillage(Random& random) const {
    const auto chosen = random.Between(1, weights_.back());
    const auto found = std::ranges::lower_bound(weights_, chosen);
    return villages_[static_cast<std::size_t>(found - weights_.begin())];
}

std::string_view Generator::PickVillageOf(std::uint64_t index, Random& random) const {
    const std::size_t regency = index % (regencies_.size() - 1);
    const auto first = static_cast<std::int64_t>(regencies_[regency]);
    const auto end = static_cast<std::int64_t>(regencies_[regency + 1]);
    return villages_[static_cast<std::size_t>(random.Between(first, end - 1))];
}

Generator::Owner Generator::MakeOwner(std::string_view village, Random& random) {
    Owner owner;
    owner.female = random.Chance(54);
    owner.name = PersonName(owner.female, random);
    do {
        // Most people were first registered in the district where they live.
        const std::string_view home = random.Chance(92) ? village : PickVillage(random);
        owner.nik = {home[0], home[1], home[3], home[4], home[6], home[7]};
        owner.birth_date =
            kFirstBirth + days(random.Between(0, (kLastBirth - kFirstBirth).count()));
        const year_month_day birth(owner.birth_date);
        owner.nik += TwoDigits(static_cast<unsigned>(birth.day()) + (owner.female ? 40 : 0));
        owner.nik += TwoDigits(static_cast<unsigned>(birth.month()));
        owner.nik += TwoDigits(static_cast<unsigned>(static_cast<int>(birth.year()) % 100));
        owner.nik += std::to_string(random.Between(9'000, 9'999));
    } while (!niks_.insert(owner.nik).second);
    return owner;
}

std::string Generator::MakeNib(Random& random) {
    for (;;) {
        std::string nib = "9" + Digits(random, 12);
        if (nibs_.insert(nib).second) return nib;
    }
}

Row Generator::Make(DemoKind kind, std::uint64_t index) {
    constexpr std::array<std::string_view, 4> kWords{"UMKM", "KOPERASI", "PKL", "PESAN KIRIM"};
    const std::string_view word = kWords[static_cast<std::size_t>(kind)];
    const bool is_cooperative = kind == DemoKind::kCooperative;
    const bool is_vendor = kind == DemoKind::kVendor;
    const bool is_delivery_shop = kind == DemoKind::kDeliveryShop;
    const Affiliation affiliation = is_cooperative ? AffiliationOf(index) : Affiliation::kNone;
    Random random(Random::Mix(seed_, region_code_ + "/" + std::string(word), index));
    const std::string_view village =
        is_delivery_shop ? PickVillageOf(index, random) : PickVillage(random);
    const Owner owner = MakeOwner(village, random);
    const Trade& trade = PickTrade(is_cooperative ? CooperativeTrades()
                                   : is_vendor    ? VendorTrades()
                                                  : UmkmTrades(),
                                   random);
    Row row;
    row[Column::kNik] = random.Chance(is_cooperative ? 80 : 98) ? owner.nik : "";
    row[Column::kOwnerName] = owner.name;
    row[Column::kPhone] = random.Chance(93) ? Phone(random) : "";
    row[Column::kName] = is_cooperative ? CooperativeName(trade, affiliation, random)
                                        : BusinessName(trade, owner.name, owner.female, random);
    row[Column::kKind] = is_delivery_shop ? kWords[0] : word;
    row[Column::kRegion] = village;
    row[Column::kKbli] = trade.kbli;
    SetAmounts(row, kind, random);
    row[Column::kCondition] = Condition(random);
    row[Column::kAddress] = is_vendor ? StallAddress(random) : StreetAddress(random);
    row[Column::kNib] = random.Chance(is_cooperative ? 85
                                      : is_vendor    ? 8
                                                     : 55)
                            ? MakeNib(random)
                            : "";
    row[Column::kNpwp] = random.Chance(is_cooperative ? 90
                                       : is_vendor    ? 1
                                                      : 15)
                             ? Npwp(random)
                             : "";
    row[Column::kStartDate] = indonesia::FormatDate(StartDate(owner.birth_date, random));

    AddPerson(row, {owner.nik, owner.birth_date, owner.female}, random);
    AddWayOfSelling(row, random);
    AddPermits(row, random);
    AddConsent(row, random);
    if (is_cooperative) AddCooperative(row, affiliation, random);
    if (is_vendor) AddVendor(row, random);
    if (is_delivery_shop) AddDeliveryShop(row);
    return row;
}

}  // namespace bangkit::cli
