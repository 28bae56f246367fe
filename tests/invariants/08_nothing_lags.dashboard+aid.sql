-- Once the projector has drained, it stands at the end of every partition.
SELECT topic, partition, next_offset, lag FROM inbox_offsets WHERE lag IS DISTINCT FROM 0
