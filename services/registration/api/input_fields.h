#pragma once

#include <string>
#include <vector>

#include "bangkit/registration/v1/business.pb.h"
#include "libs/grpc/fields.h"
#include "libs/indonesia/permits.h"
#include "libs/indonesia/region_history.h"
#include "libs/indonesia/regions.h"
#include "services/registration/domain/business.h"

namespace bangkit::registration {

/// The fields of owners and businesses, one by one: what is wrong with them, what a person should
/// look at, and the fields as the service keeps them.
class InputFields : public rpc::FieldChecker {
public:
    InputFields(const indonesia::RegionHistory& history, Date today)
        : regions_(history.regions()), history_(history), today_(today) {}

    std::string OwnerName(const v1::OwnerInput& owner);
    std::string OwnerAddress(const v1::OwnerInput& owner);
    /// Empty if there is none.
    std::string OwnerNik(const v1::OwnerInput& owner);
    std::string OwnerPhone(const v1::OwnerInput& owner);
    std::string OwnerKk(const v1::OwnerInput& owner);
    std::optional<Date> OwnerBirthDate(const v1::OwnerInput& owner);
    Sex OwnerSex(const v1::OwnerInput& owner);
    std::string OwnerEmail(const v1::OwnerInput& owner);
    Disability OwnerDisability(const v1::OwnerInput& owner);
    Occupation OwnerOccupation(const v1::OwnerInput& owner);

    Kind BusinessKind(const v1::BusinessInput& business);
    std::string BusinessName(const v1::BusinessInput& business);
    std::string BusinessAddress(const v1::BusinessInput& business);
    /// A code of before becomes its successor's, if it has one: REGION_REPLACED, a warning.
    /// REGION_SPLIT if it has several.
    std::string RegionCode(const v1::BusinessInput& business);
    std::string Kbli(const v1::BusinessInput& business);
    std::set<Channel> Channels(const v1::BusinessInput& business);
    std::string Nib(const v1::BusinessInput& business);
    std::string Npwp(const v1::BusinessInput& business);
    std::optional<Date> StartDate(const v1::BusinessInput& business);
    std::optional<std::int64_t> Capital(const v1::BusinessInput& business);
    std::optional<std::int64_t> AnnualSales(const v1::BusinessInput& business);
    LocationType BusinessLocation(const v1::BusinessInput& business);
    std::optional<std::int32_t> WorkersMale(const v1::BusinessInput& business);
    std::optional<std::int32_t> WorkersFemale(const v1::BusinessInput& business);
    NetworkCoverage Coverage(const v1::BusinessInput& business);
    std::vector<OnlineChannel> OnlineChannels(const v1::BusinessInput& business);
    std::optional<Date> NibIssuedOn(const v1::BusinessInput& business);
    LegalDocument Pirt(const v1::BusinessInput& business);
    LegalDocument Halal(const v1::BusinessInput& business);
    LegalDocument Bpom(const v1::BusinessInput& business);
    LegalDocument BusinessCertificate(const v1::BusinessInput& business);
    /// nullopt if nothing of it is stated, as of the next.
    std::optional<Cooperative> CooperativeDetails(const v1::BusinessInput& business);
    std::optional<StreetVendor> StreetVendorDetails(const v1::BusinessInput& business);
    std::optional<Consent> ConsentGiven(const v1::BusinessInput& business);
    Provenance Origin(const v1::BusinessInput& business);
    /// KBLI_VERSION_UNKNOWN unless it is the one that Kbli() checks by.
    void KbliVersion(const v1::BusinessInput& business);

    /// nullopt unless set: 0 to 10^15.
    std::optional<std::int64_t> OptionalAmount(std::string_view field, bool is_set,
                                               std::int64_t value);
    /// nullopt unless set: 0 to 1,000,000 people.
    std::optional<std::int32_t> OptionalCount(std::string_view field, bool is_set,
                                              std::int32_t value);
    /// The version that an etag stands for; nullopt if it is empty. ETAG_INVALID.
    std::optional<std::int64_t> Version(const std::string& etag);

    Date today() const { return today_; }
    std::vector<std::string> TakeWarnings() { return std::move(warnings_); }

private:
    void Warn(const std::vector<std::string>& reasons);
    std::string SuccessorOf(std::string_view field, const std::string& region_code);
    /// Number and dates of a permit, without looking at what the number says.
    LegalDocument Document(const std::string& field, const v1::LegalDocument& document);
    /// The number as `parsed` has it, and its warnings.
    void TakeNumber(const std::string& field, LegalDocument& document,
                    Result<indonesia::Permit> parsed);
    OnlineChannel ChannelNamed(const std::string& field, const v1::OnlineChannel& channel);
    /// HH:MM.
    std::string TimeOfDay(std::string_view field, const std::string& text);
    /// From 2000 on, not after today.
    std::optional<Time> PastTime(std::string_view field, const google::protobuf::Timestamp& time);
    /// Letters, digits and . / - _ only. CODE_INVALID.
    std::string Code(std::string_view field, const std::string& text, std::size_t max_bytes,
                     rpc::Presence presence);

    const indonesia::RegionTree& regions_;
    const indonesia::RegionHistory& history_;
    const Date today_;
    std::vector<std::string> warnings_;
};

/// The domain's enums have the numbers of the public ones.
template <typename Enum, typename PublicEnum>
Enum FromPublic(PublicEnum value) {
    return static_cast<Enum>(static_cast<int>(value));
}

}  // namespace bangkit::registration
