#pragma once

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <deque>
#include <mutex>
#include <utility>
#include <vector>

namespace bangkit {

enum class Lane {
    kInteractive,  // Somebody waits for the answer.
    kBulk,         // A row of an import or a line of a batch.
};

/// How long a consumer lets a batch grow.
struct Patience {
    std::size_t enough = 1;
    std::chrono::steady_clock::time_point until = {};
};

/// Many producers, a few consumers that take everything they find, up to a limit: interactive items
/// first, yet never so many that the other lane stands still; and while they come, few others with
/// them, for whoever waits for an answer waits for the whole batch, and for the one before it.
template <typename T>
class TwoLaneQueue {
public:
    /// How many items each lane holds.
    TwoLaneQueue(std::size_t interactive_max, std::size_t bulk_max)
        : interactive_max_(interactive_max), bulk_max_(bulk_max) {}

    /// False if the lane is full or the queue closed; `item` is then left untouched.
    bool TryPush(Lane lane, T& item) {
        {
            const std::lock_guard lock(mutex_);
            const bool is_bulk = lane == Lane::kBulk;
            std::deque<T>& items = is_bulk ? bulk_ : interactive_;
            if (closed_ || items.size() >= (is_bulk ? bulk_max_ : interactive_max_)) return false;
            items.push_back(std::move(item));
            if (Count() < wanted_) return true;  // Nobody needs to be woken for this one.
        }
        changed_.notify_one();
        return true;
    }

    /// Waits for the first item, and for more only while `patience` lasts. Empty only when closed
    /// and drained.
    std::vector<T> TakeUpTo(std::size_t max, const Patience& patience = {}) {
        std::unique_lock lock(mutex_);
        changed_.wait(lock, [this] { return closed_ || Count() > 0; });
        const std::size_t enough = std::min(max, patience.enough);
        wanted_ = enough;
        changed_.wait_until(lock, patience.until,
                            [this, enough] { return closed_ || Count() >= enough; });
        wanted_ = 1;
        const std::size_t share = std::max<std::size_t>(1, max / kBulkShare);
        small_batches_ = interactive_.empty() ? std::max(small_batches_ - 1, 0) : kSmallBatches;
        std::vector<T> taken;
        Move(interactive_, taken, max - std::min(bulk_.size(), share));
        Move(bulk_, taken, small_batches_ > 0 ? share : max - taken.size());
        return taken;
    }

    /// All that waits now, without waiting for anything.
    std::vector<T> TakeAll() {
        const std::lock_guard lock(mutex_);
        std::vector<T> taken;
        Move(interactive_, taken, interactive_.size());
        Move(bulk_, taken, bulk_.size());
        return taken;
    }

    void Close() {
        {
            const std::lock_guard lock(mutex_);
            closed_ = true;
        }
        changed_.notify_all();
    }

    std::size_t size() const {
        const std::lock_guard lock(mutex_);
        return Count();
    }

private:
    static constexpr std::size_t kBulkShare = 8;  // An eighth of each batch is kept for bulk.
    static constexpr int kSmallBatches = 8;       // So long the next interactive item is awaited.

    std::size_t Count() const { return interactive_.size() + bulk_.size(); }

    static void Move(std::deque<T>& from, std::vector<T>& to, std::size_t max) {
        const std::size_t count = std::min(max, from.size());
        const auto end = from.begin() + static_cast<std::ptrdiff_t>(count);
        to.insert(to.end(), std::make_move_iterator(from.begin()), std::make_move_iterator(end));
        from.erase(from.begin(), end);
    }

    const std::size_t interactive_max_;
    const std::size_t bulk_max_;
    mutable std::mutex mutex_;
    std::condition_variable changed_;
    std::deque<T> interactive_;
    std::deque<T> bulk_;
    std::size_t wanted_ = 1;  // A consumer that is patient wakes up only for so many.
    int small_batches_ = 0;   // How many are left in which bulk gets its share and no more.
    bool closed_ = false;
};

}  // namespace bangkit
