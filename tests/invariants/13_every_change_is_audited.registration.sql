-- Every command that changed a business left a statement of its own, and one audit entry. (UpdateBusiness and
-- ChangeGroupMembers may find that all is as it was asked for: an entry, and no statement. Businesses of a region that is
-- no more have one entry together, of the region.)
SELECT business_id, s.statements, s.updates, a.entries, a.updates AS update_entries
  FROM (SELECT business_id, count(*) FILTER (WHERE NOT is_update) AS statements,
               count(*) FILTER (WHERE is_update) AS updates
          FROM (SELECT business_id, false AS is_update FROM condition_history
                UNION ALL
                SELECT business_id, false FROM verifications
                UNION ALL
                SELECT business_id, false FROM merge_history WHERE business_id = merged_id
                UNION ALL
                SELECT business_id, true FROM detail_changes d
                 WHERE d.region_before IS NULL
                    OR NOT EXISTS (SELECT FROM audit_entries e
                                    WHERE e.method = 'ApplyRegionChange' AND e.outcome = 'OK' AND e.actor = d.changed_by
                                      AND starts_with(d.region_before || '.', split_part(e.target, '/', 2) || '.'))
                UNION ALL
                SELECT business_id, true FROM group_changes) stated
         GROUP BY business_id) s
  FULL JOIN (SELECT split_part(target, '/', 2)::uuid AS business_id,
                    count(*) FILTER (WHERE method NOT IN ('UpdateBusiness', 'ChangeGroupMembers')) AS entries,
                    count(*) FILTER (WHERE method IN ('UpdateBusiness', 'ChangeGroupMembers')) AS updates
               FROM audit_entries
              WHERE outcome = 'OK' AND target LIKE 'business/%'
              GROUP BY target) a USING (business_id)
 WHERE s.statements IS DISTINCT FROM a.entries OR s.updates > a.updates
