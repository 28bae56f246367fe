# The disk of PostgreSQL is lost under load; to be sourced by tests/restore/run.
# shellcheck shell=bash

start_load() {
    "$binaries/tests/faults/bangkit-faults-load" "127.0.0.1:${service_port[registration]}" \
        "$(bangkit token --role agency --region 18)" 0 8 1 "$journal" >"$folder/load.log" 2>&1 &
    load=$!
    on_exit stop_process "$load" KILL 5
}

the_disk_is_lost() {
    local started
    more_acknowledged
    kill -KILL "$(pid_of postgres)"
    rm -rf "$var/postgres/data"
    started=$SECONDS
    exits_with 0 restored "$backup"
    say "$output" | sed 's/^/        /'
    [ $((SECONDS - started)) -le 300 ] || not_so "it took $((SECONDS - started)) s"
    equals "lines of history" "$(lines_of "$backup" | wc -l)" 2
    equals "commits wait for the archive" "$(synchronous)" t
    more_acknowledged
}

clients_get_equal_answers() {
    local code=0
    ! is_gone "$load" || not_so "the load ended by itself: $(tail -n 3 "$folder/load.log")"
    kill -TERM "$load"
    wait "$load" || code=$?
    equals "exit code of the load" "$code" 0
    sed 's/^/        /' "$folder/load.log"
}

every_invariant_holds() {
    exits_with 0 bangkit verify --limit 120s
    say "$output" | grep -v '^ok' | sed 's/^/        /' || true
}
