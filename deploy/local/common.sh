# What every script below deploy/ and tests/ shares; to be sourced. Sets `root`, the work tree.
# shellcheck shell=bash
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
packages=$root/.deps
# Objects are found again in another checkout of the same sources.
export CCACHE_BASEDIR=$root CCACHE_NOHASHDIR=1 CCACHE_SLOPPINESS=pch_defines,time_macros

say() { printf '%s\n' "$*"; }
warn() { printf 'warning: %s\n' "$*" >&2; }
fail() {
    printf 'error: %s\n' "$1" >&2
    shift
    [ $# -eq 0 ] || printf '       %s\n' "$@" >&2
    exit 1
}

# become_owner ARGUMENTS-OF-THE-SCRIPT...: only Debian packages need root. What a person starts by sudo in a work tree of
# their own goes on as that person, so that the files made here stay theirs.
become_owner() {
    local owner
    owner=$(stat -c %u "$root")
    [ "$(id -u)" = 0 ] && [ "$owner" != 0 ] && [ "${SUDO_UID:-}" = "$owner" ] || return 0
    "$root/deploy/local/debian.sh"
    exec setpriv --reuid="$owner" --regid="$SUDO_GID" --init-groups env HOME="$(getent passwd "$owner" | cut -d: -f6)" \
        "$0" "$@"
}

# on_exit COMMAND...: runs when the script ends, however it ends; the last one added runs first.
exit_commands=()
on_exit() { exit_commands=("$(printf '%q ' "$@")" "${exit_commands[@]}"); }
run_exit_commands() {
    local status=$? command
    trap '' INT TERM
    for command in "${exit_commands[@]}"; do eval "$command" || true; done
    exit "$status"
}
trap run_exit_commands EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

# wait_until SECONDS COMMAND...: true as soon as the command is, false when the time is over.
wait_until() {
    local deadline=$((SECONDS + $1))
    shift
    until "$@" >/dev/null 2>&1; do
        [ "$SECONDS" -lt "$deadline" ] || return 1
        sleep 0.1
    done
}

# stop_process PID SIGNAL SECONDS: the signal, and SIGKILL if it has not ended in time.
stop_process() {
    kill -"$2" "$1" 2>/dev/null || return 0
    wait_until "$3" is_gone "$1" || kill -KILL "$1" 2>/dev/null || true
    wait_until 5 is_gone "$1"
}
is_gone() { [ ! -d "/proc/$1" ] || grep -q '^State:[[:space:]]*Z' "/proc/$1/status"; }

port_is_open() { (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

# free_port: a port of this machine that nobody listens on, below the range of outgoing connections.
free_port() {
    local port
    for _ in {1..100}; do
        port=$((20000 + RANDOM % 12000))
        port_is_open "$port" || { say "$port"; return; }
    done
    fail "no free port found between 20000 and 32000"
}

# require_space FOLDER GIB
require_space() {
    local free
    free=$(df -Pk "$1" | awk 'NR == 2 {print int($4 / 1048576)}')
    [ "$free" -ge "$2" ] || fail "only $free GiB are free on the disk of $1, $2 GiB are needed" \
        "Free some space (build/ and var/ of old checkouts, apt-get clean) and try again."
}

new_password() { od -An -N24 -tx1 /dev/urandom | tr -d ' \n'; }

# write_file NAME: standard input becomes the file, at once and readable by its owner only; untouched if that changes nothing.
write_file() {
    (umask 077 && cat >"$1.new")
    if cmp -s "$1.new" "$1"; then rm "$1.new"; else mv "$1.new" "$1"; fi
}

# take_turn: one deploy/up or deploy/down of this checkout at a time; the others wait.
take_turn() {
    exec 9<"$root/deploy"
    flock -n 9 && return
    say "waiting for another deploy/up or deploy/down"
    flock 9
}
