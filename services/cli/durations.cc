#include "services/cli/durations.h"

#include <charconv>

namespace bangkit::cli {

std::optional<std::chrono::seconds> ParseDuration(std::string_view text) {
    constexpr std::chrono::hours kMax{1'000};
    int count = 0;
    const char* end = text.data() + text.size();
    const auto [stopped, error] = std::from_chars(text.data(), end, count);
    if (error != std::errc{} || stopped + 1 != end || count < 0) return std::nullopt;
    std::chrono::seconds unit{1};
    if (*stopped == 'm') {
        unit = std::chrono::minutes(1);
    } else if (*stopped == 'h') {
        unit = std::chrono::hours(1);
    } else if (*stopped != 's') {
        return std::nullopt;
    }
    if (count > kMax / unit) return std::nullopt;
    return count * unit;
}

CLI::Option* AddDurationOption(CLI::App& command, const std::string& name,
                               std::chrono::seconds& target, const std::string& help) {
    return command
        .add_option_function<std::string>(
            name,
            [&target, name](const std::string& text) {
                const auto duration = ParseDuration(text);
                if (!duration) throw CLI::ValidationError(name, "must be like 90s, 5m or 12h");
                target = *duration;
            },
            help)
        ->type_name("DURATION");
}

}  // namespace bangkit::cli
