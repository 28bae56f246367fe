-- An erased owner keeps their id, so that statistics and histories stay whole; wrapped_key and personal_data are empty.
ALTER TABLE owners
    ADD COLUMN erased_at timestamptz,
    ADD COLUMN legal_hold text NOT NULL DEFAULT '',  -- Reference of the case that forbids an erasure; empty: none.
    ADD CHECK ((erased_at IS NOT NULL) = (wrapped_key = '' AND personal_data = ''));

ALTER TABLE businesses ADD COLUMN owner_is_erased boolean NOT NULL DEFAULT false;

-- What people demand: erasure or access, within 72 hours.
CREATE TABLE subject_requests (
    subject_request_id uuid PRIMARY KEY,
    kind smallint NOT NULL CHECK (kind BETWEEN 1 AND 2),    -- 1: erasure. 2: access.
    state smallint NOT NULL CHECK (state BETWEEN 1 AND 3),  -- 1: open. 2: done. 3: refused.
    owner_id uuid NOT NULL,
    business_id uuid NOT NULL,
    region_code text COLLATE "C" NOT NULL,                  -- Of the business: who reaches it sees to the request.
    case_reference text NOT NULL,
    requested_by text NOT NULL,
    requested_at timestamptz NOT NULL,                      -- By the clock of this database, like due_at.
    due_at timestamptz NOT NULL,
    closed_by text,
    closed_at timestamptz,
    refusal smallint CHECK (refusal BETWEEN 1 AND 3),
    exported_at timestamptz,
    CHECK ((state = 1) = (closed_at IS NULL)),
    CHECK ((state = 3) = (refusal IS NOT NULL))
);
CREATE UNIQUE INDEX subject_requests_open ON subject_requests (owner_id, kind) WHERE state = 1;
CREATE INDEX subject_requests_due ON subject_requests (due_at, subject_request_id);
CREATE INDEX subject_requests_by_owner ON subject_requests (owner_id);

-- Who has seen what identifies an owner, and what for. Written before the data leaves.
CREATE TABLE disclosures (
    disclosure_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    at timestamptz NOT NULL,
    actor text NOT NULL,
    roles text NOT NULL,
    owner_id uuid NOT NULL,
    business_id uuid NOT NULL,
    purpose smallint NOT NULL,
    case_reference text NOT NULL,
    fields smallint NOT NULL                                -- Bit n: OwnerField n.
);
CREATE INDEX disclosures_by_owner ON disclosures (owner_id);

-- The version of each business by which its owner was erased.
CREATE TABLE erasures (
    business_id uuid NOT NULL,
    version bigint NOT NULL,
    owner_id uuid NOT NULL,
    recorded_at timestamptz NOT NULL,
    erased_by text NOT NULL,
    PRIMARY KEY (business_id, version)
);

-- Whom no file may bring back: keyed hashes, under a label of their own, that belong to nobody here any more.
CREATE TABLE erased_niks (
    hash bytea PRIMARY KEY,
    entry_id uuid NOT NULL,            -- The same person, by another hash key.
    erased_at timestamptz NOT NULL
);

GRANT UPDATE (personal_data, erased_at, legal_hold) ON owners TO bangkit_runtime;
GRANT UPDATE (note) ON verifications TO bangkit_runtime;  -- Emptied by an erasure: a note may say too much.
GRANT SELECT, INSERT, UPDATE ON subject_requests TO bangkit_runtime;
GRANT SELECT, INSERT ON disclosures, erasures, erased_niks TO bangkit_runtime;
