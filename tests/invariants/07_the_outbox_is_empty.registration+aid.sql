-- Once the relay has drained, every event has been published.
SELECT id, aggregate_id, version, type FROM outbox
