// What registration makes of businesses and owners, aid follows: who was merged is one, who was
// erased is gone.
#include <google/protobuf/message.h>
#include <gtest/gtest.h>

#include "bangkit/registration/v1/registration_events.pb.h"
#include "services/aid/events/business/business_copies.h"
#include "services/aid/tests/application/applications_fixture.h"

namespace bangkit::aid {
namespace {

using namespace registration::v1;

class FollowedTest : public ApplicationsTest {
protected:
    /// As the consumer takes the next event of `business`.
    void Publish(Business& business, google::protobuf::Message& message) {
        const auto* field = message.GetDescriptor()->FindFieldByName("statistics");
        auto& statistics = dynamic_cast<BusinessStatistics&>(
            *message.GetReflection()->MutableMessage(&message, field));
        statistics.set_kind(common::v1::BUSINESS_KIND_UMKM);
        statistics.set_region_code(business.region_code);
        statistics.set_condition(static_cast<common::v1::BusinessCondition>(business.condition));
        statistics.set_verification(common::v1::VERIFICATION_LEVEL_DOCUMENT);
        ++business.version;
        const kafka::Record record{.partition = 0,
                                   .offset = 0,
                                   .appended_at = kNow,
                                   .key = business.id,
                                   .payload = message.SerializeAsString(),
                                   .headers = {}};
        const messaging::ReceivedEvent event{
            .envelope = {.aggregate_type = "business",
                         .aggregate_id = business.id,
                         .version = business.version,
                         .type = message.GetDescriptor()->full_name(),
                         .time = kNow,
                         .traceparent = ""},
            .record = &record};
        postgres::Connection connection(database_.dsn());
        postgres::Transaction transaction(connection);
        BusinessCopies copies(
            regions_, clock_, [this] { return ApplicationUnitOfWork(keys()); },
            [this] { return NominationUnitOfWork(keys()); });
        copies.Load(transaction, {&event, 1});
        EXPECT_TRUE(copies.Fold(event));
        copies.Save(transaction);
        transaction.Commit();
    }
    void Merge(Business& merged, const Business& survivor) {
        BusinessesMerged message;
        message.set_business_id(merged.id);
        message.set_merged_business_id(merged.id);
        message.set_surviving_business_id(survivor.id);
        Publish(merged, message);
    }
    void Undo(Business& merged) {
        MergeUndone message;
        message.set_business_id(merged.id);
        message.set_merged_business_id(merged.id);
        Publish(merged, message);
    }
    void Erase(Business& business) {
        OwnerDataErased message;
        message.set_business_id(business.id);
        message.set_owner_id(business.owner_id);
        Publish(business, message);
    }
    v1::ApplicationState StateOf(const std::string& id) const {
        v1::Application application;
        EXPECT_EQ(Get(id, province_, &application), "OK");
        return application.state();
    }

    const indonesia::RegionTree regions_;
};

TEST_F(FollowedTest, WhatAMergedBusinessWasGivenTheOtherOneWasToo) {
    const std::string program = Opened().program_id();
    Allocated(Allocation(program));
    Business survivor = Known(), merged = Known();
    EXPECT_EQ(Approve(Surveyed(program, merged.id), province_), "OK");
    Merge(merged, survivor);
    EXPECT_EQ(Start(program, merged.id, officer_), "FAILED_PRECONDITION BUSINESS_MERGED");
    const std::string id = Started(program, survivor.id);
    EXPECT_EQ(Submit(id), "FAILED_PRECONDITION DOUBLE_AID");
    Undo(merged);
    EXPECT_EQ(Submit(id), "OK") << "they are two again";
}

TEST_F(FollowedTest, OfTwoThatAppliedBeforeTheyWereMergedOneGetsIt) {
    const std::string program = Opened().program_id();
    Allocated(Allocation(program));
    Business survivor = Known(), merged = Known();
    const std::string first = Surveyed(program, survivor.id);
    const std::string second = Surveyed(program, merged.id);
    Merge(merged, survivor);
    EXPECT_EQ(Approve(first, province_), "FAILED_PRECONDITION DOUBLE_AID");
    EXPECT_EQ(Approve(second, province_), "FAILED_PRECONDITION DOUBLE_AID");
    EXPECT_EQ(Do(&ApplicationStub::RejectApplication, first, province_), "OK")
        << "people decide who";
    EXPECT_EQ(Approve(second, province_), "OK") << "its application goes on under its own id";
    EXPECT_EQ(Count("ledger WHERE kind = 3"), 1);
}

TEST_F(FollowedTest, TheDatabaseSendsNothingOfTwoThatBecameOneToTheBank) {
    const std::string program = Opened().program_id();
    Allocated(Allocation(program));
    Business survivor = Known(), merged = Known();
    const std::string id = Surveyed(program, survivor.id);
    EXPECT_EQ(Approve(id, province_), "OK");
    EXPECT_EQ(Approve(Surveyed(program, merged.id), province_), "OK");
    database_.Execute("UPDATE applications SET state = 6 WHERE application_id = '" + id + "'");
    const std::string batch = NewId(kNow);
    database_.Execute("INSERT INTO payment_batches VALUES ('" + batch + "', '" + program +
                      "', '18', 1, 'CONTIDJA', '1', 'Kas', current_date, 1, 1134429, 'a', now(),"
                      " '', NULL)");
    const std::string sending = "INSERT INTO payments VALUES (replace('" + id +
                                "', '-', ''), 1, '" + id + "', '" + survivor.owner_id + "', '" +
                                batch + "', 1, 1134429, 'sealed', 1, '', false, NULL)";
    Merge(merged, survivor);
    EXPECT_EQ(Count("applications WHERE is_doubled(application_id)"), 2);
    EXPECT_THROW(database_.Execute(sending), postgres::SqlError);
    Undo(merged);
    EXPECT_EQ(Count("applications WHERE is_doubled(application_id)"), 0);
    EXPECT_NO_THROW(database_.Execute(sending));
}

TEST_F(FollowedTest, AreDecidedByWhatIsKnownOfTheOneThatTheyLiveOnIn) {
    const std::string program = Opened().program_id();
    Allocated(Allocation(program));
    Business survivor = Known("18.71.05.1002", 1), merged = Known();  // Active; affected.
    const std::string id = Surveyed(program, merged.id);
    Merge(merged, survivor);
    EXPECT_EQ(Approve(id, province_), "FAILED_PRECONDITION NOT_ELIGIBLE");
    Undo(merged);
    EXPECT_EQ(Approve(id, province_), "OK");
}

TEST_F(FollowedTest, ApplicationsOfAnErasedOwnerAreWithdrawnAndGiveBackWhatWasReserved) {
    const std::string program = Opened().program_id();
    const std::string budget = Allocated(Allocation(program, 3 * kEach)).budget_id();
    Business erased = Known(), other = Known();
    const std::string draft = Started(program, erased.id);
    const std::string approved = Surveyed(program, erased.id);
    const std::string others = Surveyed(program, other.id);
    EXPECT_EQ(Approve(approved, province_), "OK");
    EXPECT_EQ(Approve(others, province_), "OK");
    database_.Execute("INSERT INTO owner_keys VALUES ('" + erased.owner_id + "', 'key'), ('" +
                      other.owner_id + "', 'key')");
    Erase(erased);
    EXPECT_EQ(StateOf(draft), v1::APPLICATION_STATE_WITHDRAWN);
    EXPECT_EQ(StateOf(approved), v1::APPLICATION_STATE_WITHDRAWN);
    EXPECT_EQ(StateOf(others), v1::APPLICATION_STATE_APPROVED);
    EXPECT_EQ(Count("owner_keys WHERE owner_id = '" + erased.owner_id + "'"), 0);
    EXPECT_EQ(Count("owner_keys"), 1) << "the other one's stays";
    EXPECT_EQ(Recounted(budget).recounted().reserved_rupiah(), kEach);
    EXPECT_EQ(Count("outbox WHERE type = 'bangkit.aid.v1.ApplicationWithdrawn'"), 2);
    EXPECT_EQ(Count("audit_entries WHERE actor = 'registration' AND method = 'OwnerDataErased'"
                    "   AND outcome = 'OK'"),
              2);
    ExpectClean(budget);
    EXPECT_EQ(Start(program, erased.id, officer_), "FAILED_PRECONDITION OWNER_ERASED");
}

TEST_F(FollowedTest, WhatIsAtTheBankOfAnErasedOwnerIsLeftToTheBank) {
    const std::string program = Opened().program_id();
    Allocated(Allocation(program));
    Business erased = Known();
    const std::string id = Surveyed(program, erased.id);
    EXPECT_EQ(Approve(id, province_), "OK");
    database_.Execute("UPDATE applications SET state = 6");
    Erase(erased);
    EXPECT_EQ(StateOf(id), v1::APPLICATION_STATE_SCHEDULED);
}

TEST_F(FollowedTest, NothingIsSubmittedOrApprovedForAnErasedOwner) {
    const std::string program = Opened().program_id();
    Allocated(Allocation(program));
    const Business erased = Known();
    const std::string draft = Started(program, erased.id);
    const std::string surveyed = Surveyed(program, erased.id);
    // As if they had been started at the same moment.
    database_.Execute("UPDATE businesses SET owner_is_erased = true");
    EXPECT_EQ(Submit(draft), "FAILED_PRECONDITION OWNER_ERASED");
    EXPECT_EQ(Approve(surveyed, province_), "FAILED_PRECONDITION OWNER_ERASED");
}

TEST_F(FollowedTest, AnErasureWaitsForAnApplicationThatIsBeingStarted) {
    const std::string program = Opened().program_id();
    const Business business = Known();
    postgres::Connection connection(database_.dsn());
    postgres::Transaction starting(connection);
    postgres::UuidArray ids;
    ids.Add(business.id);
    HoldBusinesses(starting, ids);
    std::thread erasure([&] {
        Business erased = business;
        Erase(erased);
    });
    database_.AwaitLockWaits();
    const std::string id = Started(program, business.id);  // Shares the lock.
    starting.Commit();
    erasure.join();
    EXPECT_EQ(StateOf(id), v1::APPLICATION_STATE_WITHDRAWN);
}

}  // namespace
}  // namespace bangkit::aid
