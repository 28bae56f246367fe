#pragma once

#include <string_view>

#include "bangkit/common/v1/needs.pb.h"
#include "bangkit/registration/v1/need.pb.h"
#include "services/cli/words.h"

namespace bangkit::cli {

// The Indonesian words of needs and intake.

std::string_view WordFor(common::v1::NeedTopic topic);
std::string_view WordFor(common::v1::NeedStatus status);
std::string_view WordFor(registration::v1::NeedSource source);

const Choices<common::v1::NeedTopic>& NeedTopicChoices();
const Choices<common::v1::NeedStatus>& NeedStatusChoices();
const Choices<registration::v1::NeedDeclineReason>& DeclineReasonChoices();

}  // namespace bangkit::cli
