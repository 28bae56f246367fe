#include "tests/bench/synthetic.h"

#include <array>
#include <chrono>
#include <cstdio>

#include "libs/identity/caller.h"

namespace bangkit::bench {
namespace {

constexpr std::uint64_t kSerials = 1'000;
constexpr std::uint64_t kBirthDays = 15'000;  // From 1950 on: grown up by now.
constexpr std::array kNames{"Siti Aminah", "Budi Santoso",  "Dewi Lestari", "Agus Setiawan",
                            "Nur Hidayah", "Joko Prasetyo", "Rina Marlina", "Hendra Gunawan"};
constexpr std::array kTrades{"Warung",         "Bakso",   "Konveksi",
                             "Toko Kelontong", "Bengkel", "Katering"};
constexpr std::array kKbli{"47112", "56102", "14111", "47111", "45201", "56210"};

/// Scatters neighbouring numbers (splitmix64).
std::uint64_t Scatter(std::uint64_t n) {
    n += 0x9e3779b97f4a7c15;
    n = (n ^ (n >> 30)) * 0xbf58476d1ce4e5b9;
    n = (n ^ (n >> 27)) * 0x94d049bb133111eb;
    return n ^ (n >> 31);
}

template <typename... Values>
std::string Format(const char* format, Values... values) {
    std::array<char, 128> text;
    const int size = std::snprintf(text.data(), text.size(), format, values...);
    return {text.data(), static_cast<std::size_t>(size)};
}

using Number = unsigned long long;

std::string RequestId(std::uint64_t n) {
    const std::uint64_t high = Scatter(n), low = Scatter(high);
    return Format("%08llx-%04llx-4%03llx-8%03llx-%012llx", Number{high >> 32},
                  Number{high >> 16 & 0xffff}, Number{high & 0xfff}, Number{low >> 48 & 0xfff},
                  Number{low & 0xffffffffffff});
}

}  // namespace

SyntheticBusinesses::SyntheticBusinesses() {
    for (const indonesia::Region& region : regions_.AtLevel(indonesia::RegionLevel::kDistrict)) {
        if (identity::LiesIn(region.code, kProvince)) districts_.emplace_back(region.code);
    }
    for (const indonesia::Region& region : regions_.AtLevel(indonesia::RegionLevel::kVillage)) {
        if (identity::LiesIn(region.code, kProvince)) villages_.emplace_back(region.code);
    }
}

std::string SyntheticBusinesses::Nik(std::uint64_t n) const {
    const std::uint64_t day = n / kSerials % kBirthDays;
    const std::string& district = districts_[n / kSerials / kBirthDays % districts_.size()];
    const std::chrono::year_month_day born(std::chrono::sys_days(std::chrono::year(1950) / 1 / 1) +
                                           std::chrono::days(day));
    std::string digits = district;
    std::erase(digits, '.');
    return digits + Format("%02u%02u%02d%llu", static_cast<unsigned>(born.day()),
                           static_cast<unsigned>(born.month()), static_cast<int>(born.year()) % 100,
                           Number{9'000 + n % kSerials});
}

registration::v1::RegisterBusinessRequest SyntheticBusinesses::Request(std::uint64_t n) const {
    const std::uint64_t scattered = Scatter(n);
    const std::uint64_t trade = scattered % kTrades.size();
    registration::v1::RegisterBusinessRequest request;
    request.set_request_id(RequestId(n));
    registration::v1::OwnerInput& owner = *request.mutable_owner();
    owner.set_nik(Nik(n));
    owner.set_name(kNames[scattered % kNames.size()]);
    owner.set_phone(Format("0812%08llu", Number{scattered % 100'000'000}));
    registration::v1::BusinessInput& business = *request.mutable_business();
    business.set_kind(common::v1::BUSINESS_KIND_UMKM);
    business.set_name(std::string(kTrades[trade]) + " " + owner.name());
    business.set_region_code(villages_[scattered % villages_.size()]);
    business.set_address(Format("Jalan Merdeka No. %llu RT 03/RW 05", Number{scattered % 300}));
    business.set_kbli(kKbli[trade]);
    business.set_capital_rupiah(static_cast<std::int64_t>(5'000'000 + scattered % 90'000'000));
    business.set_annual_sales_rupiah(static_cast<std::int64_t>(scattered % 6'000'000'000));
    business.set_condition(common::v1::BUSINESS_CONDITION_ACTIVE);
    return request;
}

std::string SyntheticBusinesses::CsvHeader() {
    return "nik,nama_pemilik,telepon,nama_usaha,jenis,kode_wilayah,kbli,modal,omzet_tahunan,"
           "kondisi,"
           "alamat\n";
}

std::string SyntheticBusinesses::CsvRow(std::uint64_t n) const {
    const registration::v1::RegisterBusinessRequest request = Request(n);
    const registration::v1::OwnerInput& owner = request.owner();
    const registration::v1::BusinessInput& business = request.business();
    return owner.nik() + ',' + owner.name() + ',' + owner.phone() + ',' + business.name() +
           ",UMKM," + business.region_code() + ',' + business.kbli() + ',' +
           std::to_string(business.capital_rupiah()) + ',' +
           std::to_string(business.annual_sales_rupiah()) + ",AKTIF," + business.address() + '\n';
}

}  // namespace bangkit::bench
