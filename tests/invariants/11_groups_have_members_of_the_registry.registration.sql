-- Members belong to groups (kind 4), exist, and are no groups themselves.
SELECT m.group_id, m.business_id
  FROM group_members m
  LEFT JOIN businesses g ON g.business_id = m.group_id AND g.kind = 4
  LEFT JOIN businesses b ON b.business_id = m.business_id AND b.kind <> 4
 WHERE g.business_id IS NULL OR b.business_id IS NULL
