-- Of whoever was erased, aid has no key, so nothing that is sealed by it can be opened; and neither files nor bank accounts, nor
-- an application that is still open.
SELECT e.owner_id, e.what
  FROM (SELECT owner_id, 'key' AS what FROM owner_keys
        UNION ALL
        SELECT owner_id, 'document' FROM documents
        UNION ALL
        SELECT owner_id, 'bank account' FROM bank_accounts
        UNION ALL
        SELECT owner_id, 'application' FROM applications WHERE state IN (1, 2, 3, 4, 5, 10)) e
 WHERE e.owner_id IN (SELECT owner_id FROM businesses WHERE owner_is_erased)
