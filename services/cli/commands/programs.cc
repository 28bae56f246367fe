#include <algorithm>
#include <charconv>
#include <iostream>
#include <sstream>
#include <vector>

#include "bangkit/aid/v1/program_service.grpc.pb.h"
#include "bangkit/aid/v1/program_service.pb.h"
#include "libs/indonesia/format.h"
#include "services/cli/aid_words.h"
#include "services/cli/command_line.h"
#include "services/cli/commands/aid_options.h"
#include "services/cli/failure.h"

namespace bangkit::cli {
namespace {

using namespace aid::v1;
using indonesia::FormatNumber;
using Stub = ProgramService::Stub;

struct CreateOptions {
    std::string template_code, json_file, request_id;
    std::string name, region_code, opens_on, closes_on;
    std::int64_t amount = -1;
    int fiscal_year = 0;
    std::vector<std::string> bands;
};

struct RulesOptions {
    ChangeOptions change;
    std::string json_file;
};

struct ListOptions {
    ListProgramsRequest request;
    int state = 0;
    bool all = false;
};

struct NoOptions {};

ListTemplatesResponse Templates(Session& session) {
    return Call(session, session.StubOf<aid::v1::ProgramService>(), &Stub::ListTemplates,
                ListTemplatesRequest());
}

int ShowTemplates(Session& session, const NoOptions&) {
    const ListTemplatesResponse templates = Templates(session);
    Table table({Table::kLeft, Table::kLeft, Table::kRight, Table::kLeft, Table::kLeft});
    table.Add({"kode", "jenis", "jumlah", "nama", "perlu diperiksa"});
    for (const ProgramTemplate& each : templates.templates()) {
        table.Add({each.terms().rules().code(), std::string(WordFor(each.terms().instrument())),
                   FormatNumber(each.terms().amount_rupiah()), each.terms().name(),
                   ParametersOf(each)});
    }
    session.json() ? void(std::cout << ToJson(templates) << '\n') : table.Print(std::cout);
    return kOk;
}

ProgramTerms TermsOf(Session& session, const std::string& template_code) {
    const ListTemplatesResponse templates = Templates(session);
    const auto found =
        std::ranges::find(templates.templates(), template_code,
                          [](const auto& each) { return each.terms().rules().code(); });
    if (found == templates.templates().end()) {
        throw UsageError("there is no template " + template_code);
    }
    return found->terms();
}

/// "5000000:PROVINSI,DINAS"
ApprovalBand ToBand(const std::string& text) {
    const std::size_t colon = text.find(':');
    ApprovalBand band;
    std::int64_t up_to = 0;
    const char* end = text.data() + std::min(colon, text.size());
    const auto [stopped, error] = std::from_chars(text.data(), end, up_to);
    if (colon == std::string::npos || error != std::errc() || stopped != end) {
        throw UsageError("a band is AMOUNT:ROLE,ROLE");
    }
    band.set_up_to_rupiah(up_to);
    std::istringstream roles(text.substr(colon + 1));
    for (std::string role; std::getline(roles, role, ',');) {
        const auto found = ApproverRoleChoices().find(role);
        if (found == ApproverRoleChoices().end()) throw UsageError("there is no role " + role);
        band.add_roles(found->second);
    }
    return band;
}

int ReplaceRules(Session& session, const RulesOptions& options) {
    auto request = Changing<ReplaceProgramRulesRequest>(
        session, options.change, [](ReplaceProgramRulesRequest& changing, const std::string& id) {
            changing.set_program_id(id);
        });
    FromJson(ReadFile(options.json_file), *request.mutable_rules());
    const ReplaceProgramRulesResponse response = Call(
        session, session.StubOf<aid::v1::ProgramService>(), &Stub::ReplaceProgramRules, request);
    Show(session, response,
         response.program().program_id() + " version " +
             std::to_string(response.program().terms().rules().version()));
    return kOk;
}

int Create(Session& session, const CreateOptions& options) {
    CreateProgramRequest request;
    request.set_request_id(RequestId(session, options.request_id));
    ProgramTerms& terms = *request.mutable_terms();
    if (!options.template_code.empty()) terms = TermsOf(session, options.template_code);
    if (!options.json_file.empty()) FromJson(ReadFile(options.json_file), terms);
    if (!options.name.empty()) terms.set_name(options.name);
    if (!options.region_code.empty()) terms.set_region_code(options.region_code);
    if (!options.opens_on.empty()) terms.set_opens_on(options.opens_on);
    if (!options.closes_on.empty()) terms.set_closes_on(options.closes_on);
    if (options.fiscal_year != 0) terms.set_fiscal_year(options.fiscal_year);
    if (options.amount >= 0) terms.set_amount_rupiah(options.amount);
    if (!options.bands.empty()) terms.clear_approval_bands();
    for (const std::string& band : options.bands) *terms.add_approval_bands() = ToBand(band);
    const CreateProgramResponse response =
        Call(session, session.StubOf<aid::v1::ProgramService>(), &Stub::CreateProgram, request);
    Show(session, response, response.program().program_id());
    return kOk;
}

template <typename Request, typename Response>
auto Deed(grpc::Status (Stub::*method)(grpc::ClientContext*, const Request&, Response*)) {
    return [method](Session& session, const ChangeOptions& options) {
        const Response response =
            Call(session, session.StubOf<aid::v1::ProgramService>(), method,
                 Changing<Request>(session, options, [](Request& request, const std::string& id) {
                     request.set_program_id(id);
                 }));
        Show(session, response,
             response.program().program_id() + ' ' +
                 std::string(WordFor(response.program().state())));
        return kOk;
    };
}

int List(Session& session, const ListOptions& options) {
    ListProgramsRequest request = options.request;
    request.set_state(static_cast<common::v1::ProgramState>(options.state));
    ShowPages(
        session, request, options.all,
        [&](const ListProgramsRequest& page) {
            return Call(session, session.StubOf<aid::v1::ProgramService>(), &Stub::ListPrograms,
                        page);
        },
        [](const ListProgramsResponse& page) {
            Table table({Table::kLeft, Table::kLeft, Table::kRight, Table::kLeft, Table::kRight,
                         Table::kLeft});
            for (const Program& program : page.programs()) {
                const ProgramTerms& terms = program.terms();
                table.Add({program.program_id(), terms.region_code(),
                           std::to_string(terms.fiscal_year()),
                           std::string(WordFor(program.state())),
                           FormatNumber(terms.amount_rupiah()), terms.name()});
            }
            table.Print(std::cout);
        });
    return kOk;
}

int ShowProgram(Session& session, const GetProgramRequest& request) {
    std::cout << ToJson(Call(session, session.StubOf<aid::v1::ProgramService>(), &Stub::GetProgram,
                             request))
              << '\n';
    return kOk;
}

void AddCreate(CommandLine& line, CLI::App& program) {
    auto options = std::make_shared<CreateOptions>();
    CLI::App* create = program.add_subcommand("create", "Make one, as a draft; prints its id");
    create->add_option("--template", options->template_code, "Code: see `program templates`");
    create->add_option("--json-file", options->json_file,
                       "ProgramTerms as JSON, in place of a template or on top of it");
    create->add_option("--name", options->name, "Of the programme");
    create->add_option("--region", options->region_code, "Where it is offered");
    create->add_option("--year", options->fiscal_year, "Whose budget it is");
    create->add_option("--opens", options->opens_on, "YYYY-MM-DD, the first day");
    create->add_option("--closes", options->closes_on, "YYYY-MM-DD, the last day");
    create->add_option("--amount", options->amount, "Rupiah for each recipient");
    create
        ->add_option(
            "--band", options->bands,
            "AMOUNT:ROLE,ROLE: who may approve so much (DINAS, PROVINSI); may be repeated, "
            "the smallest first")
        ->allow_extra_args(false);
    create->add_option("--request-id", options->request_id,
                       "UUID of the request; the same one again changes nothing");
    line.OnChosen(create, options, Create);
}

template <typename Method>
void AddDeed(CommandLine& line, CLI::App& program, const char* name, const char* help,
             Method method) {
    auto options = std::make_shared<ChangeOptions>();
    CLI::App* command = program.add_subcommand(name, help);
    AddChangeOptions(*command, *options, "programme");
    line.OnChosen(command, options, Deed(method));
}

}  // namespace

void AddProgramCommand(CommandLine& line) {
    CLI::App* program = line.app.add_subcommand("program", "Programmes of aid");
    program->require_subcommand(1);
    line.OnChosen(program->add_subcommand("templates", "Terms that are ready to be used"),
                  std::make_shared<NoOptions>(), ShowTemplates);
    AddCreate(line, *program);
    auto replaced = std::make_shared<RulesOptions>();
    CLI::App* rules = program->add_subcommand("rules", "Other rules, of a draft or in a pause");
    AddChangeOptions(*rules, replaced->change, "programme");
    rules->add_option("--json-file", replaced->json_file, "RuleSet as JSON")->required();
    line.OnChosen(rules, replaced, ReplaceRules);
    AddDeed(line, *program, "open", "Applications are taken", &Stub::OpenProgram);
    AddDeed(line, *program, "pause", "None is taken for a while", &Stub::PauseProgram);
    AddDeed(line, *program, "close", "None is taken any more", &Stub::CloseProgram);
    AddDeed(line, *program, "settle", "All of it is decided and paid", &Stub::SettleProgram);

    auto options = std::make_shared<ListOptions>();
    CLI::App* list = program->add_subcommand("list", "Those of a region, and those around it");
    list->add_option("--region", *options->request.mutable_region_code(), "Code of a region");
    list->add_option_function<int>(
        "--year", [options = options.get()](int year) { options->request.set_fiscal_year(year); },
        "Whose budget it is");
    AddWord(*list, "--state", options->state, "RANCANGAN, DIBUKA, DIJEDA, DITUTUP or SELESAI",
            ProgramStateChoices());
    AddPageOptions(*list, options->request, options->all);
    line.OnChosen(list, options, List);

    auto shown = std::make_shared<GetProgramRequest>();
    CLI::App* show = program->add_subcommand("show", "One with all its terms, as JSON");
    show->add_option("id", *shown->mutable_program_id(), "Id of the programme")->required();
    line.OnChosen(show, shown, ShowProgram);
}

}  // namespace bangkit::cli
