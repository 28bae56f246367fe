#pragma once

#include <cstdint>
#include <random>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "services/registration/storage/duplicates.h"
#include "services/registration/tests/registrations.h"

namespace bangkit::registration {

/// A registry as field officers fill it, of which it is known who was registered twice: the same in
/// every run. Among those who were not are many who look as if.
class DuplicateSet {
public:
    DuplicateSet(int shops, std::uint32_t seed) : random_(seed) {
        for (int i = 0; i < shops; ++i) AddShop();
        for (int i = 0; i < shops / 10; ++i) AddSecondEntry(commands_[Below(shops)]);
        for (int i = 0; i < shops / 20; ++i) AddLookalike(commands_[Below(shops)]);
    }

    const std::vector<RegisterBusiness>& commands() const { return commands_; }
    /// Two entries of one business.
    const std::set<BusinessPair>& duplicates() const { return duplicates_; }
    /// How such an entry was made.
    const std::vector<std::pair<BusinessPair, std::string>>& kinds() const { return kinds_; }

private:
    using Texts = std::vector<std::string_view>;

    std::size_t Below(int limit) { return random_() % static_cast<std::uint32_t>(limit); }
    bool Chance(int percent) { return Below(100) < static_cast<std::size_t>(percent); }
    std::string Pick(const Texts& texts) {
        return std::string(texts[Below(static_cast<int>(texts.size()))]);
    }

    // In three districts of Tangerang Selatan, close to each other.
    std::string Village() {
        return Pick({"36.74.05.1001", "36.74.05.1002", "36.74.05.1003", "36.74.05.1004",
                     "36.74.05.1005", "36.74.06.1001", "36.74.06.1002", "36.74.06.1003",
                     "36.74.04.1001", "36.74.04.1002", "36.74.04.1003", "36.74.04.1004"});
    }
    std::string PersonName() {
        return Pick({"Siti",   "Sri",    "Dewi",   "Ahmad",   "Budi",     "Agus",   "Joko",
                     "Rudi",   "Slamet", "Wahyu",  "Yusuf",   "Asep",     "Dadang", "Bambang",
                     "Iwan",   "Rahmat", "Hasan",  "Taufik",  "Gunawan",  "Heru",   "Rina",
                     "Yanti",  "Ratna",  "Endang", "Lestari", "Fitri",    "Euis",   "Yuni",
                     "Indah",  "Maya",   "Aisyah", "Halimah", "Muhammad", "Nur",    "Kartini",
                     "Zainal", "Rizki",  "Bayu",   "Hendra",  "Eko"}) +
               " " +
               Pick({"Santoso",  "Wijaya",    "Saputra",   "Hidayat",   "Setiawan",  "Kurniawan",
                     "Nugroho",  "Susanto",   "Pratama",   "Rahman",    "Hakim",     "Siregar",
                     "Nasution", "Lubis",     "Harahap",   "Permana",   "Mulyadi",   "Firmansyah",
                     "Maulana",  "Ramadhan",  "Purnomo",   "Wibowo",    "Hartono",   "Iskandar",
                     "Fauzi",    "Anwar",     "Rahmawati", "Handayani", "Wulandari", "Puspitasari",
                     "Astuti",   "Anggraini", "Safitri",   "Khotimah",  "Suryani",   "Fatimah",
                     "Herawati", "Setyowati", "Utami",     "Kusuma"});
    }
    std::string Phone() {
        std::string digits = "+62812";
        for (int i = 0; i < 8; ++i) digits += static_cast<char>('0' + Below(10));
        return digits;
    }
    std::string Address() {
        return "Jl. " +
               Pick({"Melati",     "Mawar",       "Kenanga",     "Anggrek",  "Cempaka",
                     "Dahlia",     "Flamboyan",   "Merdeka",     "Pahlawan", "Diponegoro",
                     "Kartini",    "Sudirman",    "Veteran",     "Pemuda",   "Gatot Subroto",
                     "Hasanuddin", "Imam Bonjol", "Pattimura",   "Rajawali", "Cendrawasih",
                     "Kutilang",   "Nusa Indah",  "Raya Serpong"}) +
               " No. " + std::to_string(1 + Below(200)) + ", RT 0" + std::to_string(1 + Below(9)) +
               "/RW 0" + std::to_string(1 + Below(9));
    }
    std::pair<std::string, std::string> Trade() {
        const std::pair<std::string_view, std::string_view> trades[] = {
            {"Warung Makan", "56102"},  {"Toko Kelontong", "47112"}, {"Bakso", "56104"},
            {"Kue dan Roti", "10710"},  {"Keripik", "10794"},        {"Konveksi", "14111"},
            {"Bengkel Motor", "45407"}, {"Penatu", "96200"},         {"Katering", "56210"},
            {"Salon", "96112"},         {"Servis Ponsel", "95120"},  {"Warung", "47112"}};
        const auto& [name, kbli] = trades[Below(12)];
        return {std::string(name), std::string(kbli)};
    }
    std::string ShopName(const std::string& trade, const std::string& owner) {
        if (Chance(45)) {
            return trade + (Chance(50) ? " Bu " : " Pak ") + owner.substr(0, owner.find(' '));
        }
        const Texts words{"Berkah",  "Jaya",    "Makmur", "Sejahtera", "Sentosa", "Abadi",
                          "Maju",    "Mandiri", "Rejeki", "Harapan",   "Bersama", "Lestari",
                          "Sumber",  "Mulia",   "Rahayu", "Sederhana", "Amanah",  "Cahaya",
                          "Bintang", "Mekar",   "Subur",  "Setia",     "Putra",   "Sari"};
        return trade + " " + Pick(words) + (Chance(50) ? " " + Pick(words) : "");
    }

    RegisterBusiness NewEntry() {
        RegisterBusiness entry = RegistrationCommand(0);
        entry.owner = {};
        return entry;
    }
    void AddShop() {
        RegisterBusiness shop = NewEntry();
        if (Chance(90)) shop.owner.nik = NikOf(++niks_);
        shop.owner.name = PersonName();
        if (Chance(90)) shop.owner.phone = Phone();
        const auto [trade, kbli] = Trade();
        shop.profile.name = ShopName(trade, shop.owner.name);
        shop.profile.kbli = kbli;
        shop.profile.region_code = Village();
        if (Chance(92)) shop.profile.address = Address();
        commands_.push_back(std::move(shop));
    }

    /// Somebody takes the same shop down once more, in their own way.
    void AddSecondEntry(const RegisterBusiness& shop) {
        RegisterBusiness entry = NewEntry();
        entry.owner = shop.owner;
        entry.owner.nik.clear();
        entry.profile = shop.profile;
        std::string kind;
        const auto with = [&kind](std::string_view change) {
            kind += (kind.empty() ? "" : "+") + std::string(change);
        };
        const int changes = 1 + static_cast<int>(Below(3));
        for (int i = 0; i < changes; ++i) {
            switch (Below(8)) {
                case 0:
                    Mistype(entry.profile.name);
                    with("typo");
                    break;
                case 1:
                    Abbreviate(entry);
                    with("abbreviated");
                    break;
                case 2:
                    SwapWords(entry.profile.name);
                    with("swapped");
                    break;
                case 3:
                    entry.owner.phone = Phone();
                    with("phone");
                    break;
                case 4:
                    MoveWithinDistrict(entry.profile.region_code);
                    with("village");
                    break;
                case 5:
                    Mistype(entry.owner.name);
                    with("owner typo");
                    break;
                case 6:
                    entry.owner.phone.clear();
                    with("no phone");
                    break;
                default:
                    Rewrite(entry);
                    with("rewritten");
                    break;
            }
        }
        if (Chance(8)) {  // The spouse, with their own NIK.
            entry.owner.nik = NikOf(++niks_);
            entry.owner.name = PersonName();
            with("spouse");
        }
        const BusinessPair pair = PairOf(shop.business_id, entry.business_id);
        // Two entries of one shop may both be second ones.
        for (const auto& [other, other_kind] : kinds_) {
            if (other.first == shop.business_id || other.second == shop.business_id) return;
        }
        duplicates_.insert(pair);
        kinds_.emplace_back(pair, kind);
        commands_.push_back(std::move(entry));
    }

    /// Somebody else's shop that has much in common with this one.
    void AddLookalike(const RegisterBusiness& shop) {
        RegisterBusiness other = NewEntry();
        other.owner.nik = NikOf(++niks_);
        other.owner.name = PersonName();
        other.owner.phone = Phone();
        other.profile = shop.profile;
        switch (Below(5)) {
            case 0:  // Another Bu Siti, in the next village.
                MoveWithinDistrict(other.profile.region_code);
                other.profile.address = Address();
                break;
            case 1:  // Another Bu Siti, in the same one.
                other.profile.address = Address();
                break;
            case 2: {  // In the same house, another family and another trade.
                const auto [trade, kbli] = Trade();
                other.profile.name = ShopName(trade, other.owner.name);
                other.profile.kbli = kbli;
                if (kbli.substr(0, 2) == shop.profile.kbli.substr(0, 2)) return;
                break;
            }
            case 3: {  // The same family, another business.
                other.owner.phone = shop.owner.phone;
                other.profile.name = "Bengkel Las " + PersonName();
                other.profile.kbli = "25920";
                if (shop.profile.kbli.starts_with("25")) return;
                break;
            }
            default:  // Somebody of the same name, with another shop elsewhere.
                other.owner.name = shop.owner.name;
                other.profile.region_code = Village();
                other.profile.address = Address();
                other.profile.name = ShopName(Trade().first, other.owner.name);
                break;
        }
        commands_.push_back(std::move(other));
    }

    void Mistype(std::string& text) {
        if (text.size() < 4) return;
        const std::size_t at = 1 + Below(static_cast<int>(text.size()) - 2);
        switch (Below(4)) {
            case 0: text.erase(at, 1); break;
            case 1: text.insert(at, 1, text[at]); break;
            case 2: std::swap(text[at], text[at - 1]); break;
            default: text[at] = static_cast<char>('a' + Below(26)); break;
        }
    }
    static void Replace(std::string& text, std::string_view from, std::string_view to) {
        if (const std::size_t at = text.find(from); at != std::string::npos) {
            text.replace(at, from.size(), to);
        }
    }
    void Abbreviate(RegisterBusiness& entry) {
        Replace(entry.profile.name, "Warung", "Wr.");
        Replace(entry.profile.name, "Toko", "TK");
        Replace(entry.profile.name, " Bu ", " Ibu ");
        Replace(entry.profile.name, " Pak ", " Bpk. ");
        Replace(entry.profile.name, "Berkah", "Barokah");
        Replace(entry.profile.address, "Jl. ", "Jln ");
        Replace(entry.profile.address, "No. ", "");
        Replace(entry.owner.name, "Muhammad", "M.");
    }
    void SwapWords(std::string& name) {
        const std::size_t space = name.rfind(' ');
        if (space != std::string::npos) name = name.substr(space + 1) + " " + name.substr(0, space);
    }
    void MoveWithinDistrict(std::string& region) {
        const std::string district = region.substr(0, 8);
        std::string moved = region;
        while (moved == region || !moved.starts_with(district)) moved = Village();
        region = moved;
    }
    void Rewrite(RegisterBusiness& entry) {
        for (char& c : entry.profile.name) {
            if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
        }
        Replace(entry.profile.address, "Jl. ", "JALAN ");
        const std::size_t rt = entry.profile.address.find(", RT");
        if (rt != std::string::npos) entry.profile.address.erase(rt);
        Replace(entry.owner.name, "i", "y");
    }

    std::mt19937 random_;
    int niks_ = 0;
    std::vector<RegisterBusiness> commands_;
    std::set<BusinessPair> duplicates_;
    std::vector<std::pair<BusinessPair, std::string>> kinds_;
};

}  // namespace bangkit::registration
