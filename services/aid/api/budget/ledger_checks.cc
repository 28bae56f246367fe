#include "services/aid/api/budget/ledger_checks.h"

#include "libs/base/ids.h"
#include "services/aid/api/region_field.h"

namespace bangkit::aid {
namespace {

constexpr std::int64_t kQuotaMax = 1'000'000'000;

/// nullopt unless the request, which has a `quota`, sets it.
template <typename Request>
std::optional<std::int64_t> Quota(rpc::FieldChecker& fields, const Request& request) {
    if (!request.has_quota()) return std::nullopt;
    return fields.Number("quota", request.quota(), 0, kQuotaMax);
}

}  // namespace

Result<CheckedProgram> LedgerChecks::Check(const v1::AllocateBudgetRequest& request) const {
    rpc::FieldChecker fields;
    std::string request_id = fields.Uuid("request_id", request.request_id());
    AllocateBudget command{
        .budget_id = NewId(clock_.Now()),
        .program_id = fields.Uuid("program_id", request.program_id()),
        .region_code = RegionField(fields, regions_, request.region_code()),
        .amount = fields.Number("amount_rupiah", request.amount_rupiah(), 0, kBudgetMax),
        .quota = Quota(fields, request),
        .document = fields.Reference("document", request.document())};
    return Done<ProgramCommand>(fields, std::move(request_id), std::move(command));
}

Result<CheckedProgram> LedgerChecks::Check(const v1::ReviseBudgetRequest& request) const {
    rpc::FieldChecker fields;
    std::string request_id = fields.Uuid("request_id", request.request_id());
    ReviseBudget command{
        .budget_id = fields.Uuid("budget_id", request.budget_id()),
        .change = fields.Number("change_rupiah", request.change_rupiah(), -kBudgetMax, kBudgetMax),
        .quota = Quota(fields, request),
        .document = fields.Reference("document", request.document()),
        .expected_version = fields.Etag("etag", request.etag())};
    fields.Require("change_rupiah", command.change != 0 || command.quota.has_value());
    return Done<ProgramCommand>(fields, std::move(request_id), std::move(command));
}

}  // namespace bangkit::aid
