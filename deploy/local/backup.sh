# Base backups and the archive of a cluster; to be sourced after supervisor.sh, status.sh and databases.sh.
#
#   FOLDER/postgres/line-0001/base/20261128T061500Z   a copy of everything, with a manifest of checksums
#                            /wal                     every change since before the first of them (local/archive.sh)
#   FOLDER/postgres/line-0002/...                     after a restore, or when the archive missed something
#
# A line is one unbroken history: any of its base backups and the WAL after it give the state of its last commit.
# shellcheck shell=bash
. "$root/deploy/local/cluster.sh"
archive=$var/archive
backups_kept=7
restoring=$var/restoring  # There while a restore is not finished.

# What is kept of this installation: where, and which line is being written.
knows_backup() { [ -f "$archive/folder" ]; }
backup_folder() { cat "$archive/folder"; }
current_line() { dirname "$(cat "$archive/wal")"; }

lines_of() { find "$1/postgres" -mindepth 1 -maxdepth 1 -name 'line-*' 2>/dev/null | sort; }  # FOLDER
bases_of() { find "$1/base" -mindepth 1 -maxdepth 1 -name '*Z' 2>/dev/null | sort; }          # LINE

# prepare_backup_folder FOLDER: readable by PostgreSQL's user only, for names and addresses of businesses lie in it.
prepare_backup_folder() {
    [ -d "$1" ] || install -d -m 711 "$1" || fail "the backup folder cannot be made: $1"
    mkdir -p "$1/postgres"
    give_to_its_user "$1/postgres"
    chmod 700 "$1/postgres"
    (as_its_user "$1/postgres" test -w .) || fail "PostgreSQL's user cannot write to $1"
}

# follow_line FOLDER: the archive goes on with the line that it has, or with a new one if there is none, if it is to lie
# elsewhere, or if PostgreSQL could not hold back what the archive missed.
follow_line() {
    local folder=$1
    prepare_backup_folder "$folder"
    if has_archive && [ "$(backup_folder)" = "$folder" ] && [ -d "$(current_line)/wal" ] && slot_is_whole; then
        supervisor start archive >/dev/null || true
    else
        begin_line "$folder"
    fi
    wait_until 60 is_healthy archive || fail "the archive does not follow: $(tail -n 3 "$var/log/archive.log")"
}

superuser_asks() {  # SQL
    psql "$("$root/deploy/local/postgres.sh" dsn "$var/postgres") dbname=postgres" --no-psqlrc --quiet --tuples-only \
        --no-align --command "$1"
}
slot_is_whole() {
    [ "$(superuser_asks "SELECT wal_status <> 'lost' FROM pg_replication_slots WHERE slot_name = 'archive'")" = t ]
}

begin_line() {  # FOLDER
    local folder=$1 last number line
    last=$(lines_of "$folder" | tail -n 1)
    number=${last##*-}
    line=$folder/postgres/line-$(printf '%04d' $((10#${number:-0} + 1)))
    if has_archive; then supervisor stop archive >/dev/null || true; fi
    mkdir -p "$line/wal" "$line/base" "$archive"
    give_to_its_user "$line"
    "$root/deploy/local/archive.sh" init "$archive" "$postgres_port" "$line/wal"
    make_archive_role
    say "$folder" | write_file "$archive/folder"
    write_supervisor_conf
    supervisor update >/dev/null
    supervisor start archive >/dev/null || true
}

# It reads every change and may say whether commits wait for it; it may do nothing else.
make_archive_role() {
    as_superuser postgres <<END
ALTER SYSTEM SET synchronous_standby_names = '';
SELECT pg_reload_conf();
$(role_sql bangkit_archive "LOGIN REPLICATION PASSWORD '$(cat "$archive/password")'")
GRANT pg_monitor TO bangkit_archive;
GRANT ALTER SYSTEM ON PARAMETER synchronous_standby_names TO bangkit_archive;
GRANT EXECUTE ON FUNCTION pg_reload_conf() TO bangkit_archive;
SELECT pg_terminate_backend(active_pid, 5000) FROM pg_replication_slots WHERE slot_name = 'archive' AND active;
SELECT pg_drop_replication_slot(slot_name) FROM pg_replication_slots WHERE slot_name = 'archive';
SELECT pg_create_physical_replication_slot('archive', immediately_reserve => true);
END
}

# take_base: a base backup into the current line. It has its name only when it is complete and its checksums are right.
take_base() {
    local line base unfinished
    line=$(current_line)
    base=$line/base/$(date -u +%Y%m%dT%H%M%SZ)
    unfinished=$base.unfinished
    rm -rf "$line"/base/*.unfinished
    (
        PGPASSWORD=$(cat "$archive/password")
        export PGPASSWORD
        as_its_user "$line" "$programs/pg_basebackup" --dbname="host=127.0.0.1 port=$postgres_port user=bangkit_archive" \
            --pgdata="$unfinished" --wal-method=stream --checkpoint=fast --manifest-checksums=SHA256 --no-password \
            --progress --verbose
    )
    (as_its_user "$line" "$programs/pg_verifybackup" --exit-on-error "$unfinished")
    mv "$unfinished" "$base"
    sync -f "$base"
    say "$base"
}

# remove_old KEEP: base backups beyond the newest KEEP of this line, the WAL from before them, and older lines once this
# one has as many.
remove_old() {
    local keep=$1 line bases base
    line=$(current_line)
    mapfile -t bases < <(bases_of "$line")
    [ "${#bases[@]}" -ge "$keep" ] || return 0
    for base in "${bases[@]:0:$((${#bases[@]} - keep))}"; do rm -rf "$base"; done
    "$programs/pg_archivecleanup" "$line/wal" "$(first_wal_of "${bases[-$keep]}")"
    while read -r base; do
        [ "$base" = "$line" ] || rm -rf "$base"
    done < <(lines_of "$(backup_folder)")
}
first_wal_of() { sed -n 's/^START WAL LOCATION: .*(file \([0-9A-F]*\))$/\1/p' "$1/backup_label"; }

# copy_documents: what applicants have handed in, beside the databases. Files never change; those that are gone here, such as
# an erased owner's, go there too.
copy_documents() {
    local copies name
    copies=$(backup_folder)/documents
    (umask 077 && mkdir -p "$documents" "$copies")
    cp -a --no-clobber "$documents/." "$copies/"
    while read -r name; do
        [ -e "$documents/$name" ] || rm -f "$copies/$name"
    done < <(cd "$copies" && find . -type f)
    sync -f "$copies"
}

write_backup_metrics() {
    mkdir -p "$var/metrics"
    write_file "$var/metrics/backup.prom" <<END
# HELP bangkit_backup_last_success_timestamp_seconds When the last base backup was complete and verified.
# TYPE bangkit_backup_last_success_timestamp_seconds gauge
bangkit_backup_last_success_timestamp_seconds $(date +%s)
END
}

back_up() {  # FOLDER KEEP
    follow_line "$1"
    take_base
    copy_documents
    remove_old "$2"
    write_backup_metrics
}
