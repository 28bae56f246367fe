-- Which keys the processes of this service have had: whoever lacks one that is not retired would take known people for
-- new ones, and does not start.
CREATE TABLE key_versions (
    purpose smallint NOT NULL,         -- 1: master. 2: hash.
    version smallint NOT NULL,
    first_used_at timestamptz NOT NULL DEFAULT now(),
    retired_at timestamptz,
    PRIMARY KEY (purpose, version)
);

GRANT SELECT, INSERT, UPDATE ON key_versions TO bangkit_runtime;
-- To wrap an owner's key by another master key, and to lock an owner to whom a business is added.
GRANT UPDATE (wrapped_key) ON owners TO bangkit_runtime;
