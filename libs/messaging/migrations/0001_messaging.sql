-- Events on their way out, and who sends them.
CREATE TABLE outbox (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    aggregate_type text NOT NULL,
    aggregate_id uuid NOT NULL,
    version bigint NOT NULL,
    type text NOT NULL,
    -- Kafka refuses a record of 1 MB. One in the log's way would stop all that follow.
    payload bytea NOT NULL CONSTRAINT payload_fits_into_a_record CHECK (octet_length(payload) <= 524288),
    traceparent text NOT NULL,
    created_at timestamptz NOT NULL DEFAULT clock_timestamp()
) WITH (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000);

CREATE TABLE relay_lease (
    only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
    epoch bigint NOT NULL,
    expires_at timestamptz NOT NULL
);
INSERT INTO relay_lease (epoch, expires_at) VALUES (0, '-infinity');

-- How far this service has read the topics of others, by partition ...
CREATE TABLE inbox_offsets (
    topic text NOT NULL,
    partition integer NOT NULL,
    epoch bigint NOT NULL,        -- Which owner of the partition this is; the latest one counts.
    next_offset bigint NOT NULL,
    lag bigint,                   -- Records to go to the end of the log as last seen. NULL: not seen yet.
    as_of timestamptz,            -- All that was in the log by then has been applied.
    PRIMARY KEY (topic, partition)
) WITH (fillfactor = 20);

-- ... and by aggregate.
CREATE TABLE inbox_versions (
    aggregate_id uuid NOT NULL,
    aggregate_type text NOT NULL,
    topic text NOT NULL,
    last_version bigint NOT NULL,
    PRIMARY KEY (aggregate_id, aggregate_type, topic)
) WITH (fillfactor = 80);

-- Records that could not be applied, as they were, for people to look at and to apply again in order.
CREATE TABLE inbox_parked (
    topic text NOT NULL,
    partition integer NOT NULL,
    record_offset bigint NOT NULL,
    aggregate_type text NOT NULL, -- Empty, with id and version, if the record does not tell.
    aggregate_id uuid,
    version bigint NOT NULL,
    type text NOT NULL,
    record_key bytea NOT NULL,
    headers bytea[] NOT NULL,     -- Names and values by turns.
    payload bytea NOT NULL,
    error text NOT NULL,
    parked_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (topic, partition, record_offset)
);

GRANT SELECT, INSERT, DELETE ON outbox TO bangkit_runtime;
GRANT SELECT, UPDATE ON relay_lease TO bangkit_runtime;
GRANT SELECT, INSERT, UPDATE ON inbox_offsets, inbox_versions TO bangkit_runtime;
GRANT SELECT, INSERT, DELETE ON inbox_parked TO bangkit_runtime;
