-- Each number of a budget, from 1 to its last one, is a posting: none was removed.
SELECT budget_id, b.postings, l.postings AS counted, l.last
  FROM budgets b
  FULL JOIN (SELECT budget_id, count(*) AS postings, max(number) AS last FROM ledger GROUP BY budget_id) l USING (budget_id)
 WHERE b.postings IS DISTINCT FROM l.postings OR b.postings IS DISTINCT FROM l.last
