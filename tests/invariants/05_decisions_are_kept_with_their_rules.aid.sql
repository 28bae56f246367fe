-- Each submission (2) and each approval (5 after 4) was decided by a set of rules of the programme, which is kept, as are the
-- facts.
SELECT s.application_id, s.version
  FROM (SELECT application_id, version, state, lag(state) OVER (PARTITION BY application_id ORDER BY version) AS before
          FROM application_history) s
  JOIN applications a USING (application_id)
  LEFT JOIN decisions d ON d.application_id = s.application_id AND d.version = s.version
  LEFT JOIN rule_sets r ON r.program_id = a.program_id AND r.rules_version = d.rules_version
 WHERE (s.state = 2 OR s.state = 5 AND s.before = 4) AND r.program_id IS NULL
