-- What has come back of a refund is what its receipts add up to; and what is settled (2) was refunded (14), as a whole.
SELECT coalesce(c.refund_id, r.refund_id) AS refund_id, c.repaid_rupiah, r.repaid, a.state
  FROM refund_cases c
  FULL JOIN (SELECT refund_id, sum(amount_rupiah) AS repaid FROM repayments GROUP BY refund_id) r USING (refund_id)
  LEFT JOIN applications a USING (application_id)
 WHERE c.repaid_rupiah IS DISTINCT FROM coalesce(r.repaid, 0) OR c.state = 2 AND a.state IS DISTINCT FROM 14
