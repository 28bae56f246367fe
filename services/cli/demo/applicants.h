#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "bangkit/aid/v1/application.pb.h"
#include "bangkit/aid/v1/statement.pb.h"
#include "bangkit/registration/v1/registration_service.pb.h"
#include "services/cli/demo/actors.h"
#include "services/cli/progress.h"

namespace bangkit::cli {

// What demonstrations of aid have in common: a programme, who applies for it, and the people who
// bring the applications on, through the public interface alone. Each goes on where an earlier run
// ended; once all is done, it changes nothing. In development only.

/// Each step is another person's, as the rules ask.
struct Officials {
    Officials(Session& session, const char* region_code);

    const std::string officer, surveyor, approver;
};

/// The terms of a template, for this year, approved by the province.
aid::v1::ProgramTerms TermsOf(Session& session, const Officials& officials,
                              std::string_view template_code);

/// The id of the programme with these terms that is open, with a budget of its region. It is made
/// if there is none of this name.
std::string OpenedProgram(Session& session, const Officials& officials,
                          const aid::v1::ProgramTerms& terms, std::int64_t rupiah,
                          std::optional<std::int64_t> quota = {});

/// One who applies.
struct Applicant {
    std::string business_id;
    std::size_t number = 0;                 // 1, 2, 3 ...
    aid::v1::Application application = {};  // Of no id until it is started.
};

/// The first of the registry that the list shows and that do not sell by delivery. Throws
/// UsageError if there are too few.
std::vector<Applicant> FindApplicants(Session& session, const Officials& officials,
                                      registration::v1::ListBusinessesRequest list,
                                      std::size_t count);

/// Applications for one programme.
class ApplicationDesk {
public:
    struct Wanted {
        std::string program_id;
        std::int64_t amount = 0;                            // Rupiah, of a loan.
        std::vector<int> documents = {};                    // Kinds.
        std::optional<aid::v1::StatedFacts> facts = {};     // Of every applicant.
        std::function<void(const Applicant&)> submit = {};  // Besides, before it is submitted.
    };

    /// All must outlive it.
    ApplicationDesk(Session& session, const Officials& officials, Wanted wanted);

    /// Tells the applicants what has become of their applications so far.
    void Find(std::vector<Applicant>& applicants);
    /// Brings all of them at least so far, many at a time: kSubmitted, kDocumentsChecked,
    /// kSurveyed.
    void Bring(std::vector<Applicant>& applicants, aid::v1::ApplicationState until);
    /// Approves all that are surveyed, in one stream; says on `line` what was not approved.
    void Approve(std::vector<Applicant>& applicants, ProgressLine& line);

private:
    void BringOne(Applicant& applicant, aid::v1::ApplicationState until);
    void Start(Applicant& applicant);
    void Submit(Applicant& applicant);

    Session& session_;
    const Officials& officials_;
    const Wanted wanted_;
};

/// A request id that nobody had.
std::string NewRequestId(Session& session);

}  // namespace bangkit::cli
