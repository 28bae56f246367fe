#pragma once

#include <future>
#include <string>
#include <utility>
#include <vector>

#include "libs/redis/cache.h"

namespace bangkit::redis {

using Answer = Result<Cache::Values>;

/// A function that fulfils `promise`.
inline Cache::Done Fulfil(std::promise<Answer> promise) {
    return [promise = std::move(promise)](Answer answer) mutable {
        promise.set_value(std::move(answer));
    };
}

inline std::future<Answer> Ask(Cache& cache, std::vector<std::string> keys) {
    std::promise<Answer> promise;
    auto answer = promise.get_future();
    cache.Get(std::move(keys), Fulfil(std::move(promise)));
    return answer;
}

inline bool IsAnswered(const std::future<Answer>& answer) {
    return answer.wait_for(std::chrono::seconds(0)) == std::future_status::ready;
}

/// "ok", or why not.
inline std::string Outcome(std::future<Answer> answer) {
    if (answer.wait_for(std::chrono::seconds(30)) != std::future_status::ready) return "none";
    const Answer value = answer.get();
    return value ? "ok" : value.error().reason;
}

}  // namespace bangkit::redis
