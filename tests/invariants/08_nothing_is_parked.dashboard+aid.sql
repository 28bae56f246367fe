-- Every record of the topics could be applied.
SELECT topic, partition, record_offset, error FROM inbox_parked
