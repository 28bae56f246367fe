#include "services/aid/events/business/business_copies.h"

#include <charconv>
#include <utility>
#include <vector>

#include "bangkit/registration/v1/registration_events.pb.h"
#include "libs/base/ids.h"
#include "libs/command/unit_of_work.h"
#include "libs/indonesia/region_history.h"
#include "services/aid/storage/business/businesses.h"
#include "services/aid/storage/business/erasure.h"

namespace bangkit::aid {
namespace {

using messaging::ReceivedEvent;
using namespace registration::v1;

constexpr std::string_view kOwnerErased = "bangkit.registration.v1.OwnerDataErased";

std::unexpected<Error> Invalid(const std::string& what) {
    return Refused(ErrorCode::kInvalidArgument, "EVENT_INVALID", what);
}

int DivisionOf(const std::string& text) {
    int division = 0;
    std::from_chars(text.data(), text.data() + text.size(), division);
    return division;
}

Result<void> Take(Business& business, const BusinessStatistics& statistics,
                  const indonesia::RegionTree& regions) {
    // A code of before is the place all the same.
    if (!regions.history().Knows(statistics.region_code())) {
        return Invalid("the region does not exist");
    }
    const bool is_known = common::v1::BusinessKind_IsValid(statistics.kind()) &&
                          common::v1::BusinessScale_IsValid(statistics.scale()) &&
                          common::v1::BusinessCondition_IsValid(statistics.condition()) &&
                          common::v1::VerificationLevel_IsValid(statistics.verification());
    if (!is_known) return Invalid("a category does not exist");
    business.region_code = statistics.region_code();
    business.kind = statistics.kind();
    business.scale = statistics.scale();
    business.condition = statistics.condition();
    business.verification = statistics.verification();
    business.kbli_division = DivisionOf(statistics.kbli_division());
    return {};
}

// What an event says besides the statistics.
Result<void> TakeRest(Business& business, const BusinessRegistered& message) {
    auto owner_id = ParseUuid(message.owner_id());
    if (!owner_id) return Invalid("the owner has no id");
    business.owner_id = *std::move(owner_id);
    return {};
}
Result<void> TakeRest(Business& business, const OwnerDataErased&) {
    business.owner_is_erased = true;
    return {};
}
Result<void> TakeRest(Business& business, const BusinessesMerged& message) {
    if (message.merged_business_id() != business.id) return {};
    auto surviving_id = ParseUuid(message.surviving_business_id());
    if (!surviving_id) return Invalid("the surviving business has no id");
    business.merged_into = *std::move(surviving_id);
    return {};
}
Result<void> TakeRest(Business& business, const MergeUndone& message) {
    if (message.merged_business_id() == business.id) business.merged_into.clear();
    return {};
}
Result<void> TakeRest(Business&, const auto&) { return {}; }

template <typename Message>
Result<Business> After(Business business, const ReceivedEvent& event,
                       const indonesia::RegionTree& regions) {
    Message message;
    if (!message.ParseFromString(event.record->payload)) {
        return Invalid("the payload cannot be read");
    }
    if (const auto taken = Take(business, message.statistics(), regions); !taken) {
        return std::unexpected(taken.error());
    }
    if (const auto taken = TakeRest(business, message); !taken) {
        return std::unexpected(taken.error());
    }
    if (business.owner_id.empty()) return Invalid("nothing was heard of the business before");
    business.version = event.envelope.version;
    business.updated_at = event.envelope.time;
    return business;
}

using Step = Result<Business> (*)(Business, const ReceivedEvent&, const indonesia::RegionTree&);

Step StepOf(std::string_view type) {
    static const std::map<std::string_view, Step> steps = {
        {"bangkit.registration.v1.BusinessRegistered", After<BusinessRegistered>},
        {"bangkit.registration.v1.ConditionReported", After<ConditionReported>},
        {"bangkit.registration.v1.ScaleChanged", After<ScaleChanged>},
        {"bangkit.registration.v1.BusinessDetailsChanged", After<BusinessDetailsChanged>},
        {"bangkit.registration.v1.BusinessVerified", After<BusinessVerified>},
        {kOwnerErased, After<OwnerDataErased>},
        {"bangkit.registration.v1.GroupMembersChanged", After<GroupMembersChanged>},
        {"bangkit.registration.v1.BusinessesMerged", After<BusinessesMerged>},
        {"bangkit.registration.v1.MergeUndone", After<MergeUndone>}};
    const auto found = steps.find(type);
    return found == steps.end() ? nullptr : found->second;
}

}  // namespace

void BusinessCopies::Load(postgres::Transaction& transaction,
                          std::span<const ReceivedEvent> events) {
    postgres::UuidArray ids;
    for (const ReceivedEvent& event : events) {
        const bool may_be_known =
            event.envelope.aggregate_type == kBusinessAggregate && event.envelope.version > 1;
        if (may_be_known) ids.Add(event.envelope.aggregate_id);
    }
    loaded_ = LoadBusinesses(transaction, ids);
}

Result<void> BusinessCopies::Fold(const ReceivedEvent& event) {
    if (event.envelope.aggregate_type != kBusinessAggregate) return {};
    const Step step = StepOf(event.envelope.type);
    if (step == nullptr) return Invalid("this type of event is not known");
    const std::string& id = event.envelope.aggregate_id;
    Business before;
    before.id = id;
    if (const auto saved = saved_.find(id); saved != saved_.end()) {
        before = saved->second;
    } else if (const auto loaded = loaded_.find(id); loaded != loaded_.end()) {
        before = loaded->second;
    }
    const std::int64_t known = before.version;
    Result<Business> after = step(std::move(before), event, regions_);
    if (!after) return std::unexpected(after.error());
    if (event.envelope.type == kOwnerErased) erased_owners_.insert(after->owner_id);
    // Registration may have told more already when it was asked.
    if (after->version > known) saved_.insert_or_assign(id, *std::move(after));
    return {};
}

void BusinessCopies::Save(postgres::Transaction& transaction) {
    SaveBusinesses(transaction, saved_);
    if (erased_owners_.empty()) return;
    transaction.Run("SELECT set_config('bangkit.regions', '*', true)");  // For this transaction.
    // What has come to the bank meanwhile stays.
    Withdraw(transaction, make_applications_(), FindOpenApplications(transaction, erased_owners_),
             WithdrawApplication{});
    Withdraw(transaction, make_nominations_(), FindOpenNominees(transaction, erased_owners_),
             WithdrawNominee{});
    EraseOwners(transaction, erased_owners_);
}

template <typename Unit, typename Deed>
void BusinessCopies::Withdraw(postgres::Transaction& transaction, Unit unit,
                              const std::set<std::string>& application_ids,
                              const Deed& deed) const {
    identity::Caller registry{.subject = "registration", .roles = {}, .regions = {}};
    for (const auto& province : regions_.AtLevel(indonesia::RegionLevel::kProvince)) {
        registry.regions.emplace_back(province.code);
    }
    using Pending = typename Unit::Pending;
    std::vector<Pending> withdrawals;
    for (const std::string& id : application_ids) {
        Pending& withdrawal = withdrawals.emplace_back();
        withdrawal.caller = registry;
        withdrawal.method = "OwnerDataErased";
        withdrawal.command.application_id = id;
        withdrawal.command.deed = deed;
    }
    std::vector<const Pending*> batch;
    for (const Pending& each : withdrawals) batch.push_back(&each);
    command::RunCommands<Unit>(unit, transaction, batch, clock_.Now());
}

}  // namespace bangkit::aid
