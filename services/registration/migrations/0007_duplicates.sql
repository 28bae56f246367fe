-- Trusted: the owner of the database may create it.
CREATE EXTENSION IF NOT EXISTS pg_trgm;

-- A business that lives on in another one: it counts no more and cannot be changed.
ALTER TABLE businesses ADD COLUMN merged_into uuid,
    ADD CHECK (merged_into <> business_id),
    ADD CHECK (merged_into IS NULL OR nib IS NULL);     -- A number in force belongs to a business that lives.

-- One row for each merge, which may be undone until undo_until. By the clock of this database.
CREATE TABLE merges (
    merge_id uuid PRIMARY KEY,
    surviving_id uuid NOT NULL,
    merged_id uuid NOT NULL CHECK (merged_id <> surviving_id),
    merged_by text NOT NULL,
    merged_at timestamptz NOT NULL,
    undo_until timestamptz NOT NULL,
    undone_by text,
    undone_at timestamptz,
    CHECK ((undone_by IS NULL) = (undone_at IS NULL))
);
CREATE UNIQUE INDEX merges_in_force ON merges (merged_id) WHERE undone_at IS NULL;
CREATE INDEX merges_by_surviving ON merges (surviving_id) WHERE undone_at IS NULL;

-- The versions of both businesses by which they were merged or made two again.
CREATE TABLE merge_history (
    business_id uuid NOT NULL,
    version bigint NOT NULL,
    recorded_at timestamptz NOT NULL,
    merge_id uuid NOT NULL,
    surviving_id uuid NOT NULL,
    merged_id uuid NOT NULL,
    is_undo boolean NOT NULL,
    merged_by text NOT NULL,           -- Or undone by.
    PRIMARY KEY (business_id, version)
);

-- Of each business what it is compared by, as of a version: whichever business has no row here, or one of an older
-- version, is still to be looked at. What is secret is kept as the first 8 bytes of keyed hashes, by every key in use.
CREATE TABLE duplicate_traits (
    business_id uuid PRIMARY KEY,
    version bigint NOT NULL,
    name text NOT NULL,                -- Both without what says nothing: domain/duplicates.h.
    address text NOT NULL,
    has_nik boolean NOT NULL,
    phone bigint[] NOT NULL,
    owner_name bigint[] NOT NULL,
    keys bigint[] NOT NULL,            -- Its rows of duplicate_keys.
    hash_versions smallint[] NOT NULL  -- The hash keys that were in use.
) WITH (fillfactor = 90);

-- Where businesses meet that may be one: hashes of a name within a district, a house, a telephone number ... Only those
-- that meet are compared, so it takes as long among a million businesses as among a thousand.
CREATE TABLE duplicate_keys (
    key bigint NOT NULL,
    business_id uuid NOT NULL,
    PRIMARY KEY (key, business_id)
);

-- The pairs that were found, and what people decided on them.
CREATE TABLE duplicates (
    duplicate_id uuid PRIMARY KEY,
    version bigint NOT NULL CHECK (version > 0),
    first_id uuid NOT NULL,
    second_id uuid NOT NULL,
    region_code text COLLATE "C" NOT NULL,  -- In which both lay when they were compared; '': none below the country.
    score smallint NOT NULL CHECK (score BETWEEN 0 AND 100),
    reasons smallint NOT NULL,         -- Bit n: DuplicateReason n.
    state smallint NOT NULL CHECK (state BETWEEN 1 AND 4),  -- 1: open. 2: confirmed. 3: rejected. 4: merged.
    assignee text NOT NULL DEFAULT '',
    found_at timestamptz NOT NULL,
    decided_by text,
    decided_at timestamptz,
    UNIQUE (first_id, second_id),      -- A pair is found once, whoever looks for it how often.
    CHECK (first_id < second_id),
    CHECK ((decided_by IS NULL) = (decided_at IS NULL))
);
CREATE INDEX duplicates_by_region ON duplicates (state, region_code, score);
CREATE INDEX duplicates_by_second ON duplicates (second_id);

GRANT SELECT, INSERT ON merges, merge_history TO bangkit_runtime;
GRANT UPDATE (undone_by, undone_at) ON merges TO bangkit_runtime;
GRANT SELECT, INSERT, UPDATE, DELETE ON duplicate_traits, duplicate_keys, duplicates TO bangkit_runtime;
