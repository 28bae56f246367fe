#include <chrono>
#include <string>
#include <thread>

#include "bangkit/aid/v1/grievance_service.grpc.pb.h"
#include "libs/indonesia/format.h"
#include "services/cli/demo/applicants.h"
#include "services/cli/demo/nominations.h"
#include "services/cli/failure.h"

namespace bangkit::cli {
namespace {

using namespace aid::v1;
using Service = GrievanceService::Stub;

constexpr const char* kCity = "36.74";
constexpr const char* kProvince = "36";

/// "The aid is slow."
class Complaint {
public:
    explicit Complaint(Session& session)
        : session_(session),
          officer_(DemoToken(session, "petugas-demo", identity::role::kOfficer, kCity)),
          province_(DemoToken(session, "banten-demo", identity::role::kProvince, kProvince)) {}

    void Play() {
        Grievance grievance = FindOrFile();
        AwaitEscalation(grievance);
        if (grievance.state() == GRIEVANCE_STATE_FILED) {
            AcceptGrievanceRequest accept;
            accept.set_request_id(NewRequestId(session_));
            accept.set_grievance_id(grievance.grievance_id());
            accept.set_class_(GRIEVANCE_CLASS_LIGHT);
            accept.set_text("Pengaduan diterima dan diteruskan ke rapat evaluasi.");
            grievance = CallAs(province_, session_.StubOf<aid::v1::GrievanceService>(),
                               &Service::AcceptGrievance, accept)
                            .grievance();
        }
        if (grievance.state() == GRIEVANCE_STATE_ACCEPTED) {
            AnswerGrievanceRequest answer;
            answer.set_request_id(NewRequestId(session_));
            answer.set_grievance_id(grievance.grievance_id());
            answer.set_text("Penetapan penerima sudah terbit; dana disalurkan melalui bank.");
            CallAs(province_, session_.StubOf<aid::v1::GrievanceService>(),
                   &Service::AnswerGrievance, answer);
        }
    }

private:
    /// It came three weeks ago, and nobody in the city has answered.
    Grievance FindOrFile() {
        ListGrievancesRequest list;
        list.set_region_code(kCity);
        list.set_service(CONCERNED_SERVICE_AID);
        const auto found = CallAs(officer_, session_.StubOf<aid::v1::GrievanceService>(),
                                  &Service::ListGrievances, list);
        for (const Grievance& each : found.grievances()) {
            if (each.topic() == GRIEVANCE_TOPIC_SLOW) return each;
        }
        constexpr std::chrono::days kAgo{21};
        FileGrievanceRequest file;
        file.set_request_id(NewRequestId(session_));
        file.set_service(CONCERNED_SERVICE_AID);
        file.set_topic(GRIEVANCE_TOPIC_SLOW);
        file.set_channel(GRIEVANCE_CHANNEL_COUNTER);
        file.set_region_code(kCity);
        file.set_text("Bantuan BPUM lambat.");
        file.set_received_on(
            indonesia::FormatDate(indonesia::LocalDate(session_.clock().Now()) - kAgo));
        return CallAs(officer_, session_.StubOf<aid::v1::GrievanceService>(),
                      &Service::FileGrievance, file)
            .grievance();
    }

    void AwaitEscalation(Grievance& grievance) {
        constexpr std::chrono::minutes kWithin{1};
        constexpr std::chrono::milliseconds kLookAgain{200};
        const auto until = std::chrono::steady_clock::now() + kWithin;
        GetGrievanceRequest get;
        get.set_grievance_id(grievance.grievance_id());
        while (!grievance.is_escalated()) {
            if (std::chrono::steady_clock::now() > until) {
                throw UsageError("the complaint did not go up to the province");
            }
            std::this_thread::sleep_for(kLookAgain);
            grievance = CallAs(province_, session_.StubOf<aid::v1::GrievanceService>(),
                               &Service::GetGrievance, get)
                            .grievance();
        }
    }

    Session& session_;
    const std::string officer_, province_;
};

}  // namespace

void PlayTangsel(Session& session, ProgressLine& line) {
    NominationPlan plan{.template_code = "BPUM_2020",
                        .scheme = NOMINATION_SCHEME_BPUM_2020,
                        .region_code = kCity,
                        .applicants = {},
                        .nominated = kTangselNominated,
                        .invalid_every = 17,    // 1,500, of which
                        .rejected_every = 51};  // 500 cannot be put right.
    plan.applicants.set_region_code(kCity);
    plan.applicants.set_scale(common::v1::BUSINESS_SCALE_MICRO);
    Nominate(session, line, plan);
    line.Show("a complaint: the aid is slow");
    Complaint(session).Play();
}

}  // namespace bangkit::cli
