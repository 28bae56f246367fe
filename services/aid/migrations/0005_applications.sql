-- Applications as they are now.
CREATE TABLE applications (
    application_id uuid PRIMARY KEY,
    version bigint NOT NULL CHECK (version > 0),
    program_id uuid NOT NULL,
    business_id uuid NOT NULL,
    owner_id uuid NOT NULL,
    household text COLLATE "C" NOT NULL, -- An id, found by the family card; empty: not known.
    region_code text COLLATE "C" NOT NULL,
    state smallint NOT NULL CHECK (state BETWEEN 1 AND 14),
    amount_rupiah bigint NOT NULL CHECK (amount_rupiah >= 0),
    budget_id uuid,                    -- From which it is paid.
    -- Who wrote anything that is decided on, who surveyed, who approved; subjects of tokens, one a line.
    entered_by text NOT NULL,
    surveyed_by text NOT NULL,
    approved_by text NOT NULL,
    details bytea NOT NULL,            -- bangkit.aid.v1.Application: what has no column.
    created_at timestamptz NOT NULL,
    submitted_at timestamptz,
    approved_at timestamptz,
    updated_at timestamptz NOT NULL,
    CONSTRAINT maker_is_no_checker CHECK (
        approved_by = '' OR NOT approved_by = ANY (string_to_array(entered_by || E'\n' || surveyed_by, E'\n'))),
    -- Approved, scheduled, paid, supervised, closed, refunded, and cancelled.
    CONSTRAINT approved_by_somebody CHECK (state NOT IN (5, 6, 7, 8, 9, 13, 14)
                                           OR (approved_by <> '' AND budget_id IS NOT NULL AND approved_at IS NOT NULL))
) WITH (fillfactor = 70);
-- No index knows the state: a step of an application then touches no index at all.
CREATE INDEX applications_by_program ON applications (program_id, application_id);

-- What became of each, and by whom; never changed.
CREATE TABLE application_history (
    application_id uuid NOT NULL,
    version bigint NOT NULL,
    state smallint NOT NULL,           -- That it left the application in.
    recorded_at timestamptz NOT NULL,
    recorded_by text NOT NULL,
    PRIMARY KEY (application_id, version)
);
CREATE TRIGGER never_changed BEFORE UPDATE OR DELETE ON application_history FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER never_emptied BEFORE TRUNCATE ON application_history EXECUTE FUNCTION refuse_change();

-- By which rules and which facts an application was found eligible: at each submission and at its approval.
CREATE TABLE decisions (
    application_id uuid NOT NULL,
    version bigint NOT NULL,
    rules_version integer NOT NULL,
    facts bytea NOT NULL,              -- bangkit.aid.v1.KnownFacts
    decided_at timestamptz NOT NULL,
    decided_by text NOT NULL,
    PRIMARY KEY (application_id, version)
);
CREATE TRIGGER never_changed BEFORE UPDATE OR DELETE ON decisions FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER never_emptied BEFORE TRUNCATE ON decisions EXECUTE FUNCTION refuse_change();

-- Readers see the applications of their regions, said in bangkit.regions, and an owner, said in bangkit.owner, their own.
ALTER TABLE applications ENABLE ROW LEVEL SECURITY;
CREATE POLICY what_callers_reach ON applications
    USING (current_setting('bangkit.regions', true) = '*'
           OR owner_id::text = current_setting('bangkit.owner', true)
           OR EXISTS (SELECT FROM unnest(string_to_array(current_setting('bangkit.regions', true), ',')) r
                       WHERE region_code >= r AND region_code < r || '/'));  -- '/' follows '.'.

GRANT SELECT, INSERT, UPDATE ON applications TO bangkit_runtime;
GRANT SELECT, INSERT ON application_history, decisions TO bangkit_runtime;
