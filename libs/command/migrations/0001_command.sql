-- Requests that were answered, and the answers: a repeated request gets the first answer again.
CREATE TABLE idempotency (
    request_id uuid NOT NULL,
    caller text NOT NULL,
    fingerprint bytea NOT NULL,   -- Keyed hash of the request: tells a retry from another request.
    is_refusal boolean NOT NULL,
    reply bytea NOT NULL,         -- The serialized response, or google.rpc.Status of a refusal. No personal data.
    created_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (request_id, caller)
);
-- Rows are written in the order of time, so this small index is all that the removal of old ones needs.
CREATE INDEX idempotency_created_at ON idempotency USING brin (created_at) WITH (pages_per_range = 16);

-- Who did what to what, and with what outcome; written in the transaction of the deed and never changed.
CREATE TABLE audit_entries (
    entry_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    at timestamptz NOT NULL,
    actor text NOT NULL,
    roles text NOT NULL,
    method text NOT NULL,
    target text NOT NULL,         -- "<aggregate type>/<id>".
    outcome text NOT NULL,        -- "OK", or the reason of the refusal.
    request_id text NOT NULL,     -- Empty for what is idempotent by itself, such as a row of an import.
    traceparent text NOT NULL
);

GRANT SELECT, INSERT, DELETE ON idempotency TO bangkit_runtime;
GRANT SELECT, INSERT ON audit_entries TO bangkit_runtime;
