-- Without its claim (kind 2), another business could take the NIB.
SELECT b.business_id
  FROM businesses b
  LEFT JOIN identity_claims c ON c.kind = 2 AND c.subject_id = b.business_id
 WHERE b.nib IS NOT NULL AND c.subject_id IS NULL
