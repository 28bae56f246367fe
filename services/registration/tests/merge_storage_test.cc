// Merges as they are stored and published.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <thread>

#include "bangkit/registration/v1/registration_events.pb.h"
#include "services/registration/storage/history_queries.h"
#include "services/registration/tests/duplicate_fixture.h"

namespace bangkit::registration {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

class MergeTest : public DuplicatesTest {
protected:
    MergeTest() {
        EXPECT_TRUE(Run(first_));
        EXPECT_TRUE(Run(second_));
    }
    template <typename Event>
    Event Published(const std::string& business_id, int version) const {
        postgres::Connection connection(database_.owner_dsn());
        const postgres::Rows rows = connection.Run(
            "SELECT type, payload FROM outbox WHERE aggregate_id = $1::text::uuid"
            " AND version = $2::bigint",
            {business_id, postgres::Int64(version)});
        EXPECT_EQ(rows.Text(0, 0), Event::descriptor()->full_name());
        Event event;
        EXPECT_TRUE(event.ParseFromString(rows.Text(0, 1)));
        EXPECT_THAT(rows.Text(0, 1), Not(HasSubstr("Siti")));
        return event;
    }
    std::int64_t StatementsOf(const std::string& business_id) {
        const HistoryQueries history(reads_);
        return std::ssize(
            *history.List({.regions = {"36"}, .owner_id = ""}, business_id, {}, {}, 100));
    }

    const RegisterBusiness first_ = BuSiti();
    const RegisterBusiness second_ = Again(BuSiti());
    const std::string a_ = first_.business_id, b_ = second_.business_id;
};

TEST_F(MergeTest, IsSeenInBothBusinessesAndInTheirEvents) {
    ASSERT_TRUE(MergeTwo(a_, b_));
    EXPECT_EQ(Stored(a_).merged_into, "");
    EXPECT_EQ(Stored(b_).merged_into, a_);
    EXPECT_EQ(Stored(b_).owner_id, second_.owner_id) << "people are never merged";
    EXPECT_EQ(Count("merges WHERE merged_by = 'dinas' AND undone_at IS NULL"
                    " AND undo_until = merged_at + interval '30 days'"),
              1);
    const auto of_a = Published<v1::BusinessesMerged>(a_, 2);
    const auto of_b = Published<v1::BusinessesMerged>(b_, 2);
    EXPECT_EQ(of_a.business_id(), a_);
    EXPECT_EQ(of_b.business_id(), b_);
    for (const auto& event : {of_a, of_b}) {
        EXPECT_EQ(event.surviving_business_id(), a_);
        EXPECT_EQ(event.merged_business_id(), b_);
        EXPECT_EQ(event.statistics().region_code(), "36.74.05.1002");
    }
    EXPECT_FALSE(of_a.statistics().merged());
    EXPECT_TRUE(of_b.statistics().merged());
}

TEST_F(MergeTest, CanBeUndoneAndLosesNoHistory) {
    const auto before = StatementsOf(b_);
    ASSERT_TRUE(MergeTwo(a_, b_));
    ASSERT_TRUE(Undo(b_));
    EXPECT_EQ(Stored(b_).merged_into, "");
    EXPECT_FALSE(Published<v1::MergeUndone>(b_, 3).statistics().merged());
    EXPECT_EQ(Published<v1::MergeUndone>(a_, 3).merged_business_id(), b_);
    EXPECT_EQ(Count("merges WHERE undone_by = 'dinas' AND undone_at IS NOT NULL"), 1);
    EXPECT_EQ(StatementsOf(b_), before + 2);
    EXPECT_EQ(StatementsOf(a_), before + 2);
    ASSERT_TRUE(MergeTwo(b_, a_)) << "and then the other way round";
    EXPECT_EQ(Stored(a_).merged_into, b_);
}

TEST_F(MergeTest, IsNotUndoneTooLate) {
    ASSERT_TRUE(MergeTwo(a_, b_));
    database_.Execute("UPDATE merges SET undo_until = now() - interval '1 second'");
    EXPECT_EQ(ReasonOf(Undo(b_)), "UNDO_PERIOD_OVER");
    EXPECT_EQ(Stored(b_).merged_into, a_);
    EXPECT_EQ(Stored(b_).version, 2);
}

TEST_F(MergeTest, OfAMergedBusinessIsUndoneInTheReverseOrder) {
    const RegisterBusiness third = Again(BuSiti());
    ASSERT_TRUE(Run(third));
    ASSERT_TRUE(MergeTwo(a_, b_));
    ASSERT_TRUE(MergeTwo(third.business_id, a_));
    EXPECT_EQ(ReasonOf(MergeTwo(third.business_id, b_)), "BUSINESS_MERGED");
    EXPECT_EQ(ReasonOf(Undo(b_)), "BUSINESS_MERGED");
    ASSERT_TRUE(Undo(a_));
    ASSERT_TRUE(Undo(b_));
    EXPECT_EQ(Count("businesses WHERE merged_into IS NOT NULL"), 0);
}

TEST_F(MergeTest, LeavesNothingToChangeButWhatIsKnownOfTheOwner) {
    ASSERT_TRUE(MergeTwo(a_, b_));
    ReportCondition report;
    report.business_id = b_;
    report.condition = Condition::kClosed;
    report.since = kToday;
    EXPECT_EQ(ReasonOf(Run(report)), "BUSINESS_MERGED");
    UpdateBusiness rename;
    rename.business_id = b_;
    rename.details = {Detail::kName, Detail::kOwnerPhone};
    rename.profile.name = "Toko";
    EXPECT_EQ(ReasonOf(Run(rename)), "BUSINESS_MERGED");
    UpdateBusiness phone;
    phone.business_id = b_;
    phone.details = {Detail::kOwnerPhone};
    phone.owner.phone = "+6281200000099";
    ASSERT_TRUE(Run(phone)) << "the owner is somebody, whatever became of the shop";
    EXPECT_TRUE(Published<v1::BusinessDetailsChanged>(b_, 3).statistics().merged());
}

TEST_F(MergeTest, IsForThoseWhoReachBoth) {
    RegisterBusiness elsewhere = Again(BuSiti());
    elsewhere.profile.region_code = "36.71.01.1001";
    ASSERT_TRUE(Run(elsewhere, Officer("36.71")));
    const Outcome absent = MergeTwo(a_, NewId(kNow));
    EXPECT_EQ(MergeTwo(a_, elsewhere.business_id).error(), absent.error());
    EXPECT_EQ(MergeTwo(elsewhere.business_id, a_).error(), absent.error());
    ASSERT_TRUE(MergeTwo(a_, elsewhere.business_id, Agency("36")));
    EXPECT_EQ(Undo(elsewhere.business_id).error(), Undo(NewId(kNow)).error());
    EXPECT_EQ(Undo(elsewhere.business_id, Agency("36.71")).error(), Undo(NewId(kNow)).error())
        << "of the surviving one they may not even know that it is there";
    EXPECT_TRUE(Undo(elsewhere.business_id, Agency("36")));
}

TEST_F(MergeTest, LeavesClaimsWithThoseWhoHoldThem) {
    RegisterBusiness row = Again(Shop(2));
    row.row_keys = {"\x01row"};
    RegisterBusiness registered = Shop(2);
    registered.owner.nik = NikOf(77);
    registered.profile.nib = "1234567890123";
    ASSERT_TRUE(Run(row));
    ASSERT_TRUE(Run(registered));
    EXPECT_EQ(ReasonOf(MergeTwo(row.business_id, registered.business_id)), "NIB_WOULD_BE_LOST");
    ASSERT_TRUE(MergeTwo(registered.business_id, row.business_id));

    RegisterBusiness same_row = Again(row);
    same_row.row_keys = row.row_keys;
    EXPECT_EQ(ReasonOf(Run(same_row)), "ROW_UNCHANGED") << "the file registers nobody twice";
    RegisterBusiness same_nib = Shop(3);
    same_nib.profile.nib = registered.profile.nib;
    EXPECT_EQ(ReasonOf(Run(same_nib)), "NIB_ALREADY_REGISTERED");
}

TEST_F(MergeTest, OfABusinessOfAKnownOwnerShowsTheOneThatLives) {
    RegisterBusiness second = first_;
    second.business_id = NewId(kNow);
    second.owner_id = NewId(kNow);
    second.additional_business = true;
    ASSERT_TRUE(Run(second));
    ASSERT_TRUE(MergeTwo(second.business_id, a_));
    RegisterBusiness third = first_;
    third.business_id = NewId(kNow);
    third.owner_id = NewId(kNow);
    const Outcome refused = Run(third);
    EXPECT_EQ(ReasonOf(refused), "NIK_ALREADY_REGISTERED");
    EXPECT_EQ(refused.error().metadata.at("business_id"), second.business_id);
}

TEST_F(MergeTest, DecidesThePairThatIsUnderReview) {
    Search();
    ASSERT_EQ(Count("duplicates WHERE state = 1"), 1);
    ASSERT_TRUE(RunReview(RejectDuplicate{PairId(), 1}));
    EXPECT_EQ(ReasonOf(MergeTwo(a_, b_)), "DUPLICATE_REJECTED");
    EXPECT_EQ(ReasonOf(RunReview(ConfirmDuplicate{PairId(), 1})), "ETAG_STALE");
    ASSERT_TRUE(RunReview(ConfirmDuplicate{PairId(), 2}));
    ASSERT_TRUE(MergeTwo(a_, b_));
    EXPECT_EQ(Count("duplicates WHERE state = 4 AND decided_by = 'dinas'"), 1);
    EXPECT_EQ(ReasonOf(RunReview(RejectDuplicate{PairId(), {}})), "DUPLICATE_MERGED");
    ASSERT_TRUE(Undo(b_));
    EXPECT_EQ(Count("duplicates WHERE state = 1"), 1);
}

TEST_F(MergeTest, OfTwoIntoEachOtherAtTheSameInstantIsOne) {
    const auto one = NewDuplicateLoop(), other = NewDuplicateLoop();
    const auto merge = [](const std::string& surviving_id, const std::string& merged_id) {
        return MergeBusinesses{.merge_id = NewId(kNow),
                               .surviving_id = surviving_id,
                               .merged_id = merged_id,
                               .expected_surviving = {},
                               .expected_merged = {}};
    };
    for (int round = 0; round < 10; ++round) {
        auto here = Submit(*one, merge(a_, b_)), there = Submit(*other, merge(b_, a_));
        const Outcome this_one = here.get(), that_one = there.get();
        EXPECT_NE(this_one.has_value(), that_one.has_value());
        EXPECT_EQ(Count("businesses WHERE merged_into IS NOT NULL"), 1);
        ASSERT_TRUE(Undo(this_one ? b_ : a_));
    }
    EXPECT_EQ(Count("merges WHERE undone_at IS NULL"), 0);
    EXPECT_EQ(Stored(a_).version, 21);
    EXPECT_EQ(Count("outbox WHERE aggregate_id = '" + a_ + "'"), 21);
}

TEST_F(MergeTest, AskedForTwiceWithOneRequestIdIsOne) {
    const auto loop = NewDuplicateLoop();
    const MergeBusinesses merge{.merge_id = NewId(kNow),
                                .surviving_id = a_,
                                .merged_id = b_,
                                .expected_surviving = {},
                                .expected_merged = {}};
    const std::string request_id = NewId(kNow);
    const Outcome first = Submit(*loop, merge, Agency(), request_id).get();
    ASSERT_TRUE(first);
    EXPECT_EQ(Submit(*loop, merge, Agency(), request_id).get(), first);
    EXPECT_EQ(Count("merges"), 1);
    EXPECT_THAT(*first, Not(HasSubstr("Siti"))) << "it is stored";
}

TEST_F(MergeTest, AndItsUndoInOneTransactionLeaveBothStatements) {
    postgres::Connection connection(database_.dsn());
    connection.RunScript("SET bangkit.regions = '*'");
    postgres::Transaction transaction(connection);
    std::vector<DuplicateUnitOfWork::Pending> batch;
    for (DuplicateCommand command :
         {DuplicateCommand(MergeBusinesses{NewId(kNow), a_, b_, {}, {}}),
          DuplicateCommand(UndoMerge{b_, {}}),
          DuplicateCommand(MergeBusinesses{NewId(kNow), a_, b_, {}, {}})}) {
        batch.push_back({.caller = Agency(),
                         .method = "Test",
                         .request_id = "",
                         .fingerprint = "",
                         .command = std::move(command)});
    }
    const DuplicateUnitOfWork::Pending* const pointers[] = {&batch[0], &batch[1], &batch[2]};
    DuplicateUnitOfWork unit(keys_, kUndoPeriod);
    for (const Outcome& outcome :
         command::RunCommands<DuplicateUnitOfWork>(unit, transaction, pointers, clock_.Now())) {
        EXPECT_TRUE(outcome);
    }
    transaction.Commit();
    EXPECT_EQ(Stored(b_).version, 4);
    EXPECT_EQ(Count("merge_history WHERE business_id = '" + b_ + "'"), 3);
    EXPECT_EQ(Count("merges WHERE undone_at IS NULL"), 1);
    EXPECT_EQ(Count("merges"), 2);
}

}  // namespace
}  // namespace bangkit::registration
