#include "services/registration/api/import_row.h"

#include <algorithm>
#include <charconv>
#include <optional>
#include <span>
#include <utility>

#include "libs/base/text.h"
#include "libs/crypto/keyed_hash.h"
#include "libs/crypto/sealed.h"
#include "libs/indonesia/format.h"
#include "libs/status/localized.h"

namespace bangkit::registration {
namespace {

using common::v1::BusinessCondition;
using common::v1::BusinessKind;

template <typename Enum>
struct Word {
    std::string_view word;  // Normalized.
    Enum value;
};

constexpr Word<BusinessKind> kKinds[] = {
    {"umkm", common::v1::BUSINESS_KIND_UMKM},
    {"koperasi", common::v1::BUSINESS_KIND_COOPERATIVE},
    {"cooperative", common::v1::BUSINESS_KIND_COOPERATIVE},
    {"pkl", common::v1::BUSINESS_KIND_STREET_VENDOR},
    {"street_vendor", common::v1::BUSINESS_KIND_STREET_VENDOR},
    {"kelompok", common::v1::BUSINESS_KIND_GROUP},
    {"group", common::v1::BUSINESS_KIND_GROUP},
};

constexpr Word<BusinessCondition> kConditions[] = {
    {"aktif", common::v1::BUSINESS_CONDITION_ACTIVE},
    {"active", common::v1::BUSINESS_CONDITION_ACTIVE},
    {"terdampak", common::v1::BUSINESS_CONDITION_AFFECTED},
    {"affected", common::v1::BUSINESS_CONDITION_AFFECTED},
    {"mati_suri", common::v1::BUSINESS_CONDITION_DORMANT},
    {"dormant", common::v1::BUSINESS_CONDITION_DORMANT},
    {"tutup", common::v1::BUSINESS_CONDITION_CLOSED},
    {"closed", common::v1::BUSINESS_CONDITION_CLOSED},
    {"pulih", common::v1::BUSINESS_CONDITION_RECOVERED},
    {"recovered", common::v1::BUSINESS_CONDITION_RECOVERED},
};

/// Which column a field of the request comes from, and a reason is about that names no field.
struct Origin {
    std::string_view name;
    Column column;
};

constexpr Origin kFields[] = {
    {"owner.nik", Column::kNik},
    {"owner.name", Column::kOwnerName},
    {"owner.phone", Column::kPhone},
    {"business.name", Column::kBusinessName},
    {"business.kind", Column::kKind},
    {"business.region_code", Column::kRegionCode},
    {"business.kbli", Column::kKbli},
    {"business.capital_rupiah", Column::kCapital},
    {"business.annual_sales_rupiah", Column::kAnnualSales},
    {"business.condition", Column::kCondition},
    {"business.address", Column::kAddress},
    {"business.nib", Column::kNib},
    {"business.npwp", Column::kNpwp},
    {"business.start_date", Column::kStartDate},
};

constexpr Origin kReasons[] = {
    {"NIK_ALREADY_REGISTERED", Column::kNik},
    {"OWNER_ERASED", Column::kNik},
    {"NIB_ALREADY_REGISTERED", Column::kNib},
    {"REGION_NOT_FOUND", Column::kRegionCode},
    {"AGE_UNUSUAL", Column::kNik},
    {"REGION_UNKNOWN", Column::kNik},  // As a warning: the region that the NIK begins with.
    {"PHONE_PREFIX_UNKNOWN", Column::kPhone},
    {"NPWP_CHECKSUM", Column::kNpwp},
};

std::string NameOf(const Columns& columns, std::span<const Origin> origins, std::string_view name) {
    const auto found = std::ranges::find(origins, name, &Origin::name);
    return found == origins.end() ? std::string() : columns.NameOf(found->column);
}

v1::ImportRowProblem Problem(std::string column, std::string_view reason) {
    v1::ImportRowProblem problem;
    problem.set_column(std::move(column));
    problem.set_reason(std::string(reason));
    problem.set_message(std::string(status::Indonesian(reason)));
    return problem;
}

/// Moves the values of a row into a request, and notes those for which the request has no form.
class Row {
public:
    Row(const Columns& columns, const std::vector<std::string>& values)
        : columns_(columns), values_(values) {}

    std::string Text(Column column) const { return std::string(columns_.Value(column, values_)); }

    template <typename Enum, std::size_t kCount>
    Enum OneOf(Column column, const Word<Enum> (&words)[kCount]) {
        const std::string word = Normalized(columns_.Value(column, values_));
        if (word.empty()) return Enum{};
        const auto found = std::ranges::find(words, word, &Word<Enum>::word);
        if (found != std::end(words)) return found->value;
        Refuse(column, "UNKNOWN_VALUE");
        return Enum{};
    }

    std::optional<std::int64_t> Amount(Column column) {
        const std::string_view digits = columns_.Value(column, values_);
        if (digits.empty()) return std::nullopt;
        std::int64_t amount = 0;
        const char* end = digits.data() + digits.size();
        const auto [stopped, error] = std::from_chars(digits.data(), end, amount);
        if (stopped == end && error == std::errc{} && digits[0] != '-') return amount;
        const bool is_number = stopped == end && error == std::errc::result_out_of_range;
        Refuse(column, is_number ? "OUT_OF_RANGE" : "AMOUNT_INVALID");
        return std::nullopt;
    }

    RowProblems TakeProblems() { return std::move(problems_); }

private:
    void Refuse(Column column, std::string_view reason) {
        problems_.push_back(Problem(columns_.NameOf(column), reason));
    }

    const Columns& columns_;
    const std::vector<std::string>& values_;
    RowProblems problems_;
};

v1::RegisterBusinessRequest ToRequest(Row& row) {
    v1::RegisterBusinessRequest request;
    v1::OwnerInput& owner = *request.mutable_owner();
    owner.set_nik(row.Text(Column::kNik));
    owner.set_name(row.Text(Column::kOwnerName));
    owner.set_phone(row.Text(Column::kPhone));
    v1::BusinessInput& business = *request.mutable_business();
    business.set_kind(row.OneOf(Column::kKind, kKinds));
    business.set_name(row.Text(Column::kBusinessName));
    business.set_region_code(row.Text(Column::kRegionCode));
    business.set_address(row.Text(Column::kAddress));
    business.set_kbli(row.Text(Column::kKbli));
    if (const auto amount = row.Amount(Column::kCapital)) business.set_capital_rupiah(*amount);
    if (const auto amount = row.Amount(Column::kAnnualSales)) {
        business.set_annual_sales_rupiah(*amount);
    }
    business.set_condition(row.OneOf(Column::kCondition, kConditions));
    business.set_nib(row.Text(Column::kNib));
    business.set_npwp(row.Text(Column::kNpwp));
    business.set_start_date(row.Text(Column::kStartDate));
    return request;
}

std::string TextOf(const std::optional<std::int64_t>& amount) {
    return amount ? std::to_string(*amount) : std::string();
}

/// Of what the row means, not of how it is written: order of the columns, separators in numbers and
/// capitals in words make no difference. Never change it: rows of earlier imports would be new.
std::vector<std::string> RowKeysOf(const RegisterBusiness& row, const crypto::KeyRing& keys) {
    const Owner& owner = row.owner;
    const Profile& profile = row.profile;
    const std::string start = profile.start_date ? indonesia::FormatDate(*profile.start_date) : "";
    return crypto::KeyedHashes(
        keys, "import_row",
        crypto::Aad({owner.nik, owner.name, owner.phone, profile.name,
                     std::to_string(static_cast<int>(profile.kind)), profile.region_code,
                     profile.kbli, TextOf(row.figures.capital), TextOf(row.figures.annual_sales),
                     std::to_string(static_cast<int>(row.condition)), profile.address, profile.nib,
                     profile.npwp, start}));
}

}  // namespace

Result<Columns> ColumnsOf(const csv::Row& row) {
    // A picture shows itself here if it has no NUL before its first line end.
    const bool is_utf8 = std::ranges::none_of(
        row.fields, [](const std::string& field) { return ToPlainText(field).contains("\uFFFD"); });
    if (row.problem == csv::Problem::kNotText || !is_utf8) {
        return std::unexpected(FileInvalid("the file is not a text in UTF-8"));
    }
    if (row.problem != csv::Problem::kNone) {
        return std::unexpected(FileInvalid("the header cannot be read"));
    }
    return Columns::Parse(row.fields);
}

bool IsBlank(const csv::Row& row) {
    return row.problem == csv::Problem::kNone &&
           std::ranges::all_of(row.fields, &std::string::empty);
}

std::expected<RegisterBusiness, RowProblems> ReadRow(const Columns& columns,
                                                     const std::vector<std::string>& values,
                                                     const Checks& checks,
                                                     const crypto::KeyRing& keys) {
    Row row(columns, values);
    const v1::RegisterBusinessRequest request = ToRequest(row);
    RowProblems problems = row.TakeProblems();
    Result<RegisterBusiness> command = checks.CheckRow(request);
    if (!command) {
        for (v1::ImportRowProblem& found : ToProblems(columns, command.error())) {
            const bool is_known = std::ranges::any_of(problems, [&found](const auto& problem) {
                return problem.column() == found.column();
            });
            if (!is_known) problems.push_back(std::move(found));
        }
    }
    if (!problems.empty()) return std::unexpected(std::move(problems));
    command->row_keys = RowKeysOf(*command, keys);
    return *std::move(command);
}

RowProblems ProblemOf(std::string column, std::string_view reason) {
    return {Problem(std::move(column), reason)};
}

RowProblems ToProblems(csv::Problem problem) {
    switch (problem) {
        case csv::Problem::kTooLong: return {Problem("", "ROW_TOO_LONG")};
        case csv::Problem::kQuotes: return {Problem("", "QUOTES_INVALID")};
        case csv::Problem::kColumnCount: return {Problem("", "COLUMN_COUNT_WRONG")};
        case csv::Problem::kDigitsLost: return {Problem("", "DIGITS_LOST")};
        case csv::Problem::kNone:
        case csv::Problem::kNotText: break;
    }
    return {};
}

RowProblems ToProblems(const Columns& columns, const Error& refusal) {
    RowProblems problems;
    for (const FieldViolation& violation : refusal.fields) {
        problems.push_back(Problem(NameOf(columns, kFields, violation.field), violation.reason));
    }
    if (problems.empty()) {
        problems.push_back(Problem(NameOf(columns, kReasons, refusal.reason), refusal.reason));
    }
    return problems;
}

RowProblems ToWarnings(const Columns& columns, const std::vector<std::string>& reasons) {
    RowProblems warnings;
    for (const std::string& reason : reasons) {
        warnings.push_back(Problem(NameOf(columns, kReasons, reason), reason));
        warnings.back().set_warning(true);
    }
    return warnings;
}

}  // namespace bangkit::registration
