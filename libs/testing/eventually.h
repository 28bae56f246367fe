#pragma once

#include <chrono>
#include <functional>
#include <thread>

namespace bangkit::testing {

/// True as soon as `condition` holds, false when the limit is over: EXPECT_TRUE(Eventually([&] {
/// return ...; })). Instead of sleeping, which is too long on a fast machine and too short on a
/// busy one.
inline bool Eventually(const std::function<bool()>& condition,
                       std::chrono::milliseconds limit = std::chrono::seconds(20)) {
    const auto deadline = std::chrono::steady_clock::now() + limit;
    while (!condition()) {
        if (std::chrono::steady_clock::now() > deadline) return false;
        std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
    return true;
}

}  // namespace bangkit::testing
