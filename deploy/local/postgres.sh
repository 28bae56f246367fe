#!/usr/bin/env bash
# A private PostgreSQL on 127.0.0.1, everything of it below DIR.
#   postgres.sh init DIR PORT | run DIR | start DIR | stop DIR | ready DIR
#   postgres.sh dsn DIR            of the superuser, without a database
#   postgres.sh settings DIR PORT  only the settings, for data that a restore brings
set -euo pipefail
umask 077
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"
. "$(dirname "${BASH_SOURCE[0]}")/server.sh"
. "$(dirname "${BASH_SOURCE[0]}")/cluster.sh"

stop_signal=INT  # "Fast": open transactions end, data is kept.

init() {  # DIR PORT: DIR/password is the superuser's, and made if it is not there.
    if [ ! -f "$1/data/PG_VERSION" ]; then
        rm -rf "$1/data"
        [ -f "$1/password" ] || new_password >"$1/password"
        give_to_its_user "$1"
        (as_its_user "$1" "$programs/initdb" --pgdata="$1/data" --username=postgres --pwfile="$1/password" \
            --auth=scram-sha-256 --encoding=UTF8 --locale=C.UTF-8 --data-checksums --no-instructions)
    fi
    write_settings "$1" "$2"
    give_to_its_user "$1"
}

# A quarter of the memory, at most 2 GB: a million businesses with their indexes take 1.3, and a page that is not at hand
# costs as much as the rest of the call.
buffers() { awk '/^MemTotal:/ {mb = int($2 / 4096); print (mb < 256 ? 256 : mb > 2048 ? 2048 : mb)}' /proc/meminfo; }

write_settings() {  # DIR PORT
    write_file "$1/postgresql.conf" <<END
listen_addresses = '127.0.0.1'
port = $2
unix_socket_directories = ''
max_connections = 200
shared_buffers = $(buffers)MB
max_wal_size = 2GB
checkpoint_timeout = 15min
# An archive that is frozen is noticed after this time, and one that is away may hold this much back.
wal_sender_timeout = 10s
max_slot_wal_keep_size = 8GB
random_page_cost = 1.1
jit = off
timezone = 'UTC'
log_timezone = 'UTC'
log_line_prefix = '%m [%p] %u@%d '
# Statements, parameters and the details of errors can hold personal data: never in a log.
log_statement = 'none'
log_min_error_statement = panic
log_error_verbosity = terse
log_parameter_max_length = 0
log_parameter_max_length_on_error = 0
END
}

run() { as_its_user "$1" "$programs/postgres" -D "$1/data" -c config_file="$1/postgresql.conf"; }

port_of() { sed -n 's/^port = //p' "$1/postgresql.conf"; }
is_ready() { "$programs/pg_isready" -q -h 127.0.0.1 -p "$(port_of "$1")"; }

more_verbs() {
    case $1 in
        dsn) say "host=127.0.0.1 port=$(port_of "$2") user=postgres password=$(cat "$2/password")" ;;
        settings) write_settings "$2" "$3" && give_to_its_user "$2" ;;
        *) fail "unknown verb: $1" ;;
    esac
}

server_main "$@"
