#include "services/aid/storage/stock/handovers.h"

namespace bangkit::aid {
namespace {

std::string Place(std::string_view application_id) {
    return crypto::Aad({"aid", "handovers", "receiver", application_id});
}

}  // namespace

void HandoverRows::Add(const Handover& handover, const crypto::Key& owner_key,
                       std::string_view receiver) {
    applications_.Add(handover.application_id);
    warehouses_.Add(handover.warehouse_id);
    numbers_.Add(handover.number);
    receipts_.Add(handover.receipt);
    kinds_.Add(handover.receiver);
    receivers_.Add(crypto::Seal(owner_key, receiver, Place(handover.application_id)));
    at_.Add(handover.at);
    by_.Add(handover.by);
}

void HandoverRows::Save(postgres::Transaction& transaction) const {
    if (applications_.size() == 0) return;
    transaction.Queue(
        "INSERT INTO handovers (application_id, warehouse_id, number, receipt, receiver_kind,"
        "   receiver, handed_over_at, handed_over_by)"
        " SELECT unnest($1::uuid[]), unnest($2::uuid[]), unnest($3::bigint[]), unnest($4::text[]),"
        "        unnest($5::smallint[]), unnest($6::bytea[]), unnest($7::timestamptz[]),"
        "        unnest($8::text[])",
        {applications_, warehouses_, numbers_, receipts_, kinds_, receivers_, at_, by_});
    transaction.Queue(
        "UPDATE warehouses t SET handovers = u.number"
        "  FROM (SELECT id, max(number) AS number"
        "          FROM unnest($1::uuid[], $2::bigint[]) AS each (id, number) GROUP BY id) u"
        " WHERE t.warehouse_id = u.id",
        {warehouses_, numbers_});
}

Result<std::string> OpenReceiver(const crypto::Key& owner_key, const std::string& application_id,
                                 std::string_view sealed) {
    return crypto::Open(owner_key, sealed, Place(application_id));
}

}  // namespace bangkit::aid
