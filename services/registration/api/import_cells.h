#pragma once

#include <google/protobuf/timestamp.pb.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "bangkit/registration/v1/registration_service.pb.h"
#include "services/registration/api/import_columns.h"
#include "services/registration/api/import_words.h"

namespace bangkit::registration {

using RowProblems = std::vector<v1::ImportRowProblem>;

/// A problem of a column; of the whole row, if that is empty.
v1::ImportRowProblem Problem(std::string column, std::string_view reason);

/// The cells of one row, and what of them has no form in which a request could hold it.
class Cells {
public:
    Cells(const Columns& columns, const std::vector<std::string>& row)
        : columns_(columns), row_(row) {}

    std::string_view View(Column column) const { return columns_.Value(column, row_); }
    std::string Text(Column column) const { return std::string(View(column)); }
    bool IsEmpty(Column column) const { return View(column).empty(); }

    /// UNKNOWN_VALUE; nullopt also if the cell is empty.
    template <typename Enum, std::size_t kCount>
    std::optional<Enum> OneOf(Column column, const Word<Enum> (&words)[kCount]) {
        const std::string word = Normalized(View(column));
        if (word.empty()) return std::nullopt;
        const Word<Enum>* const found = FindWord(words, word);
        if (found != nullptr) return found->value;
        Refuse(column, "UNKNOWN_VALUE");
        return std::nullopt;
    }
    bool Flag(Column column) { return OneOf(column, kYesNoWords).value_or(false); }
    /// AMOUNT_INVALID, OUT_OF_RANGE; nullopt also if the cell is empty. So is Count().
    std::optional<std::int64_t> Amount(Column column);
    std::optional<std::int32_t> Count(Column column);
    /// A day, which begins at midnight of UTC+7, or a time: "2026-03-01", "2026-03-01 10:00"
    /// (UTC+7), "2026-03-01T03:00:00Z". TIME_INVALID; nullopt also if the cell is empty.
    std::optional<google::protobuf::Timestamp> Time(Column column);
    /// What spaces separate.
    std::vector<std::string_view> Words(Column column) const;

    void Refuse(Column column, std::string_view reason) {
        problems_.push_back(Problem(columns_.NameOf(column), reason));
    }
    RowProblems TakeProblems() { return std::move(problems_); }

private:
    const Columns& columns_;
    const std::vector<std::string>& row_;
    RowProblems problems_;
};

}  // namespace bangkit::registration
