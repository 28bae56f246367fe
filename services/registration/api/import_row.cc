#include "services/registration/api/import_row.h"

#include <algorithm>
#include <cstddef>
#include <optional>
#include <utility>

#include "libs/base/ids.h"
#include "libs/base/text.h"
#include "libs/crypto/keyed_hash.h"
#include "libs/crypto/sealed.h"
#include "libs/indonesia/format.h"
#include "services/registration/api/file_cells.h"
#include "services/registration/api/import_names.h"
#include "services/registration/api/import_request.h"

namespace bangkit::registration {
namespace {

constexpr auto kFirstAddition = static_cast<std::size_t>(Column::kIdentityCardAddress);

std::string NameOf(const Columns& columns, const Column* column) {
    return column == nullptr ? std::string() : columns.NameOf(*column);
}

std::string TextOf(const std::optional<std::int64_t>& amount) {
    return amount ? std::to_string(*amount) : std::string();
}

/// What the columns say that were added later: the name and the text of each that says something.
/// Not that the owner has other businesses, and since when it has been so: the row is the same one.
std::string Additions(const RegisterBusiness& row) {
    const RowValues values{.owner = row.owner,
                           .profile = row.profile,
                           .figures = row.figures,
                           .condition = row.condition,
                           .condition_since = row.condition_since,
                           .is_additional_business = false};
    std::string additions;
    for (const KnownColumn& known : KnownColumns().subspan(kFirstAddition)) {
        const bool is_left_out = known.column == Column::kConditionSince ||
                                 known.column == Column::kKbliVersion ||
                                 known.column == Column::kBusinessId;
        if (is_left_out) continue;
        const std::string cell = CellOf(known.column, values, Language::kIndonesian);
        if (!cell.empty()) additions += crypto::Aad({known.indonesian, cell});
    }
    return additions;
}

/// Of what the row means, not of how it is written: order of the columns, separators in numbers and
/// capitals in words make no difference. Never change it: rows of earlier imports would be new. A
/// row without any of the columns that were added later has the key that it had before. The region
/// is as it is written: what its code of before leads to may change.
std::vector<std::string> RowKeysOf(const RegisterBusiness& row, const std::string& region_code,
                                   const crypto::KeyRing& keys) {
    const Owner& owner = row.owner;
    const Profile& profile = row.profile;
    const std::string start = profile.start_date ? indonesia::FormatDate(*profile.start_date) : "";
    const std::string first =
        crypto::Aad({owner.nik, owner.name, owner.phone, profile.name,
                     std::to_string(static_cast<int>(profile.kind)), region_code, profile.kbli,
                     TextOf(row.figures.capital), TextOf(row.figures.annual_sales),
                     std::to_string(static_cast<int>(row.condition)), profile.address, profile.nib,
                     profile.npwp, start});
    return crypto::KeyedHashes(keys, "import_row", first + Additions(row));
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
    Cells cells(columns, values);
    const v1::RegisterBusinessRequest request = ToRequest(cells);
    const std::optional<std::string> stated_id = ParseUuid(cells.View(Column::kBusinessId));
    if (!stated_id && !cells.IsEmpty(Column::kBusinessId)) {
        cells.Refuse(Column::kBusinessId, "NOT_A_UUID");
    }
    RowProblems problems = cells.TakeProblems();
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
    command->row_keys = RowKeysOf(*command, request.business().region_code(), keys);
    command->stated_id = stated_id.value_or("");
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
        problems.push_back(
            Problem(NameOf(columns, ColumnOfField(violation.field)), violation.reason));
        if (violation.reason == "REGION_SPLIT") {  // Which it may be, its sentence cannot say.
            const std::string& message = violation.message;
            problems.back().mutable_message()->append(message.substr(message.rfind(':') + 1));
        }
    }
    if (problems.empty()) {
        problems.push_back(
            Problem(NameOf(columns, ColumnOfReason(refusal.reason)), refusal.reason));
    }
    return problems;
}

RowProblems ToWarnings(const Columns& columns, const std::vector<std::string>& reasons) {
    RowProblems warnings;
    for (const std::string& reason : reasons) {
        warnings.push_back(Problem(NameOf(columns, ColumnOfReason(reason)), reason));
        warnings.back().set_warning(true);
    }
    return warnings;
}

}  // namespace bangkit::registration
