#include "services/registration/storage/region_moves.h"

#include "services/registration/storage/list_filter.h"

namespace bangkit::registration {
namespace {

using postgres::Int64;
using postgres::Rows;
using postgres::Transaction;

constexpr int kNextMax = 200;

/// Where a command begins, and where it ends: a business by region and id, and a need.
struct Position {
    ListPosition business;
    std::string need_id;
};

Position BeginOf(const ApplyRegionChange& command) {
    const ListPosition first{.region_code = command.region_code};
    if (command.after_region_code.empty()) return {.business = first, .need_id = first.business_id};
    return {.business = {command.after_region_code, command.after_business_id},
            .need_id = command.after_need_id};
}

std::string TextOf(const Position& position) {
    return position.business.region_code + "/" + position.business.business_id + "/" +
           position.need_id;
}

/// The ids of the next ones; moves `position` behind them.
std::vector<std::string> NextBusinesses(Transaction& transaction, const std::string& beyond,
                                        ListPosition& position) {
    const Rows rows = transaction.Run(
        "SELECT region_code, business_id FROM listed_businesses"
        " WHERE (region_code, business_id) > ($1::text COLLATE \"C\", $2::text::uuid)"
        "   AND region_code < $3::text COLLATE \"C\""
        " ORDER BY region_code, business_id LIMIT $4::bigint",
        {position.region_code, position.business_id, beyond, Int64(kNextMax)});
    std::vector<std::string> ids;
    for (int i = 0; i < rows.size(); ++i) {
        position = {.region_code = rows.Text(i, 0), .business_id = rows.Uuid(i, 1)};
        ids.push_back(position.business_id);
    }
    return ids;
}

std::vector<std::string> NextNeeds(Transaction& transaction, const std::string& region,
                                   const std::string& beyond, std::string& position) {
    const Rows rows = transaction.Run(
        "SELECT need_id FROM needs"
        " WHERE need_id > $1::text::uuid"
        "   AND region_code >= $2::text COLLATE \"C\" AND region_code < $3::text COLLATE \"C\""
        " ORDER BY need_id LIMIT $4::bigint",
        {position, region, beyond, Int64(kNextMax)});
    std::vector<std::string> ids;
    for (int i = 0; i < rows.size(); ++i) ids.push_back(position = rows.Uuid(i, 0));
    return ids;
}

}  // namespace

void RegionMoves::Want(const ApplyRegionChange& command) {
    wanted_.try_emplace(command.region_code + "/" + TextOf(BeginOf(command)), command, Next{});
}

void RegionMoves::Load(Transaction& transaction, postgres::UuidArray& to_lock) {
    for (auto& [name, each] : wanted_) {
        auto& [command, next] = each;
        const std::string beyond = command.region_code + '/';  // After '.'.
        Position position = BeginOf(command);
        next.business_ids = NextBusinesses(transaction, beyond, position.business);
        next.need_ids = NextNeeds(transaction, command.region_code, beyond, position.need_id);
        for (const std::string& id : next.business_ids) to_lock.Add(id);
        const bool goes_on =
            next.business_ids.size() == kNextMax || next.need_ids.size() == kNextMax;
        if (goes_on) next.page_token = TextOf(position);
    }
}

void RegionMoves::LockNeeds(Transaction& transaction) {
    postgres::UuidArray ids;
    for (const auto& [name, each] : wanted_) {
        for (const std::string& id : each.second.need_ids) ids.Add(id);
    }
    for (Need& need : registration::LockNeeds(transaction, ids)) needs_.AddLoaded(std::move(need));
}

const RegionMoves::Next& RegionMoves::Find(const ApplyRegionChange& command) const {
    return wanted_.at(command.region_code + "/" + TextOf(BeginOf(command))).second;
}

void RegionMoves::Add(const Business& business) {
    moved_ids_.Add(business.id);
    owner_ids_.Add(business.owner_id);
    regions_.Add(business.profile.region_code);
}

void RegionMoves::Save(Transaction& transaction) const {
    SaveNeeds(transaction, needs_, {});
    need_history_.Save(transaction);
    if (moved_ids_.size() == 0) return;
    // Whoever reaches the business sees to what its owner demands.
    transaction.Queue(
        "UPDATE subject_requests t SET region_code = u.region_code"
        "  FROM unnest($1::uuid[], $2::uuid[], $3::text[]) u (owner_id, business_id, region_code)"
        " WHERE t.state = 1 AND t.owner_id = u.owner_id AND t.business_id = u.business_id",
        {owner_ids_, moved_ids_, regions_});
}

}  // namespace bangkit::registration
