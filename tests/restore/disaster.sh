# The disk of PostgreSQL is lost under load; to be sourced by tests/restore/run.
# shellcheck shell=bash

start_load() {
    "$binaries/tests/faults/bangkit-faults-load" "127.0.0.1:${service_port[registration]}" \
        "$(bangkit token --role agency --region 18)" 0 8 1 "$journal" >"$folder/load.log" 2>&1 &
    load=$!
    on_exit stop_process "$load" KILL 5
}

# Of somebody whom the clients of the load do not know.
an_application_has_a_document() {
    bangkit demo generate --region 16 --businesses 1 >"$folder/16.csv"
    exits_with 0 bangkit import "$folder/16.csv"
    application=$(an_application_of "$(bangkit list --region 16 --json | jq -r '.businesses[0].businessId')" 16 "Penerima Contoh" 9000000001)
    the_document_is_there
}
the_document_is_there() {
    local document
    document=$(bangkit application documents "$application" --json | jq -r '.documents[0].documentId')
    exits_with 0 bangkit application download "$application" "$document" --out "$folder/back.pdf"
    cmp -s "$folder/citizen.pdf" "$folder/back.pdf" || not_so "what comes back is not what was handed in"
}

the_disk_is_lost() {
    local started
    more_acknowledged
    kill -KILL "$(pid_of postgres)"
    rm -rf "$var/postgres/data" "$documents"
    started=$SECONDS
    exits_with 0 restored "$backup"
    say "$output" | sed 's/^/        /'
    [ $((SECONDS - started)) -le 300 ] || not_so "it took $((SECONDS - started)) s"
    equals "lines of history" "$(lines_of "$backup" | wc -l)" 2
    equals "commits wait for the archive" "$(synchronous)" t
    the_document_is_there
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
