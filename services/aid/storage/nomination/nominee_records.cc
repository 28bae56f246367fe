#include "services/aid/storage/nomination/nominee_records.h"

#include "bangkit/aid/v1/nomination.pb.h"
#include "services/aid/storage/nomination/nomination_mapping.h"

namespace bangkit::aid {
namespace {

// Associated data: where a sealed record belongs. Moved to another row it does not open.
std::string Place(std::string_view application_id) {
    return crypto::Aad({"aid", "nominee_records", "record", application_id});
}

}  // namespace

std::string SealRecord(const crypto::Key& owner_key, std::string_view application_id,
                       const NomineeRecord& record) {
    v1::NomineeRecord message;
    Fill(message, record);
    return crypto::Seal(owner_key, message.SerializeAsString(), Place(application_id));
}

Result<NomineeRecord> OpenRecord(const crypto::Key& owner_key, std::string_view application_id,
                                 std::string_view sealed) {
    const Result<std::string> bytes = crypto::Open(owner_key, sealed, Place(application_id));
    if (!bytes) return std::unexpected(bytes.error());
    v1::NomineeRecord message;
    if (!message.ParseFromString(*bytes)) {
        return Refused(ErrorCode::kInternal, "SEAL_BROKEN", "stored data makes no sense");
    }
    return ToRecord(message);
}

void StatedRecords::Add(const std::string& application_id, const StatedRecord& stated, Time at) {
    rows_.insert_or_assign(application_id, Row{.stated = stated, .at = at});
}

const StatedRecord* StatedRecords::Find(const std::string& application_id) const {
    const auto found = rows_.find(application_id);
    return found == rows_.end() ? nullptr : &found->second.stated;
}

void StatedRecords::Save(postgres::Transaction& transaction) const {
    if (rows_.empty()) return;
    postgres::UuidArray applications, owners;
    postgres::SmallintArray schemes;
    postgres::BytesArray records;
    postgres::TimeArray stated_at;
    postgres::TextArray stated_by;
    for (const auto& [application_id, row] : rows_) {
        applications.Add(application_id);
        owners.Add(row.stated.owner_id);
        schemes.Add(row.stated.scheme);
        records.Add(row.stated.sealed);
        stated_at.Add(row.at);
        stated_by.Add(row.stated.stated_by);
    }
    transaction.Queue(
        "INSERT INTO nominee_records (application_id, owner_id, scheme, record, stated_at,"
        "   stated_by)"
        " SELECT unnest($1::uuid[]), unnest($2::uuid[]), unnest($3::smallint[]),"
        "        unnest($4::bytea[]), unnest($5::timestamptz[]), unnest($6::text[])"
        " ON CONFLICT (application_id) DO UPDATE"
        "   SET owner_id = excluded.owner_id, scheme = excluded.scheme, record = excluded.record,"
        "       stated_at = excluded.stated_at, stated_by = excluded.stated_by",
        {applications, owners, schemes, records, stated_at, stated_by});
}

}  // namespace bangkit::aid
