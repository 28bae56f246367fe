// What happens to merged businesses and to pairs under review while life goes on: several people at
// once, changes, moves and erasures in between.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "bangkit/registration/v1/registration_events.pb.h"
#include "services/registration/tests/duplicate_fixture.h"

namespace bangkit::registration {
namespace {

class MergedLifeTest : public DuplicatesTest {
protected:
    MergedLifeTest() {
        EXPECT_TRUE(Run(first_));
        EXPECT_TRUE(Run(second_));
    }
    Outcome RunPersonal(PersonalDataCommand command) {
        std::promise<Outcome> promise;
        personal_data_loop_->Submit(
            {.caller = Agency(),
             .method = "Test",
             .request_id = {},
             .fingerprint = {},
             .command = std::move(command),
             .done = [&promise](const Outcome& outcome) { promise.set_value(outcome); }});
        return promise.get_future().get();
    }
    void EraseOwnerOf(const std::string& business_id) {
        const std::string id = NewId(kNow);
        ASSERT_TRUE(RunPersonal(OpenSubjectRequest{
            .subject_request_id = id, .business_id = business_id, .case_reference = "PDP/1"}));
        ASSERT_TRUE(RunPersonal(EraseOwner{id}));
    }
    void Move(const std::string& business_id, const std::string& region_code) {
        UpdateBusiness move;
        move.business_id = business_id;
        move.details = {Detail::kRegion};
        move.profile.region_code = region_code;
        ASSERT_TRUE(Run(move));
    }
    std::string RegionOfPair() const {
        return database_.Text("SELECT region_code FROM duplicates");
    }
    /// Whether statistics count the business, by its event of that version.
    template <typename Event>
    bool IsCounted(const std::string& business_id, int version) const {
        postgres::Connection connection(database_.owner_dsn());
        const postgres::Rows rows = connection.Run(
            "SELECT type, payload FROM outbox WHERE aggregate_id = $1::text::uuid"
            " AND version = $2::bigint",
            {business_id, postgres::Int64(version)});
        EXPECT_EQ(rows.Text(0, 0), Event::descriptor()->full_name());
        Event event;
        EXPECT_TRUE(event.ParseFromString(rows.Text(0, 1)));
        return !event.statistics().merged();
    }

    const std::unique_ptr<PersonalDataLoop> personal_data_loop_ = NewPersonalDataLoop();
    const RegisterBusiness first_ = BuSiti();
    const RegisterBusiness second_ = Again(BuSiti());
    const std::string a_ = first_.business_id, b_ = second_.business_id;
};

TEST_F(MergedLifeTest, OfTwoWhoDecideAtTheSameInstantOneLooksAgain) {
    Search();
    const std::string pair = PairId();
    const auto one = NewDuplicateLoop(), other = NewDuplicateLoop();
    for (std::int64_t version = 1; version <= 10; ++version) {
        auto here = Submit(*one, ConfirmDuplicate{pair, version});
        auto there = Submit(*other, RejectDuplicate{pair, version});
        const Outcome confirmed = here.get(), rejected = there.get();
        ASSERT_NE(confirmed.has_value(), rejected.has_value());
        EXPECT_EQ(ReasonOf(confirmed ? rejected : confirmed), "ETAG_STALE");
    }
    EXPECT_EQ(Count("duplicates WHERE version = 11"), 1);
}

TEST_F(MergedLifeTest, UndoneLaterTheyAreAsTheyAreByThen) {
    ASSERT_TRUE(MergeTwo(a_, b_));
    UpdateBusiness rename;
    rename.business_id = a_;
    rename.details = {Detail::kName};
    rename.profile.name = "Toko Baru";
    ASSERT_TRUE(Run(rename));
    UpdateBusiness phone;
    phone.business_id = b_;
    phone.details = {Detail::kOwnerPhone};
    phone.owner.phone = "+6281200000099";
    ASSERT_TRUE(Run(phone));
    EXPECT_EQ(ReasonOf(RunReview(UndoMerge{b_, 2})), "ETAG_STALE") << "the owner has changed";
    ASSERT_TRUE(RunReview(UndoMerge{b_, 3}));
    EXPECT_EQ(Stored(a_).profile.name, "Toko Baru");
    EXPECT_EQ(Stored(b_).profile.name, second_.profile.name);
    EXPECT_EQ(Stored(b_).version, 4);
    EXPECT_EQ(ReasonOf(Undo(b_)), "BUSINESS_NOT_MERGED");
}

TEST_F(MergedLifeTest, TheErasureOfTheMergedOnesOwnerUndoesNothing) {
    Search();
    ASSERT_TRUE(MergeTwo(a_, b_));
    ASSERT_NO_FATAL_FAILURE(EraseOwnerOf(b_));
    EXPECT_FALSE(IsCounted<v1::OwnerDataErased>(b_, 3));
    EXPECT_EQ(Stored(a_).profile.name, first_.profile.name) << "that is somebody else's";
    EXPECT_EQ(Count("duplicates"), 0) << "the undo opens no pair of the erased";
    ASSERT_TRUE(Undo(b_));
    EXPECT_TRUE(IsCounted<v1::MergeUndone>(b_, 4)) << "nobody knows whose it is, but it counts";
    EXPECT_EQ(Stored(b_).profile.name, "");
}

TEST_F(MergedLifeTest, TheErasureOfTheSurvivingOnesOwnerUndoesNothing) {
    ASSERT_TRUE(MergeTwo(a_, b_));
    ASSERT_NO_FATAL_FAILURE(EraseOwnerOf(a_));
    EXPECT_TRUE(IsCounted<v1::OwnerDataErased>(a_, 3));
    EXPECT_EQ(Stored(b_).merged_into, a_);
    EXPECT_EQ(Stored(b_).profile.name, second_.profile.name);
    ASSERT_TRUE(Undo(b_));
    EXPECT_EQ(Stored(a_).profile.name, "");
}

TEST_F(MergedLifeTest, PairsLieWhereTheirBusinessesLie) {
    Search();
    ASSERT_EQ(RegionOfPair(), "36.74.05.1002");
    ASSERT_TRUE(RunReview(ConfirmDuplicate{PairId(), 1}));
    ASSERT_NO_FATAL_FAILURE(Move(b_, "36.74.05.1003"));
    EXPECT_EQ(RegionOfPair(), "36.74.05");
    ASSERT_NO_FATAL_FAILURE(Move(a_, "36.74.06.1001"));
    EXPECT_EQ(RegionOfPair(), "36.74");
    ASSERT_NO_FATAL_FAILURE(Move(b_, "36.74.06.1001"));
    EXPECT_EQ(RegionOfPair(), "36.74.06.1001");
}

}  // namespace
}  // namespace bangkit::registration
