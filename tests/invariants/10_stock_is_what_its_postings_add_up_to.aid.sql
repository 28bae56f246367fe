-- What a stock has in each place, what it ever received and its version are what its postings add up to. (Place 1 is where
-- goods come from.)
SELECT coalesce(s.stock_id, l.stock_id) AS stock_id, s.version, s.available, s.reserved, s.handed_over, s.received, l.*
  FROM stock s
  FULL JOIN (SELECT stock_id AS id, stock_id, max(number) AS last, count(*) AS postings,
                    coalesce(sum(quantity) FILTER (WHERE to_place = 2), 0)
                        - coalesce(sum(quantity) FILTER (WHERE from_place = 2), 0) AS of_available,
                    coalesce(sum(quantity) FILTER (WHERE to_place = 3), 0)
                        - coalesce(sum(quantity) FILTER (WHERE from_place = 3), 0) AS of_reserved,
                    coalesce(sum(quantity) FILTER (WHERE to_place = 4), 0)
                        - coalesce(sum(quantity) FILTER (WHERE from_place = 4), 0) AS of_handed_over,
                    coalesce(sum(quantity) FILTER (WHERE kind = 1), 0) AS of_received
               FROM stock_ledger GROUP BY stock_id) l ON l.id = s.stock_id
 WHERE (s.version, s.version, s.available, s.reserved, s.handed_over, s.received)
       IS DISTINCT FROM (l.last, l.postings, l.of_available, l.of_reserved, l.of_handed_over, l.of_received)
