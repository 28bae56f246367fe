# Databases and roles of the services; to be sourced after settings.sh.
# A database belongs to <service>_owner, who runs the migrations. The service itself works as <service>, which owns
# nothing and may do what migrations grant to bangkit_runtime. Nobody may enter the database of another service.
# shellcheck shell=bash

make_passwords() {
    umask 077
    local database role
    for database in "${databases[@]}"; do
        for role in "$database" "${database}_owner"; do
            [ -s "$var/passwords/$role" ] || new_password >"$var/passwords/$role"
        done
    done
}

as_superuser() {  # DATABASE: SQL from standard input
    psql "$("$root/deploy/local/postgres.sh" dsn "$var/postgres") dbname=$1" \
        --no-psqlrc --quiet --set ON_ERROR_STOP=1 >/dev/null
}

make_databases() {
    local database
    as_superuser postgres <<<"$(role_sql bangkit_runtime NOLOGIN)"
    for database in "${databases[@]}"; do
        as_superuser postgres <<END
$(role_sql "${database}_owner" "LOGIN PASSWORD '$(cat "$var/passwords/${database}_owner")'")
$(role_sql "$database" "LOGIN PASSWORD '$(cat "$var/passwords/$database")'")
GRANT bangkit_runtime TO $database;
SELECT 'CREATE DATABASE $database OWNER ${database}_owner'
 WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = '$database') \gexec
REVOKE ALL ON DATABASE $database FROM PUBLIC;
GRANT CONNECT ON DATABASE $database TO $database;
END
        as_superuser "$database" <<<"ALTER SCHEMA public OWNER TO ${database}_owner;"
    done
}

role_sql() {  # NAME OPTIONS
    say "SELECT 'CREATE ROLE $1' WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '$1') \gexec"
    say "ALTER ROLE $1 $2;"
}
