#include "services/registration/storage/list_filter.h"

#include "services/registration/storage/bits.h"

namespace bangkit::registration {
namespace {

using postgres::Int64;

std::string Number(const auto& value) {
    return Int64(value ? static_cast<std::int64_t>(*value) : 0);
}

}  // namespace

std::string FilterSql(std::string_view scale, std::string_view condition,
                      std::string_view verification) {
    const auto is = [](std::string_view parameter, std::string_view column) {
        return " AND (" + std::string(parameter) + "::bigint = 0 OR " + std::string(column) +
               " = " + std::string(parameter) + ")";
    };
    return is("$1", "l.kind") + is("$2", scale) + is("$3", condition) + is("$4", verification) +
           " AND starts_with(l.kbli, $5::text)"
           " AND l.channels::bigint & $6::bigint = $6"
           " AND ($7::bigint = 0 OR 1 << l.network_coverage::int & $7 <> 0)"
           " AND l.legality::bigint & $8::bigint = $8"
           " AND l.legality::bigint & $9::bigint = 0"
           " AND ($10::bigint = 0 OR l.order_and_deliver)"
           " AND ($11::bigint = 0 OR 1 << l.cooperative_affiliation::int & $11 <> 0)";
}

FilterParameters::FilterParameters(const ListFilter& filter)
    : values_{Number(filter.kind),
              Number(filter.scale),
              Number(filter.condition),
              Number(filter.verification),
              filter.kbli,
              Int64(ToBits(filter.channels)),
              Int64(ToBits(filter.coverages)),
              Int64(ToBits(filter.legality)),
              Int64(ToBits(filter.missing_legality)),
              Int64(filter.order_and_deliver ? 1 : 0),
              Int64(ToBits(filter.affiliations))} {}

}  // namespace bangkit::registration
