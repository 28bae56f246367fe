#include "services/aid/storage/application/applications.h"

#include <utility>

#include "services/aid/storage/application/application_mapping.h"
#include "services/aid/storage/lines.h"

namespace bangkit::aid {
namespace {

using postgres::Rows;

void Add(postgres::TimeArray& column, const std::optional<Time>& time) {
    time ? column.Add(*time) : column.AddNull();
}

/// The columns that change, for INSERT and UPDATE alike.
struct Columns {
    postgres::UuidArray ids, budgets;
    postgres::Int64Array versions, amounts;
    postgres::SmallintArray states;
    postgres::TextArray households, entered_by, surveyed_by, approved_by;
    postgres::BytesArray details, stated;
    postgres::DateArray correct_until;
    postgres::TimeArray submitted_at, approved_at, updated_at;

    void AddRow(const Application& application) {
        ids.Add(application.id);
        versions.Add(application.version);
        states.Add(application.state);
        amounts.Add(application.amount);
        application.budget_id.empty() ? budgets.AddNull() : budgets.Add(application.budget_id);
        households.Add(application.applicant.household);
        entered_by.Add(ToLines(application.entered_by));
        surveyed_by.Add(ToLines(application.surveyed_by));
        approved_by.Add(application.approved_by);
        details.Add(SerializedDetails(application));
        stated.Add(application.statement);
        correct_until.Add(application.correction ? std::optional(application.correction->until)
                                                 : std::nullopt);
        Add(submitted_at, application.submitted_at);
        Add(approved_at, application.approved_at);
        updated_at.Add(application.updated_at);
    }
};

void InsertCreated(postgres::Transaction& transaction, const Tracked<Application>& applications) {
    const auto created = applications.Created();
    if (created.empty()) return;
    Columns columns;
    postgres::UuidArray programs, businesses, owners;
    postgres::TextArray regions;
    postgres::TimeArray created_at;
    for (const auto* entry : created) {
        const Application& application = entry->state;
        columns.AddRow(application);
        programs.Add(application.program_id);
        businesses.Add(application.applicant.business_id);
        owners.Add(application.applicant.owner_id);
        regions.Add(application.applicant.region_code);
        created_at.Add(application.created_at);
    }
    transaction.Queue(
        "INSERT INTO applications (application_id, version, program_id, business_id, owner_id,"
        "   household, region_code, state, amount_rupiah, budget_id, entered_by, surveyed_by,"
        "   approved_by, details, created_at, submitted_at, approved_at, updated_at, stated,"
        "   correct_until)"
        " SELECT unnest($1::uuid[]), unnest($2::bigint[]), unnest($3::uuid[]),"
        "        unnest($4::uuid[]), unnest($5::uuid[]), unnest($6::text[]), unnest($7::text[]),"
        "        unnest($8::smallint[]), unnest($9::bigint[]), unnest($10::uuid[]),"
        "        unnest($11::text[]), unnest($12::text[]), unnest($13::text[]),"
        "        unnest($14::bytea[]), unnest($15::timestamptz[]), unnest($16::timestamptz[]),"
        "        unnest($17::timestamptz[]), unnest($18::timestamptz[]), unnest($19::bytea[]),"
        "        unnest($20::date[])",
        {columns.ids,
         columns.versions,
         programs,
         businesses,
         owners,
         columns.households,
         regions,
         columns.states,
         columns.amounts,
         columns.budgets,
         columns.entered_by,
         columns.surveyed_by,
         columns.approved_by,
         columns.details,
         created_at,
         columns.submitted_at,
         columns.approved_at,
         columns.updated_at,
         columns.stated,
         columns.correct_until});
}

void UpdateChanged(postgres::Transaction& transaction, const Tracked<Application>& applications) {
    const auto changed = applications.Changed();
    if (changed.empty()) return;
    Columns columns;
    postgres::Int64Array saved_versions;
    for (const auto* entry : changed) {
        columns.AddRow(entry->state);
        saved_versions.Add(entry->saved_version);
    }
    transaction.QueueExact(
        columns.ids.size(),
        "UPDATE applications t"
        "   SET version = u.version, state = u.state, amount_rupiah = u.amount,"
        "       budget_id = u.budget_id, entered_by = u.entered_by, surveyed_by = u.surveyed_by,"
        "       approved_by = u.approved_by, details = u.details, submitted_at = u.submitted_at,"
        "       approved_at = u.approved_at, updated_at = u.updated_at, household = u.household,"
        "       stated = u.stated, correct_until = u.correct_until"
        "  FROM unnest($1::uuid[], $2::bigint[], $3::bigint[], $4::smallint[], $5::bigint[],"
        "              $6::uuid[], $7::text[], $8::text[], $9::text[], $10::bytea[],"
        "              $11::timestamptz[], $12::timestamptz[], $13::timestamptz[], $14::text[],"
        "              $15::bytea[], $16::date[])"
        "    AS u (id, saved_version, version, state, amount, budget_id, entered_by, surveyed_by,"
        "          approved_by, details, submitted_at, approved_at, updated_at, household, stated,"
        "          correct_until)"
        " WHERE t.application_id = u.id AND t.version = u.saved_version",
        {columns.ids, saved_versions, columns.versions, columns.states, columns.amounts,
         columns.budgets, columns.entered_by, columns.surveyed_by, columns.approved_by,
         columns.details, columns.submitted_at, columns.approved_at, columns.updated_at,
         columns.households, columns.stated, columns.correct_until});
}

}  // namespace

Application ToApplication(const Rows& rows, int i) {
    const auto optional_time = [&](int column) {
        return rows.IsNull(i, column) ? std::nullopt : std::optional(rows.Time(i, column));
    };
    Application application;
    application.id = rows.Uuid(i, 0);
    application.version = rows.Int64(i, 1);
    application.program_id = rows.Uuid(i, 2);
    application.applicant = {.business_id = rows.Uuid(i, 3),
                             .owner_id = rows.Uuid(i, 4),
                             .household = rows.Text(i, 5),
                             .region_code = rows.Text(i, 6)};
    application.state = static_cast<ApplicationState>(rows.Int64(i, 7));
    application.amount = rows.Int64(i, 8);
    application.budget_id = rows.Text(i, 9);
    application.entered_by = FromLines(rows.Text(i, 10));
    application.surveyed_by = FromLines(rows.Text(i, 11));
    application.approved_by = rows.Text(i, 12);
    ReadDetails(rows.Bytes(i, 13), application);
    application.created_at = rows.Time(i, 14);
    application.submitted_at = optional_time(15);
    application.approved_at = optional_time(16);
    application.updated_at = rows.Time(i, 17);
    application.statement = rows.Text(i, 18);
    return application;
}

std::vector<ApplicationRoot> FindRoots(postgres::Transaction& transaction,
                                       const postgres::UuidArray& ids) {
    std::vector<ApplicationRoot> roots;
    if (ids.size() == 0) return roots;
    const Rows rows = transaction.Run(
        "SELECT application_id, program_id, business_id, region_code FROM applications"
        " WHERE application_id = ANY($1::uuid[])",
        {ids});
    for (int i = 0; i < rows.size(); ++i) {
        roots.push_back({.id = rows.Uuid(i, 0),
                         .program_id = rows.Uuid(i, 1),
                         .business_id = rows.Uuid(i, 2),
                         .region_code = rows.Text(i, 3)});
    }
    return roots;
}

std::vector<Application> LockApplications(postgres::Transaction& transaction,
                                          const postgres::UuidArray& ids) {
    std::vector<Application> applications;
    if (ids.size() == 0) return applications;
    static const std::string sql = "SELECT " + std::string(kApplicationColumns) +
                                   "  FROM applications a WHERE a.application_id = ANY($1::uuid[])"
                                   " ORDER BY a.application_id FOR UPDATE";
    const Rows rows = transaction.Run(sql, {ids});
    for (int i = 0; i < rows.size(); ++i) applications.push_back(ToApplication(rows, i));
    return applications;
}

void SaveApplications(postgres::Transaction& transaction,
                      const Tracked<Application>& applications) {
    InsertCreated(transaction, applications);
    UpdateChanged(transaction, applications);
}

void ApplicationHistory::Add(const Application& application, const std::string& recorded_by) {
    ids_.Add(application.id);
    versions_.Add(application.version);
    states_.Add(application.state);
    recorded_at_.Add(application.updated_at);
    recorded_by_.Add(recorded_by);
}

void ApplicationHistory::AddDecision(const Application& application, const Facts& facts,
                                     const std::string& decided_by) {
    decided_ids_.Add(application.id);
    decided_versions_.Add(application.version);
    rules_versions_.Add(std::int64_t{application.rules_version});
    facts_.Add(Serialized(facts));
    stated_.Add(application.statement);
    decided_at_.Add(application.updated_at);
    decided_by_.Add(decided_by);
}

void ApplicationHistory::Save(postgres::Transaction& transaction) const {
    if (ids_.size() == 0) return;
    transaction.Queue(
        "INSERT INTO application_history (application_id, version, state, recorded_at,"
        "   recorded_by)"
        " SELECT unnest($1::uuid[]), unnest($2::bigint[]), unnest($3::smallint[]),"
        "        unnest($4::timestamptz[]), unnest($5::text[])",
        {ids_, versions_, states_, recorded_at_, recorded_by_});
    if (decided_ids_.size() == 0) return;
    transaction.Queue(
        "INSERT INTO decisions (application_id, version, rules_version, facts, decided_at,"
        "   decided_by, stated)"
        " SELECT unnest($1::uuid[]), unnest($2::bigint[]), unnest($3::bigint[])::integer,"
        "        unnest($4::bytea[]), unnest($5::timestamptz[]), unnest($6::text[]),"
        "        unnest($7::bytea[])",
        {decided_ids_, decided_versions_, rules_versions_, facts_, decided_at_, decided_by_,
         stated_});
}

}  // namespace bangkit::aid
