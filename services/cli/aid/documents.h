#pragma once

#include <string>
#include <string_view>

#include "bangkit/aid/v1/document_service.pb.h"
#include "services/cli/session.h"

namespace bangkit::cli {

/// Hands in a document, in the name of `token`. Throws CallFailed.
aid::v1::AttachDocumentResponse AttachDocument(Session& session, const std::string& token,
                                               const std::string& application_id,
                                               aid::v1::DocumentKind kind,
                                               std::string_view content);

/// What was handed in. Throws CallFailed.
std::string DownloadDocument(Session& session, const std::string& token,
                             const aid::v1::DownloadDocumentRequest& request);

}  // namespace bangkit::cli
