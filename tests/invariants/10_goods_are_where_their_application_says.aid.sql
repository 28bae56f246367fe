-- Of each item that a programme gives: for who is approved (5, 6) as much is reserved as is laid down, who was given it (7, 8,
-- 9) has it, what came back (14) is back in the warehouse, and of all others nothing is held. Nothing is held for nobody.
SELECT coalesce(w.application_id, l.application_id) AS application_id, w.state, w.item_id, w.quantity, l.kinds, l.least, l.most
  FROM (SELECT a.application_id, a.state, g.item_id, g.quantity
          FROM applications a JOIN programs p USING (program_id) JOIN program_goods g USING (program_id)
         WHERE p.instrument = 2) w
  FULL JOIN (SELECT application_id, item_id, string_agg(l.kind::text, ' ' ORDER BY l.kind) AS kinds,
                    min(quantity) AS least, max(quantity) AS most
               FROM stock_ledger l JOIN stock s USING (stock_id)
              WHERE application_id IS NOT NULL GROUP BY application_id, item_id) l USING (application_id, item_id)
 WHERE CASE WHEN w.application_id IS NULL THEN true
            WHEN w.state IN (5, 6) THEN l.kinds IS DISTINCT FROM '3'
            WHEN w.state IN (7, 8, 9) THEN l.kinds IS DISTINCT FROM '3 5'
            WHEN w.state = 14 THEN l.kinds IS DISTINCT FROM '3 5 6'
            WHEN w.state = 13 THEN l.kinds IS DISTINCT FROM '3 4'
            WHEN w.state = 12 THEN coalesce(l.kinds, '3 4') <> '3 4'
            ELSE l.kinds IS NOT NULL END
    OR l.kinds IS NOT NULL AND (l.least, l.most) IS DISTINCT FROM (w.quantity, w.quantity)
