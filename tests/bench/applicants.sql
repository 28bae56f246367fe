-- Applications that wait for their approval, all in the programme of the one budget, of businesses that aid knows. No journal of
-- how they came there: nothing of it is read.
CREATE TABLE bench_budget AS SELECT budget_id, program_id FROM budgets;
CREATE TABLE bench_ids AS
    SELECT n, ('0195b3f2-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid AS application_id,
           ('0195b3f2-0000-7000-9000-' || lpad(to_hex(n), 12, '0'))::uuid AS business_id
      FROM generate_series(1, :applicants) n;
ALTER TABLE bench_ids ADD PRIMARY KEY (n);
CREATE SEQUENCE bench_turn CACHE 1;
INSERT INTO businesses (business_id, version, owner_id, region_code, kind, scale, condition, verification, kbli_division,
                        owner_is_erased, updated_at)
SELECT business_id, 1, ('0195b3f2-0000-7000-a000-' || lpad(to_hex(n), 12, '0'))::uuid, '36.03.01.2001', 1, 1, 2, 1, 47, false, now()
  FROM bench_ids ORDER BY n;
INSERT INTO applications (application_id, version, program_id, business_id, owner_id, household, region_code, state, amount_rupiah,
                          entered_by, surveyed_by, approved_by, details, created_at, submitted_at, updated_at)
SELECT i.application_id, 4, b.program_id, i.business_id, ('0195b3f2-0000-7000-a000-' || lpad(to_hex(n), 12, '0'))::uuid, '',
       '36.03.01.2001', 4, 1134429, 'petugas', 'penyurvei', '', '\x60016801', now(), now(), now()  -- Recommended; by rules 1.
  FROM bench_ids i, bench_budget b ORDER BY n;
