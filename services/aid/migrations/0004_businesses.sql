-- What registration has published of every business: aid goes on being decided while registration is down. A copy; nothing
-- here is anybody's name or number.
CREATE TABLE businesses (
    business_id uuid PRIMARY KEY,
    version bigint NOT NULL,           -- Of registration's last event.
    owner_id uuid NOT NULL,
    region_code text COLLATE "C" NOT NULL,
    kind smallint NOT NULL,
    scale smallint NOT NULL,           -- 0: not known.
    condition smallint NOT NULL,
    verification smallint NOT NULL,
    kbli_division smallint NOT NULL,   -- 0: not known.
    merged_into uuid,                  -- The business that this one lives on in.
    owner_is_erased boolean NOT NULL,
    updated_at timestamptz NOT NULL
) WITH (fillfactor = 85);

GRANT SELECT, INSERT, UPDATE ON businesses TO bangkit_runtime;
