#pragma once

#include <gtest/gtest.h>
#include <prometheus/registry.h>

#include <memory>
#include <string>
#include <thread>
#include <type_traits>
#include <utility>
#include <vector>

#include "bangkit/aid/v1/loan_service.grpc.pb.h"
#include "bangkit/aid/v1/referral_service.grpc.pb.h"
#include "libs/testing/quiet_logger.h"
#include "libs/timers/timer_thread.h"
#include "services/aid/jobs/loan/subsidy_months.h"
#include "services/aid/jobs/referral/referral_deadlines.h"
#include "services/aid/tests/application/applications_fixture.h"

namespace bangkit::aid {

/// What came of a file of which each line is answered.
template <typename Response>
struct Uploaded {
    std::vector<std::remove_cvref_t<decltype(std::declval<const Response&>().line())>> lines;
    std::remove_cvref_t<decltype(std::declval<const Response&>().summary())> summary;
    std::string status;
};

/// Programmes for partners, a bank that has agreed to them, and applications that go there.
class PartnersTest : public ApplicationsTest {
protected:
    using ReferralStub = v1::ReferralService::Stub;
    using LoanStub = v1::LoanService::Stub;

    /// One server that looks at what is due.
    class Server {
    public:
        explicit Server(const PartnersTest& test) : test_(test), connection_(test.database_.dsn()) {
            connection_.RunScript("SET bangkit.regions = '*'");
        }

        /// Until nothing is due any more.
        void Look() {
            for (timers::Sweep* sweep : {&referral_sweep_, &loan_sweep_}) {
                while (sweep->Turn(connection_, 10)) continue;
            }
        }

    private:
        command::LoopOptions Options(std::string name) const {
            return {.dsn = test_.database_.dsn(), .name = std::move(name), .silence_max = {}};
        }
        command::LoopContext Context() {
            return {.clock = test_.clock_,
                    .logger = logger_,
                    .metrics = metrics_,
                    .failpoints = failpoints_,
                    .on_commit = [] {}};
        }

        const PartnersTest& test_;
        testing::QuietLogger logger_;
        prometheus::Registry metrics_;
        const Failpoints failpoints_;
        postgres::Connection connection_;
        const indonesia::WorkingDays calendar_;
        command::CommandLoop<ReferralUnitOfWork> referrals_{
            Options("referrals"), Context(), [this] { return ReferralUnitOfWork(calendar_); }};
        command::CommandLoop<LoanUnitOfWork> loans_{Options("loans"), Context(),
                                                    [] { return LoanUnitOfWork(); }};
        const timers::Timer deadlines_ = ReferralDeadlines(referrals_);
        const timers::Timer months_ = SubsidyMonths(loans_);
        timers::Sweep referral_sweep_{deadlines_, logger_, metrics_};
        timers::Sweep loan_sweep_{months_, logger_, metrics_};
    };

    static ProgramTerms For(Instrument instrument) {
        ProgramTerms terms = NoDocuments();
        terms.instrument = instrument;
        terms.amount = IsLoan(instrument) ? 50'000'000 : 0;
        terms.approval_bands = {{50'000'000, {ApproverRole::kAgency, ApproverRole::kProvince}}};
        terms.exclusions = {{"MITRA", ExclusionScope::kOwner, ExclusionSpan::kFiscalYear, 1}};
        return terms;
    }
    /// Open, with a budget of so much for the interest of loans.
    std::string ProgramOf(Instrument instrument = Instrument::kInterestFreeLoan,
                          std::int64_t rupiah = 10'000'000) {
        const std::string id = Opened(For(instrument)).program_id();
        Allocated(Allocation(id, IsLoan(instrument) ? rupiah : 0));
        return id;
    }
    v1::MakeAgreementRequest Making(const std::string& program_id, int rate = 600) const {
        v1::MakeAgreementRequest request;
        request.set_request_id(NewId(kNow));
        request.set_program_id(program_id);
        request.set_partner_id(partner_id_);
        request.set_partner_kind(v1::PARTNER_KIND_BANK);
        request.set_partner_name("Bank Contoh");
        request.set_document("MOU-1/2026");
        request.set_answer_days(5);
        request.set_yearly_rate_basis_points(rate);
        request.set_months_max(12);
        return request;
    }
    std::string Make(const v1::MakeAgreementRequest& request, const std::string& token,
                     v1::Agreement* made = nullptr) {
        clock_.Advance(std::chrono::milliseconds(1));  // Ids are in the order of time.
        v1::MakeAgreementResponse response;
        std::string name =
            Call(*referrals_, &ReferralStub::MakeAgreement, request, response, token);
        if (made != nullptr) *made = response.agreement();
        return name;
    }
    std::string Agreed(const std::string& program_id, int rate = 600) {
        v1::Agreement agreement;
        EXPECT_EQ(Make(Making(program_id, rate), province_, &agreement), "OK");
        return agreement.agreement_id();
    }
    /// An application for a loan of so much, whose documents are checked.
    std::string Checked(const std::string& program_id, std::int64_t rupiah = 12'000'000) {
        v1::StartApplicationRequest start;
        start.set_request_id(NewId(kNow));
        start.set_program_id(program_id);
        start.set_business_id(Known().id);
        start.set_amount_rupiah(rupiah);
        v1::StartApplicationResponse started;
        EXPECT_EQ(Call(&ApplicationStub::StartApplication, start, started, officer_), "OK");
        const std::string id = started.application().application_id();
        EXPECT_EQ(Submit(id), "OK");
        EXPECT_EQ(Do(&ApplicationStub::CheckDocuments, id, officer_), "OK");
        return id;
    }
    std::string Approved(const std::string& program_id) {
        const std::string id = Surveyed(program_id, Known().id);
        EXPECT_EQ(Approve(id, province_), "OK");
        return id;
    }
    v1::ReferApplicationRequest Referring(const std::string& application_id,
                                          const std::string& agreement_id) const {
        v1::ReferApplicationRequest request;
        request.set_request_id(NewId(kNow));
        request.set_application_id(application_id);
        request.set_agreement_id(agreement_id);
        request.set_months(12);
        request.set_sent_on("2026-03-02");
        return request;
    }
    std::string Refer(const v1::ReferApplicationRequest& request, const std::string& token,
                      v1::Referral* sent = nullptr) {
        clock_.Advance(std::chrono::milliseconds(1));  // Ids are in the order of time.
        v1::ReferApplicationResponse response;
        std::string name =
            Call(*referrals_, &ReferralStub::ReferApplication, request, response, token);
        if (sent != nullptr) *sent = response.referral();
        return name;
    }
    std::string Sent(const std::string& application_id, const std::string& agreement_id) {
        v1::Referral referral;
        EXPECT_EQ(Refer(Referring(application_id, agreement_id), city_, &referral), "OK");
        return referral.referral_id();
    }
    v1::AnswerReferralRequest Answering(const std::string& referral_id,
                                        bool is_granted = true) const {
        v1::AnswerReferralRequest request;
        request.set_request_id(NewId(kNow));
        request.set_referral_id(referral_id);
        request.set_is_granted(is_granted);
        if (!is_granted) request.add_reasons(v1::REFUSAL_REASON_OTHER_LOANS);
        request.set_answered_on("2026-03-06");
        return request;
    }
    std::string Answer(const v1::AnswerReferralRequest& request, const std::string& token) const {
        v1::AnswerReferralResponse response;
        return Call(*referrals_, &ReferralStub::AnswerReferral, request, response, token);
    }
    v1::Referral ReferralOf(const std::string& id, const std::string& token) const {
        v1::GetReferralRequest request;
        request.set_referral_id(id);
        v1::GetReferralResponse response;
        EXPECT_EQ(Call(*referrals_, &ReferralStub::GetReferral, request, response, token), "OK");
        return response.referral();
    }
    v1::ApplicationState StateOf(const std::string& application_id) const {
        v1::Application application;
        EXPECT_EQ(Get(application_id, province_, &application), "OK");
        return application.state();
    }

    /// A referral whose check was passed, of an application that is approved.
    std::string Passed(const std::string& program, const std::string& agreement) {
        const std::string id = Checked(program);
        std::string referral = Sent(id, agreement);
        EXPECT_EQ(Answer(Answering(referral), bank_), "OK");
        EXPECT_EQ(Do(&ApplicationStub::RecordSurvey, id, surveyor_), "OK");
        EXPECT_EQ(Approve(id, province_), "OK");
        return referral;
    }
    v1::GrantLoanRequest Granting(const std::string& referral_id) const {
        v1::GrantLoanRequest request;
        request.set_request_id(NewId(kNow));
        request.set_referral_id(referral_id);
        request.set_contract_number("PK-7/2026");
        request.set_principal_rupiah(12'000'000);
        request.set_months(4);
        request.set_disbursed_on("2026-03-09");
        return request;
    }
    std::string Grant(const v1::GrantLoanRequest& request, const std::string& token,
                      v1::Loan* granted = nullptr) {
        clock_.Advance(std::chrono::milliseconds(1));  // Ids are in the order of time.
        v1::GrantLoanResponse response;
        std::string name = Call(*loans_, &LoanStub::GrantLoan, request, response, token);
        if (granted != nullptr) *granted = response.loan();
        return name;
    }
    /// 12,000,000 at 6 % in 4 months: 60,000, 45,000, 30,000 and 15,000 of interest.
    std::string Granted(const std::string& program) {
        v1::Loan loan;
        EXPECT_EQ(Grant(Granting(Passed(program, Agreed(program))), bank_, &loan), "OK");
        return loan.loan_id();
    }
    std::string Pay(const std::string& loan_id, const std::string& reference, std::int64_t rupiah,
                    const std::string& token, const std::string& day = "2026-03-10") const {
        v1::RecordInstalmentRequest request;
        request.set_request_id(NewId(kNow));
        request.set_loan_id(loan_id);
        request.set_reference(reference);
        request.set_paid_on(day);
        request.set_amount_rupiah(rupiah);
        v1::RecordInstalmentResponse response;
        return Call(*loans_, &LoanStub::RecordInstalment, request, response, token);
    }

    /// As three servers do it at the same time, until no month is over that is not paid.
    void PayAllMonths() {
        while (Count("loans WHERE due_at <= now()") > 0) {
            std::vector<std::jthread> servers;
            for (int i = 0; i < 3; ++i) servers.emplace_back([&] { Server(*this).Look(); });
        }
    }

    /// A file in pieces: Upload(*loans_, &LoanStub::UploadInstalments, file, token).
    template <typename Stub, typename Request, typename Response>
    Uploaded<Response> Upload(Stub& stub,
                              std::unique_ptr<grpc::ClientReaderWriter<Request, Response>> (
                                  Stub::*method)(grpc::ClientContext*),
                              const std::string& file, const std::string& token,
                              std::size_t piece = 1'000) const {
        grpc::ClientContext context;
        rpc::Prepare(context, token, std::chrono::seconds(60));
        const auto stream = (stub.*method)(&context);
        std::thread writer([&] {
            for (std::size_t begin = 0; begin < file.size(); begin += piece) {
                Request request;
                request.set_content(file.substr(begin, piece));
                if (!stream->Write(request)) return;
            }
            stream->WritesDone();
        });
        Uploaded<Response> uploaded;
        Response response;
        while (stream->Read(&response)) {
            if (response.has_line()) uploaded.lines.push_back(response.line());
            if (response.has_summary()) uploaded.summary = response.summary();
        }
        writer.join();
        uploaded.status = Name(stream->Finish());
        return uploaded;
    }
    static std::string Reference(std::string id) {  // As it stands in files.
        std::erase(id, '-');
        return id;
    }
    /// "changed/unchanged/refused".
    static std::string Totals(const auto& uploaded) {
        EXPECT_EQ(uploaded.status, "OK");
        return std::to_string(uploaded.summary.changed()) + "/" +
               std::to_string(uploaded.summary.unchanged()) + "/" +
               std::to_string(uploaded.summary.refused());
    }

    const std::unique_ptr<ReferralStub> referrals_ = v1::ReferralService::NewStub(channel());
    const std::unique_ptr<LoanStub> loans_ = v1::LoanService::NewStub(channel());
    const std::string partner_id_ = NewId(kNow);
    const std::string bank_ = Token({"partner"}, {}, partner_id_);
    const std::string other_bank_ = Token({"partner"}, {}, NewId(kNow));
};

}  // namespace bangkit::aid
