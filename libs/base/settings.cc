#include "libs/base/settings.h"

#include <charconv>

namespace bangkit {

Settings::Settings(const char* const* environment) {
    for (; *environment != nullptr; ++environment) {
        const std::string_view line = *environment;
        const std::size_t equals = line.find('=');
        if (!line.starts_with("BANGKIT_") || equals == std::string_view::npos) continue;
        values_.emplace(line.substr(0, equals), line.substr(equals + 1));
    }
}

std::optional<std::string> Settings::Take(const std::string& name) {
    known_.insert(name);
    const auto found = values_.find(name);
    if (found == values_.end()) return std::nullopt;
    return found->second;
}

std::string Settings::Required(const std::string& name) {
    const std::optional<std::string> value = Take(name);
    if (!value || value->empty()) throw SettingError(name + " is not set");
    return *value;
}

std::string Settings::Optional(const std::string& name, const std::string& fallback) {
    return Take(name).value_or(fallback);
}

std::int64_t Settings::Number(const std::string& name, std::int64_t fallback, std::int64_t min,
                              std::int64_t max) {
    const std::optional<std::string> text = Take(name);
    if (!text) return fallback;
    std::int64_t value = 0;
    const char* end = text->data() + text->size();
    const auto [stopped, error] = std::from_chars(text->data(), end, value);
    if (error != std::errc{} || stopped != end || value < min || value > max) {
        throw SettingError(name + " must be a number between " + std::to_string(min) + " and " +
                           std::to_string(max));
    }
    return value;
}

bool Settings::IsDevelopment() {
    const std::string environment = Optional("BANGKIT_ENV", "production");
    if (environment != "development" && environment != "production") {
        throw SettingError("BANGKIT_ENV must be development or production");
    }
    return environment == "development";
}

void Settings::RefuseUnknown() const {
    for (const auto& [name, value] : values_) {
        if (!known_.contains(name)) throw SettingError(name + " is not a setting of this program");
    }
}

}  // namespace bangkit
