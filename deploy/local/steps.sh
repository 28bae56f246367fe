# Steps that a person can watch: one line each, with its duration; the output goes to a log; to be sourced after
# common.sh. Set `step_logs` to a folder first.
# shellcheck shell=bash
step_status=0
step_log=

# try_step NAME COMMAND...: runs the command in a shell of its own. Sets step_status and step_log.
# (Not a return value: a function that is asked for one runs without `set -e`.)
try_step() {
    local name=$1 started=${EPOCHREALTIME/./} worker ticker
    shift
    mkdir -p "$step_logs"
    step_log=$step_logs/${name// /-}.log
    : >"$step_log"
    set -m  # A process group of its own, so that an interrupt can end all of it.
    "$@" >"$step_log" 2>&1 </dev/null &
    worker=$!
    set +m
    show_progress "$name" "$step_log" &
    ticker=$!
    trap 'kill -TERM -- -'"$worker"' 2>/dev/null; kill '"$ticker"' 2>/dev/null; exit 130' INT TERM
    step_status=0
    wait "$worker" || step_status=$?
    trap 'exit 130' INT
    trap 'exit 143' TERM
    kill "$ticker" 2>/dev/null || true
    wait "$ticker" 2>/dev/null || true
    finish_line "$name" "$((${EPOCHREALTIME/./} - started))"
}

# step NAME COMMAND...: try_step, and the end of everything if it fails.
step() {
    try_step "$@"
    if [ "$step_status" -ne 0 ]; then
        show_log "$step_log"
        exit 1
    fi
}

finish_line() {  # NAME MICROSECONDS
    local result=ok
    [ "$step_status" -eq 0 ] || result=FAILED
    [ ! -t 1 ] || printf '\r\033[K'
    printf '  %-34s %-6s %6d.%d s\n' "$1" "$result" $(($2 / 1000000)) $(($2 / 100000 % 10))
}

show_log() {  # FILE [LINES]
    printf '\n--- the end of %s\n' "$1" >&2
    tail -n "${2:-40}" "$1" >&2
}

# On a terminal one line that lives; elsewhere a line every half minute.
show_progress() {  # NAME LOG
    local started=$SECONDS pause=30 begin='' end='\n' never
    if [ -t 1 ]; then pause=1 begin='\r\033[K' end=''; fi
    exec {never}<> <(:)
    # Waits by `read`, because a `sleep` would outlive us by half a minute.
    until read -rt "$pause" <&"$never"; do
        # shellcheck disable=SC2059  # The format is ours.
        printf "$begin  %-34s ...    %6d s    %.60s$end" "$1" "$((SECONDS - started))" \
            "$(tail -c 400 "$2" | tr '\r' '\n' | grep -a . | tail -n 1)"
    done
}
