-- At the end of no month were there fewer programmes or applications than none, or less money.
SELECT region_code, month, 'programmes' AS what
  FROM (SELECT region_code, month, sum(change) OVER (PARTITION BY region_code, instrument, state ORDER BY month) AS number
          FROM program_counts) at_end_of_month
 WHERE number < 0
UNION ALL
SELECT region_code, month, 'applications'
  FROM (SELECT region_code, month, sum(change) OVER (PARTITION BY region_code, state ORDER BY month) AS number,
               sum(change_rupiah) OVER (PARTITION BY region_code, state ORDER BY month) AS rupiah
          FROM application_counts) at_end_of_month
 WHERE least(number, rupiah) < 0
UNION ALL
SELECT region_code, month, 'allocated'
  FROM (SELECT region_code, month, sum(change_rupiah) OVER (PARTITION BY region_code ORDER BY month) AS rupiah
          FROM allocation_sums) at_end_of_month
 WHERE rupiah < 0
