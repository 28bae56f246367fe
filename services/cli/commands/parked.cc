#include <algorithm>
#include <iostream>
#include <thread>

#include "libs/base/utc.h"
#include "libs/indonesia/format.h"
#include "services/cli/command_line.h"
#include "services/cli/durations.h"
#include "services/cli/event_json.h"
#include "services/cli/failure.h"
#include "services/cli/output.h"
#include "services/cli/parked_choice.h"
#include "services/cli/progress.h"

namespace bangkit::cli {
namespace {

using messaging::ParkedFilter;
using messaging::ParkedRecord;
using messaging::ParkedRequest;
using messaging::ParkedRequestState;
using Progress = messaging::ParkedRequestState::Progress;

constexpr std::chrono::milliseconds kBetweenLooks{200};

struct ParkedOptions {
    std::string database = "dashboard";
    std::string topic, record, aggregate;
    std::int64_t limit = 100;
    bool raw = false;
    bool missing = false;
    std::chrono::seconds wait{30};
};

postgres::Connection Connect(Session& session, const ParkedOptions& options) {
    return postgres::Connection(session.Setting(DsnSetting(options.database)));
}

std::string AggregateOf(const ParkedRecord& parked) {
    return parked.aggregate_id.empty() ? "" : parked.aggregate_type + "/" + parked.aggregate_id;
}

messaging::RecordPlace PlaceOf(const ParkedRecord& parked) {
    return {parked.record.partition, parked.record.offset};
}

/// Without the closing brace.
std::string ToJson(const ParkedRecord& parked) {
    return "{\"record\":" + Quoted(NameOf(parked.topic, PlaceOf(parked))) +
           ",\"aggregate\":" + Quoted(AggregateOf(parked)) + ",\"version\":\"" +
           std::to_string(parked.version) + "\",\"type\":" + Quoted(parked.type) +
           ",\"parkedAt\":" + Quoted(FormatUtc(parked.parked_at)) +
           ",\"isRefused\":" + (parked.is_refused ? "true" : "false") +
           ",\"error\":" + Quoted(parked.error);
}

int List(Session& session, const ParkedOptions& options) {
    const ParkedFilter filter = ParseParkedChoice(options.topic, options.record, options.aggregate);
    postgres::Connection connection = Connect(session, options);
    const auto found = messaging::FindParked(connection, filter, options.limit);
    Table table({Table::kLeft, Table::kLeft, Table::kRight, Table::kLeft, Table::kLeft});
    for (const ParkedRecord& parked : found) {
        if (session.json()) std::cout << ToJson(parked) << "}\n";
        table.Add({NameOf(parked.topic, PlaceOf(parked)), AggregateOf(parked),
                   std::to_string(parked.version), FormatUtc(parked.parked_at), parked.error});
    }
    if (!session.json()) table.Print(std::cout);
    const std::int64_t all = messaging::CountParked(connection, filter);
    if (all > std::ssize(found)) {
        std::cerr << "bangkit: these are the first " << found.size() << " of "
                  << indonesia::FormatNumber(all) << " (--limit)\n";
    } else if (all == 0 && !session.json()) {
        std::cerr << "bangkit: nothing is parked\n";
    }
    return kOk;
}

void Print(const ParkedRecord& parked) {
    Table table({Table::kLeft, Table::kLeft});
    table.Add({"record", NameOf(parked.topic, PlaceOf(parked))});
    table.Add({"aggregate", AggregateOf(parked)});
    table.Add({"version", std::to_string(parked.version)});
    table.Add({"type", parked.type});
    table.Add({"parked at", FormatUtc(parked.parked_at)});
    table.Add({"error", parked.error});
    table.Add({"key", Quoted(parked.record.key)});
    for (const auto& [name, value] : parked.record.headers) {
        table.Add({"header", Quoted(name) + ": " + Quoted(value)});
    }
    table.Add({"payload", indonesia::FormatNumber(std::ssize(parked.record.payload)) + " bytes"});
    table.Add({"event", EventJson(parked.record)});
    table.Print(std::cout);
}

int Show(Session& session, const ParkedOptions& options) {
    const ParkedFilter filter = ParseParkedChoice(options.topic, options.record, "");
    postgres::Connection connection = Connect(session, options);
    const auto found = messaging::FindParked(connection, filter, 1, true);
    if (found.empty()) throw std::runtime_error("there is no such parked record");
    const ParkedRecord& parked = found.front();
    if (options.raw) {
        std::cout << parked.record.payload;
    } else if (session.json()) {
        std::cout << ToJson(parked) << ",\"key\":" << Quoted(parked.record.key)
                  << ",\"headers\":" << HeadersJson(parked.record.headers)
                  << ",\"event\":" << EventJson(parked.record) << "}\n";
    } else {
        Print(parked);
    }
    return kOk;
}

std::string WordFor(const ParkedRequestState& state) {
    switch (state.progress) {
        case Progress::kPending: return "not done yet";
        case Progress::kWaits: return "when it has its turn: " + state.outcome;
        case Progress::kDone: return state.outcome;
    }
    return state.outcome;
}

/// Returns an ExitCode.
int Report(Session& session, const std::vector<ParkedRequestState>& states) {
    int code = kOk;
    Table table({Table::kLeft, Table::kLeft});
    for (const ParkedRequestState& state : states) {
        if (session.json()) {
            std::cout << "{\"record\":" << Quoted(NameOf(state.topic, state.place))
                      << ",\"isParked\":" << (state.is_parked ? "true" : "false")
                      << ",\"outcome\":" << Quoted(WordFor(state)) << "}\n";
        }
        table.Add({NameOf(state.topic, state.place), WordFor(state)});
        if (state.progress == Progress::kPending) code = kUnavailable;
        if (state.is_parked && code == kOk) code = kFailed;
    }
    if (!session.json()) table.Print(std::cout);
    if (code == kUnavailable) {
        std::cerr << "bangkit: no consumer has acted on it yet; it will when one runs\n";
    }
    return code;
}

int Request(Session& session, const ParkedOptions& options, ParkedRequest request) {
    const ParkedFilter filter = ParseParkedChoice(options.topic, options.record, options.aggregate);
    postgres::Connection connection = Connect(session, options);
    const auto ids = messaging::RequestForParked(connection, filter, request, OperatorName());
    if (ids.empty()) throw std::runtime_error("there is no such parked record");
    const auto deadline = std::chrono::steady_clock::now() + options.wait;
    ProgressLine line;
    for (;;) {
        const auto states = messaging::FindRequests(connection, ids);
        const auto pending =
            std::ranges::count(states, Progress::kPending, &ParkedRequestState::progress);
        if (pending == 0 || std::chrono::steady_clock::now() >= deadline) {
            line.Clear();
            return Report(session, states);
        }
        line.Show(indonesia::FormatNumber(pending) + " to go");
        std::this_thread::sleep_for(kBetweenLooks);
    }
}

int Retry(Session& session, const ParkedOptions& options) {
    return Request(session, options, ParkedRequest::kRetry);
}

int Drop(Session& session, const ParkedOptions& options) {
    if (options.record.empty() && options.aggregate.empty()) {
        throw UsageError("name the record, or --aggregate: nothing is dropped in bulk");
    }
    return Request(session, options, options.missing ? ParkedRequest::kSkip : ParkedRequest::kDrop);
}

}  // namespace

void AddParkedCommand(CommandLine& line) {
    CLI::App* parked = line.app.add_subcommand(
        "parked", "Events that a service could not apply, and what waits behind them");
    parked->require_subcommand(1);
    const auto add = [&](const std::string& name, const std::string& help, auto action) {
        auto options = std::make_shared<ParkedOptions>();
        CLI::App* command = parked->add_subcommand(name, help);
        command->add_option("--database", options->database, "Whose: the name of a service")
            ->capture_default_str();
        command->add_option("record", options->record, "TOPIC/PARTITION/OFFSET, as listed");
        command->add_option("--topic", options->topic, "Those of one topic");
        line.OnChosen(command, options, action);
        return std::pair(command, options);
    };
    const auto add_aggregate = [](const auto& made) {
        made.first->add_option("--aggregate", made.second->aggregate,
                               "Those of one aggregate: business/<id>");
    };
    const auto add_wait = [](const auto& made) {
        AddDurationOption(*made.first, "--wait", made.second->wait,
                          "How long to wait for the consumer, which does it; default 30s");
    };

    const auto list = add("list", "List them, in the order of the log", List);
    add_aggregate(list);
    list.first->add_option("--limit", list.second->limit, "At most so many")
        ->capture_default_str()
        ->check(CLI::PositiveNumber);

    const auto show = add("show", "Show one with its headers, decoded if its type is known", Show);
    show.first->get_option("record")->required();
    show.first->add_flag("--raw", show.second->raw, "Only the payload, byte for byte");

    const auto retry = add("retry",
                           "Have refused events tried again, in order; what waited behind those "
                           "that can be applied follows by itself",
                           Retry);
    add_aggregate(retry);
    add_wait(retry);

    const auto drop = add("drop",
                          "Give up an event when it has its turn: its version counts as applied, "
                          "without any effect, and what waited behind it follows",
                          Drop);
    add_aggregate(drop);
    add_wait(drop);
    drop.first->add_flag("--missing", drop.second->missing,
                         "Give up the versions before it, which never came, and apply it");
}

}  // namespace bangkit::cli
