-- No more applications were approved (2) than submitted (1), and no more paid (3) than approved; and all of them are counted.
SELECT region_code, submitted, approved, paid, applications
  FROM (SELECT region_code, coalesce(sum(applications) FILTER (WHERE step = 1), 0) AS submitted,
               coalesce(sum(applications) FILTER (WHERE step = 2), 0) AS approved,
               coalesce(sum(applications) FILTER (WHERE step = 3), 0) AS paid
          FROM application_steps GROUP BY region_code) s
  LEFT JOIN (SELECT region_code, sum(change) AS applications FROM application_counts GROUP BY region_code) c USING (region_code)
 WHERE submitted < approved OR approved < paid OR submitted > coalesce(applications, 0)
