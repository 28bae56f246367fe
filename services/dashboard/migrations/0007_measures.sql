-- What every stock, loan, referral, nominee, refund, visit and grievance counts as now: four numbers for each of its
-- measures, which are the measure, the kind, the detail and the value.
CREATE TABLE measured_states (
    aggregate_id uuid PRIMARY KEY,
    region_code text COLLATE "C" NOT NULL,
    measures bigint[] NOT NULL CHECK (cardinality(measures) % 4 = 0)
) WITH (fillfactor = 80);

-- By how much the sum of a measure changed in a month (UTC+7), for every region at every level. Of those from 101 on the detail
-- is a number of hours, and the sum how many took so long.
CREATE TABLE measure_sums (
    region_code text COLLATE "C" NOT NULL,
    month date NOT NULL,               -- Its first day.
    measure smallint NOT NULL,
    kind smallint NOT NULL,
    detail bigint NOT NULL,
    change bigint NOT NULL,
    PRIMARY KEY (region_code, month, measure, kind, detail)
) WITH (fillfactor = 70);

GRANT SELECT, INSERT, UPDATE ON measured_states, measure_sums TO bangkit_runtime;
