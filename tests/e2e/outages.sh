# What users notice of outages; to be sourced by tests/e2e/run.
# shellcheck shell=bash
# shellcheck disable=SC2317  # Functions within functions are called by `eventually`.

is_running() { is_healthy "$1"; }

dashboards_survive_redis() {
    local expected
    expected=$(dashboard_of 32.75 | jq -r .dashboard.businesses)
    supervisor stop servers:redis >/dev/null
    equals "without Redis" "$(dashboard_of 32.75 | jq -r .dashboard.businesses)" "$expected"
    supervisor start servers:redis >/dev/null
    eventually 20 is_running redis
    warmed() { [ -n "$(redis-cli -p "$redis_port" get bangkit:dashboard:32.75)" ]; }
    eventually 30 warmed
    equals "with Redis again" "$(dashboard_of 32.75 | jq -r .dashboard.businesses)" "$expected"
}

# Every process is killed once while the import runs; the supervisor starts it again.
an_import_survives() {
    bangkit demo generate --region 16.71 --businesses "$rows" --seed 7 >"$folder/survivor.csv"
    bangkit import "$folder/survivor.csv" >"$folder/survivor.log" 2>&1 &
    local importer=$! name target
    for name in registration dashboard kafka postgres redis registration; do
        target=$(($(registered 16.71 || say 0) + rows / 12))
        some_progress() { [ "$(registered 16.71)" -ge "$target" ] || is_gone "$importer"; }
        wait_until 60 some_progress || true
        kill -KILL "$(pid_of "$name")"
        is_back() { is_running "$name"; }
        eventually 60 is_back
    done
    wait "$importer" || not_so "the import failed: $(tail -n 3 "$folder/survivor.log")"
    equals "registered" "$(registered 16.71)" "$rows"
    eventually 90 dashboard_shows 16.71 "$rows"
}
