-- Each version of a business, from 1 to the present one, is a statement in its histories, or the erasure of its owner.
SELECT b.business_id, b.version, count(h.version) AS statements, max(h.version) AS last_statement
  FROM businesses b
  LEFT JOIN (SELECT business_id, version FROM condition_history
             UNION
             SELECT business_id, version FROM scale_history
             UNION
             SELECT business_id, version FROM detail_changes
             UNION
             SELECT business_id, version FROM verifications
             UNION
             SELECT business_id, version FROM group_changes
             UNION
             SELECT business_id, version FROM erasures
             UNION
             SELECT business_id, version FROM merge_history) h USING (business_id)
 GROUP BY b.business_id
HAVING count(h.version) <> b.version OR min(h.version) <> 1 OR max(h.version) <> b.version
