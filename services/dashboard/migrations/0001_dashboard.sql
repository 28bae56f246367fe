-- The figures as they follow from the events so far. All of it can be built again from the topics.

-- Which building of the figures this is. The number comes from the clock, so that a lost and newly made database is newer
-- than everything that caches still hold of the old one.
CREATE TABLE read_model (
    only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
    generation bigint NOT NULL,
    -- All events that were there when it began are included; never false again but by a rebuild.
    is_complete boolean NOT NULL
);
INSERT INTO read_model (generation, is_complete)
VALUES (extract(epoch FROM clock_timestamp())::bigint, false);

-- What every business counts as now: what an event changes is the difference to it.
CREATE TABLE business_states (
    business_id uuid PRIMARY KEY,
    region_code text COLLATE "C" NOT NULL,
    kind smallint NOT NULL,
    scale smallint NOT NULL,
    condition smallint NOT NULL
) WITH (fillfactor = 80);

-- By how much the number of such businesses changed in a month (UTC+7), for every region at every level. Their number
-- now is the sum over all months; at the end of a month, the sum up to that month.
CREATE TABLE business_counts (
    region_code text COLLATE "C" NOT NULL,
    month date NOT NULL,               -- Its first day.
    kind smallint NOT NULL,
    scale smallint NOT NULL,
    condition smallint NOT NULL,
    change bigint NOT NULL,
    PRIMARY KEY (region_code, month, kind, scale, condition)
) WITH (fillfactor = 70);

-- What happened in a month.
CREATE TABLE month_flows (
    region_code text COLLATE "C" NOT NULL,
    month date NOT NULL,
    registered bigint NOT NULL,
    upgraded bigint NOT NULL,
    PRIMARY KEY (region_code, month)
) WITH (fillfactor = 70);

-- A row per region that ever had a business. These rows and their versions survive a rebuild.
CREATE TABLE dashboards (
    region_code text COLLATE "C" PRIMARY KEY,
    version bigint NOT NULL,           -- Raised by every change of the region's figures.
    businesses bigint NOT NULL         -- The sum of its business_counts.
) WITH (fillfactor = 50);

-- Regions whose figures the cache does not have yet in this version.
CREATE TABLE dirty_dashboards (
    region_code text COLLATE "C" PRIMARY KEY,
    version bigint NOT NULL
) WITH (fillfactor = 50, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000);

GRANT SELECT, UPDATE ON read_model TO bangkit_runtime;
GRANT SELECT, INSERT, UPDATE ON business_states, business_counts, month_flows, dashboards
    TO bangkit_runtime;
GRANT SELECT, INSERT, UPDATE, DELETE ON dirty_dashboards TO bangkit_runtime;
