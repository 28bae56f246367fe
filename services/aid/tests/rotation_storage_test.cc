// Keys change while the service goes on: what is sealed stays readable, and nothing is sealed that
// nobody will open.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "libs/base/settings.h"
#include "libs/crypto/tests/key_file.h"
#include "services/aid/storage/business/owner_keys.h"
#include "services/aid/storage/key_versions.h"
#include "services/aid/storage/payment/bank_accounts.h"
#include "services/aid/storage/rekey.h"
#include "services/aid/tests/payment/payments_fixture.h"

namespace bangkit::aid {
namespace {

using crypto::KeyPurpose;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Not;

constexpr std::string_view kSecond = "AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE=";

class RotationTest : public PaymentsTest {
protected:
    static crypto::KeyRing MasterKeys(const std::string& lines) {
        return crypto::Ring("environment development\n" + lines + "hash 1 " +
                            std::string(crypto::kDescending) + "\n");
    }
    RekeyCounts RekeyWith(const crypto::KeyRing& keys) {
        postgres::Connection connection(database_.dsn());
        return Rekey(connection, keys, 2);
    }
    std::vector<std::string> NeedsOf(KeyPurpose purpose, int version) const {
        postgres::Connection connection(database_.dsn());
        std::vector<std::string> needs;
        for (const rotation::KeyNeed& need : WhatNeedsKey(connection, purpose, version)) {
            needs.push_back(need.what + " " + std::to_string(need.count));
        }
        return needs;
    }
    bool Retire(KeyPurpose purpose, int version) const {
        postgres::Connection connection(database_.owner_dsn());
        return RetireKey(connection, purpose, version);
    }
    std::string NumberOf(const Business& business, const crypto::KeyRing& keys) const {
        postgres::Connection connection(database_.dsn());
        const postgres::Rows rows = connection.Run(
            "SELECT wrapped_key, account FROM bank_accounts JOIN owner_keys USING (owner_id)"
            " WHERE business_id = $1::text::uuid",
            {business.id});
        const auto key = OpenOwnerKey(keys, business.owner_id, rows.Bytes(0, 0));
        if (!key) return key.error().reason;
        return OpenAccount(*key, business.id, rows.Bytes(0, 1)).value().number;
    }

    const std::string first_line_ = "master 1 " + std::string(crypto::kAscending);
    const std::string second_line_ = "master 2 " + std::string(kSecond) + "\n";
    const crypto::KeyRing going_ = MasterKeys(first_line_ + " readonly\n" + second_line_);
    const crypto::KeyRing second_ = MasterKeys(second_line_);
};

TEST_F(RotationTest, WhatIsSealedMovesToTheKeyInUse) {
    std::vector<Business> businesses;
    for (int i = 0; i < 5; ++i) {
        businesses.push_back(Known());
        EXPECT_EQ(State(businesses.back().id, officer_), "OK");
    }
    EXPECT_THAT(NeedsOf(KeyPurpose::kMaster, 1), ElementsAre("owner_keys 5"));
    EXPECT_EQ(NumberOf(businesses[0], second_), "KEY_VERSION_UNKNOWN");
    EXPECT_EQ(RekeyWith(going_).rewrapped, 5);
    EXPECT_THAT(NeedsOf(KeyPurpose::kMaster, 1), IsEmpty());
    for (const Business& business : businesses) {
        EXPECT_EQ(NumberOf(business, second_), "0123456789");
    }
    EXPECT_EQ(RekeyWith(going_).rewrapped, 0) << "what is done stays done";
}

TEST_F(RotationTest, NothingIsSealedUnderARetiredKey) {
    EXPECT_EQ(State(Known().id, officer_), "OK");
    EXPECT_FALSE(Retire(KeyPurpose::kMaster, 1)) << "something is";
    EXPECT_EQ(RekeyWith(going_).rewrapped, 1);
    EXPECT_TRUE(Retire(KeyPurpose::kMaster, 1));
    EXPECT_NE(State(Known().id, officer_), "OK") << "this process was not restarted";
    EXPECT_EQ(Count("owner_keys"), 1);
}

TEST_F(RotationTest, RequestsNeedTheirHashKey) {
    EXPECT_THAT(NeedsOf(KeyPurpose::kHash, 1), IsEmpty());
    EXPECT_EQ(State(Known().id, officer_), "OK");
    EXPECT_THAT(NeedsOf(KeyPurpose::kHash, 1), ElementsAre("requests 1"));
}

TEST_F(RotationTest, FamilyCardsNeedTheirHashKey) {
    const Business business = Known();
    EXPECT_EQ(State(business.id, officer_), "OK");  // Which makes the key of the owner.
    Started(Opened().program_id(), business.id);
    const std::string household = NewId(kNow);
    database_.Execute("UPDATE applications SET household = '" + household + "'");
    database_.Execute("INSERT INTO household_hashes VALUES (decode(repeat('01', 33), 'hex'), '" +
                      household + "')");
    EXPECT_THAT(NeedsOf(KeyPurpose::kHash, 1), Contains("household_hashes 1"));
    database_.Execute("INSERT INTO household_hashes VALUES (decode(repeat('02', 33), 'hex'), '" +
                      household + "')");
    EXPECT_THAT(NeedsOf(KeyPurpose::kHash, 1), Not(Contains("household_hashes 1")))
        << "the next key knows it";
}

TEST_F(RotationTest, AProcessThatLacksAKeyInUseDoesNotStart) {
    postgres::Connection connection(database_.dsn());
    rotation::AnnounceKeys(connection, going_);
    EXPECT_THROW(rotation::AnnounceKeys(connection, second_), SettingError);
    EXPECT_THROW(Rekey(connection, second_, 2), std::runtime_error);
    EXPECT_TRUE(Retire(KeyPurpose::kMaster, 1));
    rotation::AnnounceKeys(connection, second_);
}

}  // namespace
}  // namespace bangkit::aid
