-- A business is merged by the merge that is in force, and each merge and each undo is a version of both businesses.
SELECT coalesce(b.business_id, m.merged_id) AS business_id, b.merged_into, m.surviving_id
  FROM (SELECT business_id, merged_into FROM businesses WHERE merged_into IS NOT NULL) b
  FULL JOIN (SELECT merged_id, surviving_id FROM merges WHERE undone_at IS NULL) m ON m.merged_id = b.business_id
 WHERE b.merged_into IS DISTINCT FROM m.surviving_id
UNION ALL
SELECT m.merged_id, NULL, m.surviving_id
  FROM merges m
  LEFT JOIN (SELECT merge_id, count(*) FILTER (WHERE NOT is_undo) AS merged, count(*) FILTER (WHERE is_undo) AS undone,
                    bool_and(business_id IN (surviving_id, merged_id)) AS are_theirs
               FROM merge_history GROUP BY merge_id) h USING (merge_id)
 WHERE (h.merged, h.undone, h.are_theirs)
       IS DISTINCT FROM (2::bigint, CASE WHEN m.undone_at IS NULL THEN 0 ELSE 2 END::bigint, true)
