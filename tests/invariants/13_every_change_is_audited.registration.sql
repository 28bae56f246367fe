-- Every command that changed a business stated its condition, and left one audit entry.
SELECT business_id, h.statements, a.entries
  FROM (SELECT business_id, count(*) AS statements FROM condition_history GROUP BY business_id) h
  FULL JOIN (SELECT split_part(target, '/', 2)::uuid AS business_id, count(*) AS entries
               FROM audit_entries
              WHERE outcome = 'OK' AND target LIKE 'business/%'
              GROUP BY target) a USING (business_id)
 WHERE h.statements IS DISTINCT FROM a.entries
