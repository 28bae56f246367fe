-- What owners, groups and constituency meetings need (aspirasi).
CREATE TABLE needs (
    need_id uuid PRIMARY KEY,
    version bigint NOT NULL CHECK (version > 0),
    source smallint NOT NULL CHECK (source BETWEEN 1 AND 3),  -- 1: owner. 2: group. 3: constituency meeting.
    business_id uuid,
    owner_id uuid,                     -- Of the business: whose words these are.
    constituency text NOT NULL DEFAULT '',
    held_on date,
    topic smallint NOT NULL CHECK (topic BETWEEN 1 AND 13),
    region_code text COLLATE "C" NOT NULL,
    beneficiaries integer NOT NULL CHECK (beneficiaries > 0),
    wrapped_key bytea NOT NULL,        -- Of the text alone; empty: there is none, or it was destroyed.
    text bytea NOT NULL,               -- Sealed.
    status smallint NOT NULL CHECK (status BETWEEN 1 AND 4),  -- 1: received. 2: verified. 3: accommodated. 4: declined.
    decline_reason smallint CHECK (decline_reason BETWEEN 1 AND 7),
    link_kind smallint CHECK (link_kind BETWEEN 1 AND 2),     -- 1: programme. 2: course.
    link_id uuid,
    stated_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    CHECK ((source = 3) = (business_id IS NULL)),
    CHECK ((source = 3) = (held_on IS NOT NULL)),
    CHECK ((business_id IS NULL) = (owner_id IS NULL)),
    CHECK ((status = 4) = (decline_reason IS NOT NULL)),
    CHECK ((status = 3) = (link_kind IS NOT NULL)),
    CHECK ((link_kind IS NULL) = (link_id IS NULL)),
    CHECK ((wrapped_key = '') = (text = ''))
);
CREATE INDEX needs_by_owner ON needs (owner_id) WHERE owner_id IS NOT NULL;
CREATE INDEX needs_sealed ON needs (need_id) WHERE wrapped_key <> '';

-- What became of them, and by whom; nothing here is ever changed.
CREATE TABLE need_history (
    need_id uuid NOT NULL,
    version bigint NOT NULL,
    status smallint NOT NULL,
    recorded_at timestamptz NOT NULL,
    recorded_by text NOT NULL,
    PRIMARY KEY (need_id, version)
);

-- As with businesses: reads see what lies in the caller's regions, and what is an owner's own.
ALTER TABLE needs ENABLE ROW LEVEL SECURITY;
CREATE POLICY what_callers_reach ON needs
    USING (current_setting('bangkit.regions', true) = '*'
           OR owner_id::text = current_setting('bangkit.owner', true)
           OR EXISTS (SELECT FROM unnest(string_to_array(current_setting('bangkit.regions', true), ',')) r
                       WHERE region_code >= r AND region_code < r || '/'));  -- '/' follows '.'.

GRANT SELECT, INSERT, UPDATE ON needs TO bangkit_runtime;
GRANT SELECT, INSERT ON need_history TO bangkit_runtime;
