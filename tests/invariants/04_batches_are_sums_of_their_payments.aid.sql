-- The file says how many payments are in it, and how much they are together.
SELECT batch_id, b.payments, b.total_rupiah, p.payments AS counted, p.rupiah
  FROM payment_batches b
  FULL JOIN (SELECT batch_id, count(*) AS payments, max(number) AS last, sum(amount_rupiah) AS rupiah
               FROM payments GROUP BY batch_id) p USING (batch_id)
 WHERE (b.payments, b.payments, b.total_rupiah) IS DISTINCT FROM (p.payments, p.last, p.rupiah)
