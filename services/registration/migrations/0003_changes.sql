-- Which details were changed, and by whom. What they were and became is not kept: much of it is personal data.
CREATE TABLE detail_changes (
    business_id uuid NOT NULL,
    version bigint NOT NULL,
    recorded_at timestamptz NOT NULL,
    changed_fields text NOT NULL,      -- As in an update mask: "owner.phone,business.nib".
    region_before text COLLATE "C",    -- Set if the business has moved: what happened before happened there.
    changed_by text NOT NULL,
    PRIMARY KEY (business_id, version)
);

-- How far the data has been checked. Before the first of these a business is self-declared (1).
CREATE TABLE verifications (
    business_id uuid NOT NULL,
    version bigint NOT NULL,
    recorded_at timestamptz NOT NULL,
    level smallint NOT NULL CHECK (level BETWEEN 1 AND 3),
    note text NOT NULL,                -- Without personal data.
    verified_by text NOT NULL,
    PRIMARY KEY (business_id, version)
);

-- Who stated a scale: so far it was always whoever stated the condition of that version or of the one before.
ALTER TABLE scale_history ADD COLUMN reported_by text NOT NULL DEFAULT '';
UPDATE scale_history s
   SET reported_by = c.reported_by
  FROM condition_history c
 WHERE c.business_id = s.business_id
   AND c.version = (SELECT max(version) FROM condition_history
                     WHERE business_id = s.business_id AND version <= s.version);

GRANT SELECT, INSERT ON detail_changes, verifications TO bangkit_runtime;
GRANT UPDATE (personal_data) ON owners TO bangkit_runtime;
