-- What a business has that people count: bit n is mark n (domain/business.h). Until now nobody could state any.
ALTER TABLE business_states ADD COLUMN marks smallint NOT NULL DEFAULT 0;

-- By how much the number of businesses with a mark changed in a month (UTC+7), for every region at every level. Few
-- businesses have one: a registration of another costs no more than before.
CREATE TABLE mark_counts (
    region_code text COLLATE "C" NOT NULL,
    month date NOT NULL,               -- Its first day.
    mark smallint NOT NULL,
    change bigint NOT NULL,
    PRIMARY KEY (region_code, month, mark)
) WITH (fillfactor = 70);

GRANT SELECT, INSERT, UPDATE ON mark_counts TO bangkit_runtime;
