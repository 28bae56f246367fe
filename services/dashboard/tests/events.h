#pragma once

#include <google/protobuf/message.h>

#include <chrono>
#include <cstdint>
#include <set>
#include <string>
#include <string_view>

#include "bangkit/registration/v1/registration_events.pb.h"
#include "libs/base/ids.h"
#include "libs/messaging/envelope.h"
#include "services/dashboard/domain/business.h"

namespace bangkit::dashboard {

// Builders of what registration publishes.

inline constexpr Time kMay2022{Date(std::chrono::year(2022) / 5 / 12)};
inline constexpr Time kJune2022{Date(std::chrono::year(2022) / 6 / 12)};

inline const BusinessState kBekasiVendor{
    .region_code = "32.75.01.1001",
    .category = {.kind = Kind::kStreetVendor, .scale = Scale::kMicro}};

/// The same business elsewhere, or in another condition, or of another scale.
inline BusinessState In(std::string_view region_code, BusinessState state = kBekasiVendor) {
    state.region_code = region_code;
    return state;
}
inline BusinessState But(Condition condition, BusinessState state = kBekasiVendor) {
    state.category.condition = condition;
    return state;
}
inline BusinessState But(Scale scale, BusinessState state = kBekasiVendor) {
    state.category.scale = scale;
    return state;
}

inline BusinessState But(Verification level, BusinessState state = kBekasiVendor) {
    state.verification = level;
    return state;
}

inline BusinessState With(std::set<Mark> marks, BusinessState state = kBekasiVendor) {
    state.marks = std::move(marks);
    return state;
}

inline void Fill(registration::v1::BusinessStatistics& out, const BusinessState& state) {
    out.set_kind(static_cast<common::v1::BusinessKind>(state.category.kind));
    out.set_region_code(state.region_code);
    out.set_scale(static_cast<common::v1::BusinessScale>(state.category.scale));
    out.set_condition(static_cast<common::v1::BusinessCondition>(state.category.condition));
    out.set_verification(static_cast<common::v1::VerificationLevel>(state.verification));
    out.set_order_and_deliver(state.marks.contains(Mark::kOrderAndDeliver));
    if (state.marks.contains(Mark::kCoverageKnown)) {
        out.set_network_coverage(state.marks.contains(Mark::kBlankSpot)
                                     ? common::v1::NETWORK_COVERAGE_BLANK_SPOT
                                     : common::v1::NETWORK_COVERAGE_GOOD);
    }
}

template <typename Message>
Message WithStatistics(const BusinessState& after, Time at) {
    Message message;
    Fill(*message.mutable_statistics(), after);
    message.mutable_occurred_at()->set_seconds(
        std::chrono::floor<std::chrono::seconds>(at.time_since_epoch()).count());
    return message;
}

/// Of an aggregate of one type of one service.
struct Origin {
    std::string aggregate_type;
    std::string source;
};

/// A record as the relay would write it; its offset is for the caller to set.
inline kafka::Record ToRecord(const std::string& aggregate_id, std::int64_t version,
                              std::string_view type, std::string payload,
                              const Origin& origin = {"business", "/bangkit/registration"}) {
    return {.partition = 0,
            .offset = 0,
            .appended_at = kMay2022,
            .key = aggregate_id,
            .payload = std::move(payload),
            .headers = messaging::ToHeaders({.aggregate_type = origin.aggregate_type,
                                             .aggregate_id = aggregate_id,
                                             .version = version,
                                             .type = std::string(type),
                                             .time = kMay2022,
                                             .traceparent = ""},
                                            origin.source)};
}

inline kafka::Record ToRecord(const std::string& business_id, std::int64_t version,
                              const google::protobuf::Message& message) {
    return ToRecord(business_id, version, message.GetDescriptor()->full_name(),
                    message.SerializeAsString());
}

/// A business whose events are made one after the other.
class PublishedBusiness {
public:
    const std::string& id() const { return id_; }
    std::int64_t version() const { return version_; }

    kafka::Record Registers(const BusinessState& as = kBekasiVendor, Time at = kMay2022) {
        return ToRecord(id_, ++version_,
                        WithStatistics<registration::v1::BusinessRegistered>(as, at));
    }
    kafka::Record Reports(const BusinessState& after, Time at = kMay2022) {
        return ToRecord(id_, ++version_,
                        WithStatistics<registration::v1::ConditionReported>(after, at));
    }
    kafka::Record ChangesDetails(const BusinessState& after, Time at = kMay2022) {
        return ToRecord(id_, ++version_,
                        WithStatistics<registration::v1::BusinessDetailsChanged>(after, at));
    }
    kafka::Record IsVerified(const BusinessState& after, Time at = kMay2022) {
        return ToRecord(id_, ++version_,
                        WithStatistics<registration::v1::BusinessVerified>(after, at));
    }
    kafka::Record ChangesScale(const BusinessState& after, bool upgraded, Time at = kMay2022) {
        auto message = WithStatistics<registration::v1::ScaleChanged>(after, at);
        message.set_upgraded(upgraded);
        return ToRecord(id_, ++version_, message);
    }

private:
    const std::string id_ = NewId(std::chrono::system_clock::now());
    std::int64_t version_ = 0;
};

}  // namespace bangkit::dashboard
