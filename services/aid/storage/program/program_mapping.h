#pragma once

#include <string>

#include "services/aid/domain/program/program.h"
#include "services/aid/storage/mapping.h"

namespace bangkit::aid::v1 {
class Program;
class ProgramTerms;
class RuleSet;
}  // namespace bangkit::aid::v1

namespace bangkit::aid {

void Fill(v1::Program& out, const Program& program);
void Fill(v1::ProgramTerms& out, const ProgramTerms& terms);
void Fill(v1::RuleSet& out, const RuleSet& set);

/// The reverse. Of what has been checked, or was written by Fill().
ProgramTerms ToTerms(const v1::ProgramTerms& terms);
RuleSet ToRuleSet(const v1::RuleSet& set);

// Answers: serialized response messages, stored with the request and sent as they are.
std::string AnswerTo(const CreateProgram& command, const Program& program);
std::string AnswerTo(const ReplaceRules& command, const Program& program);
std::string AnswerTo(const OpenProgram& command, const Program& program);
std::string AnswerTo(const PauseProgram& command, const Program& program);
std::string AnswerTo(const CloseProgram& command, const Program& program);
std::string AnswerTo(const SettleProgram& command, const Program& program);

/// `program`: as the event left it.
PublicEvent ToPublic(const Program& program, const ProgramEvent& event);

}  // namespace bangkit::aid
