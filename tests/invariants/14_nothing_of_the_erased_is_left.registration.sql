-- Whoever was erased has no key, no data, no NIK (kind 1) and no phone, and what is theirs alone (kinds 1 and 3 of
-- businesses) has no name, address or numbers (NIB: kind 2).
SELECT o.owner_id, b.business_id
  FROM owners o
  JOIN businesses b USING (owner_id)
 WHERE o.erased_at IS NOT NULL
   AND (o.wrapped_key <> '' OR o.personal_data <> '' OR NOT b.owner_is_erased OR b.sealed_npwp IS NOT NULL
        OR b.kind IN (1, 3) AND (b.name <> '' OR b.address <> '' OR b.nib IS NOT NULL))
UNION ALL
SELECT o.owner_id, NULL
  FROM owners o
  JOIN identity_claims c ON c.kind = 1 AND c.subject_id = o.owner_id
 WHERE o.erased_at IS NOT NULL
UNION ALL
SELECT o.owner_id, NULL
  FROM owners o
  JOIN owner_phones p USING (owner_id)
 WHERE o.erased_at IS NOT NULL
