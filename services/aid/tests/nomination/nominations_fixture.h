#pragma once

#include <gtest/gtest.h>
#include <prometheus/registry.h>

#include <map>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "bangkit/aid/v1/nomination_service.grpc.pb.h"
#include "libs/testing/quiet_logger.h"
#include "libs/timers/timer_thread.h"
#include "services/aid/jobs/nomination/nominee_deadlines.h"
#include "services/aid/tests/application/applications_fixture.h"

namespace bangkit::aid {

/// People who are approved for a programme whose agency decides and pays itself.
class NominationsTest : public ApplicationsTest {
protected:
    using NominationStub = v1::NominationService::Stub;

    static constexpr std::int64_t kGiven = 2'400'000;
    static constexpr const char* kNik = "1871054107909001";

    /// As BPUM: micro businesses, one claim of each owner a year.
    static ProgramTerms Bpum() {
        ProgramTerms terms = NoDocuments();
        terms.name = "BPUM";
        terms.instrument = Instrument::kExternalNomination;
        terms.funding_source = FundingSource::kApbn;
        terms.amount = kGiven;
        terms.exclusions = {{"BPUM", ExclusionScope::kOwner, ExclusionSpan::kFiscalYear, 1}};
        return terms;
    }
    /// Open, with places and no money of ours.
    std::string NewProgram(std::int64_t places = 100) {
        const std::string id = Opened(Bpum()).program_id();
        v1::AllocateBudgetRequest allocation = Allocation(id, 0);
        allocation.set_quota(places);
        budget_ = Allocated(allocation).budget_id();
        return id;
    }

    template <typename Request, typename Response>
    std::string Nominate(grpc::Status (NominationStub::*method)(grpc::ClientContext*,
                                                                const Request&, Response*),
                         const Request& request, Response& response,
                         const std::string& token) const {
        return Call(*stub_, method, request, response, token);
    }
    static v1::NomineeRecord Record(const std::string& nik = kNik) {
        v1::NomineeRecord record;
        record.set_nik(nik);
        record.set_name("Siti Aminah");
        record.set_identity_card_address("Jalan Contoh 1");
        record.set_line_of_business("Warung makan");
        record.set_phone("0812 0000 9001");
        return record;
    }
    std::string State(const std::string& application_id, const std::string& token,
                      const v1::NomineeRecord& record = Record(),
                      v1::NominationScheme scheme = v1::NOMINATION_SCHEME_BPUM_2020) const {
        v1::StateNomineeRecordRequest request;
        request.set_request_id(NewId(kNow));
        request.set_application_id(application_id);
        request.set_scheme(scheme);
        *request.mutable_record() = record;
        v1::StateNomineeRecordResponse response;
        return Nominate(&NominationStub::StateNomineeRecord, request, response, token);
    }
    /// Somebody who can be nominated.
    std::string Ready(const std::string& program_id) {
        clock_.Advance(std::chrono::milliseconds(1));  // Ids are in the order of time.
        const std::string id = Surveyed(program_id, Known().id);
        EXPECT_EQ(Approve(id, province_), "OK");
        EXPECT_EQ(State(id, officer_), "OK");
        return id;
    }
    std::vector<std::string> ManyReady(const std::string& program_id, int count) {
        std::vector<std::string> ids;
        for (int i = 0; i < count; ++i) ids.push_back(Ready(program_id));
        return ids;
    }
    std::string Open(const std::string& program_id, const std::string& token,
                     v1::NominationBatch* opened = nullptr, const std::string& region = "18.71") {
        clock_.Advance(std::chrono::milliseconds(1));  // Ids are in the order of time.
        v1::OpenNominationBatchRequest request;
        request.set_request_id(NewId(kNow));
        request.set_program_id(program_id);
        request.set_region_code(region);
        request.set_scheme(v1::NOMINATION_SCHEME_BPUM_2020);
        v1::OpenNominationBatchResponse response;
        std::string name = Nominate(&NominationStub::OpenNominationBatch, request, response, token);
        if (opened != nullptr) *opened = response.batch();
        return name;
    }
    std::string NewBatch(const std::string& program_id) {
        v1::NominationBatch batch;
        EXPECT_EQ(Open(program_id, city_, &batch), "OK");
        return batch.batch_id();
    }
    std::string Add(const std::string& batch_id, const std::string& token, int most = 0,
                    v1::AddNomineesResponse* added = nullptr) const {
        v1::AddNomineesRequest request;
        request.set_request_id(NewId(kNow));
        request.set_batch_id(batch_id);
        request.set_nominees_max(most);
        v1::AddNomineesResponse response;
        std::string name = Nominate(&NominationStub::AddNominees, request, response, token);
        if (added != nullptr) *added = std::move(response);
        return name;
    }
    std::string Send(const std::string& batch_id, const std::string& token) const {
        v1::SendNominationBatchRequest request;
        request.set_request_id(NewId(kNow));
        request.set_batch_id(batch_id);
        request.set_letter("518/17/2026");
        v1::SendNominationBatchResponse response;
        return Nominate(&NominationStub::SendNominationBatch, request, response, token);
    }
    /// A list of all who are ready, sent.
    std::string Sent(const std::string& program_id) {
        const std::string batch_id = NewBatch(program_id);
        EXPECT_EQ(Add(batch_id, city_), "OK");
        EXPECT_EQ(Send(batch_id, head_), "OK");
        return batch_id;
    }
    std::string OpenWindow(const std::string& batch_id, const std::string& until,
                           const std::string& token) const {
        v1::OpenCorrectionWindowRequest request;
        request.set_request_id(NewId(kNow));
        request.set_batch_id(batch_id);
        request.set_until(until);
        v1::OpenCorrectionWindowResponse response;
        return Nominate(&NominationStub::OpenCorrectionWindow, request, response, token);
    }
    std::string Decree(const std::string& batch_id, const std::string& token) const {
        v1::RecordDecreeRequest request;
        request.set_request_id(NewId(kNow));
        request.set_batch_id(batch_id);
        request.set_decree("SK-7/2026");
        request.set_decreed_on("2026-03-09");
        v1::RecordDecreeResponse response;
        return Nominate(&NominationStub::RecordDecree, request, response, token);
    }
    std::string Withdraw(const std::string& application_id, const std::string& token) const {
        v1::WithdrawNomineeRequest request;
        request.set_request_id(NewId(kNow));
        request.set_application_id(application_id);
        v1::WithdrawNomineeResponse response;
        return Nominate(&NominationStub::WithdrawNominee, request, response, token);
    }
    /// The whole list; or its first refusal, in `name`.
    std::string File(const std::string& batch_id, const std::string& token,
                     std::string* name = nullptr) const {
        v1::DownloadNominationFileRequest request;
        request.set_batch_id(batch_id);
        std::string file;
        for (;;) {
            v1::DownloadNominationFileResponse response;
            const std::string answer =
                Nominate(&NominationStub::DownloadNominationFile, request, response, token);
            if (name != nullptr) *name = answer;
            file += response.content();
            if (response.next_page_token().empty()) return file;
            request.set_page_token(response.next_page_token());
        }
    }
    v1::NominationAnswersSummary Upload(const std::string& file, const std::string& token,
                                        std::vector<v1::NominationAnswerResult>* lines = nullptr,
                                        std::string* status = nullptr) const {
        grpc::ClientContext context;
        rpc::Prepare(context, token, std::chrono::minutes(5));
        const auto stream = stub_->UploadNominationAnswers(&context);
        std::thread writer([&] {
            constexpr std::size_t kPiece = 100'000;
            for (std::size_t begin = 0; begin < file.size(); begin += kPiece) {
                v1::UploadNominationAnswersRequest request;
                request.set_content(file.substr(begin, kPiece));
                if (!stream->Write(request)) return;
            }
            stream->WritesDone();
        });
        v1::NominationAnswersSummary summary;
        v1::UploadNominationAnswersResponse response;
        while (stream->Read(&response)) {
            if (response.has_line() && lines != nullptr) lines->push_back(response.line());
            if (response.has_summary()) summary = response.summary();
        }
        writer.join();
        const std::string name = Name(stream->Finish());
        if (status != nullptr) *status = name;
        return summary;
    }
    /// "changed/unchanged/refused" of a file of these lines.
    std::string Answer(const std::string& lines) const { return Answer(lines, head_); }
    std::string Answer(const std::string& lines, const std::string& token) const {
        const auto summary = Upload("nomor_usulan,status,alasan,nominal\n" + lines, token);
        EXPECT_TRUE(summary.finished());
        return std::to_string(summary.changed()) + "/" + std::to_string(summary.unchanged()) + "/" +
               std::to_string(summary.refused());
    }
    /// As it stands in a list.
    static std::string Reference(std::string application_id, int round = 1) {
        std::erase(application_id, '-');
        return application_id + "-" + std::to_string(round);
    }
    static std::string Line(const std::string& application_id, const std::string& answer,
                            int round = 1) {
        return Reference(application_id, round) + "," + answer + ",\n";
    }
    v1::GetNominationBatchResponse Counted(const std::string& batch_id) const {
        v1::GetNominationBatchRequest request;
        request.set_batch_id(batch_id);
        v1::GetNominationBatchResponse response;
        EXPECT_EQ(
            Nominate(&NominationStub::GetNominationBatch, request, response, Token({"province"})),
            "OK");
        return response;
    }
    std::map<std::string, v1::Nominee> Nominees(const std::string& batch_id) const {
        v1::ListNomineesRequest request;
        request.set_batch_id(batch_id);
        request.set_page_size(200);
        const std::string token = Token({"province"});
        std::map<std::string, v1::Nominee> nominees;
        do {
            v1::ListNomineesResponse page;
            EXPECT_EQ(Nominate(&NominationStub::ListNominees, request, page, token), "OK");
            for (const v1::Nominee& each : page.nominees()) {
                nominees[each.application_id()] = each;
            }
            request.set_page_token(page.next_page_token());
        } while (!request.page_token().empty());
        return nominees;
    }
    v1::ApplicationState StateOf(const std::string& application_id) const {
        v1::Application application;
        EXPECT_EQ(Get(application_id, Token({"province"}), &application), "OK");
        return application.state();
    }

    /// One look of one server at all who were not put right in time. The database's clock is that
    /// of the machine, by which every day of 2026-03 is over.
    void Expire() const {
        testing::QuietLogger logger;
        prometheus::Registry metrics;
        const Failpoints failpoints;
        postgres::Connection connection(database_.dsn());
        connection.RunScript("SET bangkit.regions = '*'");
        command::CommandLoop<NominationUnitOfWork> loop(
            {.dsn = database_.dsn(), .silence_max = {}},
            {.clock = clock_,
             .logger = logger,
             .metrics = metrics,
             .failpoints = failpoints,
             .on_commit = [] {}},
            [this] { return NominationUnitOfWork(keys()); });
        const timers::Timer timer = NomineeDeadlines(loop);
        timers::Sweep sweep(timer, logger, metrics);
        while (sweep.Turn(connection, 100)) continue;
    }
    /// What holds between nominees, applications and lists, at any time.
    void ExpectSettled() const {
        EXPECT_EQ(Count("nominees n JOIN applications a USING (application_id)"
                        " WHERE a.state <> CASE WHEN n.state <= 5 THEN 6 WHEN n.state <= 7 THEN 7"
                        "                       WHEN n.state = 8 THEN 14 ELSE 13 END"),
                  0);
        EXPECT_EQ(Count("nomination_batches b WHERE nominees <> (SELECT count(*) FROM nominees n"
                        "  WHERE n.batch_id = b.batch_id)"),
                  0);
        EXPECT_EQ(Count("nominees n LEFT JOIN (SELECT aggregate_id, count(*) AS events FROM outbox"
                        "  WHERE aggregate_type = 'nominee' GROUP BY aggregate_id) o"
                        " ON o.aggregate_id = n.application_id"
                        " WHERE n.version IS DISTINCT FROM o.events"),
                  0);
        EXPECT_EQ(Count("aid_claims c JOIN nominees n USING (application_id)"
                        " WHERE n.state IN (9, 10)"),
                  0)
            << "who gets nothing has given their place back";
        EXPECT_EQ(Count("budgets b WHERE recipients <> (SELECT sum(l.recipients) FROM ledger l"
                        "  WHERE l.budget_id = b.budget_id)"),
                  0);
    }

    const std::unique_ptr<NominationStub> stub_ = v1::NominationService::NewStub(channel());
    const std::string head_ = Token({"agency"}, {"18.71"}, "kepala");
    std::string budget_;
};

}  // namespace bangkit::aid
