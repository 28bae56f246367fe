#pragma once

#include <functional>
#include <span>
#include <string>

#include "libs/messaging/inbox.h"

namespace bangkit::messaging {

// The smallest read model there is: the sum of all payloads, which must be digits.

inline constexpr const char* kTotalSchema =
    "CREATE TABLE totals (rupiah bigint NOT NULL CHECK (rupiah < 1000000));"
    "INSERT INTO totals VALUES (0); GRANT SELECT, UPDATE ON totals TO bangkit_runtime";
inline constexpr const char* kPaid = "bangkit.test.v1.Paid";

class Total final : public Projection {
public:
    explicit Total(
        std::function<void()> on_fold = [] {}, std::function<void()> on_load = [] {})
        : on_fold_(std::move(on_fold)), on_load_(std::move(on_load)) {}

    void Load(postgres::Transaction& transaction, std::span<const ReceivedEvent>) override {
        on_load_();
        rupiah_ = transaction.Run("SELECT rupiah FROM totals FOR UPDATE").Int64(0, 0);
    }
    Result<void> Fold(const ReceivedEvent& event) override {
        const std::string& digits = event.record->payload;
        if (event.envelope.type != kPaid) {
            return Refused(ErrorCode::kInvalidArgument, "TYPE_UNKNOWN", "an event of another kind");
        }
        if (digits.empty() || digits.size() > 15 ||
            digits.find_first_not_of("0123456789") != std::string::npos) {
            return Refused(ErrorCode::kInvalidArgument, "NOT_A_NUMBER", "digits only");
        }
        rupiah_ += std::stoll(digits);
        on_fold_();
        return {};
    }
    void Save(postgres::Transaction& transaction) override {
        transaction.Queue("UPDATE totals SET rupiah = $1::bigint", {postgres::Int64(rupiah_)});
    }

private:
    const std::function<void()> on_fold_, on_load_;
    std::int64_t rupiah_ = 0;
};

/// An older version of the service, which knows no event of today.
class Outdated final : public Projection {
public:
    void Load(postgres::Transaction&, std::span<const ReceivedEvent>) override {}
    Result<void> Fold(const ReceivedEvent&) override {
        return Refused(ErrorCode::kInvalidArgument, "TYPE_UNKNOWN", "not known yet");
    }
    void Save(postgres::Transaction&) override {}
};

/// "a" to "z", as the ids of aggregates.
inline std::string IdOf(char letter) {
    return "aaaaaaaa-0000-4000-8000-0000000000" + std::to_string(10 + (letter - 'a'));
}

inline kafka::Headers HeadersOf(char letter, std::int64_t version,
                                const std::string& type = kPaid) {
    return ToHeaders({.aggregate_type = "account",
                      .aggregate_id = IdOf(letter),
                      .version = version,
                      .type = type,
                      .time = {},
                      .traceparent = {}},
                     "/test");
}

}  // namespace bangkit::messaging
