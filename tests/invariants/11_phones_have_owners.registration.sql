-- A telephone number leads to an owner who is there, once by each version of the hash key.
SELECT p.owner_id, count(*) AS numbers
  FROM owner_phones p
  LEFT JOIN owners o ON o.owner_id = p.owner_id AND o.erased_at IS NULL
 GROUP BY p.owner_id, o.owner_id, get_byte(p.hash, 0)
HAVING o.owner_id IS NULL OR count(*) > 1
