-- The read model is complete, and the cache has been given all of it.
SELECT region_code, version FROM dirty_dashboards
UNION ALL
SELECT 'the read model is not complete', generation FROM read_model WHERE NOT is_complete
