-- Trusted: the owner of the database may create them.
CREATE EXTENSION IF NOT EXISTS pg_trgm;
CREATE EXTENSION IF NOT EXISTS btree_gin;

-- Which of the permits in details a business has, to filter by. Bit n: Legality n.
ALTER TABLE businesses ADD COLUMN permits smallint NOT NULL DEFAULT 0;

-- The words of a name, each with a region in front: "18.71.05|aminah". In C, so that no other locale gives others.
CREATE FUNCTION words_in(region text, name text) RETURNS text[] LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN string_to_array(region || '|' || replace(lower(name COLLATE "C"), ' ', ' ' || region || '|'), ' ');

-- Words of names in a province, a regency and a district: what lies elsewhere is not read. Entries are gathered and sorted
-- in before they are put where they belong; a search reads what is gathered.
CREATE INDEX businesses_by_word ON businesses
 USING gin (words_in(left(region_code, 2), name), words_in(left(region_code, 5), name), words_in(left(region_code, 8), name))
  WITH (gin_pending_list_limit = 512);

-- The words that there are, by trigrams: how a word that is searched is written in names. Of nobody in particular.
CREATE TABLE name_words (
    province text COLLATE "C" NOT NULL,
    word text COLLATE "C" NOT NULL,
    PRIMARY KEY (province, word)
);
CREATE INDEX name_words_alike ON name_words USING gin (province, word gin_trgm_ops);
INSERT INTO name_words
SELECT DISTINCT left(region_code, 2), word
  FROM businesses, unnest(string_to_array(lower(name COLLATE "C"), ' ')) word
 WHERE word <> '' AND word !~ '[0-9]{4}';

-- What lists look through, with the rights of the owner of the tables: below row-level security no operator but plain
-- comparisons reaches an index, and every row looked at would be checked. What they find is read from businesses, which it
-- protects.
CREATE VIEW listed_businesses AS
SELECT business_id, region_code, merged_into, name, kind, kbli, scale, condition, verification, channels, network_coverage,
       permits | CASE WHEN nib IS NULL THEN 0 ELSE 1 << 1 END | CASE WHEN sealed_npwp IS NULL THEN 0 ELSE 1 << 2 END
           AS legality,
       order_and_deliver, cooperative_affiliation,
       string_to_array(lower(name COLLATE "C"), ' ') AS words,
       words_in(left(region_code, 2), name) AS words_in_province,
       words_in(left(region_code, 5), name) AS words_in_regency,
       words_in(left(region_code, 8), name) AS words_in_district
  FROM businesses;

-- Whose telephone number it is, by keyed hash. Many may have the same one.
CREATE TABLE owner_phones (
    hash bytea NOT NULL,
    owner_id uuid NOT NULL,
    PRIMARY KEY (hash, owner_id)
) WITH (fillfactor = 80);

-- A business moves when somebody says so, or by law on a day before.
ALTER TABLE detail_changes ADD COLUMN region_since date;
UPDATE detail_changes
   SET region_since = (recorded_at AT TIME ZONE 'Asia/Jakarta')::date
 WHERE region_before IS NOT NULL;
ALTER TABLE detail_changes ADD CHECK ((region_before IS NULL) = (region_since IS NULL));
CREATE INDEX detail_changes_moved ON detail_changes (region_before, business_id) WHERE region_before IS NOT NULL;

-- Naik kelas: where it happened, and since when.
CREATE TABLE upgrades (
    business_id uuid NOT NULL,
    version bigint NOT NULL,
    region_code text COLLATE "C" NOT NULL,
    since date NOT NULL,
    recorded_at timestamptz NOT NULL,
    from_scale smallint NOT NULL,
    to_scale smallint NOT NULL CHECK (to_scale > from_scale),
    rule_set text NOT NULL,
    PRIMARY KEY (business_id, version)
);
CREATE INDEX upgrades_by_region ON upgrades (region_code, since, business_id, version);
INSERT INTO upgrades
SELECT s.business_id, s.version, coalesce(moved.region_before, b.region_code), s.valid_from, s.recorded_at,
       before.scale, s.scale, s.rule_set
  FROM scale_history s
  JOIN businesses b USING (business_id)
  CROSS JOIN LATERAL (SELECT scale FROM scale_history
                       WHERE business_id = s.business_id AND version < s.version
                       ORDER BY valid_from DESC, version DESC LIMIT 1) before
  LEFT JOIN LATERAL (SELECT region_before FROM detail_changes
                      WHERE business_id = s.business_id AND version > s.version AND region_before IS NOT NULL
                      ORDER BY version LIMIT 1) moved ON true
 WHERE s.is_upgrade AND s.scale > before.scale;

ALTER TABLE upgrades ENABLE ROW LEVEL SECURITY;
CREATE POLICY what_callers_reach ON upgrades
    USING (current_setting('bangkit.regions', true) = '*'
           OR EXISTS (SELECT FROM unnest(string_to_array(current_setting('bangkit.regions', true), ',')) r
                       WHERE region_code >= r AND region_code < r || '/'));

GRANT SELECT ON listed_businesses TO bangkit_runtime;
GRANT SELECT, INSERT, DELETE ON name_words TO bangkit_runtime;
GRANT SELECT, INSERT, DELETE ON owner_phones TO bangkit_runtime;
GRANT SELECT, INSERT ON upgrades TO bangkit_runtime;
