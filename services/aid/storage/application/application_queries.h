#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "services/aid/domain/application/application.h"
#include "services/aid/storage/viewer.h"

namespace bangkit::aid {

struct ApplicationFilter {
    std::string program_id;   // Empty: of any.
    std::string region_code;  // Of it and all that lies in it; empty: any.
    std::optional<ApplicationState> state;
};

/// Reads, each in a transaction that says to row-level security who is looking.
class ApplicationQueries {
public:
    /// `pool` must outlive it.
    explicit ApplicationQueries(postgres::Pool& pool) : pool_(pool) {}

    std::optional<Application> Find(const Viewer& viewer, const std::string& application_id) const;
    /// Up to `limit` applications behind that id, in the order of their ids.
    std::vector<Application> List(const Viewer& viewer, const ApplicationFilter& filter,
                                  const std::string& after, std::int64_t limit) const;

private:
    postgres::Pool& pool_;
};

}  // namespace bangkit::aid
