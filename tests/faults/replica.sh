# A second registration process on the same database: it shares the calls, and one of the two relays. To be sourced after
# tests/stack.sh.
# shellcheck shell=bash

start_replica() {
    replica_port=$((first_port + 1))
    local settings=()
    mapfile -t settings < <(service_settings registration | sed \
        -e "s/^BANGKIT_LISTEN=.*/BANGKIT_LISTEN=127.0.0.1:$replica_port/" \
        -e "s/^BANGKIT_ADMIN_LISTEN=.*/BANGKIT_ADMIN_LISTEN=127.0.0.1:$((replica_port + 100))/")
    keep_replica_running "${settings[@]}" 2>/dev/null &
    replica_keeper=$!
    on_exit stop_replica
    wait_until 30 replica_is_healthy || fail "the replica did not start: $(tail -n 3 "$var/log/replica.log")"
}

keep_replica_running() {  # SETTING=VALUE...
    trap 'kill -TERM $child; exit' TERM
    while true; do
        env -i "$@" "$binaries/services/registration/bangkit-registration" >>"$var/log/replica.log" 2>&1 &
        child=$!
        say "$child" >"$var/replica.pid"
        wait "$child" || true
    done
}

stop_replica() {
    kill -TERM "$replica_keeper" 2>/dev/null || true
    wait_until 10 is_gone "$(replica_pid)" || true
}

replica_pid() { cat "$var/replica.pid"; }
replica_is_healthy() { curl -fsS --max-time 2 "http://127.0.0.1:$((replica_port + 100))/readyz"; }

# The process whose connection reads the outbox: of the two, the one that holds the lease renews it twice a second.
relay_holder_pid() {
    local port
    port=$(psql "$("$root/deploy/local/postgres.sh" dsn "$var/postgres") dbname=registration" -XqtA -c "
        SELECT client_port FROM pg_stat_activity
         WHERE query LIKE '%FROM outbox ORDER BY id%' AND query NOT LIKE '%pg_stat_activity%'
         ORDER BY query_start DESC LIMIT 1") || return 1
    [ -n "$port" ] || return 1
    ss -Htnp "sport = :$port" | grep -o 'pid=[0-9]*' | head -n 1 | cut -d= -f2
}
