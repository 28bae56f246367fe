#include "services/cli/demo/incentive.h"

#include <utility>
#include <vector>

#include "bangkit/aid/v1/payment_service.grpc.pb.h"
#include "services/cli/demo/applicants.h"
#include "services/cli/demo/incentive_payments.h"

namespace bangkit::cli {
namespace {

using namespace aid::v1;

constexpr const char* kTemplate = "INSENTIF_LAMPUNG_2020";

registration::v1::ListBusinessesRequest Affected(common::v1::BusinessKind kind) {
    registration::v1::ListBusinessesRequest list;
    list.set_region_code(kDemoProvince);
    list.set_kind(kind);
    list.set_condition(common::v1::BUSINESS_CONDITION_AFFECTED);
    return list;
}

/// Businesses first, then cooperatives, in the order of their numbers.
std::vector<Applicant> Applicants(Session& session, const Officials& officials) {
    std::vector<Applicant> all = FindApplicants(
        session, officials, Affected(common::v1::BUSINESS_KIND_UMKM), kIncentiveBusinesses);
    for (Applicant& each :
         FindApplicants(session, officials, Affected(common::v1::BUSINESS_KIND_COOPERATIVE),
                        kIncentiveCooperatives)) {
        each.number += kIncentiveBusinesses;
        all.push_back(std::move(each));
    }
    return all;
}

void StateAccount(Session& session, const Officials& officials, const Applicant& applicant) {
    StateBankAccountRequest account;
    account.set_request_id(NewRequestId(session));
    account.set_business_id(applicant.business_id);
    account.mutable_account()->set_bank_code("CONTIDJA");
    account.mutable_account()->set_account_number(std::to_string(9'000'000'000 + applicant.number));
    account.mutable_account()->set_holder_name("Penerima Contoh " +
                                               std::to_string(applicant.number));
    CallAs(officials.officer, session.StubOf<aid::v1::PaymentService>(),
           &PaymentService::Stub::StateBankAccount, account);
}

}  // namespace

void GiveIncentive(Session& session, ProgressLine& line) {
    const Officials officials(session, kDemoProvince);
    const ProgramTerms terms = TermsOf(session, officials, kTemplate);
    const std::string program_id =
        OpenedProgram(session, officials, terms, kIncentiveTotal, kIncentiveRecipients);
    std::vector<Applicant> applicants = Applicants(session, officials);
    ApplicationDesk desk(
        session, officials,
        {.program_id = program_id,
         .documents = {terms.documents().begin(), terms.documents().end()},
         .submit = [&](const Applicant& each) { StateAccount(session, officials, each); }});
    desk.Find(applicants);
    line.Show("incentive: applications, documents, surveys");
    desk.Bring(applicants, APPLICATION_STATE_SURVEYED);
    line.Show("incentive: approvals");
    desk.Approve(applicants, line);
    line.Show("incentive: the bank");
    PayAllApproved(session, line, program_id);
}

}  // namespace bangkit::cli
