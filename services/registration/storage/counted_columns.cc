#include "services/registration/storage/counted_columns.h"

#include <optional>

#include "services/registration/domain/legality.h"
#include "services/registration/storage/bits.h"
#include "services/registration/storage/registry_data.h"

namespace bangkit::registration {
namespace {

std::optional<std::int32_t> Number(const postgres::Rows& rows, int i, int column) {
    const std::optional<std::int64_t> number = rows.OptionalInt64(i, column);
    if (!number) return std::nullopt;
    return static_cast<std::int32_t>(*number);
}

}  // namespace

void CountedColumns::Add(const Profile& profile) {
    const Cooperative cooperative = profile.cooperative.value_or(Cooperative{});
    order_and_deliver.Add(std::int16_t{profile.order_and_deliver});
    location_types.Add(profile.location_type);
    coverages.Add(profile.network_coverage);
    workers_male.Add(profile.workers.male);
    workers_female.Add(profile.workers.female);
    affiliations.Add(cooperative.affiliation);
    sharia.Add(std::int16_t{cooperative.is_sharia});
    deeds.Add(std::int16_t{!cooperative.deed_number.empty()});
    permits.Add(ToBits(PermitsOf(profile)));
    details.Add(SerializedDetails(profile));
}

void ReadCounted(Profile& out, const postgres::Rows& rows, int i, int first) {
    out.order_and_deliver = rows.Bool(i, first);
    out.location_type = static_cast<LocationType>(rows.Int64(i, first + 1));
    out.network_coverage = static_cast<NetworkCoverage>(rows.Int64(i, first + 2));
    out.workers = {.male = Number(rows, i, first + 3), .female = Number(rows, i, first + 4)};
    ReadDetails(out, rows.Bytes(i, first + 5));
}

}  // namespace bangkit::registration
