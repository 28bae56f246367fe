#pragma once

#include "bangkit/aid/v1/payment_service.grpc.pb.h"
#include "libs/command/command_calls.h"
#include "libs/crypto/key_ring.h"
#include "libs/grpc/handler.h"
#include "services/aid/api/payment/payment_checks.h"
#include "services/aid/storage/payment/payment_file_unit_of_work.h"
#include "services/aid/storage/payment/payment_queries.h"
#include "services/aid/storage/program/program_queries.h"

namespace bangkit::aid {

using BankAccountLoop = command::CommandLoop<BankAccountUnitOfWork>;
using PaymentLoop = command::CommandLoop<PaymentUnitOfWork>;
using PaymentFileLoop = command::CommandLoop<PaymentFileUnitOfWork>;

/// What the handler uses; all of it outlives the server.
struct PaymentContext {
    const rpc::Calls& calls;
    BankAccountLoop& account_loop;
    PaymentLoop& loop;
    PaymentFileLoop& file_loop;
    const PaymentQueries& queries;
    const ProgramQueries& programs;
    const PaymentChecks& checks;
    const crypto::KeyRing& keys;
};

/// Commands go to the loops, reads run in the pool of Calls.
class PaymentHandler final : public v1::PaymentService::CallbackService {
public:
    explicit PaymentHandler(const PaymentContext& context) : context_(context) {}

    grpc::ServerUnaryReactor* StateBankAccount(grpc::CallbackServerContext* context,
                                               const v1::StateBankAccountRequest* request,
                                               v1::StateBankAccountResponse* response) override;
    grpc::ServerUnaryReactor* GetBankAccount(grpc::CallbackServerContext* context,
                                             const v1::GetBankAccountRequest* request,
                                             v1::GetBankAccountResponse* response) override;
    grpc::ServerUnaryReactor* CreatePaymentBatch(grpc::CallbackServerContext* context,
                                                 const v1::CreatePaymentBatchRequest* request,
                                                 v1::CreatePaymentBatchResponse* response) override;
    grpc::ServerUnaryReactor* ReleasePaymentBatch(
        grpc::CallbackServerContext* context, const v1::ReleasePaymentBatchRequest* request,
        v1::ReleasePaymentBatchResponse* response) override;
    grpc::ServerUnaryReactor* DissolvePaymentBatch(
        grpc::CallbackServerContext* context, const v1::DissolvePaymentBatchRequest* request,
        v1::DissolvePaymentBatchResponse* response) override;
    grpc::ServerUnaryReactor* GetPaymentBatch(grpc::CallbackServerContext* context,
                                              const v1::GetPaymentBatchRequest* request,
                                              v1::GetPaymentBatchResponse* response) override;
    grpc::ServerUnaryReactor* ListPaymentBatches(grpc::CallbackServerContext* context,
                                                 const v1::ListPaymentBatchesRequest* request,
                                                 v1::ListPaymentBatchesResponse* response) override;
    grpc::ServerUnaryReactor* ListPayments(grpc::CallbackServerContext* context,
                                           const v1::ListPaymentsRequest* request,
                                           v1::ListPaymentsResponse* response) override;
    grpc::ServerUnaryReactor* DownloadPaymentFile(
        grpc::CallbackServerContext* context, const v1::DownloadPaymentFileRequest* request,
        v1::DownloadPaymentFileResponse* response) override;
    grpc::ServerBidiReactor<v1::UploadPaymentAnswersRequest, v1::UploadPaymentAnswersResponse>*
    UploadPaymentAnswers(grpc::CallbackServerContext* context) override;

private:
    Result<v1::GetBankAccountResponse> Get(const rpc::Call& call,
                                           const v1::GetBankAccountRequest& request) const;
    Result<v1::GetPaymentBatchResponse> Get(const rpc::Call& call,
                                            const v1::GetPaymentBatchRequest& request) const;
    Result<v1::ListPaymentBatchesResponse> List(const rpc::Call& call,
                                                const v1::ListPaymentBatchesRequest& request) const;
    Result<v1::ListPaymentsResponse> List(const rpc::Call& call,
                                          const v1::ListPaymentsRequest& request) const;
    Result<Checked<ReadPaymentFile>> Check(const rpc::Call& call,
                                           const v1::DownloadPaymentFileRequest& request) const;

    const PaymentContext context_;
    const command::CommandCalls<BankAccountUnitOfWork> account_commands_{
        context_.calls, context_.account_loop, context_.keys};
    const command::CommandCalls<PaymentUnitOfWork> commands_{context_.calls, context_.loop,
                                                             context_.keys};
    const command::CommandCalls<PaymentFileUnitOfWork> file_commands_{
        context_.calls, context_.file_loop, context_.keys};
};

}  // namespace bangkit::aid
