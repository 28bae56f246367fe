# What clients were told, held against what is stored; to be sourced by tests/faults/run and tests/restore/run.
# shellcheck shell=bash

# with_journal SQL: the query may read the table `journal`.
with_journal() {
    psql "$(database_dsn registration registration_owner)" --no-psqlrc --quiet --tuples-only --no-align \
        --set ON_ERROR_STOP=1 <<END
CREATE TEMPORARY TABLE journal (request_id uuid, method text, business_id uuid, version bigint);
\copy journal FROM '$journal'
$1;
END
}

every_request_has_one_reply() {
    matches "requests in the journal" "$(with_journal 'SELECT count(*) FROM journal')" '^[1-9][0-9]+$'
    equals "acknowledged requests without one stored reply" "$(with_journal "
        SELECT count(*) FROM journal j
         WHERE (SELECT count(*) FROM idempotency i WHERE i.request_id = j.request_id AND NOT i.is_refusal) <> 1")" 0
    equals "acknowledged request ids that occur twice" "$(with_journal "
        SELECT count(*) - count(DISTINCT request_id) FROM journal")" 0
}

# The clients of these tests send to Lampung (18) alone, and end only when all their requests are answered.
every_request_has_one_effect() {
    equals "registrations acknowledged and stored" \
        "$(query registration "SELECT count(*) FROM businesses WHERE region_code LIKE '18%'")" \
        "$(with_journal "SELECT count(*) FROM journal WHERE method = 'RegisterBusiness'")"
    equals "registrations acknowledged that are not there" "$(with_journal "
        SELECT count(*) FROM journal j LEFT JOIN businesses b USING (business_id) WHERE b.business_id IS NULL")" 0
    equals "reports acknowledged and stored" \
        "$(query registration "SELECT count(*) FROM condition_history h JOIN businesses b USING (business_id)
            WHERE b.region_code LIKE '18%' AND h.version > 1")" \
        "$(with_journal "SELECT count(*) FROM journal WHERE method = 'ReportCondition'")"
    equals "merges acknowledged and stored" "$(query registration "SELECT count(*) FROM merges")" \
        "$(with_journal "SELECT count(*) FROM journal WHERE method = 'MergeBusinesses'")"
    equals "undone merges acknowledged and stored" \
        "$(query registration "SELECT count(*) FROM merges WHERE undone_at IS NOT NULL")" \
        "$(with_journal "SELECT count(*) FROM journal WHERE method = 'UndoMerge'")"
    equals "audit entries of these" \
        "$(query registration "SELECT count(*) FROM audit_entries
            WHERE method IN ('RegisterBusiness', 'ReportCondition', 'MergeBusinesses', 'UndoMerge') AND outcome = 'OK'
              AND target NOT IN (SELECT 'business/' || business_id FROM intake_submissions)")" \
        "$(with_journal "SELECT count(*) FROM journal")"
}
