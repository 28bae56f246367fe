// Double aid in the database: what cannot be had together, whatever the service believes.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>

#include "services/aid/storage/application/claim_book.h"
#include "services/aid/tests/server_fixture.h"

namespace bangkit::aid {
namespace {

class DoubleAidTest : public AidTest {
protected:
    void InTransaction(const std::function<void(postgres::Transaction&)>& work) const {
        postgres::Connection connection(database_.dsn());
        connection.RunScript("SET bangkit.regions = '*'");
        postgres::Transaction transaction(connection);
        work(transaction);
        transaction.Commit();
    }
    static void Load(ClaimBook& book, postgres::Transaction& transaction, const ProgramTerms& terms,
                     const Applicant& applicant, const std::string& application_id) {
        book.Load(transaction, ClaimKeysOf(terms, applicant).value(), {application_id});
    }
    /// "" or the reason of the refusal.
    std::string Claim(const ProgramTerms& terms, const Applicant& applicant,
                      const std::string& application_id) const {
        std::string reason;
        InTransaction([&](postgres::Transaction& transaction) {
            ClaimBook book;
            Load(book, transaction, terms, applicant, application_id);
            const Result<void> claimed = book.Claim(terms, applicant, application_id, {});
            if (!claimed) reason = claimed.error().reason;
            book.Save(transaction);
        });
        return reason;
    }
    void Release(const std::string& application_id) const {
        InTransaction([&](postgres::Transaction& transaction) {
            ClaimBook book;
            book.Load(transaction, {}, {application_id});
            book.Release(application_id);
            book.Save(transaction);
        });
    }
    void Post(const std::string& budget_id, PostingKind kind,
              const std::string& application_id) const {
        InTransaction([&](postgres::Transaction& transaction) {
            postgres::UuidArray budgets;
            budgets.Add(budget_id);
            LedgerBook book;
            book.Lock(transaction, budgets, {});
            EXPECT_TRUE(book.Post(budget_id,
                                  {.kind = kind, .amount = 100, .application_id = application_id},
                                  "x", kNow));
            book.Save(transaction);
        });
    }
    /// The SQLSTATE with which it fails.
    static std::string StateOf(const std::function<void()>& work) {
        try {
            work();
            return "";
        } catch (const postgres::SqlError& error) {
            return error.state();
        }
    }
    std::string StateOfSql(const std::string& sql) const {
        return StateOf([&] { postgres::Connection(database_.owner_dsn()).RunScript(sql); });
    }
    static Applicant Somebody(const std::string& business, const std::string& owner) {
        return {.business_id = business,
                .owner_id = owner,
                .household = "keluarga",
                .region_code = "18"};
    }
    /// Two of a family, one of an owner and a year.
    static ProgramTerms Terms(int year = 2026) {
        ProgramTerms terms = CashGrant();
        terms.fiscal_year = year;
        terms.exclusions = {{"TAHUNAN", ExclusionScope::kOwner, ExclusionSpan::kFiscalYear, 1},
                            {"KELUARGA", ExclusionScope::kHousehold, ExclusionSpan::kEver, 2}};
        return terms;
    }
};

TEST_F(DoubleAidTest, OnePerOwnerAndYearTwoPerFamily) {
    Created(Terms());
    const std::string first = NewId(kNow);
    EXPECT_EQ(Claim(Terms(), Somebody("b1", "siti"), first), "");
    EXPECT_EQ(Claim(Terms(), Somebody("b1", "siti"), first), "") << "a correction of the same";
    EXPECT_EQ(Claim(Terms(), Somebody("b2", "siti"), NewId(kNow)), "DOUBLE_AID")
        << "another business of hers";
    EXPECT_EQ(Claim(Terms(2027), Somebody("b1", "siti"), NewId(kNow)), "") << "another year";
    EXPECT_EQ(Claim(Terms(), Somebody("b3", "budi"), NewId(kNow)), "DOUBLE_AID")
        << "the third of the family";
    EXPECT_EQ(Count("aid_claims"), 4);
}

TEST_F(DoubleAidTest, ProgramsOfOneGroupExcludeEachOther) {
    Created(Terms());
    ProgramTerms other = Terms();
    other.name = "Program lain";
    Created(other);
    EXPECT_EQ(Claim(Terms(), Somebody("b1", "siti"), NewId(kNow)), "");
    EXPECT_EQ(Claim(other, Somebody("b1", "siti"), NewId(kNow)), "DOUBLE_AID");
}

TEST_F(DoubleAidTest, WhatIsGivenBackIsFreeForTheNext) {
    Created(Terms());
    const std::string first = NewId(kNow), next = NewId(kNow);
    EXPECT_EQ(Claim(Terms(), Somebody("b1", "siti"), first), "");
    Release(first);
    EXPECT_EQ(Count("aid_claims"), 0);
    EXPECT_EQ(Claim(Terms(), Somebody("b2", "siti"), next), "");
    InTransaction([&](postgres::Transaction& transaction) {  // Both in one transaction.
        ClaimBook book;
        Load(book, transaction, Terms(), Somebody("b3", "siti"), next);
        book.Release(next);
        EXPECT_TRUE(book.Claim(Terms(), Somebody("b3", "siti"), first, {}));
        book.Save(transaction);
    });
    EXPECT_EQ(Count("aid_claims WHERE application_id = '" + first + "'"), 2);
    EXPECT_EQ(Count("aid_claims"), 2);
}

TEST_F(DoubleAidTest, OfOneTransactionTheFirstHasIt) {
    Created(Terms());
    InTransaction([](postgres::Transaction& transaction) {
        ClaimBook book;
        const std::string first = NewId(kNow), second = NewId(kNow);
        Load(book, transaction, Terms(), Somebody("b1", "siti"), first);
        EXPECT_TRUE(book.Claim(Terms(), Somebody("b1", "siti"), first, {}));
        EXPECT_FALSE(book.Claim(Terms(), Somebody("b2", "siti"), second, {}));
        book.Release(first);
        EXPECT_TRUE(book.Claim(Terms(), Somebody("b2", "siti"), second, {}));
        book.Save(transaction);
    });
    EXPECT_EQ(Count("aid_claims"), 2);
}

// Two processes that saw the same free place: the key decides.
TEST_F(DoubleAidTest, OfTwoThatSawTheSamePlaceOneLosesTheRace) {
    Created(Terms());
    const auto claim_unseen = [this] {
        InTransaction([](postgres::Transaction& transaction) {
            ClaimBook book;  // That has loaded nothing.
            EXPECT_TRUE(book.Claim(Terms(), Somebody("b1", "siti"), NewId(kNow), {}));
            book.Save(transaction);
        });
    };
    EXPECT_EQ(StateOf(claim_unseen), "");
    EXPECT_EQ(StateOf(claim_unseen), "23505");
    EXPECT_EQ(Count("aid_claims"), 2);
}

TEST_F(DoubleAidTest, TheDatabaseHasNoPlaceBehindTheLast) {
    Created(Terms());
    EXPECT_EQ(Claim(Terms(), Somebody("b1", "siti"), NewId(kNow)), "");
    const std::string of_family = "INSERT INTO aid_claims SELECT group_code, scope, subject, ";
    EXPECT_EQ(StateOfSql(of_family + "year, 3, span, most, application_id FROM aid_claims"
                                     " WHERE group_code = 'KELUARGA'"),
              "23514")
        << "the group has two places";
    EXPECT_EQ(StateOfSql(of_family + "year, 3, span, 3, application_id FROM aid_claims"
                                     " WHERE group_code = 'KELUARGA'"),
              "23503")
        << "the group means something else";
    EXPECT_EQ(StateOfSql(of_family + "2026, 2, span, most, application_id FROM aid_claims"
                                     " WHERE group_code = 'KELUARGA'"),
              "23514")
        << "in all years together";
}

TEST_F(DoubleAidTest, NobodyIsPaidWithoutAClaimNorGivesItBackAfterwards) {
    const v1::Program program = Created(Terms());
    const std::string budget = Allocated(Allocation(program.program_id(), 1'000)).budget_id();
    const std::string application = NewId(kNow);
    Post(budget, PostingKind::kReservation, application);
    EXPECT_EQ(StateOf([&] { Post(budget, PostingKind::kDisbursement, application); }), "23001");
    EXPECT_EQ(Claim(Terms(), Somebody("b1", "siti"), application), "");
    Post(budget, PostingKind::kDisbursement, application);
    EXPECT_EQ(StateOf([&] { Release(application); }), "23001");
    for (const char* sql : {"DELETE FROM aid_claims", "UPDATE aid_claims SET subject = 'budi'",
                            "TRUNCATE aid_claims", "DELETE FROM program_exclusions"}) {
        EXPECT_EQ(StateOfSql(sql), "23001") << sql;
    }
    EXPECT_EQ(Claim(Terms(), Somebody("b1", "siti"), NewId(kNow)), "DOUBLE_AID");
}

}  // namespace
}  // namespace bangkit::aid
