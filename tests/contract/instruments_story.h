#pragma once

#include <string>
#include <vector>

#include "services/aid/storage/grievance/grievance_mapping.h"
#include "services/aid/storage/loan/loan_mapping.h"
#include "services/aid/storage/nomination/nomination_mapping.h"
#include "services/aid/storage/referral/referral_mapping.h"
#include "services/aid/storage/stock/stock_mapping.h"
#include "services/aid/storage/supervision/supervision_mapping.h"
#include "tests/contract/aid_story.h"

namespace bangkit::contract {

// What happens to goods, loans, referrals, nominations, visits, refunds and grievances: more than
// can, so that each of their events is there once.

inline constexpr const char* kItemId = "0190b3f2-7c1e-7abc-8def-0123456789c0";
inline constexpr const char* kWarehouseId = "0190b3f2-7c1e-7abc-8def-0123456789c1";
inline constexpr const char* kStockId = "0190b3f2-7c1e-7abc-8def-0123456789c2";
inline constexpr const char* kAgreementId = "0190b3f2-7c1e-7abc-8def-0123456789c3";
inline constexpr const char* kPartnerId = "0190b3f2-7c1e-7abc-8def-0123456789c4";
inline constexpr const char* kReferralId = "0190b3f2-7c1e-7abc-8def-0123456789c5";
inline constexpr const char* kLoanId = "0190b3f2-7c1e-7abc-8def-0123456789c6";
inline constexpr const char* kBatchId = "0190b3f2-7c1e-7abc-8def-0123456789c7";
inline constexpr const char* kVisitId = "0190b3f2-7c1e-7abc-8def-0123456789c8";
inline constexpr const char* kRefundId = "0190b3f2-7c1e-7abc-8def-0123456789c9";
inline constexpr const char* kGrievanceId = "0190b3f2-7c1e-7abc-8def-0123456789ca";
inline constexpr const char* kTicket = "TIKET-RAHASIA";
inline constexpr const char* kPartnerName = "Bank Contoh";
inline constexpr const char* kContract = "AKAD-1";

inline Date DayIn(int month) { return std::chrono::year(2026) / month / 10; }

inline const aid::Applicant kBorrower{.business_id = kApplicantId,
                                      .owner_id = kApplicantOwnerId,
                                      .household = kHousehold,
                                      .region_code = "18.71.05.1002"};

/// Adds what becomes of an aggregate by its events.
template <typename Aggregate, typename Event>
void Tell(std::vector<kafka::Record>& records, std::string_view type, Aggregate aggregate,
          const std::vector<Event>& story) {
    for (const Event& event : story) {
        aggregate = Apply(std::move(aggregate), event);
        const Time at = std::visit([](const auto& happened) { return happened.at; }, event);
        records.push_back(
            ToRecord(type, aggregate.id, aggregate.version, at, ToPublic(aggregate, event)));
    }
}

inline void TellStock(std::vector<kafka::Record>& records) {
    using namespace aid;
    const auto of_application = [](StockPostingKind kind, std::int64_t quantity,
                                   const char* document) {
        return StockOrder{.kind = kind,
                          .quantity = quantity,
                          .application_id = kApplicationId,
                          .business_id = kApplicantId,
                          .document = document};
    };
    const std::vector<StockOrder> orders{
        {.kind = StockPostingKind::kReceipt, .quantity = 100, .document = "SJ-1/2026"},
        {.kind = StockPostingKind::kCorrection, .quantity = -2, .document = "BA-1/2026"},
        of_application(StockPostingKind::kReservation, 10, ""),
        of_application(StockPostingKind::kRelease, 4, ""),
        of_application(StockPostingKind::kHandover, 6, "BAST/GDG-1/2026/000001"),
        of_application(StockPostingKind::kReturn, 1, "KMB-1/2026")};
    Stock stock;
    stock.id = kStockId;
    stock.item_id = kItemId;
    stock.warehouse_id = kWarehouseId;
    stock.region_code = "18.71";
    stock.kind = GoodsKind::kTextile;
    stock.unit = GoodsUnit::kMetre;
    for (const StockOrder& order : orders) {
        const StockPosting posting =
            Draft(stock, order, InMonth(static_cast<int>(stock.version) + 1)).value();
        stock = Post(std::move(stock), posting);
        records.push_back(ToRecord(kStockAggregate, stock.id, stock.version, posting.at,
                                   ToPublic(stock, order, posting)));
    }
}

inline void TellReferral(std::vector<kafka::Record>& records) {
    using namespace aid;
    Agreement agreement;
    agreement.id = kAgreementId;
    agreement.program_id = kProgramId;
    agreement.region_code = "18";
    agreement.partner_id = kPartnerId;
    agreement.partner_name = kPartnerName;
    agreement.document = "MOU-1/2026";
    agreement.answer_days = 10;
    agreement.yearly_rate = 1'200;
    agreement.months_max = 12;
    agreement.made_by = kOfficer;
    Tell<Agreement, AgreementEvent>(records, kAgreementAggregate, {},
                                    {AgreementMade{.agreement = agreement, .at = InMonth(1)},
                                     AgreementEnded{.at = InMonth(2)}});
    Referral referral;
    referral.id = kReferralId;
    referral.application_id = kApplicationId;
    referral.agreement_id = kAgreementId;
    referral.partner_id = kPartnerId;
    referral.program_id = kProgramId;
    referral.applicant = kBorrower;
    referral.instrument = Instrument::kRestructuringReferral;
    referral.amount = 20'000'000;
    referral.forms = {RestructuringForm::kTenorExtension};
    referral.months = 12;
    referral.sent_on = DayIn(2);
    referral.answer_due = DayIn(3);
    referral.entered_by = kOfficer;
    Tell<Referral, ReferralEvent>(
        records, kReferralAggregate, {},
        {ReferralSent{.referral = referral, .at = InMonth(2)},
         ReferralEscalated{.to = "18", .at = InMonth(3)},
         ReferralGranted{.forms = {RestructuringForm::kRateCut},
                         .months = 6,
                         .answered_on = DayIn(4),
                         .at = InMonth(4)},
         ReferralRefused{
             .reasons = {RefusalReason::kOtherLoans}, .answered_on = DayIn(5), .at = InMonth(5)},
         ReferralEnded{.at = InMonth(6)}});
}

inline void TellLoan(std::vector<kafka::Record>& records) {
    using namespace aid;
    Loan loan;
    loan.id = kLoanId;
    loan.application_id = kApplicationId;
    loan.referral_id = kReferralId;
    loan.agreement_id = kAgreementId;
    loan.partner_id = kPartnerId;
    loan.program_id = kProgramId;
    loan.applicant = kBorrower;
    loan.contract_number = kContract;
    loan.principal = 25'000'000;
    loan.months = 10;
    loan.yearly_rate = 1'200;
    loan.disbursed_on = DayIn(5);
    loan.budget_id = kBudgetId;
    loan.subsidy_reserved = 1'375'000;
    loan.requested_at = InMonth(2);
    loan.granted_at = InMonth(5);
    Tell<Loan, LoanEvent>(
        records, kLoanAggregate, {},
        {LoanGranted{.loan = loan, .at = InMonth(5)},
         InstalmentPaid{
             .reference = kReference, .paid_on = DayIn(6), .amount = 2'500'000, .at = InMonth(6)},
         SubsidyAccrued{.month = 1, .base = 25'000'000, .amount = 250'000, .at = InMonth(7)},
         LoanDefaulted{.on = DayIn(8), .at = InMonth(8)}});
}

inline void TellNomination(std::vector<kafka::Record>& records) {
    using namespace aid;
    using Change = NominationBatchChange;
    NominationBatch batch;
    batch.id = kBatchId;
    batch.program_id = kProgramId;
    batch.region_code = "18";
    batch.made_by = {kOfficer};
    for (const auto change : {Change::kOpened, Change::kGrown, Change::kSent, Change::kWindowOpened,
                              Change::kDecreed}) {
        batch.updated_at = InMonth(static_cast<int>(++batch.version));
        if (change == Change::kGrown) batch.nominees = 16'929;
        if (change == Change::kSent) batch.state = NominationBatchState::kSent;
        if (change == Change::kWindowOpened) batch.correct_until = DayIn(6);
        records.push_back(ToRecord(kNominationBatchAggregate, batch.id, batch.version,
                                   batch.updated_at, ToPublic(batch, change)));
    }
    Nominee nominee;
    nominee.id = kApplicationId;
    nominee.batch_id = kBatchId;
    nominee.number = 1;
    nominee.program_id = kProgramId;
    nominee.business_id = kApplicantId;
    nominee.owner_id = kApplicantOwnerId;
    nominee.region_code = kBorrower.region_code;
    nominee.nominated_at = InMonth(2);
    for (int state = 1; state <= 10; ++state) {
        nominee.state = NomineeState(state);
        nominee.updated_at = InMonth(2 + state);
        ++nominee.version;
        nominee.reasons.clear();
        if (nominee.state == NomineeState::kReturned) {
            nominee.reasons = {RejectionReason::kKur, RejectionReason::kTwice};
        }
        if (nominee.state == NomineeState::kDetermined) {
            nominee.amount = 2'400'000;
            nominee.determined_at = nominee.updated_at;
        }
        if (nominee.state == NomineeState::kPaid) nominee.paid_at = nominee.updated_at;
        if (nominee.state == NomineeState::kClaimed) nominee.claimed_at = nominee.updated_at;
        records.push_back(ToRecord(kNomineeAggregate, nominee.id, nominee.version,
                                   nominee.updated_at, ToPublic(nominee)));
    }
}

inline void TellSupervision(std::vector<kafka::Record>& records) {
    using namespace aid;
    Tell<Visit, VisitEvent>(
        records, kVisitAggregate, {},
        {VisitPlanned{.visit_id = kVisitId,
                      .application_id = kApplicationId,
                      .program_id = kProgramId,
                      .applicant = kBorrower,
                      .planned_for = DayIn(2),
                      .by = kOfficer,
                      .at = InMonth(1)},
         VisitOverdue{.at = InMonth(2)},
         VisitRecorded{.outcome = VisitOutcome::kMisused, .by = kOfficer, .at = InMonth(3)},
         VisitCancelled{.at = InMonth(4)}});
    Tell<RefundCase, RefundEvent>(
        records, kRefundAggregate, {},
        {RefundCaseOpened{.refund_id = kRefundId,
                          .application_id = kApplicationId,
                          .program_id = kProgramId,
                          .applicant = kBorrower,
                          .reason = RefundReason::kMisused,
                          .claimed = 1'134'429,
                          .due_on = DayIn(6),
                          .by = kOfficer,
                          .at = InMonth(4)},
         RepaymentRecorded{.amount = 134'429, .at = InMonth(5)}, RefundOverdue{.at = InMonth(7)},
         RefundCaseSettled{.amount = 1'000'000, .by = kOfficer, .at = InMonth(8)},
         RefundCaseDropped{.by = kOfficer, .at = InMonth(9)}});
}

inline void TellGrievance(std::vector<kafka::Record>& records) {
    using namespace aid;
    Tell<Grievance, GrievanceEvent>(
        records, kGrievanceAggregate, {},
        {GrievanceFiled{.grievance_id = kGrievanceId,
                        .ticket = kTicket,
                        .subject = {.service = ConcernedService::kAid,
                                    .topic = GrievanceTopic::kSlow,
                                    .channel = GrievanceChannel::kWeb,
                                    .region_code = "18.71",
                                    .business_id = kApplicantId,
                                    .owner_id = kApplicantOwnerId,
                                    .subject_id = kApplicationId},
                        .level = GrievanceLevel::kCity,
                        .received_on = DayIn(1),
                        .filed_at = InMonth(1),
                        .due_at = InMonth(2),
                        .at = InMonth(1)},
         GrievanceEscalated{.due_at = InMonth(3), .at = InMonth(2)},
         GrievanceOverdue{.at = InMonth(3)},
         GrievanceAccepted{
             .grievance_class = GrievanceClass::kDesk, .due_at = InMonth(5), .at = InMonth(4)},
         GrievanceAnswered{.due_at = InMonth(6), .at = InMonth(5)},
         GrievanceReopened{.due_at = InMonth(7), .at = InMonth(6)},
         GrievanceEvaluated{.held_on = DayIn(7), .at = InMonth(7)},
         GrievanceResolved{.reason = ClosingReason::kConfirmed, .at = InMonth(8)},
         GrievanceClosed{.reason = ClosingReason::kOtherAuthority, .at = InMonth(9)}});
}

/// All of it as it lies in the log.
inline std::vector<kafka::Record> PublishedInstruments() {
    std::vector<kafka::Record> records;
    TellStock(records);
    TellReferral(records);
    TellLoan(records);
    TellNomination(records);
    TellSupervision(records);
    TellGrievance(records);
    return records;
}

}  // namespace bangkit::contract
