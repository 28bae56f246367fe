#include "services/cli/demo/names.h"

#include <numeric>

namespace bangkit::cli {
namespace {

using Words = std::span<const std::string_view>;

constexpr std::string_view kMen[] = {
    "Ahmad",  "Budi",    "Agus",    "Dedi",   "Eko",    "Hendra", "Joko",    "Rudi",
    "Slamet", "Wahyu",   "Yusuf",   "Asep",   "Ujang",  "Dadang", "Bambang", "Sutrisno",
    "Iwan",   "Anton",   "Rahmat",  "Hasan",  "Ismail", "Arif",   "Fajar",   "Doni",
    "Taufik", "Ridwan",  "Gunawan", "Heru",   "Indra",  "Made",   "Ketut",   "Togar",
    "Andre",  "Yohanes", "Samsul",  "Zainal", "Rizki",  "Bayu",   "Dimas",   "Suryadi"};
constexpr std::string_view kWomen[] = {
    "Siti",    "Sri",    "Dewi",    "Rina",    "Yanti",   "Nur",      "Ratna",     "Endang",
    "Lestari", "Wati",   "Fitri",   "Ani",     "Euis",    "Neneng",   "Yuni",      "Tuti",
    "Indah",   "Maya",   "Ayu",     "Rahma",   "Kartini", "Sumarni",  "Mega",      "Nining",
    "Lilis",   "Aisyah", "Halimah", "Mariana", "Ni Luh",  "Theresia", "Rosmawati", "Dian",
    "Puji",    "Wulan",  "Kusuma",  "Salma",   "Zahra",   "Nadia",    "Intan",     "Hesti"};
constexpr std::string_view kFamilyNames[] = {
    "Santoso", "Wijaya",   "Saputra",   "Hidayat", "Setiawan", "Kurniawan", "Nugroho",
    "Susanto", "Pratama",  "Rahman",    "Hakim",   "Siregar",  "Nasution",  "Simanjuntak",
    "Lubis",   "Harahap",  "Sitompul",  "Permana", "Suherman", "Mulyadi",   "Firmansyah",
    "Maulana", "Ramadhan", "Syahputra", "Gunarso", "Purnomo",  "Suharto",   "Wibowo",
    "Utomo",   "Subagyo",  "Hartono",   "Kusnadi", "Iskandar", "Fauzi",     "Anwar",
    "Basri",   "Tanjung",  "Batubara",  "Ginting", "Sembiring"};
constexpr std::string_view kWomensSecondNames[] = {
    "Rahmawati", "Handayani", "Wulandari", "Puspitasari", "Susanti",  "Kurniasih", "Hasanah",
    "Nurhayati", "Astuti",    "Anggraini", "Permatasari", "Lestari",  "Maharani",  "Safitri",
    "Khotimah",  "Suryani",   "Fatimah",   "Mulyani",     "Herawati", "Setyowati"};
constexpr std::string_view kGoodWords[] = {
    "Berkah",    "Jaya",   "Makmur",  "Sejahtera", "Sentosa", "Abadi",  "Maju",  "Mandiri",
    "Barokah",   "Rejeki", "Harapan", "Bersama",   "Lestari", "Sumber", "Mulia", "Rahayu",
    "Sederhana", "Baru",   "Amanah",  "Cahaya",    "Bintang", "Mekar",  "Subur", "Setia"};
constexpr std::string_view kStreets[] = {
    "Melati",    "Mawar",       "Kenanga",       "Anggrek",    "Cempaka",     "Dahlia",
    "Flamboyan", "Merdeka",     "Pahlawan",      "Diponegoro", "Kartini",     "Sudirman",
    "Veteran",   "Pemuda",      "Gatot Subroto", "Hasanuddin", "Imam Bonjol", "Pattimura",
    "Rajawali",  "Cendrawasih", "Kutilang",      "Nusa Indah", "Raya Pasar",  "Kampung Baru"};
constexpr std::string_view kMosques[] = {"Al-Ikhlas",    "Al-Hidayah",   "An-Nur",    "At-Taqwa",
                                         "Al-Muhajirin", "Baiturrahman", "Al-Falah",  "Nurul Iman",
                                         "Al-Barokah",   "Al-Amanah",    "Ar-Rahmah", "Al-Huda"};

constexpr Trade kUmkm[] = {
    {"56102", "Warung Makan", 14}, {"47112", "Toko Kelontong", 13}, {"10710", "Kue dan Roti", 7},
    {"10794", "Keripik", 6},       {"56304", "Kedai Minuman", 6},   {"14111", "Konveksi", 5},
    {"14120", "Penjahit", 4},      {"47711", "Toko Pakaian", 5},    {"45407", "Bengkel Motor", 4},
    {"96200", "Penatu", 4},        {"56210", "Katering", 4},        {"10391", "Tempe", 3},
    {"10392", "Tahu", 2},          {"10772", "Bumbu Dapur", 2},     {"13134", "Batik", 2},
    {"31001", "Mebel", 2},         {"96111", "Pangkas Rambut", 2},  {"96112", "Salon", 2},
    {"95120", "Servis Ponsel", 2}, {"18111", "Percetakan", 2},      {"47511", "Toko Kain", 2},
    {"16291", "Anyaman", 1},       {"01461", "Ternak Ayam", 2},     {"62019", "Studio Digital", 1},
    {"74201", "Studio Foto", 1},   {"49424", "Antar Barang", 2}};
constexpr Trade kVendors[] = {
    {"56104", "Bakso", 8},      {"56104", "Mi Ayam", 6},       {"56104", "Nasi Goreng", 6},
    {"56104", "Gorengan", 7},   {"56104", "Sate", 4},          {"56104", "Siomay", 4},
    {"56306", "Es Kelapa", 4},  {"56306", "Kopi Keliling", 4}, {"47812", "Buah", 4},
    {"47813", "Sayur", 5},      {"47821", "Jajanan Pasar", 4}, {"47892", "Pakaian Kaki Lima", 4},
    {"47899", "Mainan Anak", 2}};
constexpr Trade kCooperatives[] = {
    {"64141", "Simpan Pinjam", 9}, {"64145", "Simpan Pinjam Syariah", 6},
    {"47112", "Konsumen", 10},     {"82990", "Jasa", 7},
    {"46206", "Pemasaran", 3},     {"10799", "Produsen", 4}};

std::string_view Word(Words words, Random& random) { return random.Pick(words); }

/// "Berkah Jaya": never the same word twice.
std::string TwoGoodWords(Random& random) {
    const std::string_view first = Word(kGoodWords, random);
    std::string_view second = Word(kGoodWords, random);
    while (second == first) second = Word(kGoodWords, random);
    return std::string(first) + " " + std::string(second);
}

std::string Number(Random& random, int last) { return std::to_string(random.Between(1, last)); }

std::string TwoDigits(Random& random, int last) {
    const std::string number = Number(random, last);
    return number.size() < 2 ? "0" + number : number;
}

}  // namespace

std::span<const Trade> UmkmTrades() { return kUmkm; }
std::span<const Trade> VendorTrades() { return kVendors; }
std::span<const Trade> CooperativeTrades() { return kCooperatives; }

const Trade& PickTrade(std::span<const Trade> trades, Random& random) {
    const int total = std::accumulate(trades.begin(), trades.end(), 0,
                                      [](int sum, const Trade& t) { return sum + t.weight; });
    auto left = random.Between(1, total);
    for (const Trade& trade : trades) {
        left -= trade.weight;
        if (left <= 0) return trade;
    }
    return trades.back();
}

std::string PersonName(bool female, Random& random) {
    std::string name(female ? Word(kWomen, random) : Word(kMen, random));
    if (random.Chance(6)) return name;  // One name is a whole name.
    const bool womens = female && random.Chance(70);
    name += ' ';
    name += womens ? Word(kWomensSecondNames, random) : Word(kFamilyNames, random);
    return name;
}

std::string BusinessName(const Trade& trade, std::string_view owner_name, bool female,
                         Random& random) {
    std::string name(trade.name);
    name += ' ';
    if (random.Chance(45)) {
        name += female ? "Bu " : "Pak ";
        name += owner_name.substr(0, owner_name.find(' '));
        return name;
    }
    if (random.Chance(50)) return name += TwoGoodWords(random);
    return name += Word(kGoodWords, random);
}

std::string CooperativeName(const Trade& trade, Affiliation affiliation, Random& random) {
    std::string name = "Koperasi " + std::string(trade.name) + " ";
    switch (affiliation) {
        case Affiliation::kMosque: return (name += "Masjid ") += Word(kMosques, random);
        case Affiliation::kPesantren: return (name += "Pesantren ") += Word(kMosques, random);
        case Affiliation::kNone: break;
    }
    return name += TwoGoodWords(random);
}

std::string StreetAddress(Random& random) {
    const std::string street(Word(kStreets, random));
    return "Jl. " + street + " No. " + Number(random, 240) + ", RT " + TwoDigits(random, 15) +
           "/RW " + TwoDigits(random, 20);
}

std::string StallAddress(Random& random) {
    const std::string place(Word(kStreets, random));
    return "Lapak " + Number(random, 400) + (random.Chance(60) ? ", Pasar " : ", Jl. ") + place;
}

}  // namespace bangkit::cli
