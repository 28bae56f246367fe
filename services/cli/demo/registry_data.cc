#include "services/cli/demo/registry_data.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <span>
#include <string>

#include "libs/indonesia/format.h"

namespace bangkit::cli {
namespace {

using std::chrono::days;
using std::chrono::year;
using std::chrono::year_month_day;
using std::chrono::years;

// Fixed, so that the same seed makes the same file in every year.
constexpr Date kFirstDocument{year(2021) / 1 / 1};
constexpr Date kLastDocument{year(2025) / 12 / 31};
constexpr Date kFirstConsent{year(2024) / 10 / 17};  // The law on personal data is in full force.
constexpr int kCityFirst = 71;                       // 01-69 are regencies, 71-99 cities.

std::string Digits(Random& random, int count) {
    std::string digits;
    for (int i = 0; i < count; ++i) digits += static_cast<char>('0' + random.Between(0, 9));
    return digits;
}

std::string TwoDigits(std::int64_t number) {
    return (number < 10 ? "0" : "") + std::to_string(number);
}

Date DayBetween(Date first, Date last, Random& random) {
    return first + days(random.Between(0, (last - first).count()));
}

std::string Day(Date date) { return indonesia::FormatDate(date); }

template <std::size_t kCount>
std::string Pick(const std::array<std::string_view, kCount>& words, Random& random) {
    return std::string(random.Pick(std::span<const std::string_view>(words)));
}

/// Small letters and nothing else: "siti.rahmawati".
std::string MailName(const std::string& name) {
    std::string mail;
    for (const char c : name) {
        if (c == ' ') mail += '.';
        if (c >= 'A' && c <= 'Z') mail += static_cast<char>(c - 'A' + 'a');
        if (c >= 'a' && c <= 'z') mail += c;
    }
    return mail;
}

/// District, the day on which the card was made, serial.
std::string FamilyCard(std::string_view nik, Random& random) {
    const year_month_day made(DayBetween(kFirstDocument, kLastDocument, random));
    return std::string(nik.substr(0, 6)) + TwoDigits(static_cast<unsigned>(made.day())) +
           TwoDigits(static_cast<unsigned>(made.month())) +
           TwoDigits(static_cast<int>(made.year()) % 100) +
           std::to_string(random.Between(9'000, 9'999));
}

bool IsCity(std::string_view village) {
    return village.size() > 5 && (village[3] - '0') * 10 + (village[4] - '0') >= kCityFirst;
}

std::string Coverage(std::string_view village, Random& random) {
    Random place(Random::Mix(0, village, 1));  // The village's, whoever asks.
    const auto percent = place.Between(1, 100);
    if (random.Chance(8)) return "";  // Nobody has looked.
    if (percent <= (IsCity(village) ? 8 : 18)) return "BLANK SPOT";
    if (percent <= (IsCity(village) ? 20 : 45)) return "LEMAH";
    return "BAIK";
}

void AddDocument(Row& row, Column number, std::string text, int years_valid, Random& random) {
    const Date issued = DayBetween(kFirstDocument, kLastDocument, random);
    row[number] = std::move(text);
    row[Next(number, 1)] = Day(issued);
    if (years_valid == 0) return;
    const year_month_day last = year_month_day(issued) + years(years_valid);
    const year_month_day day = last.ok() ? last : last.year() / last.month() / std::chrono::day(28);
    row[Next(number, 2)] = Day(Date(day));
}

/// Packaging, food, regency, product, producer; it ends with the year in which it expires.
void AddPirt(Row& row, Random& random) {
    const std::string& village = row[Column::kRegion];
    AddDocument(row, Column::kPirt, "", 5, random);
    row[Column::kPirt] = std::to_string(random.Between(1, 8)) + TwoDigits(random.Between(1, 15)) +
                         village.substr(0, 2) + village.substr(3, 2) +
                         TwoDigits(random.Between(1, 20)) + Digits(random, 4) +
                         row[Column::kPirtExpiresOn].substr(2, 2);
}

bool IsFood(const Row& row) {
    return row[Column::kKbli].starts_with("10") || row[Column::kKbli].starts_with("56");
}

}  // namespace

void AddPerson(Row& row, const Person& person, Random& random) {
    if (random.Chance(80)) row[Column::kIdentityCardAddress] = StreetAddress(random);
    if (random.Chance(70)) row[Column::kKk] = FamilyCard(person.nik, random);
    if (random.Chance(75)) {
        row[Column::kBirthDate] = Day(person.birth_date);
        row[Column::kSex] = person.female ? "P" : "L";
    }
    if (random.Chance(20)) {
        row[Column::kEmail] =
            MailName(row[Column::kOwnerName]) + Digits(random, 4) + "@contoh.example";
    }
    if (random.Chance(30)) row[Column::kDisability] = random.Chance(96) ? "TIDAK ADA" : "FISIK";
    if (random.Chance(60)) row[Column::kOccupation] = random.Chance(97) ? "LAINNYA" : "ASN";
}

void AddWayOfSelling(Row& row, Random& random) {
    static constexpr std::array<std::string_view, 4> kPlatforms{"instagram", "shopee", "tokopedia",
                                                                "facebook"};
    row[Column::kNetworkCoverage] = Coverage(row[Column::kRegion], random);
    const bool is_online = row[Column::kNetworkCoverage] != "BLANK SPOT" && random.Chance(22);
    row[Column::kLocationType] = random.Chance(85) ? "TETAP" : "KELILING";
    row[Column::kChannels] = row[Column::kLocationType] == "TETAP" ? "TEMPAT_TETAP" : "KELILING";
    if (is_online) {
        row[Column::kChannels] += " DARING";
        row[Column::kOnlineChannels] = Pick(kPlatforms, random) + ":@contoh" + Digits(random, 6);
    }
    row[Column::kWorkersMale] = std::to_string(random.Between(0, 3));
    row[Column::kWorkersFemale] = std::to_string(random.Between(0, 4));
}

void AddPermits(Row& row, Random& random) {
    if (!row[Column::kNib].empty()) {
        row[Column::kNibIssuedOn] = Day(DayBetween(kFirstDocument, kLastDocument, random));
    }
    if (IsFood(row) && random.Chance(25)) AddPirt(row, random);
    if (IsFood(row) && random.Chance(15)) {
        AddDocument(row, Column::kHalal, "ID" + Digits(random, 17), 0, random);
    }
    if (row[Column::kNib].empty() && random.Chance(40)) {
        AddDocument(row, Column::kBusinessCertificate,
                    "503/" + std::to_string(random.Between(1, 900)) + "/SKU", 1, random);
    }
}

void AddConsent(Row& row, Random& random) {
    if (random.Chance(90)) {
        row[Column::kConsentVersion] = "2024-1";
        row[Column::kConsentGivenAt] = Day(DayBetween(kFirstConsent, kLastDocument, random));
    }
    row[Column::kSource] = random.Chance(60) ? "KUNJUNGAN" : "LOKET";
}

void AddCooperative(Row& row, Affiliation affiliation, Random& random) {
    static constexpr std::array<std::string_view, 5> kKinds{"KONSUMEN", "PRODUSEN", "JASA",
                                                            "PEMASARAN", "SIMPAN PINJAM"};
    const bool is_religious = affiliation != Affiliation::kNone;
    row[Column::kAffiliation] = affiliation == Affiliation::kMosque      ? "MASJID"
                                : affiliation == Affiliation::kPesantren ? "PESANTREN"
                                                                         : "TIDAK ADA";
    row[Column::kSharia] = is_religious || row[Column::kKbli] == "64145" ? "YA" : "TIDAK";
    row[Column::kCooperativeKind] = Pick(kKinds, random);
    row[Column::kCooperativeForm] = random.Chance(97) ? "PRIMER" : "SEKUNDER";
    // The agency has handed the deeds to the cooperatives of all mosques.
    if (is_religious || random.Chance(88)) {
        row[Column::kDeedNumber] = std::to_string(random.Between(1, 99));
        row[Column::kDeedDate] = Day(DayBetween(kFirstDocument, kLastDocument, random));
        row[Column::kLegalEntityNumber] = "AHU-" + Digits(random, 7) + ".AH.01.26";
    }
    if (random.Chance(70)) row[Column::kCooperativeNumber] = Digits(random, 13);
    if (random.Chance(65)) {
        row[Column::kLastAnnualMeeting] = Day(DayBetween(kFirstDocument, kLastDocument, random));
    }
    row[Column::kMembersMale] = std::to_string(random.Between(9, 120));
    row[Column::kMembersFemale] = std::to_string(random.Between(0, 120));
}

void AddVendor(Row& row, Random& random) {
    static constexpr std::array<std::string_view, 5> kTypes{"GELARAN", "LESEHAN", "TENDA", "SELTER",
                                                            "GEROBAK"};
    row[Column::kVendorPlace] = row[Column::kAddress];
    row[Column::kVendorPlaceType] = Pick(kTypes, random);
    const bool is_of_evening = random.Chance(55);
    row[Column::kSellsFrom] = is_of_evening ? "16:00" : "06:00";
    row[Column::kSellsUntil] = is_of_evening ? "00:30" : "13:00";
    if (random.Chance(35)) {
        AddDocument(row, Column::kTdu, "TDU-" + Digits(random, 5), 2, random);
    }
}

void AddDeliveryShop(Row& row) { row[Column::kOrderAndDeliver] = "YA"; }

}  // namespace bangkit::cli
