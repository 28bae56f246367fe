-- Double aid: who holds which place of which group of exclusions. The primary key decides who was first, and no place is
-- behind the last one that the group has.
ALTER TABLE exclusion_groups ADD CONSTRAINT what_a_group_means UNIQUE (code, scope, span, most);

CREATE TABLE aid_claims (
    group_code text COLLATE "C" NOT NULL,
    scope smallint NOT NULL,
    subject text COLLATE "C" NOT NULL, -- The id of an owner, a household or a business.
    year integer NOT NULL,             -- 0: in all years together.
    place smallint NOT NULL,
    span smallint NOT NULL,
    most smallint NOT NULL,
    application_id uuid NOT NULL,
    PRIMARY KEY (group_code, scope, subject, year, place),
    CONSTRAINT what_the_group_means FOREIGN KEY (group_code, scope, span, most)
        REFERENCES exclusion_groups (code, scope, span, most),
    CONSTRAINT a_place_of_the_group CHECK (place BETWEEN 1 AND most),
    CONSTRAINT a_year_or_all CHECK ((span = 2) = (year = 0))
);
CREATE INDEX aid_claims_by_application ON aid_claims (application_id, group_code);

-- Which groups a programme names; the terms say the same.
CREATE TABLE program_exclusions (
    program_id uuid NOT NULL,
    group_code text COLLATE "C" NOT NULL,
    PRIMARY KEY (program_id, group_code)
);

-- Nobody is paid who does not hold a place in every group of the programme.  As the owner, who sees every budget.
CREATE FUNCTION require_claims() RETURNS trigger LANGUAGE plpgsql
    SECURITY DEFINER SET search_path = public, pg_temp AS $body$
BEGIN
    IF EXISTS (SELECT FROM budgets b JOIN program_exclusions e USING (program_id)
                WHERE b.budget_id = NEW.budget_id
                  AND NOT EXISTS (SELECT FROM aid_claims c
                                   WHERE c.application_id = NEW.application_id AND c.group_code = e.group_code)) THEN
        RAISE EXCEPTION 'paid without a claim' USING ERRCODE = 'restrict_violation', TABLE = TG_TABLE_NAME;
    END IF;
    RETURN NEW;
END
$body$;
CREATE TRIGGER never_paid_twice BEFORE INSERT ON ledger FOR EACH ROW WHEN (NEW.kind = 5) EXECUTE FUNCTION require_claims();

-- A place is given back only by who was not paid, and handed on to nobody.
CREATE FUNCTION keep_claims_of_the_paid() RETURNS trigger LANGUAGE plpgsql AS $body$
BEGIN
    IF TG_OP = 'UPDATE' OR EXISTS (SELECT FROM ledger WHERE application_id = OLD.application_id AND kind = 5) THEN
        RAISE EXCEPTION 'a claim of who was paid' USING ERRCODE = 'restrict_violation', TABLE = TG_TABLE_NAME;
    END IF;
    RETURN OLD;
END
$body$;
CREATE TRIGGER kept BEFORE UPDATE OR DELETE ON aid_claims FOR EACH ROW EXECUTE FUNCTION keep_claims_of_the_paid();
CREATE TRIGGER never_emptied BEFORE TRUNCATE ON aid_claims EXECUTE FUNCTION refuse_change();
CREATE TRIGGER never_changed BEFORE UPDATE OR DELETE ON program_exclusions FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER never_emptied BEFORE TRUNCATE ON program_exclusions EXECUTE FUNCTION refuse_change();

GRANT SELECT, INSERT, DELETE ON aid_claims TO bangkit_runtime;
GRANT SELECT, INSERT ON program_exclusions TO bangkit_runtime;
