#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "libs/base/logger.h"

namespace bangkit::postgres {

/// One forward-only step of a schema: the text of a file NNNN_name.sql.
struct Migration {
    std::string_view name;
    std::string_view sql;
};

/// The steps of one library or service, in order.
struct Component {
    std::string_view name;
    std::span<const Migration> migrations;
};

/// Brings the database up to date: whatever step of whatever component has not been run yet is run,
/// each in a transaction of its own together with its entry in schema_migrations. Any number of
/// processes may do this at once. Throws SqlError, and std::runtime_error if a step that was run
/// before has another text now.
void Migrate(const std::string& owner_dsn, const std::vector<Component>& components,
             Logger& logger);

}  // namespace bangkit::postgres
