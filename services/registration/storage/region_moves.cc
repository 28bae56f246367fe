#include "services/registration/storage/region_moves.h"

#include <utility>

namespace bangkit::registration {
namespace {

constexpr int kNextMax = 200;

std::string NameOf(const ApplyRegionChange& command) {
    return command.region_code + "/" + command.after_region_code + "/" + command.after_business_id;
}

}  // namespace

void RegionMoves::Want(const ApplyRegionChange& command) {
    wanted_.try_emplace(NameOf(command), command, Next{});
}

void RegionMoves::Load(postgres::Transaction& transaction, postgres::UuidArray& to_lock) {
    for (auto& [name, each] : wanted_) {
        auto& [command, next] = each;
        ListPosition after{.region_code = command.region_code};
        if (!command.after_region_code.empty()) {
            after = {command.after_region_code, command.after_business_id};
        }
        const postgres::Rows rows = transaction.Run(
            "SELECT region_code, business_id FROM listed_businesses"
            " WHERE (region_code, business_id) > ($1::text COLLATE \"C\", $2::text::uuid)"
            "   AND region_code < $3::text COLLATE \"C\""
            " ORDER BY region_code, business_id LIMIT $4::bigint",
            {after.region_code, after.business_id, command.region_code + '/',
             postgres::Int64(kNextMax)});
        for (int i = 0; i < rows.size(); ++i) {
            next.business_ids.push_back(rows.Uuid(i, 1));
            to_lock.Add(next.business_ids.back());
        }
        if (rows.size() == kNextMax) {
            next.after = {.region_code = rows.Text(kNextMax - 1, 0),
                          .business_id = next.business_ids.back()};
        }
    }
}

const RegionMoves::Next& RegionMoves::Find(const ApplyRegionChange& command) const {
    return wanted_.at(NameOf(command)).second;
}

void RegionMoves::Add(const Business& business) {
    moved_ids_.Add(business.id);
    owner_ids_.Add(business.owner_id);
    regions_.Add(business.profile.region_code);
}

void RegionMoves::Save(postgres::Transaction& transaction) const {
    if (moved_ids_.size() == 0) return;
    // Whoever reaches the business sees to what its owner demands.
    transaction.Queue(
        "UPDATE subject_requests t SET region_code = u.region_code"
        "  FROM unnest($1::uuid[], $2::uuid[], $3::text[]) u (owner_id, business_id, region_code)"
        " WHERE t.state = 1 AND t.owner_id = u.owner_id AND t.business_id = u.business_id",
        {owner_ids_, moved_ids_, regions_});
}

}  // namespace bangkit::registration
