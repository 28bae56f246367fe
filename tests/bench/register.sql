-- The rows of one RegisterBusiness, with ids in the order of time as the service makes them. The variables are widths of
-- what the service stores, measured before.
\set n random(1, 9000000000000000000)
WITH number AS MATERIALIZED (
    SELECT lpad(to_hex((extract(epoch FROM clock_timestamp()) * 1000)::bigint), 12, '0') AS now,
           md5((:n)::bigint::text) AS random),
new AS MATERIALIZED (
    SELECT (now || '7' || left(random, 3) || '8' || substr(random, 4, 15))::uuid AS business_id,
           (now || '7' || left(random, 3) || '9' || substr(random, 4, 15))::uuid AS owner_id,
           random::uuid AS request_id, sha256(random::bytea) AS hash
      FROM number),
claim AS (
    INSERT INTO identity_claims (kind, hash, subject_id) SELECT 1, hash, owner_id FROM new
    ON CONFLICT DO NOTHING),
phone AS (
    INSERT INTO owner_phones (hash, owner_id) SELECT sha256(hash), owner_id FROM new),
owner AS (
    INSERT INTO owners (owner_id, wrapped_key, personal_data, created_at)
    SELECT owner_id, repeat('x', :wrapped_key)::bytea, repeat('x', :personal_data)::bytea, now() FROM new),
business AS (
    INSERT INTO businesses (business_id, version, owner_id, kind, name, region_code, address, kbli, capital_rupiah,
                            annual_sales_rupiah, scale, scale_rule_set, scale_since, condition, condition_since,
                            verification, channels, registered_at, updated_at)
    SELECT business_id, 1, owner_id, 1,
           (ARRAY['Warung Siti Aminah', 'Bakso Budi Santoso', 'Konveksi Dewi Lestari', 'Toko Kelontong Agus Setiawan',
                  'Bengkel Nur Hidayah', 'Katering Joko Prasetyo'])[1 + (:n)::bigint % 6],
           '36.0' || 1 + (:n)::bigint % 4 || '.' || 10 + (:n)::bigint % 17 || '.2001',
           repeat('x', :address), '47112', 50000000, 2000000000, 2, 'PP7_2021', current_date, 1, current_date, 1, 0,
           now(), now()
      FROM new),
condition AS (
    INSERT INTO condition_history (business_id, version, valid_from, recorded_at, condition, reasons, reported_by)
    SELECT business_id, 1, current_date, now(), 1, 0, 'bench' FROM new),
scale AS (
    INSERT INTO scale_history (business_id, version, valid_from, recorded_at, scale, rule_set, is_upgrade,
                               capital_rupiah, annual_sales_rupiah)
    SELECT business_id, 1, current_date, now(), 2, 'PP7_2021', false, 50000000, 2000000000 FROM new),
event AS (
    INSERT INTO outbox (aggregate_type, aggregate_id, version, type, payload, traceparent)
    SELECT 'business', business_id, 1, 'bangkit.registration.v1.BusinessRegistered',
           repeat('x', :payload)::bytea, repeat('x', :traceparent)
      FROM new),
reply AS (
    INSERT INTO idempotency (request_id, caller, fingerprint, is_refusal, reply)
    SELECT request_id, 'bench', hash, false, repeat('x', :reply)::bytea FROM new)
INSERT INTO audit_entries (at, actor, roles, method, target, outcome, request_id, traceparent)
SELECT now(), 'bench', 'province', 'RegisterBusiness', 'business/' || business_id, 'OK', request_id::text,
       repeat('x', :traceparent)
  FROM new;
