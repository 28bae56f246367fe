-- What is paid back of a loan is what its instalments add up to; and a loan is of an application that was approved for it.
SELECT o.loan_id, o.repaid_rupiah, i.paid, a.state
  FROM loans o
  LEFT JOIN (SELECT loan_id, sum(amount_rupiah) AS paid FROM loan_instalments GROUP BY loan_id) i USING (loan_id)
  LEFT JOIN applications a USING (application_id)
 WHERE o.repaid_rupiah <> coalesce(i.paid, 0) OR a.state IS NULL OR a.state NOT IN (7, 8, 9)
