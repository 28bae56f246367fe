-- At the end of no month were there fewer than none.
SELECT region_code, topic, status, month, needs
  FROM (SELECT region_code, topic, status, month,
               sum(change) OVER (PARTITION BY region_code, topic, status ORDER BY month) AS needs
          FROM need_counts) at_end_of_month
 WHERE needs < 0
