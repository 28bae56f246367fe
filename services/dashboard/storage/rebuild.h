#pragma once

#include <string>

namespace bangkit::dashboard {

/// Begins a new generation of the read model: empties it and has the topics read again from their
/// beginnings. Safe while projectors run: their partitions are taken from them, they join their
/// group again and read from offset 0. What is in the cache goes on being served until the new
/// generation is complete.
///
/// `owner_dsn`: of the role that owns the tables. Throws SqlError or ConnectionLost; then nothing
/// has happened.
void Rebuild(const std::string& owner_dsn);

}  // namespace bangkit::dashboard
