# More processes of a service beside the supervised one, on the same database and in the same group; to be sourced after
# tests/stack.sh.
# shellcheck shell=bash
replica_binaries=$root/build/release
declare -A replica_keeper=()

# Replicas are called as their service, a second one "aid:2". They listen ten ports after the service itself, or twenty.
replica_port() {
    local service=${1%:*} after=10
    [ "$service" = "$1" ] || after=20
    say $((${service_port[$service]} + after))
}

# start_replica NAME [SETTING=VALUE...]: and restarts it whenever it dies.
start_replica() {
    local service=$1 port settings=()
    port=$(replica_port "$service")
    mapfile -t settings < <(service_settings "${service%:*}" | sed \
        -e "s/^BANGKIT_LISTEN=.*/BANGKIT_LISTEN=127.0.0.1:$port/" \
        -e "s/^BANGKIT_DSN=.*/& application_name=replica/" \
        -e "s/^BANGKIT_ADMIN_LISTEN=.*/BANGKIT_ADMIN_LISTEN=127.0.0.1:$((port + 100))/")
    : >"$var/$service-replica.starts"
    keep_replica_running "$service" "${settings[@]}" "${@:2}" 2>/dev/null &
    replica_keeper[$service]=$!
    on_exit stop_replica "$service"
    wait_until 60 replica_has_started "$service" || fail "the replica did not start: $(tail -n 3 "$var/log/$service-replica.log")"
}

keep_replica_running() {  # NAME SETTING=VALUE...
    trap 'kill -TERM $child; exit' TERM
    while true; do
        env -i "${@:2}" "$replica_binaries/services/${1%:*}/bangkit-${1%:*}" >>"$var/log/$1-replica.log" 2>&1 &
        child=$!
        say "$child" >"$var/$1-replica.pid"
        say "$child" >>"$var/$1-replica.starts"
        wait "$child" || true
        sleep 0.2
    done
}

stop_replica() {  # NAME
    [ -n "${replica_keeper[$1]:-}" ] || return 0
    kill -CONT "$(replica_pid "$1")" 2>/dev/null || true
    kill -TERM "${replica_keeper[$1]}" 2>/dev/null || true
    wait_until 15 is_gone "$(replica_pid "$1")" || kill -KILL "$(replica_pid "$1")" 2>/dev/null || true
    unset "replica_keeper[$1]"
}

replica_pid() { cat "$var/$1-replica.pid"; }
replica_deaths() { say $(($(wc -l <"$var/$1-replica.starts") - 1)); }
replica_is_healthy() { curl -fsS --max-time 2 "http://127.0.0.1:$(($(replica_port "$1") + 100))/readyz"; }
# Ready, or dead of a failpoint before anybody saw it ready.
replica_has_started() { replica_is_healthy "$1" || [ "$(replica_deaths "$1")" -gt 0 ]; }

# The process that holds the lease of the outbox: the one whose connection reads it. Between two of its statements it is
# not seen for a moment.
relay_holder() {  # registration or replica
    local attempt name=
    for attempt in {1..50}; do
        name=$(superuser_query registration "
            SELECT coalesce(nullif(application_name, ''), 'registration') FROM pg_stat_activity
             WHERE datname = current_database() AND pid <> pg_backend_pid()  -- Each service has an outbox.
               AND (query LIKE '%traceparent, created_at%FROM outbox%' OR query LIKE 'DELETE FROM outbox%')
             ORDER BY query_start DESC LIMIT 1") || return 1
        [ -z "$name" ] || break
        sleep 0.1
    done
    say "$name"
}
relay_holder_pid() {
    case $(relay_holder) in
        replica) replica_pid registration ;;
        registration) pid_of registration ;;
        *) return 1 ;;
    esac
}
# Whoever it is at the moment, and somebody for certain: on a busy machine nobody is seen at first.
kill_relay_holder() {
    local attempt pid
    for attempt in {1..20}; do
        if pid=$(relay_holder_pid) && kill -KILL "$pid" 2>/dev/null; then return; fi
        sleep 0.1
    done
    not_so "nobody relays, at $attempt looks"
}
superuser_query() {  # DATABASE SQL
    psql "$("$root/deploy/local/postgres.sh" dsn "$var/postgres") dbname=$1" -XqtA -c "$2"
}
