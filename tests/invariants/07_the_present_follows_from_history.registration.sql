-- What a business is now is the statement that is valid from the latest date; of those, the one made last. Before the
-- first verification it is self-declared (1).
SELECT b.business_id, b.condition, c.condition AS stated_condition, b.scale, s.scale AS stated_scale,
       b.verification, v.level AS stated_verification
  FROM businesses b
  JOIN (SELECT DISTINCT ON (business_id) business_id, condition, valid_from FROM condition_history
         ORDER BY business_id, valid_from DESC, version DESC) c USING (business_id)
  JOIN (SELECT DISTINCT ON (business_id) business_id, scale, valid_from FROM scale_history
         ORDER BY business_id, valid_from DESC, version DESC) s USING (business_id)
  LEFT JOIN (SELECT DISTINCT ON (business_id) business_id, level FROM verifications
              ORDER BY business_id, version DESC) v USING (business_id)
 WHERE (b.condition, b.condition_since, b.scale, b.scale_since, b.verification)
       IS DISTINCT FROM (c.condition, c.valid_from, s.scale, s.valid_from, coalesce(v.level, 1))
