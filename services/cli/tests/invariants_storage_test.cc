// Each query of tests/invariants holds for a sound database, and finds what breaks it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "gen/command_migrations.h"
#include "gen/dashboard_migrations.h"
#include "gen/messaging_migrations.h"
#include "gen/registration_migrations.h"
#include "libs/testing/temp_database.h"
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

constexpr const char* kSoundDashboard = R"sql(
UPDATE read_model SET is_complete = true;
INSERT INTO dashboards VALUES ('18', 1, 2), ('18.71', 1, 2), ('17', 4, 0);
INSERT INTO business_counts (region_code, month, kind, scale, condition, change)
SELECT region, month, 1, 1, 1, change
  FROM (VALUES ('18'), ('18.71')) r (region), (VALUES ('2026-01-01'::date, 3), ('2026-02-01', -1)) m (month, change);
INSERT INTO verified_counts VALUES ('18', '2026-01-01', 2, 1), ('18.71', '2026-01-01', 2, 1);
INSERT INTO inbox_offsets (topic, partition, epoch, next_offset, lag) VALUES ('t', 0, 1, 5, 0);
)sql";

/// What breaks an invariant, and which.
struct Breach {
    std::string_view invariant;
    const char* sql;
};

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
    {"one_active_business_per_nib", "UPDATE businesses SET nib = '1'"},
    {"every_nib_is_claimed", "DELETE FROM identity_claims WHERE kind = 2"},
    {"one_nik_per_owner", "INSERT INTO identity_claims VALUES (1, '\\x01dd', b(101))"},
    {"owners_have_businesses", "DELETE FROM owners WHERE owner_id = b(102)"},
    {"owners_have_businesses", "INSERT INTO owners VALUES (b(103), '\\x01', '\\x01', now())"},
    {"nothing_of_the_erased_is_left",
     "UPDATE owners SET wrapped_key = '', personal_data = '', erased_at = now()"
     " WHERE owner_id = b(101)"},
    {"no_file_outlasts_an_erasure",
     "INSERT INTO import_jobs (job_id, subject, roles, regions, file_name, format, dry_run,"
     "                         traceparent, state, created_at, updated_at, destroy_by)"
     " VALUES (b(700), 'x', '', '', '', 1, false, '', 1, now(), now(), now() - interval '2 h')"},
    {"every_change_is_audited", "DELETE FROM audit_entries WHERE method = 'ReportCondition'"},
    {"every_change_is_audited", "DELETE FROM audit_entries WHERE method = 'UpdateBusiness'"},
    {"every_change_is_audited", "DELETE FROM audit_entries WHERE method = 'VerifyBusiness'"},
    {"every_change_is_audited", "UPDATE audit_entries SET outcome = 'OK'"},
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
    {"verified_are_some", "UPDATE verified_counts SET change = 3"},
    {"verified_are_some", "UPDATE verified_counts SET change = -1 WHERE region_code = '18'"},
    {"no_count_was_ever_negative", "UPDATE business_counts SET change = -change"},
    {"everything_is_rendered", "INSERT INTO dirty_dashboards VALUES ('18', 2)"},
    {"everything_is_rendered", "UPDATE read_model SET is_complete = false"}};

const SqlInvariant& Named(std::string_view name) {
    return *std::ranges::find(SqlInvariants(), name, &SqlInvariant::name);
}

class InvariantsTest : public ::testing::Test {
protected:
    InvariantsTest() {
        registration_.Execute(kSoundRegistration);
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
    for (const SqlInvariant& invariant : SqlInvariants()) {
        postgres::Connection connection(DatabaseOf(invariant).owner_dsn());
        const Finding finding = Check(connection, invariant);
        EXPECT_TRUE(finding.holds()) << invariant.name << ": " << finding.Describe();
    }
}

TEST_F(InvariantsTest, EachIsFoundBroken) {
    for (const Breach& breach : kBreaches) {
        const SqlInvariant& invariant = Named(breach.invariant);
        postgres::Connection connection(DatabaseOf(invariant).owner_dsn());
        connection.RunScript("BEGIN");
        connection.RunScript(breach.sql);
        EXPECT_FALSE(Check(connection, invariant).holds()) << invariant.name << ": " << breach.sql;
        connection.RunScript("ROLLBACK");
    }
}

TEST(InvariantsTableTest, NoneIsWithoutABreachThatItFinds) {
    for (const SqlInvariant& invariant : SqlInvariants()) {
        EXPECT_TRUE(std::ranges::any_of(kBreaches, [&](const Breach& breach) {
            return breach.invariant == invariant.name;
        })) << invariant.name;
    }
}

}  // namespace
}  // namespace bangkit::cli
