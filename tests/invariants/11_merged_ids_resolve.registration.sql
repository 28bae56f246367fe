-- Whoever was merged lives on in a business that lives itself, however often that was merged too.
WITH RECURSIVE way AS (
    SELECT business_id, merged_into AS next, 1 AS steps FROM businesses WHERE merged_into IS NOT NULL
    UNION ALL
    SELECT w.business_id, b.merged_into, w.steps + 1
      FROM way w JOIN businesses b ON b.business_id = w.next
     WHERE w.steps < 1000
)
SELECT business_id FROM way GROUP BY business_id HAVING bool_and(next IS NOT NULL)
