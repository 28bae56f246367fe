-- The rows of one StartApplication, with ids in the order of time as the service makes them. The variables are widths of what
-- the service stores, measured before.
\set n random(1, 9000000000000000000)
\set business random(1, :businesses)
WITH new AS MATERIALIZED (
    SELECT (lpad(to_hex((extract(epoch FROM clock_timestamp()) * 1000)::bigint), 12, '0') || '7' || left(random, 3) || '8' ||
               substr(random, 4, 15))::uuid AS application_id,
           random::uuid AS request_id, b.business_id, b.owner_id, b.region_code
      FROM (SELECT md5((:n)::bigint::text) AS random) r, bench_ids i JOIN businesses b ON b.business_id = i.business_id
     WHERE i.n = :business),
application AS (
    INSERT INTO applications (application_id, version, program_id, business_id, owner_id, household, region_code, state,
                              amount_rupiah, entered_by, surveyed_by, approved_by, details, created_at, updated_at)
    SELECT application_id, 1, (SELECT program_id FROM bench_budget), business_id, owner_id, '', region_code, 1, 1134429, 'bench',
           '', '', repeat('x', :details)::bytea, now(), now()
      FROM new),
history AS (
    INSERT INTO application_history (application_id, version, state, recorded_at, recorded_by)
    SELECT application_id, 1, 1, now(), 'bench' FROM new),
event AS (
    INSERT INTO outbox (aggregate_type, aggregate_id, version, type, payload, traceparent)
    SELECT 'application', application_id, 1, 'bangkit.aid.v1.ApplicationStarted', repeat('x', :payload)::bytea,
           repeat('x', :traceparent)
      FROM new),
reply AS (
    INSERT INTO idempotency (request_id, caller, fingerprint, is_refusal, reply)
    SELECT request_id, 'bench', sha256(request_id::text::bytea), false, repeat('x', :reply)::bytea FROM new)
INSERT INTO audit_entries (at, actor, roles, method, target, outcome, request_id, traceparent)
SELECT now(), 'bench', 'province', 'StartApplication', 'application/' || application_id, 'OK', request_id::text,
       repeat('x', :traceparent)
  FROM new;
