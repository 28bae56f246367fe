#include <charconv>
#include <vector>

#include "bangkit/aid/v1/stock_service.grpc.pb.h"
#include "libs/indonesia/format.h"
#include "services/cli/commands/calls.h"
#include "services/cli/instrument_words.h"

namespace bangkit::cli {
namespace {

using namespace aid::v1;
using indonesia::FormatNumber;
using Stub = StockService::Stub;

void PrintItems(const ListItemsResponse& page) {
    Table table({Table::kLeft, Table::kLeft, Table::kLeft, Table::kLeft, Table::kLeft});
    for (const Item& item : page.items()) {
        table.Add({item.item_id(), item.region_code(), std::string(WordFor(item.kind())),
                   std::string(WordFor(item.unit())), item.name()});
    }
    table.Print(std::cout);
}

void PrintWarehouses(const ListWarehousesResponse& page) {
    Table table({Table::kLeft, Table::kLeft, Table::kLeft, Table::kLeft});
    for (const Warehouse& warehouse : page.warehouses()) {
        table.Add({warehouse.warehouse_id(), warehouse.code(), warehouse.region_code(),
                   warehouse.name()});
    }
    table.Print(std::cout);
}

std::string QuantityOf(const Stock& stock) {
    return FormatNumber(stock.available()) + ' ' + std::string(WordFor(stock.unit())) + " tersedia";
}

void PrintStock(const ListStockResponse& page) {
    Table table({Table::kLeft, Table::kLeft, Table::kLeft, Table::kLeft, Table::kRight,
                 Table::kRight, Table::kRight, Table::kRight});
    table.Add(
        {"id", "barang", "jenis", "satuan", "tersedia", "dicadangkan", "diserahkan", "diterima"});
    for (const Stock& stock : page.stock()) {
        table.Add({stock.stock_id(), stock.item_id(), std::string(WordFor(stock.kind())),
                   std::string(WordFor(stock.unit())), FormatNumber(stock.available()),
                   FormatNumber(stock.reserved()), FormatNumber(stock.handed_over()),
                   FormatNumber(stock.received())});
    }
    table.Print(std::cout);
}

void PrintStatement(const GetStockStatementResponse& page) {
    Table table({Table::kRight, Table::kLeft, Table::kRight, Table::kRight, Table::kLeft});
    for (const StockPosting& posting : page.postings()) {
        table.Add(
            {std::to_string(posting.number()), std::string(WordFor(posting.kind())),
             FormatNumber(posting.quantity()), FormatNumber(posting.to_balance()),
             posting.application_id().empty() ? posting.document() : posting.application_id()});
    }
    table.Print(std::cout);
}

std::string TextOf(const ListEntitlementsResponse& response) {
    std::string text;
    for (const Entitlement& entitlement : response.entitlements()) {
        if (!text.empty()) text += '\n';
        text +=
            entitlement.enrolment_id() + ' ' +
            (entitlement.application_id().empty() ? "belum dipakai" : entitlement.application_id());
    }
    return text;
}

/// "ITEM:QUANTITY"
Goods ToGoods(const std::string& text) {
    const std::size_t colon = text.find(':');
    std::int64_t quantity = 0;
    const char* const end = text.data() + text.size();
    const char* const begin = colon == std::string::npos ? end : text.data() + colon + 1;
    const auto [stopped, error] = std::from_chars(begin, end, quantity);
    if (error != std::errc() || stopped != end) throw UsageError("goods are ITEM:QUANTITY");
    Goods goods;
    goods.set_item_id(text.substr(0, colon));
    goods.set_quantity(quantity);
    return goods;
}

void AddCatalogue(CommandLine& line, CLI::App& goods) {
    AddCall(line, goods, "create-item", "Something that is handed over; prints its id",
            Method{&Session::StubOf<aid::v1::StockService>, &Stub::CreateItem},
            [](const CreateItemResponse& response) { return response.item().item_id(); })
        .Text("--region", &CreateItemRequest::mutable_region_code, "Code of the agency")
        .Text("--name", &CreateItemRequest::mutable_name, "What it is")
        .Word("--kind", &CreateItemRequest::set_kind, "TEKSTIL, PANGAN ...", GoodsKindChoices())
        .Word("--unit", &CreateItemRequest::set_unit, "BUAH, METER, KILOGRAM ...",
              GoodsUnitChoices());
    AddList(line, goods, "items", "What may be handed over",
            Method{&Session::StubOf<aid::v1::StockService>, &Stub::ListItems}, PrintItems);
    AddCall(
        line, goods, "create-warehouse", "Where goods lie; prints its id",
        Method{&Session::StubOf<aid::v1::StockService>, &Stub::CreateWarehouse},
        [](const CreateWarehouseResponse& response) { return response.warehouse().warehouse_id(); })
        .Text("--code", &CreateWarehouseRequest::mutable_code, "In the numbers of receipts: GDG-1")
        .Text("--name", &CreateWarehouseRequest::mutable_name, "What it is called")
        .Text("--region", &CreateWarehouseRequest::mutable_region_code, "Code of whom it serves");
    AddList(line, goods, "warehouses", "Where goods lie",
            Method{&Session::StubOf<aid::v1::StockService>, &Stub::ListWarehouses},
            PrintWarehouses);

    auto options =
        AddCall(line, goods, "set-program", "What each recipient of a programme gets",
                Method{&Session::StubOf<aid::v1::StockService>, &Stub::SetProgramGoods}, kAsJson);
    options.Text("program", &SetProgramGoodsRequest::mutable_program_id, "Id of the programme");
    options.command()
        .add_option_function<std::vector<std::string>>(
            "--goods",
            [request = &options.request()](const std::vector<std::string>& all) {
                for (const std::string& each : all) *request->add_goods() = ToGoods(each);
            },
            "ITEM:QUANTITY; may be repeated")
        ->required()
        ->allow_extra_args(false);
    AddCall(line, goods, "program", "What each recipient of a programme gets",
            Method{&Session::StubOf<aid::v1::StockService>, &Stub::GetProgramGoods}, kAsJson)
        .Text("program", &GetProgramGoodsRequest::mutable_program_id, "Id of the programme");
}

void AddMovements(CommandLine& line, CLI::App& goods) {
    AddCall(line, goods, "receive", "Goods have come into a warehouse",
            Method{&Session::StubOf<aid::v1::StockService>, &Stub::ReceiveStock},
            [](const ReceiveStockResponse& response) { return QuantityOf(response.stock()); })
        .Text("warehouse", &ReceiveStockRequest::mutable_warehouse_id, "Id of the warehouse")
        .Text("--item", &ReceiveStockRequest::mutable_item_id, "Id of what has come")
        .Amount("--quantity", &ReceiveStockRequest::set_quantity, "In its unit")
        .Text("--document", &ReceiveStockRequest::mutable_document, "Of the delivery");
    AddCall(line, goods, "correct", "There is more or less than was thought",
            Method{&Session::StubOf<aid::v1::StockService>, &Stub::CorrectStock},
            [](const CorrectStockResponse& response) { return QuantityOf(response.stock()); })
        .Text("warehouse", &CorrectStockRequest::mutable_warehouse_id, "Id of the warehouse")
        .Text("--item", &CorrectStockRequest::mutable_item_id, "Id of what was counted")
        .Amount("--change", &CorrectStockRequest::set_change, "Below 0: less")
        .Text("--document", &CorrectStockRequest::mutable_document, "Of the count");
    AddCall(line, goods, "hand-over", "What was reserved for an application; prints the receipt",
            Method{&Session::StubOf<aid::v1::StockService>, &Stub::HandOverGoods},
            [](const HandOverGoodsResponse& response) { return response.handover().receipt(); })
        .Text("application", &HandOverGoodsRequest::mutable_application_id, "Id of the application")
        .Json("--receiver-file", &HandOverGoodsRequest::mutable_receiver,
              "Receiver as JSON; -: standard input. It is personal data");
    AddCall(line, goods, "handover", "The receipt of an application, as JSON",
            Method{&Session::StubOf<aid::v1::StockService>, &Stub::GetHandover}, kAsJson)
        .Text("application", &GetHandoverRequest::mutable_application_id, "Id of the application");
    AddCall(line, goods, "entitlements", "What completed courses entitle a business to",
            Method{&Session::StubOf<aid::v1::StockService>, &Stub::ListEntitlements}, TextOf)
        .Text("business", &ListEntitlementsRequest::mutable_business_id, "Id of the business");
}

}  // namespace

void AddGoodsCommand(CommandLine& line) {
    CLI::App* goods = line.app.add_subcommand("goods", "What is handed over, and its warehouses");
    goods->require_subcommand(1);
    AddCatalogue(line, *goods);
    AddMovements(line, *goods);
    AddList(line, *goods, "stock", "What lies in a warehouse",
            Method{&Session::StubOf<aid::v1::StockService>, &Stub::ListStock}, PrintStock)
        .Text("warehouse", &ListStockRequest::mutable_warehouse_id, "Id of the warehouse");
    AddList(line, *goods, "statement", "The postings of a stock",
            Method{&Session::StubOf<aid::v1::StockService>, &Stub::GetStockStatement},
            PrintStatement)
        .Text("stock", &GetStockStatementRequest::mutable_stock_id, "Id of the stock");
}

}  // namespace bangkit::cli
