#include "services/cli/config.h"

#include <algorithm>
#include <fstream>
#include <iterator>

namespace bangkit::cli {
namespace {

constexpr std::string_view kNames[] = {
    "AID",     "AID_DSN", "DASHBOARD", "DASHBOARD_DSN", "DOCUMENTS",    "ENVIRONMENT",
    "JWT_KEY", "KAFKA",   "KEYS",      "REDIS",         "REGISTRATION", "REGISTRATION_DSN"};

bool IsKnown(std::string_view name) { return std::ranges::find(kNames, name) != std::end(kNames); }

}  // namespace

Config::Config(std::string_view text, const std::string& source) {
    for (int number = 1; !text.empty(); ++number) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        const std::string_view line = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
        if (line.empty() || line.starts_with('#')) continue;
        const std::string place = source + ":" + std::to_string(number) + ": ";
        const std::size_t equals = line.find('=');
        if (equals == std::string_view::npos) throw SettingError(place + "must be NAME=value");
        const std::string name(line.substr(0, equals));
        if (!IsKnown(name)) throw SettingError(place + name + " is not a setting");
        if (!values_.emplace(name, line.substr(equals + 1)).second) {
            throw SettingError(place + name + " is set twice");
        }
    }
}

void Config::Override(const std::string& name, const std::string& value) {
    if (!IsKnown(name)) throw SettingError(name + " is not a setting");
    values_.insert_or_assign(name, value);
}

const std::string& Config::Required(std::string_view name) const {
    const auto found = values_.find(name);
    if (found == values_.end() || found->second.empty()) {
        throw SettingError(std::string(name) +
                           " is not known: there is no option for it on the command line, and no "
                           "line in var/bangkit.conf (or the file of BANGKIT_CONFIG)");
    }
    return found->second;
}

bool Config::IsDevelopment() const {
    const auto found = values_.find("ENVIRONMENT");
    const std::string environment = found == values_.end() ? "production" : found->second;
    if (environment != "development" && environment != "production") {
        throw SettingError("ENVIRONMENT must be development or production");
    }
    return environment == "development";
}

std::string DsnSetting(std::string_view service) {
    std::string name(service);
    std::ranges::transform(name, name.begin(), [](char c) {
        return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    });
    return name + "_DSN";
}

std::optional<std::filesystem::path> FindConfigFile(const std::filesystem::path& program) {
    for (std::filesystem::path folder = program; folder.has_relative_path();) {
        folder = folder.parent_path();
        std::filesystem::path file = folder / "var" / "bangkit.conf";
        if (std::filesystem::exists(file)) return file;
    }
    return std::nullopt;
}

std::string ReadFile(const std::filesystem::path& file) {
    std::ifstream in(file, std::ios::binary);
    std::string content((std::istreambuf_iterator<char>(in)), std::istreambuf_iterator<char>());
    if (!in) throw SettingError("cannot read " + file.string());
    return content;
}

}  // namespace bangkit::cli
