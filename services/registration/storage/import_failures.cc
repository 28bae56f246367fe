#include "services/registration/storage/import_failures.h"

#include "services/registration/storage/claims.h"

namespace bangkit::registration {
namespace {

using postgres::Int64;

struct ClaimColumns {
    void Add(const ClaimedNumber& number) {
        for (const std::string& hash : number.hashes) {
            kinds.Add(number.kind);
            hashes.Add(hash);
        }
    }
    postgres::SmallintArray kinds;
    postgres::BytesArray hashes;
};

ClaimColumns ClaimsOf(const std::vector<const RegisterBusiness*>& rows,
                      const crypto::KeyRing& keys) {
    ClaimColumns columns;
    for (const RegisterBusiness* row : rows) {
        columns.Add(ClaimedNik(keys, row->owner.nik));
        columns.Add(ClaimedNib(keys, row->profile.nib));
        columns.Add({ClaimKind::kImportRow, row->row_keys});
    }
    return columns;
}

}  // namespace

void SaveFailedRows(postgres::Transaction& transaction, const ImportSeal& seal,
                    const std::string& job_id, const std::vector<FailedRow>& rows) {
    if (rows.empty()) return;
    postgres::Int64Array numbers, people;
    postgres::BytesArray hashes, lines, hashes_of_people;
    for (const FailedRow& row : rows) {
        numbers.Add(row.row_number);
        hashes.AddOrNull(row.nik_hashes.empty() ? std::string() : row.nik_hashes.front());
        lines.Add(seal.SealLine(row.row_number, row.line));
        for (const std::string& hash : row.nik_hashes) {
            people.Add(row.row_number);
            hashes_of_people.Add(hash);
        }
    }
    // By every key: whoever was erased may be known by an older one only.
    transaction.Queue(
        "INSERT INTO import_failed_rows (job_id, row_number, nik_hash, line)"
        " SELECT $1::text::uuid, r.*"
        "   FROM unnest($2::bigint[], $3::bytea[], $4::bytea[]) r (row_number, nik_hash, line)"
        "  WHERE NOT EXISTS (SELECT FROM unnest($5::bigint[], $6::bytea[]) p (row_number, hash)"
        "                      JOIN erased_niks e ON e.hash = p.hash"
        "                     WHERE p.row_number = r.row_number)",
        {job_id, numbers, hashes, lines, people, hashes_of_people});
}

std::vector<FailedRow> ReadFailedRows(postgres::Connection& connection, const ImportSeal& seal,
                                      const std::string& job_id, std::int64_t after,
                                      std::int64_t limit) {
    const postgres::Rows found = connection.Run(
        "SELECT row_number, line FROM import_failed_rows"
        " WHERE job_id = $1::text::uuid AND row_number > $2::bigint"
        " ORDER BY row_number LIMIT $3::bigint",
        {job_id, Int64(after), Int64(limit)});
    std::vector<FailedRow> rows;
    for (int i = 0; i < found.size(); ++i) {
        const std::int64_t number = found.Int64(i, 0);
        rows.push_back({number, {}, seal.OpenLine(number, found.Bytes(i, 1))});
    }
    return rows;
}

void DryClaims::Recall(postgres::Transaction& transaction,
                       const std::vector<const RegisterBusiness*>& rows) const {
    const ClaimColumns claims = ClaimsOf(rows, keys_);
    transaction.Queue(
        "INSERT INTO identity_claims (kind, hash, subject_id)"
        " SELECT d.kind, d.hash, d.job_id"
        "   FROM import_dry_claims d JOIN unnest($2::smallint[], $3::bytea[]) u (kind, hash)"
        "        ON d.kind = u.kind AND d.hash = u.hash"
        "  WHERE d.job_id = $1::text::uuid ORDER BY d.kind, d.hash"
        " ON CONFLICT DO NOTHING",
        {job_id_, claims.kinds, claims.hashes});
}

void DryClaims::Add(postgres::Transaction& transaction,
                    const std::vector<const RegisterBusiness*>& registered) const {
    const ClaimColumns claims = ClaimsOf(registered, keys_);
    transaction.Queue(
        "INSERT INTO import_dry_claims (job_id, kind, hash)"
        " SELECT $1::text::uuid, * FROM unnest($2::smallint[], $3::bytea[])"
        " ON CONFLICT DO NOTHING",
        {job_id_, claims.kinds, claims.hashes});
}

}  // namespace bangkit::registration
