// Verifications as they are stored and published.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "bangkit/registration/v1/registration_events.pb.h"
#include "services/registration/tests/loop_fixture.h"

namespace bangkit::registration {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

class VerifyTest : public RegistryTest {
protected:
    VerifyTest() { EXPECT_TRUE(Run(business_)); }

    VerifyBusiness To(Verification level, std::string note = "") const {
        VerifyBusiness command;
        command.business_id = business_.business_id;
        command.level = level;
        command.note = std::move(note);
        return command;
    }
    Business Stored() const {
        return queries_.Find({.regions = {"36"}, .owner_id = ""}, business_.business_id)->business;
    }

    RegisterBusiness business_ = RegistrationCommand(1);
};

TEST_F(VerifyTest, StatesTheLevelTheEvidenceAndWhoSawIt) {
    ASSERT_TRUE(Run(To(Verification::kField, "kunjungan, NIB asli dilihat")));
    EXPECT_EQ(Stored().verification, Verification::kField);
    EXPECT_EQ(Count("verifications WHERE level = 3 AND version = 2 AND verified_by = 'budi'"
                    " AND note = 'kunjungan, NIB asli dilihat'"),
              1);
    postgres::Connection connection(database_.owner_dsn());
    const postgres::Rows rows =
        connection.Run("SELECT type, payload FROM outbox WHERE version = 2");
    EXPECT_EQ(rows.Text(0, 0), "bangkit.registration.v1.BusinessVerified");
    v1::BusinessVerified event;
    ASSERT_TRUE(event.ParseFromString(rows.Text(0, 1)));
    EXPECT_EQ(event.from(), common::v1::VERIFICATION_LEVEL_SELF_DECLARED);
    EXPECT_EQ(event.to(), common::v1::VERIFICATION_LEVEL_FIELD);
    EXPECT_EQ(event.statistics().verification(), common::v1::VERIFICATION_LEVEL_FIELD);
    EXPECT_THAT(rows.Text(0, 1), Not(HasSubstr("kunjungan"))) << "for the history, not for events";
}

TEST_F(VerifyTest, OfABusinessElsewhereIsAnsweredAsIfThereWereNone) {
    VerifyBusiness absent = To(Verification::kField);
    absent.business_id = NewId(kNow);
    EXPECT_EQ(Run(To(Verification::kField), Officer("36.71")).error(),
              Run(absent, Officer("36.71")).error());
}

TEST_F(VerifyTest, KeepsTheLevelWhenDetailsChange) {
    ASSERT_TRUE(Run(To(Verification::kDocument)));
    UpdateBusiness command;
    command.business_id = business_.business_id;
    command.details = {Detail::kName};
    command.profile.name = "Toko";
    ASSERT_TRUE(Run(command));
    EXPECT_EQ(Stored().verification, Verification::kDocument);
    EXPECT_EQ(Stored().profile.name, "Toko");
}

}  // namespace
}  // namespace bangkit::registration
