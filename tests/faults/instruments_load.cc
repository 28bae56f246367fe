// A client of all instruments of aid that never gives up: until a file is there it takes businesses
// through goods, loans, restructurings, nominations and grievances, always repeats what was not
// answered with the same request id, and says some of it twice.
//   instruments_load ADDRESS,ADDRESS SEED STOP-FILE < SETUP > COUNTS
// SETUP has lines of a name and its value: tokens (officer, surveyor, approver, partner), ids
// (goods, loans, loan_agreement, restructurings, restructuring_agreement, nominations), days
// (today, long_ago, before, lately) and, each on a line, `business ID`. COUNTS says how often each
// thing was acknowledged. Exit code 1 if twins got different answers, or something was refused.
#include <filesystem>
#include <map>
#include <mutex>
#include <random>
#include <sstream>

#include "bangkit/aid/v1/application_service.grpc.pb.h"
#include "bangkit/aid/v1/document_service.grpc.pb.h"
#include "bangkit/aid/v1/grievance_service.grpc.pb.h"
#include "bangkit/aid/v1/loan_service.grpc.pb.h"
#include "bangkit/aid/v1/nomination_service.grpc.pb.h"
#include "bangkit/aid/v1/referral_service.grpc.pb.h"
#include "bangkit/aid/v1/stock_service.grpc.pb.h"
#include "bangkit/aid/v1/supervision_service.grpc.pb.h"
#include "libs/content/testing.h"
#include "tests/faults/patient.h"

namespace {

using namespace bangkit;
using namespace bangkit::faults;
using namespace bangkit::aid::v1;

constexpr std::chrono::seconds kCallLimit{10};
constexpr int kThreads = 6;
constexpr std::int64_t kLent = 10'000'000, kInstalment = 1'000'000;

class Client {
public:
    Client(const std::string& addresses, std::istream& setup) {
        std::istringstream list(addresses);
        for (std::string address; std::getline(list, address, ',');) {
            channels_.push_back(rpc::Connect(address));
        }
        for (std::string name, value; setup >> name >> value;) {
            name == "business" ? businesses_.push_back(value) : void(setup_[name] = value);
        }
    }

    const std::vector<std::string>& businesses() const { return businesses_; }
    const std::map<std::string, int>& counts() const { return counts_; }

    /// One of the stories, with one business.
    void Play(std::size_t number, std::uint64_t seed) {
        std::mt19937_64 random(seed + number);
        const std::string& business = businesses_[number];
        switch (number % 5) {
            case 0: return Goods(business, random);
            case 1: return Loan(business, random);
            case 2: return Restructure(business, random);
            case 3: return Nominate(business, number, random);
            default: return Complain(random);
        }
    }

private:
    const std::string& Of(const std::string& name) const { return setup_.at(name); }
    void Count(const std::string& what) {
        const std::lock_guard lock(mutex_);
        ++counts_[what];
    }

    /// By one server after the other, until the answer is one; now and then a twin asks again.
    template <typename Service, typename Request, typename Response>
    Response Call(grpc::Status (Service::Stub::*method)(grpc::ClientContext*, const Request&,
                                                        Response*),
                  Request request, const std::string& token, std::mt19937_64& random) {
        request.set_request_id(NewRequestId());
        const auto ask = [&] {
            Response response;
            UntilAnswered(Of(token), kCallLimit, [&](grpc::ClientContext& context) {
                const auto stub = Service::NewStub(channels_[random() % channels_.size()]);
                return (stub.get()->*method)(&context, request, &response);
            });
            return response;
        };
        Response response = ask();
        if (random() % 4 == 0 && ask().SerializeAsString() != response.SerializeAsString()) {
            std::fprintf(stderr, "twins of %s got different answers\n",
                         request.GetDescriptor()->name().c_str());
            std::exit(1);
        }
        return response;
    }

    /// Up to its documents; the id of the application.
    std::string Apply(const std::string& program, const std::string& business, std::int64_t amount,
                      std::mt19937_64& random) {
        using Stub = ApplicationService::Stub;
        StartApplicationRequest start;
        start.set_program_id(Of(program));
        start.set_business_id(business);
        start.set_amount_rupiah(amount);
        const std::string id =
            Call<ApplicationService>(&Stub::StartApplication, start, "officer", random)
                .application()
                .application_id();
        SubmitApplicationRequest submit;
        submit.set_application_id(id);
        Call<ApplicationService>(&Stub::SubmitApplication, submit, "officer", random);
        CheckDocumentsRequest check;
        check.set_application_id(id);
        Call<ApplicationService>(&Stub::CheckDocuments, check, "surveyor", random);
        return id;
    }
    void Approve(const std::string& id, std::mt19937_64& random) {
        using Stub = ApplicationService::Stub;
        RecordSurveyRequest survey;
        survey.set_application_id(id);
        survey.set_is_recommended(true);
        Call<ApplicationService>(&Stub::RecordSurvey, survey, "surveyor", random);
        ApproveApplicationRequest approve;
        approve.set_application_id(id);
        Call<ApplicationService>(&Stub::ApproveApplication, approve, "approver", random);
    }

    void Photograph(const std::string& id, std::mt19937_64& random) {
        AttachDocumentRequest whole;
        whole.mutable_header()->set_request_id(NewRequestId());
        whole.mutable_header()->set_application_id(id);
        whole.mutable_header()->set_kind(DOCUMENT_KIND_HANDOVER_PHOTO);
        whole.set_content(content::Jpeg(8, 8, id));
        whole.set_last(true);
        UntilAnswered(Of("officer"), kCallLimit, [&](grpc::ClientContext& context) {
            const auto stub = DocumentService::NewStub(channels_[random() % channels_.size()]);
            const auto stream = stub->AttachDocument(&context);
            stream->Write(whole);
            stream->WritesDone();
            for (AttachDocumentResponse response; stream->Read(&response);) continue;
            return stream->Finish();
        });
    }

    void Goods(const std::string& business, std::mt19937_64& random) {
        const std::string id = Apply("goods", business, 0, random);
        Approve(id, random);
        Photograph(id, random);
        HandOverGoodsRequest hand_over;
        hand_over.set_application_id(id);
        hand_over.mutable_receiver()->set_kind(RECEIVER_KIND_OWNER);
        hand_over.mutable_receiver()->set_name("Penerima Contoh");
        Call<StockService>(&StockService::Stub::HandOverGoods, hand_over, "officer", random);
        Count("handed_over");
        if (random() % 3 == 0) return TakeBack(id, random);
        Visit(id, random);
    }
    void TakeBack(const std::string& id, std::mt19937_64& random) {
        using Stub = SupervisionService::Stub;
        OpenRefundCaseRequest open;
        open.set_application_id(id);
        open.set_reason(REFUND_REASON_NOT_USED);
        open.set_due_on(Of("today"));
        TakeBackGoodsRequest take_back;
        take_back.set_refund_id(
            Call<SupervisionService>(&Stub::OpenRefundCase, open, "approver", random)
                .refund()
                .refund_id());
        take_back.set_document("KMB-1/2026");
        Call<SupervisionService>(&Stub::TakeBackGoods, take_back, "approver", random);
        Count("taken_back");
    }
    void Visit(const std::string& id, std::mt19937_64& random) {
        using Stub = SupervisionService::Stub;
        PlanVisitRequest plan;
        plan.set_application_id(id);
        plan.set_planned_for(Of("today"));
        RecordVisitRequest record;
        record.set_visit_id(Call<SupervisionService>(&Stub::PlanVisit, plan, "approver", random)
                                .visit()
                                .visit_id());
        record.set_outcome(VISIT_OUTCOME_AS_INTENDED);
        Call<SupervisionService>(&Stub::RecordVisit, record, "surveyor", random);
        Count("visited");
    }

    std::string Refer(ReferApplicationRequest refer, std::mt19937_64& random) {
        const std::string id = Call<ReferralService>(&ReferralService::Stub::ReferApplication,
                                                     std::move(refer), "approver", random)
                                   .referral()
                                   .referral_id();
        Count("referred");
        return id;
    }

    // The first month of it is over long since: its interest is paid by a timer.
    void Loan(const std::string& business, std::mt19937_64& random) {
        const std::string id = Apply("loans", business, kLent, random);
        ReferApplicationRequest refer;
        refer.set_application_id(id);
        refer.set_agreement_id(Of("loan_agreement"));
        refer.set_months(10);
        refer.set_sent_on(Of("long_ago"));
        const std::string referral = Refer(refer, random);
        AnswerReferralRequest answer;
        answer.set_referral_id(referral);
        answer.set_is_granted(true);
        answer.set_months(10);
        answer.set_answered_on(Of("before"));
        Call<ReferralService>(&ReferralService::Stub::AnswerReferral, answer, "partner", random);
        Approve(id, random);
        GrantLoanRequest grant;
        grant.set_referral_id(referral);
        grant.set_contract_number("AKAD-1/2026");
        grant.set_principal_rupiah(kLent);
        grant.set_months(10);
        grant.set_disbursed_on(Of("lately"));
        const std::string loan =
            Call<LoanService>(&LoanService::Stub::GrantLoan, grant, "partner", random)
                .loan()
                .loan_id();
        Count("granted");
        for (const char* reference : {"BYR-1", "BYR-2"}) {
            RecordInstalmentRequest pay;
            pay.set_loan_id(loan);
            pay.set_reference(reference);
            pay.set_paid_on(Of("today"));
            pay.set_amount_rupiah(kInstalment);
            Call<LoanService>(&LoanService::Stub::RecordInstalment, pay, "partner", random);
            Count("instalments");
        }
    }

    // The day for the answer is over when it is sent: those of which the bank says nothing are
    // escalated by a timer, and so are some of the others.
    void Restructure(const std::string& business, std::mt19937_64& random) {
        const std::string id = Apply("restructurings", business, 0, random);
        Approve(id, random);
        ReferApplicationRequest refer;
        refer.set_application_id(id);
        refer.set_agreement_id(Of("restructuring_agreement"));
        refer.add_forms(RESTRUCTURING_FORM_RATE_CUT);
        refer.set_owed_rupiah(5'000'000);
        refer.set_sent_on(Of("long_ago"));
        AnswerReferralRequest answer;
        answer.set_referral_id(Refer(refer, random));
        if (random() % 2 == 0) return Count("silent");
        answer.set_answered_on(Of("today"));
        answer.set_is_granted(random() % 2 == 0);
        if (answer.is_granted()) {
            answer.add_forms(RESTRUCTURING_FORM_RATE_CUT);
        } else {
            answer.add_reasons(REFUSAL_REASON_NO_CAPACITY);
        }
        Call<ReferralService>(&ReferralService::Stub::AnswerReferral, answer, "partner", random);
        Count("answered");
    }

    void Nominate(const std::string& business, std::size_t number, std::mt19937_64& random) {
        const std::string id = Apply("nominations", business, 0, random);
        Approve(id, random);
        StateNomineeRecordRequest state;
        state.set_application_id(id);
        state.set_scheme(NOMINATION_SCHEME_BPUM_2020);
        NomineeRecord& record = *state.mutable_record();
        // Nobody has these serials.
        record.set_nik("150101010190" + std::to_string(9'000 + number % 1'000));
        record.set_name("Pengusaha Contoh");
        record.set_identity_card_address("Jalan Contoh 1");
        record.set_line_of_business("Warung");
        record.set_phone("081200009000");
        Call<NominationService>(&NominationService::Stub::StateNomineeRecord, state, "officer",
                                random);
        Count("recorded");
    }

    // Half of them came so long ago that the city has let its day pass already.
    void Complain(std::mt19937_64& random) {
        using Stub = GrievanceService::Stub;
        const bool is_late = random() % 2 == 0;
        FileGrievanceRequest file;
        file.set_service(CONCERNED_SERVICE_AID);
        file.set_topic(GRIEVANCE_TOPIC_SLOW);
        file.set_channel(GRIEVANCE_CHANNEL_COUNTER);
        file.set_region_code("15.71");
        file.set_text("Bantuan lambat");
        if (is_late) file.set_received_on(Of("long_ago"));
        const std::string id = Call<GrievanceService>(&Stub::FileGrievance, file, "officer", random)
                                   .grievance()
                                   .grievance_id();
        Count("filed");
        if (is_late) return Count("late");
        AcceptGrievanceRequest accept;
        accept.set_grievance_id(id);
        accept.set_class_(GRIEVANCE_CLASS_LIGHT);
        accept.set_text("Kami periksa");
        Call<GrievanceService>(&Stub::AcceptGrievance, accept, "approver", random);
        AnswerGrievanceRequest answer;
        answer.set_grievance_id(id);
        answer.set_text("Sudah disalurkan");
        Call<GrievanceService>(&Stub::AnswerGrievance, answer, "approver", random);
        Count("answered_grievances");
    }

    std::vector<std::shared_ptr<grpc::Channel>> channels_;
    std::map<std::string, std::string> setup_;
    std::vector<std::string> businesses_;
    std::mutex mutex_;
    std::map<std::string, int> counts_;
};

}  // namespace

int main(int argc, char** argv) {
    if (argc != 4) return 2;
    Client client(argv[1], std::cin);
    const std::uint64_t seed = std::stoull(argv[2]);
    const std::filesystem::path stop = argv[3];
    InParallel(client.businesses().size(), kThreads, [&](std::size_t number) {
        if (!std::filesystem::exists(stop)) client.Play(number, seed);
    });
    for (const auto& [what, count] : client.counts()) std::cout << what << ' ' << count << '\n';
    return 0;
}
