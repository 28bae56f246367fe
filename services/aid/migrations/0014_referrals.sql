-- What partners (banks, LPDB, finance companies) have agreed to do for a programme.
CREATE TABLE agreements (
    agreement_id uuid PRIMARY KEY,
    version bigint NOT NULL CHECK (version BETWEEN 1 AND 2),  -- Made, ended.
    program_id uuid NOT NULL,
    region_code text COLLATE "C" NOT NULL,
    partner_id uuid NOT NULL,          -- The subject of its tokens.
    partner_kind smallint NOT NULL CHECK (partner_kind BETWEEN 1 AND 3),
    partner_name text NOT NULL,        -- Of an institution.
    document text NOT NULL,
    answer_days smallint NOT NULL CHECK (answer_days BETWEEN 1 AND 90),       -- Working days.
    yearly_rate smallint NOT NULL CHECK (yearly_rate BETWEEN 0 AND 5000),     -- Hundredths of a percent.
    months_max smallint NOT NULL CHECK (months_max BETWEEN 1 AND 120),
    is_ended boolean NOT NULL,
    made_by text NOT NULL,
    made_at timestamptz NOT NULL,
    ended_at timestamptz
);
CREATE INDEX agreements_by_program ON agreements (program_id, agreement_id);
CREATE INDEX agreements_by_partner ON agreements (partner_id, agreement_id);

-- Applications that were handed to a partner.
CREATE TABLE referrals (
    referral_id uuid PRIMARY KEY,
    version bigint NOT NULL CHECK (version > 0),
    application_id uuid NOT NULL,
    agreement_id uuid NOT NULL,
    partner_id uuid NOT NULL,
    program_id uuid NOT NULL,
    business_id uuid NOT NULL,
    owner_id uuid NOT NULL,
    region_code text COLLATE "C" NOT NULL,
    instrument smallint NOT NULL CHECK (instrument IN (3, 4, 5, 7)),
    state smallint NOT NULL CHECK (state BETWEEN 1 AND 4),   -- 1: with the partner. 2: granted. 3: refused. 4: ended.
    amount_rupiah bigint NOT NULL CHECK (amount_rupiah >= 0),
    form smallint NOT NULL CHECK (form BETWEEN 0 AND 6),     -- 0: it is no restructuring.
    details bytea NOT NULL,            -- bangkit.aid.v1.Referral: what has no column.
    sent_on date NOT NULL,
    answer_due date NOT NULL,          -- The last day for the answer.
    answered_on date,
    is_silent boolean NOT NULL,        -- The last day has passed and there is no answer.
    escalated_at timestamptz,
    due_at timestamptz,                -- When it is to be escalated; NULL: no more.
    entered_by text NOT NULL,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    CONSTRAINT answered_or_not CHECK ((state IN (2, 3)) = (answered_on IS NOT NULL)),
    CONSTRAINT silent_while_with_the_partner CHECK (NOT is_silent OR state = 1 AND escalated_at IS NOT NULL),
    CONSTRAINT waits_or_was_escalated CHECK ((due_at IS NOT NULL) = (state = 1 AND escalated_at IS NULL))
) WITH (fillfactor = 85);
-- An application is with one partner at a time, and granted by one.
CREATE UNIQUE INDEX referrals_one_at_a_time ON referrals (application_id) WHERE state IN (1, 2);
CREATE INDEX referrals_due ON referrals (due_at, referral_id) WHERE due_at IS NOT NULL;
CREATE INDEX referrals_by_agreement ON referrals (agreement_id, referral_id);
CREATE INDEX referrals_by_program ON referrals (program_id, referral_id);

-- What became of each, and by whom; never changed.
CREATE TABLE referral_history (
    referral_id uuid NOT NULL,
    version bigint NOT NULL,
    state smallint NOT NULL,
    recorded_at timestamptz NOT NULL,
    recorded_by text NOT NULL,
    PRIMARY KEY (referral_id, version)
);
CREATE TRIGGER never_changed BEFORE UPDATE OR DELETE ON referral_history FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER never_emptied BEFORE TRUNCATE ON referral_history EXECUTE FUNCTION refuse_change();

-- What is answered or ended stays so.
CREATE TRIGGER never_changed BEFORE UPDATE ON referrals FOR EACH ROW WHEN (OLD.state <> 1) EXECUTE FUNCTION refuse_change();
CREATE TRIGGER never_removed BEFORE DELETE ON referrals FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER never_emptied BEFORE TRUNCATE ON referrals EXECUTE FUNCTION refuse_change();

-- Readers see those of their regions, said in bangkit.regions; a partner, said in bangkit.owner, those that were handed to
-- it, and an owner their own.
ALTER TABLE agreements ENABLE ROW LEVEL SECURITY;
CREATE POLICY what_callers_reach ON agreements
    USING (current_setting('bangkit.regions', true) = '*'
           OR partner_id::text = current_setting('bangkit.owner', true)
           OR EXISTS (SELECT FROM unnest(string_to_array(current_setting('bangkit.regions', true), ',')) r
                       WHERE (region_code >= r AND region_code < r || '/')  -- '/' follows '.'.
                          OR starts_with(r, region_code || '.')));
ALTER TABLE referrals ENABLE ROW LEVEL SECURITY;
CREATE POLICY what_callers_reach ON referrals
    USING (current_setting('bangkit.regions', true) = '*'
           OR partner_id::text = current_setting('bangkit.owner', true)
           OR owner_id::text = current_setting('bangkit.owner', true)
           OR EXISTS (SELECT FROM unnest(string_to_array(current_setting('bangkit.regions', true), ',')) r
                       WHERE region_code >= r AND region_code < r || '/'));  -- '/' follows '.'.

GRANT SELECT, INSERT, UPDATE (version, is_ended, ended_at) ON agreements TO bangkit_runtime;
GRANT SELECT, INSERT, UPDATE (version, state, form, details, answered_on, is_silent, escalated_at, due_at, updated_at)
    ON referrals TO bangkit_runtime;
GRANT SELECT, INSERT ON referral_history TO bangkit_runtime;
