# Clients that repeat what was not answered; to be sourced by tests/faults/run.
# shellcheck shell=bash
journal=$folder/journal
touch "$journal"
clients_so_far=0
load_pid=0

# start_load [CLIENTS [merging]]: each time other clients, so that no person registers twice.
start_load() {
    local clients=${1:-4} before addresses=127.0.0.1:${service_port[registration]}
    # Where nobody listens, every call would count as refused.
    [ -z "${replica_keeper[registration]:-}" ] || addresses+=,127.0.0.1:$(replica_port registration)
    before=$(answers)
    "$binaries/tests/faults/bangkit-faults-load" "$addresses" "$token" \
        "$clients_so_far" "$clients" "$seed" "$journal" "${@:2}" >"$folder/load.log" 2>&1 &
    load_pid=$!
    clients_so_far=$((clients_so_far + clients))
    on_exit stop_process "$load_pid" KILL 5
    wait_until 60 answers_since "$before" || not_so "the clients are not answered: $(cat "$folder/load.log")"
}

answers() { wc -l <"$journal"; }
answers_since() { [ "$(answers)" -gt "$1" ]; }
# clients_are_answered: more than now, soon.
clients_are_answered() { eventually 60 answers_since "$(($(answers) + 20))"; }

# stop_load: the clients finish what they have begun. Sets `load_says`.
stop_load() {
    local code=0
    kill -TERM "$load_pid" || true
    wait "$load_pid" || code=$?
    load_says=$(tail -n 1 "$folder/load.log")
    say "        $load_says"
    equals "exit code of the clients" "$code" 0
}
# refusals STATUS: how often the clients were told so.
refusals() { grep -o "$1 [0-9]*" <<<"$load_says" | cut -d' ' -f2; }

# What has to hold at the end of every test, whatever happened in it.
everything_holds() {
    nothing_is_violated
    every_request_has_one_reply
    every_request_has_one_effect
}
nothing_is_violated() {
    eventually 90 all_are_well
    exits_with 0 bangkit verify --limit 120s
    grep -v '^ok ' <<<"$output" | sed 's/^/        /' || true
}
all_are_well() {
    local name
    for name in "${servers[@]}" "${services[@]}"; do is_healthy "$name" || return 1; done
    for name in "${!replica_keeper[@]}"; do replica_is_healthy "$name" || return 1; done
}
