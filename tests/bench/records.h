#pragma once

#include <string>
#include <vector>

#include "libs/kafka/record.h"

namespace bangkit::bench {

/// The rows of an outbox as the records that the relay would make of them.
std::vector<kafka::OutgoingRecord> ReadOutbox(const std::string& dsn);

}  // namespace bangkit::bench
