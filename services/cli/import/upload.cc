#include "services/cli/import/upload.h"

#include <fstream>
#include <thread>

#include "bangkit/registration/v1/import_service.grpc.pb.h"
#include "libs/crypto/sha256.h"
#include "libs/grpc/call.h"
#include "libs/status/status.h"
#include "libs/xlsx/reader.h"
#include "services/cli/failure.h"

namespace bangkit::cli {
namespace {

using namespace registration::v1;
using Stream = grpc::ClientReaderWriterInterface<UploadImportFileRequest, UploadImportFileResponse>;

constexpr std::chrono::hours kTimeout{24};
constexpr std::size_t kReadAtOnce = std::size_t{256} << 10;

/// The next bytes; empty at the end of the file.
std::string ReadPiece(std::ifstream& in, std::size_t size, const LocalFile& file) {
    std::string piece(size, '\0');
    in.read(piece.data(), static_cast<std::streamsize>(size));
    piece.resize(static_cast<std::size_t>(in.gcount()));
    if (in.bad()) throw UsageError("cannot read " + file.path.string() + " to its end");
    return piece;
}

void WritePieces(Stream& stream, std::ifstream& in, const LocalFile& file,
                 UploadImportFileRequest request, std::size_t piece) {
    do {
        request.set_content(ReadPiece(in, piece, file));
        const std::int64_t end = request.offset() + std::ssize(request.content());
        // A file that is shorter by now is not the one that was inspected: the job will say so.
        request.set_last(end >= file.size || request.content().empty());
        if (!stream.Write(request)) return;  // Finish() says why.
        request.set_offset(end);
    } while (!request.last());
    stream.WritesDone();
}

}  // namespace

LocalFile InspectFile(const std::filesystem::path& path) {
    std::ifstream in(path, std::ios::binary);
    if (!in) throw UsageError("cannot read " + path.string());
    LocalFile file;
    file.path = path;
    crypto::Sha256 hash;
    for (;;) {
        const std::string bytes = ReadPiece(in, kReadAtOnce, file);
        if (bytes.empty()) break;
        if (file.size == 0) file.is_workbook = xlsx::IsWorkbook(bytes);
        hash.Add(bytes);
        file.size += std::ssize(bytes);
    }
    file.sha256 = hash.Finish();
    return file;
}

std::optional<Error> UploadFile(Session& session, const std::string& job_id, const LocalFile& file,
                                std::int64_t offset, std::size_t piece,
                                const std::function<void(std::int64_t)>& on_accepted) {
    std::ifstream in(file.path, std::ios::binary);
    if (!in) throw UsageError("cannot read " + file.path.string());
    in.seekg(offset);
    grpc::ClientContext context;
    Prepare(context, session, kTimeout);
    const auto stream =
        session.StubOf<registration::v1::ImportService>().UploadImportFile(&context);
    std::optional<Error> refusal;
    {
        const std::jthread reader([&] {
            UploadImportFileResponse response;
            while (stream->Read(&response)) {
                if (!response.has_error()) {
                    on_accepted(response.bytes_accepted());
                } else if (!refusal) {
                    refusal = status::FromProto(response.error());
                    context.TryCancel();  // No piece behind it will be accepted.
                }
            }
        });
        UploadImportFileRequest request;
        request.set_job_id(job_id);
        request.set_offset(offset);
        try {
            WritePieces(*stream, in, file, std::move(request), piece);
        } catch (const UsageError&) {
            context.TryCancel();
            throw;
        }
    }
    const grpc::Status status = stream->Finish();
    if (refusal) return refusal;
    if (!status.ok()) return rpc::FromStatus(status);
    return std::nullopt;
}

}  // namespace bangkit::cli
