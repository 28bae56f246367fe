-- The rows of one ApproveApplication: a conditional UPDATE of the one budget, and what follows from it. The variables are
-- widths of what the service stores, measured before.
WITH turn AS MATERIALIZED (SELECT nextval('bench_turn') AS n),
chosen AS MATERIALIZED (SELECT i.application_id FROM turn JOIN bench_ids i USING (n)),
budget AS (
    UPDATE budgets SET available_rupiah = available_rupiah - 1134429, reserved_rupiah = reserved_rupiah + 1134429,
                       recipients = recipients + 1, postings = postings + 1, updated_at = now()
     WHERE budget_id = (SELECT budget_id FROM bench_budget) AND available_rupiah >= 1134429
    RETURNING budget_id, postings, available_rupiah, reserved_rupiah),
application AS (
    UPDATE applications a SET version = 5, state = 5, budget_id = b.budget_id, approved_by = 'bench', approved_at = now(),
                              updated_at = now(), details = repeat('x', :details)::bytea
      FROM chosen c, budget b
     WHERE a.application_id = c.application_id AND a.version = 4
    RETURNING a.application_id),
posting AS (
    INSERT INTO ledger (budget_id, number, kind, from_account, to_account, amount_rupiah, from_balance_rupiah, to_balance_rupiah,
                        recipients, application_id, document, posted_at, posted_by)
    SELECT b.budget_id, b.postings, 3, 2, 3, 1134429, b.available_rupiah, b.reserved_rupiah, 1, a.application_id, '', now(), 'bench'
      FROM budget b, application a),
history AS (
    INSERT INTO application_history (application_id, version, state, recorded_at, recorded_by)
    SELECT application_id, 5, 5, now(), 'bench' FROM application),
decision AS (
    INSERT INTO decisions (application_id, version, rules_version, facts, decided_at, decided_by)
    SELECT application_id, 5, 1, repeat('x', :facts)::bytea, now(), 'bench' FROM application),
event AS (
    INSERT INTO outbox (aggregate_type, aggregate_id, version, type, payload, traceparent)
    SELECT 'application', application_id, 5, 'bangkit.aid.v1.ApplicationApproved', repeat('x', :payload)::bytea,
           repeat('x', :traceparent)
      FROM application),
reply AS (
    INSERT INTO idempotency (request_id, caller, fingerprint, is_refusal, reply)
    SELECT application_id, 'bench', sha256(application_id::text::bytea), false, repeat('x', :reply)::bytea FROM application)
INSERT INTO audit_entries (at, actor, roles, method, target, outcome, request_id, traceparent)
SELECT now(), 'bench', 'province', 'ApproveApplication', 'application/' || application_id, 'OK', application_id::text,
       repeat('x', :traceparent)
  FROM application;
