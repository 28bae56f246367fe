// Each query of tests/invariants on aid holds for a sound database, and finds what breaks it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "gen/aid_migrations.h"
#include "gen/command_migrations.h"
#include "gen/messaging_migrations.h"
#include "libs/testing/temp_database.h"
#include "services/cli/tests/aid_sample.h"
#include "services/cli/tests/breach.h"
#include "services/cli/tests/instruments_sample.h"
#include "services/cli/verify/invariant.h"

namespace bangkit::cli {
namespace {

constexpr Breach kBreaches[] = {
    {"budgets_are_sums_of_their_postings", "UPDATE budgets SET available_rupiah = 0"},
    {"budgets_are_sums_of_their_postings", "UPDATE budgets SET recipients = 2"},
    {"budgets_are_sums_of_their_postings",
     "ALTER TABLE budgets DISABLE TRIGGER USER; DELETE FROM budgets"},
    {"budgets_are_sums_of_their_postings",
     "ALTER TABLE ledger DISABLE TRIGGER USER; UPDATE ledger SET amount_rupiah = 99"
     " WHERE kind = 5"},
    {"nothing_was_ever_overdrawn",
     "ALTER TABLE budgets DROP CONSTRAINT never_overdrawn;"
     "UPDATE budgets SET available_rupiah = -1"},
    {"nothing_was_ever_overdrawn",
     "ALTER TABLE budgets DROP CONSTRAINT never_more_than_places; UPDATE budgets SET quota = 3"},
    {"nothing_was_ever_overdrawn",
     "ALTER TABLE ledger DISABLE TRIGGER USER; UPDATE ledger SET amount_rupiah = 99"
     " WHERE kind = 1"},
    {"the_ledger_says_what_became_of_each_application",
     "UPDATE applications SET state = 7 WHERE application_id = a(2)"},
    {"the_ledger_says_what_became_of_each_application",
     "UPDATE applications SET amount_rupiah = 99 WHERE application_id = a(1)"},
    {"the_ledger_says_what_became_of_each_application",
     "UPDATE applications SET budget_id = a(99) WHERE application_id = a(1)"},
    {"the_ledger_says_what_became_of_each_application",
     "ALTER TABLE ledger DISABLE TRIGGER USER; DELETE FROM ledger WHERE kind = 4"},
    {"the_ledger_says_what_became_of_each_application",
     "UPDATE applications SET state = 11 WHERE application_id = a(5)"},
    {"balances_follow_from_postings",
     "ALTER TABLE ledger DISABLE TRIGGER USER; UPDATE ledger SET amount_rupiah = 99"
     " WHERE kind = 5"},
    {"balances_follow_from_postings",
     "ALTER TABLE ledger DISABLE TRIGGER USER; UPDATE ledger SET to_balance_rupiah = 99"
     " WHERE number = 2"},
    {"postings_are_without_gaps",
     "ALTER TABLE ledger DISABLE TRIGGER USER; DELETE FROM ledger WHERE number = 3"},
    {"postings_are_without_gaps", "UPDATE budgets SET postings = postings + 1"},
    {"nobody_can_change_the_ledger", "GRANT UPDATE ON ledger TO bangkit_runtime"},
    {"nobody_can_change_the_ledger", "GRANT DELETE ON ledger TO bangkit_runtime"},
    {"nobody_can_change_the_ledger", "DROP TRIGGER never_changed ON ledger"},
    {"nobody_can_change_the_ledger", "ALTER TABLE ledger DISABLE TRIGGER never_emptied"},
    {"a_request_was_run_once", "DELETE FROM audit_entries WHERE request_id = a(900)::text"},
    {"references_are_of_one_application",
     "ALTER TABLE payments DROP CONSTRAINT of_one_application;"
     "UPDATE payments SET reference = 'another' WHERE application_id = a(2)"},
    {"references_are_of_one_application", "UPDATE payments SET attempt = 3 WHERE attempt = 2"},
    {"references_are_of_one_application",
     "DROP INDEX payments_paid_once; UPDATE payments SET state = 3"},
    {"references_are_of_one_application",
     "DROP INDEX payments_one_at_a_time; UPDATE payments SET state = 1"},
    {"the_bank_says_what_the_ledger_says",
     "UPDATE payments SET state = 4 WHERE application_id = a(1)"},
    {"the_bank_says_what_the_ledger_says",
     "UPDATE payments SET state = 3 WHERE application_id = a(2) AND attempt = 2"},
    {"the_bank_says_what_the_ledger_says",
     "UPDATE payments SET amount_rupiah = 99 WHERE state = 3"},
    {"the_bank_says_what_the_ledger_says",
     "ALTER TABLE payment_batches DISABLE TRIGGER USER;"
     "UPDATE payment_batches SET state = 3 WHERE batch_id = a(800)"},
    {"batches_are_sums_of_their_payments",
     "ALTER TABLE payment_batches DISABLE TRIGGER USER;"
     "UPDATE payment_batches SET total_rupiah = 99"},
    {"batches_are_sums_of_their_payments",
     "ALTER TABLE payments DISABLE TRIGGER USER; DELETE FROM payments WHERE number = 2"},
    {"what_is_scheduled_is_with_the_bank",
     "UPDATE applications SET state = 5 WHERE application_id = a(2)"},
    {"what_is_scheduled_is_with_the_bank",
     "UPDATE payments SET state = 4 WHERE application_id = a(2)"},
    {"who_decides_has_made_nothing",
     "ALTER TABLE applications DROP CONSTRAINT maker_is_no_checker;"
     "UPDATE applications SET entered_by = 'kepala' WHERE application_id = a(1)"},
    {"who_decides_has_made_nothing",
     "ALTER TABLE application_history DISABLE TRIGGER USER;"
     "UPDATE application_history SET recorded_by = 'kepala' WHERE state = 4"},
    {"who_decides_has_made_nothing",
     "ALTER TABLE application_history DISABLE TRIGGER USER;"
     "DELETE FROM application_history WHERE state = 5 AND application_id = a(1)"},
    {"who_decides_has_made_nothing",
     "UPDATE applications SET approved_by = 'orang lain' WHERE application_id = a(1)"},
    {"who_decides_has_made_nothing",
     "ALTER TABLE payment_batches DISABLE TRIGGER USER;"
     "ALTER TABLE payment_batches DROP CONSTRAINT maker_is_no_checker;"
     "UPDATE payment_batches SET decided_by = made_by WHERE state = 2"},
    {"decisions_are_kept_with_their_rules",
     "ALTER TABLE decisions DISABLE TRIGGER USER; DELETE FROM decisions WHERE version = 2"},
    {"decisions_are_kept_with_their_rules",
     "ALTER TABLE rule_sets DISABLE TRIGGER USER; DELETE FROM rule_sets"},
    {"nobody_is_paid_beside_what_excludes_it",
     "ALTER TABLE exclusion_groups DISABLE TRIGGER USER;"
     "ALTER TABLE aid_claims DROP CONSTRAINT what_the_group_means;"
     "UPDATE exclusion_groups SET scope = 1, span = 1;"
     "UPDATE applications SET owner_id = a(301) WHERE application_id = a(4)"},
    {"nobody_is_paid_beside_what_excludes_it",
     "UPDATE applications SET business_id = a(201) WHERE application_id = a(4)"},
    {"applications_hold_their_places",
     "ALTER TABLE aid_claims DISABLE TRIGGER USER;"
     "DELETE FROM aid_claims WHERE application_id = a(1)"},
    {"applications_hold_their_places",
     "ALTER TABLE aid_claims DISABLE TRIGGER USER;"
     "UPDATE aid_claims SET subject = a(299)::text WHERE application_id = a(2)"},
    {"applications_hold_their_places",
     "UPDATE applications SET state = 11 WHERE application_id = a(2)"},
    {"no_correction_is_overdue",
     "UPDATE applications SET state = 10, correct_until = '2026-01-31' WHERE state = 11"},
    {"no_key_of_the_erased_is_left", "INSERT INTO owner_keys VALUES (a(309), '\\x01')"},
    {"no_key_of_the_erased_is_left",
     "INSERT INTO bank_accounts VALUES (a(209), a(309), '', now(), 'x')"},
    {"no_key_of_the_erased_is_left", "UPDATE documents SET owner_id = a(309)"},
    {"no_key_of_the_erased_is_left", "UPDATE applications SET owner_id = a(309) WHERE state = 5"},
    {"applications_follow_from_history", "UPDATE applications SET version = version + 1"},
    {"applications_follow_from_history",
     "UPDATE applications SET state = 8 WHERE application_id = a(1)"},
    {"applications_follow_from_history", "DELETE FROM applications WHERE application_id = a(6)"},
    {"versions_of_budgets_are_postings", "UPDATE budgets SET version = 1"},
    {"the_outbox_is_empty",
     "INSERT INTO outbox (aggregate_type, aggregate_id, version, type, payload, traceparent)"
     " VALUES ('budget', a(1), 1, 't', '', '')"},
    {"nothing_is_parked",
     "INSERT INTO inbox_parked (topic, partition, record_offset, aggregate_type, version, type,"
     "                          record_key, headers, payload, error)"
     " VALUES ('t', 0, 1, '', 0, '', '', '{}', '', 'e')"},
    {"nobody_waits_in_vain",
     "INSERT INTO inbox_versions VALUES (a(1), 'business', 't', 2);"
     "INSERT INTO inbox_parked (topic, partition, record_offset, aggregate_type, aggregate_id,"
     "                          version, type, record_key, headers, payload, error, is_due)"
     " VALUES ('t', 0, 1, 'business', a(1), 3, '', '', '{}', '', 'e', false)"},
    {"nothing_lags", "UPDATE inbox_offsets SET lag = 1"}};

std::vector<Breach> AllBreaches() {
    std::vector<Breach> all(std::begin(kBreaches), std::end(kBreaches));
    all.insert(all.end(), std::begin(kInstrumentBreaches), std::end(kInstrumentBreaches));
    return all;
}

class AidInvariantsTest : public ::testing::Test {
protected:
    AidInvariantsTest() {
        aid_.Execute(kSoundAid);
        aid_.Execute(kSoundInstruments);
    }

    testing::TempDatabase aid_{{command::Migrations(), messaging::Migrations(), aid::Migrations()}};
};

TEST_F(AidInvariantsTest, ASoundInstallationBreaksNone) {
    for (const SqlInvariant& invariant : Of({"aid"})) {
        postgres::Connection connection(aid_.owner_dsn());
        const Finding finding = Check(connection, invariant);
        EXPECT_TRUE(finding.holds()) << invariant.name << ": " << finding.Describe();
    }
}

TEST_F(AidInvariantsTest, EachIsFoundBroken) {
    for (const Breach& breach : AllBreaches()) {
        ExpectFound(aid_.owner_dsn(), breach, Of({"aid"}));
    }
}

TEST(AidInvariantsTableTest, NoneIsWithoutABreachThatItFinds) {
    ExpectEachHasABreach(Of({"aid"}), AllBreaches());
}

}  // namespace
}  // namespace bangkit::cli
