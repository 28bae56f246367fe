#include "services/aid/jobs/document/object_sweep.h"

#include <algorithm>
#include <span>
#include <utility>

#include "libs/base/ids.h"

namespace bangkit::aid {
namespace {

// The command of an upload follows within seconds, and no clock is wrong by as much.
constexpr std::chrono::hours kAgeMin{24};

postgres::Rows FindOrphans(postgres::Connection& connection, std::span<const std::string> ids) {
    postgres::UuidArray objects;
    for (const std::string& id : ids) objects.Add(id);
    return connection.Run(
        "SELECT u.id FROM unnest($1::uuid[]) AS u (id)"
        " WHERE NOT EXISTS (SELECT FROM documents d WHERE d.document_id = u.id)",
        {objects});
}

}  // namespace

std::int64_t ObjectSweep::Turn(postgres::Connection& connection, std::size_t batch) {
    const std::vector<std::string> old = OldOnesOf(shelf_);
    std::int64_t removed = 0;
    for (std::size_t begin = 0; begin < old.size(); begin += batch) {
        const std::size_t size = std::min(batch, old.size() - begin);
        const postgres::Rows orphans = FindOrphans(connection, std::span(old).subspan(begin, size));
        for (int i = 0; i < orphans.size(); ++i) store_.Remove(orphans.Uuid(i, 0));
        removed += orphans.size();
    }
    shelf_ = (shelf_ + 1) % objects::Store::kShelves;
    return removed;
}

std::vector<std::string> ObjectSweep::OldOnesOf(int shelf) const {
    std::vector<std::string> old;
    for (objects::ObjectInfo& object : store_.List(shelf)) {
        const bool is_old = object.written_at + kAgeMin < clock_.Now();
        if (is_old && ParseUuid(object.name)) old.push_back(std::move(object.name));
    }
    return old;
}

}  // namespace bangkit::aid
