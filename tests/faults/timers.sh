# Deadlines pass while servers die and clocks are wrong: each once, in the order of time; to be sourced by tests/faults/run.
# Nobody else has grievances in Kota Palembang (16.71).
# shellcheck shell=bash
# shellcheck disable=SC2317  # Functions within functions are called by `eventually`.

in_palembang() { query aid "SELECT count(*) FROM grievances WHERE region_code = '16.71' AND $1"; }  # CONDITION

# with_due SQL: the query may read the table `due`, which says when each was due.
with_due() {
    psql "$(database_dsn aid aid_owner)" --no-psqlrc --quiet --tuples-only --no-align --set ON_ERROR_STOP=1 <<END
CREATE TEMPORARY TABLE due (grievance_id uuid, due_at timestamptz);
\copy due FROM '$folder/due'
$1;
END
}

# deadlines_pass GRIEVANCES SECONDS: so many, due within so many seconds, while one of three servers dies every 5 s, of
# which one has a clock that is an hour fast and one that is an hour slow.
deadlines_pass() {
    local before victims=(aid-replica aid:2-replica aid) victim number=0 end
    start_replica aid BANGKIT_CLOCK_OFFSET=3600
    start_replica aid:2 BANGKIT_CLOCK_OFFSET=-3600
    before=$(in_palembang true)
    "$binaries/tests/faults/bangkit-faults-aid" file "127.0.0.1:${service_port[aid]}" "$(token_in_16 officer petugas)" 16.71 "$1" ||
        not_so "not all could be filed"
    equals "filed" "$(($(in_palembang true) - before))" "$1"
    query aid "UPDATE grievances SET due_at = now() + interval '5 s' + random() * $2 * interval '1 s'
                WHERE region_code = '16.71' AND level = 1 AND due_at IS NOT NULL"
    end=$(($(now) + ($2 + 5) * 1000000))
    query aid "COPY (SELECT grievance_id, due_at FROM grievances WHERE region_code = '16.71' AND level = 1) TO STDOUT" >"$folder/due"
    while [ "$(now)" -lt "$end" ]; do
        sleep 5
        victim=${victims[number % 3]} number=$((number + 1))
        kill -KILL "$(pid_of_target "$victim")" 2>/dev/null || true
    done
    all_have_passed() { [ "$(in_palembang "due_at <= now()")" = 0 ]; }
    began=$(now)
    recovers 60 "nothing is due any more after the last of $number kills" all_have_passed
    equals "escalated" "$(($(in_palembang "level = 2 AND state = 1 AND version = 2 AND escalated_at IS NOT NULL") - before))" "$1"
    equals "steps of history beyond one for each" "$(query aid "
        SELECT count(*) - count(DISTINCT grievance_id) FROM grievance_history WHERE kind = 5")" 0
    equals "escalated before they were due" "$(with_due "SELECT count(*) FROM due d JOIN grievances g USING (grievance_id)
        WHERE g.escalated_at < d.due_at")" 0
    equals "escalated before one that was due earlier" "$(with_due "SELECT count(*) FROM (
        SELECT escalated_at < lag(escalated_at) OVER (ORDER BY d.due_at, grievance_id) AS is_early
          FROM due d JOIN grievances g USING (grievance_id)) o WHERE is_early")" 0
    say "        late by $(with_due "SELECT 'p50 ' || percentile_disc(0.5) WITHIN GROUP (ORDER BY g.escalated_at - d.due_at) ||
        ', at most ' || max(g.escalated_at - d.due_at) FROM due d JOIN grievances g USING (grievance_id)")"
    equals "audit entries beyond one for each" "$(query aid "
        SELECT count(*) - count(DISTINCT target) FROM audit_entries WHERE method = 'PassDeadline' AND outcome = 'OK'")" 0
    nothing_is_violated
    stop_replica aid
    stop_replica aid:2
}
deadlines_meet_kills() { deadlines_pass 5000 15; }
fifty_thousand_deadlines_meet_kills() { deadlines_pass 50000 60; }
