#include "services/aid/storage/program/programs.h"

#include <algorithm>
#include <stdexcept>

#include "bangkit/aid/v1/program.pb.h"
#include "services/aid/storage/program/program_mapping.h"

namespace bangkit::aid {
namespace {

using postgres::Rows;

std::string Serialized(const ProgramTerms& terms) {
    v1::ProgramTerms message;
    Fill(message, terms);
    return message.SerializeAsString();
}

void InsertCreated(postgres::Transaction& transaction, const Tracked<Program>& programs) {
    const auto created = programs.Created();
    if (created.empty()) return;
    postgres::UuidArray ids;
    postgres::Int64Array versions, years;
    postgres::SmallintArray instruments, states;
    postgres::TextArray regions;
    postgres::BytesArray terms;
    postgres::TimeArray created_at, updated_at;
    for (const auto* entry : created) {
        const Program& program = entry->state;
        ids.Add(program.id);
        versions.Add(program.version);
        instruments.Add(program.terms.instrument);
        years.Add(std::int64_t{program.terms.fiscal_year});
        regions.Add(program.terms.region_code);
        states.Add(program.state);
        terms.Add(Serialized(program.terms));
        created_at.Add(program.created_at);
        updated_at.Add(program.updated_at);
    }
    transaction.Queue(
        "INSERT INTO programs (program_id, version, instrument, fiscal_year, region_code, state,"
        "   terms, created_at, updated_at)"
        " SELECT unnest($1::uuid[]), unnest($2::bigint[]), unnest($3::smallint[]),"
        "        unnest($4::bigint[])::integer, unnest($5::text[]), unnest($6::smallint[]),"
        "        unnest($7::bytea[]), unnest($8::timestamptz[]), unnest($9::timestamptz[])",
        {ids, versions, instruments, years, regions, states, terms, created_at, updated_at});
}

void UpdateChanged(postgres::Transaction& transaction, const Tracked<Program>& programs) {
    const auto changed = programs.Changed();
    if (changed.empty()) return;
    postgres::UuidArray ids;
    postgres::Int64Array saved_versions, versions;
    postgres::SmallintArray states;
    postgres::BytesArray terms;
    postgres::TimeArray updated_at;
    for (const auto* entry : changed) {
        const Program& program = entry->state;
        ids.Add(program.id);
        saved_versions.Add(entry->saved_version);
        versions.Add(program.version);
        states.Add(program.state);
        terms.Add(Serialized(program.terms));
        updated_at.Add(program.updated_at);
    }
    transaction.QueueExact(
        ids.size(),
        "UPDATE programs t"
        "   SET version = u.version, state = u.state, terms = u.terms, updated_at = u.updated_at"
        "  FROM unnest($1::uuid[], $2::bigint[], $3::bigint[], $4::smallint[], $5::bytea[],"
        "              $6::timestamptz[])"
        "    AS u (id, saved_version, version, state, terms, updated_at)"
        " WHERE t.program_id = u.id AND t.version = u.saved_version",
        {ids, saved_versions, versions, states, terms, updated_at});
}

}  // namespace

Program ToProgram(const Rows& rows, int i) {
    const std::string_view bytes = rows.Bytes(i, 3);
    v1::ProgramTerms terms;
    if (!terms.ParseFromArray(bytes.data(), static_cast<int>(bytes.size()))) {
        throw std::runtime_error("the terms of a programme cannot be read");
    }
    return {.id = rows.Uuid(i, 0),
            .version = rows.Int64(i, 1),
            .terms = ToTerms(terms),
            .state = static_cast<ProgramState>(rows.Int64(i, 2)),
            .created_at = rows.Time(i, 4),
            .updated_at = rows.Time(i, 5)};
}

std::vector<Program> LockPrograms(postgres::Transaction& transaction,
                                  const postgres::UuidArray& ids, RowLock lock) {
    std::vector<Program> programs;
    if (ids.size() == 0) return programs;
    static const std::string sql = "SELECT " + std::string(kProgramColumns) +
                                   "  FROM programs p WHERE p.program_id = ANY($1::uuid[])"
                                   " ORDER BY p.program_id FOR ";
    static const std::string for_change = sql + "UPDATE", against_changes = sql + "SHARE";
    const Rows rows =
        transaction.Run(lock == RowLock::kForChange ? for_change : against_changes, {ids});
    for (int i = 0; i < rows.size(); ++i) programs.push_back(ToProgram(rows, i));
    return programs;
}

void SavePrograms(postgres::Transaction& transaction, const Tracked<Program>& programs) {
    InsertCreated(transaction, programs);
    UpdateChanged(transaction, programs);
}

void RuleSets::Add(const Program& program, const std::string& recorded_by) {
    v1::RuleSet message;
    Fill(message, program.terms.rules);
    programs_.Add(program.id);
    versions_.Add(std::int64_t{program.terms.rules.version});
    rules_.Add(message.SerializeAsString());
    recorded_at_.Add(program.updated_at);
    recorded_by_.Add(recorded_by);
}

void RuleSets::Save(postgres::Transaction& transaction) const {
    if (programs_.size() == 0) return;
    transaction.Queue(
        "INSERT INTO rule_sets (program_id, rules_version, rules, recorded_at, recorded_by)"
        " SELECT unnest($1::uuid[]), unnest($2::bigint[])::integer, unnest($3::bytea[]),"
        "        unnest($4::timestamptz[]), unnest($5::text[])",
        {programs_, versions_, rules_, recorded_at_, recorded_by_});
}

void ExclusionGroups::Load(postgres::Transaction& transaction, const postgres::TextArray& codes) {
    if (codes.size() == 0) return;
    const Rows rows = transaction.Run(
        "SELECT code, scope, span, most FROM exclusion_groups WHERE code = ANY($1::text[])"
        " ORDER BY code",
        {codes});
    for (int i = 0; i < rows.size(); ++i) {
        known_.push_back({.group = rows.Text(i, 0),
                          .scope = static_cast<ExclusionScope>(rows.Int64(i, 1)),
                          .span = static_cast<ExclusionSpan>(rows.Int64(i, 2)),
                          .limit = static_cast<int>(rows.Int64(i, 3))});
    }
    saved_ = known_.size();
}

void ExclusionGroups::Learn(const std::string& program_id,
                            const std::vector<Exclusion>& exclusions) {
    for (const Exclusion& exclusion : exclusions) {
        const auto same = std::ranges::find(known_, exclusion.group, &Exclusion::group);
        if (same == known_.end()) known_.push_back(exclusion);
        programs_.Add(program_id);
        named_.Add(exclusion.group);
    }
}

// Whoever names a group at the same time wins or loses the race for its code, and is run again.
void ExclusionGroups::Save(postgres::Transaction& transaction) const {
    if (programs_.size() == 0) return;
    transaction.Queue(
        "INSERT INTO program_exclusions (program_id, group_code)"
        " SELECT unnest($1::uuid[]), unnest($2::text[])",
        {programs_, named_});
    if (known_.size() == saved_) return;
    postgres::TextArray codes;
    postgres::SmallintArray scopes, spans, limits;
    for (std::size_t i = saved_; i < known_.size(); ++i) {
        codes.Add(known_[i].group);
        scopes.Add(known_[i].scope);
        spans.Add(known_[i].span);
        limits.Add(static_cast<std::int16_t>(known_[i].limit));
    }
    transaction.Queue(
        "INSERT INTO exclusion_groups (code, scope, span, most)"
        " SELECT unnest($1::text[]), unnest($2::smallint[]), unnest($3::smallint[]),"
        "        unnest($4::smallint[])",
        {codes, scopes, spans, limits});
}

}  // namespace bangkit::aid
