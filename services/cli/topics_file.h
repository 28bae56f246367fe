#pragma once

#include <string>
#include <vector>

#include "libs/kafka/admin.h"

namespace bangkit::cli {

/// The topics that a YAML text asks for: see deploy/topics.yaml. Throws UsageError if it makes no
/// sense; `source` names the file in it.
std::vector<kafka::TopicSpec> ParseTopics(const std::string& yaml, const std::string& source);

}  // namespace bangkit::cli
