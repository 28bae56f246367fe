-- Files that were on their way when somebody was erased: none can be searched for a person, so none outlasts the erasure
-- for long.
ALTER TABLE import_jobs ADD COLUMN destroy_by timestamptz;  -- Whatever has become of it by then; NULL: no erasure so far.
