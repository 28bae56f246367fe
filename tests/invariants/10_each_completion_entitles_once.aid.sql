-- There is no entitlement without the completion of a course that was heard of (each is of one completion, by its key), and no
-- application uses one that came to nothing (11, 12, 13).
SELECT e.enrolment_id, e.taken_by, a.state
  FROM entitlements e
  LEFT JOIN inbox_versions v
    ON v.topic = 'bangkit.training.v1' AND v.aggregate_type = 'enrolment' AND v.aggregate_id = e.enrolment_id
       AND v.last_version > 0
  LEFT JOIN applications a ON a.application_id = e.taken_by
 WHERE v.aggregate_id IS NULL OR e.taken_by IS NOT NULL AND (a.application_id IS NULL OR a.state IN (11, 12, 13))
