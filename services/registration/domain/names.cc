#include "services/registration/domain/names.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <set>

namespace bangkit::registration {
namespace {

using WordSet = std::set<std::string_view, std::less<>>;
using WordMap = std::map<std::string_view, std::string_view, std::less<>>;

// As they are written.
const WordSet& LegalForms() {
    static const WordSet words{
        "ud",    "pd",     "cv",     "pt",    "fa",     "firma",      "koperasi", "kop",
        "kub",   "kube",   "toko",   "tk",    "warung", "waroeng",    "wr",       "wrg",
        "wrng",  "warteg", "kios",   "kedai", "depot",  "gerai",      "lapak",    "outlet",
        "rumah", "rmh",    "rm",     "usaha", "dagang", "perusahaan", "home",     "industri",
        "bu",    "ibu",    "pak",    "bapak", "bpk",    "p",          "b",        "mas",
        "mbak",  "mba",    "mbah",   "mak",   "emak",   "bang",       "abang",    "kang",
        "cak",   "teh",    "neng",   "nyai",  "h",      "hj",         "haji",     "hajjah",
        "hajah", "ustad",  "ustadz", "ust",   "dan",    "and",        "the",      "di"};
    return words;
}

const WordSet& TitlesOfPeople() {
    static const WordSet words{"h",    "hj",   "haji",  "hajjah", "hajah", "dr",  "drs",   "dra",
                               "ir",   "prof", "se",    "sh",     "st",    "spd", "sag",   "skom",
                               "ssos", "mm",   "msi",   "mpd",    "amd",   "bin", "binti", "ny",
                               "tn",   "bpk",  "bapak", "ibu",    "pak",   "bu",  "alm",   "almh"};
    return words;
}

// What every address has. RT and RW take their numbers along.
const WordSet& AddressForms() {
    static const WordSet words{"jl",        "jln",       "jalan", "no",        "nomor", "nmr",
                               "nomer",     "ds",        "desa",  "kel",       "kec",   "kab",
                               "kelurahan", "kecamatan", "kota",  "kabupaten", "prov",  "provinsi"};
    return words;
}

// Of places that are common to many addresses of a village.
const WordSet& CommonPlaces() {
    static const WordSet words{"gang", "blok",  "komplek", "perum", "kampung", "pasar",
                               "raya", "depan", "lapak",   "kios",  "dusun"};
    return words;
}

// Spelled as Spelled() leaves them.
const WordSet& Trades() {
    static const WordSet words{
        "makan",    "minum",    "kelontong", "sembako",   "bakso",    "mi",         "aiam",
        "nasi",     "goreng",   "gorengan",  "sate",      "soto",     "siomai",     "kue",
        "roti",     "kopi",     "es",        "kelapa",    "bua",      "saiur",      "jajanan",
        "pasar",    "pakaian",  "kaki",      "lima",      "keliling", "mainan",     "anak",
        "bengkel",  "motor",    "mobil",     "serfis",    "ponsel",   "pulsa",      "katering",
        "konfeksi", "penjahit", "jahit",     "salon",     "pangkas",  "rambut",     "laundri",
        "penatu",   "mebel",    "batik",     "kain",      "simpan",   "pinjam",     "saria",
        "serba",    "jasa",     "konsumen",  "pemasaran", "produsen", "unit",       "aniaman",
        "keripik",  "tempe",    "tahu",      "bumbu",     "dapur",    "percetakan", "studio",
        "foto",     "digital",  "ternak",    "antar",     "barang",   "masjid",     "mesjid"};
    return words;
}

// Different spellings of one word, as Spelled() leaves them, and short forms.
const WordMap& Synonyms() {
    static const WordMap words{
        {"m", "muhamad"},       {"moh", "muhamad"},        {"mohd", "muhamad"},
        {"muh", "muhamad"},     {"mhd", "muhamad"},        {"mohamad", "muhamad"},
        {"mohamed", "muhamad"}, {"muhamed", "muhamad"},    {"akmad", "ahmad"},
        {"achmad", "ahmad"},    {"abd", "abdul"},          {"baroka", "berka"},
        {"baraka", "berka"},    {"barka", "berka"},        {"rejeki", "reseki"},
        {"mkn", "makan"},       {"makanan", "makan"},      {"mnm", "minum"},
        {"minuman", "minum"},   {"klontong", "kelontong"}, {"kripik", "keripik"},
        {"meubel", "mebel"},    {"mubel", "mebel"},        {"mie", "mi"},
        {"baso", "bakso"},      {"catering", "katering"}};
    return words;
}

const WordMap& AddressShortForms() {
    static const WordMap words{{"gg", "gang"},      {"blk", "blok"},        {"kompleks", "komplek"},
                               {"komp", "komplek"}, {"perumahan", "perum"}, {"kp", "kampung"},
                               {"kpg", "kampung"},  {"kmp", "kampung"},     {"psr", "pasar"},
                               {"ps", "pasar"},     {"ry", "raya"},         {"dpn", "depan"},
                               {"dsn", "dusun"},    {"lpk", "lapak"}};
    return words;
}

bool IsLetter(char c) { return (c >= 'a' && c <= 'z') || static_cast<unsigned char>(c) >= 0x80; }
bool IsDigit(char c) { return c >= '0' && c <= '9'; }
bool IsNumber(std::string_view word) { return !word.empty() && IsDigit(word.front()); }
char Lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

/// "RT05" is two words, "12A" is one. Apostrophes are left out, and so is the dot of a letter that
/// stands alone: "U.D." is "ud".
Words Split(std::string_view text) {
    Words words;
    std::string word;
    const auto end = [&] {
        if (!word.empty()) words.push_back(std::move(word));
        word.clear();
    };
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = Lower(text[i]);
        const bool joins = c == '\'' || c == '`' ||
                           (c == '.' && i + 1 < text.size() && IsLetter(Lower(text[i + 1])) &&
                            (i < 2 || !IsLetter(Lower(text[i - 2]))));
        if (joins) continue;
        if (IsLetter(c)) {
            word += c;
        } else if (IsDigit(c)) {
            if (!word.empty() && !IsNumber(word)) end();
            word += c;
        } else {
            end();
        }
    }
    end();
    return words;
}

void Replace(std::string& word, std::string_view from, std::string_view to) {
    for (std::size_t at = word.find(from); at != std::string::npos; at = word.find(from, at)) {
        word.replace(at, from.size(), to);
        at += to.size();
    }
}

std::string Spelled(std::string word) {
    if (IsNumber(word)) return word;
    constexpr std::pair<std::string_view, std::string_view> kSounds[] = {
        {"oe", "u"}, {"dj", "j"}, {"tj", "c"}, {"sj", "s"}, {"sy", "s"}, {"sh", "s"},
        {"kh", "k"}, {"ph", "f"}, {"th", "t"}, {"dh", "d"}, {"dz", "s"}, {"x", "ks"},
        {"v", "f"},  {"z", "s"},  {"q", "k"},  {"y", "i"}};
    for (const auto& [from, to] : kSounds) Replace(word, from, to);
    word.erase(std::unique(word.begin(), word.end()), word.end());
    if (word.size() > 3 && word.ends_with('h')) word.pop_back();
    const auto synonym = Synonyms().find(word);
    return synonym == Synonyms().end() ? word : std::string(synonym->second);
}

Words SpelledWithout(const WordSet& left_out, const Words& written) {
    Words words;
    for (const std::string& word : written) {
        if (!left_out.contains(word)) words.push_back(Spelled(word));
    }
    return words;
}

}  // namespace

Words WordsOfBusiness(std::string_view name) {
    const Words written = Split(name);
    Words words = SpelledWithout(LegalForms(), written);
    return words.empty() ? SpelledWithout({}, written) : words;
}

bool IsTelling(std::string_view word) { return !Trades().contains(word) && word.size() > 1; }

Words WordsOfPerson(std::string_view name) {
    Words words = SpelledWithout(TitlesOfPeople(), Split(name));
    if (words.size() > 1) std::erase(words, "muhamad");
    return words;
}

Words WordsOfAddress(std::string_view address) {
    Words words;
    bool skips_number = false;
    for (std::string& word : Split(address)) {
        if (IsNumber(word)) {
            if (!skips_number) {
                word.erase(0, std::min(word.find_first_not_of('0'), word.size() - 1));
                words.push_back(std::move(word));
            }
            continue;  // "RT 005/008": what follows is of the same kind.
        }
        skips_number = word == "rt" || word == "rw";
        if (skips_number || AddressForms().contains(word)) continue;
        const auto short_form = AddressShortForms().find(word);
        words.push_back(short_form == AddressShortForms().end() ? Spelled(std::move(word))
                                                                : std::string(short_form->second));
    }
    return words;
}

std::string HouseOf(const Words& address) {
    const std::string* street = nullptr;
    for (const std::string& word : address) {
        if (IsNumber(word) || CommonPlaces().contains(word)) continue;
        const bool tells_more = street == nullptr || word.size() > street->size() ||
                                (word.size() == street->size() && word < *street);
        if (tells_more) street = &word;
    }
    const std::string numbers = NumbersOf(address);
    if (street == nullptr || numbers.empty()) return "";
    return SoundsOf(*street) + " " + numbers;
}

std::string NumbersOf(const Words& address) {
    Words numbers;
    std::ranges::copy_if(address, std::back_inserter(numbers),
                         [](const std::string& word) { return IsNumber(word); });
    std::ranges::sort(numbers);
    return Joined(numbers);
}

std::string SoundsOf(std::string_view word) {
    std::string sounds;
    for (const char c : word) {
        const bool is_silent =
            !sounds.empty() && std::string_view("aeiouh").contains(c) && !IsNumber(word);
        if (!is_silent && (sounds.empty() || IsDigit(c) || sounds.back() != c)) sounds += c;
    }
    return sounds;
}

std::string SoundsOf(const Words& words) {
    std::set<std::string> sounds;
    for (const std::string& word : words) sounds.insert(SoundsOf(std::string_view(word)));
    return Joined({sounds.begin(), sounds.end()});
}

std::string Joined(const Words& words) {
    std::string joined;
    for (const std::string& word : words) {
        if (!joined.empty()) joined += ' ';
        joined += word;
    }
    return joined;
}

Words SplitAtSpaces(std::string_view text) {
    Words words;
    while (!text.empty()) {
        const std::size_t space = std::min(text.find(' '), text.size());
        words.emplace_back(text.substr(0, space));
        text.remove_prefix(std::min(space + 1, text.size()));
    }
    return words;
}

}  // namespace bangkit::registration
