#pragma once

#include <string>
#include <string_view>

#include "services/registration/api/import_columns.h"
#include "services/registration/api/import_words.h"
#include "services/registration/domain/business.h"

namespace bangkit::registration {

/// What a row of a file is about.
struct RowValues {
    const Owner& owner;
    const Profile& profile;
    const Figures& figures;
    Condition condition;
    Date condition_since;
    bool is_additional_business;
    std::string_view business_id = {};
};

/// What stands in a column of a file for what the registry holds; empty if there is nothing. An
/// import reads it as the same again.
std::string CellOf(Column column, const RowValues& values, Language language);

}  // namespace bangkit::registration
