-- Lists of people for agencies that decide and pay themselves. Whoever put somebody into one does not send it.
CREATE TABLE nomination_batches (
    batch_id uuid PRIMARY KEY,
    version bigint NOT NULL CHECK (version > 0),
    program_id uuid NOT NULL,
    region_code text COLLATE "C" NOT NULL,
    scheme smallint NOT NULL CHECK (scheme BETWEEN 1 AND 3),
    state smallint NOT NULL CHECK (state BETWEEN 1 AND 2),  -- 1: people are put into it. 2: sent.
    nominees bigint NOT NULL CHECK (nominees >= 0),
    amount_rupiah bigint NOT NULL CHECK (amount_rupiah >= 0),
    made_by text NOT NULL,             -- And who stated a record in it; subjects of tokens, one a line.
    sent_by text NOT NULL,
    letter text NOT NULL,
    correct_until date,                -- The last day of the last window for corrections, in Jakarta.
    decree text NOT NULL,
    decreed_on date,
    created_at timestamptz NOT NULL,
    sent_at timestamptz,
    updated_at timestamptz NOT NULL,
    CONSTRAINT maker_is_no_checker CHECK (state <> 2 OR NOT sent_by = ANY (string_to_array(made_by, E'\n'))),
    CONSTRAINT sent_by_somebody CHECK ((state = 2) = (sent_at IS NOT NULL) AND (state = 2) = (sent_by <> '')),
    CONSTRAINT answered_when_sent CHECK (state = 2 OR (correct_until IS NULL AND decree = '')),
    CONSTRAINT a_decree_of_a_day CHECK ((decree = '') = (decreed_on IS NULL))
);
CREATE INDEX nomination_batches_by_program ON nomination_batches (program_id, batch_id);
CREATE TRIGGER never_removed BEFORE DELETE ON nomination_batches FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER never_emptied BEFORE TRUNCATE ON nomination_batches EXECUTE FUNCTION refuse_change();
CREATE TRIGGER never_called_back BEFORE UPDATE ON nomination_batches FOR EACH ROW
    WHEN (OLD.state = 2 AND (NEW.state, NEW.nominees, NEW.made_by, NEW.sent_by, NEW.letter)
                            IS DISTINCT FROM (OLD.state, OLD.nominees, OLD.made_by, OLD.sent_by, OLD.letter))
    EXECUTE FUNCTION refuse_change();

-- Who is in them, by the application that was approved: in one list, once.
CREATE TABLE nominees (
    application_id uuid PRIMARY KEY,
    version bigint NOT NULL CHECK (version > 0),
    batch_id uuid NOT NULL,
    number bigint NOT NULL CHECK (number > 0),  -- In the list.
    program_id uuid NOT NULL,
    business_id uuid NOT NULL,
    owner_id uuid NOT NULL,
    region_code text COLLATE "C" NOT NULL,
    scheme smallint NOT NULL,
    -- 1: nominated. 2: valid. 3: returned. 4: corrected. 5: determined. 6: paid. 7: claimed. 8: given back. 9: rejected. 10: withdrawn.
    state smallint NOT NULL CHECK (state BETWEEN 1 AND 10),
    round smallint NOT NULL CHECK (round > 0),
    reasons text NOT NULL,             -- Numbers of bangkit.aid.v1.RejectionReason: of the agency's last answer,
    ever_reasons text NOT NULL,        -- and of all of them.
    amount_rupiah bigint NOT NULL CHECK (amount_rupiah >= 0),
    decree text NOT NULL,
    due_at timestamptz,                -- Then what is returned is rejected.
    nominated_at timestamptz NOT NULL,
    determined_at timestamptz,
    paid_at timestamptz,
    claimed_at timestamptz,
    updated_at timestamptz NOT NULL,
    UNIQUE (batch_id, number),
    CONSTRAINT due_while_it_is_returned CHECK ((state = 3) = (due_at IS NOT NULL)),
    CONSTRAINT paid_by_a_decree CHECK ((determined_at IS NULL) = (decree = '') AND (paid_at IS NULL OR determined_at IS NOT NULL)),
    CONSTRAINT claimed_when_paid CHECK (claimed_at IS NULL OR paid_at IS NOT NULL),
    CONSTRAINT as_far_as_it_says CHECK (
        CASE WHEN state IN (1, 2, 3, 4) THEN determined_at IS NULL
             WHEN state = 5 THEN determined_at IS NOT NULL AND paid_at IS NULL
             WHEN state = 6 THEN paid_at IS NOT NULL AND claimed_at IS NULL
             WHEN state = 7 THEN claimed_at IS NOT NULL
             WHEN state = 8 THEN paid_at IS NOT NULL
             ELSE paid_at IS NULL END)
) WITH (fillfactor = 70);
CREATE INDEX nominees_by_program ON nominees (program_id, state);
CREATE INDEX nominees_by_owner ON nominees (owner_id);
CREATE INDEX nominees_due ON nominees (due_at, application_id) WHERE due_at IS NOT NULL;
CREATE TRIGGER never_removed BEFORE DELETE ON nominees FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER never_emptied BEFORE TRUNCATE ON nominees EXECUTE FUNCTION refuse_change();
-- What was given back, rejected or withdrawn stays so.
CREATE TRIGGER never_revived BEFORE UPDATE ON nominees FOR EACH ROW WHEN (OLD.state IN (8, 9, 10)) EXECUTE FUNCTION refuse_change();

-- As before (0008), and quick for most, who are one with nobody: it is asked of lists of thousands.
CREATE OR REPLACE FUNCTION is_doubled(id uuid) RETURNS boolean LANGUAGE plpgsql STABLE
    SECURITY DEFINER SET search_path = public, pg_temp AS $body$
BEGIN
    RETURN EXISTS (SELECT FROM applications a JOIN businesses b USING (business_id)
                    WHERE a.application_id = id
                      AND (b.merged_into IS NOT NULL
                           OR EXISTS (SELECT FROM businesses m WHERE m.merged_into = b.business_id)))
       AND EXISTS (SELECT FROM applications a JOIN aid_claims c USING (application_id)
                    WHERE a.application_id = id AND c.scope IN (1, 3)  -- Of an owner, of a business.
                      AND c.most < (SELECT count(*) FROM aid_claims o
                                     WHERE o.group_code = c.group_code AND o.scope = c.scope AND o.year = c.year
                                       AND o.subject = ANY (ARRAY(  -- Along the key.
                                           SELECT c.subject
                                            UNION
                                           SELECT CASE c.scope WHEN 3 THEN b.business_id ELSE b.owner_id END::text
                                             FROM businesses b
                                            WHERE b.business_id IN (SELECT families_of(ARRAY[a.business_id]))))));
END
$body$;

-- Behind what the service believes: only who is approved is nominated, with a place in every group of the programme, into a
-- list that was not sent, and no new names while what was sent is put right. As the owner, who sees every application.
CREATE FUNCTION require_approval_and_room() RETURNS trigger LANGUAGE plpgsql
    SECURITY DEFINER SET search_path = public, pg_temp AS $body$
BEGIN
    IF NOT EXISTS (SELECT FROM applications a JOIN nomination_batches b USING (program_id)
                    WHERE a.application_id = NEW.application_id AND b.batch_id = NEW.batch_id
                      AND a.state = 6 AND a.program_id = NEW.program_id AND a.owner_id = NEW.owner_id) THEN
        RAISE EXCEPTION 'nominated without approval' USING ERRCODE = 'restrict_violation', TABLE = TG_TABLE_NAME;
    END IF;
    IF EXISTS (SELECT FROM program_exclusions e
                WHERE e.program_id = NEW.program_id
                  AND NOT EXISTS (SELECT FROM aid_claims c
                                   WHERE c.application_id = NEW.application_id AND c.group_code = e.group_code)) THEN
        RAISE EXCEPTION 'nominated without a claim' USING ERRCODE = 'restrict_violation', TABLE = TG_TABLE_NAME;
    END IF;
    IF EXISTS (SELECT FROM nomination_batches b
                WHERE b.batch_id = NEW.batch_id AND b.state = 2
                   OR b.program_id = NEW.program_id AND b.correct_until >= (now() AT TIME ZONE 'Asia/Jakarta')::date
                      AND (NEW.region_code >= b.region_code AND NEW.region_code < b.region_code || '/')) THEN
        RAISE EXCEPTION 'no new names' USING ERRCODE = 'restrict_violation', TABLE = TG_TABLE_NAME;
    END IF;
    RETURN NEW;
END
$body$;
CREATE TRIGGER only_the_approved BEFORE INSERT ON nominees FOR EACH ROW EXECUTE FUNCTION require_approval_and_room();
CREATE TRIGGER never_beside_a_merged_one BEFORE INSERT ON nominees FOR EACH ROW EXECUTE FUNCTION refuse_doubled();

-- What agencies have to know of them, sealed with the owner's key.
CREATE TABLE nominee_records (
    application_id uuid PRIMARY KEY,
    owner_id uuid NOT NULL,
    scheme smallint NOT NULL CHECK (scheme BETWEEN 1 AND 3),
    record bytea NOT NULL,             -- bangkit.aid.v1.NomineeRecord
    stated_at timestamptz NOT NULL,
    stated_by text NOT NULL
);
CREATE INDEX nominee_records_by_owner ON nominee_records (owner_id);

-- Readers see the lists and the nominees of their regions, said in bangkit.regions.
ALTER TABLE nomination_batches ENABLE ROW LEVEL SECURITY;
CREATE POLICY what_callers_reach ON nomination_batches
    USING (current_setting('bangkit.regions', true) = '*'
           OR EXISTS (SELECT FROM unnest(string_to_array(current_setting('bangkit.regions', true), ',')) r
                       WHERE region_code >= r AND region_code < r || '/'));  -- '/' follows '.'.
ALTER TABLE nominees ENABLE ROW LEVEL SECURITY;
CREATE POLICY what_callers_reach ON nominees
    USING (current_setting('bangkit.regions', true) = '*'
           OR EXISTS (SELECT FROM unnest(string_to_array(current_setting('bangkit.regions', true), ',')) r
                       WHERE region_code >= r AND region_code < r || '/'));

GRANT SELECT, INSERT,
      UPDATE (version, state, nominees, made_by, sent_by, letter, correct_until, decree, decreed_on, sent_at, updated_at)
    ON nomination_batches TO bangkit_runtime;
GRANT SELECT, INSERT,
      UPDATE (version, state, round, reasons, ever_reasons, amount_rupiah, decree, due_at, determined_at, paid_at, claimed_at, updated_at)
    ON nominees TO bangkit_runtime;
GRANT SELECT, INSERT, UPDATE, DELETE ON nominee_records TO bangkit_runtime;
