#pragma once

#include <future>
#include <memory>

namespace bangkit::rpc {

/// What runs for calls that wait for their answers. A call may have been answered long before,
/// because its time was up: whatever works at it then still uses the handler and all that the
/// handler stands on.
class RunningCalls {
public:
    /// Held as long as something may run for a call.
    using Ticket = std::shared_ptr<const void>;

    Ticket Begin() const { return open_; }
    /// Waits until no ticket is held any more. Once, when no call can begin any more.
    void AwaitEnd() {
        open_.reset();
        ended_.wait();
    }

private:
    /// Gone with the last ticket.
    struct End {
        ~End() { reached.set_value(); }
        std::promise<void> reached;
    };

    std::shared_ptr<End> open_ = std::make_shared<End>();
    const std::future<void> ended_ = open_->reached.get_future();
};

}  // namespace bangkit::rpc
