-- What intake keeps has the key that opens it, and is about a business of the registry and its owner.
SELECT w.write_id, w.subject_id
  FROM intake_writes w
  LEFT JOIN intake_keys k USING (subject_id)
  LEFT JOIN businesses b USING (business_id)
 WHERE k.subject_id IS NULL OR b.business_id IS NULL
    OR (w.field LIKE 'owner.%') IS DISTINCT FROM (w.subject_id <> w.business_id)
