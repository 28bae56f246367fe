-- Businesses that were merged are one: what one of them was given, none of the others can be given again.
CREATE INDEX businesses_by_survivor ON businesses (merged_into) WHERE merged_into IS NOT NULL;

-- These businesses, and all that live on in the same ones, whether merged in one step or in several.
CREATE FUNCTION families_of(ids uuid[]) RETURNS SETOF uuid LANGUAGE sql STABLE AS $body$
    WITH RECURSIVE family (id) AS (
        SELECT unnest(ids)
        UNION
        SELECT near.id FROM family f
         CROSS JOIN LATERAL (
               SELECT b.merged_into AS id FROM businesses b WHERE b.business_id = f.id AND b.merged_into IS NOT NULL
                UNION ALL
               SELECT b.business_id FROM businesses b WHERE b.merged_into = f.id) near)
    SELECT id FROM family
$body$;

-- Whether the business, or its owner, holds more places of a group than it has, together with those that it was merged with:
-- who of them gets it has to be decided first.  As the owner, who sees every application.
CREATE FUNCTION is_doubled(id uuid) RETURNS boolean LANGUAGE sql STABLE
    SECURITY DEFINER SET search_path = public, pg_temp AS $body$
    SELECT EXISTS (SELECT FROM applications a JOIN aid_claims c USING (application_id)
                    WHERE a.application_id = id AND c.scope IN (1, 3)  -- Of an owner, of a business.
                      AND c.most < (SELECT count(*) FROM aid_claims o
                                     WHERE o.group_code = c.group_code AND o.scope = c.scope AND o.year = c.year
                                       AND o.subject = ANY (ARRAY(  -- Along the key.
                                           SELECT c.subject
                                            UNION
                                           SELECT CASE c.scope WHEN 3 THEN b.business_id ELSE b.owner_id END::text
                                             FROM businesses b
                                            WHERE b.business_id IN (SELECT families_of(ARRAY[a.business_id]))))))
$body$;

-- Nothing of that is sent to the bank. (What the bank has done can always be taken down.)
CREATE FUNCTION refuse_doubled() RETURNS trigger LANGUAGE plpgsql AS $body$
BEGIN
    IF is_doubled(NEW.application_id) THEN
        RAISE EXCEPTION 'paid beside a merged business' USING ERRCODE = 'restrict_violation', TABLE = TG_TABLE_NAME;
    END IF;
    RETURN NEW;
END
$body$;
CREATE TRIGGER never_paid_beside_a_merged_one BEFORE INSERT ON payments FOR EACH ROW EXECUTE FUNCTION refuse_doubled();

-- For the owner who was erased: what of theirs is still open.
CREATE INDEX applications_by_owner ON applications (owner_id, application_id);
