-- Each disbursement (5) is one payment that the bank has made (3, or 5 if it came back), of as much, in a batch that was
-- released (2); each return (6) is one that came back, or a refund that the treasury has got as a whole (2). And the other way
-- round.
SELECT coalesce(l.application_id, p.application_id) AS application_id, l.rupiah, l.returns, p.payments, p.rupiah AS paid,
       p.returned, r.refunds
  FROM (SELECT application_id, sum(amount_rupiah) FILTER (WHERE kind = 5) AS rupiah, count(*) FILTER (WHERE kind = 6) AS returns
          FROM ledger WHERE kind IN (5, 6) AND amount_rupiah > 0 GROUP BY application_id) l
  FULL JOIN (SELECT application_id, count(*) AS payments, sum(amount_rupiah) AS rupiah,
                    count(*) FILTER (WHERE p.state = 5) AS returned, bool_and(b.state IS NOT DISTINCT FROM 2) AS is_released
               FROM payments p LEFT JOIN payment_batches b USING (batch_id)
              WHERE p.state IN (3, 5) GROUP BY application_id) p USING (application_id)
  LEFT JOIN (SELECT application_id, count(*) AS refunds FROM refund_cases
              WHERE state = 2 AND claimed_rupiah > 0 GROUP BY application_id) r USING (application_id)
 WHERE (l.rupiah, l.returns, 1::bigint, true)
       IS DISTINCT FROM (p.rupiah, p.returned + coalesce(r.refunds, 0), p.payments, p.is_released)
