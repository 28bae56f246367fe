-- No more businesses are verified than there are, and at the end of no month were there fewer than none.
SELECT region_code, v.verified, d.businesses
  FROM (SELECT region_code, sum(change) AS verified FROM verified_counts GROUP BY region_code) v
  LEFT JOIN dashboards d USING (region_code)
 WHERE v.verified > coalesce(d.businesses, 0)
UNION ALL
SELECT region_code, verified, NULL
  FROM (SELECT region_code, sum(change) OVER (PARTITION BY region_code, level ORDER BY month) AS verified
          FROM verified_counts) at_end_of_month
 WHERE verified < 0
