#pragma once

#include <string>
#include <string_view>

#include "libs/messaging/parked_records.h"

namespace bangkit::cli {

/// "bangkit.registration.v1/3/17": how a record of a topic is named on the command line.
std::string NameOf(std::string_view topic, const messaging::RecordPlace& place);

/// Which parked records a command line means. Throws UsageError for what names none.
/// `record`: as NameOf() writes it; `aggregate`: "business/<id>". Each may be empty.
messaging::ParkedFilter ParseParkedChoice(std::string_view topic, std::string_view record,
                                          std::string_view aggregate);

/// Who is at the keyboard: "login@machine", for the record.
std::string OperatorName();

}  // namespace bangkit::cli
