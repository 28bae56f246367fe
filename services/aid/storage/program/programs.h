#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "libs/base/tracked.h"
#include "libs/postgres/connection.h"
#include "services/aid/domain/program/program.h"

namespace bangkit::aid {

/// Of a row of `programs p`, in the order that ToProgram() reads them.
inline constexpr std::string_view kProgramColumns =
    "p.program_id, p.version, p.state, p.terms, p.created_at, p.updated_at";
Program ToProgram(const postgres::Rows& rows, int i);

/// kAgainstChanges: others may hold the same; for whoever decides by a programme without changing
/// it.
enum class RowLock { kForChange, kAgainstChanges };

/// Locks in id order; ids not found are left out.
std::vector<Program> LockPrograms(postgres::Transaction& transaction,
                                  const postgres::UuidArray& ids,
                                  RowLock lock = RowLock::kForChange);

/// New rows, and changed ones: updated where the version is what was loaded, else the transaction
/// fails as a lost race.
void SavePrograms(postgres::Transaction& transaction, const Tracked<Program>& programs);

/// Every set of rules that a programme has ever had: rows that are never changed.
class RuleSets {
public:
    void Add(const Program& program, const std::string& recorded_by);
    void Save(postgres::Transaction& transaction) const;

private:
    postgres::UuidArray programs_;
    postgres::Int64Array versions_;
    postgres::BytesArray rules_;
    postgres::TimeArray recorded_at_;
    postgres::TextArray recorded_by_;
};

/// What the groups of the matrix of double aid mean.
class ExclusionGroups {
public:
    void Load(postgres::Transaction& transaction, const postgres::TextArray& codes);
    const std::vector<Exclusion>& known() const { return known_; }
    /// Groups that nobody has named before, and that the programme names them.
    void Learn(const std::string& program_id, const std::vector<Exclusion>& exclusions);
    void Save(postgres::Transaction& transaction) const;

private:
    std::vector<Exclusion> known_;
    std::size_t saved_ = 0;
    postgres::UuidArray programs_;
    postgres::TextArray named_;
};

}  // namespace bangkit::aid
