#pragma once

#include "services/cli/tests/breach.h"

namespace bangkit::cli {

// Besides kSoundAid: of a programme of goods, 11 is approved, 12 was given its five metres and 17
// gave them back; of one of loans 13 has a loan whose first month was paid for, and of 14 the bank
// says nothing; of a nomination 15 waits and 16 is paid. One of two grievances was escalated, and
// of the money of 1 something came back.
inline constexpr const char* kSoundInstruments = R"sql(
ALTER TABLE handovers DISABLE TRIGGER USER;
ALTER TABLE stock_ledger DISABLE TRIGGER USER;
ALTER TABLE loans DISABLE TRIGGER USER;
ALTER TABLE nominees DISABLE TRIGGER USER;
ALTER TABLE refund_cases DISABLE TRIGGER USER;
ALTER TABLE visits DISABLE TRIGGER USER;
INSERT INTO programs
SELECT a(n), 2, instrument, 2026, '18', 2, '', now(), now() FROM (VALUES (710, 2), (730, 3), (750, 6)) u (n, instrument);
INSERT INTO rule_sets SELECT a(n), 1, '', now(), 'kepala' FROM unnest(ARRAY[710, 730, 750]) n;
INSERT INTO application_history (application_id, version, state, recorded_at, recorded_by)
SELECT a(n), place, state, '2026-01-01 00:00Z'::timestamptz + place * interval '1 day',
       CASE WHEN state <= 2 THEN 'petugas' WHEN state = 4 THEN 'penyurvei' ELSE 'kepala' END
  FROM (VALUES (11, '{1,2,3,4,5}'::int[]), (12, '{1,2,3,4,5,6,7}'), (13, '{1,2,3,4,5,6,7}'), (14, '{1,2,3}'),
               (15, '{1,2,3,4,5,6}'), (16, '{1,2,3,4,5,6,7}'), (17, '{1,2,3,4,5,6,7,14}')) u (n, states)
 CROSS JOIN LATERAL unnest(states) WITH ORDINALITY AS each (state, place);
INSERT INTO applications (application_id, version, program_id, business_id, owner_id, household, region_code, state,
                          amount_rupiah, budget_id, entered_by, surveyed_by, approved_by, details, created_at, submitted_at,
                          approved_at, updated_at)
SELECT a(n), v, a(p), a(200 + n), a(300 + n), '', '18.71', s, 0, CASE WHEN n <> 14 THEN a(p - 100) END, 'petugas',
       'penyurvei', CASE WHEN n <> 14 THEN 'kepala' ELSE '' END, '', '2026-01-01 00:00Z', '2026-01-02 00:00Z',
       CASE WHEN n <> 14 THEN '2026-01-05 02:30Z'::timestamptz END, now()
  FROM (VALUES (11, 710, 5, 5), (12, 710, 7, 7), (17, 710, 8, 14), (13, 730, 7, 7), (14, 730, 3, 3), (15, 750, 6, 6),
               (16, 750, 7, 7)) u (n, p, v, s);
INSERT INTO decisions (application_id, version, rules_version, facts, decided_at, decided_by)
SELECT application_id, version, 1, '', now(), recorded_by FROM application_history
 WHERE state IN (2, 5) AND application_id BETWEEN a(11) AND a(17);
INSERT INTO ledger (budget_id, number, kind, from_account, to_account, amount_rupiah, from_balance_rupiah, to_balance_rupiah,
                    recipients, application_id, document, month, posted_at, posted_by)
SELECT a(b), number, kind, from_account, to_account, rupiah, before, after, places, a(n), document, month, '2026-01-01 00:00Z', 'x'
  FROM (VALUES (610, 1, 1, 1, 2, 0, 0, 0, 0, NULL::int, 'DPA', 0), (610, 2, 3, 2, 3, 0, 0, 0, 1, 11, '', 0),
               (610, 3, 3, 2, 3, 0, 0, 0, 1, 12, '', 0), (610, 4, 3, 2, 3, 0, 0, 0, 1, 17, '', 0),
               (610, 5, 5, 3, 4, 0, 0, 0, 0, 12, '', 0), (610, 6, 5, 3, 4, 0, 0, 0, 0, 17, '', 0),
               (610, 7, 6, 4, 5, 0, 0, 0, 0, 17, '', 0),
               (630, 1, 1, 1, 2, 1000, -1000, 1000, 0, NULL, 'DPA', 0), (630, 2, 3, 2, 3, 0, 1000, 0, 1, 13, '', 0),
               (630, 3, 7, 2, 3, 20, 980, 20, 0, 13, '', 0), (630, 4, 5, 3, 4, 0, 20, 0, 0, 13, '', 0),
               (630, 5, 8, 3, 4, 10, 10, 10, 0, 13, '', 1),
               (650, 1, 1, 1, 2, 0, 0, 0, 0, NULL, 'DPA', 0), (650, 2, 3, 2, 3, 0, 0, 0, 1, 15, '', 0),
               (650, 3, 3, 2, 3, 0, 0, 0, 1, 16, '', 0), (650, 4, 5, 3, 4, 0, 0, 0, 0, 16, '', 0))
    l (b, number, kind, from_account, to_account, rupiah, before, after, places, n, document, month);
INSERT INTO budgets (budget_id, version, program_id, region_code, available_rupiah, reserved_rupiah, disbursed_rupiah,
                     returned_rupiah, quota, recipients, postings, updated_at)
VALUES (a(610), 1, a(710), '18', 0, 0, 0, 0, 5, 3, 7, now()), (a(630), 1, a(730), '18', 980, 10, 10, 0, 5, 1, 5, now()),
       (a(650), 1, a(750), '18', 0, 0, 0, 0, 5, 2, 4, now());
INSERT INTO items VALUES (a(720), '18', 'Kain', 1, 2, now(), 'x');
INSERT INTO warehouses VALUES (a(721), 'GDG-1', 'Gudang', '18.71', 2, now(), 'x');
INSERT INTO program_goods VALUES (a(710), a(720), 5);
INSERT INTO stock VALUES (a(722), 7, a(721), a(720), '18.71', 1, 2, 90, 5, 5, 100, now());
INSERT INTO stock_ledger
SELECT a(722), number, kind, from_place, to_place, quantity, before, after, a(n), document, now(), 'x'
  FROM (VALUES (1, 1, 1, 2, 100, -100, 100, NULL::int, 'SJ-1'), (2, 3, 2, 3, 5, 95, 5, 11, ''), (3, 3, 2, 3, 5, 90, 10, 12, ''),
               (4, 3, 2, 3, 5, 85, 15, 17, ''), (5, 5, 3, 4, 5, 10, 5, 12, 'BAST-1'), (6, 5, 3, 4, 5, 5, 10, 17, 'BAST-2'),
               (7, 6, 4, 2, 5, 5, 90, 17, 'RET-1')) l (number, kind, from_place, to_place, quantity, before, after, n, document);
INSERT INTO handovers VALUES (a(12), a(721), 1, 'BAST-1', 1, '\x01', now(), 'penyerah'),
                             (a(17), a(721), 2, 'BAST-2', 1, '\x01', now(), 'penyerah');
INSERT INTO entitlements VALUES (a(890), a(212), a(312), a(891), 1, '18.71', now(), now(), a(12));
INSERT INTO inbox_versions VALUES (a(890), 'enrolment', 'bangkit.training.v1', 1);
INSERT INTO visits (visit_id, version, application_id, program_id, business_id, owner_id, region_code, state, planned_for,
                    planned_by, planned_at, outcome, findings, visited_by, visited_at, is_overdue, updated_at)
VALUES (a(870), 1, a(12), a(710), a(212), a(312), '18.71', 1, '2099-01-01', 'x', now(), NULL, '', '', NULL, false, now()),
       (a(871), 2, a(17), a(710), a(217), a(317), '18.71', 2, '2026-02-01', 'x', now(), 4, '', 'pengawas', now(), false, now());
INSERT INTO refund_cases
VALUES (a(880), 2, a(17), a(710), a(217), '18.71', 2, 1, 0, 0, '2026-03-01', 'x', now(), 'y', now(), false, now()),
       (a(881), 2, a(1), a(700), a(201), '18.71', 1, 1, 100, 40, '2099-03-01', 'x', now(), '', NULL, false, now());
INSERT INTO repayments VALUES ('STS-1', a(881), 40, '2026-01-31 00:00Z', 'x');
INSERT INTO agreements (agreement_id, version, program_id, region_code, partner_id, partner_kind, partner_name, document,
                        answer_days, yearly_rate, months_max, is_ended, made_by, made_at)
VALUES (a(829), 1, a(730), '18', a(828), 1, 'Bank', 'MOU-1', 10, 1200, 12, false, 'x', now());
INSERT INTO referrals (referral_id, version, application_id, agreement_id, partner_id, program_id, business_id, owner_id,
                       region_code, instrument, state, amount_rupiah, form, details, sent_on, answer_due, answered_on,
                       is_silent, escalated_at, due_at, entered_by, created_at, updated_at)
VALUES (a(830), 2, a(13), a(829), a(828), a(730), a(213), a(313), '18.71', 3, 2, 1000, 0, '', '2026-01-01', '2026-01-15',
        '2026-01-11', false, NULL, NULL, 'x', '2026-01-01 00:00Z', now()),
       (a(831), 2, a(14), a(829), a(828), a(730), a(214), a(314), '18.71', 3, 1, 1000, 0, '', '2026-01-01', '2026-01-15', NULL,
        true, '2026-01-16 01:00Z', NULL, 'x', '2026-01-01 00:00Z', now());
INSERT INTO referral_history VALUES (a(830), 1, 1, now(), 'x'), (a(830), 2, 2, '2026-01-11 00:00Z', 'x'),
                                    (a(831), 1, 1, now(), 'x'), (a(831), 2, 1, now(), 'x');
INSERT INTO loans (loan_id, version, application_id, referral_id, agreement_id, partner_id, program_id, business_id, owner_id,
                   region_code, instrument, state, contract_number, principal_rupiah, repaid_rupiah, months, yearly_rate,
                   disbursed_on, budget_id, subsidy_rupiah, subsidy_reserved_rupiah, subsidised_months, due_at,
                   requested_at, granted_at, updated_at)
VALUES (a(840), 3, a(13), a(830), a(829), a(828), a(730), a(213), a(313), '18.71', 3, 1, 'K-1', 1000, 250, 2, 1200,
        '2026-01-20', a(630), 10, 10, 1, '2099-01-01', '2026-01-02 00:00Z', '2026-01-04 00:30Z', now());
INSERT INTO loan_instalments VALUES (a(840), 'R-1', '2026-02-01', 250, 2, '2026-02-01 00:00Z', 'x');
INSERT INTO loan_subsidies VALUES (a(840), 1, '2026-01-20', '2026-02-20', 1000, 10, 3, '2026-02-19 17:00Z');
INSERT INTO nomination_batches (batch_id, version, program_id, region_code, scheme, state, nominees, amount_rupiah, made_by,
                                sent_by, letter, decree, decreed_on, created_at, sent_at, updated_at)
VALUES (a(850), 3, a(750), '18', 1, 2, 2, 2400000, 'pengusul', 'kepala', 'S-1', 'SK-1', '2026-02-01', now(), now(), now());
INSERT INTO nominees (application_id, version, batch_id, number, program_id, business_id, owner_id, region_code, scheme, state,
                      round, reasons, ever_reasons, amount_rupiah, decree, nominated_at, determined_at, paid_at, updated_at)
VALUES (a(15), 1, a(850), 1, a(750), a(215), a(315), '18.71', 1, 1, 1, '', '', 0, '', '2026-01-10 00:00Z', NULL, NULL, now()),
       (a(16), 4, a(850), 2, a(750), a(216), a(316), '18.71', 1, 6, 2, '', '1 6', 2400000, 'SK-1', '2026-01-10 00:00Z',
        '2026-01-12 00:00Z', '2026-01-13 00:00Z', now());
INSERT INTO grievances (grievance_id, version, ticket, service, topic, channel, region_code, is_hidden, class, state, level,
                        escalated_at, is_overdue, is_to_be_evaluated, received_on, filed_at, first_answered_at, due_at,
                        wrapped_key, words, updated_at)
VALUES (a(860), 3, '1', 2, 1, 1, '18.71', false, 1, 2, 2, '2026-01-07 00:00Z', false, true, '2026-01-01',
        '2026-01-01 00:00Z', '2026-02-08 06:00Z', '2099-01-01', '\x01', '\x01', now()),
       (a(861), 1, '2', 1, 1, 1, '18.71', false, NULL, 1, 1, NULL, false, false, '2026-01-01', '2026-01-31 16:00Z', NULL,
        '2099-01-01', '\x01', '\x01', now());
INSERT INTO grievance_history
VALUES (a(860), 1, 1, 1, 1, '2026-01-01 00:00Z', 'x'), (a(860), 2, 5, 1, 2, '2026-01-07 00:00Z', 'x'),
       (a(860), 3, 2, 2, 2, '2026-02-08 06:00Z', 'x'), (a(861), 1, 1, 1, 1, '2026-01-31 16:00Z', 'x');
)sql";

inline constexpr Breach kInstrumentBreaches[] = {
    {"interest_is_paid_month_by_month", "UPDATE loans SET subsidy_rupiah = 11"},
    {"interest_is_paid_month_by_month", "UPDATE loans SET subsidy_reserved_rupiah = 9"},
    {"interest_is_paid_month_by_month", "UPDATE loans SET subsidised_months = 2"},
    {"interest_is_paid_month_by_month",
     "ALTER TABLE loan_subsidies DISABLE TRIGGER USER; UPDATE loan_subsidies SET month = 2"},
    {"interest_is_paid_month_by_month",
     "ALTER TABLE ledger DISABLE TRIGGER USER; DELETE FROM ledger WHERE kind = 8"},
    {"interest_is_paid_month_by_month", "DELETE FROM loans"},
    {"loans_are_repaid_by_their_instalments", "UPDATE loans SET repaid_rupiah = 251"},
    {"loans_are_repaid_by_their_instalments",
     "UPDATE applications SET state = 5 WHERE application_id = a(13)"},
    {"refunds_are_sums_of_repayments",
     "UPDATE refund_cases SET repaid_rupiah = 41 WHERE state = 1"},
    {"refunds_are_sums_of_repayments",
     "UPDATE applications SET state = 7 WHERE application_id = a(17)"},
    {"the_bank_says_what_the_ledger_says",
     "UPDATE refund_cases SET state = 2, repaid_rupiah = 100, decided_by = 'y', decided_at = now()"
     " WHERE refund_id = a(881)"},
    {"what_is_scheduled_is_with_the_bank", "DELETE FROM nominees WHERE state = 1"},
    {"stock_is_what_its_postings_add_up_to", "UPDATE stock SET available = 91"},
    {"stock_is_what_its_postings_add_up_to", "UPDATE stock SET received = 99"},
    {"stock_is_what_its_postings_add_up_to", "UPDATE stock SET version = 8"},
    {"stock_is_what_its_postings_add_up_to", "DELETE FROM stock_ledger WHERE number = 7"},
    {"stock_was_never_below_nothing",
     "ALTER TABLE stock DROP CONSTRAINT never_promised_twice; UPDATE stock SET available = -1"},
    {"stock_was_never_below_nothing", "UPDATE stock_ledger SET quantity = 9 WHERE number = 1"},
    {"stock_was_never_below_nothing", "UPDATE stock_ledger SET to_balance = 6 WHERE number = 2"},
    {"goods_are_where_their_application_says", "DELETE FROM stock_ledger WHERE number = 2"},
    {"goods_are_where_their_application_says",
     "UPDATE applications SET state = 7 WHERE application_id = a(11)"},
    {"goods_are_where_their_application_says",
     "UPDATE stock_ledger SET quantity = 4 WHERE number = 5"},
    {"goods_are_where_their_application_says",
     "DELETE FROM applications WHERE application_id = a(12)"},
    {"receipts_are_without_gaps", "UPDATE warehouses SET handovers = 3"},
    {"receipts_are_without_gaps",
     "ALTER TABLE handovers DISABLE TRIGGER USER; UPDATE handovers SET number = 3 WHERE number = "
     "2"},
    {"receipts_are_without_gaps", "UPDATE stock_ledger SET document = 'BAST-3' WHERE number = 6"},
    {"each_completion_entitles_once",
     "DELETE FROM inbox_versions WHERE aggregate_type = 'enrolment'"},
    {"each_completion_entitles_once",
     "UPDATE applications SET state = 12 WHERE application_id = a(12)"},
    {"referrals_follow_from_history",
     "ALTER TABLE referrals DISABLE TRIGGER USER; UPDATE referrals SET version = 3"},
    {"referrals_follow_from_history",
     "ALTER TABLE referral_history DISABLE TRIGGER USER;"
     "UPDATE referral_history SET state = 3 WHERE state = 2"},
    {"partners_granted_what_was_given", "DELETE FROM loans"},
    {"partners_granted_what_was_given",
     "UPDATE programs SET instrument = 5 WHERE program_id = a(730);"
     "UPDATE applications SET state = 6 WHERE application_id = a(13)"},
    {"partners_granted_what_was_given",
     "UPDATE programs SET instrument = 4 WHERE program_id = a(730);"
     "ALTER TABLE referrals DISABLE TRIGGER USER; UPDATE referrals SET state = 3 WHERE state = 2"},
    {"grievances_follow_from_history", "UPDATE grievances SET version = version + 1"},
    {"grievances_follow_from_history",
     "UPDATE grievances SET level = 2 WHERE grievance_id = a(861)"},
    {"nominees_are_as_far_as_their_applications",
     "UPDATE applications SET state = 5 WHERE application_id = a(15)"},
    {"nominees_are_as_far_as_their_applications",
     "UPDATE applications SET state = 14 WHERE application_id = a(16)"},
    {"nominees_are_as_far_as_their_applications",
     "ALTER TABLE nomination_batches DISABLE TRIGGER USER; UPDATE nomination_batches SET nominees "
     "= 3"},
    {"no_deadline_has_passed_unnoticed",
     "UPDATE grievances SET due_at = now() - interval '61 minutes' WHERE grievance_id = a(861)"},
    {"no_deadline_has_passed_unnoticed", "UPDATE loans SET due_at = now() - interval '61 minutes'"},
    {"no_deadline_has_passed_unnoticed",
     "ALTER TABLE referrals DISABLE TRIGGER USER;"
     "UPDATE referrals SET escalated_at = NULL, is_silent = false,"
     "                     due_at = now() - interval '61 minutes' WHERE state = 1"},
    {"no_deadline_has_passed_unnoticed",
     "UPDATE nominees SET state = 3, due_at = now() - interval '61 minutes' WHERE state = 1"},
    {"no_deadline_has_passed_unnoticed",
     "UPDATE visits SET planned_for = '2026-01-01' WHERE state = 1"},
    {"no_deadline_has_passed_unnoticed",
     "UPDATE refund_cases SET due_on = '2026-03-01' WHERE state = 1"},
    {"each_was_escalated_once",
     "UPDATE grievances SET escalated_at = NULL WHERE grievance_id = a(860)"},
    {"each_was_escalated_once",
     "DROP INDEX grievances_escalated_once;"
     "INSERT INTO grievance_history VALUES (a(860), 4, 5, 2, 2, now(), 'x')"},
    {"each_was_escalated_once",
     "ALTER TABLE referrals DISABLE TRIGGER USER;"
     "UPDATE referrals SET escalated_at = '2026-01-15 16:00Z' WHERE state = 1"}};

}  // namespace bangkit::cli
