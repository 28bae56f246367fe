#pragma once

#include <grpcpp/support/server_callback.h>

#include <cstddef>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <utility>

#include "libs/base/result.h"
#include "libs/base/thread_pool.h"
#include "libs/grpc/call.h"
#include "libs/grpc/call_report.h"
#include "libs/grpc/line_stream.h"
#include "libs/grpc/running_calls.h"

namespace bangkit::rpc {

/// Moves the messages of one call through its LineSource. It lives until gRPC is done with the call
/// and the last line is gone, whichever comes later.
///
/// Every event (a message read, an answer sent, a line done) ends in Pump(), which takes one step
/// after the other until there is nothing to do. Only one thread pumps at a time, and it holds no
/// lock while it is in the source; everything else is guarded by the mutex.
template <typename Request, typename Response>
class LineReactor final : public grpc::ServerBidiReactor<Request, Response>,
                          public LineSink<Response>,
                          public std::enable_shared_from_this<LineReactor<Request, Response>> {
public:
    using Source = LineSource<Request, Response>;
    /// Turns the exception that is being handled into an error.
    using Explain = std::function<Error()>;

    static LineReactor* Start(std::unique_ptr<Source> source, ThreadPool& pool, CallReport report,
                              Explain explain, RunningCalls::Ticket ticket) {
        auto reactor = std::shared_ptr<LineReactor>(
            new LineReactor(std::move(source), &pool, std::move(report), std::move(explain)));
        reactor->self_ = reactor;
        reactor->ticket_ = std::move(ticket);
        reactor->Pump();
        return reactor.get();
    }

    /// For a call that may not begin.
    static LineReactor* Refuse(CallReport report, Error error, RunningCalls::Ticket ticket) {
        auto reactor =
            std::shared_ptr<LineReactor>(new LineReactor(nullptr, nullptr, std::move(report), {}));
        reactor->self_ = reactor;
        reactor->ticket_ = std::move(ticket);
        reactor->error_ = std::move(error);
        reactor->Pump();
        return reactor.get();
    }

    // From the lines.
    void Send(Response response) override;
    void LineDone() override;

    // From gRPC.
    void OnReadDone(bool ok) override;
    void OnWriteDone(bool ok) override;
    void OnCancel() override;
    void OnDone() override {
        const auto ticket = std::move(ticket_);  // Given back last.
        const auto last = std::move(self_);      // May end this object when it goes out of scope.
        const Lock lock(mutex_);                 // Whoever pumped has done with gRPC before.
    }

private:
    enum class Phase { kReading, kFarewell, kEnding, kEnded, kDone };
    using Lock = std::unique_lock<std::mutex>;

    LineReactor(std::unique_ptr<Source> source, ThreadPool* pool, CallReport report,
                Explain explain)
        : source_(std::move(source)),
          pool_(pool),
          report_(std::move(report)),
          explain_(std::move(explain)) {}

    void Pump();
    void PumpAsWoken();
    // True: there may be more to do at once. The lock is open while the source works.
    bool Step(Lock& lock);
    bool StepLine(Lock& lock);
    bool StepPhase(Lock& lock);
    template <typename Body>
    auto InSource(Lock& lock, Body body) -> std::optional<decltype(body())>;
    void Check(std::optional<Result<void>> result);

    // With the lock held.
    std::size_t Outstanding() const { return lines_ + answers_.size() + (is_writing_ ? 1U : 0U); }
    bool ShallWake() const;
    void Write(std::optional<Response> response);
    void WriteNext();
    void FinishOnce();

    const std::unique_ptr<Source> source_;
    ThreadPool* const pool_;
    const CallReport report_;
    const Explain explain_;
    std::shared_ptr<LineReactor> self_;  // Until OnDone().
    RunningCalls::Ticket ticket_;        // As long.

    std::mutex mutex_;
    Phase phase_ = Phase::kReading;
    std::optional<Error> error_;  // Ends the call when nothing is outstanding any more.
    bool is_gone_ = false;        // The client: nothing can be sent.
    bool is_finished_ = false;

    bool is_pumping_ = false;
    bool has_news_ = false;  // Since the pumping thread last looked.
    bool is_woken_ = false;  // The pool will pump.
    bool waits_for_room_ = false;

    bool is_reading_ = false;
    bool has_request_ = false;
    Request request_;

    std::size_t lines_ = 0;  // Started and not done.
    bool is_writing_ = false;
    Response current_;  // What is being written.
    std::deque<Response> answers_;
};

template <typename Request, typename Response>
void LineReactor<Request, Response>::Pump() {
    Lock lock(mutex_);
    has_news_ = true;
    if (is_pumping_) return;
    is_pumping_ = true;
    do {
        has_news_ = false;
        while (Step(lock)) {
        }
    } while (has_news_);
    is_pumping_ = false;
}

template <typename Request, typename Response>
bool LineReactor<Request, Response>::Step(Lock& lock) {
    if (is_finished_) return false;
    if (is_gone_ || error_) {
        if (!is_writing_ && (is_gone_ || Outstanding() == 0)) FinishOnce();
        return false;
    }
    waits_for_room_ = Outstanding() >= source_->MaxOutstanding();
    if (waits_for_room_) return false;
    return StepLine(lock) || StepPhase(lock);
}

template <typename Request, typename Response>
bool LineReactor<Request, Response>::StepLine(Lock& lock) {
    if (!InSource(lock, [this] { return source_->HasLine(); }).value_or(false)) return false;
    ++lines_;
    InSource(lock, [this] {
        source_->Start(Line<Response>(this->shared_from_this()));
        return true;
    });
    return true;
}

/// What to do when the source has no line.
template <typename Request, typename Response>
bool LineReactor<Request, Response>::StepPhase(Lock& lock) {
    if (error_ || is_gone_) return true;  // Since Step() looked.
    if (phase_ == Phase::kReading) {
        if (has_request_) {
            has_request_ = false;
            Check(InSource(lock, [this] { return source_->Take(std::move(request_)); }));
            return true;
        }
        if (!is_reading_) {
            is_reading_ = true;
            this->StartRead(&request_);
        }
        return false;
    }
    if (Outstanding() > 0) return false;
    switch (phase_) {
        case Phase::kReading: break;
        case Phase::kFarewell:
            phase_ = Phase::kEnding;
            Write(InSource(lock, [this] { return source_->Farewell(); }).value_or(std::nullopt));
            break;
        case Phase::kEnding:
            phase_ = Phase::kEnded;
            Check(InSource(lock, [this] { return source_->End(); }));
            break;
        case Phase::kEnded:
            phase_ = Phase::kDone;
            Write(InSource(lock, [this] { return source_->Summary(); }).value_or(std::nullopt));
            break;
        case Phase::kDone: FinishOnce(); break;
    }
    return true;
}

template <typename Request, typename Response>
template <typename Body>
auto LineReactor<Request, Response>::InSource(Lock& lock, Body body)
    -> std::optional<decltype(body())> {
    lock.unlock();
    try {
        auto result = body();
        lock.lock();
        return result;
    } catch (...) {
        Error error = explain_();
        lock.lock();
        error_ = std::move(error);
        return std::nullopt;
    }
}

template <typename Request, typename Response>
void LineReactor<Request, Response>::Check(std::optional<Result<void>> result) {
    if (result && !*result) error_ = std::move(result->error());
}

template <typename Request, typename Response>
void LineReactor<Request, Response>::Send(Response response) {
    const Lock lock(mutex_);
    Write(std::move(response));
}

template <typename Request, typename Response>
void LineReactor<Request, Response>::LineDone() {
    {
        const Lock lock(mutex_);
        --lines_;
        has_news_ = true;
        if (!ShallWake()) return;
        is_woken_ = true;
    }
    // Whoever answers lines (the writer of a database) has better things to do than to pump.
    ThreadPool::Task pump = [self = this->shared_from_this()] { self->PumpAsWoken(); };
    if (!pool_->TryRun(pump)) PumpAsWoken();
}

template <typename Request, typename Response>
void LineReactor<Request, Response>::PumpAsWoken() {
    {
        const Lock lock(mutex_);
        is_woken_ = false;
    }
    Pump();
}

template <typename Request, typename Response>
void LineReactor<Request, Response>::OnReadDone(bool ok) {
    {
        const Lock lock(mutex_);
        is_reading_ = false;
        has_request_ = ok;
        if (!ok) phase_ = Phase::kFarewell;
    }
    Pump();
}

template <typename Request, typename Response>
void LineReactor<Request, Response>::OnWriteDone(bool ok) {
    {
        const Lock lock(mutex_);
        is_writing_ = false;
        if (!ok) is_gone_ = true;
        if (!is_gone_ && !answers_.empty()) WriteNext();
        if (!is_gone_ && !ShallWake()) return;
    }
    Pump();
}

template <typename Request, typename Response>
void LineReactor<Request, Response>::OnCancel() {
    {
        const Lock lock(mutex_);
        is_gone_ = true;
    }
    Pump();
}

/// Room for a quarter of the lines is worth waking up for; so is the end.
template <typename Request, typename Response>
bool LineReactor<Request, Response>::ShallWake() const {
    if (is_pumping_ || is_woken_ || is_finished_) return false;
    if (waits_for_room_) return Outstanding() <= source_->MaxOutstanding() * 3 / 4;
    return Outstanding() == 0 && (error_ || phase_ != Phase::kReading);
}

template <typename Request, typename Response>
void LineReactor<Request, Response>::Write(std::optional<Response> response) {
    if (!response || is_gone_ || is_finished_) return;
    answers_.push_back(*std::move(response));
    if (!is_writing_) WriteNext();
}

template <typename Request, typename Response>
void LineReactor<Request, Response>::WriteNext() {
    is_writing_ = true;
    current_ = std::move(answers_.front());
    answers_.pop_front();
    grpc::WriteOptions options;
    if (!answers_.empty()) options.set_buffer_hint();  // Sent together with the next.
    this->StartWrite(&current_, options);
}

template <typename Request, typename Response>
void LineReactor<Request, Response>::FinishOnce() {
    is_finished_ = true;
    if (error_) {
        report_.Failed(*error_);
        this->Finish(ToStatus(*error_));
    } else if (is_gone_) {
        report_.Cancelled();
        this->Finish(grpc::Status::CANCELLED);
    } else {
        report_.Succeeded();
        this->Finish(grpc::Status::OK);
    }
}

}  // namespace bangkit::rpc
