#pragma once

#include <string>
#include <string_view>

#include "libs/postgres/connection.h"
#include "libs/testing/temp_database.h"

namespace bangkit::registration {

/// All rows of all tables as text: bytea in hexadecimal digits and, where that is text, as it
/// reads.
inline std::string Dump(const testing::TempDatabase& database) {
    postgres::Connection connection(database.owner_dsn());
    const postgres::Rows tables =
        connection.Run("SELECT tablename::text FROM pg_tables WHERE schemaname = 'public'");
    std::string dump;
    for (int i = 0; i < tables.size(); ++i) {
        const std::string sql =
            "SELECT coalesce(string_agg(t::text, E'\n'), '') FROM " + tables.Text(i, 0) + " t";
        dump += tables.Text(i, 0) + "\n" + database.Text(sql) + "\n";
    }
    return dump;
}

/// `text` as it would look in a dumped bytea.
inline std::string InHex(std::string_view text) {
    constexpr std::string_view kDigits = "0123456789abcdef";
    std::string hex;
    for (const char c : text) {
        hex += kDigits[static_cast<unsigned char>(c) >> 4];
        hex += kDigits[static_cast<unsigned char>(c) & 15];
    }
    return hex;
}

}  // namespace bangkit::registration
