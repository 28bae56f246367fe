-- What becomes of parked records: the owner of their partition looks at those that are due, and at no others.
ALTER TABLE inbox_parked
    ADD COLUMN is_due boolean NOT NULL DEFAULT true,  -- So is what consumers parked that do not know this column.
    ADD COLUMN refused_by uuid,     -- The consumer that could make no sense of it. NULL: it waits for its turn.
    ADD COLUMN request_id bigint;   -- What somebody wants to be done with it.

CREATE INDEX inbox_parked_due ON inbox_parked (topic, partition, record_offset) WHERE is_due;
CREATE INDEX inbox_parked_refused ON inbox_parked (topic, partition, refused_by) WHERE refused_by IS NOT NULL;
CREATE INDEX inbox_parked_of_aggregate ON inbox_parked (aggregate_id, aggregate_type, topic, version);

-- Who wanted what to be done with which parked record, and what came of it. Never changed but for the outcome; what was
-- dropped once is dropped again when the topic is read anew.
CREATE TABLE inbox_requests (
    request_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    requested_at timestamptz NOT NULL DEFAULT now(),
    role text NOT NULL DEFAULT session_user,  -- Of the database ...
    operator text NOT NULL,                   -- ... and of the machine from which it came.
    -- skip: the versions before it never came and never will; go on with this record.
    request text NOT NULL CHECK (request IN ('retry', 'drop', 'skip')),
    topic text NOT NULL,
    partition integer NOT NULL,
    record_offset bigint NOT NULL,
    digest bytea NOT NULL,                    -- SHA-256 of the payload: which bytes this was about.
    aggregate_type text NOT NULL,
    aggregate_id uuid,
    version bigint NOT NULL,
    outcome text,                             -- NULL: nobody has acted on it yet.
    done_at timestamptz
);
CREATE INDEX inbox_requests_of_record ON inbox_requests (topic, partition, record_offset);

GRANT UPDATE ON inbox_parked TO bangkit_runtime;
GRANT SELECT, UPDATE (outcome, done_at) ON inbox_requests TO bangkit_runtime;
