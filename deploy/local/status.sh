# What is running and how well; to be sourced after supervisor.sh.
# shellcheck shell=bash

is_healthy() {  # NAME
    case " ${servers[*]} archive " in
        *" $1 "*) "$root/deploy/local/$1.sh" ready "$var/$1" ;;
        *) curl -fsS --max-time 2 "http://127.0.0.1:$(admin_port "$1")/readyz" ;;
    esac
}

# await NAME...: until each is healthy; an error as soon as one cannot start.
await() {
    local name
    for name in "$@"; do
        wait_until 15 is_healthy_or_lost "$name" || [[ $(process_state "$name") == BACKOFF* ]] ||
            wait_until 75 is_healthy_or_lost "$name" || true
        is_healthy "$name" >/dev/null 2>&1 && continue
        tail -n 20 "$var/log/$name.log"
        fail "$name is not healthy: $(process_state "$name")" "Its log: $var/log/$name.log"
    done
}
is_healthy_or_lost() {
    is_healthy "$1" && return
    case $(process_state "$1") in FATAL* | EXITED* | STOPPED*) return 0 ;; esac
    return 1
}

# refuse_busy_ports: before the first start.
refuse_busy_ports() {
    local port name
    while read -r port name; do
        port_is_open "$port" || continue
        fail "port $port, which $name needs, is in use by $(port_holder "$port")" \
            "Stop that program, or deploy/down in the other checkout if it is bangkit's."
    done < <(all_ports)
}
port_holder() {
    local holder
    holder=$(ss -Hltnp "sport = :$1" 2>/dev/null | grep -o '"[^"]*",pid=[0-9]*' | head -n 1 | tr -d '"') || true
    say "${holder:-an unknown process}"
}

# show_status: a table; false if something is not well.
show_status() {
    local all_well=0 name health states
    if ! supervisor_pid >/dev/null; then
        say "bangkit is down: no supervisor runs (deploy/up starts it)"
        [ -z "$(our_processes)" ] || say "its processes still run: the supervisor was killed; deploy/up or deploy/down clears that up"
        return 1
    fi
    states=$(supervisor status) || true
    printf '%-13s %-7s %-21s %-21s %s\n' process health address lag state
    for name in "${servers[@]}" $(! has_archive || say archive) "${services[@]}"; do
        health=ok
        if ! is_healthy "$name" >/dev/null 2>&1; then health=FAILED all_well=1; fi
        printf '%-13s %-7s %-21s %-21s %s\n' "$name" "$health" "$(address_of "$name")" "$(lag_of "$name")" \
            "$(sed -n "s/^$(full_name "$name") *//p" <<<"$states" | tr -s ' ')"
    done
    return "$all_well"
}

address_of() {
    case $1 in
        postgres) say "$postgres_address" ;;
        redis) say "$redis_address" ;;
        kafka) say "$kafka_address" ;;
        archive) say - ;;
        *) say "127.0.0.1:${service_port[$1]},$(admin_port "$1")" ;;
    esac
}

# lag_of SERVICE: how far behind it is with what it sends and what it reads.
lag_of() {
    [ -n "${service_port[$1]:-}" ] || { say -; return; }
    { curl -fsS --max-time 2 "http://127.0.0.1:$(admin_port "$1")/metrics" 2>/dev/null || true; } | awk '
        /^bangkit_outbox_oldest_seconds/ {unsent = $2; sends = 1}
        /^bangkit_consumer_lag_events/ {unread += $2; reads = 1}
        END {
            if (sends) printf "unsent for %.1f s", unsent
            if (sends && reads) printf ", "
            if (reads) printf "%d events", unread
            if (!sends && !reads) printf "-"
        }'
}
