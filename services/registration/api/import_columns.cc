#include "services/registration/api/import_columns.h"

#include <algorithm>
#include <utility>

#include "libs/base/text.h"
#include "services/registration/api/import_names.h"

namespace bangkit::registration {
namespace {

/// Of what is a formula to a spreadsheet, unless it has an apostrophe in front.
constexpr std::string_view kFormulaBegins = "=+-@\t";

std::string_view WithoutApostrophe(std::string_view value) {
    const bool is_guarded =
        value.size() > 1 && value[0] == '\'' &&
        kFormulaBegins.contains(value[std::min(value.find_first_not_of(' ', 1), value.size() - 1)]);
    return is_guarded ? Trimmed(value.substr(1)) : value;
}

bool IsInformative(std::string_view name) {
    return std::ranges::any_of(kInformativeColumns, [word = Normalized(name)](const auto& column) {
        return column.indonesian == word || column.english == word;
    });
}

}  // namespace

Error FileInvalid(std::string message) {
    return {.code = ErrorCode::kInvalidArgument,
            .reason = "FILE_INVALID",
            .message = std::move(message)};
}

std::string Normalized(std::string_view word) {
    std::string normalized(Trimmed(word));
    for (char& c : normalized) {
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
        if (c == ' ' || c == '-') c = '_';
    }
    return normalized;
}

Result<Columns> Columns::Parse(const std::vector<std::string>& header) {
    Columns columns;
    for (const KnownColumn& known : KnownColumns()) {
        columns.names_[Index(known.column)] = known.indonesian;
    }
    for (std::size_t place = 0; place < header.size(); ++place) {
        const std::string nth = "column " + std::to_string(place + 1) + " of the header ";
        const auto is_it = [name = Normalized(header[place])](auto note) { return note == name; };
        if (std::ranges::any_of(kNoteColumns, is_it)) {
            columns.note_places_.push_back(place);
            continue;
        }
        if (IsInformative(header[place])) continue;
        const KnownColumn* known = FindColumn(header[place]);
        if (known == nullptr) return std::unexpected(FileInvalid(nth + "has no known name"));
        std::optional<std::size_t>& found = columns.places_[Index(known->column)];
        if (found) {
            return std::unexpected(
                FileInvalid(nth + "is the same as column " + std::to_string(*found + 1)));
        }
        found = place;
        columns.names_[Index(known->column)] = Trimmed(header[place]);
    }
    for (const KnownColumn& known : KnownColumns()) {
        if (known.is_required && !columns.places_[Index(known.column)]) {
            return std::unexpected(
                FileInvalid("the header lacks the column " + std::string(known.indonesian)));
        }
    }
    return columns;
}

std::string_view Columns::Value(Column column, const std::vector<std::string>& row) const {
    const std::optional<std::size_t>& place = places_[Index(column)];
    return place ? WithoutApostrophe(Trimmed(row[*place])) : std::string_view();
}

bool Columns::IsNote(std::size_t place) const {
    return std::ranges::find(note_places_, place) != note_places_.end();
}

}  // namespace bangkit::registration
