#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "libs/base/clock.h"

namespace bangkit::registration {

// What is known of owners and businesses beyond what every registration states. The numbers are
// those of bangkit.registration.v1 and bangkit.common.v1, stored and sent: never change one, only
// add. Zero is: not known, not stated.
enum class Sex { kUnknown = 0, kMale = 1, kFemale = 2 };
enum class Disability {
    kUnknown = 0,
    kNone = 1,
    kPhysical = 2,
    kIntellectual = 3,
    kMental = 4,
    kSensory = 5,
    kMultiple = 6
};
enum class Occupation {
    kUnknown = 0,
    kOther = 1,
    kCivilServant = 2,
    kMilitary = 3,
    kPolice = 4,
    kStateEnterprise = 5,
    kRegionalEnterprise = 6
};
enum class LocationType { kUnknown = 0, kFixed = 1, kMobile = 2, kOnline = 3 };
enum class NetworkCoverage { kUnknown = 0, kBlankSpot = 1, kWeak = 2, kGood = 3 };
enum class OnlinePlatform {
    kUnknown = 0,
    kWebsite = 1,
    kInstagram = 2,
    kFacebook = 3,
    kTiktok = 4,
    kTokopedia = 5,
    kShopee = 6,
    kBukalapak = 7,
    kLazada = 8,
    kGofood = 9,
    kGrabfood = 10,
    kOther = 11
};
enum class CooperativeKind {
    kUnknown = 0,
    kConsumer = 1,
    kProducer = 2,
    kServices = 3,
    kMarketing = 4,
    kSavingsAndLoans = 5,
    kMultiPurpose = 6
};
enum class CooperativeForm { kUnknown = 0, kPrimary = 1, kSecondary = 2 };
enum class Affiliation { kUnknown = 0, kNone = 1, kMosque = 2, kPesantren = 3 };
enum class PlaceType {
    kUnknown = 0,
    kSpread = 1,
    kMats = 2,
    kTent = 3,
    kShelter = 4,
    kMotorVehicle = 5,
    kCart = 6
};
enum class DataSource {
    kUnknown = 0,
    kDesk = 1,
    kVisit = 2,
    kOffline = 3,
    kFile = 4,
    kSelf = 5,
    kSystem = 6,
    kStoreCensus = 7
};

/// A permit or certificate; all empty: none.
struct LegalDocument {
    std::string number = {};
    std::optional<Date> issued_on = {};
    std::optional<Date> expires_on = {};  // The last day on which it is valid.
    bool operator==(const LegalDocument&) const = default;
};

/// Where a business shows itself or sells online.
struct OnlineChannel {
    OnlinePlatform platform = OnlinePlatform::kUnknown;
    std::string address = {};
    bool operator==(const OnlineChannel&) const = default;
};

struct Workers {
    std::optional<std::int32_t> male = {};  // Unset: unknown.
    std::optional<std::int32_t> female = {};
    bool operator==(const Workers&) const = default;
};

/// What only a cooperative has.
struct Cooperative {
    CooperativeKind kind = CooperativeKind::kUnknown;
    CooperativeForm form = CooperativeForm::kUnknown;
    std::string deed_number = {};  // Of the notary; empty: none yet.
    std::optional<Date> deed_date = {};
    std::string legal_entity_number = {};
    std::string cooperative_number = {};  // NIK koperasi, not a person's.
    std::optional<Date> last_annual_meeting = {};
    std::optional<std::int32_t> members_male = {};
    std::optional<std::int32_t> members_female = {};
    bool is_sharia = false;
    Affiliation affiliation = Affiliation::kUnknown;
    bool operator==(const Cooperative&) const = default;
};

/// What only a street vendor has.
struct StreetVendor {
    std::string place = {};
    PlaceType place_type = PlaceType::kUnknown;
    std::string sells_from = {};  // HH:MM, local time; both or neither.
    std::string sells_until = {};
    LegalDocument tdu = {};  // Tanda Daftar Usaha.
    bool operator==(const StreetVendor&) const = default;
};

/// The person knows what is done with their data, and agrees.
struct Consent {
    std::string notice_version = {};
    Time given_at = {};
    bool operator==(const Consent&) const = default;
};

/// How the first data of a business came here.
struct Provenance {
    DataSource source = DataSource::kUnknown;
    std::string device_id = {};  // Of the device or the system; empty: none.
    std::optional<Time> captured_at = {};
    bool operator==(const Provenance&) const = default;
};

}  // namespace bangkit::registration
