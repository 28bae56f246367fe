#include <iostream>

#include "bangkit/registration/v1/need_service.grpc.pb.h"
#include "libs/base/ids.h"
#include "services/cli/command_line.h"
#include "services/cli/failure.h"
#include "services/cli/need_words.h"
#include "services/cli/output.h"

namespace bangkit::cli {
namespace {

using namespace registration::v1;
using Stub = NeedService::Stub;

struct StateOptions {
    StateNeedRequest request;
    std::string group, constituency, held_on;
    int topic = 0;
};

struct ListOptions {
    ListNeedsRequest request;
    int topic = 0, status = 0;
    bool all = false;
};

struct ChangeOptions {
    std::string need_id, etag, request_id, program, course;
    int reason = 0;
};

void PrintNeed(Session& session, const auto& response) {
    if (session.json()) {
        std::cout << ToJson(response) << '\n';
        return;
    }
    std::cout << response.need().need_id() << ' ' << WordFor(response.need().status()) << '\n';
}

int State(Session& session, const StateOptions& options) {
    StateNeedRequest request = options.request;
    request.set_request_id(NewId(session.clock().Now()));
    request.set_topic(static_cast<common::v1::NeedTopic>(options.topic));
    if (!options.constituency.empty()) {
        request.set_source(NEED_SOURCE_CONSTITUENCY_MEETING);
        request.mutable_meeting()->set_constituency(options.constituency);
        request.mutable_meeting()->set_held_on(options.held_on);
    } else if (!options.group.empty()) {
        request.set_source(NEED_SOURCE_GROUP);
        request.set_business_id(options.group);
    } else {
        request.set_source(NEED_SOURCE_OWNER);
    }
    PrintNeed(session, Call(session, session.StubOf<registration::v1::NeedService>(),
                            &Stub::StateNeed, request));
    return kOk;
}

int List(Session& session, const ListOptions& options) {
    ListNeedsRequest request = options.request;
    request.set_topic(static_cast<common::v1::NeedTopic>(options.topic));
    request.set_status(static_cast<common::v1::NeedStatus>(options.status));
    do {
        const ListNeedsResponse page = Call(
            session, session.StubOf<registration::v1::NeedService>(), &Stub::ListNeeds, request);
        Table table(
            {Table::kLeft, Table::kLeft, Table::kLeft, Table::kLeft, Table::kLeft, Table::kRight});
        for (const Need& need : page.needs()) {
            table.Add({need.need_id(), need.region_code(), std::string(WordFor(need.source())),
                       std::string(WordFor(need.topic())), std::string(WordFor(need.status())),
                       std::to_string(need.beneficiaries())});
        }
        session.json() ? void(std::cout << ToJson(page) << '\n') : table.Print(std::cout);
        request.set_page_token(page.next_page_token());
    } while (options.all && !request.page_token().empty());
    if (!session.json() && !request.page_token().empty()) {
        std::cerr << "bangkit: there are more: --all, or --page-token " << request.page_token()
                  << '\n';
    }
    return kOk;
}

template <typename Request>
Request Changing(Session& session, const ChangeOptions& options) {
    Request request;
    request.set_request_id(options.request_id.empty() ? NewId(session.clock().Now())
                                                      : options.request_id);
    request.set_need_id(options.need_id);
    request.set_etag(options.etag);
    return request;
}

int Verify(Session& session, const ChangeOptions& options) {
    PrintNeed(session, Call(session, session.StubOf<registration::v1::NeedService>(),
                            &Stub::VerifyNeed, Changing<VerifyNeedRequest>(session, options)));
    return kOk;
}

int Accommodate(Session& session, const ChangeOptions& options) {
    if (options.program.empty() == options.course.empty()) {
        throw UsageError("say by what: --program or --course");
    }
    auto request = Changing<AccommodateNeedRequest>(session, options);
    const bool is_course = options.program.empty();
    request.mutable_link()->set_kind(is_course ? NEED_LINK_KIND_COURSE : NEED_LINK_KIND_PROGRAM);
    request.mutable_link()->set_id(is_course ? options.course : options.program);
    PrintNeed(session, Call(session, session.StubOf<registration::v1::NeedService>(),
                            &Stub::AccommodateNeed, request));
    return kOk;
}

int Decline(Session& session, const ChangeOptions& options) {
    auto request = Changing<DeclineNeedRequest>(session, options);
    request.set_reason(static_cast<NeedDeclineReason>(options.reason));
    PrintNeed(session, Call(session, session.StubOf<registration::v1::NeedService>(),
                            &Stub::DeclineNeed, request));
    return kOk;
}

template <typename Enum>
CLI::Option* AddChoice(CLI::Option* option, const Choices<Enum>& choices) {
    return option->transform(CLI::CheckedTransformer(choices, CLI::ignore_case).description(""))
        ->type_name("WORD");
}

void AddState(CommandLine& line, CLI::App& needs) {
    auto options = std::make_shared<StateOptions>();
    CLI::App* state = needs.add_subcommand(
        "state", "Take down what an owner, a group or a constituency meeting needs");
    auto* business = state->add_option("--business", *options->request.mutable_business_id(),
                                       "Id of the business whose owner states it");
    auto* group = state->add_option("--group", options->group, "Id of the group that states it");
    auto* meeting = state->add_option("--constituency", options->constituency,
                                      "Electoral district of a constituency meeting (reses)");
    business->excludes(group)->excludes(meeting);
    group->excludes(meeting);
    state->add_option("--held-on", options->held_on, "YYYY-MM-DD, of the meeting")->needs(meeting);
    state
        ->add_option("--region", *options->request.mutable_region_code(),
                     "Where it is needed, of a meeting")
        ->needs(meeting);
    AddChoice(state->add_option("--topic", options->topic, "PELATIHAN DIGITAL, MODAL, PASAR ..."),
              NeedTopicChoices())
        ->required();
    state->add_option_function<int>(
        "--beneficiaries",
        [options = options.get()](int number) { options->request.set_beneficiaries(number); },
        "How many businesses need it");
    state->add_option("--text", *options->request.mutable_text(),
                      "In their words; other users of this machine see the command line");
    line.OnChosen(state, options, State);
}

void AddList(CommandLine& line, CLI::App& needs) {
    auto options = std::make_shared<ListOptions>();
    CLI::App* list = needs.add_subcommand("list", "Needs, the oldest first");
    list->add_option("--region", *options->request.mutable_region_code(),
                     "Code of a region; all that lies in it");
    AddChoice(list->add_option("--topic", options->topic, "MODAL, PASAR ..."), NeedTopicChoices());
    AddChoice(list->add_option("--status", options->status,
                               "DITERIMA, DIVERIFIKASI, DIAKOMODIR or DITOLAK"),
              NeedStatusChoices());
    list->add_option("--page-token", *options->request.mutable_page_token(),
                     "Where an earlier page ended");
    list->add_flag("--all", options->all, "All pages, one after the other");
    line.OnChosen(list, options, List);
}

std::shared_ptr<ChangeOptions> AddChange(CLI::App& command) {
    auto options = std::make_shared<ChangeOptions>();
    command.add_option("id", options->need_id, "Id of the need")->required();
    command.add_option("--etag", options->etag, "Only if it has not changed since this etag");
    command.add_option("--request-id", options->request_id,
                       "UUID of the request; the same one again changes nothing");
    return options;
}

}  // namespace

void AddNeedsCommand(CommandLine& line) {
    CLI::App* needs = line.app.add_subcommand(
        "needs", "What owners, groups and constituency meetings need (aspirasi)");
    needs->require_subcommand(1);
    AddState(line, *needs);
    AddList(line, *needs);

    CLI::App* verify = needs->add_subcommand("verify", "It is so, and fits the plans");
    line.OnChosen(verify, AddChange(*verify), Verify);

    CLI::App* accommodate =
        needs->add_subcommand("accommodate", "A programme or a course does something about it");
    auto accommodate_options = AddChange(*accommodate);
    accommodate->add_option("--program", accommodate_options->program, "Id of the programme");
    accommodate->add_option("--course", accommodate_options->course, "Id of the course");
    line.OnChosen(accommodate, accommodate_options, Accommodate);

    CLI::App* decline = needs->add_subcommand("decline", "Nothing will be done about it");
    auto decline_options = AddChange(*decline);
    AddChoice(decline->add_option("--reason", decline_options->reason,
                                  "KEWENANGAN, RENCANA, ANGGARAN, TERLAYANI, 'TIDAK TERBUKTI', "
                                  "GANDA or DICABUT"),
              DeclineReasonChoices())
        ->required();
    line.OnChosen(decline, decline_options, Decline);
}

}  // namespace bangkit::cli
