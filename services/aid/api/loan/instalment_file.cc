#include "services/aid/api/loan/instalment_file.h"

#include <charconv>
#include <system_error>
#include <vector>

#include "libs/grpc/fields.h"
#include "libs/indonesia/format.h"

namespace bangkit::aid {
namespace {

enum Cell : std::size_t { kReference, kReceipt, kPaidOn, kAmount };

/// Whole rupiah above zero, no more than there can be; nullopt if it is none.
std::optional<std::int64_t> AmountOf(const std::string& cell) {
    std::int64_t rupiah = 0;
    const char* const end = cell.data() + cell.size();
    const auto [parsed, error] = std::from_chars(cell.data(), end, rupiah);
    const bool is_amount =
        error == std::errc() && parsed == end && rupiah > 0 && rupiah <= kBudgetMax;
    if (!is_amount) return std::nullopt;
    return rupiah;
}

InstalmentFile::Line ToInstalment(const std::vector<std::string>& cells) {
    ToldInstalment told{.reference = cells[kReference], .paid = {}};
    if (told.reference.empty()) return LineInvalid("the reference is missing");
    rpc::FieldChecker fields;
    told.paid.reference = fields.Reference("receipt", cells[kReceipt]);
    if (fields.HasViolations()) return LineInvalid("the receipt is no number of one");
    const Result<Date> day = indonesia::ParseDate(cells[kPaidOn]);
    if (!day) return LineInvalid("the day is none");
    told.paid.paid_on = *day;
    const std::optional<std::int64_t> amount = AmountOf(cells[kAmount]);
    if (!amount) return LineInvalid("the amount is none");
    told.paid.amount = *amount;
    return told;
}

}  // namespace

std::optional<InstalmentFile::Line> InstalmentFile::Next() {
    const std::optional<TableFile::Line> line = table_.Next();
    if (!line) return std::nullopt;
    if (!*line) return std::unexpected(line->error());
    return ToInstalment(**line);
}

}  // namespace bangkit::aid
