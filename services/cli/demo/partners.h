#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "bangkit/aid/v1/referral_service.pb.h"
#include "services/cli/demo/applicants.h"

namespace bangkit::cli {

/// A bank or a fund of a demonstration.
struct DemoPartner {
    const char* id;  // The subject of its tokens.
    const char* name;
    aid::v1::PartnerKind kind;
    const char* document;  // What the agreement rests on.
    int answer_days = 90;
    int yearly_rate = 0;  // Hundredths of a percent.
};

/// The day so many days before today: "2026-08-20".
std::string DaysAgo(Session& session, int days);

/// What partners have in their hands of a programme, or had.
class PartnerDesk {
public:
    /// All must outlive it.
    PartnerDesk(Session& session, const Officials& officials, std::string program_id);

    /// The id of the agreement with the partner; it is made if there is none.
    std::string Agree(const DemoPartner& partner);

    /// Hands over what is with no partner yet: `wanted` says for what, under which agreement and
    /// when.
    void Refer(const std::vector<Applicant>& applicants,
               const aid::v1::ReferApplicationRequest& wanted);

    /// The partner answers what is in its hands, in one file: those of `granted` with `grant` (the
    /// cells behind the answer: reasons, forms, months, day), and all others with `refusal`.
    void Answer(const DemoPartner& partner, const std::vector<Applicant>& granted,
                std::string_view grant, std::string_view refusal, ProgressLine& line);

    /// By application, as they are now.
    std::map<std::string, aid::v1::Referral> Referrals();

private:
    Session& session_;
    const Officials& officials_;
    const std::string program_id_;
};

}  // namespace bangkit::cli
