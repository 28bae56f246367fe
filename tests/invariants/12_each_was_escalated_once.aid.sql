-- A grievance was escalated once if it says so and never if it does not (5), and is with the province then; a referral that is
-- silent, or has been, was with its partner longer than agreed.
SELECT grievance_id AS id, g.escalated_at, count(h.version) FILTER (WHERE h.kind = 5) AS escalations
  FROM grievances g LEFT JOIN grievance_history h USING (grievance_id)
 GROUP BY grievance_id, g.escalated_at, g.level
HAVING count(h.version) FILTER (WHERE h.kind = 5) <> (g.escalated_at IS NOT NULL)::int
    OR g.escalated_at IS NOT NULL AND g.level <> 2
UNION ALL
SELECT referral_id, escalated_at, 0
  FROM referrals
 WHERE escalated_at < (answer_due + 1)::timestamp AT TIME ZONE 'Asia/Jakarta'
    OR is_silent AND escalated_at IS NULL
