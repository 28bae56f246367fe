#include <map>

#include "bangkit/aid/v1/program.pb.h"
#include "libs/identity/policy.h"
#include "libs/indonesia/format.h"
#include "services/cli/verify/facts.h"

namespace bangkit::cli {
namespace {

using aid::v1::ProgramTerms;

std::map<std::string, ProgramTerms> ReadTerms(postgres::Connection& connection) {
    const postgres::Rows rows = connection.Run("SELECT program_id, terms FROM programs");
    std::map<std::string, ProgramTerms> terms;
    for (int i = 0; i < rows.size(); ++i) {
        const std::string_view bytes = rows.Bytes(i, 1);
        terms[rows.Uuid(i, 0)].ParseFromArray(bytes.data(), static_cast<int>(bytes.size()));
    }
    return terms;
}

bool Has(std::string_view roles, std::string_view role) {
    return ("," + std::string(roles) + ",").contains("," + std::string(role) + ",");
}

/// `roles`: as the audit has them, with commas.
bool MayApprove(const ProgramTerms& terms, std::int64_t rupiah, std::string_view roles) {
    for (const auto& band : terms.approval_bands()) {
        if (rupiah > band.up_to_rupiah()) continue;
        for (const int role : band.roles()) {
            const bool is_agency = role == aid::v1::APPROVER_ROLE_AGENCY;
            if (Has(roles, is_agency ? identity::role::kAgency : identity::role::kProvince)) {
                return true;
            }
        }
        return false;  // The first band that covers the amount says it.
    }
    return false;
}

}  // namespace

// By the roles that the approver had then.
Finding CheckApprovals(System& system) {
    postgres::Connection& connection = system.Database("aid");
    const std::map<std::string, ProgramTerms> terms = ReadTerms(connection);
    const postgres::Rows rows = connection.Run(
        "SELECT a.application_id, a.program_id, a.amount_rupiah, e.roles"
        "  FROM applications a"
        "  LEFT JOIN audit_entries e"
        "    ON e.target = 'application/' || a.application_id AND e.actor = a.approved_by"
        "   AND e.outcome = 'OK'"
        "   AND e.method IN ('ApproveApplication', 'BatchApproveApplications')"
        " WHERE a.approved_by <> ''");
    Finding finding;
    finding.SetLookedAt(indonesia::FormatNumber(rows.size()) + " approvals");
    for (int i = 0; i < rows.size(); ++i) {
        const auto program = terms.find(rows.Uuid(i, 1));
        if (rows.IsNull(i, 3)) {
            finding.Add(rows.Uuid(i, 0) + " was approved, and nobody said so");
        } else if (program == terms.end() ||
                   !MayApprove(program->second, rows.Int64(i, 2), rows.Bytes(i, 3))) {
            finding.Add(rows.Uuid(i, 0) + " was approved by somebody who may not approve as much");
        }
    }
    return finding;
}

Finding CheckCopies(System& system) {
    const auto columns = [](const std::string& division) {
        return "SELECT business_id::text,"
               "       concat_ws(' ', version, owner_id, region_code, kind, scale, condition,"
               "                 verification, " +
               division + ", coalesce(merged_into::text, '-'), owner_is_erased) FROM businesses";
    };
    return Compare(ReadFacts(system.Database("registration"),
                             columns("coalesce(nullif(left(kbli, 2), ''), '0')::integer")),
                   ReadFacts(system.Database("aid"), columns("kbli_division")), "businesses");
}

}  // namespace bangkit::cli
