#pragma once

#include <string>

#include "services/dashboard/domain/month.h"

namespace bangkit::dashboard {

// The numbers are those of bangkit.common.v1, stored and sent: never change one, only add.
enum class NeedTopic {
    kTrainingGroupManagement = 1,
    kTrainingFinance = 2,
    kTrainingProductQuality = 3,
    kTrainingDigitalMarketing = 4,
    kTrainingProduction = 5,
    kMentoring = 6,
    kCapital = 7,
    kEquipment = 8,
    kRawMaterial = 9,
    kMarket = 10,
    kLegality = 11,
    kConnectivity = 12,
    kOther = 13
};
enum class NeedStatus { kReceived = 1, kVerified = 2, kAccommodated = 3, kDeclined = 4 };

/// What a need counts as.
struct NeedState {
    std::string region_code;  // Of an existing region below the country.
    NeedTopic topic = NeedTopic::kOther;
    NeedStatus status = NeedStatus::kReceived;
    bool operator==(const NeedState&) const = default;
};

/// What an event says of a need.
struct NeedEvent {
    NeedState after;
    Month month;  // In which it happened.
};

}  // namespace bangkit::dashboard
