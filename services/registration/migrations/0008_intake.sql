-- What came from devices without network. A device and its sequence name a submission for ever.
CREATE TABLE intake_submissions (
    device_id uuid NOT NULL,
    sequence bigint NOT NULL CHECK (sequence > 0),
    business_id uuid NOT NULL,
    kind smallint NOT NULL CHECK (kind BETWEEN 1 AND 3),      -- 1: registration. 2: condition. 3: edit.
    status smallint NOT NULL CHECK (status BETWEEN 1 AND 3),  -- 1: applied. 2: waits. 3: superseded.
    fingerprint bytea NOT NULL,        -- Keyed hashes: tells a repetition from other content.
    captured_at timestamptz NOT NULL,  -- As far as it can be true.
    clock_suspect boolean NOT NULL,
    received_at timestamptz NOT NULL,
    subject text NOT NULL,
    roles text NOT NULL,               -- Joined by ','; as of the arrival, like the regions.
    regions text NOT NULL,
    traceparent text NOT NULL,
    content bytea,                     -- Sealed IntakeSubmission, of what waits.
    PRIMARY KEY (device_id, sequence),
    CHECK ((content IS NOT NULL) = (status = 2)),
    CHECK (kind > 1 OR status = 1)
);
CREATE INDEX intake_submissions_waiting ON intake_submissions (business_id) WHERE status = 2;
CREATE UNIQUE INDEX intake_submissions_registered ON intake_submissions (business_id) WHERE kind = 1;

-- A key for all that intake keeps of one subject: a business, or an owner. With it everything goes that it seals.
CREATE TABLE intake_keys (
    subject_id uuid PRIMARY KEY,
    wrapped_key bytea NOT NULL
);

-- Who wrote what to which field, what they had seen before, and what nobody has decided yet: `is_open` is a conflict.
-- Only of fields that a device has written to. Writes of the registry itself have device 0, and a sequence by their time.
CREATE TABLE intake_writes (
    write_id uuid PRIMARY KEY,
    subject_id uuid NOT NULL,
    field text NOT NULL,               -- As in an update mask, or condition@YYYY-MM-DD.
    device_id uuid NOT NULL,
    sequence bigint NOT NULL,
    business_id uuid NOT NULL,         -- By which it came: `version` is that of this business.
    captured_at timestamptz NOT NULL,
    clock_suspect boolean NOT NULL,
    saw_device_id uuid,                -- The write whose value its author had before them; NULL: none that is known.
    saw_sequence bigint,
    version bigint NOT NULL CHECK (version >= 0),  -- From which on the registry had this value; 0: never.
    value bytea NOT NULL,              -- Sealed.
    blocked text NOT NULL,             -- Why the registry could not take it; empty: it could.
    stated_by text NOT NULL,
    recorded_at timestamptz NOT NULL,
    is_open boolean NOT NULL,
    decision smallint CHECK (decision BETWEEN 1 AND 2),       -- 1: the registry's value was kept. 2: this one taken.
    decided_by text,
    decided_at timestamptz,
    UNIQUE (subject_id, field, device_id, sequence),
    CHECK ((saw_device_id IS NULL) = (saw_sequence IS NULL)),
    CHECK ((decision IS NULL) = (decided_at IS NULL)),
    CHECK (NOT (is_open AND decision IS NOT DISTINCT FROM 1))
);
CREATE INDEX intake_writes_open ON intake_writes (business_id, write_id) WHERE is_open;
CREATE INDEX intake_writes_by_business ON intake_writes (business_id);

GRANT SELECT, INSERT, UPDATE, DELETE ON intake_submissions, intake_keys, intake_writes TO bangkit_runtime;
