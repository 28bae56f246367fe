-- Every attempt to pay an application has the same reference, which no other application has, and the number after the one
-- before; no attempt is made while another one is with the bank (1, 2), and at most one is ever paid (3, 5).
SELECT reference, count(*) AS attempts
  FROM payments
 GROUP BY reference
HAVING count(DISTINCT application_id) > 1 OR min(reference) <> replace(min(application_id::text), '-', '')
    OR min(attempt) <> 1 OR max(attempt) <> count(*)
    OR count(*) FILTER (WHERE state IN (1, 2)) > 1 OR count(*) FILTER (WHERE state IN (3, 5)) > 1
