#include <algorithm>
#include <set>
#include <utility>

#include "services/aid/storage/application/application_unit_of_work.h"
#include "services/aid/storage/business/businesses.h"
#include "services/aid/storage/program/programs.h"
#include "services/aid/storage/uuids.h"

namespace bangkit::aid {
namespace {

/// The budgets around these applications, by whose places in their programmes a budget is found.
postgres::UuidArray FindBudgets(postgres::Transaction& transaction,
                                const std::vector<ApplicationRoot>& roots) {
    std::set<std::pair<std::string, std::string>> places;
    for (const ApplicationRoot& root : roots) places.emplace(root.program_id, root.region_code);
    postgres::UuidArray programs, budgets;
    postgres::TextArray regions;
    for (const auto& [program_id, region_code] : places) {
        programs.Add(program_id);
        regions.Add(region_code);
    }
    const postgres::Rows rows = transaction.Run(
        "SELECT DISTINCT b.budget_id"
        "  FROM unnest($1::uuid[], $2::text[]) AS k (program_id, region_code)"
        "  JOIN budgets b ON b.program_id = k.program_id"
        "   AND (b.region_code = k.region_code"
        "        OR starts_with(k.region_code, b.region_code || '.'))",
        {programs, regions});
    for (int i = 0; i < rows.size(); ++i) budgets.Add(rows.Uuid(i, 0));
    return budgets;
}

bool MovesBudgets(const ApplicationCommand& command) {
    return std::holds_alternative<ApproveApplication>(command.deed) ||
           std::holds_alternative<WithdrawApplication>(command.deed) ||
           std::holds_alternative<CancelApplication>(command.deed);
}

bool TouchesClaims(const ApplicationCommand& command) {
    return std::holds_alternative<StateFacts>(command.deed) ||
           std::holds_alternative<SubmitApplication>(command.deed) ||
           std::holds_alternative<RejectApplication>(command.deed) ||
           std::holds_alternative<ExpireCorrection>(command.deed) ||
           std::holds_alternative<WithdrawApplication>(command.deed) ||
           std::holds_alternative<CancelApplication>(command.deed);
}

bool Encloses(const ApplicationCommand& command) {
    return std::visit([]<typename Deed>(const Deed&) { return kEncloses<Deed>; }, command.deed);
}

}  // namespace

// What never changes is read first. Lock order: businesses by id and programmes by id (both
// shared), stock and entitlements by id, budgets by id, applications by id, keys of owners by id
// (shared); claims by their keys.
void ApplicationUnitOfWork::Load(postgres::Transaction& transaction,
                                 std::span<const Command* const> commands) {
    std::set<std::string> ids, program_ids, business_ids, held, moving, claiming, enclosing;
    for (const Command* command : commands) {
        if (const auto* started = std::get_if<StartApplication>(&command->deed)) {
            program_ids.insert(started->program_id);
            business_ids.insert(started->applicant.business_id);
            held.insert(started->applicant.business_id);
            if (command->registered) {
                learned_.insert_or_assign(command->registered->id, *command->registered);
            }
            continue;
        }
        ids.insert(command->application_id);
        if (MovesBudgets(*command)) moving.insert(command->application_id);
        if (TouchesClaims(*command)) claiming.insert(command->application_id);
        if (Encloses(*command)) enclosing.insert(command->application_id);
    }
    std::vector<ApplicationRoot> roots = FindRoots(transaction, Uuids(ids));
    for (const ApplicationRoot& root : roots) {
        program_ids.insert(root.program_id);
        business_ids.insert(root.business_id);
        if (enclosing.contains(root.id)) held.insert(root.business_id);
    }
    HoldBusinesses(transaction, Uuids(held));
    LoadKnown(transaction, business_ids);
    for (Program& program :
         LockPrograms(transaction, Uuids(program_ids), RowLock::kAgainstChanges)) {
        const std::string id = program.id;
        programs_.emplace(id, std::move(program));
    }
    LoadCourses(transaction);
    std::erase_if(roots, [&](const ApplicationRoot& root) { return !moving.contains(root.id); });
    goods_.Load(transaction, roots, programs_, businesses_);
    if (!roots.empty()) book_.Lock(transaction, FindBudgets(transaction, roots), {});
    for (Application& application : LockApplications(transaction, Uuids(ids))) {
        applications_.AddLoaded(std::move(application));
    }
    goods_.LoadReserved(transaction);
    LoadEnclosures(transaction, commands);
    LoadPriorGrants(transaction, commands);
    std::vector<ClaimKey> keys;
    for (const Command* command : commands) AddClaimKeys(keys, *command, claiming);
    claims_.Load(transaction, keys, {claiming.begin(), claiming.end()});
}

void ApplicationUnitOfWork::LoadEnclosures(postgres::Transaction& transaction,
                                           std::span<const Command* const> commands) {
    std::set<std::string> owner_ids, family_cards, attached_to;
    for (const Command* command : commands) {
        const Application* application = applications_.Find(command->application_id);
        if (application == nullptr) continue;
        const bool is_needed = Encloses(*command) || !application->statement.empty();
        if (is_needed) owner_ids.insert(application->applicant.owner_id);
        const std::string& family_card = command->enclosure.stated.family_card;
        if (!family_card.empty()) family_cards.insert(family_card);
        if (std::holds_alternative<AttachDocument>(command->deed)) {
            attached_to.insert(application->id);
        }
    }
    enclosures_.Load(transaction, owner_ids, family_cards, attached_to);
}

void ApplicationUnitOfWork::LoadPriorGrants(postgres::Transaction& transaction,
                                            std::span<const Command* const> commands) {
    std::vector<ClaimKey> keys;
    for (const Command* command : commands) {
        const bool is_decision = std::holds_alternative<SubmitApplication>(command->deed) ||
                                 std::holds_alternative<ApproveApplication>(command->deed);
        const Application* application = applications_.Find(command->application_id);
        if (!is_decision || application == nullptr) continue;
        if (const auto wanted = PriorKeysOf(*application)) {
            keys.insert(keys.end(), wanted->begin(), wanted->end());
        }
    }
    prior_grants_.Load(transaction, keys);
}

std::optional<std::vector<ClaimKey>> ApplicationUnitOfWork::PriorKeysOf(
    const Application& application) const {
    const auto program = programs_.find(application.program_id);
    if (program == programs_.end()) return std::nullopt;
    const ProgramTerms& terms = program->second.terms;
    const bool are_asked_for =
        AsksFor(terms.rules, Fact::kPriorGrants) || AsksFor(terms.rules, Fact::kPriorGrantsInYear);
    if (!are_asked_for) return std::nullopt;
    auto keys = ClaimKeysOf(terms, application.applicant);
    if (!keys) return std::nullopt;
    const Kin kin = KinOf(businesses_, application.applicant);
    std::vector<ClaimKey> of_kin;
    for (const ClaimKey& key : *keys) {
        const std::vector<ClaimKey> more = KinKeysOf(key, kin);
        of_kin.insert(of_kin.end(), more.begin(), more.end());
    }
    keys->insert(keys->end(), of_kin.begin(), of_kin.end());
    return *std::move(keys);
}

void ApplicationUnitOfWork::LoadKnown(postgres::Transaction& transaction,
                                      const std::set<std::string>& business_ids) {
    businesses_ = LoadFamilies(transaction, Uuids(business_ids));
    std::erase_if(learned_, [this](const auto& each) {
        const auto known = businesses_.find(each.first);
        return known != businesses_.end() && known->second.version >= each.second.version;
    });
    for (const auto& [id, business] : learned_) businesses_.insert_or_assign(id, business);
}

void ApplicationUnitOfWork::LoadCourses(postgres::Transaction& transaction) {
    const bool is_asked = std::ranges::any_of(programs_, [](const auto& each) {
        return AsksFor(each.second.terms.rules, Fact::kCompletedCourses);
    });
    if (!is_asked) return;
    postgres::UuidArray ids;
    for (const auto& [id, business] : businesses_) ids.Add(id);
    completed_topics_ = LoadCompletedTopics(transaction, ids);
}

/// Where places may be taken by the application or, if it has kin, were taken twice.
void ApplicationUnitOfWork::AddClaimKeys(std::vector<ClaimKey>& keys, const Command& command,
                                         const std::set<std::string>& claiming) const {
    const Application* application = applications_.Find(command.application_id);
    if (application == nullptr) return;
    const auto program = programs_.find(application->program_id);
    if (program == programs_.end()) return;
    Applicant applicant = application->applicant;
    if (std::holds_alternative<StateFacts>(command.deed)) {  // Somebody may submit it right after.
        applicant.household = enclosures_.FindHousehold(command.enclosure.stated.family_card);
    }
    const Kin kin = KinOf(businesses_, applicant);
    if (kin.business_ids.empty() && !claiming.contains(application->id)) return;
    const auto wanted = ClaimKeysOf(program->second.terms, applicant);
    if (!wanted) return;
    for (const ClaimKey& key : *wanted) {
        keys.push_back(key);
        const std::vector<ClaimKey> of_kin = KinKeysOf(key, kin);
        keys.insert(keys.end(), of_kin.begin(), of_kin.end());
    }
}

}  // namespace bangkit::aid
