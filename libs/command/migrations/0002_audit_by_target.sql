-- What was done to something, for whoever has a right to know: a document on a person must not read the trail of everybody.
-- By bytes, whatever the database's collation; ids that are made one after the other lie side by side.
CREATE INDEX audit_entries_by_target ON audit_entries (target text_pattern_ops);
