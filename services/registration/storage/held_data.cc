#include "services/registration/storage/held_data.h"

#include <map>
#include <stdexcept>

#include "bangkit/registration/v1/business.pb.h"
#include "libs/indonesia/format.h"
#include "services/registration/storage/bits.h"
#include "services/registration/storage/businesses.h"
#include "services/registration/storage/duplicate_mapping.h"
#include "services/registration/storage/duplicates.h"
#include "services/registration/storage/erasure.h"
#include "services/registration/storage/groups.h"
#include "services/registration/storage/held_words.h"
#include "services/registration/storage/import_seal.h"
#include "services/registration/storage/mapping.h"
#include "services/registration/storage/owners.h"
#include "services/registration/storage/personal_data_mapping.h"
#include "services/registration/storage/registry_data.h"
#include "services/registration/storage/subject_requests.h"

namespace bangkit::registration {
namespace {

using postgres::Rows;
using postgres::Transaction;

/// The histories of businesses. `by`: who stated it, `valid`: since when it holds.
struct StatementTable {
    std::string_view kind, table, by, valid;
};
constexpr StatementTable kStatementTables[] = {
    {"condition", "condition_history", "reported_by", "valid_from"},
    {"scale", "scale_history", "reported_by", "valid_from"},
    {"verification", "verifications", "verified_by", "NULL"},
    {"details", "detail_changes", "changed_by", "NULL"},
    {"members", "group_changes", "changed_by", "NULL"},
    {"merge", "merge_history", "merged_by", "NULL"},
};

/// Every other column of a history comes as name and text, so that no column is forgotten.
std::string StatementsSql(const StatementTable& from) {
    return "SELECT h.business_id, h.version, " + std::string(from.valid) +
           "::date, h.recorded_at, coalesce(" + std::string(from.by) +
           ", ''), v.key, v.value"
           "  FROM " +
           std::string(from.table) +
           " h CROSS JOIN LATERAL jsonb_each_text(to_jsonb(h)"
           "   - '{business_id,version,valid_from,recorded_at,reported_by,verified_by,changed_by,"
           "merged_by}'::text[]) v"
           " WHERE h.business_id = ANY($1::uuid[]) AND v.value IS NOT NULL"
           " ORDER BY h.business_id, h.version, v.key";
}

/// Codes as their public names; all other values as they are.
std::string Readable(const std::string& column, const std::string& value) {
    if (column == "condition") {
        return common::v1::BusinessCondition_Name(
            static_cast<common::v1::BusinessCondition>(std::stoi(value)));
    }
    if (column == "scale") {
        return common::v1::BusinessScale_Name(
            static_cast<common::v1::BusinessScale>(std::stoi(value)));
    }
    if (column == "level") {
        return common::v1::VerificationLevel_Name(
            static_cast<common::v1::VerificationLevel>(std::stoi(value)));
    }
    return value;
}

void AddStatements(Transaction& transaction, const postgres::UuidArray& ids,
                   std::map<std::string, v1::HeldBusiness*>& businesses) {
    for (const StatementTable& from : kStatementTables) {
        const Rows rows = transaction.Run(StatementsSql(from), {ids});
        v1::HeldStatement* statement = nullptr;
        std::string last;
        for (int i = 0; i < rows.size(); ++i) {
            const std::string id = rows.Uuid(i, 0);
            const std::string place = id + "/" + std::to_string(rows.Int64(i, 1));
            if (place != last) {
                statement = businesses.at(id)->add_statements();
                statement->set_version(rows.Int64(i, 1));
                statement->set_kind(std::string(from.kind));
                if (const auto valid = rows.OptionalDate(i, 2)) {
                    statement->set_valid_from(indonesia::FormatDate(*valid));
                }
                Fill(*statement->mutable_recorded_at(), rows.Time(i, 3));
                statement->set_recorded_by(rows.Text(i, 4));
                last = place;
            }
            (*statement->mutable_values())[rows.Text(i, 5)] =
                Readable(rows.Text(i, 5), rows.Text(i, 6));
        }
    }
}

void FillHeld(v1::HeldBusiness& out, const Business& business, const std::string& npwp) {
    v1::Business shown;
    FillWithoutPersonalData(shown, business);
    out.set_business_id(business.id);
    out.set_version(business.version);
    out.set_kind(shown.kind());
    out.set_name(business.profile.name);
    out.set_region_code(business.profile.region_code);
    out.set_address(business.profile.address);
    out.set_kbli(business.profile.kbli);
    if (shown.has_capital_rupiah()) out.set_capital_rupiah(shown.capital_rupiah());
    if (shown.has_annual_sales_rupiah()) out.set_annual_sales_rupiah(shown.annual_sales_rupiah());
    out.set_scale(shown.scale());
    out.set_condition(shown.condition());
    out.set_condition_since(shown.condition_since());
    out.set_verification(shown.verification());
    out.set_nib(business.profile.nib);
    out.set_npwp(npwp);
    if (business.profile.start_date) {
        out.set_start_date(indonesia::FormatDate(*business.profile.start_date));
    }
    *out.mutable_registered_at() = shown.registered_at();
    FillCounted(out, business.profile);
    FillDetails(out, business.profile);
}

void AddGroups(Transaction& transaction, const postgres::UuidArray& ids,
               std::map<std::string, v1::HeldBusiness*>& businesses) {
    const Rows rows =
        transaction.Run(std::string(kStandingSql) +
                            " SELECT DISTINCT s.business_id, g.group_id FROM standing s"
                            "   JOIN group_members g ON g.business_id = s.id ORDER BY 1, 2",
                        {ids});
    for (int i = 0; i < rows.size(); ++i) {
        businesses.at(rows.Uuid(i, 0))->add_group_ids(rows.Uuid(i, 1));
    }
}

void AddBusinesses(Transaction& transaction, const crypto::KeyRing& keys,
                   const std::string& wrapped_key, v1::PersonalDataExport& out) {
    const Rows rows =
        transaction.Run("SELECT " + std::string(kBusinessColumns) +
                            ", sealed_npwp FROM businesses b WHERE owner_id = $1::text::uuid"
                            " ORDER BY business_id",
                        {out.owner().owner_id()});
    postgres::UuidArray ids;
    for (int i = 0; i < rows.size(); ++i) {
        const Business business = ToBusiness(rows, i);
        const Result<std::string> npwp = OpenNpwp(keys, business.owner_id, wrapped_key, business.id,
                                                  rows.Bytes(i, kBusinessColumnCount));
        if (!npwp) throw std::runtime_error("personal data cannot be opened");
        FillHeld(*out.add_businesses(), business, *npwp);
        ids.Add(business.id);
    }
    std::map<std::string, v1::HeldBusiness*> by_id;
    for (v1::HeldBusiness& each : *out.mutable_businesses()) by_id[each.business_id()] = &each;
    AddStatements(transaction, ids, by_id);
    AddGroups(transaction, ids, by_id);
}

void AddDisclosures(Transaction& transaction, v1::PersonalDataExport& out) {
    const Rows rows = transaction.Run(
        "SELECT at, actor, roles, purpose, case_reference, fields, business_id FROM disclosures"
        " WHERE owner_id = $1::text::uuid ORDER BY disclosure_id",
        {out.owner().owner_id()});
    for (int i = 0; i < rows.size(); ++i) {
        v1::HeldDisclosure& held = *out.add_disclosures();
        Fill(*held.mutable_at(), rows.Time(i, 0));
        held.set_actor(rows.Text(i, 1));
        held.set_roles(rows.Text(i, 2));
        held.set_purpose(static_cast<v1::DisclosurePurpose>(rows.Int64(i, 3)));
        held.set_case_reference(rows.Text(i, 4));
        for (const OwnerField field : FromBits<OwnerField>(rows.Int64(i, 5))) {
            held.add_fields(static_cast<v1::OwnerField>(field));
        }
        held.set_business_id(rows.Uuid(i, 6));
    }
}

void AddRequests(Transaction& transaction, v1::PersonalDataExport& out) {
    const Rows rows =
        transaction.Run("SELECT " + std::string(kSubjectRequestColumns) +
                            ", now() FROM subject_requests r WHERE owner_id = $1::text::uuid"
                            " ORDER BY subject_request_id",
                        {out.owner().owner_id()});
    for (int i = 0; i < rows.size(); ++i) {
        Fill(*out.add_requests(), ToSubjectRequest(rows, i), rows.Time(i, 12));
    }
}

void AddDuplicates(Transaction& transaction, v1::PersonalDataExport& out) {
    postgres::UuidArray ids;
    for (const v1::HeldBusiness& business : out.businesses()) ids.Add(business.business_id());
    const Rows rows = transaction.Run("SELECT " + std::string(kDuplicateColumns) +
                                          ", u.id FROM unnest($1::uuid[]) u (id) JOIN duplicates d "
                                          "ON u.id IN (first_id, second_id)"
                                          " ORDER BY u.id, duplicate_id",
                                      {ids});
    for (int i = 0; i < rows.size(); ++i) {
        const Duplicate duplicate = ToDuplicate(rows, i);
        v1::Duplicate shown;
        Fill(shown, duplicate);
        v1::HeldDuplicate& held = *out.add_duplicates();
        held.set_duplicate_id(duplicate.id);
        held.set_business_id(rows.Uuid(i, 12));
        held.set_other_business_id(held.business_id() == duplicate.first_id ? duplicate.second_id
                                                                            : duplicate.first_id);
        held.set_score(shown.score());
        *held.mutable_reasons() = shown.reasons();
        held.set_state(shown.state());
        held.set_assignee(shown.assignee());
        *held.mutable_found_at() = shown.found_at();
        held.set_decided_by(shown.decided_by());
        if (shown.has_decided_at()) *held.mutable_decided_at() = shown.decided_at();
    }
}

void AddAuditTrail(Transaction& transaction, v1::PersonalDataExport& out) {
    postgres::TextArray targets;
    for (const v1::HeldBusiness& business : out.businesses()) {
        targets.Add("business/" + business.business_id());
        targets.Add("owner_of_business/" + business.business_id());
    }
    for (const v1::SubjectRequest& request : out.requests()) {
        targets.Add("subject_request/" + request.subject_request_id());
    }
    for (const v1::HeldDuplicate& pair : out.duplicates()) {
        targets.Add("duplicate/" + pair.duplicate_id());
    }
    for (const v1::Need& need : out.needs()) targets.Add("need/" + need.need_id());
    const Rows rows = transaction.Run(
        "SELECT at, actor, roles, method, target, outcome FROM audit_entries"
        " WHERE target = ANY($1::text[]) ORDER BY entry_id",
        {targets});
    for (int i = 0; i < rows.size(); ++i) {
        v1::HeldAuditEntry& entry = *out.add_audit_trail();
        Fill(*entry.mutable_at(), rows.Time(i, 0));
        entry.set_actor(rows.Text(i, 1));
        entry.set_roles(rows.Text(i, 2));
        entry.set_method(rows.Text(i, 3));
        entry.set_target(rows.Text(i, 4));
        entry.set_outcome(rows.Text(i, 5));
    }
}

void AddFailedRows(Transaction& transaction, const crypto::KeyRing& keys, const std::string& nik,
                   v1::PersonalDataExport& out) {
    if (nik.empty()) return;
    postgres::BytesArray hashes;
    for (const std::string& hash : ErasureHashes(keys, nik)) hashes.Add(hash);
    const Rows rows = transaction.Run(
        "SELECT r.job_id, r.row_number, r.line, j.wrapped_key"
        "  FROM unnest($1::bytea[]) u (hash)"
        "  JOIN import_failed_rows r ON r.nik_hash = u.hash JOIN import_jobs j USING (job_id)"
        " WHERE j.wrapped_key IS NOT NULL ORDER BY r.job_id, r.row_number",
        {hashes});
    for (int i = 0; i < rows.size(); ++i) {
        const std::string job_id = rows.Uuid(i, 0);
        const Result<ImportSeal> seal = ImportSeal::Unwrap(keys, job_id, rows.Bytes(i, 3));
        if (!seal) throw std::runtime_error("personal data cannot be opened");
        v1::HeldFailedRow& held = *out.add_failed_import_rows();
        held.set_import_job_id(job_id);
        held.set_row(rows.Int64(i, 1));
        held.set_line(seal->OpenLine(rows.Int64(i, 1), rows.Bytes(i, 2)));
    }
}

}  // namespace

Result<v1::PersonalDataExport> ReadHeldData(Transaction& transaction, const crypto::KeyRing& keys,
                                            const std::string& owner_id) {
    const Rows rows = transaction.Run(
        "SELECT wrapped_key, personal_data, created_at, legal_hold FROM owners"
        " WHERE owner_id = $1::text::uuid AND erased_at IS NULL",
        {owner_id});
    if (rows.size() == 0) {
        return Refused(ErrorCode::kFailedPrecondition, "OWNER_ERASED",
                       "the data of this person has been erased");
    }
    const Result<Owner> owner = OpenOwner(keys, owner_id, rows.Bytes(0, 0), rows.Bytes(0, 1));
    if (!owner) throw std::runtime_error("personal data cannot be opened");
    v1::PersonalDataExport out;
    v1::HeldOwner& held = *out.mutable_owner();
    held.set_owner_id(owner_id);
    held.set_nik(owner->nik);
    held.set_name(owner->name);
    held.set_phone(owner->phone);
    held.set_identity_card_address(owner->identity_card_address);
    FillOwnerDetails(held, *owner);
    Fill(*held.mutable_created_at(), rows.Time(0, 2));
    held.set_legal_hold(rows.Text(0, 3));
    AddBusinesses(transaction, keys, rows.Text(0, 0), out);
    AddDisclosures(transaction, out);
    AddRequests(transaction, out);
    AddDuplicates(transaction, out);
    AddNeeds(transaction, keys, out);
    AddIntakeValues(transaction, keys, out);
    AddAuditTrail(transaction, out);
    AddFailedRows(transaction, keys, owner->nik, out);
    return out;
}

}  // namespace bangkit::registration
