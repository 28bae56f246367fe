-- What each posting left in its two accounts is what all postings up to it add up to: so none of them was changed since, and
-- what left one account entered the other one.
SELECT budget_id, number, account, balance, summed
  FROM (SELECT l.budget_id, l.number, e.account, e.balance,
               sum(e.rupiah) OVER (PARTITION BY l.budget_id, e.account ORDER BY l.number) AS summed
          FROM ledger l
         CROSS JOIN LATERAL (VALUES (from_account, -amount_rupiah, from_balance_rupiah),
                                    (to_account, amount_rupiah, to_balance_rupiah)) e (account, rupiah, balance)) after_posting
 WHERE balance <> summed
