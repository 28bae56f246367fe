#pragma once

#include <cstddef>
#include <filesystem>
#include <string>

#include "bangkit/registration/v1/import_service.pb.h"
#include "services/cli/import/retry.h"
#include "services/cli/import/upload.h"
#include "services/cli/session.h"

namespace bangkit::cli {

registration::v1::ImportJob GetImportJob(Session& session, const std::string& job_id);

/// The job that imports a file, from its creation to its end, whatever is away meanwhile.
class ImportRun {
public:
    /// All must outlive it.
    ImportRun(Session& session, const LocalFile& file, bool is_dry_run, Retry& retry,
              ProgressLine& line)
        : session_(session), file_(file), is_dry_run_(is_dry_run), retry_(retry), line_(line) {}

    /// Goes on with an unfinished job of the same file, such as an interrupted command has left;
    /// else begins one. Returns it as it was found.
    registration::v1::ImportJob Begin();
    void Upload(const std::string& job_id, std::size_t piece);
    /// Until it is over.
    registration::v1::ImportJob Await(const std::string& job_id);

private:
    Session& session_;
    const LocalFile& file_;
    const bool is_dry_run_;
    Retry& retry_;
    ProgressLine& line_;
};

/// Writes the failed rows of a job to `target`: see OpenTableOutput().
void DownloadErrors(Session& session, const std::string& job_id,
                    const std::filesystem::path& target, Retry& retry);

}  // namespace bangkit::cli
