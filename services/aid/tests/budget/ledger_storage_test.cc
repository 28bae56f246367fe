// Money over the wire and in the database: what a budget says is what its postings add up to, and
// nobody can write anything else.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <thread>

#include "services/aid/tests/server_fixture.h"

namespace bangkit::aid {
namespace {

class LedgerTest : public AidTest {
protected:
    /// Posts in one transaction, as units of work do; the reasons of the refusals.
    std::vector<std::string> Post(const std::string& budget_id,
                                  const std::vector<PostingOrder>& orders) const {
        postgres::Connection connection(database_.dsn());
        connection.RunScript("SET bangkit.regions = '*'");
        postgres::Transaction transaction(connection);
        LedgerBook book;
        Lock(book, transaction, budget_id);
        std::vector<std::string> reasons;
        for (const PostingOrder& order : orders) {
            const Result<void> posted = book.Post(budget_id, order, "penyetuju", clock_.Now());
            reasons.push_back(posted ? "" : posted.error().reason);
        }
        book.Save(transaction);
        transaction.Commit();
        return reasons;
    }
    static void Lock(LedgerBook& book, postgres::Transaction& transaction,
                     const std::string& budget_id) {
        postgres::UuidArray budgets;
        budgets.Add(budget_id);
        book.Lock(transaction, budgets, {});
    }
    static PostingOrder Order(PostingKind kind, std::int64_t rupiah,
                              const std::string& application_id = NewId(kNow)) {
        return {.kind = kind, .amount = rupiah, .application_id = application_id};
    }
    /// The SQLSTATE with which the owner of the tables fails; empty: it can be done.
    std::string StateOf(const std::string& sql) const {
        postgres::Connection connection(database_.owner_dsn());
        try {
            connection.RunScript(sql);
            return "";
        } catch (const postgres::SqlError& error) {
            return error.state();
        }
    }
    v1::GetStatementResponse StatementOf(const std::string& budget_id, int page_size = 0,
                                         const std::string& page_token = "") const {
        v1::GetStatementRequest request;
        request.set_budget_id(budget_id);
        request.set_page_size(page_size);
        request.set_page_token(page_token);
        v1::GetStatementResponse response;
        EXPECT_EQ(Call(&LedgerStub::GetStatement, request, response, province_), "OK");
        return response;
    }

    static constexpr const char* kRefused = "23001";   // restrict_violation
    static constexpr const char* kViolated = "23514";  // check_violation
    static constexpr const char* kTaken = "23505";     // unique_violation
};

TEST_F(LedgerTest, MoneyIsAllocatedRevisedReservedPaidAndReturned) {
    const v1::Budget budget = Allocated(Allocation(Created(CashGrantBesideAll()).program_id()));
    EXPECT_EQ(budget.balances().available_rupiah(), 2'000'000'000);
    v1::Budget revised;
    EXPECT_EQ(Revise(budget.budget_id(), -500'000'000, province_, &revised), "OK");
    EXPECT_EQ(revised.balances().allocated_rupiah(), 1'500'000'000);
    const std::string application = NewId(kNow), other = NewId(kNow);
    EXPECT_THAT(Post(budget.budget_id(), {Order(PostingKind::kReservation, 1'000, application),
                                          Order(PostingKind::kReservation, 2'000, other),
                                          Order(PostingKind::kDisbursement, 1'000, application),
                                          Order(PostingKind::kReturn, 400, application),
                                          Order(PostingKind::kRelease, 2'000, other)}),
                ::testing::Each(""));
    const v1::RecountBudgetResponse recount = Recounted(budget.budget_id());
    EXPECT_TRUE(recount.matches());
    EXPECT_EQ(recount.recounted_postings(), 7);
    EXPECT_EQ(recount.recounted_recipients(), 1);
    EXPECT_EQ(recount.recounted().allocated_rupiah(), 1'500'000'000);
    EXPECT_EQ(recount.recounted().disbursed_rupiah(), 600);
    EXPECT_EQ(recount.recounted().returned_rupiah(), 400);
    EXPECT_EQ(recount.recounted().reserved_rupiah(), 0);
    EXPECT_EQ(recount.budget().version(), 2) << "postings of applications are no events of budgets";
    EXPECT_EQ(database_.Count("SELECT coalesce(sum(rupiah), 0)::bigint FROM ledger_entries"), 0);
}

TEST_F(LedgerTest, OneBudgetIsWrittenOnceHoweverManyPostings) {
    const v1::Budget budget = Allocated(Allocation(Created().program_id(), 1'000));
    std::vector<PostingOrder> orders(300, Order(PostingKind::kReservation, 4));
    for (PostingOrder& order : orders) order.application_id = NewId(kNow);
    const std::vector<std::string> reasons = Post(budget.budget_id(), orders);
    EXPECT_EQ(std::ranges::count(reasons, ""), 250) << "each is decided by itself";
    EXPECT_EQ(std::ranges::count(reasons, "BUDGET_EXHAUSTED"), 50);
    EXPECT_TRUE(Recounted(budget.budget_id()).matches());
}

// Two writers that loaded the same budget: the one that comes second writes nothing.
TEST_F(LedgerTest, WhatHasChangedSinceItWasLoadedIsALostRace) {
    const v1::Budget budget = Allocated(Allocation(Created().program_id(), 1'000));
    postgres::Connection connection(database_.dsn());
    connection.RunScript("SET bangkit.regions = '*'");
    postgres::Transaction transaction(connection);
    LedgerBook book;
    Lock(book, transaction, budget.budget_id());
    // As if nothing had been locked: what a writer with a stale view would do.
    transaction.Run(
        "UPDATE budgets SET available_rupiah = available_rupiah - 1,"
        " reserved_rupiah = 1, postings = postings + 1");
    EXPECT_TRUE(book.Post(budget.budget_id(), Order(PostingKind::kReservation, 1'000), "x", kNow));
    book.Save(transaction);
    EXPECT_THROW(transaction.Commit(), postgres::SqlError);
}

TEST_F(LedgerTest, NobodyChangesOrRemovesAPosting) {
    Allocated(Allocation(Created().program_id()));
    for (const char* sql :
         {"UPDATE ledger SET amount_rupiah = amount_rupiah + 1", "UPDATE ledger SET document = 'x'",
          "DELETE FROM ledger", "TRUNCATE ledger", "DELETE FROM budgets", "DELETE FROM rule_sets",
          "UPDATE exclusion_groups SET most = 9"}) {
        EXPECT_EQ(StateOf(sql), kRefused) << sql;
    }
    EXPECT_EQ(Count("ledger"), 1);
}

TEST_F(LedgerTest, TheDatabaseHasNoRoomForMoreThanWasAllocated) {
    v1::AllocateBudgetRequest allocation = Allocation(Created().program_id(), 1'000);
    allocation.set_quota(1);
    const std::string id = Allocated(allocation).budget_id();
    for (const char* sql :
         {"UPDATE budgets SET available_rupiah = -1, reserved_rupiah = 1001",
          "UPDATE budgets SET reserved_rupiah = -1", "UPDATE budgets SET disbursed_rupiah = -1",
          "UPDATE budgets SET returned_rupiah = -1", "UPDATE budgets SET recipients = 2"}) {
        EXPECT_EQ(StateOf(sql), kViolated) << sql;
    }
    const std::string insert =
        "INSERT INTO ledger (budget_id, number, kind, from_account, to_account, amount_rupiah,"
        " from_balance_rupiah, to_balance_rupiah, recipients, application_id, document, posted_at,"
        " posted_by) SELECT budget_id, ";
    const std::string application = "'" + NewId(kNow) + "'";
    const auto posting = [&](const std::string& values) {
        return StateOf(insert + values + ", now(), 'x' FROM budgets");
    };
    EXPECT_EQ(posting("2, 3, 2, 3, 1001, -1, 1001, 1, " + application + ", ''"), kViolated)
        << "an account is overdrawn";
    EXPECT_EQ(posting("2, 3, 2, 4, 1, 999, 1, 1, " + application + ", ''"), kViolated)
        << "money goes no such way";
    EXPECT_EQ(posting("2, 3, 2, 3, -1, 999, 1, 1, " + application + ", ''"), kViolated);
    EXPECT_EQ(posting("2, 3, 2, 3, 1, 999, 1, 1, NULL, 'DPA-1'"), kViolated)
        << "nobody is named who gets it";
    EXPECT_EQ(posting("2, 2, 1, 2, 1, -1001, 1001, 0, NULL, ''"), kViolated)
        << "no document says so";
    EXPECT_EQ(posting("1, 3, 2, 3, 1, 999, 1, 1, " + application + ", ''"), kTaken)
        << "a number has one posting";
    EXPECT_EQ(posting("2, 3, 2, 3, 1, 999, 1, 1, " + application + ", ''"), "");
    EXPECT_EQ(posting("3, 3, 2, 3, 1, 998, 2, 1, " + application + ", ''"), kTaken)
        << "an application is reserved once";
    EXPECT_FALSE(Recounted(id).matches()) << "the recount sees what was written beside the book";
}

TEST_F(LedgerTest, ARegionHasOneBudgetOfAProgramHoweverManyAsk) {
    const std::string program = Created().program_id();
    std::vector<std::string> answers(16);
    {
        std::vector<std::jthread> callers;
        for (std::string& answer : answers) {
            callers.emplace_back([this, &answer, request = Allocation(program)] {
                v1::AllocateBudgetResponse response;
                answer = Call(&LedgerStub::AllocateBudget, request, response, province_);
            });
        }
    }
    EXPECT_EQ(std::ranges::count(answers, "OK"), 1);
    EXPECT_EQ(std::ranges::count(answers, "ALREADY_EXISTS BUDGET_ALLOCATED"), 15);
    EXPECT_EQ(Count("ledger"), 1);
}

TEST_F(LedgerTest, TwinsOfARequestMoveMoneyOnce) {
    const v1::AllocateBudgetRequest request = Allocation(Created().program_id());
    std::vector<std::string> ids(50);
    {
        std::vector<std::jthread> callers;
        for (std::string& id : ids) {
            callers.emplace_back([this, &id, &request] {
                v1::AllocateBudgetResponse response;
                EXPECT_EQ(Call(&LedgerStub::AllocateBudget, request, response, province_), "OK");
                id = response.budget().budget_id();
            });
        }
    }
    EXPECT_THAT(ids, ::testing::Each(ids.front()));
    EXPECT_EQ(Count("ledger"), 1);
    v1::AllocateBudgetRequest other = request;
    other.set_amount_rupiah(1);
    EXPECT_EQ(Allocate(other, province_), "FAILED_PRECONDITION REQUEST_ID_REUSED");
}

TEST_F(LedgerTest, ARevisionIsRefusedForWhatIsSpentAndForWhatWasNotSeen) {
    const v1::Budget budget = Allocated(Allocation(Created().program_id(), 1'000));
    const std::string& id = budget.budget_id();
    Post(id, {Order(PostingKind::kReservation, 400)});
    EXPECT_EQ(Revise(id, -601, province_), "FAILED_PRECONDITION BUDGET_EXHAUSTED");
    EXPECT_EQ(Revise(id, -600, province_, nullptr, "2"), "ABORTED ETAG_STALE");
    EXPECT_EQ(Revise(id, -600, province_, nullptr, budget.etag()), "OK");
    EXPECT_EQ(Revise(id, kBudgetMax, province_), "FAILED_PRECONDITION BUDGET_TOO_LARGE");
    EXPECT_EQ(Revise(id, 0, province_), "INVALID_ARGUMENT FIELDS_INVALID");
    EXPECT_TRUE(Recounted(id).matches());
}

TEST_F(LedgerTest, OnlyWhoOwnsTheProgramMovesItsMoney) {
    const std::string program = Created().program_id();
    EXPECT_EQ(Allocate(Allocation(program, 1'000, "18.71"), city_), "NOT_FOUND PROGRAM_NOT_FOUND");
    EXPECT_EQ(Allocate(Allocation(program), elsewhere_), "NOT_FOUND PROGRAM_NOT_FOUND");
    EXPECT_EQ(Allocate(Allocation(NewId(kNow)), province_), "NOT_FOUND PROGRAM_NOT_FOUND");
    EXPECT_EQ(Allocate(Allocation(program, 1'000, "36.74"), province_),
              "FAILED_PRECONDITION REGION_OUTSIDE_PROGRAM");
    const std::string id = Allocated(Allocation(program, 1'000, "18.71")).budget_id();
    for (const std::string& token : {city_, elsewhere_}) {
        EXPECT_EQ(Revise(id, 1, token), "NOT_FOUND BUDGET_NOT_FOUND");
    }
    EXPECT_EQ(Count("ledger"), 1);
}

TEST_F(LedgerTest, IsReadByWhoReachesTheRegion) {
    const std::string program = Created().program_id();
    const std::string city = Allocated(Allocation(program, 1'000, "18.71")).budget_id();
    const std::string all = Allocated(Allocation(program, 2'000, "18")).budget_id();
    const auto get = [this](const std::string& id, const std::string& token) {
        v1::GetBudgetRequest request;
        request.set_budget_id(id);
        v1::GetBudgetResponse response;
        return Call(&LedgerStub::GetBudget, request, response, token);
    };
    const auto statement = [this](const std::string& id, const std::string& token) {
        v1::GetStatementRequest request;
        request.set_budget_id(id);
        v1::GetStatementResponse response;
        return Call(&LedgerStub::GetStatement, request, response, token);
    };
    const auto recount = [this](const std::string& id, const std::string& token) {
        v1::RecountBudgetRequest request;
        request.set_budget_id(id);
        v1::RecountBudgetResponse response;
        return Call(&LedgerStub::RecountBudget, request, response, token);
    };
    const auto list = [&](const std::string& token) {
        v1::ListBudgetsRequest request;
        request.set_program_id(program);
        v1::ListBudgetsResponse response;
        const std::string name = Call(&LedgerStub::ListBudgets, request, response, token);
        return name == "OK" ? std::to_string(response.budgets_size()) : name;
    };
    for (const auto& read :
         {std::function(get), std::function(statement), std::function(recount)}) {
        EXPECT_EQ(read(city, province_), "OK");
        EXPECT_EQ(read(city, city_), "OK");
        EXPECT_EQ(read(all, city_), "NOT_FOUND BUDGET_NOT_FOUND") << "the province's own";
        EXPECT_EQ(read(city, elsewhere_), "NOT_FOUND BUDGET_NOT_FOUND");
        EXPECT_EQ(read(NewId(kNow), province_), "NOT_FOUND BUDGET_NOT_FOUND");
    }
    EXPECT_EQ(list(province_), "2");
    EXPECT_EQ(list(city_), "1");
    EXPECT_EQ(list(elsewhere_), "NOT_FOUND PROGRAM_NOT_FOUND");
}

TEST_F(LedgerTest, StatementsComeInPages) {
    const v1::Budget budget = Allocated(Allocation(Created().program_id(), 1'000));
    const std::string& id = budget.budget_id();
    for (int i = 0; i < 4; ++i) EXPECT_EQ(Revise(id, 10, province_), "OK");
    std::vector<std::int64_t> numbers, balances;
    std::string token;
    do {
        const v1::GetStatementResponse page = StatementOf(id, 2, token);
        for (const v1::Posting& posting : page.postings()) {
            numbers.push_back(posting.number());
            balances.push_back(posting.to_balance_rupiah());
        }
        token = page.next_page_token();
    } while (!token.empty());
    EXPECT_EQ(numbers, (std::vector<std::int64_t>{1, 2, 3, 4, 5}));
    EXPECT_EQ(balances, (std::vector<std::int64_t>{1'000, 1'010, 1'020, 1'030, 1'040}));
    v1::GetStatementRequest foreign;
    foreign.set_budget_id(NewId(kNow));
    foreign.set_page_token(StatementOf(id, 2).next_page_token());
    v1::GetStatementResponse response;
    EXPECT_EQ(Call(&LedgerStub::GetStatement, foreign, response, province_),
              "INVALID_ARGUMENT FIELDS_INVALID");
}

TEST_F(LedgerTest, BudgetsComeInPagesByRegion) {
    const std::string program = Created().program_id();
    for (const char* region : {"18.71", "18.01", "18.72"}) {
        Allocated(Allocation(program, 1'000, region));
    }
    v1::ListBudgetsRequest request;
    request.set_program_id(program);
    request.set_page_size(2);
    std::vector<std::string> regions;
    do {
        v1::ListBudgetsResponse page;
        ASSERT_EQ(Call(&LedgerStub::ListBudgets, request, page, province_), "OK");
        for (const v1::Budget& budget : page.budgets()) regions.push_back(budget.region_code());
        request.set_page_token(page.next_page_token());
    } while (!request.page_token().empty());
    EXPECT_THAT(regions, ::testing::ElementsAre("18.01", "18.71", "18.72"));
}

TEST_F(LedgerTest, AnApplicationDrawsOnTheSmallestRegionAroundIt) {
    const std::string program = Created().program_id();
    Allocated(Allocation(program, 1'000, "18"));
    Allocated(Allocation(program, 1'000, "18.71"));
    postgres::Connection connection(database_.dsn());
    connection.RunScript("SET bangkit.regions = '*'");
    postgres::Transaction transaction(connection);
    postgres::UuidArray programs;
    programs.Add(program);
    LedgerBook book;
    book.Lock(transaction, {}, programs);
    EXPECT_EQ(book.FindFor(program, "18.71.05.1002")->region_code, "18.71");
    EXPECT_EQ(book.FindFor(program, "18.72")->region_code, "18");
    EXPECT_EQ(book.FindFor(program, "36.74"), nullptr);
    EXPECT_EQ(book.FindOf(program, "18.71.05"), nullptr);
}

TEST_F(LedgerTest, EveryChangeIsPublishedAndAudited) {
    const v1::Budget budget = Allocated(Allocation(Created().program_id(), 1'000));
    EXPECT_EQ(Revise(budget.budget_id(), 500, province_), "OK");
    EXPECT_EQ(Count("outbox WHERE aggregate_type = 'budget'"), 2);
    EXPECT_EQ(Count("audit_entries WHERE target = 'budget/" + budget.budget_id() +
                    "' AND outcome = 'OK'"),
              2);
    EXPECT_EQ(database_.Text("SELECT string_agg(type, ' ' ORDER BY version) FROM outbox"
                             " WHERE aggregate_type = 'budget'"),
              "bangkit.aid.v1.BudgetAllocated bangkit.aid.v1.BudgetRevised");
}

}  // namespace
}  // namespace bangkit::aid
