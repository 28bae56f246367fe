-- Visits to see what was made of aid, as they are now. What was made or cancelled never changes.
CREATE TABLE visits (
    visit_id uuid PRIMARY KEY,
    version bigint NOT NULL CHECK (version > 0),
    application_id uuid NOT NULL,
    program_id uuid NOT NULL,
    business_id uuid NOT NULL,
    owner_id uuid NOT NULL,
    region_code text COLLATE "C" NOT NULL, -- Of the application.
    state smallint NOT NULL CHECK (state BETWEEN 1 AND 3),     -- 1: planned. 2: made. 3: cancelled.
    planned_for date NOT NULL,
    planned_by text NOT NULL,
    planned_at timestamptz NOT NULL,
    outcome smallint CHECK (outcome BETWEEN 1 AND 5),
    findings bytea NOT NULL,           -- bangkit.aid.v1.SurveyFindings, sealed with the owner's key; empty: none.
    visited_by text NOT NULL,
    visited_at timestamptz,
    is_overdue boolean NOT NULL CHECK (NOT is_overdue OR state = 1),
    updated_at timestamptz NOT NULL,
    CONSTRAINT seen_by_somebody CHECK ((state = 2) = (outcome IS NOT NULL) AND (state = 2) = (visited_at IS NOT NULL)
                                       AND (state = 2) = (visited_by <> '') AND (state = 2 OR findings = ''))
) WITH (fillfactor = 85);
CREATE UNIQUE INDEX visits_planned_once ON visits (application_id) WHERE state = 1;
CREATE INDEX visits_by_application ON visits (application_id, visit_id);
CREATE INDEX visits_to_be_overdue ON visits (planned_for, visit_id) WHERE state = 1 AND NOT is_overdue;
CREATE TRIGGER never_changed BEFORE UPDATE ON visits FOR EACH ROW WHEN (OLD.state <> 1) EXECUTE FUNCTION refuse_change();
CREATE TRIGGER never_removed BEFORE DELETE ON visits FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER never_emptied BEFORE TRUNCATE ON visits EXECUTE FUNCTION refuse_change();

-- Whoever entered or approved an application does not say what was made of it. As the owner, who sees every application.
CREATE FUNCTION require_other_supervisor() RETURNS trigger LANGUAGE plpgsql
    SECURITY DEFINER SET search_path = public, pg_temp AS $body$
BEGIN
    IF EXISTS (SELECT FROM applications a
                WHERE a.application_id = NEW.application_id
                  AND NEW.visited_by = ANY (string_to_array(a.entered_by || E'\n' || a.approved_by, E'\n'))) THEN
        RAISE EXCEPTION 'supervised by who gave it' USING ERRCODE = 'restrict_violation', TABLE = TG_TABLE_NAME;
    END IF;
    RETURN NEW;
END
$body$;
CREATE TRIGGER maker_is_no_supervisor BEFORE INSERT OR UPDATE ON visits FOR EACH ROW WHEN (NEW.state = 2)
    EXECUTE FUNCTION require_other_supervisor();

-- Aid that has to come back, as a whole. Decided cases never change.
CREATE TABLE refund_cases (
    refund_id uuid PRIMARY KEY,
    version bigint NOT NULL CHECK (version > 0),
    application_id uuid NOT NULL,
    program_id uuid NOT NULL,
    business_id uuid NOT NULL,
    region_code text COLLATE "C" NOT NULL, -- Of the application.
    state smallint NOT NULL CHECK (state BETWEEN 1 AND 3),     -- 1: open. 2: all is back. 3: dropped.
    reason smallint NOT NULL CHECK (reason BETWEEN 1 AND 5),
    claimed_rupiah bigint NOT NULL CHECK (claimed_rupiah >= 0),  -- 0: goods.
    repaid_rupiah bigint NOT NULL,
    due_on date NOT NULL,
    opened_by text NOT NULL,
    opened_at timestamptz NOT NULL,
    decided_by text NOT NULL,
    decided_at timestamptz,
    is_overdue boolean NOT NULL CHECK (NOT is_overdue OR state = 1),
    updated_at timestamptz NOT NULL,
    CONSTRAINT never_more_than_claimed CHECK (repaid_rupiah BETWEEN 0 AND claimed_rupiah),
    CONSTRAINT settled_when_all_is_back CHECK (state <> 2 OR repaid_rupiah = claimed_rupiah),
    CONSTRAINT dropped_by_another CHECK (state <> 3 OR decided_by <> opened_by),
    CONSTRAINT decided_by_somebody CHECK ((state = 1) = (decided_at IS NULL) AND (state = 1) = (decided_by = ''))
) WITH (fillfactor = 85);
CREATE UNIQUE INDEX refund_cases_one_at_a_time ON refund_cases (application_id) WHERE state = 1;
CREATE INDEX refund_cases_by_application ON refund_cases (application_id, refund_id);
CREATE INDEX refund_cases_to_be_overdue ON refund_cases (due_on, refund_id) WHERE state = 1 AND NOT is_overdue;
CREATE TRIGGER never_changed BEFORE UPDATE ON refund_cases FOR EACH ROW WHEN (OLD.state <> 1) EXECUTE FUNCTION refuse_change();
CREATE TRIGGER never_removed BEFORE DELETE ON refund_cases FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER never_emptied BEFORE TRUNCATE ON refund_cases EXECUTE FUNCTION refuse_change();

-- What has come back of each; never changed.
CREATE TABLE repayments (
    receipt text COLLATE "C" PRIMARY KEY,  -- Of the treasury.
    refund_id uuid NOT NULL,
    amount_rupiah bigint NOT NULL CHECK (amount_rupiah > 0),
    recorded_at timestamptz NOT NULL,
    recorded_by text NOT NULL
);
CREATE INDEX repayments_by_refund ON repayments (refund_id, recorded_at);
CREATE TRIGGER never_changed BEFORE UPDATE OR DELETE ON repayments FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER never_emptied BEFORE TRUNCATE ON repayments EXECUTE FUNCTION refuse_change();

-- A case that is settled is one whose money is back by its receipts, and in the ledger; or whose goods are in theirs.
-- As the owner, who sees everything.
CREATE FUNCTION require_refund() RETURNS trigger LANGUAGE plpgsql
    SECURITY DEFINER SET search_path = public, pg_temp AS $body$
BEGIN
    IF NEW.repaid_rupiah <> (SELECT coalesce(sum(amount_rupiah), 0) FROM repayments WHERE refund_id = NEW.refund_id)
       OR NOT EXISTS (SELECT FROM ledger WHERE application_id = NEW.application_id AND kind = 6)
       OR (NEW.claimed_rupiah = 0
           AND NOT EXISTS (SELECT FROM stock_ledger WHERE application_id = NEW.application_id AND kind = 6)) THEN
        RAISE EXCEPTION 'settled without a refund' USING ERRCODE = 'restrict_violation', TABLE = TG_TABLE_NAME;
    END IF;
    RETURN NEW;
END
$body$;
CREATE TRIGGER only_what_is_back BEFORE INSERT OR UPDATE ON refund_cases FOR EACH ROW WHEN (NEW.state = 2)
    EXECUTE FUNCTION require_refund();

-- And one that is dropped is one of which nothing is back, unless the bank has returned all of it (14) meanwhile.
CREATE FUNCTION require_nothing_back() RETURNS trigger LANGUAGE plpgsql
    SECURITY DEFINER SET search_path = public, pg_temp AS $body$
BEGIN
    IF NEW.repaid_rupiah > 0 AND NOT EXISTS (SELECT FROM applications WHERE application_id = NEW.application_id AND state = 14) THEN
        RAISE EXCEPTION 'dropped although something is back' USING ERRCODE = 'restrict_violation', TABLE = TG_TABLE_NAME;
    END IF;
    RETURN NEW;
END
$body$;
CREATE TRIGGER nothing_that_is_back BEFORE INSERT OR UPDATE ON refund_cases FOR EACH ROW WHEN (NEW.state = 3)
    EXECUTE FUNCTION require_nothing_back();

-- Readers see the visits and cases of their regions, said in bangkit.regions; repayments through their cases.
ALTER TABLE visits ENABLE ROW LEVEL SECURITY;
CREATE POLICY what_callers_reach ON visits
    USING (current_setting('bangkit.regions', true) = '*'
           OR EXISTS (SELECT FROM unnest(string_to_array(current_setting('bangkit.regions', true), ',')) r
                       WHERE region_code >= r AND region_code < r || '/'));  -- '/' follows '.'.
ALTER TABLE refund_cases ENABLE ROW LEVEL SECURITY;
CREATE POLICY what_callers_reach ON refund_cases
    USING (current_setting('bangkit.regions', true) = '*'
           OR EXISTS (SELECT FROM unnest(string_to_array(current_setting('bangkit.regions', true), ',')) r
                       WHERE region_code >= r AND region_code < r || '/'));  -- '/' follows '.'.

GRANT SELECT, INSERT ON visits, refund_cases, repayments TO bangkit_runtime;
GRANT UPDATE (version, state, outcome, findings, visited_by, visited_at, is_overdue, updated_at) ON visits TO bangkit_runtime;
GRANT UPDATE (version, state, repaid_rupiah, decided_by, decided_at, is_overdue, updated_at) ON refund_cases TO bangkit_runtime;
