-- What a budget has in each account, and for how many, is what its postings add up to. (Account 1 is where the money comes
-- from.)
SELECT b.budget_id, b.available_rupiah, b.reserved_rupiah, b.disbursed_rupiah, b.returned_rupiah, b.recipients, s.*
  FROM budgets b
  FULL JOIN (SELECT budget_id AS id,
                    sum(rupiah) FILTER (WHERE account = 2) AS available, sum(rupiah) FILTER (WHERE account = 3) AS reserved,
                    sum(rupiah) FILTER (WHERE account = 4) AS disbursed, sum(rupiah) FILTER (WHERE account = 5) AS returned
               FROM ledger_entries GROUP BY budget_id) s ON s.id = b.budget_id
  LEFT JOIN (SELECT budget_id, sum(recipients) AS recipients FROM ledger GROUP BY budget_id) r ON r.budget_id = b.budget_id
 WHERE (b.available_rupiah, b.reserved_rupiah, b.disbursed_rupiah, b.returned_rupiah, b.recipients)
       IS DISTINCT FROM (s.available, coalesce(s.reserved, 0), coalesce(s.disbursed, 0), coalesce(s.returned, 0), r.recipients)
