-- No two businesses that are not closed (condition 4) have the same NIB.
SELECT array_agg(business_id ORDER BY business_id) AS businesses
  FROM businesses
 WHERE nib IS NOT NULL AND condition <> 4
 GROUP BY nib
HAVING count(*) > 1
