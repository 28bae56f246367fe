-- What is never changed is not changed by the owner of the tables either, not even by mistake.
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $body$
BEGIN
    RAISE EXCEPTION 'rows of this table are never changed' USING ERRCODE = 'restrict_violation', TABLE = TG_TABLE_NAME;
END
$body$;

-- Programmes of aid as they are now. All terms are in one message; what lists look for has a column besides.
CREATE TABLE programs (
    program_id uuid PRIMARY KEY,
    version bigint NOT NULL CHECK (version > 0),
    instrument smallint NOT NULL CHECK (instrument BETWEEN 1 AND 7),
    fiscal_year integer NOT NULL,
    region_code text COLLATE "C" NOT NULL,
    state smallint NOT NULL CHECK (state BETWEEN 1 AND 5),
    terms bytea NOT NULL,              -- bangkit.aid.v1.ProgramTerms
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL
) WITH (fillfactor = 85);

-- By which rules something was decided: every set that a programme has ever had.
CREATE TABLE rule_sets (
    program_id uuid NOT NULL,
    rules_version integer NOT NULL CHECK (rules_version > 0),
    rules bytea NOT NULL,              -- bangkit.aid.v1.RuleSet
    recorded_at timestamptz NOT NULL,
    recorded_by text NOT NULL,
    PRIMARY KEY (program_id, rules_version)
);
CREATE TRIGGER never_changed BEFORE UPDATE OR DELETE ON rule_sets FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER never_emptied BEFORE TRUNCATE ON rule_sets EXECUTE FUNCTION refuse_change();

-- What the groups of the matrix of double aid mean; the same for every programme that names them.
CREATE TABLE exclusion_groups (
    code text COLLATE "C" PRIMARY KEY,
    scope smallint NOT NULL CHECK (scope BETWEEN 1 AND 3),
    span smallint NOT NULL CHECK (span BETWEEN 1 AND 2),
    most smallint NOT NULL CHECK (most BETWEEN 1 AND 9)
);
CREATE TRIGGER never_changed BEFORE UPDATE OR DELETE ON exclusion_groups FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER never_emptied BEFORE TRUNCATE ON exclusion_groups EXECUTE FUNCTION refuse_change();

-- Readers see the programmes in their regions, said in bangkit.regions, and around them: a city looks at what its province
-- offers. Writers say '*': what a caller may change is decided on the loaded rows.
ALTER TABLE programs ENABLE ROW LEVEL SECURITY;
CREATE POLICY what_callers_reach ON programs
    USING (current_setting('bangkit.regions', true) = '*'
           OR EXISTS (SELECT FROM unnest(string_to_array(current_setting('bangkit.regions', true), ',')) r
                       WHERE (region_code >= r AND region_code < r || '/')  -- '/' follows '.'.
                          OR starts_with(r, region_code || '.')));

GRANT SELECT, INSERT, UPDATE ON programs TO bangkit_runtime;
GRANT SELECT, INSERT ON rule_sets, exclusion_groups TO bangkit_runtime;
