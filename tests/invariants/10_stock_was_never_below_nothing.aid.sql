-- Neither now nor after any posting was there less than nothing in a place (but for 1, where goods come from), and each posting
-- says what was there afterwards.
SELECT stock_id, NULL AS number
  FROM stock
 WHERE least(available, reserved, handed_over) < 0
UNION ALL
SELECT stock_id, number
  FROM (SELECT stock_id, number, place, balance, sum(quantity) OVER (PARTITION BY stock_id, place ORDER BY number) AS counted
          FROM (SELECT stock_id, number, to_place AS place, to_balance AS balance, quantity FROM stock_ledger
                UNION ALL
                SELECT stock_id, number, from_place, from_balance, -quantity FROM stock_ledger) entries) after_posting
 WHERE place <> 1 AND counted < 0 OR balance <> counted
