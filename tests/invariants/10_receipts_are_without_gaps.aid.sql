-- The receipts of a warehouse are numbered 1, 2, 3 ... up to the last one that it knows; and each of them is of goods that left
-- it for that application (5).
SELECT w.warehouse_id, NULL AS application_id, w.handovers, h.receipts, h.last
  FROM warehouses w
  LEFT JOIN (SELECT warehouse_id, count(*) AS receipts, max(number) AS last
               FROM handovers GROUP BY warehouse_id) h USING (warehouse_id)
 WHERE (w.handovers, w.handovers) IS DISTINCT FROM (coalesce(h.receipts, 0), coalesce(h.last, 0))
UNION ALL
SELECT coalesce(h.warehouse_id, l.warehouse_id), coalesce(h.application_id, l.application_id), NULL, NULL, NULL
  FROM handovers h
  FULL JOIN (SELECT DISTINCT s.warehouse_id, l.application_id, l.document AS receipt
               FROM stock_ledger l JOIN stock s USING (stock_id)
              WHERE l.kind = 5) l USING (warehouse_id, application_id, receipt)
 WHERE h.application_id IS NULL OR l.application_id IS NULL
