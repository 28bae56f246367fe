-- What a partner has granted (2) of restructurings and payment holidays (4, 5) was given (7, 8, 9), and what was given was
-- granted; of loans (3, 7) it is one that the bank has lent.
SELECT a.application_id, p.instrument, a.state, r.referral_id, o.loan_id
  FROM applications a JOIN programs p USING (program_id)
  LEFT JOIN referrals r ON r.application_id = a.application_id AND r.state = 2
  LEFT JOIN loans o ON o.application_id = a.application_id
 WHERE p.instrument IN (4, 5) AND (a.state IN (7, 8, 9)) <> (r.referral_id IS NOT NULL)
    OR p.instrument IN (3, 7) AND (a.state IN (7, 8, 9)) <> (o.loan_id IS NOT NULL)
