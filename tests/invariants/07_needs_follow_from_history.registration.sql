-- Each version of a need, from 1 to the present one, is in its history, and the last one says its status.
SELECT need_id, n.version, count(h.version) AS statements, max(h.version) AS last_statement
  FROM needs n FULL JOIN need_history h USING (need_id)
 GROUP BY need_id, n.version, n.status
HAVING n.version IS NULL OR count(h.version) <> n.version OR max(h.version) <> n.version
    OR n.status <> (array_agg(h.status ORDER BY h.version DESC))[1]
