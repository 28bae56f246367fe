-- What a registration states besides. Of its own column is what is counted or filtered by; the rest is read only with the
-- business as a whole, and one message of a few bytes costs less than forty columns that are mostly empty. What is the
-- owner's (KK, birth date, e-mail, disability, occupation) is sealed with the owner, in owners.personal_data.
ALTER TABLE businesses
    ADD COLUMN order_and_deliver boolean NOT NULL DEFAULT false,
    ADD COLUMN location_type smallint NOT NULL DEFAULT 0 CHECK (location_type BETWEEN 0 AND 3),
    ADD COLUMN network_coverage smallint NOT NULL DEFAULT 0 CHECK (network_coverage BETWEEN 0 AND 3),
    ADD COLUMN workers_male integer CHECK (workers_male >= 0),
    ADD COLUMN workers_female integer CHECK (workers_female >= 0),
    -- Of cooperatives. They repeat what is in details, for SQL.
    ADD COLUMN cooperative_affiliation smallint NOT NULL DEFAULT 0 CHECK (cooperative_affiliation BETWEEN 0 AND 3),
    ADD COLUMN is_sharia boolean NOT NULL DEFAULT false,
    ADD COLUMN has_deed boolean NOT NULL DEFAULT false,
    -- bangkit.registration.v1.BusinessInput, of it only what has no column.
    ADD COLUMN details bytea NOT NULL DEFAULT '',
    ADD CHECK (kind = 2 OR (cooperative_affiliation = 0 AND NOT is_sharia AND NOT has_deed));

-- Who belongs to which group now. A member may be in several; a group is in none.
CREATE TABLE group_members (
    group_id uuid NOT NULL,
    business_id uuid NOT NULL,
    since timestamptz NOT NULL,
    PRIMARY KEY (group_id, business_id),
    CHECK (group_id <> business_id)
);
CREATE INDEX group_members_by_business ON group_members (business_id);

-- Who joined and who left, by the version of the group.
CREATE TABLE group_changes (
    business_id uuid NOT NULL,         -- Of the group.
    version bigint NOT NULL,
    recorded_at timestamptz NOT NULL,
    added uuid[] NOT NULL,
    removed uuid[] NOT NULL,
    changed_by text NOT NULL,
    PRIMARY KEY (business_id, version)
);

GRANT SELECT, INSERT, DELETE ON group_members TO bangkit_runtime;
GRANT SELECT, INSERT ON group_changes TO bangkit_runtime;
