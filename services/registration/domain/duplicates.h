#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "services/registration/domain/business.h"

namespace bangkit::registration {

// Which businesses may be one that was registered twice. First what is compared, then where two
// businesses meet, then how much speaks for it.

/// What two businesses are compared by. Words are in lower case, without punctuation, and spelled
/// in one of the ways in which Indonesian names are spelled.
struct Traits {
    std::string region_code;
    std::string name;        // Without legal forms (UD, CV, Toko ...) and titles (Bu, Haji ...).
    std::string address;     // Without what every address has (Jalan, RT ...).
    std::string owner_name;  // The sounds of the name, in one order. Personal data.
    std::string phone;       // Personal data.
    bool has_nik = false;
};

/// `owner`: none if what identifies them has been erased.
Traits TraitsOf(const Business& business, const std::optional<Owner>& owner);

/// Two businesses that may be one have at least one of these in common: a telephone number or an
/// owner's name in one regency; a name or a house in one district; a telling word in one village.
/// Small sets, however many businesses there are.
std::vector<std::string> MeetingKeys(const Traits& traits);
/// Those that are made of personal data, to be hashed with a secret key.
std::vector<std::string> SecretMeetingKeys(const Traits& traits);

// The numbers are those of bangkit.registration.v1, stored and sent: never change one, only add.
enum class DuplicateReason {
    kSameOwner = 1,
    kSamePhone = 2,
    kSameOwnerName = 3,
    kSameName = 4,
    kSimilarName = 5,
    kSameAddress = 6,
    kSimilarAddress = 7,
    kSameVillage = 8,
    kSameDistrict = 9,
    kDifferentNik = 10,
    kDifferentNib = 11,
    kDifferentTrade = 12,
    kDifferentPhone = 13,
    kDifferentAddress = 14
};

/// How two businesses compare. Unset: not known of both.
struct Likeness {
    bool is_same_owner = false;         // By id.
    bool has_different_nik = false;     // Two owners, both known by NIK.
    bool has_different_nib = false;     // Both have one.
    bool is_same_kind_of_owner = true;  // Both a person's, or both a cooperative or a group.
    bool is_same_trade = true;          // By division of KBLI.
    std::optional<bool> has_same_phone;
    std::optional<bool> has_same_owner_name;
    double name_similarity = 0;  // Of their words, 0 to 1, as pg_trgm measures it.
    double address_similarity = 0;
    std::string first_name, second_name;        // As in Traits.
    std::string first_address, second_address;  // As in Traits.
    std::string first_region, second_region;
};

struct Verdict {
    int score = 0;  // 0 to 100.
    std::set<DuplicateReason> reasons;
};

/// From this score on two businesses are shown to people as one that may have been registered
/// twice.
inline constexpr int kDuplicateScoreMin = 55;

Verdict Compare(const Likeness& likeness);

/// The smallest region in which both lie; empty: none below the country.
std::string CommonRegion(std::string_view first, std::string_view second);

}  // namespace bangkit::registration
