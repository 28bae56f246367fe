-- Each version of a budget is an allocation (1) or a revision (2); what is reserved and paid is told by applications.
SELECT budget_id, b.version, l.versions
  FROM budgets b
  LEFT JOIN (SELECT budget_id, count(*) AS versions FROM ledger WHERE kind <= 2 GROUP BY budget_id) l USING (budget_id)
 WHERE b.version IS DISTINCT FROM l.versions
