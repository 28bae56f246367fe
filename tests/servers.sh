# The servers that tests use: one PostgreSQL, Redis and Kafka of their own, on free ports, in a folder that goes away;
# to be sourced after steps.sh of deploy/local/.
# shellcheck shell=bash

# A broker that lives for minutes spends more on compiling itself well than it gains.
export JDK_JAVA_OPTIONS=-XX:TieredStopAtLevel=1

# start_test_servers: exports BANGKIT_TEST_POSTGRES (a DSN of the superuser without dbname), BANGKIT_TEST_REDIS and
# BANGKIT_TEST_KAFKA (host:port). They end with the script.
start_test_servers() {
    local folder port started=${EPOCHREALTIME/./}
    folder=$(mktemp -d "${TMPDIR:-/tmp}/bangkit-tests.XXXXXX")
    chmod 711 "$folder"  # PostgreSQL's own user passes through.
    on_exit rm -rf "$folder"

    mkdir "$folder/postgres"
    say test >"$folder/postgres/password"  # TempDatabase gives its roles the same one.
    start_test_server postgres "$folder"
    BANGKIT_TEST_POSTGRES=$("$root/deploy/local/postgres.sh" dsn "$folder/postgres")
    start_test_server redis "$folder"
    BANGKIT_TEST_REDIS=127.0.0.1:$port
    start_test_server kafka "$folder"
    BANGKIT_TEST_KAFKA=127.0.0.1:$port
    export BANGKIT_TEST_POSTGRES BANGKIT_TEST_REDIS BANGKIT_TEST_KAFKA
    finish_line "PostgreSQL, Redis, Kafka for tests" $((${EPOCHREALTIME/./} - started))
}

start_test_server() {  # NAME FOLDER: sets `port` of its caller.
    local script=$root/deploy/local/$1.sh
    port=$(free_port)
    on_exit "$script" stop "$2/$1"
    "$script" init "$2/$1" "$port" >"$2/$1.init.log" 2>&1 || { cat "$2/$1.init.log" >&2; return 1; }
    "$script" start "$2/$1" >/dev/null
}
