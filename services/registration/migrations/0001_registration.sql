-- People behind businesses. What identifies them is sealed with a key of their own, which the master key wraps:
-- destroying wrapped_key erases the person everywhere, backups included.
CREATE TABLE owners (
    owner_id uuid PRIMARY KEY,
    wrapped_key bytea NOT NULL,
    personal_data bytea NOT NULL,      -- Sealed bangkit.registration.v1.OwnerInput.
    created_at timestamptz NOT NULL
);

-- One holder per number, whatever happens at once: whoever is here first. Keyed hashes, so that nobody without the key
-- can try out numbers. A table of its own, because a unique index would have to contain the key of a partitioned table.
CREATE TABLE identity_claims (
    kind smallint NOT NULL,            -- 1: NIK of an owner. 2: NIB of a business. 3: row of an import, a business.
    hash bytea NOT NULL,
    subject_id uuid NOT NULL,
    PRIMARY KEY (kind, hash)
) WITH (fillfactor = 80);

CREATE TABLE businesses (
    business_id uuid PRIMARY KEY,
    version bigint NOT NULL CHECK (version > 0),
    owner_id uuid NOT NULL,
    kind smallint NOT NULL CHECK (kind BETWEEN 1 AND 4),
    name text NOT NULL,
    region_code text COLLATE "C" NOT NULL,
    address text NOT NULL,
    kbli text NOT NULL,
    capital_rupiah bigint CHECK (capital_rupiah >= 0),
    annual_sales_rupiah bigint CHECK (annual_sales_rupiah >= 0),
    scale smallint NOT NULL CHECK (scale BETWEEN 0 AND 4),
    scale_rule_set text NOT NULL,
    scale_since date NOT NULL,
    condition smallint NOT NULL CHECK (condition BETWEEN 1 AND 5),
    condition_since date NOT NULL,
    verification smallint NOT NULL CHECK (verification BETWEEN 1 AND 3),
    channels smallint NOT NULL,        -- Bit n: sells through channel n.
    nib text,
    sealed_npwp bytea,                 -- With the owner's key: the tax number of a resident is the NIK.
    start_date date,
    registered_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL
) WITH (fillfactor = 85);

-- Pages of a region at any level: the codes of all that lies in one are neighbours.
CREATE INDEX businesses_by_region ON businesses (region_code, business_id);
CREATE INDEX businesses_by_owner ON businesses (owner_id);

-- What was stated, when it is valid from and when it was stated: nothing here is ever changed.
CREATE TABLE condition_history (
    business_id uuid NOT NULL,
    version bigint NOT NULL,
    valid_from date NOT NULL,
    recorded_at timestamptz NOT NULL,
    condition smallint NOT NULL,
    monthly_sales_rupiah bigint,
    workers_male integer,
    workers_female integer,
    reasons smallint NOT NULL,         -- Bit n: ConditionReason n.
    reported_by text NOT NULL,
    PRIMARY KEY (business_id, version)
);

CREATE TABLE scale_history (
    business_id uuid NOT NULL,
    version bigint NOT NULL,
    valid_from date NOT NULL,
    recorded_at timestamptz NOT NULL,
    scale smallint NOT NULL,
    rule_set text NOT NULL,
    is_upgrade boolean NOT NULL,       -- Naik kelas.
    capital_rupiah bigint,
    annual_sales_rupiah bigint,
    PRIMARY KEY (business_id, version)
);

-- Reads see the rows of the caller's regions, said in bangkit.regions, and of an owner, said in bangkit.owner; nothing if
-- neither is set. Writers say '*': what a caller may change is decided on the loaded rows.
ALTER TABLE businesses ENABLE ROW LEVEL SECURITY;
CREATE POLICY what_callers_reach ON businesses
    USING (current_setting('bangkit.regions', true) = '*'
           OR owner_id::text = current_setting('bangkit.owner', true)
           OR EXISTS (SELECT FROM unnest(string_to_array(current_setting('bangkit.regions', true), ',')) r
                       WHERE region_code >= r AND region_code < r || '/'));  -- '/' follows '.'.

GRANT SELECT, INSERT ON owners TO bangkit_runtime;
GRANT SELECT, INSERT, UPDATE, DELETE ON identity_claims TO bangkit_runtime;
GRANT SELECT, INSERT, UPDATE ON businesses TO bangkit_runtime;
GRANT SELECT, INSERT ON condition_history, scale_history TO bangkit_runtime;
