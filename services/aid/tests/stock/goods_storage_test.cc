// Goods: reserved with the approval, never promised twice, and given to who has learned to use
// them.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <set>
#include <span>
#include <thread>

#include "libs/command/unit_of_work.h"
#include "services/aid/storage/application/application_unit_of_work.h"
#include "services/aid/tests/stock/goods_fixture.h"

namespace bangkit::aid {
namespace {

using ::testing::ElementsAre;
using ::testing::UnorderedElementsAre;

/// What the province orders, as it comes to a transaction.
ApplicationUnitOfWork::Pending Ordered(const std::string& application_id, const auto& deed) {
    ApplicationUnitOfWork::Pending pending;
    pending.caller = {.subject = "dinas", .roles = {"province"}, .regions = {"18"}};
    pending.command.application_id = application_id;
    pending.command.deed = deed;
    return pending;
}

/// "OK" or the reason, of each of them in the same transaction.
std::vector<std::string> Answers(postgres::Transaction& transaction, const crypto::KeyRing& keys,
                                 std::span<const ApplicationUnitOfWork::Pending> orders) {
    transaction.Run("SELECT set_config('bangkit.regions', '*', true)");
    std::vector<const ApplicationUnitOfWork::Pending*> batch;
    for (const auto& order : orders) batch.push_back(&order);
    ApplicationUnitOfWork unit(keys);
    std::vector<std::string> answers;
    for (const command::Outcome& outcome :
         command::RunCommands<ApplicationUnitOfWork>(unit, transaction, batch, kNow)) {
        answers.push_back(outcome ? "OK" : outcome.error().reason);
    }
    return answers;
}

TEST_F(StockedTest, AnApprovalReservesAndAHandOverTakesOut) {
    const std::string first = Approved(program_, Known().id);
    EXPECT_EQ(Quantity("available", warehouse_), 6);
    EXPECT_EQ(Quantity("reserved", warehouse_), 4);
    const v1::Handover handover = HandedOver(first);
    EXPECT_EQ(handover.receipt(), "BAST/GDG-1/2026/000001");
    ASSERT_EQ(handover.goods_size(), 1);
    EXPECT_EQ(handover.goods(0).item_id(), item_);
    EXPECT_EQ(handover.goods(0).quantity(), 4);
    EXPECT_EQ(Quantity("reserved", warehouse_), 0);
    EXPECT_EQ(Quantity("handed_over", warehouse_), 4);
    v1::Application application;
    EXPECT_EQ(Get(first, province_, &application), "OK");
    EXPECT_EQ(application.state(), v1::APPLICATION_STATE_DISBURSED);
    EXPECT_EQ(HandedOver(Approved(program_, Known().id)).receipt(), "BAST/GDG-1/2026/000002");
    ExpectStocktaking();
    EXPECT_EQ(Count("outbox WHERE type = 'bangkit.aid.v1.GoodsHandedOver'"), 2);
    EXPECT_EQ(Count("stock s WHERE version <> (SELECT count(*) FROM outbox o"
                    "  WHERE o.aggregate_id = s.stock_id)"),
              0)
        << "an event for each posting";
}

TEST_F(StockedTest, WhatIsNotThereIsPromisedToNobody) {
    const std::vector<std::string> ids = ManySurveyed(program_, 5);
    const std::vector<std::string> answers = BatchApprove(Approvals(ids));
    EXPECT_EQ(std::ranges::count(answers, std::string("OK")), 2);
    EXPECT_EQ(std::ranges::count(answers, std::string("STOCK_EXHAUSTED")), 3);
    EXPECT_EQ(Count("budgets WHERE recipients = 2"), 1) << "who got nothing has no place either";
    EXPECT_EQ(Receive(warehouse_, item_, 2, province_), "OK");
    std::int64_t approved = 0;
    for (const std::string& id : ids) approved += Approve(id, province_) == "OK" ? 1 : 0;
    EXPECT_EQ(approved, 1);
    ExpectStocktaking();
}

TEST_F(StockedTest, HoweverManyApproveAtOnceNothingIsPromisedTwice) {
    const std::vector<std::string> ids = ManySurveyed(program_, 8);
    std::atomic<int> approved = 0;
    std::vector<std::jthread> approvers;
    for (const std::string& id : ids) {
        approvers.emplace_back([&, id] {
            const std::string name = Approve(id, province_);
            if (name == "OK") ++approved;
            EXPECT_TRUE(name == "OK" || name == "FAILED_PRECONDITION STOCK_EXHAUSTED") << name;
        });
    }
    approvers.clear();  // When all of them are done.
    EXPECT_EQ(approved, 2);
    EXPECT_EQ(Quantity("reserved", warehouse_), 8);
    ExpectStocktaking();
}

TEST_F(StockedTest, WhatIsWithdrawnOrCancelledIsFreeAgain) {
    const std::string withdrawn = Approved(program_, Known().id);
    const std::string cancelled = Approved(program_, Known().id);
    EXPECT_EQ(Quantity("available", warehouse_), 2);
    EXPECT_EQ(Do(&ApplicationStub::WithdrawApplication, withdrawn, officer_), "OK");
    EXPECT_EQ(Do(&ApplicationStub::CancelApplication, cancelled, province_), "OK");
    EXPECT_EQ(Quantity("available", warehouse_), 10);
    EXPECT_EQ(Quantity("reserved", warehouse_), 0);
    EXPECT_EQ(HandOver(withdrawn, officer_), "FAILED_PRECONDITION APPLICATION_STATE_WRONG");
    ExpectStocktaking();
}

TEST_F(StockedTest, WhatIsApprovedAndWithdrawnInOneTransactionIsFreeAgain) {
    const Business trained = Known();
    Trained(trained);
    const std::string id = Surveyed(Giving(item_, 4, ForTheTrained()), trained.id);
    const ApplicationUnitOfWork::Pending orders[] = {Ordered(id, ApproveApplication{}),
                                                     Ordered(id, WithdrawApplication{})};
    postgres::Connection connection(database_.dsn());
    postgres::Transaction transaction(connection);
    EXPECT_THAT(Answers(transaction, keys(), orders), ElementsAre("OK", "OK"));
    transaction.Commit();
    EXPECT_EQ(Quantity("available", warehouse_), 10);
    EXPECT_EQ(Quantity("reserved", warehouse_), 0);
    EXPECT_EQ(Count("entitlements WHERE taken_by IS NOT NULL"), 0);
    ExpectStocktaking();
}

TEST_F(StockedTest, WhatIsApprovedWhileSomebodyWithdrawsItIsFreeAgain) {
    const std::string id = Surveyed(program_, Known().id);
    const ApplicationUnitOfWork::Pending orders[] = {Ordered(id, ApproveApplication{})};
    postgres::Connection connection(database_.dsn());
    postgres::Transaction transaction(connection);
    EXPECT_THAT(Answers(transaction, keys(), orders), ElementsAre("OK"));
    std::string withdrawn;
    std::thread other([&] { withdrawn = Do(&ApplicationStub::WithdrawApplication, id, officer_); });
    database_.AwaitLockWaits();
    transaction.Commit();
    other.join();
    EXPECT_EQ(withdrawn, "OK");
    EXPECT_EQ(Quantity("available", warehouse_), 10);
    EXPECT_EQ(Quantity("reserved", warehouse_), 0);
    ExpectStocktaking();
}

TEST_F(StockedTest, GoodsComeFromTheWarehouseThatIsNearest) {
    const std::string city = NewWarehouse("GDG-BDL", "18.71");
    EXPECT_EQ(Receive(city, item_, 4, city_), "OK");
    EXPECT_EQ(HandedOver(Approved(program_, Known().id)).receipt(), "BAST/GDG-BDL/2026/000001");
    EXPECT_EQ(HandedOver(Approved(program_, Known().id)).receipt(), "BAST/GDG-1/2026/000001")
        << "nothing is left in the city";
    ExpectStocktaking();
}

TEST_F(StockedTest, ACityDoesNotGiveAwayWhatTheProvinceHas) {
    ProgramTerms terms = InKind();
    terms.region_code = "18.71";
    const std::string program = Created(terms).program_id();
    EXPECT_EQ(SetGoods(program, item_, 1, city_), "OK") << "of the province's catalogue";
    EXPECT_EQ(Change(&ProgramStub::OpenProgram, program, province_), "OK");
    Allocated(Allocation(program, 0, "18.71"));
    const std::string id = Surveyed(program, Known().id);
    {  // Together with somebody who may.
        const ApplicationUnitOfWork::Pending orders[] = {
            Ordered(id, ApproveApplication{}),
            Ordered(Surveyed(program_, Known().id), ApproveApplication{})};
        postgres::Connection connection(database_.dsn());
        postgres::Transaction transaction(connection);
        EXPECT_THAT(Answers(transaction, keys(), orders), ElementsAre("STOCK_EXHAUSTED", "OK"));
        transaction.Commit();
    }
    const std::string city = NewWarehouse("GDG-BDL", "18.71");
    EXPECT_EQ(Receive(city, item_, 1, city_), "OK");
    EXPECT_EQ(Approve(id, province_), "OK");
    EXPECT_EQ(Quantity("reserved", city), 1);
    ExpectStocktaking();
}

TEST_F(StockedTest, ACourseEntitlesToGoodsOnce) {
    const Business trained = Known(), untrained = Known();
    const std::string masks = Giving(item_, 1, ForTheTrained());
    const std::string bags = Giving(item_, 1, ForTheTrained());
    EXPECT_EQ(Submit(Started(masks, untrained.id)), "FAILED_PRECONDITION NOT_ELIGIBLE");
    const std::string enrolment = Trained(trained);
    Trained(untrained, 2);
    EXPECT_EQ(Submit(Started(masks, untrained.id)), "FAILED_PRECONDITION NOT_ELIGIBLE")
        << "it has learned something else";
    const std::string first = Approved(masks, trained.id);
    EXPECT_EQ(Count("entitlements WHERE taken_by = '" + first + "'"), 1);
    const std::string second = Surveyed(bags, trained.id);
    EXPECT_EQ(Approve(second, province_), "FAILED_PRECONDITION ENTITLEMENT_USED");
    EXPECT_EQ(Do(&ApplicationStub::WithdrawApplication, first, officer_), "OK");
    EXPECT_EQ(Approve(second, province_), "OK") << "it has given the first one back";
    EXPECT_EQ(Count("entitlements WHERE taken_by = '" + second + "'"), 1);
    v1::ListEntitlementsRequest request;
    request.set_business_id(trained.id);
    v1::ListEntitlementsResponse response;
    EXPECT_EQ(Ask(&StockStub::ListEntitlements, request, response, officer_), "OK");
    ASSERT_EQ(response.entitlements_size(), 1);
    EXPECT_EQ(response.entitlements(0).enrolment_id(), enrolment);
    EXPECT_EQ(response.entitlements(0).application_id(), second);
    EXPECT_EQ(Ask(&StockStub::ListEntitlements, request, response, elsewhere_), "OK");
    EXPECT_EQ(response.entitlements_size(), 0);
    ExpectStocktaking();
}

TEST_F(StockedTest, TwoApprovalsOfOneBatchDoNotUseTheSameCourse) {
    const Business business = Known();
    Trained(business);
    const auto surveyed = [&] { return Surveyed(Giving(item_, 1, ForTheTrained()), business.id); };
    const ApplicationUnitOfWork::Pending orders[] = {Ordered(surveyed(), ApproveApplication{}),
                                                     Ordered(surveyed(), ApproveApplication{})};
    postgres::Connection connection(database_.dsn());
    postgres::Transaction transaction(connection);
    EXPECT_THAT(Answers(transaction, keys(), orders), ElementsAre("OK", "ENTITLEMENT_USED"));
}

TEST_F(StockedTest, WhatAProgrammeGivesIsSaidOnceInItsDraft) {
    const std::string draft = Created(InKind()).program_id();
    EXPECT_EQ(SetGoods(draft, NewId(kNow), 1, province_), "NOT_FOUND ITEM_NOT_FOUND");
    EXPECT_EQ(SetGoods(draft, item_, 0, province_), "INVALID_ARGUMENT FIELDS_INVALID");
    EXPECT_EQ(SetGoods(draft, item_, 1, elsewhere_), "NOT_FOUND PROGRAM_NOT_FOUND");
    EXPECT_EQ(SetGoods(draft, item_, 1, province_), "OK");
    EXPECT_EQ(SetGoods(draft, item_, 2, province_), "FAILED_PRECONDITION PROGRAM_GOODS_SET");
    EXPECT_EQ(SetGoods(program_, item_, 2, province_), "FAILED_PRECONDITION PROGRAM_STATE_WRONG");
    EXPECT_EQ(SetGoods(Created(NoDocuments()).program_id(), item_, 1, province_),
              "FAILED_PRECONDITION PROGRAM_NOT_IN_KIND");
    v1::GetProgramGoodsRequest request;
    request.set_program_id(draft);
    v1::GetProgramGoodsResponse response;
    EXPECT_EQ(Ask(&StockStub::GetProgramGoods, request, response, officer_), "OK");
    ASSERT_EQ(response.goods_size(), 1);
    EXPECT_EQ(response.goods(0).quantity(), 1);
}

TEST_F(StockedTest, AProgrammeIsSettledWhenAllIsHandedOver) {
    const std::string id = Approved(program_, Known().id);
    EXPECT_EQ(Change(&ProgramStub::CloseProgram, program_, province_), "OK");
    EXPECT_EQ(Change(&ProgramStub::SettleProgram, program_, province_),
              "FAILED_PRECONDITION APPLICATIONS_UNDERWAY");
    HandedOver(id);
    EXPECT_EQ(Change(&ProgramStub::SettleProgram, program_, province_), "OK");
}

TEST_F(StockedTest, WithoutGoodsNobodyIsApproved) {
    const std::string program = Created(InKind()).program_id();
    EXPECT_EQ(Change(&ProgramStub::OpenProgram, program, province_), "OK");
    Allocated(Allocation(program, 0));
    EXPECT_EQ(Approve(Surveyed(program, Known().id), province_),
              "FAILED_PRECONDITION GOODS_MISSING");
}

TEST_F(StockedTest, WhatIsReservedIsNotCountedAway) {
    Approved(program_, Known().id);
    EXPECT_EQ(Correct(warehouse_, item_, -7, province_), "FAILED_PRECONDITION STOCK_EXHAUSTED");
    EXPECT_EQ(Correct(warehouse_, item_, -6, province_), "OK");
    EXPECT_EQ(Correct(warehouse_, item_, 3, province_), "OK");
    EXPECT_EQ(Correct(warehouse_, NewItem(), 3, province_), "NOT_FOUND ITEM_NOT_FOUND");
    EXPECT_EQ(Correct(warehouse_, item_, 0, province_), "INVALID_ARGUMENT FIELDS_INVALID");
    EXPECT_EQ(Quantity("available", warehouse_), 3);
    ExpectStocktaking();
}

TEST_F(StockedTest, EachLooksAfterTheirOwnAndUsesWhatLiesAroundThem) {
    EXPECT_EQ(MakeItem("18", city_), "NOT_FOUND REGION_NOT_FOUND");
    EXPECT_EQ(MakeWarehouse("GDG-2", "18", city_), "NOT_FOUND REGION_NOT_FOUND");
    EXPECT_EQ(MakeWarehouse("GDG-1", "18.71", city_), "ALREADY_EXISTS WAREHOUSE_CODE_TAKEN");
    EXPECT_EQ(MakeWarehouse("gudang", "18.71", city_), "INVALID_ARGUMENT FIELDS_INVALID");
    EXPECT_EQ(Receive(warehouse_, item_, 1, city_), "NOT_FOUND WAREHOUSE_NOT_FOUND");
    const std::string city = NewWarehouse("GDG-BDL", "18.71");
    EXPECT_EQ(Receive(city, item_, 1, city_), "OK") << "of the province's catalogue";
    EXPECT_EQ(Receive(city, NewItem("18.01"), 1, province_), "NOT_FOUND ITEM_NOT_FOUND")
        << "of another city's";

    v1::ListWarehousesRequest request;
    request.set_page_size(1);
    std::set<std::string> codes;
    for (int pages = 0; pages < 3; ++pages) {
        v1::ListWarehousesResponse response;
        EXPECT_EQ(Ask(&StockStub::ListWarehouses, request, response, city_), "OK");
        for (const auto& each : response.warehouses()) codes.insert(each.code());
        request.set_page_token(response.next_page_token());
        if (response.next_page_token().empty()) break;
    }
    EXPECT_THAT(codes, UnorderedElementsAre("GDG-1", "GDG-BDL"));
    v1::ListItemsResponse items, others;
    EXPECT_EQ(Ask(&StockStub::ListItems, {}, others, elsewhere_), "OK");
    EXPECT_EQ(others.items_size(), 0);
    EXPECT_EQ(Ask(&StockStub::ListItems, {}, items, city_), "OK");
    EXPECT_EQ(items.items_size(), 1) << "not that of the other city";
}

TEST_F(StockedTest, EveryMovementIsInTheStatement) {
    HandedOver(Approved(program_, Known().id));
    v1::ListStockRequest list;
    list.set_warehouse_id(warehouse_);
    v1::ListStockResponse stock;
    EXPECT_EQ(Ask(&StockStub::ListStock, list, stock, city_), "OK");
    ASSERT_EQ(stock.stock_size(), 1);
    EXPECT_EQ(stock.stock(0).available(), 6);
    EXPECT_EQ(stock.stock(0).handed_over(), 4);
    v1::GetStockStatementRequest request;
    request.set_stock_id(stock.stock(0).stock_id());
    request.set_page_size(2);
    v1::GetStockStatementResponse first, rest;
    EXPECT_EQ(Ask(&StockStub::GetStockStatement, request, first, city_), "OK");
    request.set_page_token(first.next_page_token());
    EXPECT_EQ(Ask(&StockStub::GetStockStatement, request, rest, city_), "OK");
    ASSERT_EQ(first.postings_size(), 2);
    ASSERT_EQ(rest.postings_size(), 1);
    EXPECT_EQ(first.postings(0).kind(), v1::STOCK_POSTING_KIND_RECEIPT);
    EXPECT_EQ(first.postings(0).from_balance(), -10);
    EXPECT_EQ(first.postings(1).kind(), v1::STOCK_POSTING_KIND_RESERVATION);
    EXPECT_EQ(rest.postings(0).kind(), v1::STOCK_POSTING_KIND_HANDOVER);
    EXPECT_EQ(rest.postings(0).document(), "BAST/GDG-1/2026/000001");
    request.clear_page_token();
    EXPECT_EQ(Ask(&StockStub::GetStockStatement, request, first, elsewhere_),
              "NOT_FOUND STOCK_NOT_FOUND");
}

}  // namespace
}  // namespace bangkit::aid
