-- A request that is remembered was run exactly once, with the outcome that is remembered: its audit entry was written in
-- the same transaction as its effect. (After the time for which requests are remembered, an id may be used again.)
SELECT i.request_id, i.caller, count(a.entry_id) AS runs
  FROM idempotency i
  LEFT JOIN audit_entries a
    ON a.request_id = i.request_id::text AND a.actor = i.caller
   AND (a.outcome <> 'OK') = i.is_refusal AND a.at > i.created_at - interval '1 hour'
 GROUP BY i.request_id, i.caller
HAVING count(a.entry_id) <> 1
