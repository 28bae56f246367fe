#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "libs/command/pending_command.h"
#include "libs/grpc/line_stream.h"
#include "libs/grpc/tally.h"
#include "libs/status/status.h"
#include "services/aid/domain/payment/payment.h"

namespace bangkit::aid {

/// The line may be as good as any: it was not tried, or nobody knows how it went.
inline bool IsNoFaultOfTheLine(ErrorCode code) {
    return code == ErrorCode::kUnavailable || code == ErrorCode::kResourceExhausted ||
           code == ErrorCode::kDeadlineExceeded;
}

/// Whom to tell what came of a line.
template <typename Response, typename Summary>
struct AnswerReply {
    std::shared_ptr<rpc::Tally<Summary>> tally;
    rpc::Line<Response> line;
    std::int64_t number;
    std::string reference = {};

    void Taken(const std::string& outcome) const {
        Response response;
        response.mutable_line()->ParseFromString(outcome);
        const bool is_changed = response.line().is_changed();
        tally->Count([is_changed](Summary& now) {
            is_changed ? now.set_changed(now.changed() + 1)
                       : now.set_unchanged(now.unchanged() + 1);
        });
        if (is_changed) Send(std::move(response));
    }
    void Refused(const Error& error) const {
        if (IsNoFaultOfTheLine(error.code)) return tally->Fail(error);
        tally->Count([](Summary& now) { now.set_refused(now.refused() + 1); });
        Response response;
        *response.mutable_line()->mutable_error() = status::ToProto(error);
        Send(std::move(response));
    }

private:
    void Send(Response response) const {
        response.mutable_line()->set_line(number);
        response.mutable_line()->set_reference(reference);
        line.Answer(std::move(response));
    }
};

/// A file of what others answer that arrives in pieces, taken line by line: a response per line
/// that has changed something or could not be taken, and a summary at the end.
///
/// `Request` has `content`; `Response` has `line` (with `line`, `reference`, `error`, `is_changed`
/// and whatever an outcome says besides) or `summary` (`lines`, `changed`, `unchanged`, `refused`,
/// `finished`). `File` has Feed(), Finish() and Next(), an `Answer` with a `reference`, or why the
/// line cannot be taken.
template <typename Request, typename Response, typename File>
class AnswerStream final : public rpc::LineSource<Request, Response> {
public:
    using Answer = typename File::Answer;
    /// Hands an answer to the command loop; `done` is called once, from any thread.
    using Submit =
        std::function<void(Answer, std::move_only_function<void(const command::Outcome&)> done)>;

    /// `not_found`: what is said of a reference that is none of ours.
    AnswerStream(Error not_found, Submit submit)
        : not_found_(std::move(not_found)), submit_(std::move(submit)) {}

    Result<void> Take(Request request) override {
        if (request.content().size() > kPieceMax) return std::unexpected(TooLarge());
        if (Result<void> read = file_.Feed(request.content()); !read) return read;
        return Standing();
    }

    bool HasLine() override {
        if (!next_) next_ = file_.Next();
        return next_.has_value() && Standing().has_value();
    }

    void Start(rpc::Line<Response> line) override {
        Result<Answer> said = *std::exchange(next_, std::nullopt);
        tally_->Count([](Totals& now) { now.set_lines(now.lines() + 1); });
        AnswerReply<Response, Totals> reply{
            .tally = tally_, .line = std::move(line), .number = ++lines_};
        if (!said) return reply.Refused(said.error());
        const bool is_of_one = !said->reference.empty();
        // What is none of ours is not repeated, and nowhere kept: it may name somebody.
        if (is_of_one && !IdOf(said->reference)) return reply.Refused(not_found_);
        reply.reference = said->reference;
        submit_(*std::move(said), [reply = std::move(reply)](const command::Outcome& outcome) {
            outcome ? reply.Taken(*outcome) : reply.Refused(outcome.error());
        });
    }

    std::optional<Response> Farewell() override { return ToResponse(tally_->Now()); }

    // Only now is the last line known to be whole.
    Result<void> End() override {
        if (Result<void> read = file_.Finish(); !read) return read;
        return Standing();
    }

    std::optional<Response> Summary() override {
        Totals totals = tally_->Now();
        totals.set_finished(true);
        return ToResponse(std::move(totals));
    }

private:
    using Totals = std::remove_cvref_t<decltype(std::declval<Response>().summary())>;
    static constexpr std::size_t kPieceMax = std::size_t{256} << 10;

    /// An error as soon as the file cannot go on.
    Result<void> Standing() const {
        if (auto failure = tally_->failure()) return std::unexpected(*std::move(failure));
        return {};
    }

    static Response ToResponse(Totals totals) {
        Response response;
        *response.mutable_summary() = std::move(totals);
        return response;
    }

    static Error TooLarge() {
        return {.code = ErrorCode::kInvalidArgument,
                .reason = "FIELDS_INVALID",
                .message = "content must have at most 256 KiB",
                .fields = {{"content", "TOO_LONG", "must have at most 256 KiB"}}};
    }

    const Error not_found_;
    const Submit submit_;
    const std::shared_ptr<rpc::Tally<Totals>> tally_ = std::make_shared<rpc::Tally<Totals>>();
    File file_;
    std::optional<Result<Answer>> next_;
    std::int64_t lines_ = 0;
};

}  // namespace bangkit::aid
