#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <utility>

#include "libs/base/result.h"

namespace bangkit::rpc {

/// Answers one line of a stream, from whichever thread. Copies are the same line; it is done when
/// the last copy is gone. It may outlive the call: then it does nothing.
template <typename Response>
class Line {
public:
    using Write = std::function<void(Response)>;
    Line(Write write, std::shared_ptr<void> outstanding)
        : write_(std::move(write)), outstanding_(std::move(outstanding)) {}

    /// Sends an answer: none, one or several per line, in the order of the calls of all lines.
    void Answer(Response response) const { write_(std::move(response)); }

private:
    Write write_;
    std::shared_ptr<void> outstanding_;
};

/// What a service makes of the messages of one call, line by line. A message may hold one line (a
/// batch) or many (a piece of a file); its functions are called one at a time, by changing threads,
/// and must not block.
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

    /// The client has sent everything; HasLine() is asked again after it.
    virtual Result<void> End() { return {}; }
    /// Sent when every line is answered.
    virtual std::optional<Response> Summary() { return std::nullopt; }
};

/// A source of one line per message: `start(Request, Line<Response>)`.
template <typename Request, typename Response>
class OneLinePerMessage final : public LineSource<Request, Response> {
public:
    using Starter = std::function<void(Request, Line<Response>)>;
    explicit OneLinePerMessage(Starter start) : start_(std::move(start)) {}

    Result<void> Take(Request request) override {
        request_ = std::move(request);
        return {};
    }
    bool HasLine() override { return request_.has_value(); }
    void Start(Line<Response> line) override {
        start_(*std::exchange(request_, std::nullopt), std::move(line));
    }

private:
    const Starter start_;
    std::optional<Request> request_;
};

/// Lines of one call that may be outstanding at a time.
inline constexpr std::size_t kMaxOutstandingLines = 256;

}  // namespace bangkit::rpc
