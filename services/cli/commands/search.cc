#include <iostream>

#include "bangkit/registration/v1/personal_data_service.grpc.pb.h"
#include "bangkit/registration/v1/registration_service.grpc.pb.h"
#include "services/cli/business_text.h"
#include "services/cli/command_line.h"
#include "services/cli/commands/filter_options.h"
#include "services/cli/failure.h"
#include "services/cli/output.h"
#include "services/cli/words.h"

namespace bangkit::cli {
namespace {

using namespace registration::v1;

struct SearchOptions {
    SearchBusinessesRequest request;
    std::vector<std::string> words;
    bool all = false;
};

struct FindOptions {
    FindByIdentityRequest request;
    bool by_phone = false;
    int purpose = 0;
};

struct UpgradesOptions {
    ListUpgradesRequest request;
};

int Search(Session& session, const SearchOptions& options) {
    SearchBusinessesRequest request = options.request;
    std::string name;
    for (const std::string& word : options.words) name += (name.empty() ? "" : " ") + word;
    request.set_name(name);
    do {
        const SearchBusinessesResponse page =
            Call(session, session.StubOf<registration::v1::RegistrationService>(),
                 &RegistrationService::Stub::SearchBusinesses, request);
        if (session.json()) {
            std::cout << ToJson(page) << '\n';
        } else {
            PrintTable(std::cout, page.businesses());
        }
        request.set_page_token(page.next_page_token());
    } while (options.all && !request.page_token().empty());
    if (!session.json() && !request.page_token().empty()) {
        std::cerr << "bangkit: there are more: --all, or --page-token " << request.page_token()
                  << '\n';
    }
    return kOk;
}

/// Numbers of people come by standard input: a command line is seen by all, and kept.
int Find(Session& session, const FindOptions& options) {
    FindByIdentityRequest request = options.request;
    request.set_purpose(static_cast<DisclosurePurpose>(options.purpose));
    std::string number;
    std::getline(std::cin, number);
    if (options.by_phone) {
        request.set_phone(number);
    } else {
        request.set_nik(number);
    }
    const FindByIdentityResponse response =
        Call(session, session.StubOf<registration::v1::PersonalDataService>(),
             &PersonalDataService::Stub::FindByIdentity, request);
    if (session.json()) {
        std::cout << ToJson(response) << '\n';
    } else {
        PrintTable(std::cout, response.businesses());
        if (response.truncated()) std::cerr << "bangkit: there are more\n";
    }
    return kOk;
}

int Upgrades(Session& session, const UpgradesOptions& options) {
    ListUpgradesRequest request = options.request;
    Table table({Table::kLeft, Table::kLeft, Table::kLeft, Table::kLeft});
    do {
        const ListUpgradesResponse page =
            Call(session, session.StubOf<registration::v1::RegistrationService>(),
                 &RegistrationService::Stub::ListUpgrades, request);
        for (const Upgrade& each : page.upgrades()) {
            if (session.json()) {
                std::cout << ToJson(each) << '\n';
            } else {
                table.Add(
                    {each.since(), each.region_code(), each.business_id(),
                     std::string(WordFor(each.from())) + " > " + std::string(WordFor(each.to()))});
            }
        }
        request.set_page_token(page.next_page_token());
    } while (!request.page_token().empty());
    table.Print(std::cout);
    return kOk;
}

}  // namespace

void AddSearchCommands(CommandLine& line) {
    auto searched = std::make_shared<SearchOptions>();
    CLI::App* search = line.app.add_subcommand("search", "Find businesses by words of their names");
    search->add_option("words", searched->words, "Up to 4; what is spelled alike is found too")
        ->required();
    AddFilterOptions(*search, searched->request);
    search->add_flag("--all", searched->all, "All pages, one after the other");
    line.OnChosen(search, searched, Search);

    auto found = std::make_shared<FindOptions>();
    CLI::App* find = line.app.add_subcommand(
        "find",
        "Find the businesses of a NIK, or of a telephone number, that is given on standard "
        "input; audited");
    find->add_flag("--phone", found->by_phone, "By telephone number instead of NIK");
    find->add_option("--purpose", found->purpose,
                     "SURVEI (phones only), PEMBAYARAN, KOREKSI, HUKUM or 'PEMILIK DATA'")
        ->transform(CLI::CheckedTransformer(PurposeChoices(), CLI::ignore_case).description(""))
        ->type_name("WORD")
        ->required();
    find->add_option("--case", *found->request.mutable_case_reference(),
                     "Reference of the case in your files")
        ->required();
    line.OnChosen(find, found, Find);

    auto upgraded = std::make_shared<UpgradesOptions>();
    CLI::App* upgrades =
        line.app.add_subcommand("upgrades", "List who moved to a higher scale (naik kelas)");
    upgrades->add_option("--region", *upgraded->request.mutable_region_code(),
                         "Code of a region; all that happened in it");
    upgrades->add_option("--from", *upgraded->request.mutable_from(), "First day, YYYY-MM-DD");
    upgrades->add_option("--until", *upgraded->request.mutable_until(), "Last day, YYYY-MM-DD");
    line.OnChosen(upgrades, upgraded, Upgrades);
}

}  // namespace bangkit::cli
