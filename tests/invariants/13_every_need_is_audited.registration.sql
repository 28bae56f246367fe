-- Every command that stated or changed a need left a version of it and one audit entry. A version without another status is
-- a region that has become another one: its change is audited, not what follows from it.
SELECT need_id, h.versions, a.entries
  FROM (SELECT need_id, count(*) AS versions
          FROM (SELECT need_id, status IS DISTINCT FROM lag(status) OVER (PARTITION BY need_id ORDER BY version) AS is_new
                  FROM need_history) each_version
         WHERE is_new GROUP BY need_id) h
  FULL JOIN (SELECT split_part(target, '/', 2)::uuid AS need_id, count(*) AS entries
               FROM audit_entries WHERE outcome = 'OK' AND target LIKE 'need/%'
              GROUP BY target) a USING (need_id)
 WHERE h.versions IS DISTINCT FROM a.entries
