-- No more businesses have a mark than there are, and at the end of no month were there fewer than none.
SELECT region_code, m.marked, d.businesses
  FROM (SELECT region_code, mark, sum(change) AS marked FROM mark_counts GROUP BY region_code, mark) m
  LEFT JOIN dashboards d USING (region_code)
 WHERE m.marked > coalesce(d.businesses, 0)
UNION ALL
SELECT region_code, marked, NULL
  FROM (SELECT region_code, sum(change) OVER (PARTITION BY region_code, mark ORDER BY month) AS marked
          FROM mark_counts) at_end_of_month
 WHERE marked < 0
