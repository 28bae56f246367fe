#include "services/aid/storage/application/application_unit_of_work.h"

#include <set>
#include <utility>

#include "libs/identity/policy.h"
#include "services/aid/storage/application/application_mapping.h"
#include "services/aid/storage/business/businesses.h"

namespace bangkit::aid {
namespace {

std::set<ApproverRole> RolesOf(const identity::Caller& caller) {
    std::set<ApproverRole> roles;
    if (caller.HasRole(identity::role::kAgency)) roles.insert(ApproverRole::kAgency);
    if (caller.HasRole(identity::role::kProvince)) roles.insert(ApproverRole::kProvince);
    return roles;
}

bool EndsWithNothing(const ApplicationEvent& event) {
    return std::holds_alternative<ApplicationRejected>(event) ||
           std::holds_alternative<ApplicationWithdrawn>(event) ||
           std::holds_alternative<ApplicationCancelled>(event);
}

std::unexpected<Error> OwnerErased() {
    return Refused(ErrorCode::kFailedPrecondition, "OWNER_ERASED",
                   "the personal data of the owner was destroyed");
}

}  // namespace

std::string ApplicationUnitOfWork::Target(const Command& command) {
    const auto* inspected = std::get_if<InspectApplication>(&command.deed);
    if (inspected != nullptr && !inspected->document_id.empty()) {
        return "document/" + inspected->document_id;
    }
    return std::string(kApplicationAggregate) + "/" + command.application_id;
}

command::Outcome ApplicationUnitOfWork::Handle(const Pending& pending, Time now) {
    return std::visit([&](const auto& deed) { return Run(deed, pending, now); },
                      pending.command.deed);
}

template <typename Deed>
command::Outcome ApplicationUnitOfWork::Run(const Deed& deed, const Pending& pending, Time now) {
    const Application before = Reached(pending);
    const auto& expected = pending.command.expected_version;
    if (before.Exists() && expected && *expected != before.version) {
        return Refused(ErrorCode::kAborted, "ETAG_STALE",
                       "the application has changed since it was read");
    }
    if constexpr (std::is_same_v<Deed, SubmitApplication> ||
                  std::is_same_v<Deed, ApproveApplication>) {
        if (const Result<void> there = CheckOwner(before); !there) {
            return std::unexpected(there.error());
        }
    } else if constexpr (kEncloses<Deed>) {
        if (const Result<void> there = CheckNotErased(before); !there) {
            return std::unexpected(there.error());
        }
    }
    const Result<ApplicationEvent> event = DecideOn(deed, before, pending, now);
    if (!event) return std::unexpected(event.error());
    if (const Result<void> done = Settle(before, *event, pending, now); !done) {
        return std::unexpected(done.error());
    }
    Application& application = applications_[pending.command.application_id];
    application = Apply(before, *event);
    Record(before, application, *event, pending);
    enclosures_.Keep(deed, application, pending.command.enclosure, pending.caller.subject);
    if constexpr (std::is_same_v<Deed, AttachDocument>) {
        return AnswerTo(application, DocumentOf(deed, application, pending.caller.subject));
    } else {
        return AnswerTo(deed, application);
    }
}

command::Outcome ApplicationUnitOfWork::Run(const InspectApplication&, const Pending& pending,
                                            Time) {
    if (Reached(pending).Exists()) return "";
    return Refused(ErrorCode::kNotFound, "APPLICATION_NOT_FOUND", "no such application");
}

Result<ApplicationEvent> ApplicationUnitOfWork::DecideOn(const StateFacts& deed,
                                                         const Application& application,
                                                         const Pending& pending, Time now) {
    Result<ApplicationEvent> event = DecideOn<StateFacts>(deed, application, pending, now);
    if (!event) return event;
    enclosures_.Seal(std::get<FactsStated>(*event), application, pending.command.enclosure.stated,
                     now);
    return event;
}

Result<ApplicationEvent> ApplicationUnitOfWork::DecideOn(const AttachDocument& deed,
                                                         const Application& application,
                                                         const Pending& pending, Time now) const {
    AttachDocument known = deed;
    known.held = enclosures_.HeldBy(application.id);
    return DecideOn<AttachDocument>(known, application, pending, now);
}

Result<ApplicationEvent> ApplicationUnitOfWork::DecideOn(const StartApplication& deed,
                                                         const Application&, const Pending& pending,
                                                         Time now) const {
    const auto business = businesses_.find(deed.applicant.business_id);
    if (business == businesses_.end() || !pending.caller.Reaches(business->second.region_code)) {
        if (!pending.command.registered) {
            return Refused(ErrorCode::kUnavailable, std::string(kBusinessUnknown),
                           "nothing was heard of the business yet");
        }
        return Refused(ErrorCode::kNotFound, "BUSINESS_NOT_FOUND", "no such business");
    }
    if (!business->second.merged_into.empty()) {
        return Refused(ErrorCode::kFailedPrecondition, "BUSINESS_MERGED",
                       "the business lives on in another one");
    }
    if (business->second.owner_is_erased) return OwnerErased();
    const auto program = programs_.find(deed.program_id);
    const bool is_offered =
        program != programs_.end() &&
        identity::LiesIn(business->second.region_code, program->second.terms.region_code);
    if (!is_offered) {
        return Refused(ErrorCode::kNotFound, "PROGRAM_NOT_FOUND", "no such programme");
    }
    StartApplication known = deed;
    known.applicant.owner_id = business->second.owner_id;
    known.applicant.region_code = business->second.region_code;
    const Facts facts = FactsOf(business->second);
    return Decide(
        known,
        {.program = program->second, .facts = facts, .actor = pending.caller.subject, .now = now});
}

Result<ApplicationEvent> ApplicationUnitOfWork::DecideOn(const ApproveApplication&,
                                                         const Application& application,
                                                         const Pending& pending, Time now) const {
    ApproveApplication known{.roles = RolesOf(pending.caller), .budget_id = {}};
    const Budget* budget = book_.FindFor(application.program_id, application.applicant.region_code);
    if (budget != nullptr) known.budget_id = budget->id;
    Result<ApplicationEvent> event = DecideOn<ApproveApplication>(known, application, pending, now);
    if (event && budget == nullptr) {
        return Refused(ErrorCode::kFailedPrecondition, "BUDGET_MISSING",
                       "the programme has no budget for the region");
    }
    return event;
}

template <typename Deed>
Result<ApplicationEvent> ApplicationUnitOfWork::DecideOn(const Deed& deed,
                                                         const Application& application,
                                                         const Pending& pending, Time now) const {
    static const Program none{};
    const auto program = programs_.find(application.program_id);
    Facts facts = KnownFacts(application);
    enclosures_.AddStated(facts, application, now);
    return Decide(application, deed,
                  {.program = program == programs_.end() ? none : program->second,
                   .facts = facts,
                   .actor = pending.caller.subject,
                   .now = now});
}

Application ApplicationUnitOfWork::Reached(const Pending& pending) const {
    const Application* application = applications_.Find(pending.command.application_id);
    const bool is_there =
        application != nullptr && pending.caller.Reaches(application->applicant.region_code);
    return is_there ? *application : Application{};
}

Facts ApplicationUnitOfWork::KnownFacts(const Application& application) const {
    const Business* business = LivingOne(businesses_, application.applicant.business_id);
    Facts facts = business == nullptr ? Facts() : FactsOf(*business);
    facts.Set(Fact::kRequested, application.amount + application.lent);
    if (const auto courses = CompletedTopics(application)) {
        facts.Set(Fact::kCompletedCourses, *courses);
    }
    if (const auto keys = PriorKeysOf(application)) {
        const int fiscal_year = programs_.at(application.program_id).terms.fiscal_year;
        prior_grants_.AddTo(facts, *keys, fiscal_year, application.id);
    }
    return facts;
}

std::optional<std::set<std::int64_t>> ApplicationUnitOfWork::CompletedTopics(
    const Application& application) const {
    const auto program = programs_.find(application.program_id);
    const bool is_asked =
        program != programs_.end() && AsksFor(program->second.terms.rules, Fact::kCompletedCourses);
    if (!is_asked) return std::nullopt;
    std::set<std::int64_t> topics;
    const auto add = [&](const std::string& business_id) {
        const auto found = completed_topics_.find(business_id);
        if (found != completed_topics_.end()) {
            topics.insert(found->second.begin(), found->second.end());
        }
    };
    add(application.applicant.business_id);
    for (const Business* kin : FamilyOf(businesses_, application.applicant.business_id)) {
        add(kin->id);
    }
    return topics;
}

Result<void> ApplicationUnitOfWork::CheckNotErased(const Application& application) const {
    const auto business = businesses_.find(application.applicant.business_id);
    if (business == businesses_.end() || !business->second.owner_is_erased) return {};
    return OwnerErased();
}

Result<void> ApplicationUnitOfWork::CheckOwner(const Application& application) const {
    if (Result<void> there = CheckNotErased(application); !there) return there;
    const auto program = programs_.find(application.program_id);
    if (program == programs_.end()) return {};
    return claims_.CheckPlaces(program->second.terms, application.applicant,
                               KinOf(businesses_, application.applicant));
}

Result<void> ApplicationUnitOfWork::Settle(const Application& before, const ApplicationEvent& event,
                                           const Pending& pending, Time now) {
    const StockActor actor{
        .subject = pending.caller.subject, .traceparent = pending.traceparent, .now = now};
    if (std::holds_alternative<ApplicationSubmitted>(event)) {
        return claims_.Claim(programs_.at(before.program_id).terms, before.applicant, before.id,
                             KinOf(businesses_, before.applicant));
    }
    if (const auto* stated = std::get_if<FactsStated>(&event)) {
        // It applies for another household, whose places it has not got.
        if (stated->household != before.applicant.household) claims_.Release(before.id);
        return {};
    }
    const auto* approved = std::get_if<ApplicationApproved>(&event);
    const Result<GoodsPlan> goods =
        approved ? goods_.Plan(programs_.at(before.program_id), before, businesses_) : GoodsPlan{};
    if (!goods) return std::unexpected(goods.error());
    if (const auto order = PostingOf(before, event)) {
        const std::string& budget_id = approved ? approved->budget_id : before.budget_id;
        if (Result<void> posted = book_.Post(budget_id, *order, actor.subject, now); !posted) {
            return posted;
        }
    }
    goods_.Reserve(*goods, before, actor);
    if (EndsWithNothing(event)) {
        claims_.Release(before.id);
        goods_.Release(before, actor);
    }
    return {};
}

void ApplicationUnitOfWork::Record(const Application& before, const Application& after,
                                   const ApplicationEvent& event, const Pending& pending) {
    history_.Add(after, pending.caller.subject);
    const bool is_decision = std::holds_alternative<ApplicationSubmitted>(event) ||
                             std::holds_alternative<ApplicationApproved>(event);
    if (is_decision) history_.AddDecision(after, KnownFacts(before), pending.caller.subject);
    const PublicEvent out = ToPublic(before, after, event);
    outbox_.Add({.aggregate_type = kApplicationAggregate,
                 .aggregate_id = after.id,
                 .version = after.version,
                 .type = out.type,
                 .payload = out.payload,
                 .traceparent = pending.traceparent});
}

void ApplicationUnitOfWork::Save(postgres::Transaction& transaction) {
    SaveBusinesses(transaction, learned_);
    claims_.Save(transaction);
    SaveApplications(transaction, applications_);
    book_.Save(transaction);
    goods_.Save(transaction);
    enclosures_.Save(transaction);
    history_.Save(transaction);
    outbox_.Save(transaction);
}

}  // namespace bangkit::aid
