-- Each version of an application, from 1 to the present one, is in its history, and the last one says its state.
SELECT application_id, a.version, count(h.version) AS statements, max(h.version) AS last_statement
  FROM applications a FULL JOIN application_history h USING (application_id)
 GROUP BY application_id, a.version, a.state
HAVING a.version IS NULL OR count(h.version) <> a.version OR max(h.version) <> a.version
    OR a.state <> (array_agg(h.state ORDER BY h.version DESC))[1]
