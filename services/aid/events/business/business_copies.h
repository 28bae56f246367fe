#pragma once

#include <functional>
#include <set>
#include <string>
#include <string_view>

#include "libs/base/clock.h"
#include "libs/indonesia/regions.h"
#include "libs/messaging/projection.h"
#include "services/aid/domain/business/business.h"
#include "services/aid/storage/application/application_unit_of_work.h"
#include "services/aid/storage/nomination/nomination_unit_of_work.h"

namespace bangkit::aid {

inline constexpr std::string_view kRegistrationTopic = "bangkit.registration.v1";
inline constexpr std::string_view kBusinessAggregate = "business";

/// Registration's events keep the copies of businesses as they are there. Whose owner was erased
/// there is erased here too; what they applied for and was not sent to a bank is withdrawn, and so
/// is their nomination unless the agency has decided.
/// Events of other aggregates mean nothing here and pass.
class BusinessCopies final : public messaging::Projection {
public:
    BusinessCopies(const indonesia::RegionTree& regions, const Clock& clock,
                   std::function<ApplicationUnitOfWork()> make_applications,
                   std::function<NominationUnitOfWork()> make_nominations)
        : regions_(regions),
          clock_(clock),
          make_applications_(std::move(make_applications)),
          make_nominations_(std::move(make_nominations)) {}

    void Load(postgres::Transaction& transaction,
              std::span<const messaging::ReceivedEvent> events) override;
    /// EVENT_INVALID: of a type that is not known here, unreadable, or about a business that
    /// nothing was heard of.
    Result<void> Fold(const messaging::ReceivedEvent& event) override;
    void Save(postgres::Transaction& transaction) override;

private:
    /// By the same rules as if somebody asked for it.
    template <typename Unit, typename Deed>
    void Withdraw(postgres::Transaction& transaction, Unit unit,
                  const std::set<std::string>& application_ids, const Deed& deed) const;

    const indonesia::RegionTree& regions_;
    const Clock& clock_;
    const std::function<ApplicationUnitOfWork()> make_applications_;
    const std::function<NominationUnitOfWork()> make_nominations_;
    Businesses loaded_;
    Businesses saved_;  // As the events of this batch left them.
    std::set<std::string> erased_owners_;
};

}  // namespace bangkit::aid
