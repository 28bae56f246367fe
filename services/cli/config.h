#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "libs/base/settings.h"

namespace bangkit::cli {

/// Where an installation listens and keeps its keys, as a file of lines "NAME=value" tells. Lines
/// that are empty or begin with # are left out.
class Config {
public:
    Config() = default;
    /// Throws SettingError for a line that is malformed, repeated or of an unknown name; `source`
    /// names the file in it.
    Config(std::string_view text, const std::string& source);

    /// Has precedence over the file. Throws SettingError if there is no such setting.
    void Override(const std::string& name, const std::string& value);

    /// Throws SettingError if it is not set.
    const std::string& Required(std::string_view name) const;
    /// ENVIRONMENT=development; "production" is the default. Anything else throws SettingError.
    bool IsDevelopment() const;

private:
    std::map<std::string, std::string, std::less<>> values_;
};

/// Which setting says where the database of a service is: "DASHBOARD_DSN".
std::string DsnSetting(std::string_view service);

/// The first var/bangkit.conf on the way up from the folder of `program`.
std::optional<std::filesystem::path> FindConfigFile(const std::filesystem::path& program);

/// The content of a file; throws SettingError if it cannot be read.
std::string ReadFile(const std::filesystem::path& file);

}  // namespace bangkit::cli
