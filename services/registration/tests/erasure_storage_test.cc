// After an erasure nothing tells any more who somebody was, and all that is counted stays.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <thread>

#include "bangkit/registration/v1/registration_events.pb.h"
#include "libs/testing/kafka.h"
#include "services/registration/events/erasure_replay.h"
#include "services/registration/tests/personal_data_fixture.h"

namespace bangkit::registration {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

class ErasureTest : public PersonalDataTest {
protected:
    static std::vector<std::string> AllCanaries() {
        std::vector<std::string> canaries = Canaries();
        canaries.insert(canaries.end(),
                        {"Canaria", "canaria", "Pasar Kenari", std::string(kCanaryNib)});
        return canaries;
    }
    void ExpectNoTrace() const {
        const std::string dump = Dump(database_);
        ASSERT_THAT(dump, HasSubstr("subject_requests"));  // It is a dump.
        for (const std::string& canary : AllCanaries()) {
            EXPECT_THAT(dump, Not(HasSubstr(canary)));
            EXPECT_THAT(dump, Not(HasSubstr(InHex(canary))));
        }
    }
    /// The canary as a row of a file.
    static RegisterBusiness CanaryRow(const std::string& row_key) {
        RegisterBusiness row = RegistrationCommand(1);
        row.owner.nik = CanaryNik();
        row.row_keys = {row_key};
        return row;
    }
    v1::Business GetBusiness(const std::string& id) const {
        v1::GetBusinessRequest request;
        request.set_business_id(id);
        v1::GetBusinessResponse response;
        EXPECT_EQ(Name(Call(&Stub::GetBusiness, request, response)), "OK");
        return response.business();
    }
    std::string OpenedErasure(const std::string& business_id) const {
        return Opened(business_id, v1::SUBJECT_REQUEST_KIND_ERASURE).subject_request_id();
    }
    std::int64_t Erased() const { return Count("outbox WHERE type LIKE '%.OwnerDataErased'"); }
};

TEST_F(ErasureTest, NothingOfThePersonIsLeftAndTheStatisticsStay) {
    const v1::Business first = RegisterCanary();
    v1::RegisterBusinessRequest second = Canary(2);
    second.set_additional_business(true);
    second.mutable_business()->set_kind(common::v1::BUSINESS_KIND_COOPERATIVE);
    second.mutable_business()->set_name("Koperasi Maju");
    second.mutable_business()->set_address("Jl. Raya 1");
    const v1::Business cooperative = Registered(second);
    ASSERT_TRUE(Run(RegistrationCommand(7)));  // Somebody else.
    const std::string statistics =
        "SELECT string_agg((owner_id, kind, region_code, kbli, capital_rupiah,"
        "   annual_sales_rupiah, scale, condition, verification, registered_at)::text, ' '"
        "   ORDER BY business_id) FROM businesses";
    const std::string before = database_.Text(statistics);

    v1::EraseOwnerResponse erased;
    ASSERT_EQ(Erase(OpenedErasure(first.business_id()), agency_, &erased), "OK");
    EXPECT_EQ(erased.subject_request().state(), v1::SUBJECT_REQUEST_STATE_DONE);
    EXPECT_EQ(erased.positions_size(), 2);

    ExpectNoTrace();
    EXPECT_EQ(database_.Text(statistics), before);
    EXPECT_EQ(Count("owners WHERE wrapped_key = '' AND personal_data = ''"), 1);
    EXPECT_EQ(Count("identity_claims"), 1);  // Of somebody else.
    EXPECT_EQ(Count("businesses WHERE owner_is_erased AND version = 2"), 2);
    EXPECT_EQ(Count("erasures WHERE version = 2 AND erased_by = 'dinas'"), 2);
    EXPECT_EQ(GetBusiness(cooperative.business_id()).name(), "Koperasi Maju");
    for (const std::string& line : logger_.lines()) EXPECT_THAT(line, Not(HasSubstr("Canaria")));
}

TEST_F(ErasureTest, WhatIsLeftCanBeReadAndReportedOn) {
    const std::string id = RegisterCanary().business_id();
    ASSERT_EQ(Erase(OpenedErasure(id)), "OK");
    const v1::Business business = GetBusiness(id);
    EXPECT_TRUE(business.owner().erased());
    EXPECT_EQ(business.owner().masked_name() + business.name() + business.nib(), "");
    EXPECT_EQ(business.annual_sales_rupiah(), 120'000'000);
    v1::ListBusinessesResponse page;
    EXPECT_EQ(Name(Call(&Stub::ListBusinesses, v1::ListBusinessesRequest(), page)), "OK");
    EXPECT_EQ(page.businesses_size(), 1);
    ReportCondition report;
    report.business_id = id;
    report.condition = Condition::kClosed;
    report.since = kToday;
    EXPECT_TRUE(Run(report));
}

TEST_F(ErasureTest, TellsOthersOnceForEachBusiness) {
    const v1::Business business = RegisterCanary();
    const std::string request = OpenedErasure(business.business_id());
    const std::string request_id = NewId(kNow);
    v1::EraseOwnerResponse first, again;
    ASSERT_EQ(Erase(request, agency_, &first, request_id), "OK");
    EXPECT_EQ(Erase(request, agency_, &again, request_id), "OK");
    EXPECT_EQ(again.SerializeAsString(), first.SerializeAsString());
    EXPECT_EQ(Erase(request), "FAILED_PRECONDITION SUBJECT_REQUEST_CLOSED");
    EXPECT_EQ(Erased(), 1);
    EXPECT_EQ(Count("outbox WHERE version = 2 AND aggregate_id = '" + business.business_id() + "'"),
              1);
    EXPECT_EQ(Open(business.business_id(), v1::SUBJECT_REQUEST_KIND_ERASURE, agency_),
              "FAILED_PRECONDITION OWNER_ERASED");
}

TEST_F(ErasureTest, NoFileBringsAnybodyBackButThePersonMayComeBack) {
    ASSERT_TRUE(Run(CanaryRow("row")));
    const std::string id = database_.Text("SELECT business_id::text FROM businesses");
    ASSERT_EQ(Erase(OpenedErasure(id)), "OK");
    EXPECT_EQ(ReasonOf(Run(CanaryRow("row"))), "ROW_UNCHANGED");
    EXPECT_EQ(ReasonOf(Run(CanaryRow("the same person, written otherwise"))), "OWNER_ERASED");
    EXPECT_EQ(Count("owners"), 1);

    RegisterBusiness in_person = CanaryRow("");
    in_person.row_keys.clear();
    ASSERT_TRUE(Run(in_person));
    EXPECT_EQ(Count("owners"), 2);
    EXPECT_EQ(Count("identity_claims WHERE kind = 1 AND subject_id = '" + in_person.owner_id + "'"),
              1);
}

TEST_F(ErasureTest, NoFileBringsAnybodyBackWhileKeysChange) {
    const crypto::KeyRing both = crypto::Ring(
        "environment development\nmaster 1 " + std::string(crypto::kAscending) + "\nhash 1 " +
        std::string(crypto::kDescending) + "\nhash 2 " + std::string(crypto::kAscending) + "\n");
    ASSERT_TRUE(Run(CanaryRow("row")));
    postgres::Connection connection(database_.dsn());
    connection.RunScript("SET bangkit.regions = '*'");
    postgres::Transaction transaction(connection);
    const std::string owner_id = database_.Text("SELECT owner_id::text FROM owners");
    postgres::UuidArray ids;
    ids.Add(owner_id);
    Erasure erasure(both);
    erasure.Load(transaction, ids);
    erasure.Erase(owner_id, clock_.Now(), clock_.Now());
    erasure.Save(transaction, clock_.Now());
    transaction.Commit();
    EXPECT_EQ(ReasonOf(Run(CanaryRow("by a process that has the old key only"))), "OWNER_ERASED");
    EXPECT_EQ(Count("erased_niks"), 2);
    EXPECT_EQ(Count("identity_claims WHERE kind = 1"), 0);
}

TEST_F(ErasureTest, WaitsForALegalProcess) {
    const std::string id = RegisterCanary().business_id();
    const std::string request = OpenedErasure(id);
    ASSERT_EQ(Hold(id, "PN-12/2026"), "OK");
    EXPECT_EQ(Erase(request), "FAILED_PRECONDITION LEGAL_HOLD");
    EXPECT_EQ(Count("owners WHERE erased_at IS NOT NULL"), 0);
    EXPECT_EQ(Count("audit_entries WHERE outcome = 'LEGAL_HOLD'"), 1);
    ASSERT_EQ(Hold(id, ""), "OK");
    EXPECT_EQ(Erase(request), "OK");
}

TEST_F(ErasureTest, IsForThoseWhoReachTheRequest) {
    const std::string id = RegisterCanary().business_id();
    const std::string request = OpenedErasure(id);
    const std::string elsewhere = Token({"agency"}, {"36.71"});
    EXPECT_EQ(Open(id, v1::SUBJECT_REQUEST_KIND_ACCESS, elsewhere), "NOT_FOUND BUSINESS_NOT_FOUND");
    EXPECT_EQ(Erase(request, elsewhere), "NOT_FOUND SUBJECT_REQUEST_NOT_FOUND");
    EXPECT_EQ(Erase(NewId(kNow), elsewhere), "NOT_FOUND SUBJECT_REQUEST_NOT_FOUND");
    EXPECT_EQ(Erase(request, officer_), "PERMISSION_DENIED ROLE_NOT_ALLOWED");
    EXPECT_EQ(Erase(request, Token({"province"}, {"36"})), "OK");
}

TEST_F(ErasureTest, ARefusedRequestErasesNothing) {
    const std::string id = RegisterCanary().business_id();
    const std::string request = OpenedErasure(id);
    ASSERT_EQ(Close(request, v1::SUBJECT_REQUEST_REFUSAL_IDENTITY_NOT_SHOWN), "OK");
    EXPECT_EQ(Erase(request), "FAILED_PRECONDITION SUBJECT_REQUEST_CLOSED");
    EXPECT_EQ(Count("subject_requests WHERE state = 3 AND refusal = 2 AND closed_by = 'dinas'"), 1);
    EXPECT_EQ(Erased(), 0);
}

TEST_F(ErasureTest, IsNotBegunWithoutAKeyByWhichTheNikMayBeClaimed) {
    const std::string id = RegisterCanary().business_id();
    const std::string request = OpenedErasure(id);
    database_.Execute("INSERT INTO key_versions (purpose, version) VALUES (2, 9)");
    EXPECT_EQ(Erase(request), "FAILED_PRECONDITION KEY_FILE_OUTDATED");
    database_.Execute("UPDATE key_versions SET retired_at = now() WHERE version = 9");
    EXPECT_EQ(Erase(request), "OK");
}

/// A transaction of the registry that is not committed yet.
class OpenRegistration {
public:
    OpenRegistration(const testing::TempDatabase& database, const crypto::KeyRing& keys, Time now)
        : connection_(database.dsn()), keys_(keys), now_(now) {
        connection_.RunScript("SET bangkit.regions = '*'");
        transaction_.emplace(connection_);
    }
    bool Run(const Command& command) {
        const identity::Caller officer = Officer();
        const RegistrationUnitOfWork::Pending pending{.caller = officer,
                                                      .method = "Test",
                                                      .request_id = "",
                                                      .fingerprint = "",
                                                      .command = command};
        const RegistrationUnitOfWork::Pending* const batch[] = {&pending};
        RegistrationUnitOfWork unit(keys_);
        return command::RunCommands<RegistrationUnitOfWork>(unit, *transaction_, batch, now_)
            .front()
            .has_value();
    }
    void Commit() { transaction_->Commit(); }

private:
    postgres::Connection connection_;
    const crypto::KeyRing& keys_;
    const Time now_;
    std::optional<postgres::Transaction> transaction_;
};

TEST_F(ErasureTest, ReachesABusinessThatIsAddedAtTheSameTime) {
    const std::string id = RegisterCanary().business_id();
    const std::string request = OpenedErasure(id);
    RegisterBusiness more = CanaryRow("");
    more.row_keys.clear();
    more.additional_business = true;
    more.profile.name = "Warung Canaria";
    OpenRegistration registration(database_, keys_, clock_.Now());
    ASSERT_TRUE(registration.Run(more));
    std::string erased;
    {
        const std::jthread erasing([&] { erased = Erase(request); });
        database_.AwaitLockWaits();
        registration.Commit();
    }
    EXPECT_EQ(erased, "OK");
    EXPECT_EQ(Count("businesses WHERE owner_is_erased"), 2);
    EXPECT_EQ(Erased(), 2);
    ExpectNoTrace();
}

TEST_F(ErasureTest, ABusinessThatComesTooLateIsThatOfSomebodyNew) {
    RegisterCanary();
    const std::string owner_id = database_.Text("SELECT owner_id::text FROM owners");
    RegisterBusiness more = CanaryRow("");
    more.row_keys.clear();
    more.additional_business = true;
    more.profile.npwp = "092542943407000";
    postgres::Connection connection(database_.dsn());
    connection.RunScript("SET bangkit.regions = '*'");
    postgres::Transaction transaction(connection);
    postgres::UuidArray ids;
    ids.Add(owner_id);
    Erasure erasure(keys_);
    erasure.Load(transaction, ids);
    erasure.Erase(owner_id, clock_.Now(), clock_.Now());
    {
        const std::jthread registering([&] { EXPECT_TRUE(Run(more)); });
        database_.AwaitLockWaits();
        erasure.Save(transaction, clock_.Now());
        transaction.Commit();
    }
    EXPECT_EQ(Count("owners"), 2);
    EXPECT_EQ(Count("businesses WHERE owner_id = '" + owner_id + "'"), 1);
    EXPECT_EQ(Count("identity_claims WHERE kind = 1 AND subject_id = '" + owner_id + "'"), 0);
}

TEST_F(ErasureTest, IsDoneAgainOnADatabaseFromABackup) {
    const std::string id = RegisterCanary().business_id();
    ASSERT_TRUE(Run(RegistrationCommand(7)));
    const std::string request = OpenedErasure(id);
    const std::string tables[] = {"owners", "businesses", "identity_claims", "subject_requests",
                                  "erased_niks"};
    for (const std::string& table : tables) {
        database_.Execute("CREATE TABLE backup_of_" + table + " AS TABLE " + table);
    }
    ASSERT_EQ(Erase(request), "OK");
    testing::TempTopic topic;
    postgres::Connection connection(database_.owner_dsn());
    const postgres::Rows event =
        connection.Run("SELECT payload, type FROM outbox WHERE type LIKE '%.OwnerDataErased'");
    const kafka::Headers headers{{"ce_type", event.Text(0, 1)}};
    topic.Send({.key = id, .payload = event.Text(0, 0), .headers = headers});
    topic.Send({.key = id, .payload = "garbage", .headers = headers});

    for (const std::string& table : tables) {  // An old copy comes back.
        database_.Execute("TRUNCATE " + table);
        database_.Execute("INSERT INTO " + table + " SELECT * FROM backup_of_" + table);
        database_.Execute("DROP TABLE backup_of_" + table);
    }
    ASSERT_EQ(GetBusiness(id).name(), "Warung Canaria");

    postgres::Connection operations(database_.dsn());
    const auto replay = [&] {
        return ReplayErasures(operations, keys_, topic.brokers(), topic.name(), logger_);
    };
    const ReplayCounts counts = replay();
    EXPECT_EQ(counts.events, 1);
    EXPECT_EQ(counts.erased, 1);
    ExpectNoTrace();
    EXPECT_EQ(Count("identity_claims"), 1);  // Of somebody else.
    EXPECT_EQ(Count("subject_requests WHERE state = 1"), 0);
    EXPECT_EQ(ReasonOf(Run(CanaryRow("another row"))), "OWNER_ERASED");
    EXPECT_EQ(replay().erased_already, 1);
}

TEST_F(ErasureTest, AReplayPassesOverOwnersWhomTheBackupNeverKnew) {
    testing::TempTopic topic;
    v1::OwnerDataErased event;
    event.set_owner_id(NewId(kNow));
    topic.Send({.key = event.owner_id(),
                .payload = event.SerializeAsString(),
                .headers = {{"ce_type", event.GetTypeName()}}});
    postgres::Connection operations(database_.dsn());
    const ReplayCounts counts =
        ReplayErasures(operations, keys_, topic.brokers(), topic.name(), logger_);
    EXPECT_EQ(counts.unknown, 1);
    EXPECT_EQ(counts.erased, 0);
}

}  // namespace
}  // namespace bangkit::registration
