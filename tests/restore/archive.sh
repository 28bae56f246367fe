# The archive while all is well, and while it is not; to be sourced by tests/restore/run.
# shellcheck shell=bash
# shellcheck disable=SC2317  # Functions within functions are called by `eventually`.

synchronous() { superuser_asks "SELECT current_setting('synchronous_standby_names') <> ''"; }
acknowledged() { wc -l <"$journal"; }

# more_acknowledged: commands are being answered.
more_acknowledged() {
    local before
    before=$(acknowledged)
    has_grown() { [ "$(acknowledged)" -gt $((before + 50)) ]; }
    eventually 60 has_grown
}

a_backup_is_taken_under_load() {
    more_acknowledged
    try_step "backup" back_up "$backup" 7
    equals "exit code of the backup" "$step_status" 0
    equals "complete base backups" "$(bases_of "$backup/postgres/line-0001" | wc -l)" 1
    equals "commits wait for the archive" "$(synchronous)" t
    matches "when the last backup was" "$(grep -v '^#' "$var/metrics/backup.prom")" '^bangkit_backup_last_success_timestamp_seconds [0-9]+$'
    more_acknowledged
}

stream_pid() { pgrep --full "pg_receivewal.*--directory=$backup"; }

# Frozen for less than its patience: nothing is acknowledged that is not in the archive.
every_commit_waits_for_the_archive() {
    local stream before
    stream=$(stream_pid)
    kill -STOP "$stream"
    superuser_asks "SELECT pg_logical_emit_message(true, 'drill', 'waits')" >/dev/null &
    local writer=$!
    waits() { [ "$(superuser_asks "SELECT count(*) > 0 FROM pg_stat_activity WHERE wait_event = 'SyncRep'")" = t ]; }
    eventually 8 waits
    before=$(acknowledged)
    has_grown() { [ "$(acknowledged)" -gt $((before + 50)) ]; }
    ! wait_until 3 has_grown || not_so "commands are acknowledged that are not in the archive"
    ! is_gone "$writer" || not_so "a commit did not wait"
    kill -CONT "$stream"
    wait "$writer"
    more_acknowledged
}

an_absent_archive_holds_nobody_up() {
    is_alone() { [ "$(synchronous)" = f ]; }
    is_together() { [ "$(synchronous)" = t ]; }
    mv "$backup" "$backup.away"  # As if its disk were gone.
    kill -KILL "$(stream_pid)"
    eventually 60 is_alone
    more_acknowledged
    alerted() { grep -qx 'bangkit_archive_synchronous 0' "$var/metrics/archive.prom"; }
    eventually 10 alerted
    mv "$backup.away" "$backup"
    eventually 60 is_together
    more_acknowledged
}

an_archive_goes_on() {
    kill -KILL "$(pid_of archive)"
    archive_is_healthy() { is_healthy archive; }
    eventually 60 archive_is_healthy
    more_acknowledged
    equals "its line" "$(lines_of "$backup" | wc -l)" 1
}

old_backups_go() {
    local line=$backup/postgres/line-0001 first
    first=$(bases_of "$line")
    superuser_asks "SELECT pg_switch_wal()" >/dev/null
    try_step "second backup" back_up "$backup" 1
    equals "exit code of the backup" "$step_status" 0
    equals "base backups" "$(bases_of "$line" | wc -l)" 1
    [ ! -e "$first" ] || not_so "the first one is still there"
    equals "the oldest change that is kept" "$(find "$line/wal" -name '0*' -printf '%f\n' | sort | head -n 1 | cut -c 1-24)" \
        "$(first_wal_of "$(bases_of "$line")")"
}

# As if PostgreSQL could not hold back any longer what the archive was to get.
a_gap_begins_a_new_line() {
    supervisor stop archive >/dev/null
    superuser_asks "SELECT pg_drop_replication_slot('archive')" >/dev/null
    more_acknowledged
    try_step "backup after a gap" back_up "$backup" 1
    equals "exit code of the backup" "$step_status" 0
    equals "lines" "$(lines_of "$backup")" "$backup/postgres/line-0002"
    equals "commits wait for the archive" "$(synchronous)" t
    more_acknowledged
}
