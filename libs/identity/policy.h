#pragma once

#include <span>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "libs/base/result.h"
#include "libs/identity/caller.h"

namespace bangkit::identity {

/// The roles that a token can name; a caller may have several.
namespace role {
inline constexpr std::string_view kPublic = "public";
inline constexpr std::string_view kOwner = "owner";
inline constexpr std::string_view kOfficer = "officer";
inline constexpr std::string_view kAgency = "agency";
inline constexpr std::string_view kProvince = "province";
inline constexpr std::string_view kCouncil = "council";
inline constexpr std::string_view kAuditor = "auditor";
inline constexpr std::string_view kPartner = "partner";
inline constexpr std::string_view kSubscriber = "subscriber";

inline constexpr std::string_view kAll[] = {kPublic,  kOwner,   kOfficer, kAgency,    kProvince,
                                            kCouncil, kAuditor, kPartner, kSubscriber};
}  // namespace role

/// How far a grant reaches; from narrow to wide.
enum class Scope {
    kOwn,      // What is the caller's own, wherever it lies.
    kRegion,   // What lies in the caller's regions: checked on the loaded rows.
    kFigures,  // Figures without personal data, of any region.
};

/// One line of the policy: these roles may call this method, as far as this scope reaches.
struct Grant {
    std::string_view method;  // Full name: "bangkit.dashboard.v1.DashboardService/GetDashboard".
    std::vector<std::string_view> roles;
    Scope scope;
};

/// Who may call what. Whatever it does not name is denied.
class Policy {
public:
    /// Texts that `grants` point to must outlive the policy.
    explicit Policy(std::vector<Grant> grants);

    /// The policy of bangkit: the tables of policy_tables.h.
    static Policy OfBangkit();

    /// The widest scope in which one of the caller's roles may call `method`, else
    /// PERMISSION_DENIED with reason ROLE_NOT_ALLOWED.
    Result<Scope> Admit(std::string_view method, const Caller& caller) const;

    /// Every grant, for tests that walk through the whole role x method matrix.
    std::span<const Grant> grants() const& { return grants_; }
    /// The methods that are granted to anybody, each once.
    std::vector<std::string_view> Methods() const;

private:
    std::vector<Grant> grants_;
    std::unordered_map<std::string_view, std::vector<std::size_t>> by_method_;
};

}  // namespace bangkit::identity
