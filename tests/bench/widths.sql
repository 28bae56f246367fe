-- The widths of what RegisterBusiness has stored, for register.sql.
SELECT 'wrapped_key', avg(octet_length(wrapped_key))::int FROM owners
UNION ALL SELECT 'personal_data', avg(octet_length(personal_data))::int FROM owners
UNION ALL SELECT 'address', avg(octet_length(address))::int FROM businesses
UNION ALL SELECT 'payload', avg(octet_length(payload))::int FROM outbox
UNION ALL SELECT 'traceparent', avg(octet_length(traceparent))::int FROM outbox
UNION ALL SELECT 'reply', avg(octet_length(reply))::int FROM idempotency;
