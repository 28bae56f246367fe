// Who has this NIK, or this telephone number: by keyed hash, for a purpose, and on record.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <utility>

#include "services/registration/storage/key_versions.h"
#include "services/registration/storage/rekey.h"
#include "services/registration/tests/personal_data_fixture.h"

namespace bangkit::registration {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;
using ::testing::UnorderedElementsAre;

class FindByIdentityTest : public PersonalDataTest {
protected:
    static v1::FindByIdentityRequest ByNik(const std::string& nik) {
        v1::FindByIdentityRequest request;
        request.set_nik(nik);
        request.set_purpose(v1::DISCLOSURE_PURPOSE_CORRECTION);
        request.set_case_reference("K-1/2026");
        return request;
    }
    static v1::FindByIdentityRequest ByPhone(const std::string& phone) {
        v1::FindByIdentityRequest request;
        request.set_phone(phone);
        request.set_purpose(v1::DISCLOSURE_PURPOSE_SURVEY);
        request.set_case_reference("K-2/2026");
        return request;
    }
    std::string Find(const v1::FindByIdentityRequest& request, const std::string& token,
                     v1::FindByIdentityResponse* answer = nullptr) const {
        v1::FindByIdentityResponse response;
        const grpc::Status status =
            CallPersonalData(&PersonalDataStub::FindByIdentity, request, response, token);
        if (answer != nullptr) *answer = std::move(response);
        return Name(status);
    }
    std::vector<std::string> Found(const v1::FindByIdentityRequest& request,
                                   const std::string& token) const {
        v1::FindByIdentityResponse response;
        EXPECT_EQ(Find(request, token, &response), "OK");
        std::vector<std::string> ids;
        for (const v1::Business& each : response.businesses()) ids.push_back(each.business_id());
        return ids;
    }
    void ChangePhone(const std::string& business_id, const std::string& phone) const {
        v1::UpdateBusinessRequest request;
        request.set_request_id(NewId(kNow));
        request.set_business_id(business_id);
        request.mutable_update_mask()->add_paths("owner.phone");
        request.mutable_owner()->set_phone(phone);
        v1::UpdateBusinessResponse response;
        ASSERT_EQ(Name(Call(&Stub::UpdateBusiness, request, response)), "OK");
    }
};

TEST_F(FindByIdentityTest, FindsBusinessesByTheNikOrThePhoneOfTheirOwner) {
    const std::string id = RegisterCanary().business_id();
    Registered(Registration(2));
    EXPECT_THAT(Found(ByNik(CanaryNik()), officer_), ElementsAre(id));
    EXPECT_THAT(Found(ByPhone("0812-9876-5432"), officer_), ElementsAre(id));
    EXPECT_THAT(Found(ByPhone("+62 812 9876 5432"), agency_), ElementsAre(id));
    EXPECT_THAT(Found(ByNik(NikOf(77)), officer_), IsEmpty());
    EXPECT_THAT(Found(ByPhone("081200009001"), officer_), IsEmpty());
    v1::FindByIdentityResponse response;
    ASSERT_EQ(Find(ByNik(CanaryNik()), officer_, &response), "OK");
    EXPECT_THAT(response.DebugString(), Not(HasSubstr(CanaryNik()))) << "masked, as everywhere";
}

TEST_F(FindByIdentityTest, FindsAllWhoShareANumberAndAllTheirBusinesses) {
    const std::string first = RegisterCanary().business_id();
    v1::RegisterBusinessRequest more = Canary(2);
    more.set_additional_business(true);
    const std::string second = Registered(more).business_id();
    v1::RegisterBusinessRequest neighbour = Registration(3);
    neighbour.mutable_owner()->set_phone(std::string(kCanaryPhone));
    const std::string third = Registered(neighbour).business_id();
    EXPECT_THAT(Found(ByNik(CanaryNik()), officer_), UnorderedElementsAre(first, second));
    EXPECT_THAT(Found(ByPhone(std::string(kCanaryPhone)), officer_),
                UnorderedElementsAre(first, second, third));
}

TEST_F(FindByIdentityTest, KnowsTheNewNumberAndForgetsTheOldOne) {
    const std::string id = RegisterCanary().business_id();
    ChangePhone(id, "081200009001");
    EXPECT_THAT(Found(ByPhone("081200009001"), officer_), ElementsAre(id));
    EXPECT_THAT(Found(ByPhone(std::string(kCanaryPhone)), officer_), IsEmpty());
    ChangePhone(id, "");
    EXPECT_EQ(Count("owner_phones"), 0);
}

TEST_F(FindByIdentityTest, EndsWhereTheScopeOfTheCallerEndsAsIfThereWereNobody) {
    RegisterCanary();
    const std::string elsewhere = Token({"agency"}, {"36.71"});
    EXPECT_THAT(Found(ByNik(CanaryNik()), elsewhere), IsEmpty());
    EXPECT_THAT(Found(ByPhone(std::string(kCanaryPhone)), elsewhere), IsEmpty());
    EXPECT_EQ(Count("disclosures"), 0);
}

TEST_F(FindByIdentityTest, IsForAPurposeThatNeedsIt) {
    RegisterCanary();
    v1::FindByIdentityRequest survey = ByNik(CanaryNik());
    survey.set_purpose(v1::DISCLOSURE_PURPOSE_SURVEY);
    EXPECT_EQ(Find(survey, agency_), "PERMISSION_DENIED FIELD_NOT_FOR_PURPOSE");
    v1::FindByIdentityRequest payment = ByNik(CanaryNik());
    payment.set_purpose(v1::DISCLOSURE_PURPOSE_PAYMENT);
    EXPECT_EQ(Find(payment, officer_), "PERMISSION_DENIED PURPOSE_NOT_ALLOWED");
    EXPECT_EQ(Find(payment, agency_), "OK");
    EXPECT_EQ(Find(ByNik(CanaryNik()), Token({"auditor"})), "PERMISSION_DENIED ROLE_NOT_ALLOWED");
    payment.set_nik(NikOf(77));  // Whether there is anybody makes no difference.
    EXPECT_EQ(Find(payment, officer_), "PERMISSION_DENIED PURPOSE_NOT_ALLOWED");
}

TEST_F(FindByIdentityTest, EverySearchIsOnRecordAndNoNumberIs) {
    const std::string id = RegisterCanary().business_id();
    ASSERT_EQ(Find(ByNik(CanaryNik()), officer_), "OK");
    ASSERT_EQ(Find(ByPhone(std::string(kCanaryPhone)), officer_), "OK");
    ASSERT_EQ(Find(ByNik(NikOf(77)), officer_), "OK");  // Finds nobody.
    EXPECT_EQ(Count("audit_entries WHERE method = 'FindByIdentity' AND actor = 'budi'"
                    " AND target = 'owners_by_nik/3/K-1/2026' AND outcome = 'OK'"),
              2);
    EXPECT_EQ(Count("audit_entries WHERE target = 'owners_by_phone/1/K-2/2026'"), 1);
    EXPECT_EQ(Count("disclosures WHERE business_id = '" + id +
                    "' AND purpose = 3 AND fields = 2 AND case_reference = 'K-1/2026'"),
              1);
    EXPECT_EQ(Count("disclosures WHERE purpose = 1 AND fields = 8"), 1);
    const std::string dump = Dump(database_);
    for (const std::string& canary : Canaries()) {
        EXPECT_THAT(dump, Not(HasSubstr(canary)));
        EXPECT_THAT(dump, Not(HasSubstr(InHex(canary))));
    }
}

TEST_F(FindByIdentityTest, TheRecordIsThereBeforeTheAnswerLeaves) {
    RegisterCanary();
    database_.Execute("REVOKE INSERT ON disclosures FROM bangkit_runtime");
    v1::FindByIdentityResponse response;
    EXPECT_EQ(Find(ByNik(CanaryNik()), officer_, &response), "INTERNAL INTERNAL");
    EXPECT_THAT(response.businesses(), IsEmpty());
}

TEST_F(FindByIdentityTest, FindsNobodyWhoWasErased) {
    const v1::Business business = RegisterCanary();
    ASSERT_EQ(
        Erase(
            Opened(business.business_id(), v1::SUBJECT_REQUEST_KIND_ERASURE).subject_request_id()),
        "OK");
    EXPECT_THAT(Found(ByNik(CanaryNik()), officer_), IsEmpty());
    EXPECT_THAT(Found(ByPhone(std::string(kCanaryPhone)), officer_), IsEmpty());
    EXPECT_EQ(Count("owner_phones"), 0);
}

TEST_F(FindByIdentityTest, ShowsAHundredAndSaysThatThereAreMore) {
    std::vector<Command> commands;
    for (int i = 1; i <= 101; ++i) {
        RegisterBusiness command = RegistrationCommand(i);
        command.owner.phone = kCanaryPhone;
        commands.emplace_back(std::move(command));
    }
    RunTogether(commands);
    v1::FindByIdentityResponse response;
    ASSERT_EQ(Find(ByPhone(std::string(kCanaryPhone)), officer_, &response), "OK");
    EXPECT_THAT(response.businesses(), SizeIs(100));
    EXPECT_TRUE(response.truncated());
}

TEST_F(FindByIdentityTest, RefusesWhatIsMalformed) {
    v1::FindByIdentityRequest request;
    v1::FindByIdentityResponse response;
    const Error error = rpc::FromStatus(
        CallPersonalData(&PersonalDataStub::FindByIdentity, request, response, officer_));
    std::vector<std::string> fields;
    for (const FieldViolation& each : error.fields) fields.push_back(each.field);
    EXPECT_THAT(fields, ElementsAre("identity", "purpose", "case_reference"));
    EXPECT_EQ(Find(ByNik("12345"), officer_), "INVALID_ARGUMENT FIELDS_INVALID");
    EXPECT_EQ(Find(ByPhone("12"), officer_), "INVALID_ARGUMENT FIELDS_INVALID");
}

/// Keys change while numbers are kept.
class PhoneRotationTest : public RegistryTest {
protected:
    static crypto::KeyRing Ring(const std::string& lines) {
        return crypto::Ring("environment development\nmaster 1 " + std::string(crypto::kAscending) +
                            "\n" + lines);
    }
    static RegisterBusiness Somebody(int number) {
        RegisterBusiness command = RegistrationCommand(number);
        command.owner.phone = kCanaryPhone;
        return command;
    }
    std::size_t FoundBy(const crypto::KeyRing& keys) {
        postgres::Connection connection(database_.dsn());
        connection.RunScript("SET bangkit.regions = '*'");
        postgres::Transaction transaction(connection);
        IdentitySearch search(keys);
        const FindByIdentity command{.field = OwnerField::kPhone,
                                     .value = std::string(kCanaryPhone),
                                     .purpose = Purpose::kSurvey,
                                     .case_reference = ""};
        search.Want(command);
        search.Load(transaction);
        return search.Find(command).size();
    }

    const std::string first_key_ = "hash 1 " + std::string(crypto::kDescending);
    const std::string second_key_ = "hash 2 AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE=";
    const crypto::KeyRing first_ = Ring(first_key_ + "\n");
    const crypto::KeyRing both_ = Ring(first_key_ + "\n" + second_key_ + "\n");
    const crypto::KeyRing going_ = Ring(first_key_ + " readonly\n" + second_key_ + "\n");
    const crypto::KeyRing second_ = Ring(second_key_ + "\n");
};

TEST_F(PhoneRotationTest, NumbersAreFoundBeforeWhileAndAfterKeysChange) {
    ASSERT_TRUE(Submit(*NewLoop(first_, 16), Somebody(1)).get());
    for (const crypto::KeyRing* keys : {&first_, &both_, &going_}) EXPECT_EQ(FoundBy(*keys), 1U);
    ASSERT_TRUE(Submit(*NewLoop(both_, 16), Somebody(2)).get());
    ASSERT_TRUE(Submit(*NewLoop(going_, 16), Somebody(3)).get());
    EXPECT_EQ(Count("owner_phones"), 4) << "one by each key in use";
    EXPECT_EQ(FoundBy(going_), 3U);
    EXPECT_EQ(FoundBy(second_), 2U) << "the first was never moved";

    postgres::Connection connection(database_.dsn());
    AnnounceKeys(connection, going_);
    Rekey(connection, going_, 10);
    EXPECT_EQ(FoundBy(second_), 3U);
    RetireKey(connection, crypto::KeyPurpose::kHash, 1);
    Rekey(connection, going_, 10);
    EXPECT_EQ(Count("owner_phones WHERE get_byte(hash, 0) = 1"), 0);
    EXPECT_EQ(FoundBy(second_), 3U);
}

}  // namespace
}  // namespace bangkit::registration
