# Redis dies, freezes, is wiped or put back to an old copy; to be sourced by tests/faults/run. Readers notice nothing.
# shellcheck shell=bash
# shellcheck disable=SC2317  # Functions within functions are called by `eventually`.

dashboard_of() { bangkit dashboard "$1" --json | jq -r .dashboard.businesses; }
cached() { redis-cli -p "$redis_port" "$@"; }

# Somebody's figures, which do not change while the clients change others.
know_a_region() {
    bangkit demo generate --region 36.74 --businesses 500 --seed "$seed" >"$folder/known.csv"
    exits_with 0 bangkit import --wait "$folder/known.csv"
    equals "businesses in the dashboard" "$(dashboard_of 36.74)" 500
}
readers_notice_nothing() { equals "businesses in the dashboard" "$(dashboard_of 36.74)" 500; }

redis_is_killed() {
    local number
    know_a_region
    start_load
    for number in 1 2; do
        kill -KILL "$(pid_of redis)"
        began=$(now)
        readers_notice_nothing
        recovers 60 "Redis is up again" is_healthy redis
        recovers 60 "and filled again" is_known
    done
    stop_load
    everything_holds
}
is_known() { [ "$(cached exists bangkit:dashboard:36.74)" = 1 ]; }

redis_is_frozen() {
    know_a_region
    start_load
    kill -STOP "$(pid_of redis)"
    readers_notice_nothing
    clients_are_answered
    readers_notice_nothing
    kill -CONT "$(pid_of redis)"
    began=$(now)
    hits_again() {
        local before
        before=$(cache_hits)
        dashboard_of 36.74 >/dev/null
        [ "$(cache_hits)" -gt "$before" ]
    }
    recovers 60 "reads come from Redis again" hits_again
    stop_load
    everything_holds
}
cache_hits() {
    curl -fsS "http://127.0.0.1:$(admin_port dashboard)/metrics" |
        sed -n 's/^bangkit_dashboard_reads_total{.*cache="hit".*} //p'
}

redis_is_wiped() {
    know_a_region
    start_load
    cached flushall >/dev/null
    began=$(now)
    readers_notice_nothing
    recovers 60 "it is filled again" is_known
    stop_load
    everything_holds
}

# Older figures of regions that have changed since: never shown again once the newer ones are written.
redis_is_an_old_copy() {
    know_a_region
    cached save >/dev/null
    start_load
    clients_are_answered
    stop_load
    everything_holds
    kill -KILL "$(pid_of redis)"
    began=$(now)
    recovers 60 "Redis is up again, with its old copy" is_healthy redis
    recovers 60 "its figures are those of now" every_invariant_holds
    rm -f "$var/redis/dump.rdb"
    everything_holds
}
every_invariant_holds() { bangkit verify --limit 60s; }
