-- The money of a programme in a region, now: sums of its postings. The constraints hold whatever the service believes:
-- no account is below zero, so never a rupiah more is reserved or paid than was allocated.
CREATE TABLE budgets (
    budget_id uuid PRIMARY KEY,
    version bigint NOT NULL CHECK (version > 0),
    program_id uuid NOT NULL,
    region_code text COLLATE "C" NOT NULL,
    available_rupiah bigint NOT NULL CONSTRAINT never_overdrawn CHECK (available_rupiah >= 0),
    reserved_rupiah bigint NOT NULL CONSTRAINT reserved_is_there CHECK (reserved_rupiah >= 0),
    disbursed_rupiah bigint NOT NULL CONSTRAINT disbursed_is_there CHECK (disbursed_rupiah >= 0),
    returned_rupiah bigint NOT NULL CONSTRAINT returned_is_there CHECK (returned_rupiah >= 0),
    quota bigint,
    recipients bigint NOT NULL CHECK (recipients >= 0),
    postings bigint NOT NULL CHECK (postings > 0),   -- The number of the last one.
    updated_at timestamptz NOT NULL,
    CONSTRAINT never_more_than_places CHECK (recipients <= quota),
    UNIQUE (program_id, region_code)
) WITH (fillfactor = 50);

-- Every posting: an amount leaves one account and enters another one, so no row can be out of balance. The service may
-- insert, and nobody may change.
CREATE TABLE ledger (
    budget_id uuid NOT NULL,
    number bigint NOT NULL CHECK (number > 0),       -- Without gaps within a budget.
    kind smallint NOT NULL,
    from_account smallint NOT NULL,
    to_account smallint NOT NULL,
    amount_rupiah bigint NOT NULL CHECK (amount_rupiah >= 0),
    from_balance_rupiah bigint NOT NULL,             -- What is in the accounts afterwards.
    to_balance_rupiah bigint NOT NULL,
    recipients smallint NOT NULL,                    -- By how many there are more.
    application_id uuid,                             -- NULL: of an allocation or a revision.
    document text NOT NULL,
    posted_at timestamptz NOT NULL,
    posted_by text NOT NULL,
    PRIMARY KEY (budget_id, number),
    CONSTRAINT a_way_that_money_goes CHECK (
        (kind, from_account, to_account) IN ((1, 1, 2), (2, 1, 2), (2, 2, 1), (3, 2, 3), (4, 3, 2), (5, 3, 4), (6, 4, 5))),
    -- Account 1, where the money comes from, has what it gave with a minus.
    CONSTRAINT no_account_overdrawn CHECK (
        (from_account = 1 OR from_balance_rupiah >= 0) AND (to_account = 1 OR to_balance_rupiah >= 0)),
    CONSTRAINT of_an_application_or_a_document CHECK ((kind <= 2) = (application_id IS NULL) AND (kind > 2 OR document <> ''))
);
-- An application is reserved, released, paid and returned at most once.
CREATE UNIQUE INDEX ledger_by_application ON ledger (application_id, kind) WHERE application_id IS NOT NULL;

CREATE TRIGGER never_changed BEFORE UPDATE OR DELETE ON ledger FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER never_emptied BEFORE TRUNCATE ON ledger EXECUTE FUNCTION refuse_change();
CREATE TRIGGER never_removed BEFORE DELETE ON budgets FOR EACH ROW EXECUTE FUNCTION refuse_change();

-- The two entries of each posting, as accountants write them.
CREATE VIEW ledger_entries AS
    SELECT budget_id, number, from_account AS account, -amount_rupiah AS rupiah FROM ledger
    UNION ALL
    SELECT budget_id, number, to_account, amount_rupiah FROM ledger;

-- Readers see the budgets of their regions, said in bangkit.regions, and the postings through them.
ALTER TABLE budgets ENABLE ROW LEVEL SECURITY;
CREATE POLICY what_callers_reach ON budgets
    USING (current_setting('bangkit.regions', true) = '*'
           OR EXISTS (SELECT FROM unnest(string_to_array(current_setting('bangkit.regions', true), ',')) r
                       WHERE region_code >= r AND region_code < r || '/'));  -- '/' follows '.'.

GRANT SELECT, INSERT, UPDATE ON budgets TO bangkit_runtime;
GRANT SELECT, INSERT ON ledger TO bangkit_runtime;
GRANT SELECT ON ledger_entries TO bangkit_runtime;
