#include "services/aid/storage/stock/goods_book.h"

#include <stdexcept>
#include <utility>

#include "services/aid/domain/region.h"
#include "services/aid/storage/stock/stock_rows.h"
#include "services/aid/storage/uuids.h"

namespace bangkit::aid {
namespace {

using postgres::Rows;
using postgres::Transaction;

/// Of items that programmes give, in warehouses around applicants: by whose places they are found.
/// What lies beyond a programme's region is of others, who have not promised it.
postgres::UuidArray StocksAround(Transaction& transaction,
                                 const std::vector<ApplicationRoot>& roots,
                                 const std::map<std::string, Program>& all) {
    std::set<std::pair<std::string, std::string>> places;
    for (const ApplicationRoot& root : roots) places.emplace(root.program_id, root.region_code);
    postgres::UuidArray programs;
    postgres::TextArray regions, offered_in;
    for (const auto& [program_id, region_code] : places) {
        programs.Add(program_id);
        regions.Add(region_code);
        offered_in.Add(all.at(program_id).terms.region_code);
    }
    const Rows rows = transaction.Run(
        "SELECT DISTINCT s.stock_id"
        "  FROM unnest($1::uuid[], $2::text[], $3::text[])"
        "    AS k (program_id, region_code, offered_in)"
        "  JOIN program_goods g ON g.program_id = k.program_id"
        "  JOIN stock s ON s.item_id = g.item_id"
        "   AND (s.region_code = k.region_code"
        "        OR starts_with(k.region_code, s.region_code || '.'))"
        "   AND (s.region_code = k.offered_in"
        "        OR starts_with(s.region_code, k.offered_in || '.'))",
        {programs, regions, offered_in});
    postgres::UuidArray stocks;
    for (int i = 0; i < rows.size(); ++i) stocks.Add(rows.Uuid(i, 0));
    return stocks;
}

/// What was posted for these applications, by application.
std::map<std::string, std::vector<StockShare>> LoadShares(
    Transaction& transaction, const std::set<std::string>& application_ids, StockPostingKind kind) {
    std::map<std::string, std::vector<StockShare>> shares;
    if (application_ids.empty()) return shares;
    const Rows rows = transaction.Run(
        "SELECT application_id, stock_id, quantity FROM stock_ledger"
        " WHERE application_id = ANY($1::uuid[]) AND kind = $2::bigint"
        " ORDER BY application_id, stock_id",
        {Uuids(application_ids), postgres::Int64(static_cast<std::int64_t>(kind))});
    for (int i = 0; i < rows.size(); ++i) {
        shares[rows.Uuid(i, 0)].push_back(
            {.stock_id = rows.Uuid(i, 1), .quantity = rows.Int64(i, 2)});
    }
    return shares;
}

}  // namespace

std::map<std::string, std::vector<StockShare>> LoadReserved(
    Transaction& transaction, const std::set<std::string>& application_ids) {
    return LoadShares(transaction, application_ids, StockPostingKind::kReservation);
}

std::map<std::string, std::vector<StockShare>> LoadHandedOver(
    Transaction& transaction, const std::set<std::string>& application_ids) {
    return LoadShares(transaction, application_ids, StockPostingKind::kHandover);
}

void GoodsBook::Load(Transaction& transaction, const std::vector<ApplicationRoot>& roots,
                     const std::map<std::string, Program>& programs, const Businesses& businesses) {
    std::vector<ApplicationRoot> in_kind;
    std::set<std::string> asking;
    for (const ApplicationRoot& root : roots) {
        const auto program = programs.find(root.program_id);
        const bool gives_goods =
            program != programs.end() && program->second.terms.instrument == Instrument::kInKind;
        if (!gives_goods) continue;
        in_kind.push_back(root);
        application_ids_.insert(root.id);
        goods_.try_emplace(root.program_id);
        if (TopicsOf(program->second.terms.rules).empty()) continue;
        asking.insert(root.business_id);
        for (const Business* kin : FamilyOf(businesses, root.business_id)) asking.insert(kin->id);
    }
    if (in_kind.empty()) return;
    for (auto& [program_id, goods] : goods_) goods = LoadProgramGoods(transaction, program_id);
    book_.Lock(transaction, StocksAround(transaction, in_kind, programs));
    entitlements_ = LockEntitlements(transaction, Uuids(asking));
}

void GoodsBook::LoadReserved(Transaction& transaction) {
    reserved_ = aid::LoadReserved(transaction, application_ids_);
}

Result<GoodsPlan> GoodsBook::Plan(const Program& program, const Application& application,
                                  const Businesses& businesses) const {
    if (program.terms.instrument != Instrument::kInKind) return GoodsPlan{};
    const std::vector<Entitlement> unused = EntitlementsOf(application, businesses);
    const Result<const Entitlement*> entitlement = ChooseEntitlement(program.terms, unused);
    if (!entitlement) return std::unexpected(entitlement.error());
    const std::vector<Goods>& goods = goods_.at(program.id);
    Shelves shelves = book_.Around(application.applicant.region_code, goods);
    std::erase_if(shelves, [&program](const Stock& stock) {
        return !LiesIn(stock.region_code, program.terms.region_code);
    });
    Result<std::string> warehouse = ChooseWarehouse(goods, shelves);
    if (!warehouse) return std::unexpected(warehouse.error());
    return GoodsPlan{.warehouse_id = *std::move(warehouse),
                     .enrolment_id = *entitlement == nullptr ? "" : (*entitlement)->enrolment_id};
}

void GoodsBook::Reserve(const GoodsPlan& plan, const Application& application,
                        const StockActor& actor) {
    if (plan.warehouse_id.empty()) return;
    for (const Goods& each : goods_.at(application.program_id)) {
        const Stock& stock = *book_.FindOf(plan.warehouse_id, each.item_id);
        reserved_[application.id].push_back({.stock_id = stock.id, .quantity = each.quantity});
        const Result<void> posted = book_.Post(stock,
                                               {.kind = StockPostingKind::kReservation,
                                                .quantity = each.quantity,
                                                .application_id = application.id,
                                                .business_id = application.applicant.business_id},
                                               actor);
        if (!posted) throw std::logic_error("goods that are there: " + posted.error().reason);
    }
    if (!plan.enrolment_id.empty()) uses_.Take(plan.enrolment_id, application.id);
}

void GoodsBook::Release(const Application& application, const StockActor& actor) {
    const auto reserved = reserved_.find(application.id);
    if (reserved == reserved_.end()) return;
    for (const StockShare& share : reserved->second) {
        const Stock* stock = book_.Find(share.stock_id);
        // It was made since they were locked, and promised to this application.
        if (stock == nullptr) throw postgres::SqlError("40001", "goods that have just come");
        const Result<void> posted = book_.Post(*stock,
                                               {.kind = StockPostingKind::kRelease,
                                                .quantity = share.quantity,
                                                .application_id = application.id,
                                                .business_id = application.applicant.business_id},
                                               actor);
        if (!posted) throw std::logic_error("goods that are reserved: " + posted.error().reason);
    }
    uses_.GiveBack(application.id);
}

std::vector<Entitlement> GoodsBook::EntitlementsOf(const Application& application,
                                                   const Businesses& businesses) const {
    std::vector<Entitlement> unused;
    const auto add = [&](const std::string& business_id) {
        const auto found = entitlements_.find(business_id);
        if (found == entitlements_.end()) return;
        for (const Entitlement& each : found->second) {
            if (!uses_.IsTaken(each.enrolment_id)) unused.push_back(each);
        }
    };
    add(application.applicant.business_id);
    for (const Business* kin : FamilyOf(businesses, application.applicant.business_id)) {
        add(kin->id);
    }
    return unused;
}

void GoodsBook::Save(Transaction& transaction) const {
    book_.Save(transaction);
    uses_.Save(transaction);
}

}  // namespace bangkit::aid
