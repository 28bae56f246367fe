-- What somebody complains of, asks or proposes, as it is now. What was said in it is sealed with a key of its own.
CREATE TABLE grievances (
    grievance_id uuid PRIMARY KEY,
    version bigint NOT NULL CHECK (version > 0),
    ticket text COLLATE "C" NOT NULL UNIQUE,  -- With which it can be followed.
    service smallint NOT NULL CHECK (service BETWEEN 1 AND 5),
    topic smallint NOT NULL CHECK (topic BETWEEN 1 AND 10),
    channel smallint NOT NULL CHECK (channel BETWEEN 1 AND 7),
    region_code text COLLATE "C" NOT NULL,
    business_id uuid,                  -- Of whoever filed it.
    owner_id uuid,
    subject_id uuid,                   -- What it is about.
    is_hidden boolean NOT NULL,
    class smallint CHECK (class BETWEEN 1 AND 3),
    -- 1: filed. 2: accepted. 3: answered. The ends: 4: resolved. 5: archived. 6: forwarded.
    state smallint NOT NULL CHECK (state BETWEEN 1 AND 6),
    level smallint NOT NULL CHECK (level BETWEEN 1 AND 2),   -- 1: city. 2: province.
    escalated_at timestamptz,
    is_overdue boolean NOT NULL,
    is_to_be_evaluated boolean NOT NULL,
    received_on date NOT NULL,
    filed_at timestamptz NOT NULL,
    first_answered_at timestamptz,
    due_at timestamptz,
    resolved_at timestamptz,
    closing_reason smallint CHECK (closing_reason BETWEEN 1 AND 6),
    evaluated_on date,
    wrapped_key bytea NOT NULL,        -- Of all that was said; empty: it was destroyed.
    words bytea NOT NULL,              -- bangkit.aid.v1.GrievanceWords, sealed; empty: destroyed.
    updated_at timestamptz NOT NULL,
    CONSTRAINT ended_for_a_reason CHECK ((state > 3) = (resolved_at IS NOT NULL) AND (state > 3) = (closing_reason IS NOT NULL)),
    -- Whatever has not ended has a deadline, unless the province has let its own pass.
    CONSTRAINT due_until_it_ends CHECK ((due_at IS NULL AND is_overdue AND level = 2) OR (due_at IS NULL) = (state > 3)),
    CONSTRAINT overdue_while_it_is_open CHECK (NOT is_overdue OR state <= 2),
    CONSTRAINT classified_when_accepted CHECK (class IS NOT NULL OR state IN (1, 5, 6)),
    CONSTRAINT escalated_to_the_province CHECK (escalated_at IS NULL OR level = 2),
    CHECK ((business_id IS NULL) = (owner_id IS NULL)),
    CHECK ((wrapped_key = '') = (words = ''))
) WITH (fillfactor = 70);
CREATE INDEX grievances_due ON grievances (due_at, grievance_id) WHERE due_at IS NOT NULL;
CREATE INDEX grievances_by_region ON grievances (region_code, grievance_id);
CREATE INDEX grievances_to_evaluate ON grievances (region_code, grievance_id) WHERE is_to_be_evaluated;
CREATE INDEX grievances_by_owner ON grievances (owner_id, grievance_id) WHERE owner_id IS NOT NULL;
CREATE INDEX grievances_to_forget ON grievances (resolved_at) WHERE resolved_at IS NOT NULL AND wrapped_key <> '';

-- What became of each, and by whom; never changed.
CREATE TABLE grievance_history (
    grievance_id uuid NOT NULL,
    version bigint NOT NULL,
    kind smallint NOT NULL CHECK (kind BETWEEN 1 AND 9),     -- 5: escalated.
    state smallint NOT NULL,           -- That it left the grievance in.
    level smallint NOT NULL,
    recorded_at timestamptz NOT NULL,
    recorded_by text NOT NULL,
    PRIMARY KEY (grievance_id, version)
);
-- Whatever a service believes.
CREATE UNIQUE INDEX grievances_escalated_once ON grievance_history (grievance_id) WHERE kind = 5;
CREATE TRIGGER never_changed BEFORE UPDATE OR DELETE ON grievance_history FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER never_emptied BEFORE TRUNCATE ON grievance_history EXECUTE FUNCTION refuse_change();

-- What was said to the reporter, and by them; never changed. Without the key of the grievance nothing of it opens.
CREATE TABLE grievance_messages (
    grievance_id uuid NOT NULL,
    version bigint NOT NULL,
    kind smallint NOT NULL CHECK (kind BETWEEN 1 AND 4),     -- 1: first answer. 2: answer. 3: reply. 4: closing.
    level smallint NOT NULL,
    words bytea NOT NULL,              -- Sealed; empty: the key had been destroyed before.
    said_at timestamptz NOT NULL,
    said_by text NOT NULL,
    PRIMARY KEY (grievance_id, version)
);
CREATE TRIGGER never_changed BEFORE UPDATE OR DELETE ON grievance_messages FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER never_emptied BEFORE TRUNCATE ON grievance_messages EXECUTE FUNCTION refuse_change();

-- Readers see those of their regions, said in bangkit.regions, and an owner, said in bangkit.owner, their own.
ALTER TABLE grievances ENABLE ROW LEVEL SECURITY;
CREATE POLICY what_callers_reach ON grievances
    USING (current_setting('bangkit.regions', true) = '*'
           OR owner_id::text = current_setting('bangkit.owner', true)
           OR EXISTS (SELECT FROM unnest(string_to_array(current_setting('bangkit.regions', true), ',')) r
                       WHERE region_code >= r AND region_code < r || '/'));  -- '/' follows '.'.

GRANT SELECT, INSERT, UPDATE ON grievances TO bangkit_runtime;
GRANT SELECT, INSERT ON grievance_history, grievance_messages TO bangkit_runtime;
