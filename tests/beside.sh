# Steps that only need the processor, run beside the tests, which mostly wait; to be sourced after steps.sh.
# shellcheck shell=bash

# beside NAME COMMAND... [-- NAME COMMAND...]...: begins these steps, one after the other, behind everything else that
# wants the processor. `result_of NAME` is how each one ended.
beside() {
    mkdir -p "$step_logs"
    rm -f "$step_logs"/beside-*
    set -m  # A process group of its own, which ends with us.
    run_beside "$@" </dev/null &
    set +m
    on_exit end_beside "$!"
}
end_beside() { kill -TERM -- "-$1" 2>/dev/null; }

run_beside() {
    local log command status
    renice -n 19 "$BASHPID" >/dev/null
    while [ $# -gt 0 ]; do
        log=$step_logs/beside-${1// /-} command=()
        shift
        while [ $# -gt 0 ] && [ "$1" != -- ]; do
            command+=("$1")
            shift
        done
        shift $(($# > 0))
        "${command[@]}" >"$log.log" 2>&1 &
        status=0
        wait $! || status=$?
        echo "$status" >"$log.status"
    done
}

# result_of NAME: waits for the end of a step that was begun beside, says what it said, and returns its exit code.
result_of() {
    local log=$step_logs/beside-${1// /-}
    until [ -s "$log.status" ]; do
        tail -n 1 "$log.log" 2>/dev/null || true
        sleep 1
    done
    cat "$log.log"
    return "$(cat "$log.status")"
}
