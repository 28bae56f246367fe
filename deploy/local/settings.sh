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

servers=(postgres redis kafka)
services=(registration dashboard)
# Services with a database, a role that owns it and a role that uses it.
databases=(registration dashboard)
declare -gA service_port=([registration]=$first_port [dashboard]=$((first_port + 4)))
# Since the first deploy/backup, the WAL of PostgreSQL is streamed to an archive.
has_archive() { [ -f "$var/archive/wal" ]; }
admin_port() { say $((${service_port[$1]} + 100)); }

all_ports() {
    say "$postgres_port PostgreSQL"
    say "$redis_port Redis"
    say "$kafka_port Kafka"
    say "$((kafka_port + 1)) Kafka"
    local service
    for service in "${services[@]}"; do
        say "${service_port[$service]} $service"
        say "$(admin_port "$service") $service"
    done
}

# database_dsn DATABASE ROLE: for libpq.
database_dsn() {
    say "host=127.0.0.1 port=$postgres_port dbname=$1 user=$2 password=$(cat "$var/passwords/$2")"
}

[ -v more_settings ] || more_settings=()  # For every service; tests add some.

# service_settings SERVICE: its whole environment, line by line. A service refuses a setting that it does not know.
service_settings() {
    say "BANGKIT_ENV=development"
    say "BANGKIT_LISTEN=127.0.0.1:${service_port[$1]}"
    say "BANGKIT_ADMIN_LISTEN=127.0.0.1:$(admin_port "$1")"
    say "BANGKIT_DSN=$(database_dsn "$1" "$1")"
    say "BANGKIT_MIGRATION_DSN=$(database_dsn "$1" "$1_owner")"
    say "BANGKIT_KAFKA=$kafka_address"
    say "BANGKIT_JWKS=$var/keys/jwks.json"
    case $1 in
        registration) say "BANGKIT_KEY_FILE=$var/keys/keys" ;;
        dashboard) say "BANGKIT_REDIS=$redis_address" ;;
    esac
}

# The command line finds the installation by this file.
write_command_line_settings() {
    write_file "$var/bangkit.conf" <<END
ENVIRONMENT=development
REGISTRATION=127.0.0.1:${service_port[registration]}
DASHBOARD=127.0.0.1:${service_port[dashboard]}
KAFKA=$kafka_address
REDIS=$redis_address
REGISTRATION_DSN=$(database_dsn registration registration_owner)
DASHBOARD_DSN=$(database_dsn dashboard dashboard_owner)
JWT_KEY=$var/keys/jwt-private.json
KEYS=$var/keys/keys
END
}
