// The search for businesses that were registered twice: what it finds, whoever is killed, and that
// it forgets whom it has to forget.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <thread>

#include "services/registration/storage/erasure.h"
#include "services/registration/storage/key_versions.h"
#include "services/registration/storage/rekey.h"
#include "services/registration/tests/dump.h"
#include "services/registration/tests/duplicate_fixture.h"

namespace bangkit::registration {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::Not;

class DuplicateSearchTest : public DuplicatesTest {
protected:
    /// Shops, some of which were registered twice or three times.
    void RegisterMany() {
        std::vector<Command> commands;
        for (int number = 1; number <= 30; ++number) {
            const RegisterBusiness shop = Shop(number);
            commands.emplace_back(shop);
            for (int copy = 0; copy < number % 3; ++copy) commands.emplace_back(Again(shop));
        }
        for (const Outcome& outcome : RunTogether(commands)) ASSERT_TRUE(outcome);
    }
    void ForgetAll() { database_.Execute("TRUNCATE duplicates, duplicate_traits, duplicate_keys"); }
    crypto::KeyRing HashKeys(const std::string& lines) const {
        return crypto::Ring("environment development\nmaster 1 " + std::string(crypto::kAscending) +
                            "\n" + lines);
    }
    void SearchWith(const crypto::KeyRing& keys) {
        DuplicateSearcher searcher(database_.dsn(), keys, metrics_);
        while (searcher.Turn()) {
        }
    }
};

TEST_F(DuplicateSearchTest, FindsABusinessThatWasTakenDownTwice) {
    const RegisterBusiness first = BuSiti();
    RegisterBusiness second = Again(first);
    second.profile.name = "WR. IBU SITTI";
    second.profile.address = "Jalan Melati 12";
    second.owner.name = "Aminah Siti";
    ASSERT_TRUE(Run(first));
    ASSERT_TRUE(Run(Shop(2)));
    ASSERT_TRUE(Run(second));
    Search();
    ASSERT_EQ(Count("duplicates"), 1);
    const BusinessPair pair = PairOf(first.business_id, second.business_id);
    EXPECT_EQ(Count("duplicates WHERE state = 1 AND score = 100 AND region_code = '36.74.05.1002'"
                    " AND first_id = '" +
                    pair.first + "' AND second_id = '" + pair.second + "'"),
              1);
    // Same phone, same owner's name, same name, same address, same village.
    constexpr int kReasons = 1 << 2 | 1 << 3 | 1 << 4 | 1 << 6 | 1 << 8;
    EXPECT_EQ(Count("duplicates WHERE reasons = " + std::to_string(kReasons)), 1);
}

TEST_F(DuplicateSearchTest, LeavesShopsOfOneNameInNeighbouringVillagesAlone) {
    RegisterBusiness other = Shop(2);
    other.profile.name = "Warung Bu Siti";
    other.owner.name = "Siti Rahayu";
    other.profile.region_code = "36.74.05.1003";
    ASSERT_TRUE(Run(BuSiti()));
    ASSERT_TRUE(Run(other));
    Search();
    EXPECT_EQ(Count("duplicates"), 0);
}

TEST_F(DuplicateSearchTest, ComparesAgainWhatHasChanged) {
    RegisterBusiness second = Again(Shop(2));
    ASSERT_TRUE(Run(BuSiti()));
    ASSERT_TRUE(Run(second));
    Search();
    ASSERT_EQ(Count("duplicates"), 0);
    UpdateBusiness correction;
    correction.business_id = second.business_id;
    correction.details = {Detail::kName, Detail::kAddress, Detail::kOwnerName};
    correction.profile = BuSiti().profile;
    correction.owner.name = "Siti Aminah";
    ASSERT_TRUE(Run(correction));
    Search();
    EXPECT_EQ(Count("duplicates"), 1);
    EXPECT_EQ(Count("duplicate_traits WHERE version = 2 AND name = 'siti'"), 1);
}

TEST_F(DuplicateSearchTest, FindsWhoComesLateWithAnOlderId) {
    RegisterBusiness late = Again(BuSiti());
    late.business_id = NewId(kNow - std::chrono::hours(1));
    ASSERT_TRUE(Run(BuSiti()));
    DuplicateSearcher searcher(database_.dsn(), keys_, metrics_);
    while (searcher.Turn()) {
    }
    ASSERT_TRUE(Run(late));
    while (searcher.Turn()) {
    }
    EXPECT_EQ(Count("duplicates"), 1);
}

TEST_F(DuplicateSearchTest, FindsTheSameWhoeverIsKilledWhenever) {
    RegisterMany();
    Search();
    const std::string pairs = Pairs();
    ASSERT_EQ(Count("duplicates"), 10 * 1 + 10 * 3);
    ForgetAll();
    DuplicateSearcher killed(database_.dsn(), keys_, metrics_, {.span = 7, .batch = 3});
    for (int turn = 0; turn < 60; ++turn) {
        if (turn % 3 == 0) {  // Its connection ends, and what it was about to write is void.
            database_.KillOtherConnections();
            try {
                killed.Turn();
            } catch (const std::exception&) {  // The next turn begins anew.
            }
        } else if (turn % 5 == 0) {  // Somebody else goes on, who knows nothing.
            DuplicateSearcher(database_.dsn(), keys_, metrics_, {.span = 7, .batch = 3}).Turn();
        } else {
            killed.Turn();
        }
    }
    Search();
    EXPECT_EQ(Pairs(), pairs);
}

TEST_F(DuplicateSearchTest, FindsTheSameHoweverManyAreAtIt) {
    RegisterMany();
    Search();
    const std::string pairs = Pairs();
    ForgetAll();
    {
        std::vector<std::jthread> searchers;
        for (int i = 0; i < 3; ++i) {
            searchers.emplace_back([this] { Search({.span = 11, .batch = 2}); });
        }
    }
    Search();  // Who found others at it left it to them.
    EXPECT_EQ(Pairs(), pairs);
}

TEST_F(DuplicateSearchTest, OnceMoreFindsNothingMore) {
    RegisterMany();
    Search();
    const std::string all =
        database_.Text("SELECT string_agg(d::text, ';' ORDER BY duplicate_id) FROM duplicates d");
    database_.Execute("UPDATE duplicate_traits SET version = 0");
    Search();
    EXPECT_EQ(
        database_.Text("SELECT string_agg(d::text, ';' ORDER BY duplicate_id) FROM duplicates d"),
        all);
}

TEST_F(DuplicateSearchTest, LeavesWhatPeopleHaveDecided) {
    ASSERT_TRUE(Run(BuSiti()));
    ASSERT_TRUE(Run(Again(BuSiti())));
    Search();
    ASSERT_TRUE(RunReview(RejectDuplicate{PairId(), 1}));
    database_.Execute("UPDATE duplicate_traits SET version = 0; UPDATE duplicates SET score = 61");
    Search();
    EXPECT_EQ(Count("duplicates WHERE state = 3 AND version = 2 AND score = 61"), 1);
}

TEST_F(DuplicateSearchTest, MeetsWhoeverLivesAndNobodyElse) {
    const RegisterBusiness first = BuSiti(), second = Again(BuSiti()), third = Again(BuSiti());
    ASSERT_TRUE(Run(first));
    ASSERT_TRUE(Run(second));
    ASSERT_TRUE(MergeTwo(first.business_id, second.business_id));
    Search();
    EXPECT_EQ(Count("duplicates"), 0);
    ASSERT_TRUE(Run(third));
    Search();
    EXPECT_EQ(Count("duplicates"), 1) << "the first and the third";
    ASSERT_TRUE(Undo(second.business_id));
    Search();
    EXPECT_EQ(Count("duplicates"), 3);
}

TEST_F(DuplicateSearchTest, IsBoundedHoweverManyAreAlike) {
    std::vector<Command> commands;
    for (int number = 1; number <= 120; ++number) {
        RegisterBusiness shop = Again(BuSiti());
        shop.owner.phone.clear();
        commands.emplace_back(std::move(shop));
    }
    for (const Outcome& outcome : RunTogether(commands)) ASSERT_TRUE(outcome);
    Search({.batch = 10, .met_by_key = 15, .pairs_max = 4});
    EXPECT_GT(Count("duplicates"), 0);
    EXPECT_LE(Count("duplicates"), 120 * 4);
}

TEST_F(DuplicateSearchTest, KeepsNothingPersonalReadable) {
    ASSERT_TRUE(Run(BuSiti()));
    ASSERT_TRUE(Run(Again(BuSiti())));
    Search();
    const std::string dump = Dump(database_);
    ASSERT_THAT(dump, HasSubstr("melati 12"));
    for (const char* secret : {"Aminah", "aminah", "amina", "6281200010001"}) {
        EXPECT_THAT(dump, Not(HasSubstr(secret)));
    }
}

TEST_F(DuplicateSearchTest, ForgetsWhoIsErasedAndDoesNotLookAgain) {
    ASSERT_TRUE(Run(BuSiti()));
    ASSERT_TRUE(Run(Again(BuSiti())));
    RegisterBusiness cooperative = Shop(5);
    cooperative.profile.kind = Kind::kCooperative;
    cooperative.owner = BuSiti().owner;
    cooperative.owner.nik.clear();
    ASSERT_TRUE(Run(cooperative));
    Search();
    ASSERT_GE(Count("duplicates"), 1);
    postgres::Connection connection(database_.dsn());
    connection.RunScript("SET bangkit.regions = '*'");
    postgres::Transaction transaction(connection);
    const postgres::Rows rows = transaction.Run("SELECT owner_id FROM owners");
    postgres::UuidArray ids;
    for (int i = 0; i < rows.size(); ++i) ids.Add(rows.Uuid(i, 0));
    Erasure erasure(keys_);
    erasure.Load(transaction, ids);
    for (int i = 0; i < rows.size(); ++i)
        erasure.Erase(rows.Uuid(i, 0), clock_.Now(), clock_.Now());
    erasure.Save(transaction, clock_.Now());
    transaction.Commit();
    EXPECT_EQ(Count("duplicates"), 0);
    EXPECT_EQ(Count("duplicate_traits"), 0);
    EXPECT_EQ(Count("duplicate_keys"), 0);
    Search();
    EXPECT_EQ(Count("duplicates"), 0);
    EXPECT_EQ(Count("duplicate_traits WHERE phone <> '{}' OR owner_name <> '{}'"), 0);
    EXPECT_THAT(Dump(database_), Not(HasSubstr("melati 12")));
    EXPECT_EQ(Count("duplicate_traits WHERE name <> ''"), 1)
        << "a cooperative is more than its chair";
}

TEST_F(DuplicateSearchTest, WaitsForAnErasureAndIsWaitedFor) {
    ASSERT_TRUE(Run(BuSiti()));
    const std::string owner_id = database_.Text("SELECT owner_id::text FROM owners");
    postgres::Connection connection(database_.dsn());
    connection.RunScript("SET bangkit.regions = '*'");
    postgres::Transaction transaction(connection);
    postgres::UuidArray ids;
    ids.Add(owner_id);
    Erasure erasure(keys_);
    erasure.Load(transaction, ids);
    erasure.Erase(owner_id, clock_.Now(), clock_.Now());
    {
        const std::jthread searching([this] { Search(); });
        database_.AwaitLockWaits();
        erasure.Save(transaction, clock_.Now());
        transaction.Commit();
    }
    EXPECT_EQ(Count("duplicate_keys"), 0);
    EXPECT_EQ(Count("duplicate_traits WHERE phone <> '{}' OR name <> ''"), 0);
}

TEST_F(DuplicateSearchTest, MeetsByAPhoneWhileKeysChange) {
    const std::string first_key = "hash 1 " + std::string(crypto::kDescending) + "\n";
    const std::string second_key = "hash 2 " + std::string(crypto::kAscending) + "\n";
    const crypto::KeyRing old_ring = HashKeys(first_key), both = HashKeys(first_key + second_key);
    RegisterBusiness first = BuSiti(), second = Again(first);
    first.profile.address.clear();  // Only the phone and the owner's name tell.
    second.profile.name = "Makan Siti";
    second.profile.region_code = "36.74.05.1003";
    ASSERT_TRUE(Run(first));
    SearchWith(old_ring);
    ASSERT_TRUE(Run(second));
    SearchWith(both);
    EXPECT_EQ(Count("duplicates"), 1);
}

TEST_F(DuplicateSearchTest, NeedsAKeyUntilItHasBeenRotated) {
    const std::string first_key = "hash 1 " + std::string(crypto::kDescending);
    const std::string second_key = "hash 2 " + std::string(crypto::kAscending) + "\n";
    const crypto::KeyRing both = HashKeys(first_key + "\n" + second_key);
    const crypto::KeyRing going = HashKeys(first_key + " readonly\n" + second_key);
    ASSERT_TRUE(Run(BuSiti()));
    ASSERT_TRUE(Run(Again(BuSiti())));
    Search();
    postgres::Connection connection(database_.dsn());
    const auto needs = [&] {
        std::vector<std::string> found;
        for (const KeyNeed& need : WhatNeedsKey(connection, crypto::KeyPurpose::kHash, 1)) {
            found.push_back(need.what + " " + std::to_string(need.count));
        }
        return found;
    };
    EXPECT_THAT(needs(), Contains("duplicate_traits 2"));
    AnnounceKeys(connection, both);
    Rekey(connection, both, 10);
    EXPECT_THAT(needs(), Not(Contains(HasSubstr("duplicate_traits"))));
    EXPECT_EQ(Count("duplicate_traits WHERE hash_versions @> '{1,2}'"), 2);
    database_.Execute("UPDATE duplicate_traits SET version = 0");
    SearchWith(going);
    EXPECT_EQ(Count("duplicate_traits WHERE hash_versions = '{2}'"), 2);
    EXPECT_EQ(Count("duplicates"), 1);
}

}  // namespace
}  // namespace bangkit::registration
