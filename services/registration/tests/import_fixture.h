#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "libs/crypto/sha256.h"
#include "services/registration/jobs/import_worker.h"
#include "services/registration/tests/server_fixture.h"

namespace bangkit::registration {

/// Jobs over the wire, and workers that work when a test says so.
class ImportJobsTest : public ServerTest {
protected:
    static constexpr std::chrono::minutes kLease{1};
    static constexpr std::size_t kPiece = std::size_t{4} << 10;
    static inline const std::string kHeader =
        "nik,nama_pemilik,nama_usaha,jenis,kode_wilayah,kbli\n";

    static std::string RowOf(int number) {
        return NikOf(number) + ",Siti Aminah,Warung " + std::to_string(number) +
               ",UMKM,36.74.05.1002,4711\n";
    }
    static std::string FileOf(int first, int last) {
        std::string file = kHeader;
        for (int i = first; i <= last; ++i) file += RowOf(i);
        return file;
    }

    static v1::CreateImportJobRequest NewJob(bool dry_run = false) {
        v1::CreateImportJobRequest request;
        request.set_request_id(NewId(kNow));
        request.set_file_name("umkm.csv");
        request.set_format(v1::IMPORT_FILE_FORMAT_CSV);
        request.set_dry_run(dry_run);
        return request;
    }
    std::string Created(const v1::CreateImportJobRequest& request, const std::string& token) {
        clock_.Advance(std::chrono::milliseconds(1));  // Ids are in the order of time.
        v1::CreateImportJobResponse response;
        const grpc::Status status = Call(&ImportStub::CreateImportJob, request, response, token);
        EXPECT_TRUE(status.ok()) << status.error_message();
        return response.job_id();
    }
    std::string Created() { return Created(NewJob(), officer_); }

    static v1::UploadImportFileRequest Piece(const std::string& job, std::int64_t offset,
                                             std::string content, bool last = false) {
        v1::UploadImportFileRequest request;
        request.set_job_id(job);
        request.set_offset(offset);
        request.set_content(std::move(content));
        request.set_last(last);
        return request;
    }
    /// What is answered to each piece: "bytes_accepted", or the reason of its refusal.
    std::vector<std::string> Send(const std::vector<v1::UploadImportFileRequest>& pieces,
                                  const std::string& token) const {
        grpc::ClientContext context;
        rpc::Prepare(context, token, std::chrono::seconds(60));
        const auto stream = import_stub_->UploadImportFile(&context);
        std::jthread writer([&] {
            for (const auto& piece : pieces) {
                if (!stream->Write(piece)) return;
            }
            stream->WritesDone();
        });
        std::vector<std::string> answers;
        v1::UploadImportFileResponse response;
        while (stream->Read(&response)) {
            answers.push_back(response.has_error()
                                  ? bangkit::status::FromProto(response.error()).reason
                                  : std::to_string(response.bytes_accepted()));
        }
        writer.join();
        EXPECT_TRUE(stream->Finish().ok());
        return answers;
    }
    std::vector<std::string> Send(const std::vector<v1::UploadImportFileRequest>& pieces) const {
        return Send(pieces, officer_);
    }
    void Upload(const std::string& job, const std::string& file, const std::string& token) const {
        std::vector<v1::UploadImportFileRequest> pieces;
        for (std::size_t at = 0; at < file.size(); at += kPiece) {
            pieces.push_back(Piece(job, static_cast<std::int64_t>(at), file.substr(at, kPiece),
                                   at + kPiece >= file.size()));
        }
        if (file.empty()) pieces.push_back(Piece(job, 0, "", true));
        ASSERT_EQ(Send(pieces, token).back(), std::to_string(file.size()));
    }
    /// A job with the whole file, that nobody has worked at.
    std::string Uploaded(const std::string& file, bool dry_run = false) {
        const std::string job = Created(NewJob(dry_run), officer_);
        Upload(job, file, officer_);
        return job;
    }

    v1::ImportJob Get(const std::string& job, const std::string& token) const {
        v1::GetImportJobRequest request;
        request.set_job_id(job);
        v1::GetImportJobResponse response;
        const grpc::Status status = Call(&ImportStub::GetImportJob, request, response, token);
        EXPECT_TRUE(status.ok()) << status.error_message();
        return response.job();
    }
    v1::ImportJob Get(const std::string& job) const { return Get(job, officer_); }
    /// "registered/unchanged/failed STATE".
    std::string Summary(const std::string& id) const {
        const v1::ImportJob job = Get(id);
        EXPECT_EQ(job.rows_read(), job.registered() + job.unchanged() + job.failed());
        return std::to_string(job.registered()) + "/" + std::to_string(job.unchanged()) + "/" +
               std::to_string(job.failed()) + " " +
               v1::ImportJobState_Name(job.state()).substr(sizeof "IMPORT_JOB_STATE_" - 1);
    }

    grpc::Status Cancel(const std::string& job, const std::string& token) const {
        v1::CancelImportJobRequest request;
        request.set_request_id(NewId(kNow));
        request.set_job_id(job);
        v1::CancelImportJobResponse response;
        return Call(&ImportStub::CancelImportJob, request, response, token);
    }
    grpc::Status Cancel(const std::string& job) const { return Cancel(job, officer_); }

    /// The whole file of errors.
    std::string Errors(const std::string& job) const {
        v1::DownloadImportErrorsRequest request;
        request.set_job_id(job);
        std::string file;
        for (;;) {
            v1::DownloadImportErrorsResponse response;
            const grpc::Status status =
                Call(&ImportStub::DownloadImportErrors, request, response, officer_);
            EXPECT_TRUE(status.ok()) << status.error_message();
            file += response.content();
            if (response.next_page_token().empty()) return file;
            request.set_page_token(response.next_page_token());
        }
    }

    std::unique_ptr<ImportWorker> NewWorker(std::size_t batch_rows = 7,
                                            std::int64_t turn_rows = 20) {
        return NewWorker(keys_, batch_rows, turn_rows);
    }
    std::unique_ptr<ImportWorker> NewWorker(const crypto::KeyRing& keys, std::size_t batch_rows = 7,
                                            std::int64_t turn_rows = 20) {
        return std::make_unique<ImportWorker>(
            ImportWorkerOptions{.dsn = database_.dsn(),
                                .lease = kLease,
                                .batch_rows = batch_rows,
                                .turn_rows = turn_rows,
                                .retention = kImportRetention},
            ImportWorkerContext{.checks = checks_,
                                .keys = keys,
                                .clock = clock_,
                                .logger = logger_,
                                .metrics = import_metrics_,
                                .failpoints = failpoints_,
                                .on_commit = [this] { on_commit_(); }});
    }
    /// Keeps every batch from going on until it is gone.
    class Barrier {
    public:
        explicit Barrier(const testing::TempDatabase& database)
            : connection_(database.owner_dsn()), transaction_(connection_) {
            transaction_.Run("LOCK TABLE outbox IN ACCESS EXCLUSIVE MODE");
        }

    private:
        postgres::Connection connection_;
        postgres::Transaction transaction_;
    };

    /// Until there is nothing to do.
    void Work() { Work(keys_); }
    void Work(const crypto::KeyRing& keys) {
        const auto worker = NewWorker(keys);
        while (worker->Turn()) {
        }
    }
    /// As if whoever holds it had been silent for too long.
    void ExpireLeases() { database_.Execute("UPDATE import_jobs SET lease_until = '-infinity'"); }

    ImportMetrics import_metrics_{metrics_};
    std::function<void()> on_commit_ = [] {};  // Of workers.
};

}  // namespace bangkit::registration
