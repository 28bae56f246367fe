-- What was not put right by its last day (in Jakarta) is rejected; an hour is for services that were down.
SELECT application_id, correct_until
  FROM applications
 WHERE (correct_until + 1)::timestamp + interval '1 hour' < now() AT TIME ZONE 'Asia/Jakarta'
