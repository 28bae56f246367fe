#include "services/registration/storage/intake_queries.h"

#include <map>
#include <stdexcept>

#include "services/registration/storage/bits.h"
#include "services/registration/storage/intake_keys.h"
#include "services/registration/storage/intake_values.h"
#include "services/registration/storage/intake_writes.h"
#include "services/registration/storage/mapping.h"

namespace bangkit::registration {
namespace {

using postgres::Int64;
using postgres::Rows;

// Joined with the business, so that row-level security holds here too. Beside it the business that
// a decision changes (the one that a merged business lives on in, but for what is its owner's), and
// of a report what was stated of that one last of the same day.
constexpr std::string_view kListSql =
    "SELECT w.write_id, w.subject_id, w.field, w.device_id, w.sequence, w.business_id,"
    "       w.captured_at, w.clock_suspect, w.value, w.blocked, w.stated_by, w.recorded_at,"
    "       b.region_code, target.id, c.condition, c.monthly_sales_rupiah, c.reasons"
    "  FROM intake_writes w JOIN businesses b USING (business_id)"
    "  CROSS JOIN LATERAL ("
    "   WITH RECURSIVE lives AS ("
    "    SELECT b.business_id AS id, b.merged_into, 0 AS steps"
    "    UNION ALL"
    "    SELECT n.business_id, n.merged_into, steps + 1"
    "      FROM lives l JOIN businesses n ON n.business_id = l.merged_into"
    "     WHERE w.field NOT LIKE 'owner.%')"
    "   SELECT id FROM lives ORDER BY steps DESC LIMIT 1) target"
    "  LEFT JOIN LATERAL ("
    "   SELECT condition, monthly_sales_rupiah, reasons FROM condition_history c"
    "    WHERE c.business_id = target.id AND w.field = 'condition@' || c.valid_from"
    "    ORDER BY version DESC LIMIT 1) c ON true"
    " WHERE w.is_open AND (w.business_id, w.write_id) > ($1::text::uuid, $2::text::uuid)"
    "   AND ($3::text = '' OR w.business_id = nullif($3, '')::uuid)"
    " ORDER BY w.business_id, w.write_id LIMIT $4::bigint";

v1::IntakeValue ToValue(const std::string& bytes) {
    v1::IntakeValue value;
    if (!value.ParseFromString(bytes)) throw std::runtime_error("a kept value makes no sense");
    return value;
}

ReportCondition PresentReport(const Rows& rows, int i) {
    ReportCondition report;
    report.condition = static_cast<Condition>(rows.Int64(i, 14));
    report.monthly_sales = rows.OptionalInt64(i, 15);
    report.reasons = FromBits<ConditionReason>(rows.Int64(i, 16));
    return report;
}

void FillConflict(v1::IntakeConflict& out, const Rows& rows, int i) {
    out.set_conflict_id(rows.Uuid(i, 0));
    out.set_business_id(rows.Uuid(i, 5));
    out.set_region_code(rows.Text(i, 12));
    out.set_field(rows.Text(i, 2));
    Fill(*out.mutable_captured_at(), rows.Time(i, 6));
    out.set_device_id(FromStoredDeviceId(rows.Uuid(i, 3)));
    if (!out.device_id().empty()) out.set_sequence(rows.Int64(i, 4));
    out.set_stated_by(rows.Text(i, 10));
    out.set_clock_suspect(rows.Bool(i, 7));
    out.set_blocked(rows.Text(i, 9));
    Fill(*out.mutable_recorded_at(), rows.Time(i, 11));
}

}  // namespace

std::vector<v1::IntakeConflict> IntakeQueries::List(const Viewer& viewer,
                                                    const std::string& business_id,
                                                    const IntakeConflictPosition& after,
                                                    std::int64_t limit) const {
    const std::string most = Int64(limit);
    IntakeKeys keys(keys_);
    std::map<std::string, StoredBusiness> businesses;
    const Rows rows = ReadAs(pool_, viewer, [&](postgres::Transaction& transaction) {
        Rows found =
            transaction.Run(kListSql, {after.business_id, after.conflict_id, business_id, most});
        std::set<std::string> subjects;
        postgres::UuidArray ids;
        for (int i = 0; i < found.size(); ++i) {
            subjects.insert(found.Uuid(i, 1));
            ids.Add(found.Uuid(i, 13));
        }
        keys.Load(transaction, subjects);
        if (ids.size() == 0) return found;
        for (StoredBusiness& each : businesses_.Fetch(transaction, ids)) {
            const std::string id = each.business.id;
            businesses.emplace(id, std::move(each));
        }
        return found;
    });
    std::vector<v1::IntakeConflict> conflicts;
    for (int i = 0; i < rows.size(); ++i) {
        const auto business = businesses.find(rows.Uuid(i, 13));
        if (business == businesses.end()) continue;  // Erased or moved meanwhile.
        const IntakeField field{rows.Uuid(i, 1), rows.Text(i, 2)};
        const WriteId id{FromStoredDeviceId(rows.Uuid(i, 3)), rows.Int64(i, 4)};
        v1::IntakeConflict& conflict = conflicts.emplace_back();
        FillConflict(conflict, rows, i);
        *conflict.mutable_other() =
            ToValue(keys.Open(field.subject_id, rows.Bytes(i, 8), IntakeValuePlace(field, id)));
        const auto& [stored, owner] = business->second;
        conflict.set_etag(EtagOf(stored.version));
        if (const auto detail = DetailNamed(field.field)) {
            *conflict.mutable_present() =
                ToValue(ValueOf(*detail, owner, stored.profile, stored.scale.figures));
        } else if (!rows.IsNull(i, 14)) {
            *conflict.mutable_present() = ToValue(ValueOf(PresentReport(rows, i)));
        }
    }
    return conflicts;
}

}  // namespace bangkit::registration
