-- Who is a member now joined last, and did not leave since.
SELECT coalesce(m.group_id, h.group_id) AS group_id, coalesce(m.business_id, h.business_id) AS business_id
  FROM group_members m
  FULL JOIN (SELECT group_id, business_id
               FROM (SELECT DISTINCT ON (group_id, business_id) group_id, business_id, is_added
                       FROM (SELECT business_id AS group_id, version, unnest(added) AS business_id, true AS is_added
                               FROM group_changes
                             UNION ALL
                             SELECT business_id, version, unnest(removed), false FROM group_changes) changes
                      ORDER BY group_id, business_id, version DESC) last
              WHERE is_added) h USING (group_id, business_id)
 WHERE m.group_id IS NULL OR h.group_id IS NULL
