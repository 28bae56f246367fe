-- What every programme, budget and application for aid counts as now.
CREATE TABLE program_states (
    program_id uuid PRIMARY KEY,
    region_code text COLLATE "C" NOT NULL,
    instrument smallint NOT NULL,
    state smallint NOT NULL
) WITH (fillfactor = 80);

CREATE TABLE budget_states (
    budget_id uuid PRIMARY KEY,
    region_code text COLLATE "C" NOT NULL,
    allocated_rupiah bigint NOT NULL
) WITH (fillfactor = 80);

CREATE TABLE application_states (
    application_id uuid PRIMARY KEY,
    region_code text COLLATE "C" NOT NULL,
    state smallint NOT NULL,
    amount_rupiah bigint NOT NULL
) WITH (fillfactor = 80);

-- By how much their numbers, and their rupiah, changed in a month (UTC+7), for every region at every level.
CREATE TABLE program_counts (
    region_code text COLLATE "C" NOT NULL,
    month date NOT NULL,               -- Its first day.
    instrument smallint NOT NULL,
    state smallint NOT NULL,
    change bigint NOT NULL,
    PRIMARY KEY (region_code, month, instrument, state)
) WITH (fillfactor = 70);

CREATE TABLE allocation_sums (
    region_code text COLLATE "C" NOT NULL,
    month date NOT NULL,
    change_rupiah bigint NOT NULL,
    PRIMARY KEY (region_code, month)
) WITH (fillfactor = 70);

CREATE TABLE application_counts (
    region_code text COLLATE "C" NOT NULL,
    month date NOT NULL,
    state smallint NOT NULL,
    change bigint NOT NULL,
    change_rupiah bigint NOT NULL,
    PRIMARY KEY (region_code, month, state)
) WITH (fillfactor = 70);

-- What applications reached in a month, and how many whole hours after they were first submitted: submitted (1), approved
-- (2), paid (3).
CREATE TABLE application_steps (
    region_code text COLLATE "C" NOT NULL,
    month date NOT NULL,
    step smallint NOT NULL,
    hours integer NOT NULL,
    applications bigint NOT NULL,
    PRIMARY KEY (region_code, month, step, hours)
) WITH (fillfactor = 70);

-- Why applications were rejected in a month.
CREATE TABLE rejection_counts (
    region_code text COLLATE "C" NOT NULL,
    month date NOT NULL,
    reason smallint NOT NULL,
    applications bigint NOT NULL,
    PRIMARY KEY (region_code, month, reason)
) WITH (fillfactor = 70);

GRANT SELECT, INSERT, UPDATE ON program_states, budget_states, application_states, program_counts, allocation_sums,
    application_counts, application_steps, rejection_counts TO bangkit_runtime;
