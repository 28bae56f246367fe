-- Files that were on their way when somebody was erased are destroyed in time, whatever has become of their imports; an
-- hour is for services that were down.
SELECT job_id, destroy_by
  FROM import_jobs
 WHERE state < 4 AND destroy_by < now() - interval '1 hour'
