#include "libs/timers/lease.h"

namespace bangkit::timers {

bool Lease::Acquire(postgres::Connection& connection) {
    const auto now = SteadyClock::now();
    if (now < renew_at_) return true;
    const postgres::Rows rows = connection.Run(
        "INSERT INTO timer_lease (holder, expires_at)"
        " VALUES ($1::text::uuid, clock_timestamp() + interval '3 seconds')"
        " ON CONFLICT (only_one) DO UPDATE"
        "   SET holder = excluded.holder, expires_at = excluded.expires_at"
        " WHERE timer_lease.holder = excluded.holder"
        "    OR timer_lease.expires_at < clock_timestamp()"
        // Written before the database's clock was set back: nobody could ever take over.
        "    OR timer_lease.expires_at > clock_timestamp() + interval '6 seconds'",
        {holder_});
    const bool is_ours = rows.affected() == 1;
    renew_at_ = is_ours ? now + std::chrono::seconds(1) : SteadyClock::time_point::min();
    return is_ours;
}

void Lease::Release(postgres::Connection& connection) {
    renew_at_ = SteadyClock::time_point::min();
    connection.Run("UPDATE timer_lease SET expires_at = '-infinity' WHERE holder = $1::text::uuid",
                   {holder_});
}

}  // namespace bangkit::timers
