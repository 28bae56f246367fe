-- What every need counts as now.
CREATE TABLE need_states (
    need_id uuid PRIMARY KEY,
    region_code text COLLATE "C" NOT NULL,
    topic smallint NOT NULL,
    status smallint NOT NULL
) WITH (fillfactor = 80);

-- By how much the number of needs about something in a status changed in a month (UTC+7), for every region at every level:
-- demand and, accommodated (3), what is done about it.
CREATE TABLE need_counts (
    region_code text COLLATE "C" NOT NULL,
    month date NOT NULL,               -- Its first day.
    topic smallint NOT NULL,
    status smallint NOT NULL,
    change bigint NOT NULL,
    PRIMARY KEY (region_code, month, topic, status)
) WITH (fillfactor = 70);

GRANT SELECT, INSERT, UPDATE ON need_states, need_counts TO bangkit_runtime;
