#include "services/cli/demo/partners.h"

#include <algorithm>
#include <chrono>
#include <set>
#include <utility>

#include "bangkit/aid/v1/referral_service.grpc.pb.h"
#include "libs/indonesia/format.h"
#include "services/cli/aid/files.h"
#include "services/cli/demo/parallel.h"

namespace bangkit::cli {
namespace {

using namespace aid::v1;
using indonesia::FormatNumber;

constexpr int kThreads = 32;
constexpr int kPage = 200;
constexpr int kMonthsMax = 12;

std::string Reference(std::string id) {  // As it stands in files.
    std::erase(id, '-');
    return id;
}

}  // namespace

std::string DaysAgo(Session& session, int days) {
    return indonesia::FormatDate(indonesia::LocalDate(session.clock().Now()) -
                                 std::chrono::days(days));
}

PartnerDesk::PartnerDesk(Session& session, const Officials& officials, std::string program_id)
    : session_(session), officials_(officials), program_id_(std::move(program_id)) {
    session.StubOf<aid::v1::ReferralService>();  // Made before it is shared by threads.
}

std::string PartnerDesk::Agree(const DemoPartner& partner) {
    ListAgreementsRequest list;
    list.set_program_id(program_id_);
    const auto known = CallAs(officials_.approver, session_.StubOf<aid::v1::ReferralService>(),
                              &ReferralService::Stub::ListAgreements, list);
    for (const Agreement& each : known.agreements()) {
        if (each.partner_id() == partner.id) return each.agreement_id();
    }
    MakeAgreementRequest make;
    make.set_request_id(NewRequestId(session_));
    make.set_program_id(program_id_);
    make.set_partner_id(partner.id);
    make.set_partner_kind(partner.kind);
    make.set_partner_name(partner.name);
    make.set_document(partner.document);
    make.set_answer_days(partner.answer_days);
    make.set_yearly_rate_basis_points(partner.yearly_rate);
    make.set_months_max(kMonthsMax);
    return CallAs(officials_.approver, session_.StubOf<aid::v1::ReferralService>(),
                  &ReferralService::Stub::MakeAgreement, make)
        .agreement()
        .agreement_id();
}

std::map<std::string, Referral> PartnerDesk::Referrals() {
    std::map<std::string, Referral> referrals;
    ListReferralsRequest list;
    list.set_program_id(program_id_);
    list.set_page_size(kPage);
    do {
        const auto page = CallAs(officials_.approver, session_.StubOf<aid::v1::ReferralService>(),
                                 &ReferralService::Stub::ListReferrals, list);
        for (const Referral& each : page.referrals()) referrals[each.application_id()] = each;
        list.set_page_token(page.next_page_token());
    } while (!list.page_token().empty());
    return referrals;
}

void PartnerDesk::Refer(const std::vector<Applicant>& applicants,
                        const ReferApplicationRequest& wanted) {
    const std::map<std::string, Referral> known = Referrals();
    std::vector<ReferApplicationRequest> requests;
    for (const Applicant& each : applicants) {
        if (known.contains(each.application.application_id())) continue;
        requests.push_back(wanted);
        requests.back().set_request_id(NewRequestId(session_));
        requests.back().set_application_id(each.application.application_id());
    }
    InParallel(requests, kThreads, [&](const ReferApplicationRequest& request) {
        CallAs(officials_.approver, session_.StubOf<aid::v1::ReferralService>(),
               &ReferralService::Stub::ReferApplication, request);
    });
}

void PartnerDesk::Answer(const DemoPartner& partner, const std::vector<Applicant>& granted,
                         std::string_view grant, std::string_view refusal, ProgressLine& line) {
    std::set<std::string> good;
    for (const Applicant& each : granted) good.insert(each.application.application_id());
    const std::string header = "referensi,jawaban,alasan,bentuk,bulan,tanggal\n";
    std::string file = header;
    for (const auto& [application_id, referral] : Referrals()) {
        const bool waits =
            referral.partner_id() == partner.id && referral.state() == REFERRAL_STATE_SENT;
        if (!waits) continue;
        const bool is_granted = good.contains(application_id);
        file += Reference(referral.referral_id());
        file += is_granted ? ",DISETUJUI," : ",DITOLAK,";
        file += is_granted ? grant : refusal;
        file += '\n';
    }
    if (file == header) return;
    const auto summary = UploadAnswers<UploadReferralAnswersResponse>(
        UploadReferralAnswersRequest(), file, PartnerToken(session_, partner.id),
        [this](grpc::ClientContext* context) {
            return session_.StubOf<aid::v1::ReferralService>().UploadReferralAnswers(context);
        },
        [](const auto&) {});
    if (summary.refused() > 0) {
        line.Say(FormatNumber(summary.refused()) + " answers of " + partner.name + " were refused");
    }
}

}  // namespace bangkit::cli
