-- With which what is personal of an owner is sealed, wherever it lies: without the key nothing of it opens.
CREATE TABLE owner_keys (
    owner_id uuid PRIMARY KEY,
    wrapped_key bytea NOT NULL CHECK (wrapped_key <> '')  -- By the master key whose version is its first byte.
);

GRANT SELECT, INSERT, DELETE, UPDATE (wrapped_key) ON owner_keys TO bangkit_runtime;
