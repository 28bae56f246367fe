#pragma once

#include <CLI/CLI.hpp>
#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace bangkit::cli {

/// "90s", "5m", "12h"; nullopt for anything else, and for more than 1000 hours.
std::optional<std::chrono::seconds> ParseDuration(std::string_view text);

/// An option whose value is such a duration.
CLI::Option* AddDurationOption(CLI::App& command, const std::string& name,
                               std::chrono::seconds& target, const std::string& help);

}  // namespace bangkit::cli
