#pragma once

#include <string_view>

#include "bangkit/aid/v1/program.pb.h"
#include "bangkit/aid/v1/statement.pb.h"
#include "bangkit/aid/v1/survey.pb.h"
#include "libs/base/clock.h"
#include "libs/grpc/fields.h"
#include "services/aid/domain/application/stated_facts.h"

namespace bangkit::aid {

/// A document that an applicant brings along.
void CheckOfChecklist(rpc::FieldChecker& fields, std::string_view field, v1::DocumentKind kind);

StatedFacts CheckStated(rpc::FieldChecker& fields, const v1::StatedFacts& facts, Time now);

v1::SurveyFindings CheckFindings(rpc::FieldChecker& fields, const v1::SurveyFindings& findings);

}  // namespace bangkit::aid
