# Services die and freeze; to be sourced by tests/faults/run.
# shellcheck shell=bash
# shellcheck disable=SC2317  # Functions within functions are called by `eventually`.

lease_epoch() { query registration "SELECT epoch FROM relay_lease"; }
lease_has_moved() { [ "$(lease_epoch)" -gt "$1" ]; }  # SINCE-EPOCH
# Each assignment raises the epoch of the partitions that it gives.
assignments() {
    query dashboard "SELECT coalesce(sum(epoch), 0) FROM inbox_offsets WHERE topic = 'bangkit.registration.v1'"
}
assigned_since() { [ "$(assignments)" -ge $(($1 + 12)) ]; }  # All twelve, since ASSIGNMENTS.
applied_offsets() { query dashboard "SELECT coalesce(sum(next_offset), 0) FROM inbox_offsets"; }
applied_since() { [ "$(applied_offsets)" -gt "$1" ]; }

kill_and_await() {  # NAME
    kill -KILL "$(pid_of "$1")"
    began=$(now)
    recovers 60 "$1 is ready again" is_healthy "$1"
}

a_service_is_killed() {  # SERVICE
    local number
    start_load
    for number in {1..3}; do
        random_pause 10
        kill_and_await "$1"
    done
    clients_are_answered
    stop_load
    everything_holds
}
registration_is_killed() { a_service_is_killed registration; }
dashboard_is_killed() { a_service_is_killed dashboard; }

# dies_at POINT SERVICE HITS: a process dies at every so many hits, and clients, log and figures have no other.
dies_at() {
    supervisor stop "$(full_name "$2")" >/dev/null
    start_replica "$2" "BANGKIT_FAILPOINTS=$1=kill@$3"
    start_load
    has_died() { [ "$(replica_deaths "$service")" -ge 4 ]; }
    local service=$2
    eventually 90 has_died
    stop_replica "$2"
    supervisor start "$(full_name "$2")" >/dev/null
    clients_are_answered
    stop_load
    everything_holds
}
dies_before_commit() { dies_at before_commit registration 25; }
dies_after_commit() { dies_at after_commit registration 25; }
dies_after_produce() { dies_at after_produce registration 25; }
dies_after_relay() { dies_at after_relay registration 25; }
dies_after_consume() { dies_at after_consume dashboard 10; }
dies_after_render() { dies_at after_render dashboard 10; }

# In the middle of a release: what was parked is parked as before, or applied with all that waited for it.
dies_in_a_release() {
    query dashboard "ALTER TABLE business_states ADD CONSTRAINT nothing_new CHECK (region_code NOT LIKE '18%') NOT VALID"
    start_load
    are_parked() { [ "$(query dashboard "SELECT count(*) FROM inbox_parked")" -ge 300 ]; }
    eventually 60 are_parked
    supervisor stop "$(full_name dashboard)" >/dev/null
    query dashboard "ALTER TABLE business_states DROP CONSTRAINT nothing_new"
    # Whoever takes the partitions over looks at them all, a hundred at a time.
    start_replica dashboard "BANGKIT_FAILPOINTS=before_release=kill@2"
    has_died() { [ "$(replica_deaths dashboard)" -ge 2 ]; }
    eventually 90 has_died
    stop_replica dashboard
    supervisor start "$(full_name dashboard)" >/dev/null
    stop_load
    everything_holds
}

# In the middle of an erasure: nobody is half erased, and the same request finds what has become of it.
dies_in_an_erasure() {
    start_load
    clients_are_answered
    stop_load
    local business demand id owner
    read -r business owner <<<"$(query registration "SELECT business_id || ' ' || owner_id FROM businesses
        WHERE region_code LIKE '18%' AND NOT owner_is_erased ORDER BY business_id LIMIT 1")"
    demand=$(bangkit erasures request "$business" --case PDP/2026/0041 --json | jq -r .subjectRequestId)
    id=$(cat /proc/sys/kernel/random/uuid)
    erase_until_death before_commit
    equals "erased by one who died before the commit" "$(erased "$owner")" "0 0 0"
    erase_until_death after_commit
    equals "erased by one who died behind it" "$(erased "$owner")" "1 1 1"
    matches "the answer to the same request" "$(erase "${service_port[registration]}")" SUBJECT_REQUEST_STATE_DONE
    equals "erased in all" "$(erased "$owner")" "1 1 1"
    everything_holds
}
# erase PORT: `id` demands what `demand` is about.
erase() {
    "$packages/bin/grpcurl" -plaintext -max-time 10 -H "authorization: Bearer $token" \
        -d "{\"request_id\": \"$id\", \"subject_request_id\": \"$demand\"}" "127.0.0.1:$1" \
        bangkit.registration.v1.PersonalDataService/EraseOwner 2>&1
}
erase_until_death() {  # FAILPOINT
    supervisor stop "$(full_name registration)" >/dev/null
    start_replica registration "BANGKIT_FAILPOINTS=$1=kill@1"
    erase "$(replica_port registration)" >/dev/null && not_so "the call of one who died was answered"
    has_died() { [ "$(replica_deaths registration)" -ge 1 ]; }
    eventually 10 has_died
    stop_replica registration
    supervisor start "$(full_name registration)" >/dev/null
    eventually 30 is_healthy registration
}
erased() {  # OWNER: whether their key is gone, versions by which they were erased, audit entries of that.
    query registration "SELECT (SELECT count(*) FROM owners WHERE owner_id = '$1' AND wrapped_key = '') || ' ' ||
        (SELECT count(*) FROM erasures WHERE owner_id = '$1') || ' ' ||
        (SELECT count(*) FROM audit_entries WHERE target = 'subject_request/$demand' AND method = 'EraseOwner')"
}

a_relay_is_killed() {
    start_replica registration
    start_load
    local number epoch
    for number in 1 2; do
        clients_are_answered
        epoch=$(lease_epoch)
        kill_relay_holder
        began=$(now)
        recovers 30 "another process relays (expected: within 3 s)" lease_has_moved "$epoch"
    done
    stop_load
    everything_holds
    stop_replica registration
}

# Longer than the lease, in whichever process holds it.
a_relay_is_a_zombie() {
    start_replica registration
    start_load
    clients_are_answered
    local zombie epoch
    epoch=$(lease_epoch)
    zombie=$(relay_holder_pid)
    kill -STOP "$zombie"
    began=$(now)
    recovers 30 "another process relays (expected: within 3 s)" lease_has_moved "$epoch"
    clients_are_answered
    kill -CONT "$zombie"
    clients_are_answered
    stop_load
    everything_holds
    stop_replica registration
}

# In the middle of a transaction, with the locks of a batch: PostgreSQL ends it, and nobody waits for the sleeper.
a_writer_sleeps_in_a_transaction() {
    start_replica registration "BANGKIT_FAILPOINTS=before_commit=sleep:15000@25"
    start_load
    sleeps() {
        [ "$(superuser_query registration "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'replica'
            AND state = 'idle in transaction' AND state_change < now() - interval '1 s'")" -gt 0 ]
    }
    eventually 60 sleeps
    began=$(now)
    is_over() { ! sleeps; }
    recovers 30 "its locks are free (expected: within 5 s)" is_over
    clients_are_answered
    stop_load
    everything_holds
    stop_replica registration
}

a_consumer_is_a_zombie() {
    start_load
    local assigned
    assigned=$(assignments)
    start_replica dashboard
    eventually 60 assigned_since "$assigned"
    clients_are_answered
    assigned=$(assignments)
    kill -STOP "$(pid_of dashboard)"
    began=$(now)
    recovers 60 "the other consumer has all partitions (session: 6 s)" assigned_since "$assigned"
    clients_are_answered
    assigned=$(assignments)
    kill -CONT "$(pid_of dashboard)"
    began=$(now)
    recovers 60 "the zombie has joined again" assigned_since "$assigned"
    stop_load
    everything_holds
    stop_replica dashboard
}

members_come_and_go() {
    local number before failures
    failures=$(consumer_failures)
    start_load
    for number in {1..8}; do
        before=$(applied_offsets)
        start_replica dashboard
        eventually 60 applied_since "$before"
        before=$(applied_offsets)
        stop_replica dashboard
        eventually 60 applied_since "$before"
    done
    stop_load
    equals "failures of the consumer that stayed" "$(consumer_failures)" "$failures"
    everything_holds
}
consumer_failures() { metric dashboard bangkit_consumer_failures_total; }
metric() {  # SERVICE NAME: the sum over its labels.
    curl -fsS --max-time 5 "http://127.0.0.1:$(admin_port "$1")/metrics" |
        awk -v name="$2" '$1 ~ "^" name "({|$)" {sum += $2} END {print sum + 0}'
}
