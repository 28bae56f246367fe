#include "services/dashboard/storage/aid_tables.h"

#include "services/dashboard/storage/measure_tables.h"
#include "services/dashboard/storage/projection_tables.h"

namespace bangkit::dashboard {
namespace {

void SaveProgramCounts(postgres::Transaction& transaction, const AidChanges& changes) {
    postgres::TextArray regions;
    postgres::DateArray months;
    postgres::SmallintArray instruments, states;
    postgres::Int64Array by;
    for (const auto& [cell, change] : changes.programs()) {
        regions.Add(cell.region_code);
        months.Add(FirstDayOf(cell.month));
        instruments.Add(cell.instrument);
        states.Add(cell.state);
        by.Add(change);
    }
    if (by.size() == 0) return;
    transaction.Queue(
        "INSERT INTO program_counts AS t (region_code, month, instrument, state, change)"
        " SELECT * FROM unnest($1::text[], $2::date[], $3::smallint[], $4::smallint[],"
        "                      $5::bigint[])"
        " ON CONFLICT (region_code, month, instrument, state)"
        " DO UPDATE SET change = t.change + excluded.change",
        {regions, months, instruments, states, by});
}

void SaveAllocations(postgres::Transaction& transaction, const AidChanges& changes) {
    postgres::TextArray regions;
    postgres::DateArray months;
    postgres::Int64Array rupiah;
    for (const auto& [cell, change] : changes.allocated()) {
        regions.Add(cell.region_code);
        months.Add(FirstDayOf(cell.month));
        rupiah.Add(change);
    }
    if (rupiah.size() == 0) return;
    transaction.Queue(
        "INSERT INTO allocation_sums AS t (region_code, month, change_rupiah)"
        " SELECT * FROM unnest($1::text[], $2::date[], $3::bigint[])"
        " ON CONFLICT (region_code, month)"
        " DO UPDATE SET change_rupiah = t.change_rupiah + excluded.change_rupiah",
        {regions, months, rupiah});
}

void SaveApplicationCounts(postgres::Transaction& transaction, const AidChanges& changes) {
    postgres::TextArray regions;
    postgres::DateArray months;
    postgres::SmallintArray states;
    postgres::Int64Array by, rupiah;
    for (const auto& [cell, change] : changes.applications()) {
        regions.Add(cell.region_code);
        months.Add(FirstDayOf(cell.month));
        states.Add(cell.state);
        by.Add(change.applications);
        rupiah.Add(change.rupiah);
    }
    if (by.size() == 0) return;
    transaction.Queue(
        "INSERT INTO application_counts AS t (region_code, month, state, change, change_rupiah)"
        " SELECT * FROM unnest($1::text[], $2::date[], $3::smallint[], $4::bigint[],"
        "                      $5::bigint[])"
        " ON CONFLICT (region_code, month, state)"
        " DO UPDATE SET change = t.change + excluded.change,"
        "               change_rupiah = t.change_rupiah + excluded.change_rupiah",
        {regions, months, states, by, rupiah});
}

void SaveSteps(postgres::Transaction& transaction, const AidChanges& changes) {
    postgres::TextArray regions;
    postgres::DateArray months;
    postgres::SmallintArray steps;
    postgres::Int64Array hours, applications;
    for (const auto& [cell, count] : changes.steps()) {
        regions.Add(cell.region_code);
        months.Add(FirstDayOf(cell.month));
        steps.Add(cell.step);
        hours.Add(cell.hours);
        applications.Add(count);
    }
    if (applications.size() == 0) return;
    transaction.Queue(
        "INSERT INTO application_steps AS t (region_code, month, step, hours, applications)"
        " SELECT * FROM unnest($1::text[], $2::date[], $3::smallint[], $4::bigint[],"
        "                      $5::bigint[])"
        " ON CONFLICT (region_code, month, step, hours)"
        " DO UPDATE SET applications = t.applications + excluded.applications",
        {regions, months, steps, hours, applications});
}

void SaveRejections(postgres::Transaction& transaction, const AidChanges& changes) {
    postgres::TextArray regions;
    postgres::DateArray months;
    postgres::SmallintArray reasons;
    postgres::Int64Array applications;
    for (const auto& [cell, count] : changes.rejections()) {
        regions.Add(cell.region_code);
        months.Add(FirstDayOf(cell.month));
        reasons.Add(cell.reason);
        applications.Add(count);
    }
    if (applications.size() == 0) return;
    transaction.Queue(
        "INSERT INTO rejection_counts AS t (region_code, month, reason, applications)"
        " SELECT * FROM unnest($1::text[], $2::date[], $3::smallint[], $4::bigint[])"
        " ON CONFLICT (region_code, month, reason)"
        " DO UPDATE SET applications = t.applications + excluded.applications",
        {regions, months, reasons, applications});
}

}  // namespace

std::unordered_map<std::string, Program> LoadPrograms(postgres::Transaction& transaction,
                                                      const postgres::UuidArray& program_ids) {
    std::unordered_map<std::string, Program> programs;
    if (program_ids.size() == 0) return programs;
    const postgres::Rows rows = transaction.Run(
        "SELECT program_id, region_code, instrument, state FROM program_states"
        " WHERE program_id = ANY($1::uuid[])",
        {program_ids});
    for (int i = 0; i < rows.size(); ++i) {
        programs.emplace(rows.Uuid(i, 0), Program{.region_code = rows.Text(i, 1),
                                                  .instrument = Instrument(rows.Int64(i, 2)),
                                                  .state = ProgramState(rows.Int64(i, 3))});
    }
    return programs;
}

void SavePrograms(postgres::Transaction& transaction,
                  const std::map<std::string, Program>& programs) {
    postgres::UuidArray ids;
    postgres::TextArray regions;
    postgres::SmallintArray instruments, states;
    for (const auto& [id, program] : programs) {
        ids.Add(id);
        regions.Add(program.region_code);
        instruments.Add(program.instrument);
        states.Add(program.state);
    }
    if (ids.size() == 0) return;
    transaction.Queue(
        "INSERT INTO program_states (program_id, region_code, instrument, state)"
        " SELECT * FROM unnest($1::uuid[], $2::text[], $3::smallint[], $4::smallint[])"
        " ON CONFLICT (program_id)"
        " DO UPDATE SET region_code = excluded.region_code, instrument = excluded.instrument,"
        "               state = excluded.state",
        {ids, regions, instruments, states});
}

std::unordered_map<std::string, Budget> LoadBudgets(postgres::Transaction& transaction,
                                                    const postgres::UuidArray& budget_ids) {
    std::unordered_map<std::string, Budget> budgets;
    if (budget_ids.size() == 0) return budgets;
    const postgres::Rows rows = transaction.Run(
        "SELECT budget_id, region_code, allocated_rupiah FROM budget_states"
        " WHERE budget_id = ANY($1::uuid[])",
        {budget_ids});
    for (int i = 0; i < rows.size(); ++i) {
        budgets.emplace(rows.Uuid(i, 0),
                        Budget{.region_code = rows.Text(i, 1), .allocated = rows.Int64(i, 2)});
    }
    return budgets;
}

void SaveBudgets(postgres::Transaction& transaction, const std::map<std::string, Budget>& budgets) {
    postgres::UuidArray ids;
    postgres::TextArray regions;
    postgres::Int64Array allocated;
    for (const auto& [id, budget] : budgets) {
        ids.Add(id);
        regions.Add(budget.region_code);
        allocated.Add(budget.allocated);
    }
    if (ids.size() == 0) return;
    transaction.Queue(
        "INSERT INTO budget_states (budget_id, region_code, allocated_rupiah)"
        " SELECT * FROM unnest($1::uuid[], $2::text[], $3::bigint[])"
        " ON CONFLICT (budget_id)"
        " DO UPDATE SET region_code = excluded.region_code,"
        "               allocated_rupiah = excluded.allocated_rupiah",
        {ids, regions, allocated});
}

std::unordered_map<std::string, Application> LoadApplications(
    postgres::Transaction& transaction, const postgres::UuidArray& application_ids) {
    std::unordered_map<std::string, Application> applications;
    if (application_ids.size() == 0) return applications;
    const postgres::Rows rows = transaction.Run(
        "SELECT application_id, region_code, state, amount_rupiah FROM application_states"
        " WHERE application_id = ANY($1::uuid[])",
        {application_ids});
    for (int i = 0; i < rows.size(); ++i) {
        applications.emplace(rows.Uuid(i, 0),
                             Application{.region_code = rows.Text(i, 1),
                                         .state = ApplicationState(rows.Int64(i, 2)),
                                         .amount = rows.Int64(i, 3)});
    }
    return applications;
}

void SaveApplications(postgres::Transaction& transaction,
                      const std::map<std::string, Application>& applications) {
    postgres::UuidArray ids;
    postgres::TextArray regions;
    postgres::SmallintArray states;
    postgres::Int64Array amounts;
    for (const auto& [id, application] : applications) {
        ids.Add(id);
        regions.Add(application.region_code);
        states.Add(application.state);
        amounts.Add(application.amount);
    }
    if (ids.size() == 0) return;
    transaction.Queue(
        "INSERT INTO application_states (application_id, region_code, state, amount_rupiah)"
        " SELECT * FROM unnest($1::uuid[], $2::text[], $3::smallint[], $4::bigint[])"
        " ON CONFLICT (application_id)"
        " DO UPDATE SET region_code = excluded.region_code, state = excluded.state,"
        "               amount_rupiah = excluded.amount_rupiah",
        {ids, regions, states, amounts});
}

void SaveAidChanges(postgres::Transaction& transaction, const AidChanges& changes) {
    SaveProgramCounts(transaction, changes);
    SaveAllocations(transaction, changes);
    SaveApplicationCounts(transaction, changes);
    SaveSteps(transaction, changes);
    SaveRejections(transaction, changes);
    SaveMeasureSums(transaction, changes.measures());
    std::map<std::string, std::int64_t> regions;
    for (const std::string& code : changes.Regions()) regions.emplace(code, 0);
    RaiseVersions(transaction, regions);
}

}  // namespace bangkit::dashboard
