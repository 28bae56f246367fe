-- Of whoever was erased, aid has no key, so nothing that is sealed by it can be opened; and neither files nor bank accounts, nor
-- an application or a nomination that is still open, nor words of a grievance or records for agencies.
SELECT e.owner_id, e.what
  FROM (SELECT owner_id, 'key' AS what FROM owner_keys
        UNION ALL
        SELECT owner_id, 'document' FROM documents
        UNION ALL
        SELECT owner_id, 'bank account' FROM bank_accounts
        UNION ALL
        SELECT owner_id, 'grievance' FROM grievances WHERE wrapped_key <> ''
        UNION ALL
        SELECT owner_id, 'record' FROM nominee_records
        UNION ALL
        SELECT owner_id, 'nomination' FROM nominees WHERE state IN (1, 2, 3, 4)
        UNION ALL
        SELECT owner_id, 'application' FROM applications WHERE state IN (1, 2, 3, 4, 5, 10)) e
 WHERE e.owner_id IN (SELECT owner_id FROM businesses WHERE owner_is_erased)
