#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "libs/base/clock.h"
#include "libs/base/result.h"

namespace bangkit::aid {

// Goods and where they are, in double entry. The numbers are those of bangkit.aid.v1, stored and
// sent: never change one, only add.
enum class GoodsKind {
    kTextile = 1,
    kFood = 2,
    kPackaging = 3,
    kTool = 4,
    kHygiene = 5,
    kOther = 6
};
enum class GoodsUnit { kPiece = 1, kMetre = 2, kKilogram = 3, kLitre = 4, kPackage = 5, kSet = 6 };
enum class StockPlace {
    kOutside = 1,  // Where goods come from: has what it gave, with a minus.
    kAvailable = 2,
    kReserved = 3,
    kHandedOver = 4
};
enum class StockPostingKind {
    kReceipt = 1,
    kCorrection = 2,
    kReservation = 3,
    kRelease = 4,
    kHandover = 5,
    kReturn = 6
};

/// As much as a stock can hold.
inline constexpr std::int64_t kQuantityMax = 1'000'000'000;

struct Item {
    std::string id;
    std::string region_code;  // Of the agency: it may be used in all that lies in it.
    std::string name;
    GoodsKind kind = GoodsKind::kOther;
    GoodsUnit unit = GoodsUnit::kPiece;
    Time created_at;
};

struct Warehouse {
    std::string id;
    std::string code;  // Like no other's.
    std::string name;
    std::string region_code;     // Whom it serves.
    std::int64_t handovers = 0;  // The number of its last receipt.
    Time created_at;
};

/// So much of an item, in whole units.
struct Goods {
    std::string item_id;
    std::int64_t quantity = 0;
    bool operator==(const Goods&) const = default;
};

/// An item in a warehouse. All that was received and is not lost is in one of the places.
struct Stock {
    std::string id;
    std::int64_t version = 0;  // The number of its last posting.
    std::string warehouse_id;
    std::string item_id;
    std::string region_code;  // Of the warehouse.
    GoodsKind kind = GoodsKind::kOther;
    GoodsUnit unit = GoodsUnit::kPiece;
    std::int64_t available = 0;
    std::int64_t reserved = 0;
    std::int64_t handed_over = 0;
    std::int64_t received = 0;  // Ever.
    Time updated_at;

    std::int64_t total() const { return available + reserved + handed_over; }
    bool Exists() const { return version > 0; }
    bool operator==(const Stock&) const = default;
};

/// What is to be posted.
struct StockOrder {
    StockPostingKind kind = StockPostingKind::kReservation;
    std::int64_t quantity = 0;  // Of a correction: below zero if there is less than was thought.
    std::string application_id = {};  // Empty: of a receipt or a correction.
    std::string business_id = {};     // Whose application it is.
    std::string document = {};        // What it rests on.
};

/// One line of the ledger: a quantity leaves one place and enters another one.
struct StockPosting {
    std::string stock_id;
    std::int64_t number = 0;  // 1, 2, 3 ... within a stock.
    StockPostingKind kind = StockPostingKind::kReservation;
    StockPlace from = StockPlace::kAvailable;
    StockPlace to = StockPlace::kReserved;
    std::int64_t quantity = 0;
    std::int64_t from_balance = 0;  // What is in the two places afterwards.
    std::int64_t to_balance = 0;
    std::string application_id;
    std::string document;
    Time at;
    bool operator==(const StockPosting&) const = default;
};

std::int64_t BalanceOf(const Stock& stock, StockPlace place);

/// The next posting of the stock, or why there can be none. INVALID_ARGUMENT: OUT_OF_RANGE.
/// FAILED_PRECONDITION: STOCK_EXHAUSTED (there is not as much), STOCK_TOO_LARGE.
Result<StockPosting> Draft(const Stock& stock, const StockOrder& order, Time now);
Stock Post(Stock stock, const StockPosting& posting);

/// What is around a business: of each warehouse the stock of each item that it has.
using Shelves = std::vector<Stock>;

/// From where the goods are given: the smallest warehouse around the business that has all of them.
/// FAILED_PRECONDITION: GOODS_MISSING (`goods` is empty: nobody has said what is given),
/// STOCK_EXHAUSTED.
Result<std::string> ChooseWarehouse(const std::vector<Goods>& goods, const Shelves& shelves);

/// The number of a receipt: "BAST/GDG-1/2026/000017".
std::string ReceiptOf(const Warehouse& warehouse, std::int64_t number, Time now);

/// Of a warehouse: 2 to 16 capital letters, digits and -, with a letter. WAREHOUSE_CODE_INVALID.
Result<std::string> ParseWarehouseCode(const std::string& text);

}  // namespace bangkit::aid
