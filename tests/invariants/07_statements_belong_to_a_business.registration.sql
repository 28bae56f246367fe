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
        SELECT business_id, version FROM erasures) h
  LEFT JOIN businesses b USING (business_id)
 WHERE b.business_id IS NULL
