#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace bangkit {

/// A few threads for work that blocks, with a bounded queue: when it is full, callers are refused
/// rather than kept waiting.
class ThreadPool {
public:
    using Task = std::move_only_function<void()>;  // Must not throw.

    ThreadPool(std::size_t threads, std::size_t capacity);
    /// Runs what is queued, then ends.
    ~ThreadPool();

    /// False if the queue is full; `task` is then left untouched.
    bool TryRun(Task& task);

private:
    void Work();

    const std::size_t capacity_;
    std::mutex mutex_;
    std::condition_variable changed_;
    std::deque<Task> tasks_;
    bool closed_ = false;
    std::vector<std::jthread> threads_;
};

}  // namespace bangkit
