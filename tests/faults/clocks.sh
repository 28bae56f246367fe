# One process of each service has a wrong clock; to be sourced by tests/faults/run.
# shellcheck shell=bash

a_clock_is_wrong() {  # SECONDS
    local epoch number
    start_replica registration "BANGKIT_CLOCK_OFFSET=$1"
    start_replica dashboard "BANGKIT_CLOCK_OFFSET=$1"
    start_load
    for number in 1 2; do  # So that the lease goes from one clock to the other.
        clients_are_answered
        epoch=$(lease_epoch)
        kill_relay_holder
        began=$(now)
        recovers 30 "another process relays (expected: within 3 s)" lease_has_moved "$epoch"
    done
    kill_and_await dashboard
    clients_are_answered
    stop_load
    everything_holds
    equals "partitions whose figures are said to be of the future, or older than a minute" "$(query dashboard "
        SELECT count(*) FROM inbox_offsets
         WHERE as_of NOT BETWEEN clock_timestamp() - interval '1 min' AND clock_timestamp() + interval '5 s'")" 0
    stop_replica registration
    stop_replica dashboard
}
a_clock_is_fast() { a_clock_is_wrong 3600; }
a_clock_is_slow() { a_clock_is_wrong -3600; }
