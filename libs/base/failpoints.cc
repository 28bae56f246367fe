#include "libs/base/failpoints.h"

#include <chrono>
#include <csignal>
#include <ranges>
#include <stdexcept>
#include <thread>

namespace bangkit {
namespace {

constexpr std::string_view kSleep = "sleep:";

void Check(const std::string& action) {
    const bool is_sleep =
        action.starts_with(kSleep) && action.size() > kSleep.size() &&
        action.find_first_not_of("0123456789", kSleep.size()) == std::string::npos;
    if (action != "kill" && action != "throw" && !is_sleep) {
        throw std::invalid_argument("a failpoint's action is kill, throw or sleep:MILLISECONDS");
    }
}

}  // namespace

Failpoints::Failpoints(std::string_view specification) {
    for (const auto part : std::views::split(specification, ',')) {
        const std::string_view text(part.begin(), part.end());
        if (text.empty()) continue;
        const std::size_t equals = text.find('=');
        if (equals == std::string_view::npos) throw std::invalid_argument("name=action expected");
        std::string action(text.substr(equals + 1));
        std::int64_t at_hit = 0;
        if (const std::size_t at = action.find('@'); at != std::string::npos) {
            at_hit = std::stoll(action.substr(at + 1));
            action.resize(at);
        }
        Check(action);
        Point& point = points_[std::string(text.substr(0, equals))];
        point.action = std::move(action);
        point.at_hit = at_hit;
    }
}

void Failpoints::HitKnown(std::string_view name) const {
    const auto found = points_.find(name);
    if (found == points_.end()) return;
    const Point& point = found->second;
    const std::int64_t hit = ++point.hits;
    if (point.at_hit != 0 && hit != point.at_hit) return;
    if (point.action == "kill") {
        std::raise(SIGKILL);
    } else if (point.action == "throw") {
        throw std::runtime_error("failpoint " + std::string(name));
    } else {
        std::this_thread::sleep_for(
            std::chrono::milliseconds(std::stoll(point.action.substr(kSleep.size()))));
    }
}

}  // namespace bangkit
