-- The service may not, and triggers keep everybody else from it.
SELECT privilege AS how FROM unnest(ARRAY['UPDATE', 'DELETE', 'TRUNCATE']) privilege
 WHERE has_table_privilege('bangkit_runtime', 'ledger', privilege)
UNION ALL
SELECT name FROM unnest(ARRAY['never_changed', 'never_emptied']) name
 WHERE NOT EXISTS (SELECT FROM pg_trigger WHERE tgrelid = 'ledger'::regclass AND tgname = name AND tgenabled = 'O')
