#include "services/aid/api/loan/loan_checks.h"

#include <string>
#include <utility>

#include "libs/base/ids.h"
#include "libs/indonesia/format.h"

namespace bangkit::aid {
namespace {

using rpc::FieldChecker;

/// Rupiah above zero.
std::int64_t Positive(FieldChecker& fields, std::string_view field, std::int64_t rupiah) {
    if (rupiah == 0) fields.Refuse(field, "OUT_OF_RANGE", "must be more than nothing");
    return fields.Amount(field, rupiah);
}

/// A day that has been.
Date DayOf(FieldChecker& fields, std::string_view field, const std::string& text, Time now) {
    const Date today = indonesia::LocalDate(now);
    return fields.Day(field, text, today).value_or(today);
}

}  // namespace

Result<CheckedLoan> Check(const v1::GrantLoanRequest& request, Time now) {
    FieldChecker fields;
    std::string request_id = fields.Uuid("request_id", request.request_id());
    GrantLoan deed{
        .referral_id = fields.Uuid("referral_id", request.referral_id()),
        .contract_number = fields.Reference("contract_number", request.contract_number()),
        .principal = Positive(fields, "principal_rupiah", request.principal_rupiah()),
        .months = static_cast<int>(fields.Number("months", request.months(), 1, kMonthsMax)),
        .disbursed_on = DayOf(fields, "disbursed_on", request.disbursed_on(), now)};
    LoanCommand command{.loan_id = NewId(now), .deed = std::move(deed)};
    return Done<LoanCommand>(fields, std::move(request_id), std::move(command));
}

Result<CheckedLoan> Check(const v1::RecordInstalmentRequest& request, Time now) {
    FieldChecker fields;
    std::string request_id = fields.Uuid("request_id", request.request_id());
    RecordInstalment deed{.reference = fields.Reference("reference", request.reference()),
                          .paid_on = DayOf(fields, "paid_on", request.paid_on(), now),
                          .amount = Positive(fields, "amount_rupiah", request.amount_rupiah())};
    LoanCommand command{.loan_id = fields.Uuid("loan_id", request.loan_id()),
                        .deed = std::move(deed)};
    return Done<LoanCommand>(fields, std::move(request_id), std::move(command));
}

Result<CheckedLoan> Check(const v1::DeclareDefaultRequest& request, Time now) {
    FieldChecker fields;
    std::string request_id = fields.Uuid("request_id", request.request_id());
    LoanCommand command{
        .loan_id = fields.Uuid("loan_id", request.loan_id()),
        .expected_version = fields.Etag("etag", request.etag()),
        .deed = DeclareDefault{.on = DayOf(fields, "defaulted_on", request.defaulted_on(), now)}};
    return Done<LoanCommand>(fields, std::move(request_id), std::move(command));
}

}  // namespace bangkit::aid
