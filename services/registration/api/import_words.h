#pragma once

#include <algorithm>
#include <iterator>
#include <string>
#include <string_view>

#include "services/registration/domain/business.h"

namespace bangkit::registration {

// The words by which files say what messages say by enums: of each value first the Indonesian and
// the English word that we write, in the form of Normalized(); then what else people write. Those
// that we write are part of row keys: never change one, only add.

enum class Language { kIndonesian, kEnglish };

template <typename Enum>
struct Word {
    Enum value;
    std::string_view indonesian;
    std::string_view english;
};

inline constexpr Word<Kind> kKindWords[] = {
    {Kind::kUmkm, "umkm", "umkm"},
    {Kind::kCooperative, "koperasi", "cooperative"},
    {Kind::kStreetVendor, "pkl", "street_vendor"},
    {Kind::kGroup, "kelompok", "group"},
};

inline constexpr Word<Condition> kConditionWords[] = {
    {Condition::kActive, "aktif", "active"},       {Condition::kAffected, "terdampak", "affected"},
    {Condition::kDormant, "mati_suri", "dormant"}, {Condition::kClosed, "tutup", "closed"},
    {Condition::kRecovered, "pulih", "recovered"},
};

inline constexpr Word<bool> kYesNoWords[] = {
    {true, "ya", "yes"},   {false, "tidak", "no"}, {true, "y", "true"},
    {false, "t", "false"}, {true, "1", "1"},       {false, "0", "0"},
};

inline constexpr Word<Sex> kSexWords[] = {
    {Sex::kMale, "l", "male"},
    {Sex::kFemale, "p", "female"},
    {Sex::kMale, "laki_laki", "m"},
    {Sex::kFemale, "perempuan", "f"},
};

inline constexpr Word<Disability> kDisabilityWords[] = {
    {Disability::kNone, "tidak_ada", "none"},
    {Disability::kPhysical, "fisik", "physical"},
    {Disability::kIntellectual, "intelektual", "intellectual"},
    {Disability::kMental, "mental", "mental"},
    {Disability::kSensory, "sensorik", "sensory"},
    {Disability::kMultiple, "ganda", "multiple"},
};

inline constexpr Word<Occupation> kOccupationWords[] = {
    {Occupation::kOther, "lainnya", "other"},
    {Occupation::kCivilServant, "asn", "civil_servant"},
    {Occupation::kMilitary, "tni", "military"},
    {Occupation::kPolice, "polri", "police"},
    {Occupation::kStateEnterprise, "bumn", "state_enterprise"},
    {Occupation::kRegionalEnterprise, "bumd", "regional_enterprise"},
};

inline constexpr Word<LocationType> kLocationTypeWords[] = {
    {LocationType::kFixed, "tetap", "fixed"},
    {LocationType::kMobile, "keliling", "mobile"},
    {LocationType::kOnline, "daring", "online"},
};

inline constexpr Word<NetworkCoverage> kCoverageWords[] = {
    {NetworkCoverage::kBlankSpot, "blank_spot", "blank_spot"},
    {NetworkCoverage::kWeak, "lemah", "weak"},
    {NetworkCoverage::kGood, "baik", "good"},
};

inline constexpr Word<Channel> kChannelWords[] = {
    {Channel::kFixedPlace, "tempat_tetap", "fixed_place"},
    {Channel::kMobile, "keliling", "mobile"},
    {Channel::kOnline, "daring", "online"},
};

inline constexpr Word<OnlinePlatform> kPlatformWords[] = {
    {OnlinePlatform::kWebsite, "situs", "website"},
    {OnlinePlatform::kInstagram, "instagram", "instagram"},
    {OnlinePlatform::kFacebook, "facebook", "facebook"},
    {OnlinePlatform::kTiktok, "tiktok", "tiktok"},
    {OnlinePlatform::kTokopedia, "tokopedia", "tokopedia"},
    {OnlinePlatform::kShopee, "shopee", "shopee"},
    {OnlinePlatform::kBukalapak, "bukalapak", "bukalapak"},
    {OnlinePlatform::kLazada, "lazada", "lazada"},
    {OnlinePlatform::kGofood, "gofood", "gofood"},
    {OnlinePlatform::kGrabfood, "grabfood", "grabfood"},
    {OnlinePlatform::kOther, "lainnya", "other"},
};

inline constexpr Word<CooperativeKind> kCooperativeKindWords[] = {
    {CooperativeKind::kConsumer, "konsumen", "consumer"},
    {CooperativeKind::kProducer, "produsen", "producer"},
    {CooperativeKind::kServices, "jasa", "services"},
    {CooperativeKind::kMarketing, "pemasaran", "marketing"},
    {CooperativeKind::kSavingsAndLoans, "simpan_pinjam", "savings_and_loans"},
    {CooperativeKind::kMultiPurpose, "serba_usaha", "multi_purpose"},
};

inline constexpr Word<CooperativeForm> kCooperativeFormWords[] = {
    {CooperativeForm::kPrimary, "primer", "primary"},
    {CooperativeForm::kSecondary, "sekunder", "secondary"},
};

inline constexpr Word<Affiliation> kAffiliationWords[] = {
    {Affiliation::kNone, "tidak_ada", "none"},
    {Affiliation::kMosque, "masjid", "mosque"},
    {Affiliation::kPesantren, "pesantren", "pesantren"},
};

inline constexpr Word<PlaceType> kPlaceTypeWords[] = {
    {PlaceType::kSpread, "gelaran", "spread"},
    {PlaceType::kMats, "lesehan", "mats"},
    {PlaceType::kTent, "tenda", "tent"},
    {PlaceType::kShelter, "selter", "shelter"},
    {PlaceType::kMotorVehicle, "kendaraan_bermotor", "motor_vehicle"},
    {PlaceType::kCart, "gerobak", "cart"},
};

inline constexpr Word<DataSource> kSourceWords[] = {
    {DataSource::kDesk, "loket", "desk"},
    {DataSource::kVisit, "kunjungan", "visit"},
    {DataSource::kOffline, "luring", "offline"},
    {DataSource::kFile, "berkas", "file"},
    {DataSource::kSelf, "mandiri", "self"},
    {DataSource::kSystem, "sistem", "system"},
    {DataSource::kStoreCensus, "sensus_toko", "store_census"},
};

inline constexpr Word<Verification> kVerificationWords[] = {
    {Verification::kSelfDeclared, "mandiri", "self_declared"},
    {Verification::kDocument, "dokumen", "document"},
    {Verification::kField, "lapangan", "field"},
};

inline constexpr Word<Scale> kScaleWords[] = {
    {Scale::kMicro, "mikro", "micro"},
    {Scale::kSmall, "kecil", "small"},
    {Scale::kMedium, "menengah", "medium"},
    {Scale::kLarge, "besar", "large"},
};

/// The row of `words` that a Normalized() word belongs to; nullptr if there is none.
template <typename Enum, std::size_t kCount>
const Word<Enum>* FindWord(const Word<Enum> (&words)[kCount], std::string_view word) {
    const auto* const found = std::ranges::find_if(
        words, [word](const auto& row) { return row.indonesian == word || row.english == word; });
    return found == std::end(words) ? nullptr : found;
}

/// "MATI SURI"; empty for a value that has no word, such as what is not known.
template <typename Enum, std::size_t kCount>
std::string WordOf(const Word<Enum> (&words)[kCount], Enum value, Language language) {
    const auto* const found = std::ranges::find(words, value, &Word<Enum>::value);
    if (found == std::end(words)) return {};
    std::string word(language == Language::kEnglish ? found->english : found->indonesian);
    for (char& c : word) {
        if (c == '_') c = ' ';
        if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
    }
    return word;
}

}  // namespace bangkit::registration
