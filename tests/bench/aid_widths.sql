-- The widths of what a call has stored, for approve.sql and start.sql.
SELECT 'details', avg(octet_length(details))::int FROM applications WHERE approved_by = 'bench' OR entered_by = 'bench'
UNION ALL SELECT 'facts', coalesce(avg(octet_length(facts)), 0)::int FROM decisions
UNION ALL SELECT 'payload', avg(octet_length(payload))::int FROM outbox
UNION ALL SELECT 'traceparent', avg(octet_length(traceparent))::int FROM outbox
UNION ALL SELECT 'reply', avg(octet_length(reply))::int FROM idempotency;
