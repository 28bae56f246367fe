-- Whatever has a deadline is acted on when it is over; an hour is for services that were down.
SELECT 'grievance' AS what, grievance_id AS id, due_at FROM grievances WHERE due_at + interval '1 hour' < now()
UNION ALL
SELECT 'referral', referral_id, due_at FROM referrals WHERE due_at + interval '1 hour' < now()
UNION ALL
SELECT 'loan', loan_id, due_at FROM loans WHERE due_at + interval '1 hour' < now()
UNION ALL
SELECT 'nominee', application_id, due_at FROM nominees WHERE due_at + interval '1 hour' < now()
UNION ALL
SELECT 'visit', visit_id, (planned_for + 1)::timestamp AT TIME ZONE 'Asia/Jakarta'
  FROM visits
 WHERE state = 1 AND NOT is_overdue
   AND (planned_for + 1)::timestamp + interval '1 hour' < now() AT TIME ZONE 'Asia/Jakarta'
UNION ALL
SELECT 'refund', refund_id, (due_on + 1)::timestamp AT TIME ZONE 'Asia/Jakarta'
  FROM refund_cases
 WHERE state = 1 AND NOT is_overdue
   AND (due_on + 1)::timestamp + interval '1 hour' < now() AT TIME ZONE 'Asia/Jakarta'
