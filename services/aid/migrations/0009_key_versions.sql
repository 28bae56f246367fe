-- Which keys the processes of this service have had: see libs/rotation.
CREATE TABLE key_versions (
    purpose smallint NOT NULL,         -- 1: master. 2: hash.
    version smallint NOT NULL,
    first_used_at timestamptz NOT NULL DEFAULT now(),
    retired_at timestamptz,
    PRIMARY KEY (purpose, version)
);

GRANT SELECT, INSERT, UPDATE ON key_versions TO bangkit_runtime;
