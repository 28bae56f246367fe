# Files that arrive and are registered whatever dies meanwhile; to be sourced by tests/e2e/run, with `rows`.
# shellcheck shell=bash
# shellcheck disable=SC2317  # Functions within functions are called by `eventually`.

# imported FILE COLUMN: of the job of that file.
imported() { query registration "SELECT coalesce(max($2), 0) FROM import_jobs WHERE file_name = '$1'"; }
jobs_of() { query registration "SELECT count(*) FROM import_jobs WHERE file_name = '$1'"; }
# The most memory that the present process of the registration has needed, in MiB.
peak_memory() { awk '/^VmHWM/ {print int($2 / 1024)}' "/proc/$(pid_of registration)/status"; }

# an_import_survives_five_kills REGION ROWS SECONDS: of kill -9, at progress of a sixth each.
an_import_survives_five_kills() {
    local file=kills.csv importer kill target memory most=0 started
    bangkit demo generate --region "$1" --businesses "$2" --bad 30 --seed 11 >"$folder/$file"
    started=$SECONDS
    bangkit import "$folder/$file" --json >"$folder/kills.json" 2>"$folder/kills.log" &
    importer=$!
    for kill in 1 2 3 4 5; do
        target=$(($2 * kill / 6))
        is_far_enough() { [ "$(imported "$file" rows_read)" -ge "$target" ] || is_gone "$importer"; }
        eventually "$3" is_far_enough
        ! is_gone "$importer" || not_so "the import was over before kill $kill"
        memory=$(peak_memory)
        [ "$memory" -le "$most" ] || most=$memory
        kill -KILL "$(pid_of registration)"
        is_back() { is_healthy registration; }
        eventually 60 is_back
    done
    wait "$importer" && not_so "bad rows went unnoticed"
    memory=$(peak_memory)
    [ "$memory" -le "$most" ] || most=$memory
    say "        $2 rows in $((SECONDS - started)) s, $most MiB"
    equals "counts" "$(jq -r '[.state, .registered, .unchanged, .failed] | join(" ")' "$folder/kills.json")" \
        "IMPORT_JOB_STATE_DONE $2 0 30"
    equals "registered" "$(registered "$1")" "$2"
    equals "jobs" "$(jobs_of "$file")" 1
    equals "failed rows" "$(($(wc -l <"$folder/$file.errors.csv") - 1))" 30
    [ "$most" -le 200 ] || not_so "registration needed $most MiB"
}

a_million_rows() { an_import_survives_five_kills 36.74 "$rows" 1800; }
# So many that it is not over before the last one.
an_import_goes_on_whoever_dies() { an_import_survives_five_kills 16.72 40000 60; }

a_killed_client_goes_on() {
    local file=client.csv importer
    bangkit demo generate --region 16.01 --businesses "$rows" --seed 13 >"$folder/$file"
    bangkit import "$folder/$file" --chunk 4 >/dev/null 2>&1 &
    importer=$!
    has_begun() { [ "$(imported "$file" bytes_accepted)" -gt 0 ]; }
    eventually 30 has_begun
    kill -KILL "$importer"
    wait "$importer" 2>/dev/null || true
    exits_with 0 bangkit import "$folder/$file"
    matches "the second time" "$output" 'going on with job'
    equals "registered" "$(registered 16.01)" "$rows"
    equals "jobs" "$(jobs_of "$file")" 1
}

jobs_can_be_watched() {
    local job
    bangkit demo generate --region 16.02 --businesses 100 --bad 3 --seed 17 >"$folder/watched.csv"
    exits_with 1 bangkit import "$folder/watched.csv" --dry-run
    matches "a dry run" "$output" '103 rows: 100 to be registered, 0 unchanged, 3 failed'
    equals "registered" "$(registered 16.02)" 0
    exits_with 1 bangkit import "$folder/watched.csv" --errors "$folder/watched.errors"
    equals "who may read the errors" "$(stat -c %a "$folder/watched.errors")" 600
    job=$(bangkit import list --json | jq -r '.jobs[0].jobId')
    equals "state" "$(bangkit import status "$job" --json | jq -r .state)" IMPORT_JOB_STATE_DONE
    matches "status" "$(bangkit import status "$job")" 'watched.csv: DONE, 100 %'
    equals "errors" "$(bangkit import errors "$job")" "$(cat "$folder/watched.errors")"
    exits_with 1 bangkit import "$folder/watched.errors"
    matches "errors sent back" "$output" '3 rows: 0 registered, 0 unchanged, 3 failed'
    exits_with 1 bangkit import cancel "$job"
    matches "a job that is over" "$output" IMPORT_FINISHED
    exits_with 1 bangkit import status 00000000-0000-7000-8000-000000000000
}
