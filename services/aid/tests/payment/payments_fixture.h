#pragma once

#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "services/aid/tests/application/applications_fixture.h"

namespace bangkit::aid {

/// Applications that are approved, of businesses that have bank accounts.
class PaymentsTest : public ApplicationsTest {
protected:
    struct Uploaded {
        std::vector<v1::PaymentAnswerResult> lines;
        v1::PaymentAnswersSummary summary;
        std::string status;
    };

    static v1::BankAccount Account(const std::string& number = "0123456789") {
        v1::BankAccount account;
        account.set_bank_code("BRINIDJA");
        account.set_account_number(number);
        account.set_holder_name("Siti Aminah");
        return account;
    }
    std::string State(const std::string& business_id, const std::string& token,
                      const v1::BankAccount& account = Account()) const {
        v1::StateBankAccountRequest request;
        request.set_request_id(NewId(kNow));
        request.set_business_id(business_id);
        *request.mutable_account() = account;
        v1::StateBankAccountResponse response;
        return Call(&PaymentStub::StateBankAccount, request, response, token);
    }
    /// An application that can be paid.
    std::string Approved(const std::string& program_id, const std::string& business_id) const {
        EXPECT_EQ(State(business_id, officer_), "OK");
        const std::string id = Surveyed(program_id, business_id);
        EXPECT_EQ(Approve(id, province_), "OK");
        return id;
    }
    std::vector<std::string> ManyApproved(const std::string& program_id, int count) {
        std::vector<std::string> ids;
        for (int i = 0; i < count; ++i) {
            clock_.Advance(std::chrono::milliseconds(1));  // Ids are in the order of time.
            ids.push_back(Approved(program_id, Known().id));
        }
        return ids;
    }

    v1::CreatePaymentBatchRequest Creation(const std::string& program_id,
                                           const std::string& region = "18") const {
        v1::CreatePaymentBatchRequest request;
        request.set_request_id(NewId(kNow));
        request.set_program_id(program_id);
        request.set_region_code(region);
        request.mutable_payer()->set_bank_code("BLAMIDJA");
        request.mutable_payer()->set_account_number("3800009000001");
        request.mutable_payer()->set_holder_name("RKUD Provinsi Lampung");
        request.set_execute_on("2026-03-11");
        return request;
    }
    std::string Create(const v1::CreatePaymentBatchRequest& request, const std::string& token,
                       v1::CreatePaymentBatchResponse* created = nullptr) {
        clock_.Advance(std::chrono::milliseconds(1));  // Ids are in the order of time.
        v1::CreatePaymentBatchResponse response;
        std::string name = Call(&PaymentStub::CreatePaymentBatch, request, response, token);
        if (created != nullptr) *created = std::move(response);
        return name;
    }
    v1::PaymentBatch Batched(const std::string& program_id) {
        v1::CreatePaymentBatchResponse created;
        EXPECT_EQ(Create(Creation(program_id), treasurer_, &created), "OK");
        return created.batch();
    }
    template <typename Request, typename Response>
    std::string Decide(grpc::Status (PaymentStub::*method)(grpc::ClientContext*, const Request&,
                                                           Response*),
                       const std::string& batch_id, const std::string& token) const {
        Request request;
        request.set_request_id(NewId(kNow));
        request.set_batch_id(batch_id);
        Response response;
        return Call(method, request, response, token);
    }
    std::string Release(const std::string& batch_id, const std::string& token) const {
        return Decide(&PaymentStub::ReleasePaymentBatch, batch_id, token);
    }
    std::string Dissolve(const std::string& batch_id, const std::string& token) const {
        return Decide(&PaymentStub::DissolvePaymentBatch, batch_id, token);
    }
    v1::PaymentBatch Released(const std::string& program_id) {
        const v1::PaymentBatch batch = Batched(program_id);
        EXPECT_EQ(Release(batch.batch_id(), head_), "OK");
        return batch;
    }
    /// The whole file; or its first refusal, in `name`.
    std::string File(const std::string& batch_id, const std::string& token,
                     std::string* name = nullptr) const {
        v1::DownloadPaymentFileRequest request;
        request.set_batch_id(batch_id);
        std::string file;
        for (;;) {
            v1::DownloadPaymentFileResponse response;
            const std::string answer =
                Call(&PaymentStub::DownloadPaymentFile, request, response, token);
            if (name != nullptr) *name = answer;
            file += response.content();
            if (response.next_page_token().empty()) return file;
            request.set_page_token(response.next_page_token());
        }
    }
    Uploaded Upload(const std::string& file, const std::string& token,
                    std::size_t piece = 1'000) const {
        grpc::ClientContext context;
        rpc::Prepare(context, token, std::chrono::seconds(60));
        const auto stream = payment_stub_->UploadPaymentAnswers(&context);
        std::thread writer([&] {
            for (std::size_t begin = 0; begin < file.size(); begin += piece) {
                v1::UploadPaymentAnswersRequest request;
                request.set_content(file.substr(begin, piece));
                if (!stream->Write(request)) return;
            }
            stream->WritesDone();
        });
        Uploaded uploaded;
        v1::UploadPaymentAnswersResponse response;
        while (stream->Read(&response)) {
            if (response.has_line()) uploaded.lines.push_back(response.line());
            if (response.has_summary()) uploaded.summary = response.summary();
        }
        writer.join();
        uploaded.status = Name(stream->Finish());
        return uploaded;
    }
    /// "changed/unchanged/refused" of a file of these lines.
    std::string Answer(const std::string& lines) const {
        const Uploaded uploaded = Upload("referensi,status,alasan\n" + lines, treasurer_);
        EXPECT_EQ(uploaded.status, "OK");
        EXPECT_TRUE(uploaded.summary.finished());
        return std::to_string(uploaded.summary.changed()) + "/" +
               std::to_string(uploaded.summary.unchanged()) + "/" +
               std::to_string(uploaded.summary.refused());
    }

    v1::ApplicationState StateOf(const std::string& application_id) const {
        v1::Application application;
        EXPECT_EQ(Get(application_id, province_, &application), "OK");
        return application.state();
    }
    std::int64_t Rupiah(const std::string& column) const {
        return database_.Count("SELECT coalesce(sum(" + column + "), 0)::bigint FROM budgets");
    }
    /// What holds between payments, applications and the ledger, at any time.
    void ExpectSettled() const {
        EXPECT_EQ(Count("ledger l WHERE kind = 5 AND 1 <> (SELECT count(*) FROM payments p"
                        "  WHERE p.application_id = l.application_id AND p.state IN (3, 5)"
                        "    AND p.amount_rupiah = l.amount_rupiah)"),
                  0)
            << "what is paid in the ledger is paid by the bank, once";
        EXPECT_EQ(Count("payments p WHERE state IN (3, 5) AND NOT EXISTS (SELECT FROM ledger l"
                        "  WHERE l.application_id = p.application_id AND l.kind = 5)"),
                  0);
        EXPECT_EQ(Count("payments p WHERE (state = 5) <> EXISTS (SELECT FROM ledger l"
                        "  WHERE l.application_id = p.application_id AND l.kind = 6)"
                        "   AND state IN (3, 5)"),
                  0);
        EXPECT_EQ(Count("applications a WHERE state = 6 AND 1 <> (SELECT count(*) FROM payments p"
                        "  WHERE p.application_id = a.application_id AND p.state IN (1, 2))"),
                  0);
        EXPECT_EQ(
            Count("payment_batches b WHERE (payments, total_rupiah) <> (SELECT count(*),"
                  "  sum(amount_rupiah)::bigint FROM payments p WHERE p.batch_id = b.batch_id)"),
            0);
    }

    const std::string treasurer_ = Token({"province"}, {"18"}, "bendahara");
    const std::string head_ = Token({"province"}, {"18"}, "kepala");
};

/// As it stands in files.
inline std::string Reference(std::string application_id) {
    std::erase(application_id, '-');
    return application_id;
}

}  // namespace bangkit::aid
