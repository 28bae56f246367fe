#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "services/aid/domain/program/program.h"
#include "services/aid/storage/viewer.h"

namespace bangkit::aid {

struct ProgramFilter {
    std::string region_code;  // Of it and all that lies in it; empty: any.
    std::optional<Instrument> instrument;
    std::optional<ProgramState> state;
    int fiscal_year = 0;  // 0: any.
};

/// Reads, each in a transaction that says to row-level security who is looking.
class ProgramQueries {
public:
    /// `pool` must outlive it.
    explicit ProgramQueries(postgres::Pool& pool) : pool_(pool) {}

    std::optional<Program> Find(const Viewer& viewer, const std::string& program_id) const;
    /// Up to `limit` programmes behind that id, in the order of their ids.
    std::vector<Program> List(const Viewer& viewer, const ProgramFilter& filter,
                              const std::string& after, std::int64_t limit) const;

private:
    postgres::Pool& pool_;
};

}  // namespace bangkit::aid
