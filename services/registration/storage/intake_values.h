#pragma once

#include <map>
#include <string>
#include <string_view>

#include "services/registration/domain/intake_commands.h"

namespace bangkit::registration {

// The values of fields as intake keeps and compares them: serialized messages
// bangkit.registration.v1.IntakeValue, equal if and only if the values are.

std::string ValueOf(Detail detail, const Owner& owner, const Profile& profile,
                    const Figures& figures);
std::string ValueOf(const UpdateBusiness& command, Detail detail);
std::string ValueOf(const ReportCondition& report);

/// A change of these details to these values.
UpdateBusiness UpdateOf(const std::string& business_id,
                        const std::map<Detail, std::string>& values);
/// A report of this value since the date that `field` names.
ReportCondition ReportOf(const std::string& business_id, std::string_view field,
                         std::string_view value);
/// A change of that field to this value, whichever it is.
Command ChangeTo(const std::string& business_id, std::string_view field, const std::string& value);
/// "condition@2026-03-01"
std::string ConditionField(Date since);
bool IsConditionField(std::string_view field);

/// A report or an edit while it waits for its business, and back.
std::string ContentOf(const SubmitIntake& submission);
/// Throws std::runtime_error if it is not that.
IntakeStatement StatementOf(IntakeKind kind, const std::string& business_id,
                            std::string_view content);

}  // namespace bangkit::registration
