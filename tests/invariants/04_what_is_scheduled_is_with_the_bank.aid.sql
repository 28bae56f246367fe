-- An application is scheduled (6) as long as an attempt to pay it has no answer (1, 2), and no longer; only where people are to
-- ask the bank, or where another attempt was paid (3, 5) meanwhile, may one be open. Who is nominated is with an agency instead.
SELECT coalesce(a.application_id, p.application_id) AS application_id, a.state, p.open
  FROM (SELECT application_id, state FROM applications
         WHERE state = 6 AND application_id NOT IN (SELECT application_id FROM nominees)) a
  FULL JOIN (SELECT application_id, count(*) FILTER (WHERE state IN (1, 2)) AS open, bool_or(is_disputed) AS is_disputed,
                    bool_or(state IN (3, 5)) AS is_paid
               FROM payments GROUP BY application_id) p USING (application_id)
 WHERE (CASE WHEN a.state = 6 THEN 1 ELSE 0 END) <> coalesce(p.open, 0) AND p.is_disputed IS NOT TRUE
   AND NOT (a.application_id IS NULL AND p.is_paid)
