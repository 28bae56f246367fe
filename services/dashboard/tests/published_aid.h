#pragma once

#include <optional>
#include <string>
#include <vector>

#include "bangkit/aid/v1/application_events.pb.h"
#include "bangkit/aid/v1/ledger_events.pb.h"
#include "bangkit/aid/v1/program_events.pb.h"
#include "services/dashboard/tests/events.h"

namespace bangkit::dashboard {

// Builders of what aid publishes.

inline constexpr const char* kLampungVillage = "18.71.05.1002";
inline constexpr std::int64_t kShare = 1'134'429;  // Of the incentive of Lampung, for each.

inline void Fill(google::protobuf::Timestamp& out, Time at) {
    out.set_seconds(std::chrono::floor<std::chrono::seconds>(at.time_since_epoch()).count());
}

/// An aggregate of aid whose events are made one after the other.
class PublishedAid {
public:
    explicit PublishedAid(std::string type) : type_(std::move(type)) {}

    const std::string& id() const { return id_; }
    std::int64_t version() const { return version_; }

    kafka::Record Record(std::string_view type, std::string payload) {
        return ToRecord(id_, ++version_, type, std::move(payload), {type_, "/bangkit/aid"});
    }
    kafka::Record Record(const google::protobuf::Message& message) {
        return Record(message.GetDescriptor()->full_name(), message.SerializeAsString());
    }

private:
    const std::string type_;
    const std::string id_ = NewId(std::chrono::system_clock::now());
    std::int64_t version_ = 0;
};

class PublishedProgram : public PublishedAid {
public:
    explicit PublishedProgram(std::string region_code = "18")
        : PublishedAid("program"), region_code_(std::move(region_code)) {}

    template <typename Message>
    Message Says(common::v1::ProgramState state, Time at) const {
        Message message;
        message.set_program_id(id());
        message.mutable_statistics()->set_region_code(region_code_);
        message.mutable_statistics()->set_instrument(common::v1::AID_INSTRUMENT_CASH_GRANT);
        message.mutable_statistics()->set_state(state);
        Fill(*message.mutable_occurred_at(), at);
        return message;
    }
    kafka::Record IsCreated(Time at = kMay2022) {
        return Record(Says<aid::v1::ProgramCreated>(common::v1::PROGRAM_STATE_DRAFT, at));
    }
    kafka::Record IsOpened(Time at = kMay2022) {
        return Record(Says<aid::v1::ProgramOpened>(common::v1::PROGRAM_STATE_OPEN, at));
    }

private:
    const std::string region_code_;
};

class PublishedBudget : public PublishedAid {
public:
    explicit PublishedBudget(std::string region_code = "18")
        : PublishedAid("budget"), region_code_(std::move(region_code)) {}

    template <typename Message>
    Message Says(std::int64_t allocated, Time at) const {
        Message message;
        message.set_budget_id(id());
        message.mutable_statistics()->set_region_code(region_code_);
        message.mutable_statistics()->mutable_balances()->set_allocated_rupiah(allocated);
        Fill(*message.mutable_occurred_at(), at);
        return message;
    }
    kafka::Record IsAllocated(std::int64_t rupiah, Time at = kMay2022) {
        return Record(Says<aid::v1::BudgetAllocated>(rupiah, at));
    }
    kafka::Record IsRevisedTo(std::int64_t rupiah, Time at = kJune2022) {
        return Record(Says<aid::v1::BudgetRevised>(rupiah, at));
    }

private:
    const std::string region_code_;
};

class PublishedApplication : public PublishedAid {
public:
    explicit PublishedApplication(std::string region_code = kLampungVillage)
        : PublishedAid("application"), region_code_(std::move(region_code)) {}

    template <typename Message>
    Message Says(aid::v1::ApplicationState state, Time at) const {
        Message message;
        message.set_application_id(id());
        aid::v1::ApplicationStatistics& statistics = *message.mutable_statistics();
        statistics.set_region_code(region_code_);
        statistics.set_state(state);
        statistics.set_amount_rupiah(kShare);
        if (submitted_at_) Fill(*statistics.mutable_submitted_at(), *submitted_at_);
        Fill(*message.mutable_occurred_at(), at);
        return message;
    }
    template <typename Message>
    kafka::Record Event(aid::v1::ApplicationState state, Time at) {
        return Record(Says<Message>(state, at));
    }

    kafka::Record IsStarted(Time at = kMay2022) {
        return Event<aid::v1::ApplicationStarted>(aid::v1::APPLICATION_STATE_DRAFT, at);
    }
    kafka::Record IsSubmitted(Time at = kMay2022) {
        if (!submitted_at_) submitted_at_ = at;
        return Event<aid::v1::ApplicationSubmitted>(aid::v1::APPLICATION_STATE_SUBMITTED, at);
    }
    kafka::Record IsReturned(Time at = kMay2022) {
        return Event<aid::v1::ApplicationReturned>(aid::v1::APPLICATION_STATE_RETURNED, at);
    }
    kafka::Record IsApproved(Time at) {
        return Event<aid::v1::ApplicationApproved>(aid::v1::APPLICATION_STATE_APPROVED, at);
    }
    kafka::Record IsScheduled(Time at) {
        return Event<aid::v1::AidScheduled>(aid::v1::APPLICATION_STATE_SCHEDULED, at);
    }
    kafka::Record IsPaid(Time at) {
        return Event<aid::v1::AidDisbursed>(aid::v1::APPLICATION_STATE_DISBURSED, at);
    }
    kafka::Record ComesBack(Time at) {
        return Event<aid::v1::AidReturned>(aid::v1::APPLICATION_STATE_REFUNDED, at);
    }
    kafka::Record IsRejected(const std::vector<aid::v1::RejectionReason>& reasons, Time at) {
        auto message = Says<aid::v1::ApplicationRejected>(aid::v1::APPLICATION_STATE_REJECTED, at);
        for (const auto reason : reasons) message.add_reasons(reason);
        return Record(message);
    }
    /// From the draft to the money, with so much time from the submission to each.
    std::vector<kafka::Record> Life(Time submitted, std::chrono::hours until_approved,
                                    std::chrono::hours until_paid) {
        return {IsStarted(submitted), IsSubmitted(submitted),
                IsApproved(submitted + until_approved), IsScheduled(submitted + until_approved),
                IsPaid(submitted + until_paid)};
    }

private:
    const std::string region_code_;
    std::optional<Time> submitted_at_;
};

}  // namespace bangkit::dashboard
