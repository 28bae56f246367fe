-- While somebody is nominated (1 to 5) their application is scheduled (6), who is paid (6, 7) has it disbursed (7, 8, 9), what
-- was given back (8) is refunded (14), and of whoever got nothing (9, 10) it is cancelled (13). Lists count who is in them.
SELECT n.application_id AS id, n.state, a.state AS application_state
  FROM nominees n LEFT JOIN applications a USING (application_id)
 WHERE NOT coalesce(CASE WHEN n.state <= 5 THEN a.state = 6 WHEN n.state IN (6, 7) THEN a.state IN (7, 8, 9)
                         WHEN n.state = 8 THEN a.state = 14 ELSE a.state = 13 END, false)
UNION ALL
SELECT batch_id, b.nominees, count(n.application_id)
  FROM nomination_batches b FULL JOIN nominees n USING (batch_id)
 GROUP BY batch_id, b.nominees
HAVING b.nominees IS DISTINCT FROM count(n.application_id) OR max(n.number) <> count(n.application_id)
