#include "services/aid/storage/program/program_mapping.h"

#include "bangkit/aid/v1/program_events.pb.h"
#include "bangkit/aid/v1/program_service.pb.h"
#include "libs/indonesia/format.h"

namespace bangkit::aid {
namespace {

using indonesia::FormatDate;

/// Of a text that was checked; of an empty one, which templates have, the beginning of time.
Date ToDate(const std::string& text) { return indonesia::ParseDate(text).value_or(Date{}); }
std::string ToText(Date date) { return date == Date{} ? "" : FormatDate(date); }

void FillStatistics(v1::ProgramStatistics& out, const Program& program) {
    const ProgramTerms& terms = program.terms;
    out.set_name(terms.name);
    out.set_instrument(As<common::v1::AidInstrument>(terms.instrument));
    out.set_funding_source(As<common::v1::FundingSource>(terms.funding_source));
    out.set_fiscal_year(terms.fiscal_year);
    out.set_region_code(terms.region_code);
    out.set_opens_on(ToText(terms.opens_on));
    out.set_closes_on(ToText(terms.closes_on));
    out.set_amount_rupiah(terms.amount);
    out.set_state(As<common::v1::ProgramState>(program.state));
}

template <typename Message>
PublicEvent Publish(Message& out, const Program& program) {
    out.set_program_id(program.id);
    FillStatistics(*out.mutable_statistics(), program);
    Fill(*out.mutable_occurred_at(), program.updated_at);
    return {Message::descriptor()->full_name(), out.SerializeAsString()};
}

template <typename Message>
PublicEvent Publish(const Program& program) {
    Message out;
    return Publish(out, program);
}

PublicEvent Publish(const Program& program, const ProgramCreated&) {
    return Publish<v1::ProgramCreated>(program);
}
PublicEvent Publish(const Program& program, const RulesReplaced& event) {
    v1::ProgramRulesReplaced out;
    out.set_rules_version(event.rules.version);
    return Publish(out, program);
}
PublicEvent Publish(const Program& program, const ProgramOpened&) {
    return Publish<v1::ProgramOpened>(program);
}
PublicEvent Publish(const Program& program, const ProgramPaused&) {
    return Publish<v1::ProgramPaused>(program);
}
PublicEvent Publish(const Program& program, const ProgramClosed&) {
    return Publish<v1::ProgramClosed>(program);
}
PublicEvent Publish(const Program& program, const ProgramSettled&) {
    return Publish<v1::ProgramSettled>(program);
}

template <typename Response>
std::string Answer(const Program& program) {
    Response response;
    Fill(*response.mutable_program(), program);
    response.set_position(PositionOf(kProgramAggregate, program.id, program.version));
    return response.SerializeAsString();
}

void FillRule(v1::Rule& out, const Rule& rule) {
    out.set_code(rule.code);
    out.set_fact(As<v1::Fact>(rule.fact));
    out.set_test(As<v1::RuleTest>(rule.test));
    out.mutable_numbers()->Add(rule.numbers.begin(), rule.numbers.end());
    out.mutable_region_codes()->Add(rule.region_codes.begin(), rule.region_codes.end());
    out.set_unknown(rule.passes_if_unknown ? v1::UNKNOWN_PASSES : v1::UNKNOWN_FAILS);
    out.set_source(rule.source);
    out.set_is_parameter(rule.is_parameter);
}

Rule ToRule(const v1::Rule& rule) {
    return {.code = rule.code(),
            .fact = As<Fact>(rule.fact()),
            .test = As<RuleTest>(rule.test()),
            .numbers = {rule.numbers().begin(), rule.numbers().end()},
            .region_codes = {rule.region_codes().begin(), rule.region_codes().end()},
            .passes_if_unknown = rule.unknown() == v1::UNKNOWN_PASSES,
            .source = rule.source(),
            .is_parameter = rule.is_parameter()};
}

ApprovalBand ToBand(const v1::ApprovalBand& band) {
    ApprovalBand made{.up_to = band.up_to_rupiah(), .roles = {}};
    for (const int role : band.roles()) made.roles.insert(As<ApproverRole>(role));
    return made;
}

Exclusion ToExclusion(const v1::Exclusion& exclusion) {
    return {.group = exclusion.group(),
            .scope = As<ExclusionScope>(exclusion.scope()),
            .span = As<ExclusionSpan>(exclusion.span()),
            .limit = exclusion.limit() == 0 ? 1 : exclusion.limit()};
}

}  // namespace

void Fill(v1::RuleSet& out, const RuleSet& set) {
    out.set_code(set.code);
    out.set_version(set.version);
    for (const Rule& rule : set.rules) FillRule(*out.add_rules(), rule);
}

void Fill(v1::ProgramTerms& out, const ProgramTerms& terms) {
    out.set_name(terms.name);
    out.set_instrument(As<common::v1::AidInstrument>(terms.instrument));
    out.set_funding_source(As<common::v1::FundingSource>(terms.funding_source));
    out.set_fiscal_year(terms.fiscal_year);
    out.set_region_code(terms.region_code);
    out.set_opens_on(ToText(terms.opens_on));
    out.set_closes_on(ToText(terms.closes_on));
    out.set_amount_rupiah(terms.amount);
    for (const DocumentKind kind : terms.documents) out.add_documents(As<v1::DocumentKind>(kind));
    for (const ApprovalBand& band : terms.approval_bands) {
        v1::ApprovalBand& added = *out.add_approval_bands();
        added.set_up_to_rupiah(band.up_to);
        for (const ApproverRole role : band.roles) added.add_roles(As<v1::ApproverRole>(role));
    }
    Fill(*out.mutable_rules(), terms.rules);
    for (const Exclusion& exclusion : terms.exclusions) {
        v1::Exclusion& added = *out.add_exclusions();
        added.set_group(exclusion.group);
        added.set_scope(As<v1::ExclusionScope>(exclusion.scope));
        added.set_span(As<v1::ExclusionSpan>(exclusion.span));
        added.set_limit(exclusion.limit);
    }
}

void Fill(v1::Program& out, const Program& program) {
    out.set_program_id(program.id);
    out.set_version(program.version);
    out.set_etag(EtagOf(program.version));
    Fill(*out.mutable_terms(), program.terms);
    out.set_state(As<common::v1::ProgramState>(program.state));
    Fill(*out.mutable_created_at(), program.created_at);
    Fill(*out.mutable_updated_at(), program.updated_at);
}

RuleSet ToRuleSet(const v1::RuleSet& set) {
    RuleSet made{.code = set.code(), .version = set.version(), .rules = {}};
    for (const v1::Rule& rule : set.rules()) made.rules.push_back(ToRule(rule));
    return made;
}

ProgramTerms ToTerms(const v1::ProgramTerms& terms) {
    ProgramTerms made{.name = terms.name(),
                      .instrument = As<Instrument>(terms.instrument()),
                      .funding_source = As<FundingSource>(terms.funding_source()),
                      .fiscal_year = terms.fiscal_year(),
                      .region_code = terms.region_code(),
                      .opens_on = ToDate(terms.opens_on()),
                      .closes_on = ToDate(terms.closes_on()),
                      .amount = terms.amount_rupiah(),
                      .documents = {},
                      .approval_bands = {},
                      .rules = ToRuleSet(terms.rules()),
                      .exclusions = {}};
    for (const int kind : terms.documents()) made.documents.insert(As<DocumentKind>(kind));
    for (const auto& band : terms.approval_bands()) made.approval_bands.push_back(ToBand(band));
    for (const auto& each : terms.exclusions()) made.exclusions.push_back(ToExclusion(each));
    return made;
}

std::string AnswerTo(const CreateProgram&, const Program& program) {
    return Answer<v1::CreateProgramResponse>(program);
}
std::string AnswerTo(const ReplaceRules&, const Program& program) {
    return Answer<v1::ReplaceProgramRulesResponse>(program);
}
std::string AnswerTo(const OpenProgram&, const Program& program) {
    return Answer<v1::OpenProgramResponse>(program);
}
std::string AnswerTo(const PauseProgram&, const Program& program) {
    return Answer<v1::PauseProgramResponse>(program);
}
std::string AnswerTo(const CloseProgram&, const Program& program) {
    return Answer<v1::CloseProgramResponse>(program);
}
std::string AnswerTo(const SettleProgram&, const Program& program) {
    return Answer<v1::SettleProgramResponse>(program);
}

PublicEvent ToPublic(const Program& program, const ProgramEvent& event) {
    return std::visit([&](const auto& happened) { return Publish(program, happened); }, event);
}

}  // namespace bangkit::aid
