#pragma once

#include <span>
#include <string>
#include <string_view>

#include "services/registration/api/import_columns.h"

namespace bangkit::registration {

/// A column of an import and its names, as we write them.
struct KnownColumn {
    Column column;
    std::string_view indonesian;
    std::string_view english;
    bool is_required = false;
    bool is_personal = false;  // Of the owner: masked in a file, unless a purpose needs it.
};

/// All of them, in the order of Column.
std::span<const KnownColumn> KnownColumns();

/// The column of this name, or of one by which officers' own tables call it; nullptr: none.
const KnownColumn* FindColumn(std::string_view name);

/// Columns that our own files have for people to read, besides those of an import, where they are
/// ignored.
struct InformativeColumn {
    std::string_view indonesian;
    std::string_view english;
};
inline constexpr InformativeColumn kInformativeColumns[] = {
    {"skala", "scale"},
    {"verifikasi", "verification"},
};

}  // namespace bangkit::registration
