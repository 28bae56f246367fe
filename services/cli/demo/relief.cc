#include "services/cli/demo/relief.h"

#include <string>
#include <vector>

#include "libs/indonesia/format.h"
#include "services/cli/demo/partners.h"

namespace bangkit::cli {
namespace {

using namespace aid::v1;

constexpr std::int64_t kOwed = 40'000'000;
constexpr int kMonths = 6;

// Days before today. The partners have 90 working days, so that what they are asked now is not
// overdue before they answer.
constexpr int kSent = 20;
constexpr int kAnswered = 5;

constexpr DemoPartner kLpdb{.id = "01900000-0000-7000-8000-000000009003",
                            .name = "LPDB-KUMKM",
                            .kind = PARTNER_KIND_LPDB,
                            .document = "KEP-15/2020"};
constexpr DemoPartner kBank{.id = "01900000-0000-7000-8000-000000009004",
                            .name = "Bank Contoh",
                            .kind = PARTNER_KIND_BANK,
                            .document = "MOU-2/2020"};

/// One kind of help: who asks for it, and what comes back.
struct Relief {
    const char* template_code;
    common::v1::BusinessKind kind;
    const DemoPartner& partner;
    std::int64_t asked;
    std::int64_t granted;
    const char* grant;  // The cells of an answer: reasons, forms, months.
    const char* refusal;
};

const Relief kReliefs[] = {{.template_code = "RESTRUKTURISASI_2020",
                            .kind = common::v1::BUSINESS_KIND_COOPERATIVE,
                            .partner = kLpdb,
                            .asked = kRestructuringsAsked,
                            .granted = kRestructuringsGranted,
                            .grant = ",RATE_CUT TENOR_EXTENSION,12,",
                            .refusal = "NOT_ELIGIBLE,,,"},
                           {.template_code = "PENUNDAAN_ANGSURAN_2020",
                            .kind = common::v1::BUSINESS_KIND_UMKM,
                            .partner = kBank,
                            .asked = kHolidaysAsked,
                            .granted = kHolidaysGranted,
                            .grant = ",,,",
                            .refusal = "NO_LOAN,,,"}};

registration::v1::ListBusinessesRequest Affected(common::v1::BusinessKind kind) {
    registration::v1::ListBusinessesRequest list;
    list.set_region_code(kDemoProvince);
    list.set_kind(kind);
    list.set_condition(common::v1::BUSINESS_CONDITION_AFFECTED);
    return list;
}

void Relieve(Session& session, const Officials& officials, const Relief& relief,
             ProgressLine& line) {
    ProgramTerms terms = TermsOf(session, officials, relief.template_code);
    terms.set_region_code(kDemoProvince);
    const std::string program_id = OpenedProgram(session, officials, terms, 0);
    std::vector<Applicant> applicants = FindApplicants(session, officials, Affected(relief.kind),
                                                       static_cast<std::size_t>(relief.asked));
    ApplicationDesk desk(session, officials,
                         {.program_id = program_id,
                          .documents = {terms.documents().begin(), terms.documents().end()}});
    desk.Find(applicants);
    desk.Bring(applicants, APPLICATION_STATE_SURVEYED);
    desk.Approve(applicants, line);

    PartnerDesk partners(session, officials, program_id);
    ReferApplicationRequest wanted;
    wanted.set_agreement_id(partners.Agree(relief.partner));
    wanted.set_months(kMonths);
    wanted.set_owed_rupiah(kOwed);
    wanted.set_sent_on(DaysAgo(session, kSent));
    if (terms.instrument() == common::v1::AID_INSTRUMENT_RESTRUCTURING_REFERRAL) {
        wanted.add_forms(RESTRUCTURING_FORM_TENOR_EXTENSION);
    }
    partners.Refer(applicants, wanted);
    const std::vector<Applicant> granted(applicants.begin(), applicants.begin() + relief.granted);
    const std::string day = DaysAgo(session, kAnswered);
    partners.Answer(relief.partner, granted, relief.grant + day, relief.refusal + day, line);
}

}  // namespace

void RelieveDebtors(Session& session, ProgressLine& line) {
    const Officials officials(session, kDemoProvince);
    for (const Relief& relief : kReliefs) {
        line.Show(std::string("relief: ") + relief.template_code);
        Relieve(session, officials, relief, line);
    }
}

}  // namespace bangkit::cli
