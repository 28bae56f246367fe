-- Of each loan the ledger has what the loan says: reserved with the contract (7), paid for each month once (8), in their order
-- and as much as was accrued, and given back at the end (9); what is left is still reserved.
SELECT coalesce(o.loan_id, l.loan_id) AS loan_id, o.subsidy_rupiah, o.subsidy_reserved_rupiah, o.subsidised_months, l.*, m.*
  FROM loans o
  FULL JOIN (SELECT o.loan_id, sum(amount_rupiah) FILTER (WHERE kind = 7) AS reserved,
                    coalesce(sum(amount_rupiah) FILTER (WHERE kind = 8), 0) AS paid,
                    coalesce(sum(amount_rupiah) FILTER (WHERE kind = 9), 0) AS released,
                    count(*) FILTER (WHERE kind = 8 AND amount_rupiah IS DISTINCT FROM s.subsidy_rupiah) AS differing,
                    min(p.budget_id::text) AS least_budget, max(p.budget_id::text) AS most_budget
               FROM ledger p LEFT JOIN loans o USING (application_id)
               LEFT JOIN loan_subsidies s ON s.loan_id = o.loan_id AND s.month = p.month
              WHERE kind >= 7 GROUP BY o.loan_id) l ON l.loan_id = o.loan_id
  LEFT JOIN (SELECT loan_id AS of_loan, count(*) AS months, max(month) AS last, sum(subsidy_rupiah) AS accrued
               FROM loan_subsidies GROUP BY loan_id) m ON m.of_loan = o.loan_id
 WHERE o.loan_id IS NULL
    OR o.subsidy_rupiah <> coalesce(l.paid, 0) OR o.subsidy_rupiah <> coalesce(m.accrued, 0)
    OR o.subsidy_reserved_rupiah <> coalesce(l.reserved, 0) - coalesce(l.paid, 0) - coalesce(l.released, 0)
    OR (o.subsidised_months, o.subsidised_months)
       IS DISTINCT FROM (coalesce(m.months, 0)::smallint, coalesce(m.last, 0)::smallint)
    OR coalesce(l.differing, 0) > 0
    OR l.least_budget IS NOT NULL AND (l.least_budget, l.most_budget)
                                      IS DISTINCT FROM (o.budget_id::text, o.budget_id::text)
