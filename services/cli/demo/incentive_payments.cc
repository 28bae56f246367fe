#include "services/cli/demo/incentive_payments.h"

#include <optional>
#include <vector>

#include "bangkit/aid/v1/application_service.grpc.pb.h"
#include "bangkit/aid/v1/payment_service.grpc.pb.h"
#include "libs/base/ids.h"
#include "libs/identity/policy.h"
#include "libs/indonesia/format.h"
#include "services/cli/aid/payments.h"
#include "services/cli/demo/actors.h"
#include "services/cli/demo/bank.h"

namespace bangkit::cli {
namespace {

using namespace aid::v1;
using indonesia::FormatNumber;

class Treasury {
public:
    Treasury(Session& session, ProgressLine& line, const std::string& program_id)
        : session_(session),
          line_(line),
          program_id_(program_id),
          treasurer_(DemoToken(session, "bendahara-demo", identity::role::kProvince)),
          releaser_(DemoToken(session, "kuasa-anggaran-demo", identity::role::kProvince)) {}

    void Pay() {
        for (const PaymentBatch& batch : Batches()) Finish(batch);
        while (const auto batch = NewBatch()) Finish(*batch);
    }

private:
    std::string NewRequestId() { return NewId(session_.clock().Now()); }

    std::vector<PaymentBatch> Batches() {
        std::vector<PaymentBatch> batches;
        ListPaymentBatchesRequest list;
        list.set_program_id(program_id_);
        do {
            const auto page = CallAs(treasurer_, session_.StubOf<aid::v1::PaymentService>(),
                                     &PaymentService::Stub::ListPaymentBatches, list);
            batches.insert(batches.end(), page.batches().begin(), page.batches().end());
            list.set_page_token(page.next_page_token());
        } while (!list.page_token().empty());
        return batches;
    }

    /// nullopt: everything that was approved is in a batch.
    std::optional<PaymentBatch> NewBatch() {
        ListApplicationsRequest list;
        list.set_program_id(program_id_);
        list.set_state(APPLICATION_STATE_APPROVED);
        list.set_page_size(1);
        if (CallAs(treasurer_, session_.StubOf<aid::v1::ApplicationService>(),
                   &ApplicationService::Stub::ListApplications, list)
                .applications()
                .empty()) {
            return std::nullopt;
        }
        CreatePaymentBatchRequest create;
        create.set_request_id(NewRequestId());
        create.set_program_id(program_id_);
        create.set_region_code(kDemoProvince);
        create.mutable_payer()->set_bank_code("CONTIDJA");
        create.mutable_payer()->set_account_number("1000000018");
        create.mutable_payer()->set_holder_name("Kas Daerah Provinsi Contoh");
        create.set_execute_on(indonesia::FormatDate(indonesia::LocalDate(session_.clock().Now())));
        return CallAs(treasurer_, session_.StubOf<aid::v1::PaymentService>(),
                      &PaymentService::Stub::CreatePaymentBatch, create)
            .batch();
    }

    /// Released, sent, and answered by the bank.
    void Finish(const PaymentBatch& batch) {
        if (batch.state() == PAYMENT_BATCH_STATE_DISSOLVED) return;
        if (batch.state() == PAYMENT_BATCH_STATE_PROPOSED) {
            ReleasePaymentBatchRequest release;
            release.set_request_id(NewRequestId());
            release.set_batch_id(batch.batch_id());
            CallAs(releaser_, session_.StubOf<aid::v1::PaymentService>(),
                   &PaymentService::Stub::ReleasePaymentBatch, release);
        }
        GetPaymentBatchRequest get;
        get.set_batch_id(batch.batch_id());
        const PaymentCounts counts = CallAs(treasurer_, session_.StubOf<aid::v1::PaymentService>(),
                                            &PaymentService::Stub::GetPaymentBatch, get)
                                         .counts();
        if (counts.waiting() + counts.accepted() == 0) return;
        const std::string answers =
            AnswersOfBank(DownloadPaymentFile(session_, treasurer_, batch.batch_id()));
        const PaymentAnswersSummary summary =
            UploadPaymentAnswers(session_, treasurer_, answers, [](const auto&) {});
        if (summary.refused() > 0) {
            line_.Say(FormatNumber(summary.refused()) + " answers of the bank were refused");
        }
    }

    Session& session_;
    ProgressLine& line_;
    const std::string program_id_, treasurer_, releaser_;
};

}  // namespace

void PayAllApproved(Session& session, ProgressLine& line, const std::string& program_id) {
    Treasury(session, line, program_id).Pay();
}

}  // namespace bangkit::cli
