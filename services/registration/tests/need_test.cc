// What somebody needs, and what becomes of it.
#include "services/registration/domain/need.h"

#include <gtest/gtest.h>

#include "bangkit/registration/v1/need_events.pb.h"
#include "services/registration/api/need_checks.h"
#include "services/registration/storage/need_mapping.h"
#include "services/registration/tests/registrations.h"

namespace bangkit::registration {
namespace {

std::string ReasonOf(const auto& result) { return result ? "" : result.error().reason; }

Business Shop(Kind kind = Kind::kUmkm) {
    Business business;
    business.id = "b";
    business.version = 1;
    business.owner_id = "o";
    business.profile.kind = kind;
    business.profile.region_code = "36.74.05.1002";
    return business;
}

StateNeed Wanted(NeedSource source = NeedSource::kOwner) {
    StateNeed command;
    command.need_id = "n";
    command.source = source;
    command.business_id = "b";
    command.topic = NeedTopic::kCapital;
    command.text = "Modal untuk mesin jahit";
    return command;
}

Need Stated() {
    const Business shop = Shop();
    return Apply({}, Decide(Wanted(), &shop, kNow).value());
}

Need Verified() { return Apply(Stated(), Decide(Stated(), VerifyNeed{"n", {}}, kNow).value()); }

const NeedLink kCourse{.kind = NeedLinkKind::kCourse, .id = "c"};

TEST(StatingANeedTest, IsWhereTheBusinessIsAndOfItsOwner) {
    const Need need = Stated();
    EXPECT_EQ(need.version, 1);
    EXPECT_EQ(need.status, NeedStatus::kReceived);
    EXPECT_EQ(need.subject.region_code, "36.74.05.1002");
    EXPECT_EQ(need.subject.owner_id, "o");
    EXPECT_EQ(need.stated_at, kNow);
}

TEST(StatingANeedTest, IsForGroupsThatAreGroups) {
    const Business shop = Shop(), group = Shop(Kind::kGroup);
    EXPECT_EQ(ReasonOf(Decide(Wanted(NeedSource::kGroup), &shop, kNow)), "NOT_A_GROUP");
    EXPECT_EQ(ReasonOf(Decide(Wanted(NeedSource::kGroup), &group, kNow)), "");
}

TEST(StatingANeedTest, IsRefusedForABusinessThatIsNotThereOrLivesOnInAnother) {
    EXPECT_EQ(ReasonOf(Decide(Wanted(), nullptr, kNow)), "BUSINESS_NOT_FOUND");
    Business merged = Shop();
    merged.merged_into = "other";
    EXPECT_EQ(ReasonOf(Decide(Wanted(), &merged, kNow)), "BUSINESS_MERGED");
}

TEST(StatingANeedTest, KeepsNoWordsOfWhoWasErased) {
    Business erased = Shop();
    erased.owner_is_erased = true;
    EXPECT_EQ(ReasonOf(Decide(Wanted(), &erased, kNow)), "OWNER_ERASED");
    StateNeed wordless = Wanted();
    wordless.text.clear();
    EXPECT_EQ(ReasonOf(Decide(wordless, &erased, kNow)), "");
}

TEST(NeedStatusTest, GoesFromReceivedByVerifiedToAccommodatedOrDeclined) {
    const Need received = Stated(), verified = Verified();
    EXPECT_EQ(ReasonOf(Decide(received, AccommodateNeed{"n", kCourse, {}}, kNow)),
              "NEED_STATUS_WRONG");
    const Need accommodated =
        Apply(verified, Decide(verified, AccommodateNeed{"n", kCourse, {}}, kNow).value());
    EXPECT_EQ(accommodated.status, NeedStatus::kAccommodated);
    EXPECT_EQ(accommodated.link, kCourse);
    EXPECT_EQ(accommodated.version, 3);
    const DeclineNeed decline{"n", NeedDeclineReason::kNoBudget, {}};
    for (const Need& open : {received, verified}) {
        const Need declined = Apply(open, Decide(open, decline, kNow).value());
        EXPECT_EQ(declined.status, NeedStatus::kDeclined);
        EXPECT_EQ(declined.decline_reason, NeedDeclineReason::kNoBudget);
        EXPECT_EQ(ReasonOf(Decide(declined, decline, kNow)), "NEED_STATUS_WRONG");
    }
    EXPECT_EQ(ReasonOf(Decide(accommodated, decline, kNow)), "NEED_STATUS_WRONG");
    EXPECT_EQ(ReasonOf(Decide(verified, VerifyNeed{"n", {}}, kNow)), "NEED_STATUS_WRONG");
}

TEST(NeedStatusTest, ChangesOnlyWhatTheCallerHasSeen) {
    EXPECT_EQ(ReasonOf(Decide(Verified(), AccommodateNeed{"n", kCourse, 1}, kNow)), "ETAG_STALE");
    EXPECT_EQ(ReasonOf(Decide(Verified(), AccommodateNeed{"n", kCourse, 2}, kNow)), "");
    EXPECT_EQ(ReasonOf(Decide(Need{}, VerifyNeed{"n", {}}, kNow)), "NEED_NOT_FOUND");
}

TEST(NeedEventsTest, HoldNobodysWords) {
    const Business shop = Shop();
    const NeedEvent event = Decide(Wanted(), &shop, kNow).value();
    const PublicEvent out = ToPublic(Apply({}, event), event);
    EXPECT_EQ(out.type, "bangkit.registration.v1.NeedStated");
    EXPECT_EQ(out.payload.find("jahit"), std::string::npos);
    v1::NeedStated message;
    ASSERT_TRUE(message.ParseFromString(out.payload));
    EXPECT_EQ(message.statistics().topic(), common::v1::NEED_TOPIC_CAPITAL);
    EXPECT_EQ(message.statistics().region_code(), "36.74.05.1002");
}

class NeedChecksTest : public ::testing::Test {
protected:
    static v1::StateNeedRequest OfMeeting() {
        v1::StateNeedRequest request;
        request.set_request_id(NewId(kNow));
        request.set_source(v1::NEED_SOURCE_CONSTITUENCY_MEETING);
        request.mutable_meeting()->set_constituency("DPRD-17/1");
        request.mutable_meeting()->set_held_on("2026-03-01");
        request.set_topic(common::v1::NEED_TOPIC_TRAINING_FINANCE);
        request.set_region_code("17.71");
        return request;
    }
    /// "field REASON" of everything that is wrong.
    std::vector<std::string> WrongWith(const v1::StateNeedRequest& request) const {
        const SystemClock clock;
        std::vector<std::string> wrong;
        const auto checked = Check(NeedChecks{history_, clock}, request);
        if (checked) return wrong;
        for (const FieldViolation& each : checked.error().fields) {
            wrong.push_back(each.field + " " + each.reason);
        }
        return wrong;
    }
    const indonesia::RegionHistory history_{Regions()};
};

TEST_F(NeedChecksTest, AMeetingSaysWhereAndOthersDoNot) {
    EXPECT_TRUE(WrongWith(OfMeeting()).empty());
    v1::StateNeedRequest of_meeting = OfMeeting();
    of_meeting.set_region_code("ID");
    of_meeting.set_business_id(NewId(kNow));
    of_meeting.mutable_meeting()->set_constituency("Bapak Contoh");
    EXPECT_EQ(
        WrongWith(of_meeting),
        (std::vector<std::string>{"meeting.constituency REFERENCE_INVALID",
                                  "region_code REGION_UNKNOWN", "business_id NOT_OF_SOURCE"}));
    v1::StateNeedRequest of_owner = OfMeeting();
    of_owner.set_source(v1::NEED_SOURCE_OWNER);
    EXPECT_EQ(WrongWith(of_owner),
              (std::vector<std::string>{"business_id REQUIRED", "meeting NOT_OF_SOURCE",
                                        "region_code NOT_OF_SOURCE"}));
}

}  // namespace
}  // namespace bangkit::registration
