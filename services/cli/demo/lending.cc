#include "services/cli/demo/lending.h"

#include <string>
#include <utility>
#include <vector>

#include "bangkit/aid/v1/application_service.grpc.pb.h"
#include "bangkit/aid/v1/loan_service.grpc.pb.h"
#include "libs/indonesia/format.h"
#include "services/cli/aid/files.h"
#include "services/cli/demo/partners.h"

namespace bangkit::cli {
namespace {

using namespace aid::v1;
using indonesia::FormatNumber;

constexpr const char* kCity = "18.71";
constexpr const char* kTemplate = "PINJAMAN_BANDAR_LAMPUNG";
constexpr std::int64_t kBudget = 250'000'000;
constexpr int kMonths = 10;

// The bank has 90 working days, so that what it is asked now is not overdue before it answers.
constexpr DemoPartner kBank{.id = "01900000-0000-7000-8000-000000009001",
                            .name = "Bank Contoh",
                            .kind = PARTNER_KIND_BANK,
                            .document = "MOU-1/2026",
                            .yearly_rate = 600};
constexpr DemoPartner kSilentBank{.id = "01900000-0000-7000-8000-000000009002",
                                  .name = "Bank Mitra Terdahulu",
                                  .kind = PARTNER_KIND_BANK,
                                  .document = "MOU-1/2025",
                                  .answer_days = 10,
                                  .yearly_rate = 600};

// Days before today.
constexpr int kSentToTheSilent = 60;
constexpr int kSent = 100;
constexpr int kAnswered = 80;
constexpr int kDisbursed = 65;  // Two months are over, and never three.
constexpr int kFirstPaid = 45;

registration::v1::ListBusinessesRequest AffectedOfCity() {
    registration::v1::ListBusinessesRequest list;
    list.set_region_code(kCity);
    list.set_kind(common::v1::BUSINESS_KIND_UMKM);
    list.set_condition(common::v1::BUSINESS_CONDITION_AFFECTED);
    return list;
}

StatedFacts RunningSince2019() {
    StatedFacts facts;
    facts.set_business_started_on("2019-01-01");
    facts.set_has_bank_credit(false);
    return facts;
}

class Lending {
public:
    Lending(Session& session, ProgressLine& line)
        : session_(session),
          line_(line),
          officials_(session, kCity),
          terms_(TermsOf(session, officials_, kTemplate)),
          program_id_(OpenedProgram(session, officials_, terms_, kBudget)),
          desk_(session, officials_,
                {.program_id = program_id_,
                 .amount = kLoanPrincipal,
                 .documents = {terms_.documents().begin(), terms_.documents().end()},
                 .facts = RunningSince2019()}),
          partners_(session, officials_, program_id_) {}

    void Play() {
        Apply();
        line_.Show("loans: the bank");
        HandOver(screened_, kBank, kSent);
        HandOver(silent_, kSilentBank, kSentToTheSilent);
        const std::vector<Applicant> passing(screened_.begin(), screened_.begin() + kLoanPassed);
        partners_.Answer(kBank, passing, ",,," + DaysAgo(session_, kAnswered),
                         "OTHER_LOANS,,," + DaysAgo(session_, kAnswered), line_);
        line_.Show("loans: surveys, approvals, contracts");
        Lend(passing);
        Repay();
    }

private:
    /// All of them apply; of those who were proposed, the agency hands on the first ones.
    void Apply() {
        std::vector<Applicant> all =
            FindApplicants(session_, officials_, AffectedOfCity(), kLoanProposed + kLoanSilent);
        desk_.Find(all);
        line_.Show("loans: applications");
        desk_.Bring(all, APPLICATION_STATE_SUBMITTED);
        for (Applicant& each : all) {
            if (each.number <= kLoanScreened) {
                screened_.push_back(std::move(each));
            } else if (each.number > kLoanProposed) {
                silent_.push_back(std::move(each));
            } else if (each.application.state() == APPLICATION_STATE_SUBMITTED) {
                RejectApplicationRequest reject;
                reject.set_request_id(NewRequestId(session_));
                reject.set_application_id(each.application.application_id());
                reject.add_reasons(REJECTION_REASON_BANK_CREDIT);
                CallAs(officials_.approver, session_.StubOf<aid::v1::ApplicationService>(),
                       &ApplicationService::Stub::RejectApplication, reject);
            }
        }
        desk_.Bring(screened_, APPLICATION_STATE_DOCUMENTS_CHECKED);
        desk_.Bring(silent_, APPLICATION_STATE_DOCUMENTS_CHECKED);
    }

    void HandOver(const std::vector<Applicant>& applicants, const DemoPartner& partner, int days) {
        ReferApplicationRequest wanted;
        wanted.set_agreement_id(partners_.Agree(partner));
        wanted.set_months(kMonths);
        wanted.set_sent_on(DaysAgo(session_, days));
        partners_.Refer(applicants, wanted);
    }

    void Lend(std::vector<Applicant> passing) {
        desk_.Bring(passing, APPLICATION_STATE_SURVEYED);
        desk_.Approve(passing, line_);
        const auto referrals = partners_.Referrals();
        for (const Applicant& each : passing) {
            if (each.application.state() != APPLICATION_STATE_APPROVED) continue;
            GrantLoanRequest grant;
            grant.set_request_id(NewRequestId(session_));
            grant.set_referral_id(referrals.at(each.application.application_id()).referral_id());
            grant.set_contract_number("PK-" + std::to_string(each.number) + "/2026");
            grant.set_principal_rupiah(kLoanPrincipal);
            grant.set_months(kMonths);
            grant.set_disbursed_on(DaysAgo(session_, kDisbursed));
            CallAs(PartnerToken(session_, kBank.id), session_.StubOf<aid::v1::LoanService>(),
                   &LoanService::Stub::GrantLoan, grant);
        }
    }

    /// The first instalment of each, as the bank tells it.
    void Repay() {
        ListLoansRequest list;
        list.set_program_id(program_id_);
        const std::string token = PartnerToken(session_, kBank.id);
        std::string file = "referensi,bukti,tanggal,nominal\n";
        const auto loans = CallAs(token, session_.StubOf<aid::v1::LoanService>(),
                                  &LoanService::Stub::ListLoans, list);
        for (const Loan& loan : loans.loans()) {
            if (loan.repaid_rupiah() > 0) continue;  // A day later, its day would be another.
            std::string reference = loan.loan_id();
            std::erase(reference, '-');
            file += reference + ",BKT-1," + DaysAgo(session_, kFirstPaid) + "," +
                    std::to_string(kLoanPrincipal / kMonths) + "\n";
        }
        const auto summary = UploadAnswers<UploadInstalmentsResponse>(
            UploadInstalmentsRequest(), file, token,
            [this](grpc::ClientContext* context) {
                return session_.StubOf<aid::v1::LoanService>().UploadInstalments(context);
            },
            [](const auto&) {});
        if (summary.refused() > 0) {
            line_.Say(FormatNumber(summary.refused()) + " instalments were refused");
        }
    }

    Session& session_;
    ProgressLine& line_;
    const Officials officials_;
    const ProgramTerms terms_;
    const std::string program_id_;
    ApplicationDesk desk_;
    PartnerDesk partners_;
    std::vector<Applicant> screened_, silent_;
};

}  // namespace

void LendWithoutInterest(Session& session, ProgressLine& line) { Lending(session, line).Play(); }

}  // namespace bangkit::cli
