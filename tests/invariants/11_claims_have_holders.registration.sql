-- A NIK (kind 1) is held by an owner who exists, a NIB (2) and a row of an import (3) by a business that exists.
SELECT c.kind, c.subject_id
  FROM identity_claims c
  LEFT JOIN owners o ON c.kind = 1 AND o.owner_id = c.subject_id
  LEFT JOIN businesses b ON c.kind IN (2, 3) AND b.business_id = c.subject_id
 WHERE o.owner_id IS NULL AND b.business_id IS NULL
