#pragma once

#include <string_view>

#include "bangkit/aid/v1/grievance.pb.h"
#include "bangkit/aid/v1/loan.pb.h"
#include "bangkit/aid/v1/nomination.pb.h"
#include "bangkit/aid/v1/referral.pb.h"
#include "bangkit/aid/v1/stock.pb.h"
#include "bangkit/aid/v1/supervision.pb.h"
#include "services/cli/words.h"

namespace bangkit::cli {

// The Indonesian words of goods, supervision, loans, referrals, nominations and grievances.

std::string_view WordFor(aid::v1::GoodsKind kind);
std::string_view WordFor(aid::v1::GoodsUnit unit);
std::string_view WordFor(aid::v1::StockPostingKind kind);
std::string_view WordFor(aid::v1::VisitState state);
std::string_view WordFor(aid::v1::VisitOutcome outcome);
std::string_view WordFor(aid::v1::RefundState state);
std::string_view WordFor(aid::v1::RefundReason reason);
std::string_view WordFor(aid::v1::LoanState state);
std::string_view WordFor(aid::v1::PartnerKind kind);
std::string_view WordFor(aid::v1::ReferralState state);
std::string_view WordFor(aid::v1::RestructuringForm form);
std::string_view WordFor(aid::v1::RefusalReason reason);
std::string_view WordFor(aid::v1::NominationScheme scheme);
std::string_view WordFor(aid::v1::NominationBatchState state);
std::string_view WordFor(aid::v1::NomineeState state);
std::string_view WordFor(aid::v1::ConcernedService service);
std::string_view WordFor(aid::v1::GrievanceTopic topic);
std::string_view WordFor(aid::v1::GrievanceChannel channel);
std::string_view WordFor(aid::v1::GrievanceClass grievance_class);
std::string_view WordFor(aid::v1::GrievanceState state);
std::string_view WordFor(aid::v1::GrievanceLevel level);
std::string_view WordFor(aid::v1::GrievanceMessageKind kind);
std::string_view WordFor(aid::v1::ClosingReason reason);

const Choices<aid::v1::GoodsKind>& GoodsKindChoices();
const Choices<aid::v1::GoodsUnit>& GoodsUnitChoices();
const Choices<aid::v1::VisitState>& VisitStateChoices();
const Choices<aid::v1::VisitOutcome>& VisitOutcomeChoices();
const Choices<aid::v1::RefundState>& RefundStateChoices();
const Choices<aid::v1::RefundReason>& RefundReasonChoices();
const Choices<aid::v1::LoanState>& LoanStateChoices();
const Choices<aid::v1::PartnerKind>& PartnerKindChoices();
const Choices<aid::v1::ReferralState>& ReferralStateChoices();
const Choices<aid::v1::RestructuringForm>& RestructuringFormChoices();
const Choices<aid::v1::RefusalReason>& RefusalReasonChoices();
const Choices<aid::v1::NominationScheme>& NominationSchemeChoices();
const Choices<aid::v1::NomineeState>& NomineeStateChoices();
const Choices<aid::v1::ConcernedService>& ConcernedServiceChoices();
const Choices<aid::v1::GrievanceTopic>& GrievanceTopicChoices();
const Choices<aid::v1::GrievanceChannel>& GrievanceChannelChoices();
const Choices<aid::v1::GrievanceClass>& GrievanceClassChoices();
const Choices<aid::v1::GrievanceState>& GrievanceStateChoices();
const Choices<aid::v1::ClosingReason>& ClosingReasonChoices();

}  // namespace bangkit::cli
