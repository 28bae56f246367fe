-- Three more ways of money, of loans: the bank's interest for all months is reserved with the contract (7), paid month by
-- month (8), and what no month took is free again (9). What is lent is the bank's own money, and no posting.
ALTER TABLE ledger ADD COLUMN month smallint NOT NULL DEFAULT 0 CHECK (month >= 0);   -- Of a loan; 0: of none.
ALTER TABLE ledger DROP CONSTRAINT a_way_that_money_goes;
ALTER TABLE ledger ADD CONSTRAINT a_way_that_money_goes CHECK (
    (kind, from_account, to_account) IN ((1, 1, 2), (2, 1, 2), (2, 2, 1), (3, 2, 3), (4, 3, 2), (5, 3, 4), (6, 4, 5),
                                         (7, 2, 3), (8, 3, 4), (9, 3, 2)));
ALTER TABLE ledger ADD CONSTRAINT months_are_of_interest CHECK ((kind = 8) = (month > 0));
-- An application is reserved, released, paid and returned at most once, and each month of its loan paid at most once.
DROP INDEX ledger_by_application;
CREATE UNIQUE INDEX ledger_by_application ON ledger (application_id, kind, month) WHERE application_id IS NOT NULL;

-- Loans that banks have given.
CREATE TABLE loans (
    loan_id uuid PRIMARY KEY,
    version bigint NOT NULL CHECK (version > 0),
    application_id uuid NOT NULL CONSTRAINT one_loan_of_an_application UNIQUE,
    referral_id uuid NOT NULL CONSTRAINT one_loan_of_a_check UNIQUE,
    agreement_id uuid NOT NULL,
    partner_id uuid NOT NULL,
    program_id uuid NOT NULL,
    business_id uuid NOT NULL,
    owner_id uuid NOT NULL,
    region_code text COLLATE "C" NOT NULL,
    instrument smallint NOT NULL CHECK (instrument IN (3, 7)),
    state smallint NOT NULL CHECK (state BETWEEN 1 AND 3),   -- 1: running. 2: paid back. 3: in default.
    contract_number text NOT NULL,
    principal_rupiah bigint NOT NULL CHECK (principal_rupiah > 0),
    repaid_rupiah bigint NOT NULL CONSTRAINT never_repaid_too_much CHECK (repaid_rupiah BETWEEN 0 AND principal_rupiah),
    months smallint NOT NULL CHECK (months BETWEEN 1 AND 120),
    yearly_rate smallint NOT NULL CHECK (yearly_rate BETWEEN 0 AND 5000),     -- Hundredths of a percent.
    disbursed_on date NOT NULL,
    budget_id uuid NOT NULL,
    subsidy_rupiah bigint NOT NULL CHECK (subsidy_rupiah >= 0),               -- Paid.
    subsidy_reserved_rupiah bigint NOT NULL CONSTRAINT subsidy_is_reserved CHECK (subsidy_reserved_rupiah >= 0),
    subsidised_months smallint NOT NULL CHECK (subsidised_months BETWEEN 0 AND months),
    due_at timestamptz,                -- When the interest of the next month is to be paid; NULL: no more.
    requested_at timestamptz,
    granted_at timestamptz NOT NULL,
    repaid_at timestamptz,
    updated_at timestamptz NOT NULL,
    defaulted_on date,
    defaulted_at timestamptz,          -- When it became known.
    CONSTRAINT in_default_since CHECK ((defaulted_on IS NULL) = (defaulted_at IS NULL) AND (state <> 3 OR defaulted_on IS NOT NULL)),
    CONSTRAINT repaid_is_all CHECK ((state = 2) = (repaid_rupiah = principal_rupiah) AND (state = 2) = (repaid_at IS NOT NULL)),
    CONSTRAINT awards_run_a_year CHECK (instrument <> 7 OR months <= 12),
    CONSTRAINT settled_is_free CHECK (due_at IS NOT NULL OR subsidy_reserved_rupiah = 0)
) WITH (fillfactor = 80);
CREATE INDEX loans_due ON loans (due_at, loan_id) WHERE due_at IS NOT NULL;
CREATE INDEX loans_by_program ON loans (program_id, loan_id);
CREATE INDEX loans_by_partner ON loans (partner_id, loan_id);
CREATE TRIGGER never_removed BEFORE DELETE ON loans FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER never_emptied BEFORE TRUNCATE ON loans EXECUTE FUNCTION refuse_change();

-- Every payment of an owner, as the bank tells it; never changed.
CREATE TABLE loan_instalments (
    loan_id uuid NOT NULL,
    reference text COLLATE "C" NOT NULL,   -- The bank's: said again, it is the same payment.
    paid_on date NOT NULL,
    amount_rupiah bigint NOT NULL CHECK (amount_rupiah > 0),
    version bigint NOT NULL,               -- Of the loan, after it.
    recorded_at timestamptz NOT NULL,
    recorded_by text NOT NULL,
    PRIMARY KEY (loan_id, reference)
);
CREATE TRIGGER never_changed BEFORE UPDATE OR DELETE ON loan_instalments FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER never_emptied BEFORE TRUNCATE ON loan_instalments EXECUTE FUNCTION refuse_change();

-- What the bank got for each month; never changed.
CREATE TABLE loan_subsidies (
    loan_id uuid NOT NULL,
    month smallint NOT NULL CHECK (month > 0),
    starts_on date NOT NULL,
    ends_on date NOT NULL CHECK (ends_on > starts_on),
    base_rupiah bigint NOT NULL CHECK (base_rupiah >= 0),
    subsidy_rupiah bigint NOT NULL CHECK (subsidy_rupiah >= 0),
    version bigint NOT NULL,               -- Of the loan, after it.
    accrued_at timestamptz NOT NULL,
    PRIMARY KEY (loan_id, month)
);
CREATE TRIGGER never_changed BEFORE UPDATE OR DELETE ON loan_subsidies FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER never_emptied BEFORE TRUNCATE ON loan_subsidies EXECUTE FUNCTION refuse_change();

-- Behind what the service believes: a contract needs a check that was passed and an approval.  As the owner, who sees all.
CREATE FUNCTION require_check_and_approval() RETURNS trigger LANGUAGE plpgsql
    SECURITY DEFINER SET search_path = public, pg_temp AS $body$
BEGIN
    IF NOT EXISTS (SELECT FROM referrals r JOIN applications a USING (application_id)
                    WHERE r.referral_id = NEW.referral_id AND r.application_id = NEW.application_id AND r.state = 2
                      AND r.instrument = NEW.instrument AND NEW.principal_rupiah <= r.amount_rupiah
                      AND a.state IN (5, 6, 7) AND a.approved_by <> '' AND a.budget_id = NEW.budget_id) THEN
        RAISE EXCEPTION 'lent without check or approval' USING ERRCODE = 'restrict_violation', TABLE = TG_TABLE_NAME;
    END IF;
    RETURN NEW;
END
$body$;
CREATE TRIGGER only_the_checked BEFORE INSERT ON loans FOR EACH ROW EXECUTE FUNCTION require_check_and_approval();

-- Readers see those of their regions, said in bangkit.regions; a partner, said in bangkit.owner, those that it gave, and an
-- owner their own.
ALTER TABLE loans ENABLE ROW LEVEL SECURITY;
CREATE POLICY what_callers_reach ON loans
    USING (current_setting('bangkit.regions', true) = '*'
           OR partner_id::text = current_setting('bangkit.owner', true)
           OR owner_id::text = current_setting('bangkit.owner', true)
           OR EXISTS (SELECT FROM unnest(string_to_array(current_setting('bangkit.regions', true), ',')) r
                       WHERE region_code >= r AND region_code < r || '/'));  -- '/' follows '.'.

GRANT SELECT, INSERT, UPDATE (version, state, repaid_rupiah, subsidy_rupiah, subsidy_reserved_rupiah, subsidised_months, due_at,
                              repaid_at, updated_at, defaulted_on, defaulted_at) ON loans TO bangkit_runtime;
GRANT SELECT, INSERT ON loan_instalments, loan_subsidies TO bangkit_runtime;
