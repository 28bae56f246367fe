-- A submission that was taken in is about a business of the registry; only what waits (2) may be about one that is still to
-- come, and never about one that is there.
SELECT s.device_id, s.sequence, s.status
  FROM intake_submissions s LEFT JOIN businesses b USING (business_id)
 WHERE (s.status = 2) = (b.business_id IS NOT NULL)
