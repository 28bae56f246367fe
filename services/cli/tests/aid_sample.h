#pragma once

namespace bangkit::cli {

// A programme of Lampung with 1,000 in its budget, of which the province may approve up to 1,000
// each. Businesses of Bandar Lampung apply for 100: 1 and 4 are paid, 2 is with the bank (where a
// first attempt failed), 3 was cancelled, 5 is approved, 6 was rejected (3, 6). Business 1 had to
// put something right; the owner of business 9 was erased.
inline constexpr const char* kSoundAid = R"sql(
CREATE FUNCTION a(n int) RETURNS uuid LANGUAGE sql IMMUTABLE AS $$
    SELECT ('00000000-0000-7000-8000-' || lpad(n::text, 12, '0'))::uuid $$;
ALTER TABLE payments DISABLE TRIGGER USER;
INSERT INTO businesses (business_id, version, owner_id, region_code, kind, scale, condition, verification, kbli_division,
                        owner_is_erased, updated_at)
VALUES (a(209), 3, a(309), '18.71', 1, 1, 2, 1, 47, true, now());
INSERT INTO documents VALUES (a(400), a(1), a(301), 1, 1, 9, sha256('x'), '', 'petugas', now());
INSERT INTO programs VALUES (a(700), 2, 1, 2026, '18', 2, '\x520608e807120102', now(), now());
INSERT INTO rule_sets VALUES (a(700), 1, '', now(), 'kepala');
INSERT INTO exclusion_groups VALUES ('INSENTIF', 3, 2, 1);
INSERT INTO program_exclusions VALUES (a(700), 'INSENTIF');
INSERT INTO applications (application_id, version, program_id, business_id, owner_id, household, region_code, state,
                          amount_rupiah, budget_id, entered_by, surveyed_by, approved_by, details, created_at, submitted_at,
                          approved_at, updated_at)
SELECT a(n), v, a(700), a(200 + n), a(300 + n), '', '18.71', s, 100, CASE WHEN n < 6 THEN a(600) END, 'petugas', 'penyurvei',
       CASE WHEN n < 6 THEN 'kepala' ELSE '' END, CASE WHEN n = 6 THEN '\x8a01020306'::bytea ELSE '' END,
       '2026-01-01 00:00Z', '2026-01-02 00:00Z',
       CASE WHEN n < 6 THEN '2026-01-05 02:30Z'::timestamptz END, now()
  FROM (VALUES (1, 10, 7), (2, 8, 6), (3, 6, 13), (4, 7, 7), (5, 5, 5), (6, 3, 11)) u (n, v, s);
INSERT INTO application_history (application_id, version, state, recorded_at, recorded_by)
SELECT a(n), row_number() OVER (PARTITION BY n ORDER BY place), state,
       '2026-01-01 00:00Z'::timestamptz + place * interval '1 day', by
  FROM (SELECT n, place, state,
               CASE WHEN state IN (1, 2) THEN 'petugas' WHEN state = 3 THEN 'kepala' WHEN state = 4 THEN 'penyurvei'
                    WHEN state = 10 AND place = 5 THEN 'petugas' ELSE 'kepala' END AS by
          FROM (VALUES (1, '{1,2,3,10,10,2,4,5,6,7}'::int[]), (2, '{1,2,3,4,5,6,5,6}'), (3, '{1,2,3,4,5,13}'),
                       (4, '{1,2,3,4,5,6,7}'), (5, '{1,2,3,4,5}'), (6, '{1,2,11}')) u (n, states)
         CROSS JOIN LATERAL unnest(states) WITH ORDINALITY AS each (state, place)) steps;
INSERT INTO decisions (application_id, version, rules_version, facts, decided_at, decided_by)
SELECT application_id, version, 1, '', now(), recorded_by
  FROM (SELECT *, lag(state) OVER (PARTITION BY application_id ORDER BY version) AS before FROM application_history) h
 WHERE state = 2 OR state = 5 AND before = 4;
INSERT INTO aid_claims
SELECT 'INSENTIF', 3, business_id::text, 0, 1, 2, 1, application_id FROM applications WHERE state IN (5, 6, 7);
INSERT INTO ledger (budget_id, number, kind, from_account, to_account, amount_rupiah, from_balance_rupiah, to_balance_rupiah,
                    recipients, application_id, document, posted_at, posted_by)
SELECT a(600), *, '2026-01-01 00:00Z', 'x'
  FROM (VALUES (1, 1, 1, 2, 900, -900, 900, 0, NULL::uuid, 'DPA'), (2, 2, 1, 2, 100, -1000, 1000, 0, NULL, 'DPPA'),
               (3, 3, 2, 3, 100, 900, 100, 1, a(1), ''), (4, 3, 2, 3, 100, 800, 200, 1, a(2), ''),
               (5, 3, 2, 3, 100, 700, 300, 1, a(3), ''), (6, 3, 2, 3, 100, 600, 400, 1, a(4), ''),
               (7, 3, 2, 3, 100, 500, 500, 1, a(5), ''), (8, 4, 3, 2, 100, 400, 600, -1, a(3), ''),
               (9, 5, 3, 4, 100, 300, 100, 0, a(1), ''), (10, 5, 3, 4, 100, 200, 200, 0, a(4), '')) l;
INSERT INTO budgets (budget_id, version, program_id, region_code, available_rupiah, reserved_rupiah, disbursed_rupiah,
                     returned_rupiah, quota, recipients, postings, updated_at)
VALUES (a(600), 2, a(700), '18', 600, 200, 200, 0, 5, 4, 10, now());
INSERT INTO payment_batches (batch_id, program_id, region_code, state, payer_bank, payer_account, payer_name, execute_on,
                             payments, total_rupiah, made_by, created_at, decided_by, decided_at)
VALUES (a(800), a(700), '18', 2, 'B', '1', 'K', now(), 3, 300, 'bendahara', now(), 'kepala', now()),
       (a(801), a(700), '18', 1, 'B', '1', 'K', now(), 1, 100, 'bendahara', now(), '', NULL);
INSERT INTO payments (reference, attempt, application_id, owner_id, batch_id, number, amount_rupiah, payee, state, reason,
                      is_disputed, answered_at)
SELECT replace(a(n)::text, '-', ''), attempt, a(n), a(300 + n), a(batch), number, 100, '', state, '', false, now()
  FROM (VALUES (1, 1, 800, 1, 3), (2, 1, 800, 2, 4), (4, 1, 800, 3, 3), (2, 2, 801, 1, 1))
    u (n, attempt, batch, number, state);
ALTER TABLE payments ENABLE TRIGGER USER;
INSERT INTO idempotency (request_id, caller, fingerprint, is_refusal, reply) VALUES (a(900), 'x', '', false, '');
INSERT INTO audit_entries (at, actor, roles, method, target, outcome, request_id, traceparent)
VALUES (now(), 'x', '', 'CreateProgram', 'program/' || a(700), 'OK', a(900)::text, '');
INSERT INTO audit_entries (at, actor, roles, method, target, outcome, request_id, traceparent)
SELECT now(), 'kepala', 'officer,province', 'ApproveApplication', 'application/' || a(n), 'OK', '', ''
  FROM generate_series(1, 5) n;
INSERT INTO inbox_offsets (topic, partition, epoch, next_offset, lag) VALUES ('t', 0, 1, 5, 0);
)sql";

/// What dashboards show of it.
inline constexpr const char* kItsDashboards = R"sql(
CREATE FUNCTION a(n int) RETURNS uuid LANGUAGE sql IMMUTABLE AS $$
    SELECT ('00000000-0000-7000-8000-' || lpad(n::text, 12, '0'))::uuid $$;
INSERT INTO program_states VALUES (a(700), '18', 1, 2);
INSERT INTO budget_states VALUES (a(600), '18', 1000);
INSERT INTO application_states
SELECT a(n), '18.71', state, 100 FROM (VALUES (1, 7), (2, 6), (3, 13), (4, 7), (5, 5), (6, 11)) u (n, state);
INSERT INTO program_counts SELECT region, '2026-01-01', 1, 2, 1 FROM unnest(ARRAY['18', 'ID']) region;
INSERT INTO allocation_sums SELECT region, '2026-01-01', 1000 FROM unnest(ARRAY['18', 'ID']) region;
INSERT INTO application_counts
SELECT region, '2026-01-01', state, number, 100 * number
  FROM unnest(ARRAY['18.71', '18', 'ID']) region, (VALUES (5, 1), (6, 1), (7, 2), (11, 1), (13, 1)) u (state, number);
INSERT INTO application_steps
SELECT region, '2026-01-01', step, hours, number
  FROM unnest(ARRAY['18.71', '18', 'ID']) region,
       (VALUES (1, 0, 6), (2, 74, 5), (3, 144, 1), (3, 216, 1)) u (step, hours, number);
INSERT INTO rejection_counts
SELECT region, '2026-01-01', reason, 1 FROM unnest(ARRAY['18.71', '18', 'ID']) region, unnest(ARRAY[3, 6]) reason;
)sql";

}  // namespace bangkit::cli
