#pragma once

#include <string>
#include <vector>

#include "bangkit/registration/v1/business.pb.h"
#include "libs/grpc/fields.h"
#include "libs/indonesia/regions.h"
#include "services/registration/domain/business.h"

namespace bangkit::registration {

/// The fields of owners and businesses, one by one: what is wrong with them, what a person should
/// look at, and the fields as the service keeps them.
class InputFields : public rpc::FieldChecker {
public:
    InputFields(const indonesia::RegionTree& regions, Date today)
        : regions_(regions), today_(today) {}

    std::string OwnerName(const v1::OwnerInput& owner);
    std::string OwnerAddress(const v1::OwnerInput& owner);
    /// Empty if there is none.
    std::string OwnerNik(const v1::OwnerInput& owner);
    std::string OwnerPhone(const v1::OwnerInput& owner);

    Kind BusinessKind(const v1::BusinessInput& business);
    std::string BusinessName(const v1::BusinessInput& business);
    std::string BusinessAddress(const v1::BusinessInput& business);
    std::string RegionCode(const v1::BusinessInput& business);
    std::string Kbli(const v1::BusinessInput& business);
    std::set<Channel> Channels(const v1::BusinessInput& business);
    std::string Nib(const v1::BusinessInput& business);
    std::string Npwp(const v1::BusinessInput& business);
    std::optional<Date> StartDate(const v1::BusinessInput& business);
    std::optional<std::int64_t> Capital(const v1::BusinessInput& business);
    std::optional<std::int64_t> AnnualSales(const v1::BusinessInput& business);

    /// nullopt unless set: 0 to 10^15.
    std::optional<std::int64_t> OptionalAmount(std::string_view field, bool is_set,
                                               std::int64_t value);
    /// The version that an etag stands for; nullopt if it is empty. ETAG_INVALID.
    std::optional<std::int64_t> Version(const std::string& etag);

    Date today() const { return today_; }
    std::vector<std::string> TakeWarnings() { return std::move(warnings_); }

private:
    void Warn(const std::vector<std::string>& reasons);

    const indonesia::RegionTree& regions_;
    const Date today_;
    std::vector<std::string> warnings_;
};

/// The domain's enums have the numbers of the public ones.
template <typename Enum, typename PublicEnum>
Enum FromPublic(PublicEnum value) {
    return static_cast<Enum>(static_cast<int>(value));
}

}  // namespace bangkit::registration
