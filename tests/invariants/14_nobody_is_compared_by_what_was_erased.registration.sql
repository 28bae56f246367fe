-- Of an erased owner no hash is left by which businesses are compared, and nothing of a business that was theirs alone
-- (kinds 1 and 3).
SELECT b.business_id
  FROM businesses b
  JOIN duplicate_traits t USING (business_id)
 WHERE b.owner_is_erased
   AND (t.phone <> '{}' OR t.owner_name <> '{}' OR b.kind IN (1, 3) AND (t.name <> '' OR t.address <> '' OR t.keys <> '{}'))
