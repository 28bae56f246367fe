// Each query of tests/invariants holds for a sound database, and finds what breaks it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "gen/command_migrations.h"
#include "gen/dashboard_migrations.h"
#include "gen/messaging_migrations.h"
#include "gen/registration_migrations.h"
#include "libs/testing/temp_database.h"
#include "services/cli/tests/breach.h"
#include "services/cli/verify/invariant.h"

namespace bangkit::cli {
namespace {

// Two businesses of two owners: one from an import, one that has moved up, stated late that it had
// been affected, was corrected once (and once it was right already), and verified.
constexpr const char* kSoundRegistration = R"sql(
CREATE FUNCTION b(n int) RETURNS uuid LANGUAGE sql IMMUTABLE AS $$
    SELECT ('00000000-0000-7000-8000-' || lpad(n::text, 12, '0'))::uuid $$;
INSERT INTO owners SELECT b(100 + n), '\x01', '\x01', now() FROM generate_series(1, 2) n;
INSERT INTO businesses (business_id, version, owner_id, kind, name, region_code, address, kbli, scale,
                        scale_rule_set, scale_since, condition, condition_since, verification, channels, nib,
                        registered_at, updated_at)
VALUES (b(1), 1, b(101), 1, 'A', '18.71', '', '47', 1, 'PP7_2021', '2026-01-01', 1, '2026-01-01', 1, 0, '1', now(), now()),
       (b(2), 5, b(102), 1, 'B', '18.71', '', '47', 2, 'PP7_2021', '2026-02-01', 1, '2026-01-01', 2, 0, NULL, now(), now());
INSERT INTO condition_history (business_id, version, valid_from, recorded_at, condition, reasons, reported_by)
VALUES (b(1), 1, '2026-01-01', now(), 1, 0, 'x'), (b(2), 1, '2026-01-01', now(), 1, 0, 'x'),
       (b(2), 2, '2025-12-01', now(), 2, 0, 'x');
INSERT INTO scale_history (business_id, version, valid_from, recorded_at, scale, rule_set, is_upgrade)
VALUES (b(1), 1, '2026-01-01', now(), 1, 'PP7_2021', false), (b(2), 1, '2026-01-01', now(), 1, 'PP7_2021', false),
       (b(2), 3, '2026-02-01', now(), 2, 'PP7_2021', true);
INSERT INTO detail_changes VALUES (b(2), 4, now(), 'business.name', NULL, 'x');
INSERT INTO verifications VALUES (b(2), 5, now(), 2, '', 'x');
INSERT INTO upgrades VALUES (b(2), 3, '18.71', '2026-02-01', now(), 1, 2, 'PP7_2021');
INSERT INTO owner_phones VALUES ('\x01ee', b(101)), ('\x02ee', b(101));
INSERT INTO identity_claims VALUES (1, '\x01aa', b(101)), (2, '\x01bb', b(1)), (3, '\x01cc', b(1));
INSERT INTO idempotency (request_id, caller, fingerprint, is_refusal, reply)
VALUES (b(900), 'x', '', false, ''), (b(901), 'x', '', true, '');
INSERT INTO audit_entries (at, actor, roles, method, target, outcome, request_id, traceparent)
VALUES (now(), 'x', '', 'ImportBusinesses', 'business/' || b(1), 'OK', '', ''),
       (now(), 'x', '', 'RegisterBusiness', 'business/' || b(2), 'OK', b(900)::text, ''),
       (now(), 'x', '', 'ReportCondition', 'business/' || b(2), 'OK', '', ''),
       (now(), 'x', '', 'UpdateBusiness', 'business/' || b(2), 'OK', '', ''),
       (now(), 'x', '', 'UpdateBusiness', 'business/' || b(2), 'OK', '', ''),
       (now(), 'x', '', 'VerifyBusiness', 'business/' || b(2), 'OK', '', ''),
       (now(), 'x', '', 'RegisterBusiness', 'business/' || b(3), 'NIK_ALREADY_REGISTERED', b(901)::text, '');
)sql";

// Two businesses of two more owners, one of which was registered twice and lives on in the other.
constexpr const char* kSoundMerge = R"sql(
INSERT INTO owners SELECT b(100 + n), '\x01', '\x01', now() FROM generate_series(4, 5) n;
INSERT INTO businesses (business_id, version, owner_id, kind, name, region_code, address, kbli, scale,
                        scale_rule_set, scale_since, condition, condition_since, verification, channels,
                        registered_at, updated_at, merged_into)
SELECT b(n), 2, b(100 + n), 1, 'A', '18.71', '', '47', 1, 'PP7_2021', '2026-01-01', 1, '2026-01-01', 1, 0, now(), now(),
       CASE n WHEN 5 THEN b(4) END
  FROM generate_series(4, 5) n;
INSERT INTO condition_history (business_id, version, valid_from, recorded_at, condition, reasons, reported_by)
SELECT b(n), 1, '2026-01-01', now(), 1, 0, 'x' FROM generate_series(4, 5) n;
INSERT INTO scale_history (business_id, version, valid_from, recorded_at, scale, rule_set, is_upgrade)
SELECT b(n), 1, '2026-01-01', now(), 1, 'PP7_2021', false FROM generate_series(4, 5) n;
INSERT INTO merges VALUES (b(800), b(4), b(5), 'x', now(), now());
INSERT INTO merge_history SELECT b(n), 2, now(), b(800), b(4), b(5), false, 'x' FROM generate_series(4, 5) n;
INSERT INTO duplicates (duplicate_id, version, first_id, second_id, region_code, score, reasons, state, found_at)
VALUES (b(700), 2, b(4), b(5), '18.71', 90, 0, 4, now());
INSERT INTO duplicate_traits VALUES (b(4), 2, 'a', '', false, '{7}', '{}', '{7}', '{1}');
INSERT INTO duplicate_keys VALUES (7, b(4));
INSERT INTO audit_entries (at, actor, roles, method, target, outcome, request_id, traceparent)
VALUES (now(), 'x', '', 'RegisterBusiness', 'business/' || b(4), 'OK', '', ''),
       (now(), 'x', '', 'RegisterBusiness', 'business/' || b(5), 'OK', '', ''),
       (now(), 'x', '', 'MergeBusinesses', 'business/' || b(5), 'OK', '', '');
)sql";

// A need that was verified, and a device that registered the first business, wrote to it and to its
// owner, and has said something of a business that is still to come.
constexpr const char* kSoundField = R"sql(
INSERT INTO needs (need_id, version, source, business_id, owner_id, topic, region_code, beneficiaries, wrapped_key, text,
                   status, stated_at, updated_at)
VALUES (b(500), 2, 1, b(1), b(101), 7, '18.71', 1, '\x01', '\x01', 2, now(), now());
INSERT INTO need_history VALUES (b(500), 1, 1, now(), 'x'), (b(500), 2, 2, now(), 'x');
INSERT INTO audit_entries (at, actor, roles, method, target, outcome, request_id, traceparent)
VALUES (now(), 'x', '', 'StateNeed', 'need/' || b(500), 'OK', '', ''),
       (now(), 'x', '', 'VerifyNeed', 'need/' || b(500), 'OK', '', '');
INSERT INTO intake_submissions (device_id, sequence, business_id, kind, status, fingerprint, captured_at, clock_suspect,
                                received_at, subject, roles, regions, traceparent, content)
VALUES (b(600), 1, b(1), 1, 1, '', now(), false, now(), 'x', '', '', '', NULL),
       (b(600), 2, b(999), 3, 2, '', now(), false, now(), 'x', '', '', '', '\x01');
INSERT INTO intake_keys VALUES (b(1), '\x01'), (b(101), '\x01');
INSERT INTO intake_writes (write_id, subject_id, field, device_id, sequence, business_id, captured_at, clock_suspect,
                           version, value, blocked, stated_by, recorded_at, is_open)
VALUES (b(601), b(1), 'business.name', b(600), 3, b(1), now(), false, 0, '\x01', '', 'x', now(), true),
       (b(602), b(101), 'owner.phone', b(600), 3, b(1), now(), false, 2, '\x01', '', 'x', now(), false);
)sql";

// A group that one business has joined, and another one joined and left.
constexpr const char* kSoundGroup = R"sql(
INSERT INTO owners VALUES (b(106), '\x01', '\x01', now());
INSERT INTO businesses (business_id, version, owner_id, kind, name, region_code, address, kbli, scale,
                        scale_rule_set, scale_since, condition, condition_since, verification, channels,
                        registered_at, updated_at)
VALUES (b(6), 3, b(106), 4, 'G', '18.71', '', '47', 1, 'PP7_2021', '2026-01-01', 1, '2026-01-01', 1, 0, now(), now());
INSERT INTO condition_history (business_id, version, valid_from, recorded_at, condition, reasons, reported_by)
VALUES (b(6), 1, '2026-01-01', now(), 1, 0, 'x');
INSERT INTO scale_history (business_id, version, valid_from, recorded_at, scale, rule_set, is_upgrade)
VALUES (b(6), 1, '2026-01-01', now(), 1, 'PP7_2021', false);
INSERT INTO group_members VALUES (b(6), b(1), now());
INSERT INTO group_changes VALUES (b(6), 2, now(), ARRAY[b(1), b(2)], '{}', 'x'), (b(6), 3, now(), '{}', ARRAY[b(2)], 'x');
INSERT INTO audit_entries (at, actor, roles, method, target, outcome, request_id, traceparent)
VALUES (now(), 'x', '', 'RegisterBusiness', 'business/' || b(6), 'OK', '', ''),
       (now(), 'x', '', 'ChangeGroupMembers', 'business/' || b(6), 'OK', '', ''),
       (now(), 'x', '', 'ChangeGroupMembers', 'business/' || b(6), 'OK', '', '');
)sql";

constexpr const char* kSoundDashboard = R"sql(
UPDATE read_model SET is_complete = true;
INSERT INTO dashboards VALUES ('18', 1, 2), ('18.71', 1, 2), ('17', 4, 0);
INSERT INTO business_counts (region_code, month, kind, scale, condition, change)
SELECT region, month, 1, 1, 1, change
  FROM (VALUES ('18'), ('18.71')) r (region), (VALUES ('2026-01-01'::date, 3), ('2026-02-01', -1)) m (month, change);
INSERT INTO verified_counts VALUES ('18', '2026-01-01', 2, 1), ('18.71', '2026-01-01', 2, 1);
INSERT INTO need_counts VALUES ('18', '2026-01-01', 7, 1, 1), ('18', '2026-02-01', 7, 1, -1), ('18', '2026-02-01', 7, 2, 1);
INSERT INTO mark_counts VALUES ('18', '2026-01-01', 3, 1), ('18.71', '2026-01-01', 3, 1);
INSERT INTO inbox_offsets (topic, partition, epoch, next_offset, lag) VALUES ('t', 0, 1, 5, 0);
INSERT INTO program_counts VALUES ('18', '2026-01-01', 1, 1, 1), ('18', '2026-02-01', 1, 1, -1), ('18', '2026-02-01', 1, 2, 1);
INSERT INTO allocation_sums VALUES ('18', '2026-01-01', 500), ('18', '2026-02-01', -200);
INSERT INTO application_counts VALUES ('18', '2026-01-01', 2, 3, 300), ('18', '2026-02-01', 2, -1, -100),
                                      ('18', '2026-02-01', 7, 1, 100);
INSERT INTO application_steps VALUES ('18', '2026-01-01', 1, 0, 3), ('18', '2026-02-01', 2, 5, 1), ('18', '2026-02-01', 3, 9, 1);
INSERT INTO measured_states VALUES ('00000000-0000-7000-8000-000000000840', '18', '{11,3,1,2,12,3,1,500}');
INSERT INTO measure_sums
SELECT region, month, measure, 3, 1, change
  FROM (VALUES ('18'), ('ID')) r (region),
       (VALUES ('2026-01-01'::date, 11, 3), ('2026-02-01', 11, -1), ('2026-01-01', 12, 500)) m (month, measure, change);
)sql";

constexpr Breach kBreaches[] = {
    {"a_request_was_run_once", "DELETE FROM audit_entries WHERE request_id = b(901)::text"},
    {"a_request_was_run_once",
     "INSERT INTO audit_entries (at, actor, roles, method, target, outcome, request_id, "
     "traceparent)"
     " SELECT at, actor, roles, method, target, outcome, request_id, traceparent"
     "   FROM audit_entries WHERE request_id = b(900)::text"},
    {"a_request_was_run_once", "UPDATE idempotency SET is_refusal = true"},
    {"versions_are_contiguous", "UPDATE businesses SET version = 2 WHERE business_id = b(1)"},
    {"versions_are_contiguous", "DELETE FROM condition_history WHERE version = 2"},
    {"versions_are_contiguous", "UPDATE scale_history SET version = 4 WHERE version = 3"},
    {"versions_are_contiguous", "DELETE FROM detail_changes"},
    {"versions_are_contiguous", "DELETE FROM verifications"},
    {"statements_belong_to_a_business", "DELETE FROM businesses WHERE business_id = b(1)"},
    {"statements_belong_to_a_business",
     "INSERT INTO verifications VALUES (b(3), 1, now(), 2, '', 'x')"},
    {"statements_belong_to_a_business",
     "INSERT INTO detail_changes VALUES (b(3), 1, now(), '', NULL, 'x')"},
    {"the_present_follows_from_history", "UPDATE businesses SET verification = 3"},
    {"the_present_follows_from_history", "UPDATE businesses SET condition = 2"},
    {"the_present_follows_from_history",
     "UPDATE businesses SET scale = 1 WHERE business_id = b(2)"},
    {"the_outbox_is_empty",
     "INSERT INTO outbox (aggregate_type, aggregate_id, version, type, payload, traceparent)"
     " VALUES ('business', b(1), 1, 't', '', '')"},
    {"claims_have_holders", "UPDATE identity_claims SET subject_id = b(1) WHERE kind = 1"},
    {"claims_have_holders", "UPDATE identity_claims SET subject_id = b(101) WHERE kind = 3"},
    {"one_active_business_per_nib", "UPDATE businesses SET nib = '1' WHERE merged_into IS NULL"},
    {"merged_ids_resolve", "UPDATE businesses SET merged_into = b(5) WHERE business_id = b(4)"},
    {"merged_ids_resolve", "UPDATE businesses SET merged_into = b(99) WHERE business_id = b(5)"},
    {"merged_are_those_of_merges", "UPDATE businesses SET merged_into = NULL"},
    {"merged_are_those_of_merges", "UPDATE merges SET undone_by = 'x', undone_at = now()"},
    {"merged_are_those_of_merges", "DELETE FROM merge_history WHERE business_id = b(4)"},
    {"no_merged_business_holds_a_nib",
     "UPDATE identity_claims SET subject_id = b(5) WHERE kind = 2"},
    {"pairs_are_of_the_registry", "UPDATE duplicates SET second_id = b(99)"},
    {"pairs_are_of_the_registry", "UPDATE duplicate_keys SET business_id = b(99)"},
    {"versions_are_contiguous", "DELETE FROM merge_history WHERE business_id = b(4)"},
    {"statements_belong_to_a_business",
     "UPDATE merge_history SET business_id = b(3) WHERE business_id = b(4)"},
    {"every_change_is_audited", "DELETE FROM audit_entries WHERE method = 'MergeBusinesses'"},
    {"nobody_is_compared_by_what_was_erased",
     "UPDATE businesses SET owner_is_erased = true WHERE business_id = b(4)"},
    {"every_nib_is_claimed", "DELETE FROM identity_claims WHERE kind = 2"},
    {"one_nik_per_owner", "INSERT INTO identity_claims VALUES (1, '\\x01dd', b(101))"},
    {"owners_have_businesses", "DELETE FROM owners WHERE owner_id = b(102)"},
    {"owners_have_businesses", "INSERT INTO owners VALUES (b(103), '\\x01', '\\x01', now())"},
    {"nothing_of_the_erased_is_left",
     "UPDATE owners SET wrapped_key = '', personal_data = '', erased_at = now()"
     " WHERE owner_id = b(101)"},
    {"nothing_of_the_erased_is_left",
     "UPDATE owners SET wrapped_key = '', personal_data = '', erased_at = now()"
     " WHERE owner_id = b(101); DELETE FROM identity_claims;"
     "UPDATE businesses SET name = '', nib = NULL, owner_is_erased = true"
     " WHERE owner_id = b(101)"},
    {"upgrades_follow_from_history", "DELETE FROM upgrades"},
    {"upgrades_follow_from_history", "UPDATE upgrades SET to_scale = 3"},
    {"upgrades_follow_from_history", "UPDATE scale_history SET is_upgrade = false"},
    {"phones_have_owners", "UPDATE owner_phones SET owner_id = b(103)"},
    {"phones_have_owners", "INSERT INTO owner_phones VALUES ('\\x01ff', b(101))"},
    {"every_change_is_audited",
     "UPDATE detail_changes SET region_before = '18.72', region_since = now();"
     "DELETE FROM audit_entries WHERE method = 'UpdateBusiness'"},
    {"no_file_outlasts_an_erasure",
     "INSERT INTO import_jobs (job_id, subject, roles, regions, file_name, format, dry_run,"
     "                         traceparent, state, created_at, updated_at, destroy_by)"
     " VALUES (b(700), 'x', '', '', '', 1, false, '', 1, now(), now(), now() - interval '2 h')"},
    {"every_change_is_audited", "DELETE FROM audit_entries WHERE method = 'ReportCondition'"},
    {"every_change_is_audited", "DELETE FROM audit_entries WHERE method = 'UpdateBusiness'"},
    {"every_change_is_audited", "DELETE FROM audit_entries WHERE method = 'VerifyBusiness'"},
    {"every_change_is_audited", "UPDATE audit_entries SET outcome = 'OK'"},
    {"needs_follow_from_history", "UPDATE needs SET version = 3"},
    {"needs_follow_from_history", "UPDATE need_history SET status = 1 WHERE version = 2"},
    {"needs_follow_from_history", "DELETE FROM needs"},
    {"every_need_is_audited", "DELETE FROM audit_entries WHERE method = 'VerifyNeed'"},
    {"what_devices_registered_is_there",
     "UPDATE intake_submissions SET business_id = b(998) WHERE sequence = 1"},
    {"what_devices_registered_is_there",
     "UPDATE intake_submissions SET business_id = b(1) WHERE sequence = 2"},
    {"what_devices_wrote_can_be_opened", "DELETE FROM intake_keys WHERE subject_id = b(101)"},
    {"what_devices_wrote_can_be_opened", "UPDATE intake_writes SET subject_id = b(1)"},
    {"no_words_of_the_erased_are_left",
     "UPDATE owners SET wrapped_key = '', personal_data = '', erased_at = now()"
     " WHERE owner_id = b(101); DELETE FROM intake_writes"},
    {"no_words_of_the_erased_are_left",
     "UPDATE owners SET wrapped_key = '', personal_data = '', erased_at = now()"
     " WHERE owner_id = b(101); UPDATE needs SET wrapped_key = '', text = ''"},
    {"needs_were_never_negative", "UPDATE need_counts SET change = -change"},
    {"nothing_is_parked",
     "INSERT INTO inbox_parked (topic, partition, record_offset, aggregate_type, version, type,"
     "                          record_key, headers, payload, error)"
     " VALUES ('t', 0, 1, '', 0, '', '', '{}', '', 'e')"},
    {"nobody_waits_in_vain",
     "INSERT INTO inbox_versions VALUES (gen_random_uuid(), 'business', 't', 2);"
     "INSERT INTO inbox_parked (topic, partition, record_offset, aggregate_type, aggregate_id,"
     "                          version, type, record_key, headers, payload, error, is_due)"
     " SELECT 't', 0, 1, 'business', aggregate_id, 3, '', '', '{}', '', 'e', false"
     "   FROM inbox_versions"},
    {"nothing_lags", "UPDATE inbox_offsets SET lag = 1"},
    {"nothing_lags", "UPDATE inbox_offsets SET lag = NULL"},
    {"totals_are_sums", "UPDATE dashboards SET businesses = 3 WHERE region_code = '18'"},
    {"totals_are_sums", "DELETE FROM dashboards WHERE region_code = '18.71'"},
    {"totals_are_sums", "UPDATE dashboards SET businesses = 1 WHERE region_code = '17'"},
    {"marks_are_of_some", "UPDATE mark_counts SET change = 3"},
    {"marks_are_of_some", "UPDATE mark_counts SET change = -1 WHERE region_code = '18'"},
    {"groups_have_members_of_the_registry", "UPDATE group_members SET business_id = b(99)"},
    {"groups_have_members_of_the_registry", "UPDATE group_members SET group_id = b(2)"},
    {"members_follow_from_history", "DELETE FROM group_members"},
    {"members_follow_from_history", "INSERT INTO group_members VALUES (b(6), b(2), now())"},
    {"versions_are_contiguous", "DELETE FROM group_changes WHERE version = 2"},
    {"statements_belong_to_a_business", "UPDATE group_changes SET business_id = b(98)"},
    {"every_change_is_audited", "DELETE FROM audit_entries WHERE method = 'ChangeGroupMembers'"},
    {"verified_are_some", "UPDATE verified_counts SET change = 3"},
    {"verified_are_some", "UPDATE verified_counts SET change = -1 WHERE region_code = '18'"},
    {"no_count_was_ever_negative", "UPDATE business_counts SET change = -change"},
    {"aid_was_never_negative", "UPDATE program_counts SET change = -change"},
    {"aid_was_never_negative", "UPDATE allocation_sums SET change_rupiah = -300"},
    {"aid_was_never_negative", "UPDATE application_counts SET change = -4 WHERE state = 2"},
    {"aid_was_never_negative", "UPDATE application_counts SET change_rupiah = -400"},
    {"steps_are_taken_one_after_the_other", "DELETE FROM application_steps WHERE step = 2"},
    {"steps_are_taken_one_after_the_other", "DELETE FROM application_steps WHERE step = 1"},
    {"steps_are_taken_one_after_the_other", "UPDATE application_steps SET applications = 4"},
    {"measures_are_sums_of_states", "UPDATE measure_sums SET change = 4 WHERE change = 3"},
    {"measures_are_sums_of_states", "UPDATE measured_states SET region_code = '18.71'"},
    {"measures_are_sums_of_states", "UPDATE measured_states SET measures = '{11,3,1,2}'"},
    {"measures_are_sums_of_states", "DELETE FROM measure_sums WHERE region_code = 'ID'"},
    {"measures_were_never_negative", "UPDATE measure_sums SET change = -change"},
    {"everything_is_rendered", "INSERT INTO dirty_dashboards VALUES ('18', 2)"},
    {"everything_is_rendered", "UPDATE read_model SET is_complete = false"}};

const std::vector<SqlInvariant> kOurs = Of({"registration", "dashboard"});

class InvariantsTest : public ::testing::Test {
protected:
    InvariantsTest() {
        registration_.Execute(kSoundRegistration);
        registration_.Execute(kSoundMerge);
        registration_.Execute(kSoundGroup);
        registration_.Execute(kSoundField);
        dashboard_.Execute(kSoundDashboard);
    }

    const testing::TempDatabase& DatabaseOf(const SqlInvariant& invariant) const {
        return invariant.database == "dashboard" ? dashboard_ : registration_;
    }

    testing::TempDatabase registration_{
        {command::Migrations(), messaging::Migrations(), registration::Migrations()}};
    testing::TempDatabase dashboard_{{messaging::Migrations(), dashboard::Migrations()}};
};

TEST_F(InvariantsTest, ASoundInstallationBreaksNone) {
    for (const SqlInvariant& invariant : kOurs) {
        postgres::Connection connection(DatabaseOf(invariant).owner_dsn());
        const Finding finding = Check(connection, invariant);
        EXPECT_TRUE(finding.holds()) << invariant.name << ": " << finding.Describe();
    }
}

TEST_F(InvariantsTest, EachIsFoundBroken) {
    for (const Breach& breach : kBreaches) {
        const auto invariant = std::ranges::find(kOurs, breach.invariant, &SqlInvariant::name);
        ASSERT_NE(invariant, kOurs.end()) << breach.invariant;
        ExpectFound(DatabaseOf(*invariant).owner_dsn(), breach, kOurs);
    }
}

TEST(InvariantsTableTest, NoneIsWithoutABreachThatItFinds) {
    ExpectEachHasABreach(kOurs, kBreaches);
}

}  // namespace
}  // namespace bangkit::cli
