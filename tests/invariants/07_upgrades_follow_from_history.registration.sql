-- Each way up that was stated is in the list of upgrades, and nothing else is.
SELECT coalesce(s.business_id, u.business_id) AS business_id, coalesce(s.version, u.version) AS version
  FROM (SELECT business_id, version, scale, valid_from FROM scale_history WHERE is_upgrade) s
  FULL JOIN upgrades u USING (business_id, version)
 WHERE (s.scale, s.valid_from) IS DISTINCT FROM (u.to_scale, u.since)
