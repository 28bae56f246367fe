#pragma once

#include "libs/postgres/connection.h"
#include "services/registration/domain/business.h"

namespace bangkit::registration {

/// The columns of businesses by which they are counted, and the one of the details that have none:
/// a row per Add().
struct CountedColumns {
    void Add(const Profile& profile);

    postgres::SmallintArray order_and_deliver, location_types, coverages, affiliations, sharia,
        deeds, permits;
    postgres::Int64Array workers_male, workers_female;
    postgres::BytesArray details;
};

/// From order_and_deliver, location_type, network_coverage, workers_male, workers_female, details:
/// `first` is the column of the first.
void ReadCounted(Profile& out, const postgres::Rows& rows, int i, int first);

}  // namespace bangkit::registration
