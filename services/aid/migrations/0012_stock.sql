-- Goods: what agencies hand over, where it lies, and who got it.
CREATE TABLE items (
    item_id uuid PRIMARY KEY,
    region_code text COLLATE "C" NOT NULL,
    name text NOT NULL,
    kind smallint NOT NULL CHECK (kind BETWEEN 1 AND 6),
    unit smallint NOT NULL CHECK (unit BETWEEN 1 AND 6),
    created_at timestamptz NOT NULL,
    created_by text NOT NULL
);
CREATE TRIGGER never_changed BEFORE UPDATE OR DELETE ON items FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER never_emptied BEFORE TRUNCATE ON items EXECUTE FUNCTION refuse_change();

CREATE TABLE warehouses (
    warehouse_id uuid PRIMARY KEY,
    code text COLLATE "C" NOT NULL UNIQUE,
    name text NOT NULL,
    region_code text COLLATE "C" NOT NULL,
    handovers bigint NOT NULL CHECK (handovers >= 0),  -- The number of the last receipt.
    created_at timestamptz NOT NULL,
    created_by text NOT NULL
) WITH (fillfactor = 70);
CREATE TRIGGER never_removed BEFORE DELETE ON warehouses FOR EACH ROW EXECUTE FUNCTION refuse_change();

-- What each recipient of a programme gets; never changed.
CREATE TABLE program_goods (
    program_id uuid NOT NULL,
    item_id uuid NOT NULL REFERENCES items,
    quantity bigint NOT NULL CHECK (quantity > 0),
    PRIMARY KEY (program_id, item_id)
);
CREATE TRIGGER never_changed BEFORE UPDATE OR DELETE ON program_goods FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER never_emptied BEFORE TRUNCATE ON program_goods EXECUTE FUNCTION refuse_change();

-- An item in a warehouse, now: sums of its postings. The constraints hold whatever the service believes: nothing is
-- promised or handed over that is not there.
CREATE TABLE stock (
    stock_id uuid PRIMARY KEY,
    version bigint NOT NULL CHECK (version > 0),       -- The number of the last posting.
    warehouse_id uuid NOT NULL REFERENCES warehouses,
    item_id uuid NOT NULL REFERENCES items,
    region_code text COLLATE "C" NOT NULL,             -- Of the warehouse.
    kind smallint NOT NULL,
    unit smallint NOT NULL,
    available bigint NOT NULL CONSTRAINT never_promised_twice CHECK (available >= 0),
    reserved bigint NOT NULL CONSTRAINT reserved_is_there CHECK (reserved >= 0),
    handed_over bigint NOT NULL CONSTRAINT handed_over_is_gone CHECK (handed_over >= 0),
    received bigint NOT NULL CHECK (received >= 0),    -- Ever.
    updated_at timestamptz NOT NULL,
    UNIQUE (warehouse_id, item_id)
) WITH (fillfactor = 50);
CREATE INDEX stock_by_item ON stock (item_id, region_code);
CREATE TRIGGER never_removed BEFORE DELETE ON stock FOR EACH ROW EXECUTE FUNCTION refuse_change();

-- Every posting: a quantity leaves one place and enters another one. The service may insert, and nobody may change.
CREATE TABLE stock_ledger (
    stock_id uuid NOT NULL,
    number bigint NOT NULL CHECK (number > 0),         -- Without gaps within a stock.
    kind smallint NOT NULL,
    from_place smallint NOT NULL,
    to_place smallint NOT NULL,
    quantity bigint NOT NULL CHECK (quantity > 0),
    from_balance bigint NOT NULL,                      -- What is in the places afterwards.
    to_balance bigint NOT NULL,
    application_id uuid,                               -- NULL: of a receipt or a correction.
    document text NOT NULL,
    posted_at timestamptz NOT NULL,
    posted_by text NOT NULL,
    PRIMARY KEY (stock_id, number),
    CONSTRAINT a_way_that_goods_go CHECK (
        (kind, from_place, to_place) IN ((1, 1, 2), (2, 1, 2), (2, 2, 1), (3, 2, 3), (4, 3, 2), (5, 3, 4), (6, 4, 2))),
    -- Place 1, where goods come from, has what it gave with a minus.
    CONSTRAINT no_place_overdrawn CHECK (
        (from_place = 1 OR from_balance >= 0) AND (to_place = 1 OR to_balance >= 0)),
    CONSTRAINT of_an_application_or_a_document CHECK (
        (kind <= 2) = (application_id IS NULL) AND (kind IN (3, 4) OR document <> ''))
);
-- Of each item, an application is reserved, released, given and given back at most once.
CREATE UNIQUE INDEX stock_ledger_by_application ON stock_ledger (application_id, stock_id, kind) WHERE application_id IS NOT NULL;
CREATE TRIGGER never_changed BEFORE UPDATE OR DELETE ON stock_ledger FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER never_emptied BEFORE TRUNCATE ON stock_ledger EXECUTE FUNCTION refuse_change();

-- Receipts: one for each application, numbered within a warehouse; never changed.
CREATE TABLE handovers (
    application_id uuid PRIMARY KEY,
    warehouse_id uuid NOT NULL REFERENCES warehouses,
    number bigint NOT NULL CHECK (number > 0),
    receipt text COLLATE "C" NOT NULL UNIQUE,
    receiver_kind smallint NOT NULL CHECK (receiver_kind BETWEEN 1 AND 2),
    receiver bytea NOT NULL CHECK (receiver <> ''),    -- bangkit.aid.v1.Receiver, sealed with the owner's key.
    handed_over_at timestamptz NOT NULL,
    handed_over_by text NOT NULL,
    UNIQUE (warehouse_id, number)
);
CREATE TRIGGER never_changed BEFORE UPDATE OR DELETE ON handovers FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER never_emptied BEFORE TRUNCATE ON handovers EXECUTE FUNCTION refuse_change();

-- Behind what the service believes: goods are handed over by somebody who has not approved it, to who was entered in the
-- ledger of the programme (which asks for a place in every group of double aid). As the owner, who sees every application.
CREATE FUNCTION require_approved_handover() RETURNS trigger LANGUAGE plpgsql
    SECURITY DEFINER SET search_path = public, pg_temp AS $body$
BEGIN
    IF NOT EXISTS (SELECT FROM applications a JOIN ledger l USING (application_id)
                    WHERE a.application_id = NEW.application_id AND a.state = 7 AND l.kind = 5
                      AND a.approved_by <> NEW.handed_over_by) THEN
        RAISE EXCEPTION 'handed over without approval' USING ERRCODE = 'restrict_violation', TABLE = TG_TABLE_NAME;
    END IF;
    RETURN NEW;
END
$body$;
CREATE TRIGGER only_the_approved BEFORE INSERT ON handovers FOR EACH ROW EXECUTE FUNCTION require_approved_handover();
CREATE TRIGGER never_beside_a_merged_one BEFORE INSERT ON handovers FOR EACH ROW EXECUTE FUNCTION refuse_doubled();

-- And nothing leaves the warehouse without a receipt.
CREATE FUNCTION require_receipt() RETURNS trigger LANGUAGE plpgsql AS $body$
BEGIN
    IF NOT EXISTS (SELECT FROM handovers h JOIN stock s USING (warehouse_id)
                    WHERE h.application_id = NEW.application_id AND h.receipt = NEW.document AND s.stock_id = NEW.stock_id) THEN
        RAISE EXCEPTION 'handed over without a receipt' USING ERRCODE = 'restrict_violation', TABLE = TG_TABLE_NAME;
    END IF;
    RETURN NEW;
END
$body$;
CREATE TRIGGER only_with_a_receipt BEFORE INSERT ON stock_ledger FOR EACH ROW WHEN (NEW.kind = 5)
    EXECUTE FUNCTION require_receipt();

-- What completed courses entitle to: one for each completion, used once.
CREATE TABLE entitlements (
    enrolment_id uuid PRIMARY KEY,
    business_id uuid NOT NULL,
    owner_id uuid NOT NULL,
    course_id uuid NOT NULL,
    topic smallint NOT NULL CHECK (topic > 0),
    region_code text COLLATE "C" NOT NULL,
    completed_at timestamptz NOT NULL,
    recorded_at timestamptz NOT NULL,
    taken_by uuid UNIQUE                               -- The application that has used it.
);
CREATE INDEX entitlements_by_business ON entitlements (business_id);
CREATE TRIGGER never_removed BEFORE DELETE ON entitlements FOR EACH ROW EXECUTE FUNCTION refuse_change();

-- Kinds of files that show what was done with an application.
ALTER TABLE documents DROP CONSTRAINT documents_kind_check;
ALTER TABLE documents ADD CONSTRAINT documents_kind_check CHECK (kind BETWEEN 1 AND 19);

-- Readers see items and warehouses of their regions, said in bangkit.regions, and around them; stock of their regions.
ALTER TABLE items ENABLE ROW LEVEL SECURITY;
CREATE POLICY what_callers_reach ON items
    USING (current_setting('bangkit.regions', true) = '*'
           OR EXISTS (SELECT FROM unnest(string_to_array(current_setting('bangkit.regions', true), ',')) r
                       WHERE (region_code >= r AND region_code < r || '/')  -- '/' follows '.'.
                          OR starts_with(r, region_code || '.')));
ALTER TABLE warehouses ENABLE ROW LEVEL SECURITY;
CREATE POLICY what_callers_reach ON warehouses
    USING (current_setting('bangkit.regions', true) = '*'
           OR EXISTS (SELECT FROM unnest(string_to_array(current_setting('bangkit.regions', true), ',')) r
                       WHERE (region_code >= r AND region_code < r || '/')  -- '/' follows '.'.
                          OR starts_with(r, region_code || '.')));
ALTER TABLE stock ENABLE ROW LEVEL SECURITY;
CREATE POLICY what_callers_reach ON stock
    USING (current_setting('bangkit.regions', true) = '*'
           OR EXISTS (SELECT FROM unnest(string_to_array(current_setting('bangkit.regions', true), ',')) r
                       WHERE (region_code >= r AND region_code < r || '/')  -- '/' follows '.'.
                          OR starts_with(r, region_code || '.')));

GRANT SELECT, INSERT ON items, program_goods, stock_ledger, handovers TO bangkit_runtime;
GRANT SELECT, INSERT, UPDATE (handovers) ON warehouses TO bangkit_runtime;
GRANT SELECT, INSERT, UPDATE (version, available, reserved, handed_over, received, updated_at) ON stock TO bangkit_runtime;
GRANT SELECT, INSERT, UPDATE (taken_by) ON entitlements TO bangkit_runtime;
