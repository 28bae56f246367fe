-- Of each group of exclusions, an owner (1), a family (2) or a business (3) was paid no more often than the group says, in a
-- fiscal year (1) or ever (2): counted from the ledger, whatever the claims say.
SELECT e.group_code, s.subject, y.year, count(*) AS paid, min(g.most) AS most
  FROM ledger l
  JOIN applications a USING (application_id)
  JOIN programs p USING (program_id)
  JOIN program_exclusions e USING (program_id)
  JOIN exclusion_groups g ON g.code = e.group_code
 CROSS JOIN LATERAL (SELECT CASE g.scope WHEN 1 THEN a.owner_id::text WHEN 2 THEN a.household
                                         ELSE a.business_id::text END AS subject) s
 CROSS JOIN LATERAL (SELECT CASE g.span WHEN 1 THEN p.fiscal_year ELSE 0 END AS year) y
 WHERE l.kind = 5
 GROUP BY e.group_code, s.subject, y.year
HAVING count(*) > min(g.most)
