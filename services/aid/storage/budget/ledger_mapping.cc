#include "services/aid/storage/budget/ledger_mapping.h"

#include "bangkit/aid/v1/ledger_events.pb.h"
#include "bangkit/aid/v1/ledger_service.pb.h"

namespace bangkit::aid {
namespace {

void FillStatistics(v1::BudgetStatistics& out, const Budget& budget) {
    out.set_program_id(budget.program_id);
    out.set_region_code(budget.region_code);
    Fill(*out.mutable_balances(), budget.balances);
    if (budget.quota) out.set_quota(*budget.quota);
    out.set_recipients(budget.recipients);
}

template <typename Message>
PublicEvent Publish(Message& out, const Budget& budget, const Posting& posting) {
    out.set_budget_id(budget.id);
    FillStatistics(*out.mutable_statistics(), budget);
    out.set_document(posting.document);
    Fill(*out.mutable_occurred_at(), posting.at);
    return {Message::descriptor()->full_name(), out.SerializeAsString()};
}

PublicEvent Publish(const Budget& budget, const BudgetAllocated& event) {
    v1::BudgetAllocated out;
    return Publish(out, budget, event.posting);
}

PublicEvent Publish(const Budget& budget, const BudgetRevised& event) {
    v1::BudgetRevised out;
    out.set_change_rupiah(event.change);
    return Publish(out, budget, event.posting);
}

template <typename Response>
std::string Answer(const Budget& budget) {
    Response response;
    Fill(*response.mutable_budget(), budget);
    response.set_position(PositionOf(kBudgetAggregate, budget.id, budget.version));
    return response.SerializeAsString();
}

}  // namespace

void Fill(v1::Balances& out, const Balances& balances) {
    out.set_allocated_rupiah(balances.allocated());
    out.set_available_rupiah(balances.available);
    out.set_reserved_rupiah(balances.reserved);
    out.set_disbursed_rupiah(balances.disbursed);
    out.set_returned_rupiah(balances.returned);
}

void Fill(v1::Budget& out, const Budget& budget) {
    out.set_budget_id(budget.id);
    out.set_version(budget.version);
    out.set_etag(EtagOf(budget.version));
    out.set_program_id(budget.program_id);
    out.set_region_code(budget.region_code);
    Fill(*out.mutable_balances(), budget.balances);
    if (budget.quota) out.set_quota(*budget.quota);
    out.set_recipients(budget.recipients);
    out.set_postings(budget.postings);
    Fill(*out.mutable_updated_at(), budget.updated_at);
}

void Fill(v1::Posting& out, const Posting& posting) {
    out.set_number(posting.number);
    out.set_kind(As<v1::PostingKind>(posting.kind));
    out.set_from_account(As<v1::Account>(posting.from));
    out.set_to_account(As<v1::Account>(posting.to));
    out.set_amount_rupiah(posting.amount);
    out.set_from_balance_rupiah(posting.from_balance);
    out.set_to_balance_rupiah(posting.to_balance);
    out.set_recipients(posting.recipients);
    out.set_application_id(posting.application_id);
    out.set_document(posting.document);
    out.set_month(posting.month);
    Fill(*out.mutable_posted_at(), posting.at);
}

std::string AnswerTo(const AllocateBudget&, const Budget& budget) {
    return Answer<v1::AllocateBudgetResponse>(budget);
}

std::string AnswerTo(const ReviseBudget&, const Budget& budget) {
    return Answer<v1::ReviseBudgetResponse>(budget);
}

PublicEvent ToPublic(const Budget& budget, const BudgetEvent& event) {
    return std::visit([&](const auto& happened) { return Publish(budget, happened); }, event);
}

}  // namespace bangkit::aid
