#include "services/registration/api/import.h"

#include <memory>
#include <optional>
#include <utility>

#include "libs/csv/parser.h"
#include "libs/grpc/tally.h"
#include "services/registration/api/import_columns.h"
#include "services/registration/api/import_row.h"

namespace bangkit::registration {
namespace {

using Request = v1::ImportBusinessesRequest;
using Response = v1::ImportBusinessesResponse;
using Line = rpc::Line<Response>;
using Tally = rpc::Tally<v1::ImportProgress>;

constexpr std::size_t kPieceMax = std::size_t{256} << 10;
constexpr std::int64_t kRowsPerProgress = 1'000;
constexpr std::int64_t kBytesPerProgress = 64 << 10;

Response ToResponse(v1::ImportProgress progress) {
    Response response;
    *response.mutable_progress() = std::move(progress);
    return response;
}

Response ToResponse(std::int64_t row, std::string business_id, RowProblems problems) {
    Response response;
    v1::ImportRowResult& result = *response.mutable_row();
    result.set_row(row);
    result.set_business_id(std::move(business_id));
    for (v1::ImportRowProblem& problem : problems) *result.add_problems() = std::move(problem);
    return response;
}

/// The row may be as good as any: it was not tried, or nobody knows how it went.
bool IsNoFaultOfTheRow(ErrorCode code) {
    return code == ErrorCode::kUnavailable || code == ErrorCode::kResourceExhausted ||
           code == ErrorCode::kDeadlineExceeded;
}

/// Whom to tell how a row went.
struct RowReply {
    std::shared_ptr<const Columns> columns;
    std::shared_ptr<Tally> tally;
    Line line;
    std::int64_t row;

    void Registered(const std::string& business_id,
                    const std::vector<std::string>& warnings) const {
        tally->Count([](auto& progress) { progress.set_registered(progress.registered() + 1); });
        if (warnings.empty()) return;
        line.Answer(ToResponse(row, business_id, ToWarnings(*columns, warnings)));
    }
    void Refused(const Error& error) const {
        if (error.reason == "ROW_UNCHANGED") {
            tally->Count([](auto& progress) { progress.set_unchanged(progress.unchanged() + 1); });
        } else if (IsNoFaultOfTheRow(error.code)) {
            tally->Fail(error);
        } else {
            Failed(ToProblems(*columns, error));
        }
    }
    void Failed(RowProblems problems) const {
        tally->Count([](auto& progress) { progress.set_failed(progress.failed() + 1); });
        line.Answer(ToResponse(row, "", std::move(problems)));
    }
};

class Import final : public ImportSource {
public:
    Import(const Checks& checks, const crypto::KeyRing& keys, SubmitRow submit)
        : checks_(checks), keys_(keys), submit_(std::move(submit)) {}

    Result<void> Take(Request request) override {
        const std::string& piece = request.content();
        if (piece.size() > kPieceMax) return std::unexpected(TooLarge());
        tally_->Count([&piece](v1::ImportProgress& progress) {
            progress.set_bytes_received(progress.bytes_received() +
                                        static_cast<std::int64_t>(piece.size()));
        });
        parser_.Feed(piece);
        FindRow();
        return Standing();
    }

    bool HasLine() override {
        FindRow();
        return row_.has_value() && Standing().has_value();
    }

    void Start(Line line) override {
        const csv::Row row = *std::exchange(row_, std::nullopt);
        ReportProgress(line);
        tally_->Count([](auto& progress) { progress.set_rows_read(progress.rows_read() + 1); });
        RowReply reply{columns_, tally_, std::move(line), row.number};
        if (row.problem != csv::Problem::kNone) return reply.Failed(ToProblems(row.problem));
        auto command = ReadRow(*columns_, row.fields, checks_, keys_);
        if (!command) return reply.Failed(std::move(command.error()));
        auto done = [reply = std::move(reply), id = command->business_id,
                     warnings = command->warnings](const command::Outcome& outcome) {
            if (outcome) {
                reply.Registered(id, warnings);
            } else {
                reply.Refused(outcome.error());
            }
        };
        submit_(*std::move(command), std::move(done));
    }

    std::optional<Response> Farewell() override { return ToResponse(tally_->Now()); }

    // Only now is the last line known to be whole.
    Result<void> End() override {
        parser_.Finish();
        FindRow();
        if (Result<void> standing = Standing(); !standing) return standing;
        if (!columns_) return std::unexpected(FileInvalid("the file has no header"));
        return {};
    }

    std::optional<Response> Summary() override {
        v1::ImportProgress progress = tally_->Now();
        progress.set_finished(true);
        return ToResponse(std::move(progress));
    }

private:
    /// An error as soon as the import cannot go on.
    Result<void> Standing() const {
        if (file_error_) return std::unexpected(*file_error_);
        if (auto failure = tally_->failure()) return std::unexpected(*std::move(failure));
        return {};
    }

    void FindRow() {
        while (!row_ && !file_error_) {
            std::optional<csv::Row> row = parser_.Next();
            if (!row) return;
            if (row->problem == csv::Problem::kNotText) {
                file_error_ = FileInvalid("the file is not a text in UTF-8");
            } else if (!columns_) {
                ReadHeader(*row);
            } else if (!IsBlank(*row)) {
                row_ = std::move(row);
            }
        }
    }

    void ReadHeader(const csv::Row& row) {
        if (Result<Columns> columns = ColumnsOf(row)) {
            columns_ = std::make_shared<const Columns>(*std::move(columns));
        } else {
            file_error_ = std::move(columns.error());
        }
    }

    void ReportProgress(const Line& line) {
        v1::ImportProgress now = tally_->Now();
        if (now.rows_read() < reported_rows_ + kRowsPerProgress &&
            now.bytes_received() < reported_bytes_ + kBytesPerProgress) {
            return;
        }
        reported_rows_ = now.rows_read();
        reported_bytes_ = now.bytes_received();
        line.Answer(ToResponse(std::move(now)));
    }

    static Error TooLarge() {
        return {.code = ErrorCode::kInvalidArgument,
                .reason = "FIELDS_INVALID",
                .message = "content must have at most 256 KiB",
                .fields = {{"content", "TOO_LONG", "must have at most 256 KiB"}}};
    }

    const Checks& checks_;
    const crypto::KeyRing& keys_;
    const SubmitRow submit_;
    const std::shared_ptr<Tally> tally_ = std::make_shared<Tally>();

    csv::Parser parser_;
    std::shared_ptr<const Columns> columns_;  // Null until the header has been read.
    std::optional<csv::Row> row_;             // The next one to start.
    std::optional<Error> file_error_;
    std::int64_t reported_rows_ = 0;
    std::int64_t reported_bytes_ = 0;
};

}  // namespace

std::unique_ptr<ImportSource> MakeImport(const Checks& checks, const crypto::KeyRing& keys,
                                         SubmitRow submit) {
    return std::make_unique<Import>(checks, keys, std::move(submit));
}

}  // namespace bangkit::registration
