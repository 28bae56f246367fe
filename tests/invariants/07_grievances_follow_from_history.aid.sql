-- Each version of a grievance, from 1 to the present one, is in its history, and the last one says its state and who owes the
-- answer.
SELECT grievance_id, g.version, count(h.version) AS statements, max(h.version) AS last_statement
  FROM grievances g FULL JOIN grievance_history h USING (grievance_id)
 GROUP BY grievance_id, g.version, g.state, g.level
HAVING g.version IS NULL OR count(h.version) <> g.version OR max(h.version) <> g.version
    OR (g.state, g.level) IS DISTINCT FROM ((array_agg(h.state ORDER BY h.version DESC))[1],
                                            (array_agg(h.level ORDER BY h.version DESC))[1])
