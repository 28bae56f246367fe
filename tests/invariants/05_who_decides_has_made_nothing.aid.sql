-- Nothing was reserved or paid (3, 5) without an approval, by somebody who neither entered nor surveyed the application: by
-- what the application says, and by its history (1: draft, 2: submitted, 4: surveyed, 10 again: put right). No batch was
-- released by who made it.
WITH steps AS (
    SELECT application_id, version, state, recorded_by, lag(state) OVER (PARTITION BY application_id ORDER BY version) AS before
      FROM application_history
), decided AS (
    SELECT application_id, version, recorded_by FROM steps WHERE state = 5 AND before = 4
), made AS (
    SELECT application_id, recorded_by, min(version) AS version
      FROM steps
     WHERE state IN (1, 2, 4) OR state = 10 AND before = 10
     GROUP BY application_id, recorded_by
)
SELECT l.application_id AS id, a.approved_by, d.recorded_by
  FROM (SELECT DISTINCT application_id FROM ledger WHERE kind IN (3, 5)) l
  LEFT JOIN applications a USING (application_id)
  LEFT JOIN decided d USING (application_id)
  LEFT JOIN made m ON m.application_id = l.application_id AND m.recorded_by = d.recorded_by AND m.version < d.version
 WHERE d.recorded_by IS NULL OR d.recorded_by IS DISTINCT FROM a.approved_by
    OR d.recorded_by = ANY (string_to_array(a.entered_by || E'\n' || a.surveyed_by, E'\n'))
    OR m.version IS NOT NULL
UNION ALL
SELECT batch_id, decided_by, made_by
  FROM payment_batches
 WHERE state = 2 AND decided_by = ANY (string_to_array(made_by, E'\n'))
