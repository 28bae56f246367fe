#include <iostream>

#include "bangkit/registration/v1/personal_data_service.grpc.pb.h"
#include "bangkit/registration/v1/registration_service.grpc.pb.h"
#include "services/cli/command_line.h"
#include "services/cli/failure.h"
#include "services/cli/table_output.h"
#include "services/cli/words.h"

namespace bangkit::cli {
namespace {

using namespace registration::v1;

constexpr int kRowsAtOnce = 200;

struct ExportOptions {
    std::string region, file, case_reference;
    int kind = 0, scale = 0, condition = 0, purpose = 0;
    bool is_english = false;
};

/// A page and the token of the next one.
std::pair<std::string, std::string> Page(Session& session, const ExportOptions& options,
                                         const ExportBusinessesRequest& request) {
    if (options.purpose == 0) {
        const ExportBusinessesResponse page =
            Call(session, session.StubOf<registration::v1::RegistrationService>(),
                 &RegistrationService::Stub::ExportBusinesses, request);
        return {page.content(), page.next_page_token()};
    }
    DiscloseBusinessesRequest disclosed;
    *disclosed.mutable_file() = request;
    disclosed.set_purpose(static_cast<DisclosurePurpose>(options.purpose));
    disclosed.set_case_reference(options.case_reference);
    const DiscloseBusinessesResponse page =
        Call(session, session.StubOf<registration::v1::PersonalDataService>(),
             &PersonalDataService::Stub::DiscloseBusinesses, disclosed);
    return {page.content(), page.next_page_token()};
}

int Export(Session& session, const ExportOptions& options) {
    if ((options.purpose != 0) != !options.case_reference.empty()) {
        throw UsageError("--purpose and --case belong together");
    }
    ExportBusinessesRequest request;
    request.set_english_header(options.is_english);
    ListBusinessesRequest& selection = *request.mutable_selection();
    selection.set_region_code(options.region);
    selection.set_kind(static_cast<common::v1::BusinessKind>(options.kind));
    selection.set_scale(static_cast<common::v1::BusinessScale>(options.scale));
    selection.set_condition(static_cast<common::v1::BusinessCondition>(options.condition));
    selection.set_page_size(kRowsAtOnce);
    const std::unique_ptr<TableOutput> output = OpenTableOutput(options.file);
    do {
        auto [content, next_page_token] = Page(session, options, request);
        output->Add(content);
        selection.set_page_token(next_page_token);
    } while (!selection.page_token().empty());
    output->Close();
    return kOk;
}

template <typename Enum>
void AddChoice(CLI::Option* option, const Choices<Enum>& choices) {
    option->transform(CLI::CheckedTransformer(choices, CLI::ignore_case).description(""))
        ->type_name("WORD");
}

}  // namespace

void AddExportCommand(CommandLine& line) {
    auto options = std::make_shared<ExportOptions>();
    CLI::App* command = line.app.add_subcommand(
        "export",
        "Write businesses to a file. Owners are masked; with --purpose KOREKSI or HUKUM, which is "
        "audited, the file can be imported again");
    command->add_option("--region", options->region, "Code of a region; all that lies in it");
    AddChoice(command->add_option("--kind", options->kind, "UMKM, KOPERASI, PKL or KELOMPOK"),
              KindChoices());
    AddChoice(command->add_option("--scale", options->scale, "MIKRO, KECIL, MENENGAH or BESAR"),
              ScaleChoices());
    AddChoice(command->add_option("--condition", options->condition,
                                  "AKTIF, TERDAMPAK, 'MATI SURI', TUTUP or PULIH"),
              ConditionChoices());
    command->add_option(
        "--out", options->file,
        "A CSV file, or a workbook if it ends with .xlsx; default: standard output");
    command->add_flag("--english", options->is_english, "Columns and words in English");
    AddChoice(command->add_option("--purpose", options->purpose,
                                  "SURVEI, PEMBAYARAN, KOREKSI or HUKUM: shows what it needs"),
              PurposeChoices());
    command->add_option("--case", options->case_reference, "Reference of the agency's file");
    line.OnChosen(command, options, Export);
}

}  // namespace bangkit::cli
