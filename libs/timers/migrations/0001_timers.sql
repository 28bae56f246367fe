-- Which process looks for what is due, and until when.
CREATE TABLE timer_lease (
    only_one boolean PRIMARY KEY DEFAULT true CHECK (only_one),
    holder uuid NOT NULL,
    expires_at timestamptz NOT NULL
);

GRANT SELECT, INSERT, UPDATE ON timer_lease TO bangkit_runtime;
