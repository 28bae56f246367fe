#include <google/protobuf/util/time_util.h>

#include <iostream>

#include "bangkit/registration/v1/registration_service.grpc.pb.h"
#include "libs/base/ids.h"
#include "libs/indonesia/format.h"
#include "services/cli/business_text.h"
#include "services/cli/command_line.h"
#include "services/cli/commands/filter_options.h"
#include "services/cli/failure.h"
#include "services/cli/output.h"
#include "services/cli/words.h"

namespace bangkit::cli {
namespace {

using namespace registration::v1;
using common::v1::BusinessCondition;

struct GetOptions {
    GetBusinessRequest request;
    std::string known_at;
};

/// A day, and when it was looked at.
template <typename Options>
void AddAsOfOptions(CLI::App& command, Options& options) {
    command.add_option("--as-of", *options.request.mutable_as_of(),
                       "YYYY-MM-DD: as they were on that day");
    command.add_option("--known-at", options.known_at,
                       "With --as-of: YYYY-MM-DDTHH:MM:SSZ, as it was known then");
}

template <typename Options>
auto RequestOf(const Options& options) {
    auto request = options.request;
    if (!options.known_at.empty() && !google::protobuf::util::TimeUtil::FromString(
                                         options.known_at, request.mutable_known_at())) {
        throw UsageError("--known-at must be a time such as 2026-03-10T02:00:00Z");
    }
    return request;
}

struct ListOptions {
    ListBusinessesRequest request;
    std::string known_at;
    bool all = false;
};

struct ReportOptions {
    ReportConditionRequest request;
    int condition = 0;
    std::vector<int> reasons;
    std::optional<std::int64_t> monthly_sales, annual_sales;
    std::optional<std::int32_t> workers_male, workers_female;
};

int Get(Session& session, const GetOptions& options) {
    const GetBusinessResponse response =
        Call(session, session.StubOf<registration::v1::RegistrationService>(),
             &RegistrationService::Stub::GetBusiness, RequestOf(options));
    if (session.json()) {
        std::cout << ToJson(response) << '\n';
    } else {
        Print(std::cout, response.business());
    }
    return kOk;
}

int List(Session& session, const ListOptions& options) {
    ListBusinessesRequest request = RequestOf(options);
    do {
        const ListBusinessesResponse page =
            Call(session, session.StubOf<registration::v1::RegistrationService>(),
                 &RegistrationService::Stub::ListBusinesses, request);
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

int ReportCondition(Session& session, const ReportOptions& options) {
    ReportConditionRequest request = options.request;
    request.set_condition(static_cast<BusinessCondition>(options.condition));
    for (const int reason : options.reasons) {
        request.add_reasons(static_cast<ConditionReason>(reason));
    }
    if (options.monthly_sales) request.set_monthly_sales_rupiah(*options.monthly_sales);
    if (options.annual_sales) request.set_annual_sales_rupiah(*options.annual_sales);
    if (options.workers_male) request.set_workers_male(*options.workers_male);
    if (options.workers_female) request.set_workers_female(*options.workers_female);
    if (request.request_id().empty()) request.set_request_id(NewId(session.clock().Now()));
    if (request.since().empty()) {
        request.set_since(indonesia::FormatDate(indonesia::LocalDate(session.clock().Now())));
    }
    const ReportConditionResponse response =
        Call(session, session.StubOf<registration::v1::RegistrationService>(),
             &RegistrationService::Stub::ReportCondition, request);
    if (session.json()) {
        std::cout << ToJson(response) << '\n';
    } else {
        Print(std::cout, response.business());
        if (response.upgraded()) std::cerr << "bangkit: naik kelas\n";
    }
    return kOk;
}

template <typename Enum>
CLI::Option* AddChoice(CLI::Option* option, const Choices<Enum>& choices) {
    return option->transform(CLI::CheckedTransformer(choices, CLI::ignore_case).description(""))
        ->type_name("WORD");
}

void AddListCommand(CommandLine& line) {
    auto options = std::make_shared<ListOptions>();
    CLI::App* list =
        line.app.add_subcommand("list", "List businesses, by region, the oldest first");
    AddFilterOptions(*list, options->request);
    AddAsOfOptions(*list, *options);
    list->add_flag("--all", options->all, "All pages, one after the other");
    line.OnChosen(list, options, List);
}

void AddReportCommand(CommandLine& line) {
    auto options = std::make_shared<ReportOptions>();
    CLI::App* report =
        line.app.add_subcommand("report-condition", "State how a business is doing since a date");
    report->add_option("id", *options->request.mutable_business_id(), "Id of the business")
        ->required();
    AddChoice(report->add_option("--condition", options->condition,
                                 "AKTIF, TERDAMPAK, 'MATI SURI', TUTUP or PULIH"),
              ConditionChoices())
        ->required();
    report->add_option("--since", *options->request.mutable_since(), "YYYY-MM-DD; default: today");
    report->add_option("--monthly-sales", options->monthly_sales, "Sales of that month in rupiah");
    report->add_option("--annual-sales", options->annual_sales, "New yearly sales in rupiah");
    report->add_option("--workers-male", options->workers_male, "Men who work there");
    report->add_option("--workers-female", options->workers_female, "Women who work there");
    AddChoice(report
                  ->add_option("--reason", options->reasons,
                               "PRODUKTIVITAS, TEKNOLOGI, MODAL or PASAR; may be repeated")
                  ->allow_extra_args(false),
              ReasonChoices());
    report->add_option("--etag", *options->request.mutable_etag(),
                       "Only if the business has not changed since this etag");
    report->add_option("--request-id", *options->request.mutable_request_id(),
                       "UUID of the request; the same one again changes nothing");
    line.OnChosen(report, options, ReportCondition);
}

}  // namespace

void AddBusinessCommands(CommandLine& line) {
    auto options = std::make_shared<GetOptions>();
    CLI::App* get = line.app.add_subcommand("get", "Show one business; personal data are masked");
    get->add_option("id", *options->request.mutable_business_id(), "Id of the business")
        ->required();
    AddAsOfOptions(*get, *options);
    line.OnChosen(get, options, Get);
    AddListCommand(line);
    AddReportCommand(line);
}

}  // namespace bangkit::cli
