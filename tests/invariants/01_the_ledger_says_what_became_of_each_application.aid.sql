-- What is approved or scheduled (5, 6) is reserved, what is paid (7, 8, 9) was reserved and paid, what came back (14) came back
-- besides; what was withdrawn or cancelled (12, 13) gave back what it had reserved, and of all others the ledger knows nothing.
-- All of it from one budget, and as much as was approved. (The interest of loans, 7 to 9, is another thing.)
SELECT coalesce(a.application_id, l.application_id) AS application_id, a.state, l.kinds, a.amount_rupiah, l.least, l.most
  FROM applications a
  FULL JOIN (SELECT application_id, string_agg(kind::text, ' ' ORDER BY kind) AS kinds, min(amount_rupiah) AS least,
                    max(amount_rupiah) AS most, min(budget_id::text) AS budget, count(DISTINCT budget_id) AS budgets
               FROM ledger WHERE application_id IS NOT NULL AND kind <= 6 GROUP BY application_id) l USING (application_id)
 WHERE CASE WHEN a.state IN (5, 6) THEN l.kinds IS DISTINCT FROM '3'
            WHEN a.state IN (7, 8, 9) THEN l.kinds IS DISTINCT FROM '3 5'
            WHEN a.state = 14 THEN l.kinds IS DISTINCT FROM '3 5 6'
            WHEN a.state = 13 THEN l.kinds IS DISTINCT FROM '3 4'
            WHEN a.state = 12 THEN coalesce(l.kinds, '3 4') <> '3 4'
            ELSE l.kinds IS NOT NULL END
    OR l.kinds IS NOT NULL AND (l.budgets, l.budget, l.least, l.most)
                               IS DISTINCT FROM (1::bigint, a.budget_id::text, a.amount_rupiah, a.amount_rupiah)
