#!/usr/bin/env bash
# The archive of a PostgreSQL: its WAL, streamed byte by byte to a folder on another disk. A commit is acknowledged when it
# lies there too, so that losing PostgreSQL's disk loses nothing. If the archive is away for 10 s, PostgreSQL goes on
# without it, because a registry that answers nobody helps nobody: that is an alert. It waits for the archive again as soon
# as that has caught up.
#   archive.sh init DIR PORT WAL-FOLDER | run DIR | ready DIR | stand-aside DIR
set -euo pipefail
umask 077
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"
. "$(dirname "${BASH_SOURCE[0]}")/server.sh"
. "$(dirname "${BASH_SOURCE[0]}")/cluster.sh"

patience=10             # Seconds without a sign of life.
near_enough=$((1 << 20))  # Bytes behind, when commits may wait for it again.

init() {  # DIR PORT WAL-FOLDER: DIR/password is that of the role bangkit_archive.
    [ -f "$1/password" ] || new_password | write_file "$1/password"
    say "$2" | write_file "$1/port"
    say "$3" | write_file "$1/wal"
}

read_settings() {  # DIR
    folder=$1
    port=$(cat "$folder/port") wal=$(cat "$folder/wal")
    PGPASSWORD=$(cat "$folder/password")
    export PGPASSWORD
    dsn="host=127.0.0.1 port=$port user=bangkit_archive application_name=archive"
}

ask() { psql "$dsn dbname=postgres connect_timeout=5" --no-psqlrc --quiet --tuples-only --no-align --command "$1"; }

run() {  # DIR
    read_settings "$1"
    on_exit end_stream
    stream=0 last_reply='' last_seen=$SECONDS
    while true; do
        keep_streaming
        watch || true  # Without PostgreSQL there is nothing to decide.
        sleep 1
    done
}

keep_streaming() {
    [ "$stream" = 0 ] || is_gone "$stream" || return 0
    # What a killed script leaves behind would hold the slot.
    (as_its_user "$wal" setpriv --pdeathsig KILL "$programs/pg_receivewal" --dbname="$dsn" --slot=archive --no-loop \
        --directory="$wal" --synchronous --status-interval=1) &
    stream=$!
}

# Stopped by intention: nobody shall wait for it.
end_stream() {
    stand_aside || true
    [ "$stream" = 0 ] || stop_process "$stream" INT 10
}

watch() {
    local reply lag behind names
    IFS='|' read -r names reply lag <<<"$(ask "
        SELECT current_setting('synchronous_standby_names'), reply_time,
               pg_wal_lsn_diff(pg_current_wal_flush_lsn(), flush_lsn)
          FROM (SELECT) AS one_row LEFT JOIN pg_stat_replication
               ON application_name = 'archive' AND state = 'streaming' AND flush_lsn IS NOT NULL")"
    if [ "$reply" != "$last_reply" ] && [ -n "$reply" ]; then last_reply=$reply last_seen=$SECONDS; fi
    behind=${lag:-$((1 << 62))}
    if [ $((SECONDS - last_seen)) -ge "$patience" ]; then
        [ -z "$names" ] || { say "the archive is away: commits do not wait for it"; stand_aside; names=; }
        [ "$stream" = 0 ] || kill -KILL "$stream" 2>/dev/null || true  # It may be frozen.
        last_seen=$SECONDS
    elif [ -z "$names" ] && [ "$behind" -le "$near_enough" ]; then
        say "the archive has caught up: commits wait for it"
        be_waited_for
        names=archive
    fi
    write_metrics "${names:+1}" "${lag:-NaN}"
}

be_waited_for() { set_waiting archive; }
stand_aside() { set_waiting ''; }
set_waiting() {  # NAME: of whom commits wait for. Lets go who waits now.
    ask "ALTER SYSTEM SET synchronous_standby_names = '$1'" && ask "SELECT pg_reload_conf()" >/dev/null
}

write_metrics() {  # IS-SYNCHRONOUS LAG
    mkdir -p "$folder/../metrics"
    write_file "$folder/../metrics/archive.prom" <<END
# HELP bangkit_archive_synchronous 1 while every commit waits until it lies in the archive too.
# TYPE bangkit_archive_synchronous gauge
bangkit_archive_synchronous ${1:-0}
# HELP bangkit_archive_lag_bytes Bytes of WAL that the archive does not have yet.
# TYPE bangkit_archive_lag_bytes gauge
bangkit_archive_lag_bytes $2
END
}

is_ready() {
    read_settings "$1"
    [ "$(ask "SELECT sync_state FROM pg_stat_replication WHERE application_name = 'archive'")" = sync ]
}

more_verbs() {
    [ "$1" = stand-aside ] || fail "unknown verb: $1"
    read_settings "$2"
    stand_aside
}

server_main "$@"
