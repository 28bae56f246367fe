-- A number in force (kind 2) belongs to a business that lives.
SELECT b.business_id
  FROM businesses b
  LEFT JOIN identity_claims c ON c.kind = 2 AND c.subject_id = b.business_id
 WHERE b.merged_into IS NOT NULL AND (b.nib IS NOT NULL OR c.subject_id IS NOT NULL)
