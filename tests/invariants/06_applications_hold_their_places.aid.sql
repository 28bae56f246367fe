-- Whoever has applied, and gets or has got something, holds one place in each group that the programme names, for the owner,
-- family or business that applied; who gets nothing (1: has not applied, 11, 12, 13) holds none. What is to be put right (10)
-- may name another family until it is submitted again.
SELECT coalesce(w.application_id, c.application_id) AS application_id, coalesce(w.group_code, c.group_code) AS group_code
  FROM (SELECT a.application_id, e.group_code, g.scope,
               CASE g.scope WHEN 1 THEN a.owner_id::text WHEN 2 THEN a.household ELSE a.business_id::text END AS subject,
               CASE g.span WHEN 1 THEN p.fiscal_year ELSE 0 END AS year
          FROM applications a
          JOIN programs p USING (program_id)
          JOIN program_exclusions e USING (program_id)
          JOIN exclusion_groups g ON g.code = e.group_code
         WHERE a.state NOT IN (1, 10, 11, 12, 13)) w
  FULL JOIN (SELECT c.* FROM aid_claims c LEFT JOIN applications a USING (application_id)
              WHERE a.state IS DISTINCT FROM 10) c USING (application_id, group_code, scope, subject, year)
 WHERE w.application_id IS NULL OR c.application_id IS NULL
