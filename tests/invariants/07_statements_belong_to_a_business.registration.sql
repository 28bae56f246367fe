-- No history without the business that it is of.
SELECT h.business_id, h.version
  FROM (SELECT business_id, version FROM condition_history
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
        SELECT business_id, version FROM merge_history) h
  LEFT JOIN businesses b USING (business_id)
 WHERE b.business_id IS NULL
