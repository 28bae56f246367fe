#pragma once

#include <functional>
#include <memory>

#include "bangkit/registration/v1/registration_service.pb.h"
#include "libs/command/pending_command.h"
#include "libs/crypto/key_ring.h"
#include "libs/grpc/line_stream.h"
#include "services/registration/api/checks.h"

namespace bangkit::registration {

using ImportSource = rpc::LineSource<v1::ImportBusinessesRequest, v1::ImportBusinessesResponse>;

/// Hands a row's command to the command loop; `done` is called once, from any thread.
using SubmitRow = std::function<void(RegisterBusiness,
                                     std::move_only_function<void(const command::Outcome&)> done)>;

/// Reads a CSV file that arrives in pieces, row by row, in memory that does not grow with the file.
/// Each row is a registration with a row key: the keyed hash of its canonical columns, whoever
/// sends it in whichever file.
std::unique_ptr<ImportSource> MakeImport(const Checks& checks, const crypto::KeyRing& keys,
                                         SubmitRow submit);

}  // namespace bangkit::registration
