-- Pairs under review, and what businesses are compared by, are of businesses that exist.
SELECT p.id AS business_id
  FROM (SELECT first_id AS id FROM duplicates
        UNION
        SELECT second_id FROM duplicates
        UNION
        SELECT business_id FROM duplicate_traits
        UNION
        SELECT business_id FROM duplicate_keys) p
  LEFT JOIN businesses b ON b.business_id = p.id
 WHERE b.business_id IS NULL
