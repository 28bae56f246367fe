#include "libs/messaging/lease.h"

namespace bangkit::messaging {

using postgres::Int64;

bool Lease::Acquire(postgres::Connection& connection) {
    const auto now = std::chrono::steady_clock::now();
    if (epoch_ != kNone && now < renew_at_) return true;
    const postgres::Rows rows = connection.Run(
        "UPDATE relay_lease"
        "   SET epoch = CASE WHEN epoch = $1::bigint THEN epoch ELSE epoch + 1 END,"
        "       expires_at = clock_timestamp() + $2::bigint * interval '1 millisecond'"
        " WHERE epoch = $1::bigint OR expires_at < clock_timestamp()"
        // Written before the database's clock was set back: nobody could ever take over.
        "    OR expires_at > clock_timestamp() + 2 * $2::bigint * interval '1 millisecond'"
        " RETURNING epoch",
        {Int64(epoch_), Int64(kMillis)});
    epoch_ = rows.size() == 0 ? kNone : rows.Int64(0, 0);
    renew_at_ = now + kRenewEvery;
    return epoch_ != kNone;
}

void Lease::Release(postgres::Connection& connection) {
    connection.Run("UPDATE relay_lease SET expires_at = '-infinity' WHERE epoch = $1::bigint",
                   {Int64(epoch_)});
    Forget();
}

}  // namespace bangkit::messaging
