#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <variant>
#include <vector>

#include "libs/base/clock.h"
#include "libs/base/result.h"
#include "libs/indonesia/region_history.h"
#include "libs/indonesia/scale.h"
#include "services/registration/domain/details.h"
#include "services/registration/domain/registry_data.h"

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
    bool order_and_deliver = false;  // Warung pesan kirim.
    LocationType location_type = LocationType::kUnknown;
    Workers workers = {};
    NetworkCoverage network_coverage = NetworkCoverage::kUnknown;
    std::vector<OnlineChannel> online_channels = {};
    std::optional<Date> nib_issued_on = {};
    LegalDocument pirt = {};
    LegalDocument halal = {};
    LegalDocument bpom = {};
    LegalDocument business_certificate = {};         // SKU, of the village.
    std::optional<Cooperative> cooperative = {};     // Of a cooperative only.
    std::optional<StreetVendor> street_vendor = {};  // Of a street vendor only.
    std::optional<Consent> consent = {};
    Provenance provenance = {};
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

/// The profile without what identifies the owner: all that an erasure leaves of it.
Profile WithoutOwner(Profile profile);

/// What only one kind of business has must be of that kind. FAILED_PRECONDITION,
/// DETAILS_NOT_OF_KIND.
Result<void> CheckDetailsOfKind(const Profile& profile);

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
    std::string merged_into =
        {};  // The business that this one lives on in; empty: it lives itself.

    bool Exists() const { return version > 0; }
};

// Commands: what a caller asks for. They may be refused.

/// The person behind a business. Personal data, all of it.
struct Owner {
    std::string nik;  // 16 digits. Empty: registered provisionally.
    std::string name;
    std::string phone;  // +62...; empty: unknown.
    std::string identity_card_address;
    std::string kk = {};                  // Family card, 16 digits; empty: unknown.
    std::optional<Date> birth_date = {};  // As stated, whatever the NIK says.
    Sex sex = Sex::kUnknown;              // The same.
    std::string email = {};
    Disability disability = Disability::kUnknown;
    Occupation occupation = Occupation::kUnknown;
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
    // Of a row of a file that we have made: the business that it is about. Empty: any other row.
    std::string stated_id = {};
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
    // Taken down by somebody who may not have known that it was closed: whatever holds from the
    // latest date is how it is, in whichever order the reports arrive.
    bool may_reopen = false;
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

/// Businesses join and leave a group, by id.
struct ChangeGroupMembers {
    std::string business_id;  // Of the group.
    std::set<std::string> added;
    std::set<std::string> removed;
    std::optional<std::int64_t> expected_version;  // From the etag.
};

/// The next businesses and needs of a region that is no more go to where the law has put them.
struct ApplyRegionChange {
    std::string region_code;  // Of before, with all that lay in it.
    // Behind which they come: businesses by region and id, needs by id.
    std::string after_region_code = {};
    std::string after_business_id = {};
    std::string after_need_id = {};
    const indonesia::RegionHistory* history = nullptr;  // Outlives the command.
};

using Command = std::variant<RegisterBusiness, ReportCondition, UpdateBusiness, VerifyBusiness,
                             ChangeGroupMembers, ApplyRegionChange>;

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
    // If it has moved by law: since when. Else since the day of the event.
    std::optional<Date> region_since = {};
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

/// Those that were none before joined the group, those that were members left it: by the ids by
/// which they joined.
struct MembersChanged {
    std::set<std::string> added;
    std::set<std::string> removed;
    std::int64_t members = 0;  // By now.
    Time at;
    bool operator==(const MembersChanged&) const = default;
};

/// One business lives on in another one: an event of both of them.
struct BusinessesMerged {
    std::string merge_id;
    std::string surviving_id;
    std::string merged_id;
    Time at;
    bool operator==(const BusinessesMerged&) const = default;
};

/// They are two businesses again: an event of both of them.
struct MergeUndone {
    std::string merge_id;
    std::string surviving_id;
    std::string merged_id;
    Time at;
    bool operator==(const MergeUndone&) const = default;
};

using Event =
    std::variant<BusinessRegistered, ConditionReported, ScaleChanged, DetailsChanged, Verified,
                 OwnerDataErased, MembersChanged, BusinessesMerged, MergeUndone>;
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

/// True if the row of a file says of the business and its owner what is known already.
bool SaysWhatIsKnown(const RegisterBusiness& row, const Business& business, const Owner& owner);

/// What every change of a business needs: that it is there, and as it was when the caller read it.
Result<void> CheckIsCurrent(const Business& business, std::optional<std::int64_t> expected_version);

/// Whoever lives on in another business is changed there. FAILED_PRECONDITION, BUSINESS_MERGED.
Result<void> CheckLives(const Business& business);

/// A scale by the rules of the day since which the figures hold.
ScaleStatement Classified(const Figures& figures, Date since);

}  // namespace bangkit::registration
