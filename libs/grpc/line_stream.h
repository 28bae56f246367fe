#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <utility>

#include "libs/base/result.h"

namespace bangkit::rpc {

/// Lines of one call that may be outstanding at a time, unless its source says otherwise.
inline constexpr std::size_t kMaxOutstandingLines = 256;

/// Where the answers to the lines of a call go.
template <typename Response>
class LineSink {
public:
    virtual ~LineSink() = default;
    virtual void Send(Response response) = 0;
    virtual void LineDone() = 0;
};

/// One line of a stream, answered from whichever thread. Copies are the same line; it is done when
/// the last copy is gone. It may outlive the call: its answers then go nowhere.
template <typename Response>
class Line {
public:
    explicit Line(std::shared_ptr<LineSink<Response>> sink)
        : ticket_(std::make_shared<Ticket>(std::move(sink))) {}

    /// None, one or several answers per line; sent in the order in which all lines give them.
    void Answer(Response response) const { ticket_->sink->Send(std::move(response)); }

private:
    struct Ticket {
        explicit Ticket(std::shared_ptr<LineSink<Response>> to) : sink(std::move(to)) {}
        Ticket(const Ticket&) = delete;
        ~Ticket() { sink->LineDone(); }
        const std::shared_ptr<LineSink<Response>> sink;
    };

    std::shared_ptr<Ticket> ticket_;
};

/// What a service makes of the messages of one call, line by line. A message may hold one line (a
/// batch) or many (a piece of a file). Its functions are called one at a time, by changing threads,
/// and must not block. What they throw ends the call as an error of Take() does.
template <typename Request, typename Response>
class LineSource {
public:
    virtual ~LineSource() = default;

    /// The client's next message; called when HasLine() is false. An error ends the call as soon
    /// as the lines before it are answered.
    virtual Result<void> Take(Request request) = 0;
    /// True if there is a line to start; false if it takes another message.
    virtual bool HasLine() = 0;
    /// Starts the next line. It counts as outstanding until it is done and its answers are sent;
    /// while too many are outstanding, none is started and nothing is read.
    virtual void Start(Line<Response> line) = 0;

    /// Lines that may be outstanding at a time: fewer where each is large.
    virtual std::size_t MaxOutstanding() const { return kMaxOutstandingLines; }

    /// Sent when every line so far is answered and the client seems to have no more messages. The
    /// stream of a client that died looks the same, but cannot be written to: End() follows only
    /// if this message could be sent. A source whose last line may be cut off needs it.
    virtual std::optional<Response> Farewell() { return std::nullopt; }
    /// The client has no more messages. HasLine() is asked again afterwards.
    virtual Result<void> End() { return {}; }
    /// Sent when all is done.
    virtual std::optional<Response> Summary() { return std::nullopt; }
};

/// A source of one line per message: `start(Request, Line<Response>)`.
template <typename Request, typename Response>
class OneLinePerMessage final : public LineSource<Request, Response> {
public:
    using Starter = std::function<void(Request, Line<Response>)>;
    explicit OneLinePerMessage(Starter start, std::size_t max_outstanding = kMaxOutstandingLines)
        : start_(std::move(start)), max_outstanding_(max_outstanding) {}

    Result<void> Take(Request request) override {
        request_ = std::move(request);
        return {};
    }
    bool HasLine() override { return request_.has_value(); }
    std::size_t MaxOutstanding() const override { return max_outstanding_; }
    void Start(Line<Response> line) override {
        start_(*std::exchange(request_, std::nullopt), std::move(line));
    }

private:
    const Starter start_;
    const std::size_t max_outstanding_;
    std::optional<Request> request_;
};

}  // namespace bangkit::rpc
