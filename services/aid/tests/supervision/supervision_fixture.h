#pragma once

#include <gtest/gtest.h>
#include <prometheus/registry.h>

#include <memory>
#include <string>

#include "bangkit/aid/v1/supervision_service.grpc.pb.h"
#include "libs/base/ids.h"
#include "libs/testing/quiet_logger.h"
#include "libs/timers/timer_thread.h"
#include "services/aid/storage/supervision/supervision_unit_of_work.h"
#include "services/aid/tests/program/programs.h"

namespace bangkit::aid {

/// `Base`: a fixture by which something is given.
template <typename Base>
class Supervised : public Base {
protected:
    using SupervisionStub = v1::SupervisionService::Stub;

    template <typename Request, typename Response>
    std::string Ask(grpc::Status (SupervisionStub::*method)(grpc::ClientContext*, const Request&,
                                                            Response*),
                    const Request& request, Response& response, const std::string& token) const {
        return this->Call(*supervision_, method, request, response, token);
    }
    std::string Plan(const std::string& application_id, const std::string& token,
                     std::string* visit_id = nullptr, const std::string& day = "2026-03-20") const {
        v1::PlanVisitRequest request;
        request.set_request_id(NewId(kNow));
        request.set_application_id(application_id);
        request.set_planned_for(day);
        v1::PlanVisitResponse response;
        std::string name = Ask(&SupervisionStub::PlanVisit, request, response, token);
        if (visit_id != nullptr) *visit_id = response.visit().visit_id();
        return name;
    }
    std::string Planned(const std::string& application_id,
                        const std::string& day = "2026-03-20") const {
        std::string id;
        EXPECT_EQ(Plan(application_id, this->province_, &id, day), "OK");
        return id;
    }
    std::string PlanAll(const std::string& program_id, std::int64_t* planned,
                        const std::string& region = "18", int most = 0) const {
        v1::PlanVisitsRequest request;
        request.set_request_id(NewId(kNow));
        request.set_program_id(program_id);
        request.set_region_code(region);
        request.set_planned_for("2026-03-20");
        request.set_visits_max(most);
        v1::PlanVisitsResponse response;
        std::string name = Ask(&SupervisionStub::PlanVisits, request, response, this->province_);
        *planned = response.planned();
        return name;
    }
    std::string Record(const std::string& visit_id, v1::VisitOutcome outcome,
                       const std::string& token, const std::string& note = "") const {
        v1::RecordVisitRequest request;
        request.set_request_id(NewId(kNow));
        request.set_visit_id(visit_id);
        request.set_outcome(outcome);
        if (!note.empty()) request.mutable_findings()->set_note(note);
        v1::RecordVisitResponse response;
        return Ask(&SupervisionStub::RecordVisit, request, response, token);
    }
    std::string Close(const std::string& application_id, const std::string& token) const {
        v1::CloseApplicationRequest request;
        request.set_request_id(NewId(kNow));
        request.set_application_id(application_id);
        v1::CloseApplicationResponse response;
        return Ask(&SupervisionStub::CloseApplication, request, response, token);
    }
    std::string Open(const std::string& application_id, const std::string& token,
                     v1::RefundCase* refund = nullptr,
                     const std::string& day = "2026-06-30") const {
        v1::OpenRefundCaseRequest request;
        request.set_request_id(NewId(kNow));
        request.set_application_id(application_id);
        request.set_reason(v1::REFUND_REASON_MISUSED);
        request.set_due_on(day);
        v1::OpenRefundCaseResponse response;
        std::string name = Ask(&SupervisionStub::OpenRefundCase, request, response, token);
        if (refund != nullptr) *refund = response.refund();
        return name;
    }
    std::string OpenedCase(const std::string& application_id,
                           const std::string& day = "2026-06-30") const {
        v1::RefundCase refund;
        EXPECT_EQ(Open(application_id, this->province_, &refund, day), "OK");
        return refund.refund_id();
    }
    std::string Repay(const std::string& refund_id, std::int64_t rupiah,
                      const std::string& receipt) const {
        v1::RecordRepaymentRequest request;
        request.set_request_id(NewId(kNow));
        request.set_refund_id(refund_id);
        request.set_amount_rupiah(rupiah);
        request.set_receipt(receipt);
        v1::RecordRepaymentResponse response;
        return Ask(&SupervisionStub::RecordRepayment, request, response, this->province_);
    }
    std::string TakeBack(const std::string& refund_id, const std::string& token) const {
        v1::TakeBackGoodsRequest request;
        request.set_request_id(NewId(kNow));
        request.set_refund_id(refund_id);
        request.set_document("BA-KEMBALI/1");
        v1::TakeBackGoodsResponse response;
        return Ask(&SupervisionStub::TakeBackGoods, request, response, token);
    }
    std::string Drop(const std::string& refund_id, const std::string& token) const {
        v1::DropRefundCaseRequest request;
        request.set_request_id(NewId(kNow));
        request.set_refund_id(refund_id);
        v1::DropRefundCaseResponse response;
        return Ask(&SupervisionStub::DropRefundCase, request, response, token);
    }

    /// As two servers would, one after the other. The database's clock is that of the machine, by
    /// which every day of the first half of 2026 is over.
    void FireTwice(timers::Timer (*make)(command::CommandLoop<SupervisionUnitOfWork>&)) {
        testing::QuietLogger logger;
        prometheus::Registry metrics;
        const Failpoints failpoints;
        command::CommandLoop<SupervisionUnitOfWork> loop(
            {.dsn = this->database_.dsn(), .silence_max = {}},
            {.clock = this->clock_,
             .logger = logger,
             .metrics = metrics,
             .failpoints = failpoints,
             .on_commit = [] {}},
            [this] { return SupervisionUnitOfWork(this->keys()); });
        const timers::Timer timer = make(loop);
        timers::Sweep sweep(timer, logger, metrics);
        postgres::Connection connection(this->database_.dsn());
        connection.RunScript("SET bangkit.regions = '*'");
        for (int looks = 0; looks < 2; ++looks) {
            while (sweep.Turn(connection, 10)) continue;
        }
    }

    const std::unique_ptr<SupervisionStub> supervision_ =
        v1::SupervisionService::NewStub(this->channel());
    const std::string supervisor_ = this->Token({"officer"}, {"18"}, "pengawas");
};

}  // namespace bangkit::aid
