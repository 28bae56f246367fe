#include "services/cli/demo/nominations.h"

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "bangkit/aid/v1/application_service.grpc.pb.h"
#include "bangkit/aid/v1/nomination_service.grpc.pb.h"
#include "bangkit/registration/v1/personal_data_service.grpc.pb.h"
#include "libs/indonesia/format.h"
#include "services/cli/aid/files.h"
#include "services/cli/demo/agency.h"
#include "services/cli/demo/applicants.h"

namespace bangkit::cli {
namespace {

using namespace aid::v1;
using indonesia::FormatDate;
using indonesia::LocalDate;
using Service = NominationService::Stub;

class Nominations {
public:
    Nominations(Session& session, ProgressLine& line, const NominationPlan& plan)
        : session_(session),
          line_(line),
          plan_(plan),
          officials_(session, plan.region_code),
          maker_(DemoToken(session, "penyusun-usulan-demo", identity::role::kAgency,
                           plan.region_code)) {
        // Made before they are shared by threads.
        session.StubOf<aid::v1::NominationService>();
        session.StubOf<registration::v1::PersonalDataService>();
    }

    void Play() {
        ProgramTerms terms = TermsOf(session_, officials_, plan_.template_code);
        terms.set_region_code(plan_.region_code);
        program_id_ = OpenedProgram(session_, officials_, terms, 0, plan_.nominated);
        std::vector<Applicant> applicants = FindApplicants(
            session_, officials_, plan_.applicants, static_cast<std::size_t>(plan_.nominated));
        ApplicationDesk desk(session_, officials_,
                             {.program_id = program_id_,
                              .documents = {terms.documents().begin(), terms.documents().end()},
                              .submit = [this](const Applicant& each) { State(each); }});
        desk.Find(applicants);
        line_.Show("nominations: applications, documents, surveys");
        desk.Bring(applicants, APPLICATION_STATE_SURVEYED);
        line_.Show("nominations: approvals");
        desk.Approve(applicants, line_);
        for (const Applicant& each : applicants) {
            by_application_.emplace(each.application.application_id(), each);
        }
        line_.Show("nominations: the list");
        MakeList();
        line_.Show("nominations: the agency");
        Validate();
        Determine();
    }

private:
    template <typename Request, typename Response>
    Response Do(const std::string& token,
                grpc::Status (Service::*method)(grpc::ClientContext*, const Request&, Response*),
                Request request) {
        request.set_request_id(NewRequestId(session_));
        return CallAs(token, session_.StubOf<aid::v1::NominationService>(), method, request);
    }

    registration::v1::RevealedOwner OwnerOf(const Applicant& applicant) {
        using namespace registration::v1;
        RevealOwnerRequest request;
        request.set_business_id(applicant.business_id);
        request.set_purpose(DISCLOSURE_PURPOSE_CORRECTION);
        request.set_case_reference("USULAN-" + std::to_string(applicant.number));
        for (const OwnerField field : {OWNER_FIELD_NIK, OWNER_FIELD_NAME, OWNER_FIELD_PHONE,
                                       OWNER_FIELD_IDENTITY_CARD_ADDRESS, OWNER_FIELD_KK,
                                       OWNER_FIELD_BIRTH_DATE, OWNER_FIELD_EMAIL}) {
            request.add_fields(field);
        }
        return CallAs(officials_.officer, session_.StubOf<registration::v1::PersonalDataService>(),
                      &PersonalDataService::Stub::RevealOwner, request)
            .owner();
    }

    /// What the registry knows; what it does not, the officer has seen on the cards, which belong
    /// to nobody.
    NomineeRecord RecordOf(const Applicant& applicant) {
        const registration::v1::RevealedOwner owner = OwnerOf(applicant);
        const auto or_else = [](const std::string& known, const std::string& seen) {
            return known.empty() ? seen : known;
        };
        const std::string serial = std::to_string(9'000 + applicant.number % 1'000);
        NomineeRecord record;
        record.set_nik(or_else(owner.nik(), "3674010107" + std::string("90") + serial));
        record.set_name(owner.name());
        record.set_identity_card_address(
            or_else(owner.identity_card_address(), "Jalan Contoh " + serial));
        record.set_line_of_business("Usaha mikro");
        record.set_phone(or_else(owner.phone(), "08120000" + serial));
        if (plan_.scheme != NOMINATION_SCHEME_BPUM_2020) {
            record.set_family_card(
                or_else(owner.kk(), record.nik().substr(0, 6) + "010220" + serial));
        }
        record.set_email(owner.email());
        return record;
    }

    void State(const Applicant& applicant) {
        const std::string& id = applicant.application.application_id();
        const NomineeRecord record = RecordOf(applicant);
        StateFactsRequest facts;
        facts.set_request_id(NewRequestId(session_));
        facts.set_application_id(id);
        facts.mutable_facts()->set_has_nik(true);
        facts.mutable_facts()->set_family_card(record.family_card());
        facts.mutable_facts()->set_born_on(BirthDateOf(record.nik(), LocalDate(Now())));
        CallAs(officials_.officer, session_.StubOf<aid::v1::ApplicationService>(),
               &ApplicationService::Stub::StateFacts, facts);
        StateRecord(id, record);
    }
    void StateRecord(const std::string& application_id, const NomineeRecord& record) {
        StateNomineeRecordRequest state;
        state.set_application_id(application_id);
        state.set_scheme(plan_.scheme);
        *state.mutable_record() = record;
        Do(officials_.officer, &Service::StateNomineeRecord, state);
    }
    Time Now() { return session_.clock().Now(); }

    void MakeList() {
        ListNominationBatchesRequest list;
        list.set_program_id(program_id_);
        const auto found = CallAs(maker_, session_.StubOf<aid::v1::NominationService>(),
                                  &Service::ListNominationBatches, list);
        if (!found.batches().empty()) {
            batch_ = found.batches(0);
        } else {
            OpenNominationBatchRequest open;
            open.set_program_id(program_id_);
            open.set_region_code(plan_.region_code);
            open.set_scheme(plan_.scheme);
            batch_ = Do(maker_, &Service::OpenNominationBatch, open).batch();
        }
        if (batch_.state() != NOMINATION_BATCH_STATE_COLLECTING) return;
        AddNomineesRequest add;
        add.set_batch_id(batch_.batch_id());
        while (Do(maker_, &Service::AddNominees, add).added() > 0) continue;
        SendNominationBatchRequest send;
        send.set_batch_id(batch_.batch_id());
        send.set_letter("518/17/DEMO");
        batch_ = Do(officials_.approver, &Service::SendNominationBatch, send).batch();
    }

    /// The agency finds some of them invalid; what can be put right is, and found valid then.
    void Validate() {
        if (batch_.correct_until().empty()) {
            OpenCorrectionWindowRequest open;
            open.set_batch_id(batch_.batch_id());
            open.set_until(FormatDate(LocalDate(Now()) + std::chrono::days(14)));
            batch_ = Do(maker_, &Service::OpenCorrectionWindow, open).batch();
        }
        Answer(AnswersToList(List(), plan_.invalid_every));
        std::string rejected(kAnswersHeader);
        for (const Nominee& each : Nominees(NOMINEE_STATE_RETURNED)) {
            if (each.number() % plan_.rejected_every == 0) {
                rejected += AnswerLine(each, "DITOLAK", "NIK_TIDAK_PADAN");
            } else {
                StateRecord(each.application_id(),
                            RecordOf(by_application_.at(each.application_id())));
            }
        }
        Answer(rejected);
        Answer(AnswersToList(List(), plan_.invalid_every));
    }

    /// A decree says who gets it; the bank has the money for them, and hands it out.
    void Determine() {
        if (batch_.decree().empty()) {
            RecordDecreeRequest decree;
            decree.set_batch_id(batch_.batch_id());
            decree.set_decree("SK-1/DEMO");
            decree.set_decreed_on(FormatDate(LocalDate(Now())));
            batch_ = Do(maker_, &Service::RecordDecree, decree).batch();
        }
        for (const auto& [state, answer] : {std::pair{NOMINEE_STATE_VALID, "DITETAPKAN"},
                                            std::pair{NOMINEE_STATE_DETERMINED, "DIBAYAR"},
                                            std::pair{NOMINEE_STATE_PAID, "DICAIRKAN"}}) {
            std::string answers(kAnswersHeader);
            for (const Nominee& each : Nominees(state)) answers += AnswerLine(each, answer, "");
            Answer(answers);
        }
    }

    std::string List() {
        DownloadNominationFileRequest request;
        request.set_batch_id(batch_.batch_id());
        return DownloadPages(session_.StubOf<aid::v1::NominationService>(),
                             &Service::DownloadNominationFile, request, officials_.approver);
    }
    std::vector<Nominee> Nominees(NomineeState state) {
        std::vector<Nominee> nominees;
        ListNomineesRequest list;
        list.set_batch_id(batch_.batch_id());
        list.set_state(state);
        list.set_page_size(200);
        do {
            const auto page = CallAs(maker_, session_.StubOf<aid::v1::NominationService>(),
                                     &Service::ListNominees, list);
            nominees.insert(nominees.end(), page.nominees().begin(), page.nominees().end());
            list.set_page_token(page.next_page_token());
        } while (!list.page_token().empty());
        return nominees;
    }
    void Answer(const std::string& file) {
        const auto summary = UploadAnswers<UploadNominationAnswersResponse>(
            UploadNominationAnswersRequest(), file, maker_,
            [&](grpc::ClientContext* context) {
                return session_.StubOf<aid::v1::NominationService>().UploadNominationAnswers(
                    context);
            },
            [](const auto&) {});
        if (summary.refused() > 0) {
            line_.Say(indonesia::FormatNumber(summary.refused()) +
                      " answers of the agency were refused");
        }
    }

    Session& session_;
    ProgressLine& line_;
    const NominationPlan& plan_;
    const Officials officials_;
    const std::string maker_;
    std::string program_id_;
    NominationBatch batch_;
    std::map<std::string, Applicant> by_application_;
};

}  // namespace

void Nominate(Session& session, ProgressLine& line, const NominationPlan& plan) {
    Nominations(session, line, plan).Play();
}

void NominateForPrakerja(Session& session, ProgressLine& line) {
    NominationPlan plan{.template_code = "PRAKERJA_2020",
                        .scheme = NOMINATION_SCHEME_PRAKERJA,
                        .region_code = kDemoProvince,
                        .applicants = {},
                        .nominated = kPrakerjaNominated,
                        .invalid_every = 8,
                        .rejected_every = 8};
    plan.applicants.set_region_code(kDemoProvince);
    plan.applicants.set_condition(common::v1::BUSINESS_CONDITION_DORMANT);
    Nominate(session, line, plan);
}

}  // namespace bangkit::cli
