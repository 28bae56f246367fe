#include "services/cli/topics_file.h"

#include <yaml-cpp/yaml.h>

#include <set>

#include "services/cli/failure.h"

namespace bangkit::cli {
namespace {

/// A misspelt name would silently leave a setting out.
void RefuseUnknown(const YAML::Node& map, const std::set<std::string>& known,
                   const std::string& source) {
    for (const auto& entry : map) {
        const auto name = entry.first.as<std::string>();
        if (!known.contains(name)) throw UsageError(source + ": " + name + " is not known");
    }
}

kafka::TopicSpec ToSpec(const YAML::Node& node, const std::string& source) {
    RefuseUnknown(node, {"name", "partitions", "replication", "config"}, source);
    kafka::TopicSpec spec{.name = node["name"].as<std::string>(),
                          .partitions = node["partitions"].as<std::int32_t>(),
                          .replication = node["replication"].as<std::int32_t>(),
                          .config = {}};
    if (spec.partitions < 1 || spec.replication < 1) {
        throw UsageError(source + ": partitions and replication begin at 1");
    }
    for (const auto& setting : node["config"]) {
        spec.config[setting.first.as<std::string>()] = setting.second.as<std::string>();
    }
    return spec;
}

}  // namespace

std::vector<kafka::TopicSpec> ParseTopics(const std::string& yaml, const std::string& source) {
    std::vector<kafka::TopicSpec> specs;
    std::set<std::string> names;
    try {
        const YAML::Node file = YAML::Load(yaml);
        RefuseUnknown(file, {"topics"}, source);
        for (const auto& node : file["topics"]) {
            specs.push_back(ToSpec(node, source));
            if (!names.insert(specs.back().name).second) {
                throw UsageError(source + ": " + specs.back().name + " is there twice");
            }
        }
    } catch (const YAML::Exception& error) {
        throw UsageError(source + ": " + error.what());
    }
    if (specs.empty()) throw UsageError(source + ": names no topic");
    return specs;
}

}  // namespace bangkit::cli
