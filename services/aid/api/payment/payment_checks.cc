#include "services/aid/api/payment/payment_checks.h"

#include "libs/base/ids.h"
#include "libs/indonesia/format.h"
#include "services/aid/api/region_field.h"

namespace bangkit::aid {
namespace {

using rpc::FieldChecker;

constexpr std::size_t kHolderMax = 70;
constexpr Date kLastDay = std::chrono::year(2100) / 12 / 31;

BankAccount CheckAccount(FieldChecker& fields, const std::string& at, bool is_given,
                         const v1::BankAccount& account) {
    fields.Require(at, is_given);
    if (!is_given) return {};
    return {
        .bank = fields.Take(at + ".bank_code", ParseBankCode(account.bank_code())).value_or(""),
        .number = fields.Take(at + ".account_number", ParseAccountNumber(account.account_number()))
                      .value_or(""),
        .holder = fields.Text(at + ".holder_name", account.holder_name(), kHolderMax)};
}

/// What is asked for a batch that is there.
template <typename Deed, typename Request>
Result<CheckedPayment> CheckDeed(const Request& request) {
    FieldChecker fields;
    std::string request_id = fields.Uuid("request_id", request.request_id());
    PaymentCommand command{.batch_id = fields.Uuid("batch_id", request.batch_id()), .deed = Deed{}};
    return Done<PaymentCommand>(fields, std::move(request_id), std::move(command));
}

}  // namespace

Result<Checked<StateBankAccount>> PaymentChecks::Check(
    const v1::StateBankAccountRequest& request) const {
    FieldChecker fields;
    std::string request_id = fields.Uuid("request_id", request.request_id());
    StateBankAccount command{
        .business_id = fields.Uuid("business_id", request.business_id()),
        .account = CheckAccount(fields, "account", request.has_account(), request.account())};
    return Done<StateBankAccount>(fields, std::move(request_id), std::move(command));
}

Result<CheckedPayment> PaymentChecks::Check(const v1::CreatePaymentBatchRequest& request) const {
    FieldChecker fields;
    std::string request_id = fields.Uuid("request_id", request.request_id());
    CreatePaymentBatch deed{
        .program_id = fields.Uuid("program_id", request.program_id()),
        .region_code = RegionField(fields, regions_, request.region_code()),
        .payer = CheckAccount(fields, "payer", request.has_payer(), request.payer()),
        .execute_on = fields.Day("execute_on", request.execute_on(), kLastDay).value_or(kLastDay)};
    if (deed.execute_on < indonesia::LocalDate(clock_.Now())) {
        fields.Refuse("execute_on", "DATE_IN_PAST", "must be today or later");
    }
    const auto most = fields.Number("payments_max", request.payments_max(), 0, kBatchPaymentsMax);
    if (most > 0) deed.most = static_cast<int>(most);
    PaymentCommand command{.batch_id = NewId(clock_.Now()), .deed = std::move(deed)};
    return Done<PaymentCommand>(fields, std::move(request_id), std::move(command));
}

Result<CheckedPayment> PaymentChecks::Check(const v1::ReleasePaymentBatchRequest& request) const {
    return CheckDeed<ReleasePaymentBatch>(request);
}

Result<CheckedPayment> PaymentChecks::Check(const v1::DissolvePaymentBatchRequest& request) const {
    return CheckDeed<DissolvePaymentBatch>(request);
}

}  // namespace bangkit::aid
