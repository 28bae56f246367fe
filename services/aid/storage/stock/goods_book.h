#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "libs/postgres/connection.h"
#include "services/aid/domain/application/application.h"
#include "services/aid/domain/business/business.h"
#include "services/aid/domain/stock/stock.h"
#include "services/aid/storage/application/applications.h"
#include "services/aid/storage/stock/stock_book.h"
#include "services/aid/storage/training/entitlements.h"

namespace bangkit::aid {

/// So much of a stock.
struct StockShare {
    std::string stock_id;
    std::int64_t quantity = 0;
};
/// What was once reserved for these applications, by application.
std::map<std::string, std::vector<StockShare>> LoadReserved(
    postgres::Transaction& transaction, const std::set<std::string>& application_ids);
/// And what was handed over.
std::map<std::string, std::vector<StockShare>> LoadHandedOver(
    postgres::Transaction& transaction, const std::set<std::string>& application_ids);

/// From where, and by which completed course. Empty: the programme gives no goods.
struct GoodsPlan {
    std::string warehouse_id = {};
    std::string enrolment_id = {};  // Empty: it asks for no course.
};

/// What programmes give in kind, in a transaction of applications: it is reserved with an approval,
/// released with what ends it. An approval by a completed course uses that course up.
class GoodsBook {
public:
    /// For applications that may be approved or ended. Before budgets and applications are locked;
    /// what is reserved for these afterwards, for somebody may approve them in between.
    void Load(postgres::Transaction& transaction, const std::vector<ApplicationRoot>& roots,
              const std::map<std::string, Program>& programs, const Businesses& businesses);
    void LoadReserved(postgres::Transaction& transaction);

    /// What would be given to the application, if it is approved. The refusals of
    /// ChooseEntitlement() and ChooseWarehouse().
    Result<GoodsPlan> Plan(const Program& program, const Application& application,
                           const Businesses& businesses) const;
    /// As planned right before.
    void Reserve(const GoodsPlan& plan, const Application& application, const StockActor& actor);
    /// All that is reserved for it.
    void Release(const Application& application, const StockActor& actor);

    void Save(postgres::Transaction& transaction) const;

private:
    std::vector<Entitlement> EntitlementsOf(const Application& application,
                                            const Businesses& businesses) const;

    std::set<std::string> application_ids_;                         // Of which goods are given.
    std::map<std::string, std::vector<Goods>> goods_;               // By programme.
    std::map<std::string, std::vector<StockShare>> reserved_;       // By application.
    std::map<std::string, std::vector<Entitlement>> entitlements_;  // By business, unused.
    StockBook book_;
    EntitlementUses uses_;
};

}  // namespace bangkit::aid
