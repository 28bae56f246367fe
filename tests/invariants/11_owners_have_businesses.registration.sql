-- No business without its owner, and no owner without a business.
SELECT owner_id, b.business_id
  FROM owners o
  FULL JOIN businesses b USING (owner_id)
 WHERE o.owner_id IS NULL OR b.business_id IS NULL
