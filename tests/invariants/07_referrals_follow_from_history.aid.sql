-- Each version of a referral, from 1 to the present one, is in its history, and the last one says its state.
SELECT referral_id, r.version, count(h.version) AS statements, max(h.version) AS last_statement
  FROM referrals r FULL JOIN referral_history h USING (referral_id)
 GROUP BY referral_id, r.version, r.state
HAVING r.version IS NULL OR count(h.version) <> r.version OR max(h.version) <> r.version
    OR r.state <> (array_agg(h.state ORDER BY h.version DESC))[1]
