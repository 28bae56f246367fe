#include "services/registration/storage/held_words.h"

#include <google/protobuf/util/json_util.h>

#include <set>
#include <stdexcept>

#include "bangkit/registration/v1/intake.pb.h"
#include "bangkit/registration/v1/personal_data.pb.h"
#include "services/registration/storage/intake_keys.h"
#include "services/registration/storage/intake_writes.h"
#include "services/registration/storage/mapping.h"
#include "services/registration/storage/need_mapping.h"
#include "services/registration/storage/needs.h"

namespace bangkit::registration {

using postgres::Rows;

void AddNeeds(postgres::Transaction& transaction, const crypto::KeyRing& keys,
              v1::PersonalDataExport& out) {
    const Rows rows =
        transaction.Run("SELECT " + std::string(kNeedColumns) +
                            ", n.wrapped_key, n.text FROM needs n WHERE n.owner_id = $1::text::uuid"
                            " ORDER BY n.need_id",
                        {out.owner().owner_id()});
    for (int i = 0; i < rows.size(); ++i) {
        const Need need = ToNeed(rows, i);
        const Result<std::string> text = OpenNeedText(
            keys, need.id, rows.Bytes(i, kNeedColumnCount), rows.Bytes(i, kNeedColumnCount + 1));
        if (!text) throw std::runtime_error("personal data cannot be opened");
        Fill(*out.add_needs(), need);
        out.mutable_needs()->rbegin()->set_text(*text);
    }
}

void AddIntakeValues(postgres::Transaction& transaction, const crypto::KeyRing& keys,
                     v1::PersonalDataExport& out) {
    std::set<std::string> subjects{out.owner().owner_id()};
    for (const v1::HeldBusiness& business : out.businesses()) {
        subjects.insert(business.business_id());
    }
    postgres::UuidArray ids;
    for (const std::string& id : subjects) ids.Add(id);
    IntakeKeys opened(keys);
    opened.Load(transaction, subjects);
    const Rows rows = transaction.Run(
        "SELECT subject_id, field, device_id, sequence, business_id, captured_at, stated_by, value"
        "  FROM intake_writes WHERE subject_id = ANY($1::uuid[])"
        " ORDER BY subject_id, field, captured_at, write_id",
        {ids});
    for (int i = 0; i < rows.size(); ++i) {
        const IntakeField field{rows.Uuid(i, 0), rows.Text(i, 1)};
        const WriteId id{FromStoredDeviceId(rows.Uuid(i, 2)), rows.Int64(i, 3)};
        v1::HeldIntakeValue& held = *out.add_intake_values();
        held.set_business_id(rows.Uuid(i, 4));
        held.set_field(field.field);
        held.set_device_id(id.device_id);
        if (!id.device_id.empty()) held.set_sequence(id.sequence);
        Fill(*held.mutable_captured_at(), rows.Time(i, 5));
        held.set_stated_by(rows.Text(i, 6));
        v1::IntakeValue value;
        value.ParseFromString(
            opened.Open(field.subject_id, rows.Bytes(i, 7), IntakeValuePlace(field, id)));
        if (!google::protobuf::util::MessageToJsonString(value, held.mutable_value()).ok()) {
            throw std::runtime_error("a kept value cannot be shown");
        }
    }
}

}  // namespace bangkit::registration
