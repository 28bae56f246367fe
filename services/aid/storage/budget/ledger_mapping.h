#pragma once

#include <string>

#include "services/aid/domain/program/program.h"
#include "services/aid/storage/mapping.h"

namespace bangkit::aid::v1 {
class Balances;
class Budget;
class Posting;
}  // namespace bangkit::aid::v1

namespace bangkit::aid {

void Fill(v1::Balances& out, const Balances& balances);
void Fill(v1::Budget& out, const Budget& budget);
void Fill(v1::Posting& out, const Posting& posting);

// Answers: serialized response messages, stored with the request and sent as they are.
std::string AnswerTo(const AllocateBudget& command, const Budget& budget);
std::string AnswerTo(const ReviseBudget& command, const Budget& budget);

/// `budget`: as the event left it.
PublicEvent ToPublic(const Budget& budget, const BudgetEvent& event);

}  // namespace bangkit::aid
