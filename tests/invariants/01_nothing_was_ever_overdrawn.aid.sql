-- Neither now nor after any posting has an account less than nothing, and no budget has more recipients than places.
SELECT budget_id, NULL AS number
  FROM budgets
 WHERE least(available_rupiah, reserved_rupiah, disbursed_rupiah, returned_rupiah) < 0 OR recipients > quota
UNION ALL
SELECT budget_id, number
  FROM (SELECT budget_id, number, account, sum(rupiah) OVER (PARTITION BY budget_id, account ORDER BY number) AS balance
          FROM ledger_entries) after_posting
 WHERE account <> 1 AND balance < 0
