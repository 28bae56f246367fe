#include "services/aid/storage/payment/bank_account_unit_of_work.h"

#include <set>

#include "bangkit/aid/v1/payment_service.pb.h"
#include "services/aid/storage/business/businesses.h"

namespace bangkit::aid {

std::string BankAccountUnitOfWork::Target(const Command& command) {
    return "business/" + command.business_id;
}

// An erasure waits until the end, and then destroys what is stated here too.
void BankAccountUnitOfWork::Load(postgres::Transaction& transaction,
                                 std::span<const Command* const> commands) {
    postgres::UuidArray ids, owner_ids;
    std::set<std::string> known;
    for (const Command* command : commands) {
        if (known.insert(command->business_id).second) ids.Add(command->business_id);
    }
    HoldBusinesses(transaction, ids);
    businesses_ = LoadBusinesses(transaction, ids);
    for (const auto& [id, business] : businesses_) owner_ids.Add(business.owner_id);
    owner_keys_.Load(transaction, owner_ids);
}

command::Outcome BankAccountUnitOfWork::Handle(const Pending& pending, Time now) {
    const auto& [business_id, account] = pending.command;
    const auto business = businesses_.find(business_id);
    if (business == businesses_.end() || !pending.caller.Reaches(business->second.region_code)) {
        return Refused(ErrorCode::kNotFound, "BUSINESS_NOT_FOUND", "no such business");
    }
    if (!business->second.merged_into.empty()) {
        return Refused(ErrorCode::kFailedPrecondition, "BUSINESS_MERGED",
                       "the business lives on in another one");
    }
    if (business->second.owner_is_erased) {
        return Refused(ErrorCode::kFailedPrecondition, "OWNER_ERASED",
                       "the personal data of the owner was destroyed");
    }
    const std::string& owner_id = business->second.owner_id;
    const crypto::Key& key = owner_keys_.FindOrMake(owner_id);
    stated_.Add(business_id,
                {.owner_id = owner_id,
                 .sealed = SealAccount(key, business_id, account),
                 .stated_by = pending.caller.subject},
                now);
    v1::StateBankAccountResponse response;
    response.set_business_id(business_id);
    return response.SerializeAsString();
}

void BankAccountUnitOfWork::Save(postgres::Transaction& transaction) {
    owner_keys_.Save(transaction);
    stated_.Save(transaction);
}

}  // namespace bangkit::aid
