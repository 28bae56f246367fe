# Old and new programs side by side, on the schema of the new ones; to be sourced by tests/faults/run.
# shellcheck shell=bash
old_commit=64d3a6c  # What is released now.

an_upgrade_rolls() {
    local old=$root/build/old
    build_old "$old" || { not_so "$old_commit does not build: $(tail -n 3 "$folder/old.log")"; return; }
    replica_binaries=$old/build/release
    start_replica registration
    start_replica dashboard
    start_load
    clients_are_answered
    # Every event is relayed by either, and every partition read by either, in turn.
    local epoch number
    for number in 1 2; do
        epoch=$(lease_epoch)
        kill -KILL "$(relay_holder_pid)"
        began=$(now)
        recovers 30 "the other version relays (expected: within 3 s)" lease_has_moved "$epoch"
        clients_are_answered
    done
    kill_and_await dashboard
    clients_are_answered
    stop_load
    everything_holds
    stop_replica registration
    stop_replica dashboard
    replica_binaries=$root/build/release
}

# build_old FOLDER: once; it takes minutes, and what it makes is kept.
build_old() {
    [ ! -x "$1/build/release/services/dashboard/bangkit-dashboard" ] || return 0
    mkdir -p "$1"
    git -C "$root" archive "$old_commit" | tar -x -C "$1"
    ln -sfn "$packages" "$1/.deps"
    (cd "$1" && cmake --preset release &&
        CCACHE_BASEDIR=$1 ninja -C build/release -j 2 bangkit-registration bangkit-dashboard)
} >"$folder/old.log" 2>&1
