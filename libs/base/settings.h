#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <stdexcept>
#include <string>
#include <string_view>

namespace bangkit {

/// A setting is missing, malformed or unknown. The message names it and never quotes its value.
class SettingError : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

/// The BANGKIT_* variables of the environment. A process asks for everything that it understands,
/// then calls RefuseUnknown(): a misspelt setting is an error, never silence.
class Settings {
public:
    /// From `environ`-like lines "NAME=value"; others than BANGKIT_* are left out.
    explicit Settings(const char* const* environment);

    std::string Required(const std::string& name);
    std::string Optional(const std::string& name, const std::string& fallback);
    /// Digits only, between `min` and `max`.
    std::int64_t Number(const std::string& name, std::int64_t fallback, std::int64_t min,
                        std::int64_t max);
    /// BANGKIT_ENV=development; "production" is the default. Anything else is an error.
    bool IsDevelopment();

    void RefuseUnknown() const;

private:
    std::optional<std::string> Take(const std::string& name);

    std::map<std::string, std::string> values_;
    std::set<std::string> known_;
};

}  // namespace bangkit
