-- Where a business has its money sent to.
CREATE TABLE bank_accounts (
    business_id uuid PRIMARY KEY,
    owner_id uuid NOT NULL,
    account bytea NOT NULL,            -- bangkit.aid.v1.BankAccount, sealed with the owner's key.
    stated_at timestamptz NOT NULL,
    stated_by text NOT NULL
);
CREATE INDEX bank_accounts_by_owner ON bank_accounts (owner_id);

-- What goes to the bank in one file. Whoever made one does not release it; once that is decided, nothing of it changes.
CREATE TABLE payment_batches (
    batch_id uuid PRIMARY KEY,
    program_id uuid NOT NULL,
    region_code text COLLATE "C" NOT NULL,
    state smallint NOT NULL CHECK (state BETWEEN 1 AND 3),   -- 1: proposed. 2: released. 3: dissolved.
    -- The account of the treasury that pays.
    payer_bank text NOT NULL,
    payer_account text NOT NULL,
    payer_name text NOT NULL,
    execute_on date NOT NULL,
    payments bigint NOT NULL CHECK (payments > 0),
    total_rupiah bigint NOT NULL CHECK (total_rupiah > 0),
    made_by text NOT NULL,             -- And who stated an account in it; subjects of tokens, one a line.
    created_at timestamptz NOT NULL,
    decided_by text NOT NULL,
    decided_at timestamptz,
    CONSTRAINT maker_is_no_checker CHECK (state <> 2 OR NOT decided_by = ANY (string_to_array(made_by, E'\n'))),
    CONSTRAINT decided_by_somebody CHECK ((state = 1) = (decided_at IS NULL) AND (state = 1) = (decided_by = ''))
);
CREATE INDEX payment_batches_by_program ON payment_batches (program_id, batch_id);
CREATE TRIGGER never_changed BEFORE UPDATE ON payment_batches FOR EACH ROW WHEN (OLD.state <> 1) EXECUTE FUNCTION refuse_change();
CREATE TRIGGER never_removed BEFORE DELETE ON payment_batches FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER never_emptied BEFORE TRUNCATE ON payment_batches EXECUTE FUNCTION refuse_change();

-- Every attempt to pay an application. The reference is the application's own, so that the bank knows a second
-- instruction of it for what it is.
CREATE TABLE payments (
    reference text COLLATE "C" NOT NULL,
    attempt smallint NOT NULL CHECK (attempt BETWEEN 1 AND 99),
    application_id uuid NOT NULL,
    owner_id uuid NOT NULL,
    batch_id uuid NOT NULL,
    number bigint NOT NULL CHECK (number > 0),  -- In the file.
    amount_rupiah bigint NOT NULL CHECK (amount_rupiah > 0),
    payee bytea NOT NULL,              -- bangkit.aid.v1.BankAccount as it was, sealed with the owner's key.
    state smallint NOT NULL CHECK (state BETWEEN 1 AND 5),   -- 1: waits. 2: accepted. 3: paid. 4: failed. 5: returned.
    reason text COLLATE "C" NOT NULL,  -- The bank's code.
    is_disputed boolean NOT NULL,      -- The bank has said what cannot be: people must ask.
    answered_at timestamptz,
    PRIMARY KEY (reference, attempt),
    UNIQUE (batch_id, number),
    CONSTRAINT of_one_application CHECK (reference = replace(application_id::text, '-', ''))
);
-- Nobody is paid again while the bank has not said that the last attempt has failed; and nobody is paid twice.
CREATE UNIQUE INDEX payments_one_at_a_time ON payments (application_id) WHERE state IN (1, 2);
CREATE UNIQUE INDEX payments_paid_once ON payments (application_id) WHERE state = 3;
CREATE TRIGGER never_removed BEFORE DELETE ON payments FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER never_emptied BEFORE TRUNCATE ON payments EXECUTE FUNCTION refuse_change();

-- Behind what the service believes: only what is approved is sent to the bank, as much as was approved, for who holds a
-- place in every group of the programme. As the owner, who sees every application.
CREATE FUNCTION require_approval_and_claims() RETURNS trigger LANGUAGE plpgsql
    SECURITY DEFINER SET search_path = public, pg_temp AS $body$
BEGIN
    IF NOT EXISTS (SELECT FROM applications a JOIN payment_batches b USING (program_id)
                    WHERE a.application_id = NEW.application_id AND b.batch_id = NEW.batch_id AND b.state = 1
                      AND a.state = 6 AND a.amount_rupiah = NEW.amount_rupiah AND a.owner_id = NEW.owner_id) THEN
        RAISE EXCEPTION 'sent without approval' USING ERRCODE = 'restrict_violation', TABLE = TG_TABLE_NAME;
    END IF;
    IF EXISTS (SELECT FROM payment_batches b JOIN program_exclusions e USING (program_id)
                WHERE b.batch_id = NEW.batch_id
                  AND NOT EXISTS (SELECT FROM aid_claims c
                                   WHERE c.application_id = NEW.application_id AND c.group_code = e.group_code)) THEN
        RAISE EXCEPTION 'sent without a claim' USING ERRCODE = 'restrict_violation', TABLE = TG_TABLE_NAME;
    END IF;
    RETURN NEW;
END
$body$;
CREATE TRIGGER only_the_approved BEFORE INSERT ON payments FOR EACH ROW EXECUTE FUNCTION require_approval_and_claims();

-- Readers see the batches of their regions, said in bangkit.regions, and the payments through them.
ALTER TABLE payment_batches ENABLE ROW LEVEL SECURITY;
CREATE POLICY what_callers_reach ON payment_batches
    USING (current_setting('bangkit.regions', true) = '*'
           OR EXISTS (SELECT FROM unnest(string_to_array(current_setting('bangkit.regions', true), ',')) r
                       WHERE region_code >= r AND region_code < r || '/'));  -- '/' follows '.'.

GRANT SELECT, INSERT, UPDATE, DELETE ON bank_accounts TO bangkit_runtime;
GRANT SELECT, INSERT, UPDATE (state, decided_by, decided_at) ON payment_batches TO bangkit_runtime;
GRANT SELECT, INSERT, UPDATE (state, reason, is_disputed, answered_at) ON payments TO bangkit_runtime;
