// Nobody sees what identifies an owner without a purpose, and without leaving a trace first.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "services/registration/tests/personal_data_fixture.h"

namespace bangkit::registration {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

class DisclosureTest : public PersonalDataTest {
protected:
    static v1::RevealOwnerRequest Ask(const std::string& business_id, v1::DisclosurePurpose purpose,
                                      const std::vector<v1::OwnerField>& fields) {
        v1::RevealOwnerRequest request;
        request.set_business_id(business_id);
        request.set_purpose(purpose);
        request.set_case_reference("K-1/2026");
        for (const v1::OwnerField field : fields) request.add_fields(field);
        return request;
    }
    std::string Reveal(const v1::RevealOwnerRequest& request, const std::string& token,
                       v1::RevealedOwner* owner = nullptr) const {
        v1::RevealOwnerResponse response;
        const grpc::Status status =
            CallPersonalData(&PersonalDataStub::RevealOwner, request, response, token);
        if (owner != nullptr) *owner = response.owner();
        return Name(status);
    }
};

TEST_F(DisclosureTest, ShowsTheFieldsThatWereAskedForAndNoOthers) {
    const std::string id = RegisterCanary().business_id();
    v1::RevealedOwner owner;
    ASSERT_EQ(
        Reveal(Ask(id, v1::DISCLOSURE_PURPOSE_SURVEY, {v1::OWNER_FIELD_PHONE}), officer_, &owner),
        "OK");
    EXPECT_EQ(owner.phone(), kCanaryPhone);
    EXPECT_EQ(owner.name(), "");
    EXPECT_EQ(owner.nik(), "");
    ASSERT_EQ(Reveal(Ask(id, v1::DISCLOSURE_PURPOSE_CORRECTION,
                         {v1::OWNER_FIELD_NIK, v1::OWNER_FIELD_NAME, v1::OWNER_FIELD_NPWP,
                          v1::OWNER_FIELD_IDENTITY_CARD_ADDRESS}),
                     agency_, &owner),
              "OK");
    EXPECT_EQ(owner.nik(), CanaryNik());
    EXPECT_EQ(owner.name(), kCanaryName);
    EXPECT_EQ(owner.npwp(), CanaryNik());
    EXPECT_EQ(owner.identity_card_address(), kCanaryAddress);
    EXPECT_EQ(owner.phone(), "");
}

TEST_F(DisclosureTest, EveryCallLeavesItsTraceWithoutTheData) {
    const std::string id = RegisterCanary().business_id();
    const auto request = Ask(id, v1::DISCLOSURE_PURPOSE_SURVEY, {v1::OWNER_FIELD_NAME});
    ASSERT_EQ(Reveal(request, officer_), "OK");
    ASSERT_EQ(Reveal(request, officer_), "OK");  // The same again is another disclosure.
    EXPECT_EQ(Count("disclosures WHERE actor = 'budi' AND purpose = 1 AND fields = 4"
                    " AND case_reference = 'K-1/2026' AND business_id = '" +
                    id + "'"),
              2);
    EXPECT_EQ(Count("audit_entries WHERE method = 'RevealOwner' AND outcome = 'OK'"
                    " AND target = 'owner_of_business/" +
                    id + "'"),
              2);
    const std::string dump = Dump(database_);
    for (const std::string& canary : Canaries()) {
        EXPECT_THAT(dump, Not(HasSubstr(canary)));
        EXPECT_THAT(dump, Not(HasSubstr(InHex(canary))));
    }
}

TEST_F(DisclosureTest, TheTraceIsThereBeforeTheDataLeaves) {
    const std::string id = RegisterCanary().business_id();
    database_.Execute("REVOKE INSERT ON disclosures FROM bangkit_runtime");
    v1::RevealedOwner owner;
    EXPECT_EQ(
        Reveal(Ask(id, v1::DISCLOSURE_PURPOSE_SURVEY, {v1::OWNER_FIELD_NAME}), officer_, &owner),
        "INTERNAL INTERNAL");
    EXPECT_EQ(owner.name(), "");
}

TEST_F(DisclosureTest, RefusalsAreAuditedAndShowNothing) {
    const std::string id = RegisterCanary().business_id();
    const std::string elsewhere = Token({"agency"}, {"36.71"});
    v1::RevealedOwner owner;
    EXPECT_EQ(
        Reveal(Ask(id, v1::DISCLOSURE_PURPOSE_SURVEY, {v1::OWNER_FIELD_NAME}), elsewhere, &owner),
        "NOT_FOUND BUSINESS_NOT_FOUND");
    EXPECT_EQ(
        Reveal(Ask(NewId(kNow), v1::DISCLOSURE_PURPOSE_SURVEY, {v1::OWNER_FIELD_NAME}), elsewhere),
        "NOT_FOUND BUSINESS_NOT_FOUND");
    EXPECT_EQ(Reveal(Ask(id, v1::DISCLOSURE_PURPOSE_PAYMENT, {v1::OWNER_FIELD_NAME}), officer_),
              "PERMISSION_DENIED PURPOSE_NOT_ALLOWED");
    EXPECT_EQ(Reveal(Ask(id, v1::DISCLOSURE_PURPOSE_SURVEY, {v1::OWNER_FIELD_NIK}), agency_),
              "PERMISSION_DENIED FIELD_NOT_FOR_PURPOSE");
    EXPECT_EQ(owner.name(), "");
    EXPECT_EQ(Count("audit_entries WHERE method = 'RevealOwner' AND outcome <> 'OK'"), 4);
    EXPECT_EQ(Count("disclosures"), 0);
}

TEST_F(DisclosureTest, RefusesWhatIsMalformed) {
    v1::RevealOwnerRequest request;
    v1::RevealOwnerResponse response;
    const grpc::Status status =
        CallPersonalData(&PersonalDataStub::RevealOwner, request, response, officer_);
    const Error error = rpc::FromStatus(status);
    std::vector<std::string> fields;
    for (const FieldViolation& each : error.fields) fields.push_back(each.field);
    EXPECT_THAT(fields,
                ::testing::ElementsAre("business_id", "purpose", "case_reference", "fields"));
    request = Ask(NewId(kNow), v1::DISCLOSURE_PURPOSE_SURVEY, {v1::OWNER_FIELD_NAME});
    request.set_case_reference("untuk Bu Siti");
    EXPECT_EQ(Reveal(request, officer_), "INVALID_ARGUMENT FIELDS_INVALID");
}

}  // namespace
}  // namespace bangkit::registration
