// Keys change while the service goes on: nobody is taken for somebody new, and nothing is lost.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <thread>

#include "libs/base/settings.h"
#include "libs/crypto/keyed_hash.h"
#include "services/registration/storage/key_versions.h"
#include "services/registration/storage/rekey.h"
#include "services/registration/tests/key_needs.h"
#include "services/registration/tests/loop_fixture.h"

namespace bangkit::registration {
namespace {

using crypto::KeyPurpose;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr std::string_view kThird = "AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE=";

crypto::KeyRing HashKeys(const std::string& lines) {
    return crypto::Ring("environment development\nmaster 1 " + std::string(crypto::kAscending) +
                        "\n" + lines);
}
const std::string kFirstKey = "hash 1 " + std::string(crypto::kDescending);
const std::string kSecondKey = "hash 2 " + std::string(kThird);

class RotationTest : public RegistryTest {
protected:
    std::unique_ptr<Loop> LoopWith(const crypto::KeyRing& keys) { return NewLoop(keys, 16); }
    Outcome RunWith(const crypto::KeyRing& keys, Command command) {
        const std::unique_ptr<Loop> loop = LoopWith(keys);
        return Submit(*loop, std::move(command)).get();
    }
    /// As an importing process would make it.
    static RegisterBusiness Row(const crypto::KeyRing& keys, int number) {
        RegisterBusiness row = RegistrationCommand(number);
        row.profile.nib = std::to_string(1'000'000'000'000 + number);
        row.row_keys = crypto::KeyedHashes(keys, "import_row", std::to_string(number));
        return row;
    }
    std::vector<std::string> NeedsOf(KeyPurpose purpose, int version) const {
        return registration::NeedsOf(database_, purpose, version);
    }
    RekeyCounts RekeyWith(const crypto::KeyRing& keys) {
        postgres::Connection connection(database_.dsn());
        return Rekey(connection, keys, 10);
    }
    void Announce(const crypto::KeyRing& keys) {
        postgres::Connection connection(database_.dsn());
        AnnounceKeys(connection, keys);
    }
    bool Retire(KeyPurpose purpose, int version) {
        postgres::Connection connection(database_.owner_dsn());
        return RetireKey(connection, purpose, version);
    }

    const crypto::KeyRing first_ = HashKeys(kFirstKey + "\n");
    const crypto::KeyRing to_come_ = HashKeys(kFirstKey + "\n" + kSecondKey + " readonly\n");
    const crypto::KeyRing both_ = HashKeys(kFirstKey + "\n" + kSecondKey + "\n");
    const crypto::KeyRing going_ = HashKeys(kFirstKey + " readonly\n" + kSecondKey + "\n");
    const crypto::KeyRing second_ = HashKeys(kSecondKey + "\n");
};

TEST_F(RotationTest, TwoProcessesBetweenWhichTheKeysChangeGiveANumberAwayOnce) {
    constexpr int kPeople = 60;
    const std::pair<const crypto::KeyRing*, const crypto::KeyRing*> steps[] = {
        {&first_, &to_come_},
        {&to_come_, &both_},
        {&first_, &both_},  // A step was left out.
        {&both_, &going_},
        {&going_, &second_}};
    int known = 0;
    for (const auto& [before, after] : steps) {
        const std::unique_ptr<Loop> loops[] = {LoopWith(*before), LoopWith(*after)};
        std::atomic<int> registered = 0;
        {
            std::vector<std::jthread> officers;
            for (const int officer : {0, 1}) {
                officers.emplace_back([&, officer] {
                    std::vector<std::future<Outcome>> outcomes;
                    for (int i = 1; i <= kPeople; ++i) {
                        const int number = known + (officer == 0 ? i : kPeople + 1 - i);
                        RegisterBusiness command = RegistrationCommand(number);
                        command.profile.nib = std::to_string(1'000'000'000'000 + number);
                        outcomes.push_back(Submit(*loops[officer], std::move(command)));
                    }
                    for (auto& outcome : outcomes) registered += outcome.get() ? 1 : 0;
                });
            }
        }
        known += kPeople;
        EXPECT_EQ(registered, kPeople);
        EXPECT_EQ(Count("owners"), known);
        EXPECT_EQ(Count("businesses"), known);
    }
    // Whoever was registered by any of these is known to all that may be running next.
    ASSERT_EQ(RekeyWith(going_).owners, known);
    for (int number = 1; number <= known; number += 7) {
        EXPECT_EQ(ReasonOf(RunWith(second_, RegistrationCommand(number))),
                  "NIK_ALREADY_REGISTERED");
    }
}

TEST_F(RotationTest, WhatWasThereBeforeIsFoundAfterwards) {
    const RegisterBusiness row = Row(first_, 1);
    ASSERT_TRUE(RunWith(first_, row));
    for (const crypto::KeyRing* keys : {&to_come_, &both_, &going_}) {
        const Outcome again = RunWith(*keys, Row(*keys, 1));
        EXPECT_EQ(ReasonOf(again), "ROW_UNCHANGED");
        EXPECT_EQ(again.error().metadata.at("business_id"), row.business_id);
        EXPECT_EQ(ReasonOf(RunWith(*keys, RegistrationCommand(1))), "NIK_ALREADY_REGISTERED");
        RegisterBusiness same_nib = RegistrationCommand(2);
        same_nib.profile.nib = row.profile.nib;
        EXPECT_EQ(ReasonOf(RunWith(*keys, same_nib)), "NIB_ALREADY_REGISTERED");
    }
    EXPECT_EQ(Count("identity_claims"), 3);  // What was taken for refused commands is given back.
    RegisterBusiness more = RegistrationCommand(1);
    more.additional_business = true;
    ASSERT_TRUE(RunWith(both_, more));
    EXPECT_EQ(Count("owners"), 1);
    EXPECT_EQ(Count("identity_claims WHERE kind = 1 AND subject_id = '" + row.owner_id + "'"), 2);
}

TEST_F(RotationTest, NothingNewIsMadeWithAReadonlyKey) {
    ASSERT_TRUE(RunWith(to_come_, Row(to_come_, 1)));
    EXPECT_EQ(Count("identity_claims WHERE get_byte(hash, 0) <> 1"), 0);
    ASSERT_TRUE(RunWith(going_, Row(going_, 2)));
    EXPECT_EQ(Count("identity_claims WHERE get_byte(hash, 0) = 2"), 3);
    EXPECT_EQ(Count("identity_claims"), 6);
}

TEST_F(RotationTest, MovesNumbersToTheNextKeyAndThenNeedsTheOldOneForRowsOnly) {
    constexpr int kPeople = 25;
    for (int number = 1; number <= kPeople; ++number) {
        ASSERT_TRUE(RunWith(first_, Row(first_, number)));
    }
    EXPECT_THAT(NeedsOf(KeyPurpose::kHash, 1), ElementsAre("claims 50", "import_rows 25"));
    Announce(both_);
    const RekeyCounts counts = RekeyWith(both_);
    EXPECT_EQ(counts.owners, kPeople);
    EXPECT_EQ(counts.claimed, 2 * kPeople);
    EXPECT_EQ(counts.removed, 0);
    EXPECT_THAT(NeedsOf(KeyPurpose::kHash, 1), ElementsAre("import_rows 25"));
    EXPECT_EQ(RekeyWith(both_).claimed, 0);  // Once more is nothing more.

    ASSERT_TRUE(Retire(KeyPurpose::kHash, 1));
    EXPECT_EQ(RekeyWith(going_).removed, 2 * kPeople);
    EXPECT_EQ(Count("identity_claims WHERE kind < 3 AND get_byte(hash, 0) = 1"), 0);
    EXPECT_EQ(Count("identity_claims WHERE kind = 3"), kPeople);
    EXPECT_EQ(ReasonOf(RunWith(second_, RegistrationCommand(kPeople))), "NIK_ALREADY_REGISTERED");
}

TEST_F(RotationTest, WrapsTheKeysOfOwnersByTheNextMasterKey) {
    for (int number = 1; number <= 12; ++number) ASSERT_TRUE(Run(RegistrationCommand(number)));
    const std::string next = "master 2 " + std::string(kThird) + "\n" + kFirstKey + "\n";
    const crypto::KeyRing both = HashKeys(next);
    EXPECT_THAT(NeedsOf(KeyPurpose::kMaster, 1), ElementsAre("owners 12"));
    Announce(both);
    EXPECT_EQ(RekeyWith(both).rewrapped, 12);
    EXPECT_THAT(NeedsOf(KeyPurpose::kMaster, 1), IsEmpty());
    EXPECT_EQ(RekeyWith(both).rewrapped, 0);

    const crypto::KeyRing only_next = crypto::Ring(next);
    const Queries queries(reads_, only_next);
    const auto page =
        queries.List({.regions = {"36"}, .owner_id = ""},
                     {.regions = {"36"}, .kind = {}, .scale = {}, .condition = {}}, {}, 20);
    ASSERT_EQ(page.businesses.size(), 12U);
    EXPECT_EQ(page.businesses.front().owner.name, "Siti Aminah");
}

// Whoever retires a key has looked for what needs it before, but not at what is made since.
TEST_F(RotationTest, AMasterKeyIsNotRetiredWhileSomethingIsSealedByIt) {
    ASSERT_TRUE(RunWith(first_, RegistrationCommand(1)));
    EXPECT_FALSE(Retire(KeyPurpose::kMaster, 1));
    EXPECT_EQ(Count("key_versions WHERE retired_at IS NOT NULL"), 0);
    EXPECT_TRUE(RunWith(first_, RegistrationCommand(2)));
}

TEST_F(RotationTest, AProcessThatWasNotRestartedSealsNothingByAMasterKeyThatIsGone) {
    const crypto::KeyRing both =
        HashKeys("master 2 " + std::string(kThird) + "\n" + kFirstKey + "\n");
    ASSERT_TRUE(RunWith(first_, RegistrationCommand(1)));
    Announce(both);
    RekeyWith(both);
    ASSERT_TRUE(Retire(KeyPurpose::kMaster, 1));
    EXPECT_EQ(Count("pg_constraint WHERE conname = 'not_by_master_1'"),
              Count("pg_attribute a JOIN pg_class c ON c.oid = a.attrelid"
                    " WHERE a.attname = 'wrapped_key' AND c.relkind = 'r'"))
        << "every table of data keys";
    const Outcome refused = RunWith(first_, RegistrationCommand(2));
    EXPECT_EQ(ReasonOf(refused), "INTERNAL");
    EXPECT_EQ(Count("businesses"), 1);
    EXPECT_TRUE(RunWith(both, RegistrationCommand(2)));
    EXPECT_TRUE(Retire(KeyPurpose::kMaster, 1)) << "killed before the key was out of the file";
}

TEST_F(RotationTest, RefusesToStartWithoutAKeyThatOthersUse) {
    Announce(first_);
    Announce(to_come_);
    EXPECT_NO_THROW(Announce(both_));
    EXPECT_THROW(Announce(first_), SettingError);
    EXPECT_THROW(Announce(second_), SettingError);
    ASSERT_TRUE(Retire(KeyPurpose::kHash, 1));
    EXPECT_NO_THROW(Announce(second_));
    EXPECT_THROW(Announce(first_), SettingError);
}

TEST_F(RotationTest, DoesNotRekeyWithoutAKeyThatOthersUse) {
    Announce(both_);
    EXPECT_THROW(RekeyWith(second_), std::runtime_error);
}

}  // namespace
}  // namespace bangkit::registration
