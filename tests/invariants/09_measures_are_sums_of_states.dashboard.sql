-- Each measure of a region is what all that lies in it counts as now, at every level up to the country.
WITH counted AS (
    SELECT level.code AS region_code, measures[4 * n - 3] AS measure, measures[4 * n - 2] AS kind,
           measures[4 * n - 1] AS detail, sum(measures[4 * n]) AS value
      FROM measured_states
     CROSS JOIN LATERAL generate_series(1, cardinality(measures) / 4) n
     CROSS JOIN LATERAL (SELECT array_to_string((string_to_array(region_code, '.'))[1:depth], '.') AS code
                           FROM generate_series(1, cardinality(string_to_array(region_code, '.'))) depth
                         UNION ALL
                         SELECT 'ID') level
     GROUP BY 1, 2, 3, 4
), summed AS (
    SELECT region_code, measure, kind, detail, sum(change) AS value
      FROM measure_sums GROUP BY region_code, measure, kind, detail HAVING sum(change) <> 0
)
SELECT region_code, measure, kind, detail, c.value AS counted, s.value AS summed
  FROM (SELECT * FROM counted WHERE value <> 0) c FULL JOIN summed s USING (region_code, measure, kind, detail)
 WHERE c.value IS DISTINCT FROM s.value
