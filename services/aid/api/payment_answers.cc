#include "services/aid/api/payment_answers.h"

#include <optional>
#include <string>
#include <utility>

#include "libs/grpc/tally.h"
#include "libs/status/status.h"
#include "services/aid/api/answer_file.h"

namespace bangkit::aid {
namespace {

using Request = v1::UploadPaymentAnswersRequest;
using Response = v1::UploadPaymentAnswersResponse;
using Line = rpc::Line<Response>;
using Tally = rpc::Tally<v1::PaymentAnswersSummary>;

constexpr std::size_t kPieceMax = std::size_t{256} << 10;

/// The line may be as good as any: it was not tried, or nobody knows how it went.
bool IsNoFaultOfTheLine(ErrorCode code) {
    return code == ErrorCode::kUnavailable || code == ErrorCode::kResourceExhausted ||
           code == ErrorCode::kDeadlineExceeded;
}

/// Whom to tell what came of a line.
struct LineReply {
    std::shared_ptr<Tally> tally;
    Line line;
    std::int64_t number;
    std::string reference = {};

    void Taken(const std::string& outcome) const {
        Response response;
        v1::PaymentAnswerResult& result = *response.mutable_line();
        result.ParseFromString(outcome);
        const bool is_changed = result.is_changed();
        tally->Count([is_changed](v1::PaymentAnswersSummary& now) {
            is_changed ? now.set_changed(now.changed() + 1)
                       : now.set_unchanged(now.unchanged() + 1);
        });
        if (is_changed) Send(std::move(response));
    }
    void Refused(const Error& error) const {
        if (IsNoFaultOfTheLine(error.code)) return tally->Fail(error);
        tally->Count([](v1::PaymentAnswersSummary& now) { now.set_refused(now.refused() + 1); });
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

class PaymentAnswers final : public PaymentAnswersSource {
public:
    explicit PaymentAnswers(SubmitAnswer submit) : submit_(std::move(submit)) {}

    Result<void> Take(Request request) override {
        if (request.content().size() > kPieceMax) return std::unexpected(TooLarge());
        if (Result<void> read = file_.Feed(request.content()); !read) return read;
        return Standing();
    }

    bool HasLine() override {
        if (!next_) next_ = file_.Next();
        return next_.has_value() && Standing().has_value();
    }

    void Start(Line line) override {
        AnswerFile::Line said = *std::exchange(next_, std::nullopt);
        tally_->Count([](v1::PaymentAnswersSummary& now) { now.set_lines(now.lines() + 1); });
        LineReply reply{.tally = tally_, .line = std::move(line), .number = ++lines_};
        if (!said) return reply.Refused(said.error());
        const bool is_of_file = said->reference.empty();
        // What is none of ours is not repeated, and nowhere kept: it may name somebody.
        if (!is_of_file && !IdOf(said->reference)) return reply.Refused(NotFound());
        reply.reference = said->reference;
        PaymentCommand command{.batch_id = is_of_file ? said->batch_id : "",
                               .deed = TakeBankAnswer{*std::move(said)}};
        submit_(std::move(command), [reply = std::move(reply)](const command::Outcome& outcome) {
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
        v1::PaymentAnswersSummary summary = tally_->Now();
        summary.set_finished(true);
        return ToResponse(std::move(summary));
    }

private:
    /// An error as soon as the file cannot go on.
    Result<void> Standing() const {
        if (auto failure = tally_->failure()) return std::unexpected(*std::move(failure));
        return {};
    }

    static Response ToResponse(v1::PaymentAnswersSummary summary) {
        Response response;
        *response.mutable_summary() = std::move(summary);
        return response;
    }

    static Error NotFound() {
        return {.code = ErrorCode::kNotFound,
                .reason = "PAYMENT_NOT_FOUND",
                .message = "no such payment"};
    }
    static Error TooLarge() {
        return {.code = ErrorCode::kInvalidArgument,
                .reason = "FIELDS_INVALID",
                .message = "content must have at most 256 KiB",
                .fields = {{"content", "TOO_LONG", "must have at most 256 KiB"}}};
    }

    const SubmitAnswer submit_;
    const std::shared_ptr<Tally> tally_ = std::make_shared<Tally>();
    AnswerFile file_;
    std::optional<AnswerFile::Line> next_;
    std::int64_t lines_ = 0;
};

}  // namespace

std::unique_ptr<PaymentAnswersSource> MakePaymentAnswers(SubmitAnswer submit) {
    return std::make_unique<PaymentAnswers>(std::move(submit));
}

}  // namespace bangkit::aid
