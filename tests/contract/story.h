#pragma once

#include <string>
#include <vector>

#include "libs/kafka/record.h"
#include "libs/messaging/envelope.h"
#include "services/registration/storage/mapping.h"

namespace bangkit::contract {

inline constexpr const char* kBusinessId = "0190b3f2-7c1e-7abc-8def-0123456789ab";
inline constexpr const char* kOwnerId = "0190b3f2-7c1e-7abc-8def-0123456789ac";

inline constexpr const char* kOtherBusinessId = "0190b3f2-7c1e-7abc-8def-0123456789ad";
inline constexpr const char* kMergeId = "0190b3f2-7c1e-7abc-8def-0123456789ae";

inline constexpr const char* kRegionBefore = "32.75.01.1001";
inline constexpr const char* kRegionAfter = "32.75.01.1002";

/// One instance of each event that registration publishes: what happened to one business.
inline std::vector<registration::Event> Story() {
    using namespace registration;
    using std::chrono::year;
    const auto at = [](int month, int day) {
        return Time(std::chrono::sys_days(year(2026) / month / day)) +
               std::chrono::microseconds(9'000'000'123);
    };
    const ScaleStatement micro{.classification = {.scale = Scale::kMicro, .rule_set = "PP7_2021"},
                               .figures = {.capital = 20'000'000, .annual_sales = 120'000'000},
                               .since = year(2026) / 1 / 5};
    const ScaleStatement small{.classification = {.scale = Scale::kSmall, .rule_set = "PP7_2021"},
                               .figures = {.capital = 20'000'000, .annual_sales = 2'500'000'000},
                               .since = year(2026) / 3 / 1};
    const Profile profile{.kind = Kind::kStreetVendor,
                          .name = "Warung Contoh",
                          .region_code = kRegionBefore,
                          .address = "Jalan Contoh 1",
                          .kbli = "56102",
                          .channels = {Channel::kMobile, Channel::kOnline},
                          .nib = "1234567890123",
                          .npwp = "",
                          .start_date = year(2020) / 2 / 29};
    Profile moved = profile;
    moved.region_code = kRegionAfter;
    moved.address = "Jalan Contoh 2";
    return {BusinessRegistered{.business_id = kBusinessId,
                               .owner_id = kOwnerId,
                               .profile = profile,
                               .scale = micro,
                               .condition = Condition::kActive,
                               .condition_since = year(2026) / 1 / 5,
                               .at = at(1, 10)},
            ConditionReported{.condition = Condition::kDormant,
                              .since = year(2026) / 2 / 1,
                              .monthly_sales = 1'000'000,
                              // Of before statistics had workers.
                              .workers_male = std::nullopt,
                              .workers_female = std::nullopt,
                              .reasons = {ConditionReason::kMarket},
                              .new_figures = std::nullopt,
                              .at = at(2, 10)},
            ScaleChanged{.from = Scale::kMicro, .to = small, .at = at(3, 10)},
            DetailsChanged{.details = {Detail::kOwnerPhone, Detail::kRegion, Detail::kAddress},
                           .profile = moved,
                           .new_figures = std::nullopt,
                           .region_before = kRegionBefore,
                           .at = at(4, 10)},
            Verified{.from = Verification::kSelfDeclared,
                     .to = Verification::kField,
                     .note = "Catatan contoh",
                     .at = at(5, 10)},
            OwnerDataErased{.at = at(6, 10)},
            BusinessesMerged{.merge_id = kMergeId,
                             .surviving_id = kOtherBusinessId,
                             .merged_id = kBusinessId,
                             .at = at(7, 10)},
            MergeUndone{.merge_id = kMergeId,
                        .surviving_id = kOtherBusinessId,
                        .merged_id = kBusinessId,
                        .at = at(8, 10)},
            MembersChanged{
                .added = {kOtherBusinessId}, .removed = {kMergeId}, .members = 7, .at = at(9, 10)}};
}

/// The story as it lies in the log.
inline std::vector<kafka::Record> Published() {
    std::vector<kafka::Record> records;
    registration::Business business;
    for (const registration::Event& event : Story()) {
        business = Apply(std::move(business), event);
        const registration::PublicEvent out = ToPublic(business, event);
        records.push_back(
            {.key = business.id,
             .payload = out.payload,
             .headers = messaging::ToHeaders(
                 {.aggregate_type = std::string(registration::kBusinessAggregate),
                  .aggregate_id = business.id,
                  .version = business.version,
                  .type = std::string(out.type),
                  .time = business.updated_at,
                  .traceparent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"},
                 "/bangkit/registration")});
    }
    return records;
}

}  // namespace bangkit::contract
