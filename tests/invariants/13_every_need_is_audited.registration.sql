-- Every command that stated or changed a need left a version of it and one audit entry.
SELECT need_id, h.versions, a.entries
  FROM (SELECT need_id, count(*) AS versions FROM need_history GROUP BY need_id) h
  FULL JOIN (SELECT split_part(target, '/', 2)::uuid AS need_id, count(*) AS entries
               FROM audit_entries WHERE outcome = 'OK' AND target LIKE 'need/%'
              GROUP BY target) a USING (need_id)
 WHERE h.versions IS DISTINCT FROM a.entries
