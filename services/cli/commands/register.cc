#include <iostream>
#include <iterator>

#include "libs/base/ids.h"
#include "services/cli/command_line.h"
#include "services/cli/failure.h"
#include "services/cli/output.h"
#include "services/cli/words.h"

namespace bangkit::cli {
namespace {

using namespace registration::v1;
using common::v1::BusinessCondition;
using common::v1::BusinessKind;
using common::v1::SalesChannel;

struct RegisterOptions {
    RegisterBusinessRequest request;
    std::string json_file;
};

/// The fields of a message as options: they set what is given, and leave the rest unset.
class FieldOptions {
public:
    explicit FieldOptions(CLI::App& command) : command_(command) {}

    template <typename Setter>
    CLI::Option* Text(const std::string& name, const std::string& help, Setter set) {
        return command_.add_option_function<std::string>(name, set, help);
    }
    template <typename Setter>
    CLI::Option* Rupiah(const std::string& name, const std::string& help, Setter set) {
        return command_.add_option_function<std::int64_t>(name, set, help)->type_name("RUPIAH");
    }
    template <typename Enum, typename Setter>
    CLI::Option* Choice(const std::string& name, const std::string& help,
                        const cli::Choices<Enum>& choices, Setter set) {
        return command_
            .add_option_function<int>(
                name, [set](int number) { set(static_cast<Enum>(number)); }, help)
            ->transform(CLI::CheckedTransformer(choices, CLI::ignore_case).description(""))
            ->type_name("WORD");
    }

    template <typename Enum, typename Adder>
    CLI::Option* Choices(const std::string& name, const std::string& help,
                         const cli::Choices<Enum>& choices, Adder add) {
        return command_
            .add_option_function<std::vector<int>>(
                name,
                [add](const std::vector<int>& numbers) {
                    for (const int number : numbers) add(static_cast<Enum>(number));
                },
                help)
            ->allow_extra_args(false)
            ->transform(CLI::CheckedTransformer(choices, CLI::ignore_case).description(""))
            ->type_name("WORD");
    }

private:
    CLI::App& command_;
};

void AddOwnerOptions(FieldOptions& fields, OwnerInput& owner) {
    fields.Text("--owner-name", "Name of the owner (of a cooperative: its chair)",
                [&owner](const std::string& v) { owner.set_name(v); });
    fields.Text("--nik", "NIK of the owner; none: registered provisionally",
                [&owner](const std::string& v) { owner.set_nik(v); });
    fields.Text("--phone", "Telephone number of the owner",
                [&owner](const std::string& v) { owner.set_phone(v); });
    fields.Text("--owner-address", "Address on the owner's identity card",
                [&owner](const std::string& v) { owner.set_identity_card_address(v); });
}

void AddBusinessOptions(FieldOptions& fields, BusinessInput& business) {
    fields.Text("--name", "Name of the business",
                [&business](const std::string& v) { business.set_name(v); });
    fields.Choice<BusinessKind>("--kind", "UMKM, KOPERASI, PKL or KELOMPOK", KindChoices(),
                                [&business](BusinessKind v) { business.set_kind(v); });
    fields.Text("--region", "Code of the village, district or regency",
                [&business](const std::string& v) { business.set_region_code(v); });
    fields.Text("--address", "Address of the business",
                [&business](const std::string& v) { business.set_address(v); });
    fields.Text("--kbli", "KBLI code, 2 to 5 digits",
                [&business](const std::string& v) { business.set_kbli(v); });
    fields.Rupiah("--capital", "Capital without land and building",
                  [&business](std::int64_t v) { business.set_capital_rupiah(v); });
    fields.Rupiah("--annual-sales", "Sales per year",
                  [&business](std::int64_t v) { business.set_annual_sales_rupiah(v); });
    fields.Choice<BusinessCondition>(
        "--condition", "AKTIF (default), TERDAMPAK, 'MATI SURI', TUTUP or PULIH",
        ConditionChoices(), [&business](BusinessCondition v) { business.set_condition(v); });
    fields.Text("--condition-since", "Date since which it holds, YYYY-MM-DD; default: today",
                [&business](const std::string& v) { business.set_condition_since(v); });
    fields.Choices("--channel", "TETAP, KELILING or DARING; may be repeated", ChannelChoices(),
                   [&business](SalesChannel v) { business.add_channels(v); });
    fields.Text("--nib", "NIB, 13 digits",
                [&business](const std::string& v) { business.set_nib(v); });
    fields.Text("--npwp", "NPWP, 15 or 16 digits",
                [&business](const std::string& v) { business.set_npwp(v); });
    fields.Text("--start-date", "Date it started, YYYY-MM-DD",
                [&business](const std::string& v) { business.set_start_date(v); });
}

std::string ReadAll(const std::string& file) {
    if (file != "-") return ReadFile(file);
    return {std::istreambuf_iterator<char>(std::cin), std::istreambuf_iterator<char>()};
}

int Register(Session& session, const RegisterOptions& options) {
    RegisterBusinessRequest request;
    if (!options.json_file.empty()) FromJson(ReadAll(options.json_file), request);
    request.MergeFrom(options.request);
    if (request.request_id().empty()) request.set_request_id(NewId(session.clock().Now()));
    try {
        const RegisterBusinessResponse response = Call(
            session, session.registration(), &RegistrationService::Stub::RegisterBusiness, request);
        std::cout << (session.json() ? ToJson(response) : response.business().business_id())
                  << '\n';
        for (const std::string& warning : response.warnings()) {
            std::cerr << "bangkit: please check: " << warning << '\n';
        }
    } catch (const CallFailed& failure) {
        if (failure.IsOutage()) {
            std::cerr << "bangkit: whether it was registered is not known; the same command with"
                         " --request-id "
                      << request.request_id() << " registers it once\n";
        }
        throw;
    }
    return kOk;
}

}  // namespace

void AddRegisterCommand(CommandLine& line) {
    auto options = std::make_shared<RegisterOptions>();
    CLI::App* command = line.app.add_subcommand(
        "register",
        "Register one business and print its id; other users of this machine see what is on the "
        "command line, so real people's data belong into --json-file -");
    command->add_option("--json-file", options->json_file,
                        "Read a RegisterBusinessRequest as JSON; -: from standard input");
    FieldOptions fields(*command);
    AddOwnerOptions(fields, *options->request.mutable_owner());
    AddBusinessOptions(fields, *options->request.mutable_business());
    fields.Text(
        "--request-id", "UUID of the request; the same one again changes nothing",
        [options = options.get()](const std::string& v) { options->request.set_request_id(v); });
    command->add_flag_function(
        "--additional",
        [options = options.get()](std::int64_t) { options->request.set_additional_business(true); },
        "The owner has this business besides others");
    line.OnChosen(command, options, Register);
}

}  // namespace bangkit::cli
