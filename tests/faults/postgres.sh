# PostgreSQL dies, freezes, is slow, full, or cannot be reached; to be sourced by tests/faults/run.
# shellcheck shell=bash
# shellcheck disable=SC2317  # Functions within functions are called by `eventually`.

# health_of SERVICE: what its health service says by gRPC.
health_of() {
    "$packages/bin/grpcurl" -plaintext -max-time 5 "127.0.0.1:${service_port[$1]}" grpc.health.v1.Health/Check 2>/dev/null |
        jq -r .status
}
is_serving() { [ "$(health_of "$1")" = SERVING ]; }
is_not_serving() { [ "$(health_of "$1")" = NOT_SERVING ]; }

# Nobody runs into a deadline or a full queue: a database that is away is said to be.
refusals_were_quick() {
    matches "calls answered UNAVAILABLE" "$(refusals UNAVAILABLE)" '^[1-9]'
    equals "calls that ran into their deadline" "$(refusals DEADLINE_EXCEEDED)" 0
    equals "calls refused by a full queue" "$(refusals RESOURCE_EXHAUSTED)" 0
}

# ready_again WHAT: after the end of the outage at `began`.
ready_again() {
    recovers 60 "registration is ready again (expected: within 5 s)" is_healthy registration
    recovers 60 "and serving by gRPC" is_serving registration
    clients_are_answered
}

postgres_is_killed() {
    local number
    start_load
    for number in {1..3}; do
        random_pause 10
        kill -KILL "$(postgres_pid)"
        began=$(now)
        recovers 60 "PostgreSQL is up again" is_healthy postgres
        began=$(now)
        ready_again
    done
    stop_load
    everything_holds
}
postgres_pid() { head -n 1 "$var/postgres/data/postmaster.pid"; }

postgres_is_frozen() {
    local processes
    start_load 16
    signal_postgres STOP
    began=$(now)
    recovers 30 "registration says that it is not ready" is_unhealthy registration
    recovers 30 "and is not serving by gRPC" is_not_serving registration
    # Reads too: the list needs the database.
    exits_with 3 bangkit list --region 18
    signal_postgres CONT
    began=$(now)
    ready_again
    stop_load
    refusals_were_quick
    everything_holds
}
is_unhealthy() { ! is_healthy "$1"; }
signal_postgres() {  # SIGNAL: to every process of it, the newest last.
    local server
    server=$(postgres_pid)
    # shellcheck disable=SC2046  # One word per process.
    kill -"$1" "$server" $(pgrep -P "$server")
}

postgres_is_slow() {
    start_load
    slow_link postgres 200
    clients_are_answered
    heal_links
    clients_are_answered
    stop_load
    equals "calls that a slow database refused" "$(refusals UNAVAILABLE)/$(refusals DEADLINE_EXCEEDED)" 0/0
    everything_holds
}

# At any moment of a transaction, COMMIT included; after each cut the clients are answered again.
the_link_to_postgres_is_cut() {
    local number
    start_load
    for number in {1..8}; do
        random_pause 8
        cut_link postgres
        heal_links
        began=$(now)
        recovers 60 "clients are answered again" answers_since "$(($(answers) + 5))"
    done
    stop_load
    everything_holds
}

# PostgreSQL commits, and nobody hears of it.
replies_of_postgres_are_lost() {
    start_load 16
    silence_link postgres
    began=$(now)
    recovers 30 "registration says that it is not ready" is_unhealthy registration
    heal_links
    began=$(now)
    ready_again
    stop_load
    refusals_were_quick
    everything_holds
}

postgres_has_no_connections_left() {
    start_load
    superuser_query registration "ALTER DATABASE registration CONNECTION LIMIT 0" >/dev/null
    superuser_query registration "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'registration'" >/dev/null
    began=$(now)
    recovers 30 "registration says that it is not ready" is_unhealthy registration
    superuser_query registration "ALTER DATABASE registration CONNECTION LIMIT -1" >/dev/null
    began=$(now)
    ready_again
    stop_load
    refusals_were_quick
    everything_holds
}

# On a small file system of its own, which somebody else fills.
the_disk_of_postgres_is_full() {
    local data=$var/postgres/data
    [ "$(id -u)" = 0 ] || { not_so "only root can mount a small file system"; return; }
    supervisor stop servers:postgres >/dev/null
    mv "$data" "$data.away"
    mkdir "$data"
    mount -t tmpfs -o "size=$(($(du -sm "$data.away" | cut -f1) + 100))m" tmpfs "$data"
    on_exit unmount "$data"
    cp -a "$data.away/." "$data"
    chown --reference="$data.away" "$data"
    chmod --reference="$data.away" "$data"
    supervisor start servers:postgres >/dev/null
    eventually 60 all_are_well
    start_load 8
    clients_are_answered
    dd if=/dev/zero of="$data/filler" bs=64k status=none 2>/dev/null || true
    began=$(now)
    # What it has still to write to is used up by the clients.
    recovers 120 "nobody is answered any more" nobody_is_answered
    rm "$data/filler"
    began=$(now)
    recovers 60 "PostgreSQL is up again" is_healthy postgres
    ready_again
    stop_load
    refusals_were_quick
    everything_holds
    supervisor stop servers:postgres >/dev/null
    cp -a "$data/." "$data.away"
    umount "$data"
    rmdir "$data"
    mv "$data.away" "$data"
    supervisor start servers:postgres >/dev/null
    everything_holds
}
unmount() { ! mountpoint -q "$1" || umount --lazy "$1"; }
nobody_is_answered() {
    local before
    before=$(answers)
    sleep 2
    [ "$(answers)" = "$before" ]
}
