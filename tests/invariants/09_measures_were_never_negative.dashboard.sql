-- At the end of no month was there less than nothing of a measure.
SELECT region_code, month, measure, kind, detail, value
  FROM (SELECT region_code, month, measure, kind, detail,
               sum(change) OVER (PARTITION BY region_code, measure, kind, detail ORDER BY month) AS value
          FROM measure_sums) at_end_of_month
 WHERE value < 0
