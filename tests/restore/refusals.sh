# What a restore does not do; to be sourced by tests/restore/run.
# shellcheck shell=bash

# trial FOLDER [BACKUP] and restored [BACKUP]: as deploy/restore does it, in a shell that may end.
trial() { (restore_to "${2:-$backup}" "$1") 2>&1; }
restored() { (restore_installation "$@") 2>&1; }

a_trial_leaves_the_installation_alone() {
    local businesses
    businesses=$(query registration 'SELECT count(*) FROM businesses')
    exits_with 0 trial "$folder/trial"
    matches "what it says" "$output" 'recovered up to [0-9A-F]+/[0-9A-F]+, last commit 20'
    "$root/deploy/local/postgres.sh" start "$folder/trial" >/dev/null
    on_exit "$root/deploy/local/postgres.sh" stop "$folder/trial"
    local restored
    restored=$(psql "$("$root/deploy/local/postgres.sh" dsn "$folder/trial") dbname=registration" -XqtAc 'SELECT count(*) FROM businesses')
    [ "$restored" -ge "$businesses" ] || not_so "of $businesses businesses, the trial has $restored"
    "$root/deploy/local/postgres.sh" stop "$folder/trial"
    more_acknowledged
}

# Segments change their names while it is copied: what the drill needs is the base backup and some WAL.
copy_backup() {
    mkdir -p "$1/postgres/line-0001/wal"
    cp -a "$backup/postgres/line-0001/base" "$1/postgres/line-0001"
    find "$backup/postgres/line-0001/wal" -name '*[0-9A-F]' -exec cp -a {} "$1/postgres/line-0001/wal" \;
}

a_damaged_backup_is_refused() {
    local damaged=$folder/damaged file
    copy_backup "$damaged"
    file=$(find "$damaged" -path '*/base/*/base/*' -type f -size +64k | sort | head -n 1)
    printf 'x' | dd of="$file" bs=1 seek=9000 conv=notrunc status=none
    exits_with 1 trial "$folder/trial.2" "$damaged"
    matches "a changed byte" "$output" 'is damaged'

    rm -rf "$damaged"
    copy_backup "$damaged"
    superuser_asks "SELECT pg_switch_wal()" >/dev/null
    file=$damaged/postgres/line-0001/wal
    cp "$(find "$file" -name '0*' | sort | tail -n 1)" "$file/0000000100000000000000FE"
    exits_with 1 trial "$folder/trial.2" "$damaged"
    matches "missing changes" "$output" 'WAL is missing before 0000000100000000000000FE'
    [ ! -e "$folder/trial.2/data" ] || not_so "data was left behind"
    rm -rf "$damaged"
}

nothing_is_overwritten() {
    exits_with 1 trial "$folder/trial"
    matches "a folder in use" "$output" 'is not empty'
    exits_with 1 restored "$backup"
    matches "the installation itself" "$output" 'overwrites nothing'
    exits_with 1 trial "$folder/trial.3" "$folder/log"
    matches "no backup" "$output" 'there is no backup in'
    more_acknowledged
}
