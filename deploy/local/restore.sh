# A cluster from its newest base backup and the WAL after it; to be sourced after backup.sh.
# shellcheck shell=bash

# find_backup FOLDER: sets `line` and `base`, the newest line that has a base backup, and the newest of its base backups.
find_backup() {
    [ -d "$1/postgres" ] || fail "there is no backup in $1"
    line='' base=''
    local candidate
    while read -r candidate; do
        base=$(bases_of "$candidate" | tail -n 1)
        [ -z "$base" ] || { line=$candidate; return; }
        warn "$candidate has no complete base backup: what was committed since it began cannot be had"
    done < <(lines_of "$1" | sort -r)
    fail "there is no complete base backup in $1"
}

# refuse_used FOLDER: nothing is ever overwritten.
refuse_used() {
    [ ! -e "$1/data" ] || fail "there is data in $1/data, and a restore overwrites nothing" \
        "Move it away if it is not needed any more; the restore needs as much space once more."
}

# verify_backup: every file of the base backup by its checksum, and no WAL missing after it.
verify_backup() {
    (as_its_user "$line" "$programs/pg_verifybackup" --exit-on-error "$base") ||
        fail "the base backup $base is damaged" "Move it away to restore from the one before it."
    local name number expected=''
    while read -r name; do
        number=$((16#${name:8:8} * 256 + 16#${name:16:8}))
        [ "$number" = "${expected:-$number}" ] || fail "WAL is missing before $name in $line/wal" \
            "What was committed after it cannot be had from this line."
        expected=$((number + 1))
    done < <(wal_after "$(first_wal_of "$base")")
    [ -n "$expected" ] || fail "there is no WAL in $line/wal"
}
# The names of the segments from FIRST on, the last of which is still being written.
wal_after() {  # FIRST
    find "$line/wal" -maxdepth 1 -type f -printf '%f\n' | sed 's/\.partial$//' | grep -E '^[0-9A-F]{24}$' | sort -u |
        awk -v first="$1" '$0 >= first'
}

# copy_base DIR: to DIR/unfinished, which becomes DIR/data when all is done.
copy_base() {
    rm -rf "$1/unfinished"
    mkdir -p "$1"
    local needed free
    needed=$(du -sk "$base" | cut -f 1)
    free=$(df -Pk "$1" | awk 'NR == 2 {print $4}')
    [ "$free" -gt "$needed" ] || fail "the restore needs $((needed / 1024)) MiB in $1, $((free / 1024)) MiB are free"
    cp -a "$base" "$1/unfinished"
    touch "$1/unfinished/recovery.signal"
    [ -f "$1/password" ] || new_password | write_file "$1/password"
    "$root/deploy/local/postgres.sh" settings "$1" "$2"
}

restore_cluster() {  # DIR PORT
    verify_backup
    copy_base "$1" "$2"
    "$root/deploy/local/recover.sh" "$1" "$line/wal" "$(wal_after "$(first_wal_of "$base")" | tail -n 1)"
}

# restore_to BACKUP FOLDER: a trial, beside a running installation.
restore_to() {
    local port
    find_backup "$1"
    [ -z "$(ls -A "$2" 2>/dev/null)" ] || fail "$2 is not empty, and a restore overwrites nothing"
    port=$(free_port)
    mkdir -p "$2"
    chmod 711 "$2"
    step "restore from $(basename "$base")" restore_cluster "$2" "$port"
    grep '^recovered' "$step_log"
    say "look at it:  deploy/local/postgres.sh start $2; psql \"\$(deploy/local/postgres.sh dsn $2) dbname=registration\""
}

refuse_what_cannot_be_restored() {  # BACKUP
    find_backup "$1"
    [ -f "$restoring" ] || refuse_used "$var/postgres"
    [ -f "$var/keys/keys" ] || fail "the keys are not in $var/keys, and without them nobody's data can be read" \
        "They are in no backup: put the folder there from where it is kept safe, then try again."
}

# restore_installation BACKUP: one that was interrupted goes on where it was. `$bangkit` is the command line.
restore_installation() {
    local from=$1
    refuse_what_cannot_be_restored "$from"
    stop_everything
    refuse_busy_ports
    prepare_folder
    touch "$restoring"
    if [ ! -d "$var/postgres/data" ]; then
        step "restore of $(basename "$base")" restore_cluster "$var/postgres" "$postgres_port"
        grep '^recovered' "$step_log"
        rm -f "$archive/wal"  # That line has ended.
    fi
    step "documents" bring_documents_back "$from"
    step "servers" start_restored_servers
    step "erasures, again" "$bangkit" erasures replay
    step "new backup" back_up "$from" "$backups_kept"
    close_doors
    step "services, behind closed doors" start_services
    step "dashboards from the topics" "$bangkit" dashboard rebuild --limit 24h
    require_agreement
    open_doors
    step "services" start_services
    rm -f "$restoring"
    say "bangkit is restored"
}

# Those that are here may be newer than the backup: they stay.
bring_documents_back() {  # BACKUP
    [ -d "$1/documents" ] || return 0
    cp -a --no-clobber "$1/documents/." "$documents/"
}

require_agreement() {
    try_step "every invariant" "$bangkit" verify --limit 24h
    [ "$step_status" -ne 0 ] || return 0
    grep -v '^ok ' "$step_log" >&2
    fail "the databases and the topics do not agree, so nobody is let in" \
        "Topics ahead of the registry: the backup is older than they are, and what is missing is lost." \
        "Topics behind it: they were not restored with the brokers' own replicas." \
        "Remove $restoring to open in spite of it."
}

start_restored_servers() {
    make_secrets
    supervise
    start_servers
    make_databases
    "$bangkit" topics apply --file "$root/deploy/topics.yaml"
}

# While the doors are closed, the services listen where no caller looks for them.
close_doors() {
    local service
    for service in "${services[@]}"; do
        until service_port[$service]=$(free_port) && ! port_is_open "$(admin_port "$service")"; do :; done
    done
    write_addresses
}
open_doors() {
    . "$root/deploy/local/settings.sh"
    write_addresses
}
write_addresses() {
    write_supervisor_conf
    write_command_line_settings
    supervisor update >/dev/null
}
