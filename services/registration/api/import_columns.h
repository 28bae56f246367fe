#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "libs/base/result.h"

namespace bangkit::registration {

/// What a column of an import file can be about.
enum class Column {
    kNik,
    kOwnerName,
    kPhone,
    kBusinessName,
    kKind,
    kRegionCode,
    kKbli,
    kCapital,
    kAnnualSales,
    kCondition,
    kAddress,
    kNib,
    kNpwp,
    kStartDate,
};
inline constexpr std::size_t kColumnCount = 14;

/// A file that is refused as a whole: INVALID_ARGUMENT with reason FILE_INVALID.
Error FileInvalid(std::string message);

/// Lower case, and `_` for what separates words: how names and words of a file are compared.
std::string Normalized(std::string_view word);

/// Which column of a file is about what.
class Columns {
public:
    /// From the fields of the first row: Indonesian or English names, in any order. FILE_INVALID if
    /// one is unknown, occurs twice or is missing. Says which by its place: a file without a header
    /// begins with personal data.
    static Result<Columns> Parse(const std::vector<std::string>& header);

    /// As the header spells it.
    const std::string& NameOf(Column column) const { return names_[Index(column)]; }
    /// Without spaces around it; empty if the file has no such column.
    std::string_view Value(Column column, const std::vector<std::string>& row) const;

private:
    static std::size_t Index(Column column) { return static_cast<std::size_t>(column); }

    std::array<std::string, kColumnCount> names_;
    std::array<std::optional<std::size_t>, kColumnCount> places_;
};

}  // namespace bangkit::registration
