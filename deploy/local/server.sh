# The verbs that the local servers share; to be sourced after common.sh by a script that defines
#   init DIR PORT   run DIR   is_ready DIR   stop_signal
# shellcheck shell=bash

# start DIR: in the background, until it answers.
start() {
    setsid "$0" run "$1" >>"$1/log" 2>&1 </dev/null &
    say $! >"$1/pid"
    wait_until 120 is_ready_or_dead "$1" || true  # What it says is more use than that time is over.
    is_ready "$1" || { tail -n 20 "$1/log" >&2; fail "$(basename "$0" .sh) did not start, see $1/log"; }
}
is_ready_or_dead() { is_ready "$1" || is_gone "$(cat "$1/pid")"; }

# stop DIR: does nothing if it does not run.
stop() {
    [ -f "$1/pid" ] || return 0
    stop_process "$(cat "$1/pid")" "$stop_signal" 20
    rm -f "$1/pid"
}

server_main() {
    local verb=${1:-} folder=${2:-}
    [ -n "$folder" ] || fail "usage: $(basename "$0") init DIR PORT | run DIR | start DIR | stop DIR | ready DIR"
    mkdir -p "$folder"
    folder=$(cd "$folder" && pwd)
    case $verb in
        init) init "$folder" "${3:?a port is needed}" "${@:4}" ;;
        run | start | stop) "$verb" "$folder" ;;
        ready) is_ready "$folder" ;;
        *) more_verbs "$verb" "$folder" "${@:3}" ;;
    esac
}
more_verbs() { fail "unknown verb: $1"; }
