// Goods in double entry, from where they are given, against which receipt, and for which course.
#include "services/aid/domain/stock/stock.h"

#include <gtest/gtest.h>

#include "services/aid/domain/stock/handover.h"
#include "services/aid/domain/training/entitlement.h"
#include "services/aid/tests/program/programs.h"

namespace bangkit::aid {
namespace {

using enum StockPostingKind;

Stock StockWith(std::int64_t available, const std::string& warehouse = "w",
                const std::string& region = "18", const std::string& item = "i") {
    Stock stock;
    stock.id = warehouse + item;
    stock.version = 1;
    stock.warehouse_id = warehouse;
    stock.item_id = item;
    stock.region_code = region;
    stock.available = available;
    stock.received = available;
    return stock;
}

/// The stock after these postings; the reason why one of them was refused.
Result<Stock> After(Stock stock, const std::vector<StockOrder>& orders) {
    for (const StockOrder& order : orders) {
        const Result<StockPosting> posting = Draft(stock, order, kNow);
        if (!posting) return std::unexpected(posting.error());
        EXPECT_EQ(posting->number, stock.version + 1);
        stock = Post(stock, *posting);
        EXPECT_EQ(BalanceOf(stock, posting->from), posting->from_balance);
        EXPECT_EQ(BalanceOf(stock, posting->to), posting->to_balance);
    }
    return stock;
}

std::string ReasonOf(const auto& result) { return result ? "" : result.error().reason; }

TEST(StockTest, GoodsGoFromPlaceToPlaceAndNoneIsLost) {
    const Stock stock = After(StockWith(10), {{.kind = kReservation, .quantity = 6},
                                              {.kind = kRelease, .quantity = 1},
                                              {.kind = kHandover, .quantity = 3},
                                              {.kind = kReturn, .quantity = 1},
                                              {.kind = kReceipt, .quantity = 5},
                                              {.kind = kCorrection, .quantity = -2},
                                              {.kind = kCorrection, .quantity = 1}})
                            .value();
    EXPECT_EQ(stock.available, 10 - 6 + 1 + 1 + 5 - 2 + 1);
    EXPECT_EQ(stock.reserved, 6 - 1 - 3);
    EXPECT_EQ(stock.handed_over, 3 - 1);
    EXPECT_EQ(stock.total(), 10 + 5 - 2 + 1);
    EXPECT_EQ(stock.received, 15);
    EXPECT_EQ(stock.version, 8);
}

TEST(StockTest, NothingIsPromisedThatIsNotThere) {
    EXPECT_EQ(ReasonOf(After(StockWith(3), {{.kind = kReservation, .quantity = 4}})),
              "STOCK_EXHAUSTED");
    EXPECT_EQ(ReasonOf(After(StockWith(3), {{.kind = kReservation, .quantity = 3},
                                            {.kind = kReservation, .quantity = 1}})),
              "STOCK_EXHAUSTED");
}

TEST(StockTest, WhatIsReservedCannotBeMissing) {
    EXPECT_EQ(ReasonOf(After(StockWith(3), {{.kind = kReservation, .quantity = 2},
                                            {.kind = kCorrection, .quantity = -2}})),
              "STOCK_EXHAUSTED");
}

TEST(StockTest, OnlyWhatIsReservedIsHandedOverAndOnlyThatComesBack) {
    EXPECT_EQ(ReasonOf(After(StockWith(3), {{.kind = kHandover, .quantity = 1}})),
              "STOCK_EXHAUSTED");
    EXPECT_EQ(ReasonOf(After(StockWith(3), {{.kind = kReturn, .quantity = 1}})), "STOCK_EXHAUSTED");
}

TEST(StockTest, NoPostingIsOfNothingOrBackwards) {
    for (const StockPostingKind kind : {kReceipt, kReservation, kRelease, kHandover, kReturn}) {
        EXPECT_EQ(ReasonOf(After(StockWith(3), {{.kind = kind, .quantity = -1}})), "OUT_OF_RANGE");
        EXPECT_EQ(ReasonOf(After(StockWith(3), {{.kind = kind, .quantity = 0}})), "OUT_OF_RANGE");
    }
    EXPECT_EQ(ReasonOf(After(StockWith(kQuantityMax), {{.kind = kReceipt, .quantity = 1}})),
              "STOCK_TOO_LARGE");
}

TEST(StockTest, GoodsComeFromTheSmallestWarehouseThatHasAllOfThem) {
    const std::vector<Goods> goods{{.item_id = "i", .quantity = 4},
                                   {.item_id = "j", .quantity = 1}};
    const Stock province_i = StockWith(9, "p", "18"), province_j = StockWith(9, "p", "18", "j");
    const Stock city_i = StockWith(4, "c", "18.71"), city_j = StockWith(1, "c", "18.71", "j");
    EXPECT_EQ(ChooseWarehouse(goods, {province_i, province_j, city_i, city_j}).value(), "c");
    EXPECT_EQ(ChooseWarehouse(goods, {province_i, province_j, city_i}).value(), "p")
        << "there is no j in the city";
    EXPECT_EQ(ChooseWarehouse(goods, {province_i, province_j, StockWith(3, "c", "18.71"), city_j})
                  .value(),
              "p")
        << "not as much as is wanted";
    EXPECT_EQ(ReasonOf(ChooseWarehouse(goods, {province_i, city_j})), "STOCK_EXHAUSTED")
        << "never from two of them";
    EXPECT_EQ(ReasonOf(ChooseWarehouse({}, {province_i})), "GOODS_MISSING");
}

TEST(StockTest, CodesOfWarehousesFitIntoReceipts) {
    EXPECT_EQ(ParseWarehouseCode("GDG-1").value(), "GDG-1");
    for (const char* wrong : {"", "A", "gdg", "GDG 1", "123", "GDG/1", "ABCDEFGHIJKLMNOPQ"}) {
        EXPECT_EQ(ReasonOf(ParseWarehouseCode(wrong)), "WAREHOUSE_CODE_INVALID") << wrong;
    }
    Warehouse warehouse;
    warehouse.code = "GDG-1";
    EXPECT_EQ(ReceiptOf(warehouse, 17, kNow), "BAST/GDG-1/2026/000017");
    EXPECT_EQ(ReceiptOf(warehouse, 12'345'678, kNow), "BAST/GDG-1/2026/12345678");
}

class HandoverTest : public ::testing::Test {
protected:
    HandoverTest() {
        application_.id = "a";
        application_.version = 5;
        application_.state = ApplicationState::kApproved;
        application_.approved_by = "dinas";
        reserved_.warehouse.id = "w";
        reserved_.warehouse.code = "GDG-1";
        reserved_.warehouse.handovers = 41;
        reserved_.goods = {{.item_id = "i", .quantity = 4}};
    }
    Result<Handover> Try(const std::string& actor = "petugas", std::int64_t photos = 1) const {
        return HandOver(application_, reserved_,
                        {.actor = actor,
                         .receiver = ReceiverKind::kRepresentative,
                         .photos = photos,
                         .now = kNow});
    }

    Application application_;
    ReservedGoods reserved_;
};

TEST_F(HandoverTest, IsOfAllThatIsReservedAgainstTheNextReceipt) {
    const Handover handover = Try().value();
    EXPECT_EQ(handover.receipt, "BAST/GDG-1/2026/000042");
    EXPECT_EQ(handover.number, 42);
    EXPECT_EQ(handover.goods, reserved_.goods);
    EXPECT_EQ(handover.receiver, ReceiverKind::kRepresentative);
    EXPECT_EQ(handover.by, "petugas");
}

TEST_F(HandoverTest, WhoApprovedDoesNotHandOver) {
    EXPECT_EQ(ReasonOf(Try("dinas")), "MAKER_IS_CHECKER");
}

TEST_F(HandoverTest, IsShownByAPhotograph) {
    EXPECT_EQ(ReasonOf(Try("petugas", 0)), "PHOTO_MISSING");
}

TEST_F(HandoverTest, IsOfWhatIsApprovedAndReserved) {
    for (const ApplicationState state : {ApplicationState::kSurveyed, ApplicationState::kDisbursed,
                                         ApplicationState::kWithdrawn}) {
        application_.state = state;
        EXPECT_EQ(ReasonOf(Try()), "APPLICATION_STATE_WRONG");
    }
    application_.state = ApplicationState::kApproved;
    reserved_.goods.clear();
    EXPECT_EQ(ReasonOf(Try()), "GOODS_MISSING");
    application_.version = 0;
    EXPECT_EQ(ReasonOf(Try()), "APPLICATION_NOT_FOUND");
}

class EntitlementTest : public ::testing::Test {
protected:
    static ProgramTerms Asking(std::vector<std::int64_t> topics) {
        ProgramTerms terms = CashGrant();
        terms.rules.rules.push_back({.code = "BELUM_PELATIHAN",
                                     .fact = Fact::kCompletedCourses,
                                     .test = RuleTest::kAnyOf,
                                     .numbers = std::move(topics),
                                     .region_codes = {},
                                     .source = {}});
        return terms;
    }
    static Entitlement Completed(const std::string& id, std::int64_t topic, int day,
                                 const std::string& taken_by = "") {
        return {.enrolment_id = id,
                .business_id = "b",
                .owner_id = "o",
                .course_id = "c",
                .topic = topic,
                .completed_at = kNow + std::chrono::days(day),
                .taken_by = taken_by};
    }
};

TEST_F(EntitlementTest, TheOldestThatNobodyHasUsedIsUsed) {
    const std::vector<Entitlement> entitlements{
        Completed("later", 5, 3), Completed("used", 5, 1, "a"), Completed("oldest", 5, 2),
        Completed("of something else", 2, 0)};
    const Result<const Entitlement*> chosen = ChooseEntitlement(Asking({4, 5}), entitlements);
    ASSERT_TRUE(chosen);
    EXPECT_EQ((*chosen)->enrolment_id, "oldest");
}

TEST_F(EntitlementTest, EachCourseEntitlesOnce) {
    EXPECT_EQ(ReasonOf(ChooseEntitlement(Asking({5}), {Completed("used", 5, 1, "a")})),
              "ENTITLEMENT_USED");
    EXPECT_EQ(ReasonOf(ChooseEntitlement(Asking({5}), {Completed("other", 2, 1)})),
              "ENTITLEMENT_USED");
}

TEST_F(EntitlementTest, WhoAsksForNoCourseUsesNone) {
    EXPECT_EQ(ChooseEntitlement(CashGrant(), {Completed("unused", 5, 1)}).value(), nullptr);
    EXPECT_FALSE(AsksFor(CashGrant().rules, Fact::kCompletedCourses));
    EXPECT_TRUE(AsksFor(Asking({5}).rules, Fact::kCompletedCourses));
}

}  // namespace
}  // namespace bangkit::aid
