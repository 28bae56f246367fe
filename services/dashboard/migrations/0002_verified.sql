-- How far the data of a business has been checked. Until now nobody could state more than self-declared (1).
ALTER TABLE business_states ADD COLUMN verification smallint NOT NULL DEFAULT 1;

-- By how much the number of businesses that are verified by documents (2) or in the field (3) changed in a month (UTC+7),
-- for every region at every level. The rest is self-declared and not counted here: a registration costs no more than
-- before.
CREATE TABLE verified_counts (
    region_code text COLLATE "C" NOT NULL,
    month date NOT NULL,               -- Its first day.
    level smallint NOT NULL,
    change bigint NOT NULL,
    PRIMARY KEY (region_code, month, level)
) WITH (fillfactor = 70);

GRANT SELECT, INSERT, UPDATE ON verified_counts TO bangkit_runtime;
