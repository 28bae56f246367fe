#!/usr/bin/env bash
# recover.sh DIR WAL-FOLDER LAST-SEGMENT: replays all WAL onto DIR/unfinished, however long that takes, in a server that
# nobody can reach but by a private socket; then it is DIR/data.
set -euo pipefail
umask 077
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"
. "$(dirname "${BASH_SOURCE[0]}")/cluster.sh"
folder=$1 wal=$2 last=$3

start_server() {
    say "local all postgres trust" >"$socket/hba.conf"
    give_to_its_user "$socket"
    (as_its_user "$folder" test -r "$wal/.") || fail "PostgreSQL's user cannot read $wal"
    (as_its_user "$folder" "$programs/postgres" -D "$folder/unfinished" -c config_file="$folder/postgresql.conf" \
        -c listen_addresses= -c unix_socket_directories="$socket" -c unix_socket_permissions=0700 \
        -c hba_file="$socket/hba.conf" -c synchronous_standby_names= \
        -c restore_command="'$root/deploy/local/fetch-wal.sh' '$wal' %f %p") &
    server=$!
    on_exit stop_process "$server" INT 600
}

ask() {  # SQL
    psql "host=$socket port=$(sed -n 's/^port = //p' "$folder/postgresql.conf") user=postgres dbname=postgres" \
        --no-psqlrc --quiet --tuples-only --no-align --set ON_ERROR_STOP=1 <<<"$1"
}

await_end_of_recovery() {
    until [ "$(ask "SELECT pg_is_in_recovery()" 2>/dev/null)" = f ]; do
        ! is_gone "$server" || fail "the recovery failed, see above"
        ask "SELECT 'replayed up to ' || pg_last_wal_replay_lsn()" 2>/dev/null || true
        sleep 1
    done
}

# A damaged record ends the recovery like the end of the WAL: then segments are left that it has not reached. (The last
# one may hold only the beginning of a record.)
require_whole_recovery() {
    local end
    end=$(ask "SELECT pg_last_wal_replay_lsn()")
    [ $((16#${last:8:8} * 256 + 16#${last:16:8})) -le $((16#${end%/*} * 256 + (16#${end#*/} >> 24) + 1)) ] ||
        fail "the recovery ended at $end, but there is WAL up to $last: a record is damaged" \
            "What was committed after that cannot be had from this line."
    say "recovered up to $end, last commit $(ask "SELECT coalesce(pg_last_xact_replay_timestamp()::text, 'in the base backup')")"
}

socket=$(mktemp -d "${TMPDIR:-/tmp}/bangkit-recovery.XXXXXX")
on_exit rm -rf "$socket"
start_server
await_end_of_recovery
require_whole_recovery
ask "ALTER SYSTEM SET synchronous_standby_names = ''"  # Of the lost cluster; the next archive is not there yet.
ask "ALTER ROLE postgres PASSWORD '$(cat "$folder/password")'"
stop_process "$server" INT 600
mv "$folder/unfinished" "$folder/data"
