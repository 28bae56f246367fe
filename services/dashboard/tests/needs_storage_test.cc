// Demand and supply: what needs become in every region around them.
#include <gmock/gmock.h>

#include "bangkit/registration/v1/need_events.pb.h"
#include "services/dashboard/storage/rebuild.h"
#include "services/dashboard/tests/events.h"
#include "services/dashboard/tests/projected_database.h"

namespace bangkit::dashboard {
namespace {

using registration::v1::NeedAccommodated;
using registration::v1::NeedDeclined;
using registration::v1::NeedMoved;
using registration::v1::NeedStated;
using registration::v1::NeedVerified;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

/// A need whose events are made one after the other.
class PublishedNeed {
public:
    explicit PublishedNeed(common::v1::NeedTopic topic = common::v1::NEED_TOPIC_CAPITAL)
        : topic_(topic) {}

    template <typename Message>
    kafka::Record Event(common::v1::NeedStatus status, Time at,
                        const std::string& region = "32.75.01.1001") {
        Message message;
        message.set_need_id(id_);
        message.mutable_statistics()->set_source(registration::v1::NEED_SOURCE_OWNER);
        message.mutable_statistics()->set_topic(topic_);
        message.mutable_statistics()->set_region_code(region);
        message.mutable_statistics()->set_status(status);
        message.mutable_occurred_at()->set_seconds(
            std::chrono::floor<std::chrono::seconds>(at.time_since_epoch()).count());
        return Record(Message::descriptor()->full_name(), message.SerializeAsString());
    }
    kafka::Record Record(const std::string& type, std::string payload) {
        return ToRecord(id_, ++version_, type, std::move(payload),
                        {"need", "/bangkit/registration"});
    }
    kafka::Record IsStated(Time at = kMay2022) {
        return Event<NeedStated>(common::v1::NEED_STATUS_RECEIVED, at);
    }
    kafka::Record IsStatedIn(const std::string& region) {
        return Event<NeedStated>(common::v1::NEED_STATUS_RECEIVED, kMay2022, region);
    }
    kafka::Record IsMovedTo(const std::string& region) {
        return Event<NeedMoved>(common::v1::NEED_STATUS_RECEIVED, kJune2022, region);
    }
    kafka::Record IsVerified(Time at = kMay2022) {
        return Event<NeedVerified>(common::v1::NEED_STATUS_VERIFIED, at);
    }
    kafka::Record IsAccommodated(Time at = kJune2022) {
        return Event<NeedAccommodated>(common::v1::NEED_STATUS_ACCOMMODATED, at);
    }
    kafka::Record IsDeclined(Time at = kJune2022) {
        return Event<NeedDeclined>(common::v1::NEED_STATUS_DECLINED, at);
    }

private:
    const std::string id_ = NewId(std::chrono::system_clock::now());
    const common::v1::NeedTopic topic_;
    std::int64_t version_ = 0;
};

class NeedsProjection : public ::testing::Test {
protected:
    ProjectedDatabase model_;
};

TEST_F(NeedsProjection, ANeedIsCountedInEveryRegionAroundItByWhatBecameOfIt) {
    PublishedNeed capital, market(common::v1::NEED_TOPIC_MARKET);
    model_.Project({capital.IsStated(), market.IsStated()});
    for (const char* code : {"ID", "32", "32.75", "32.75.01", "32.75.01.1001"}) {
        const RegionFigures figures = model_.Figures(code);
        EXPECT_THAT(figures.needs,
                    ElementsAre(NeedCount{NeedTopic::kCapital, NeedStatus::kReceived, 1},
                                NeedCount{NeedTopic::kMarket, NeedStatus::kReceived, 1}));
        EXPECT_EQ(figures.businesses, 0);
        EXPECT_EQ(figures.version, 1) << code;
    }
    EXPECT_THAT(model_.Figures("32.75.01.1002").needs, IsEmpty());
    model_.Project({capital.IsVerified(), capital.IsAccommodated(), market.IsDeclined()});
    EXPECT_THAT(model_.Figures("32.75").needs,
                ElementsAre(NeedCount{NeedTopic::kCapital, NeedStatus::kAccommodated, 1},
                            NeedCount{NeedTopic::kMarket, NeedStatus::kDeclined, 1}));
}

TEST_F(NeedsProjection, ANeedGoesWithItsRegion) {
    PublishedNeed need;
    model_.Project({need.IsStatedIn("91.01.01.2001")});  // A code that is no more.
    EXPECT_THAT(model_.Figures("91").needs, SizeIs(1));
    model_.Project({need.IsMovedTo("93.01.01.2001")});
    EXPECT_THAT(model_.Figures("91").needs, IsEmpty());
    for (const char* code : {"ID", "93", "93.01.01.2001"}) {
        EXPECT_THAT(model_.Figures(code).needs,
                    ElementsAre(NeedCount{NeedTopic::kCapital, NeedStatus::kReceived, 1}))
            << code;
    }
}

TEST_F(NeedsProjection, DemandAndSupplyAreOfTheMonthsInWhichTheyCame) {
    PublishedNeed first, second;
    PublishedBusiness business;
    model_.Project({first.IsStated(), second.IsStated(), business.Registers()});
    model_.Project({first.IsVerified(kJune2022), first.IsAccommodated(kJune2022)});
    const RegionFigures figures = model_.Figures("32.75");
    ASSERT_THAT(figures.months, SizeIs(2));
    EXPECT_EQ(figures.months[0].needs_stated, 2);
    EXPECT_EQ(figures.months[0].needs_accommodated, 0);
    EXPECT_EQ(figures.months[0].registered, 1);
    EXPECT_EQ(figures.months[1].needs_stated, 0);
    EXPECT_EQ(figures.months[1].needs_accommodated, 1);
    EXPECT_EQ(figures.months[1].businesses, 1);
}

TEST_F(NeedsProjection, ACopyAndARebuildCountThemOnce) {
    PublishedNeed need;
    const kafka::Record stated = need.IsStated();
    model_.Project({stated});
    EXPECT_EQ(model_.Project({stated})->copies, 1);
    model_.Project({need.IsVerified()});
    Rebuild(model_.database().owner_dsn());
    EXPECT_EQ(model_.database().Count("SELECT count(*) FROM need_counts"), 0);
    EXPECT_EQ(model_.database().Count("SELECT count(*) FROM need_states"), 0);
    model_.Join();
    model_.ProjectAgain();
    EXPECT_THAT(model_.Figures("32.75").needs,
                ElementsAre(NeedCount{NeedTopic::kCapital, NeedStatus::kVerified, 1}));
}

TEST_F(NeedsProjection, WhatMakesNoSenseIsParked) {
    PublishedNeed unknown, unreadable, nowhere(static_cast<common::v1::NeedTopic>(99)), sound;
    const auto consumed =
        model_.Project({unknown.Record("bangkit.registration.v9.NeedForgotten", ""),
                        unreadable.Record("bangkit.registration.v1.NeedStated", "\xff"),
                        nowhere.IsStated(), sound.IsStated()});
    EXPECT_EQ(consumed->parked, 3);
    EXPECT_EQ(consumed->applied, 1);
}

}  // namespace
}  // namespace bangkit::dashboard
