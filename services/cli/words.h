#pragma once

#include <map>
#include <string>
#include <string_view>

#include "bangkit/common/v1/classification.pb.h"
#include "bangkit/dashboard/v1/dashboard.pb.h"
#include "bangkit/registration/v1/duplicates.pb.h"
#include "bangkit/registration/v1/personal_data.pb.h"
#include "bangkit/registration/v1/registration_service.pb.h"

namespace bangkit::cli {

// The Indonesian words for what is sent as numbers: in tables, in files and on the command line.

std::string_view WordFor(common::v1::BusinessKind kind);
std::string_view WordFor(common::v1::BusinessScale scale);
std::string_view WordFor(common::v1::BusinessCondition condition);
std::string_view WordFor(common::v1::VerificationLevel level);
std::string_view WordFor(common::v1::SalesChannel channel);
std::string_view WordFor(common::v1::LocationType type);
std::string_view WordFor(common::v1::NetworkCoverage coverage);
std::string_view WordFor(common::v1::CooperativeAffiliation affiliation);
std::string_view WordFor(dashboard::v1::BusinessMark mark);

std::string_view WordFor(registration::v1::SubjectRequestKind kind);
std::string_view WordFor(registration::v1::SubjectRequestState state);

std::string_view WordFor(registration::v1::DuplicateState state);
std::string_view WordFor(registration::v1::DuplicateReason reason);

/// What may be written on the command line, Indonesian or English, for CLI::CheckedTransformer.
template <typename Enum>
using Choices = std::map<std::string, Enum>;

/// Every value of an enum that has a word, by it. `word`: WordFor.
template <typename Enum>
Choices<Enum> AllWords(int last, std::string_view (*word)(Enum)) {
    Choices<Enum> made;
    for (int i = 1; i <= last; ++i) {
        const auto value = static_cast<Enum>(i);
        if (word(value) != "?") made.emplace(word(value), value);
    }
    return made;
}

const Choices<common::v1::BusinessKind>& KindChoices();
const Choices<common::v1::BusinessScale>& ScaleChoices();
const Choices<common::v1::BusinessCondition>& ConditionChoices();
const Choices<common::v1::VerificationLevel>& LevelChoices();
const Choices<common::v1::SalesChannel>& ChannelChoices();
const Choices<common::v1::LocationType>& LocationTypeChoices();
const Choices<common::v1::NetworkCoverage>& CoverageChoices();
const Choices<common::v1::CooperativeAffiliation>& AffiliationChoices();
const Choices<registration::v1::Legality>& LegalityChoices();
const Choices<registration::v1::Sex>& SexChoices();
const Choices<registration::v1::Disability>& DisabilityChoices();
const Choices<registration::v1::Occupation>& OccupationChoices();
const Choices<bool>& YesNoChoices();
const Choices<registration::v1::ConditionReason>& ReasonChoices();
const Choices<registration::v1::DisclosurePurpose>& PurposeChoices();
const Choices<registration::v1::OwnerField>& OwnerFieldChoices();
const Choices<registration::v1::SubjectRequestRefusal>& RefusalChoices();
const Choices<registration::v1::DuplicateState>& DuplicateStateChoices();

}  // namespace bangkit::cli
