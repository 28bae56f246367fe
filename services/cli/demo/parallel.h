#pragma once

#include <atomic>
#include <cstddef>
#include <exception>
#include <mutex>
#include <thread>
#include <vector>

namespace bangkit::cli {

/// `use(item)` for each, by so many threads at once. The first exception ends it and is thrown.
template <typename Item, typename Use>
void InParallel(std::vector<Item>& items, int threads, const Use& use) {
    std::atomic<std::size_t> next = 0;
    std::mutex mutex;
    std::exception_ptr failure;
    {
        std::vector<std::jthread> workers;
        for (int i = 0; i < threads; ++i) {
            workers.emplace_back([&] {
                try {
                    for (std::size_t at = next++; at < items.size(); at = next++) use(items[at]);
                } catch (...) {
                    next = items.size();
                    const std::lock_guard lock(mutex);
                    if (!failure) failure = std::current_exception();
                }
            });
        }
    }
    if (failure) std::rethrow_exception(failure);
}

}  // namespace bangkit::cli
