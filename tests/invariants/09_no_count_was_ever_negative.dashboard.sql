-- At the end of no month were there fewer than none.
SELECT region_code, kind, scale, condition, month, businesses
  FROM (SELECT region_code, kind, scale, condition, month,
               sum(change) OVER (PARTITION BY region_code, kind, scale, condition
                                     ORDER BY month) AS businesses
          FROM business_counts) at_end_of_month
 WHERE businesses < 0
