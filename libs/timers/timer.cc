#include "libs/timers/timer.h"

#include "libs/crypto/sha256.h"

namespace bangkit::timers {

std::string FindDue(const std::string& table, const std::string& id) {
    return "SELECT " + id + ", version, region_code, due_at FROM " + table +
           " WHERE due_at <= now() AND (due_at, " + id + ") > ($1, $2) ORDER BY due_at, " + id +
           " LIMIT $3";
}

std::string RequestIdOf(std::string_view method, const Due& due) {
    crypto::Sha256 hash;
    hash.Add(method);
    hash.Add("/" + due.id + "/" + std::to_string(due.version));
    std::string bytes = hash.Finish().substr(0, 16);
    bytes[6] = static_cast<char>((bytes[6] & 0x0f) | 0x80);  // UUIDv8 (RFC 9562).
    bytes[8] = static_cast<char>((bytes[8] & 0x3f) | 0x80);
    return postgres::UuidText(bytes);
}

}  // namespace bangkit::timers
