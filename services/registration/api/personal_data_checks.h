#pragma once

#include <string>

#include "bangkit/registration/v1/personal_data_service.pb.h"
#include "libs/base/clock.h"
#include "libs/base/result.h"
#include "services/registration/domain/personal_data.h"

namespace bangkit::registration {

/// A command whose shape is right, and the id under which its answer is kept; empty: it is not
/// kept, for each call is a deed of its own.
struct CheckedPersonalData {
    std::string request_id;
    PersonalDataCommand command;
};

/// INVALID_ARGUMENT with all that is wrong. `now` goes into the ids that are made.
Result<CheckedPersonalData> Check(const v1::RevealOwnerRequest& request, Time now);
Result<CheckedPersonalData> Check(const v1::FindByIdentityRequest& request, Time now);
/// Which businesses is known only when the page has been read.
Result<CheckedPersonalData> Check(const v1::DiscloseBusinessesRequest& request, Time now);
Result<CheckedPersonalData> Check(const v1::OpenSubjectRequestRequest& request, Time now);
Result<CheckedPersonalData> Check(const v1::EraseOwnerRequest& request, Time now);
Result<CheckedPersonalData> Check(const v1::ExportPersonalDataRequest& request, Time now);
Result<CheckedPersonalData> Check(const v1::CloseSubjectRequestRequest& request, Time now);
Result<CheckedPersonalData> Check(const v1::SetLegalHoldRequest& request, Time now);

/// A reference of an agency's file: 3 to 40 letters, digits and . / - with a digit, and without so
/// many digits in a row that they could be a NIK or a phone number.
bool IsCaseReference(std::string_view text);

}  // namespace bangkit::registration
