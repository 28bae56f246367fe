-- What is parked because a version before it is missing is looked at again as soon as that is not so.
SELECT p.topic, p.partition, p.record_offset, p.version, v.last_version
  FROM inbox_parked p JOIN inbox_versions v USING (topic, aggregate_type, aggregate_id)
 WHERE p.refused_by IS NULL AND NOT p.is_due AND p.version <= v.last_version + 1
