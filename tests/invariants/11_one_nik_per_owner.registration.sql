-- An owner holds at most one NIK (kind 1) by each version of the hash key, which is the first byte of the hash.
SELECT subject_id AS owner_id, count(*) AS niks
  FROM identity_claims
 WHERE kind = 1
 GROUP BY subject_id, get_byte(hash, 0)
HAVING count(*) > 1
