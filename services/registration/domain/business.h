#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <variant>
#include <vector>

#include "libs/base/clock.h"
#include "libs/base/result.h"
#include "libs/indonesia/scale.h"
#include "services/registration/domain/details.h"

namespace bangkit::registration {

using indonesia::Scale;

// The numbers are those of bangkit.common.v1, stored and sent: never change one, only add.
enum class Kind { kUmkm = 1, kCooperative = 2, kStreetVendor = 3, kGroup = 4 };
enum class Condition { kActive = 1, kAffected = 2, kDormant = 3, kClosed = 4, kRecovered = 5 };
enum class Verification { kSelfDeclared = 1, kDocument = 2, kField = 3 };
enum class Channel { kFixedPlace = 1, kMobile = 2, kOnline = 3 };
enum class ConditionReason { kProductivity = 1, kTechnology = 2, kCapital = 3, kMarket = 4 };

/// What a business is worth and sells, in rupiah; unset: unknown.
struct Figures {
    std::optional<std::int64_t> capital;  // Without land and building of the place of business.
    std::optional<std::int64_t> annual_sales;
    bool operator==(const Figures&) const = default;
};

/// What somebody states of a business on registration.
struct Profile {
    Kind kind = Kind::kUmkm;
    std::string name;
    std::string region_code;
    std::string address;
    std::string kbli;
    std::set<Channel> channels;
    std::string nib;   // Empty: none.
    std::string npwp;  // Empty: none. May be a NIK: personal data.
    std::optional<Date> start_date;
    bool operator==(const Profile&) const = default;
};

struct ScaleStatement {
    indonesia::Classification classification;
    Figures figures;
    Date since;
    bool operator==(const ScaleStatement&) const = default;
};

/// True if what such a business is called and where it is tells who its owner is. A cooperative or
/// a group is more than its chair.
bool IsOfOwnerAlone(Kind kind);

/// A registered business, now.
struct Business {
    std::string id;
    std::int64_t version = 0;  // How many events built this state.
    std::string owner_id;
    Profile profile;
    ScaleStatement scale;
    Condition condition = Condition::kActive;
    Date condition_since;
    Verification verification = Verification::kSelfDeclared;
    Time registered_at;
    Time updated_at;
    bool owner_is_erased = false;

    bool Exists() const { return version > 0; }
};

// Commands: what a caller asks for. They may be refused.

/// The person behind a business. Personal data, all of it.
struct Owner {
    std::string nik;  // 16 digits. Empty: registered provisionally.
    std::string name;
    std::string phone;  // +62...; empty: unknown.
    std::string identity_card_address;
    bool operator==(const Owner&) const = default;
};

struct RegisterBusiness {
    std::string business_id;  // Made for this command.
    std::string owner_id;     // Made for this command; not used if the owner is known by NIK.
    Owner owner;
    Profile profile;
    Figures figures;
    Condition condition = Condition::kActive;
    Date condition_since;
    bool additional_business = false;
    // Of an import's row, one by each key of the ring: the same row is the same business. Empty: no
    // import.
    std::vector<std::string> row_keys;
    std::vector<std::string> warnings;
};

struct ReportCondition {
    std::string business_id;
    Condition condition = Condition::kActive;
    Date since;
    std::optional<std::int64_t> monthly_sales;
    std::optional<std::int64_t> annual_sales;
    std::optional<std::int32_t> workers_male;
    std::optional<std::int32_t> workers_female;
    std::set<ConditionReason> reasons;
    std::optional<std::int64_t> expected_version;  // From the etag.
};

/// Of owner, profile and figures, what `details` names replaces what is known; the rest is empty.
struct UpdateBusiness {
    std::string business_id;
    std::set<Detail> details;
    Owner owner;
    Profile profile;
    Figures figures;
    std::optional<std::int64_t> expected_version;  // From the etag.
    std::vector<std::string> warnings;
};

struct VerifyBusiness {
    std::string business_id;
    Verification level = Verification::kSelfDeclared;
    std::string note;  // What was seen, or why a level is taken back. No personal data.
    std::optional<std::int64_t> expected_version;  // From the etag.
};

using Command = std::variant<RegisterBusiness, ReportCondition, UpdateBusiness, VerifyBusiness>;

// Events: what has happened. They are never refused.

struct BusinessRegistered {
    std::string business_id;
    std::string owner_id;
    Profile profile;
    ScaleStatement scale;
    Condition condition;
    Date condition_since;
    Time at;
    bool operator==(const BusinessRegistered&) const = default;
};

struct ConditionReported {
    Condition condition;
    Date since;
    std::optional<std::int64_t> monthly_sales;
    std::optional<std::int32_t> workers_male;
    std::optional<std::int32_t> workers_female;
    std::set<ConditionReason> reasons;
    std::optional<ScaleStatement> new_figures;  // If they leave the present scale as it is.
    Time at;
    bool operator==(const ConditionReported&) const = default;
};

struct ScaleChanged {
    Scale from;
    ScaleStatement to;
    Time at;
    /// Naik kelas: from a known scale to a higher one.
    bool IsUpgrade() const { return from != Scale::kUnknown && to.classification.scale > from; }
    bool operator==(const ScaleChanged&) const = default;
};

struct DetailsChanged {
    std::set<Detail> details;  // Those that are different now.
    Profile profile;           // As it is now. Its tax number is known only if it has changed.
    std::optional<ScaleStatement> new_figures;  // If they leave the present scale as it is.
    std::string region_before;                  // Empty: the business has not moved.
    Time at;
    bool operator==(const DetailsChanged&) const = default;
};

struct Verified {
    Verification from;
    Verification to;
    std::string note;
    Time at;
    bool operator==(const Verified&) const = default;
};

/// What identifies the owner has been destroyed.
struct OwnerDataErased {
    Time at;
    bool operator==(const OwnerDataErased&) const = default;
};

using Event = std::variant<BusinessRegistered, ConditionReported, ScaleChanged, DetailsChanged,
                           Verified, OwnerDataErased>;
using Events = std::vector<Event>;

/// What else is known when a registration is decided: who holds the numbers that it claims.
struct Claims {
    std::string owner_id;         // Of the new owner, or of the one that the NIK belongs to.
    bool owner_is_known = false;  // The NIK belongs to an owner with at least one business.
    bool nib_is_taken = false;    // By another business.
};

/// Decide() reads the state and answers with events or a refusal; Apply() folds one event in.
/// Neither touches a clock, a network or a database.
Result<Events> Decide(const Business& business, const RegisterBusiness& command,
                      const Claims& claims, Time now);
Result<Events> Decide(const Business& business, const ReportCondition& command, Time now);
Result<Events> Decide(const Business& business, const VerifyBusiness& command, Time now);
Business Apply(Business business, const Event& event);

/// What every change of a business needs: that it is there, and as it was when the caller read it.
Result<void> CheckIsCurrent(const Business& business, std::optional<std::int64_t> expected_version);

/// A scale by the rules of the day since which the figures hold.
ScaleStatement Classified(const Figures& figures, Date since);

}  // namespace bangkit::registration
