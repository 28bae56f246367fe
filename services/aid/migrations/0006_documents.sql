-- What people state, show and let others see for an application. All of it is personal data and sealed with the key of the
-- owner (owner_keys): without that key nothing of it opens.
ALTER TABLE applications
    ADD COLUMN stated bytea NOT NULL DEFAULT '', -- bangkit.aid.v1.StatedFacts, sealed; empty: nothing was stated.
    ADD COLUMN correct_until date,               -- The last day, while it is returned.
    ADD CONSTRAINT a_day_while_it_is_returned CHECK ((state = 10) = (correct_until IS NOT NULL));
CREATE INDEX applications_to_correct ON applications (correct_until, application_id) WHERE correct_until IS NOT NULL;
CREATE INDEX applications_by_household ON applications (household) WHERE household <> '';

-- What was stated when it was decided, as it was sealed then.
ALTER TABLE decisions ADD COLUMN stated bytea NOT NULL DEFAULT '';

-- Which family cards are known: by a keyed hash, one for each key in use, whose version is the first byte. What households
-- hold in groups of exclusions is theirs by an id that outlives every key.
CREATE TABLE household_hashes (
    hash bytea PRIMARY KEY CHECK (octet_length(hash) = 33),
    household_id uuid NOT NULL
);
CREATE INDEX household_hashes_by_household ON household_hashes (household_id);

-- Files of applications; what is in them lies in the store of objects, under the same id.
CREATE TABLE documents (
    document_id uuid PRIMARY KEY,
    application_id uuid NOT NULL,
    owner_id uuid NOT NULL,
    kind smallint NOT NULL CHECK (kind BETWEEN 1 AND 10),
    format smallint NOT NULL CHECK (format BETWEEN 1 AND 3),
    size_bytes bigint NOT NULL CHECK (size_bytes > 0),
    sha256 bytea NOT NULL CHECK (octet_length(sha256) = 32),
    content_key bytea NOT NULL,        -- With which the content is sealed; itself sealed with the owner's key.
    uploaded_by text NOT NULL,
    uploaded_at timestamptz NOT NULL
);
CREATE INDEX documents_by_application ON documents (application_id, document_id);
CREATE INDEX documents_by_owner ON documents (owner_id);

-- Visits, one a row; never changed.
CREATE TABLE surveys (
    application_id uuid NOT NULL,
    version bigint NOT NULL,           -- Of the application, after the survey.
    is_recommended boolean NOT NULL,
    findings bytea NOT NULL,           -- bangkit.aid.v1.Survey: findings and photographs, sealed; empty: none.
    surveyed_at timestamptz NOT NULL,
    surveyed_by text NOT NULL,
    PRIMARY KEY (application_id, version)
);
CREATE TRIGGER never_changed BEFORE UPDATE OR DELETE ON surveys FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER never_emptied BEFORE TRUNCATE ON surveys EXECUTE FUNCTION refuse_change();

GRANT SELECT, INSERT, DELETE ON household_hashes, documents TO bangkit_runtime;
GRANT UPDATE (household_id) ON household_hashes TO bangkit_runtime;  -- Which locks take.
GRANT SELECT, INSERT ON surveys TO bangkit_runtime;
