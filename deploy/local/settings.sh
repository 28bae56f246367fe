# What a local installation consists of, and where it listens; to be sourced after common.sh. Everything that it
# keeps is below `var`. Tests make installations of their own: they set `var` and `first_port` before.
# shellcheck shell=bash
var=${var:-$root/var}
binaries=$root/build/release

first_port=${first_port:-7100}
postgres_port=$((first_port + 32))
redis_port=$((first_port + 79))
kafka_port=$((first_port + 92))  # And its controller on the next one.
postgres_address=127.0.0.1:$postgres_port
redis_address=127.0.0.1:$redis_port
kafka_address=127.0.0.1:$kafka_port

# Tests set it to `yes`: services then reach the servers by links that can be slow or cut, each on a port of its own.
links=${links:-no}
postgres_link_port=$postgres_port redis_link_port=$redis_port kafka_link_port=$kafka_port links_port=$((first_port + 34))
if [ "$links" = yes ]; then
    postgres_link_port=$((first_port + 33)) redis_link_port=$((first_port + 80)) kafka_link_port=$((first_port + 94))
fi

# What applicants have handed in, sealed.
documents=$var/documents

servers=(postgres redis kafka)
services=(registration aid dashboard)
# Services with a database, a role that owns it and a role that uses it.
databases=(registration aid dashboard)
declare -gA service_port=([registration]=$first_port [aid]=$((first_port + 1)) [dashboard]=$((first_port + 4)))
# Since the first deploy/backup, the WAL of PostgreSQL is streamed to an archive.
has_archive() { [ -f "$var/archive/wal" ]; }
admin_port() { say $((${service_port[$1]} + 100)); }

all_ports() {
    say "$postgres_port PostgreSQL"
    say "$redis_port Redis"
    say "$kafka_port Kafka"
    say "$((kafka_port + 1)) Kafka"
    if [ "$links" = yes ]; then
        say "$links_port links"
        say "$postgres_link_port links"
        say "$redis_link_port links"
        say "$kafka_link_port links"
        say "$((kafka_link_port + 1)) Kafka"
    fi
    local service
    for service in "${services[@]}"; do
        say "${service_port[$service]} $service"
        say "$(admin_port "$service") $service"
    done
}

# database_dsn DATABASE ROLE [PORT]: for libpq.
database_dsn() {
    say "host=127.0.0.1 port=${3:-$postgres_port} dbname=$1 user=$2 password=$(cat "$var/passwords/$2")"
}

[ -v more_settings ] || more_settings=()  # For every service; tests add some.

# service_settings SERVICE: its whole environment, line by line. A service refuses a setting that it does not know.
service_settings() {
    say "BANGKIT_ENV=development"
    say "BANGKIT_LISTEN=127.0.0.1:${service_port[$1]}"
    say "BANGKIT_ADMIN_LISTEN=127.0.0.1:$(admin_port "$1")"
    say "BANGKIT_DSN=$(database_dsn "$1" "$1" "$postgres_link_port")"
    say "BANGKIT_MIGRATION_DSN=$(database_dsn "$1" "$1_owner" "$postgres_link_port")"
    say "BANGKIT_KAFKA=127.0.0.1:$kafka_link_port"
    say "BANGKIT_JWKS=$var/keys/jwks.json"
    case $1 in
        registration) say "BANGKIT_KEY_FILE=$var/keys/keys" ;;
        aid)
            say "BANGKIT_KEY_FILE=$var/keys/keys"
            say "BANGKIT_REGISTRATION=127.0.0.1:${service_port[registration]}"
            say "BANGKIT_DOCUMENTS=$documents"
            ;;
        dashboard) say "BANGKIT_REDIS=127.0.0.1:$redis_link_port" ;;
    esac
}

# The command line finds the installation by this file.
write_command_line_settings() {
    write_file "$var/bangkit.conf" <<END
ENVIRONMENT=development
REGISTRATION=127.0.0.1:${service_port[registration]}
AID=127.0.0.1:${service_port[aid]}
DASHBOARD=127.0.0.1:${service_port[dashboard]}
KAFKA=$kafka_address
REDIS=$redis_address
REGISTRATION_DSN=$(database_dsn registration registration_owner)
AID_DSN=$(database_dsn aid aid_owner)
DASHBOARD_DSN=$(database_dsn dashboard dashboard_owner)
DOCUMENTS=$documents
JWT_KEY=$var/keys/jwt-private.json
KEYS=$var/keys/keys
END
}
