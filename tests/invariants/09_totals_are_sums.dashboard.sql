-- The number of businesses of a region is the sum of its counts.
SELECT region_code, d.businesses, coalesce(c.businesses, 0) AS counted
  FROM dashboards d
  FULL JOIN (SELECT region_code, sum(change) AS businesses FROM business_counts
              GROUP BY region_code) c USING (region_code)
 WHERE d.businesses IS DISTINCT FROM coalesce(c.businesses, 0)
