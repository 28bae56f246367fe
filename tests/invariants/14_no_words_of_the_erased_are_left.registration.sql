-- Neither what they needed in their words, nor what devices said of them and of their businesses.
SELECT o.owner_id, n.need_id AS kept
  FROM owners o JOIN needs n USING (owner_id)
 WHERE o.erased_at IS NOT NULL AND (n.wrapped_key <> '' OR n.text <> '')
UNION ALL
SELECT o.owner_id, w.write_id
  FROM owners o JOIN intake_writes w ON w.subject_id = o.owner_id
 WHERE o.erased_at IS NOT NULL
