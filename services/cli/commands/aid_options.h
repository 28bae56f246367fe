#pragma once

#include <CLI/CLI.hpp>
#include <iostream>
#include <memory>
#include <string>

#include "libs/base/ids.h"
#include "libs/indonesia/format.h"
#include "libs/status/status.h"
#include "services/cli/failure.h"
#include "services/cli/output.h"
#include "services/cli/session.h"
#include "services/cli/words.h"

namespace bangkit::cli {

// What the commands of aid have in common.

/// Of one thing that is changed.
struct ChangeOptions {
    std::string id, etag, request_id;
};

inline void AddChangeOptions(CLI::App& command, ChangeOptions& options, const std::string& what) {
    command.add_option("id", options.id, "Id of the " + what)->required();
    command.add_option("--etag", options.etag, "Only if it has not changed since this etag");
    command.add_option("--request-id", options.request_id,
                       "UUID of the request; the same one again changes nothing");
}

inline std::string RequestId(Session& session, const std::string& given) {
    return given.empty() ? NewId(session.clock().Now()) : given;
}

/// A request that names what it changes; `set_id(request, id)`.
template <typename Request>
Request Changing(Session& session, const ChangeOptions& options, const auto& set_id) {
    Request request;
    request.set_request_id(RequestId(session, options.request_id));
    set_id(request, options.id);
    if constexpr (requires { request.set_etag(options.etag); }) request.set_etag(options.etag);
    return request;
}

/// The word of a choice, kept as its number.
template <typename Enum>
CLI::Option* AddWord(CLI::App& command, const std::string& name, int& number,
                     const std::string& help, const Choices<Enum>& choices) {
    return command.add_option(name, number, help)
        ->transform(CLI::CheckedTransformer(choices, CLI::ignore_case).description(""))
        ->type_name("WORD");
}

/// `text` for people, or all of `message`.
inline void Show(Session& session, const google::protobuf::Message& message,
                 const std::string& text) {
    std::cout << (session.json() ? ToJson(message) : text) << '\n';
}

/// What came of a line of an uploaded file, if it could not be taken, or all of it as JSON.
template <typename Line>
void ShowAnswer(Session& session, const Line& line) {
    if (session.json()) {
        std::cout << ToJson(line) << '\n';
    } else if (line.has_error()) {
        std::cout << "line " << line.line() << ' ' << line.reference() << ' '
                  << status::FromProto(line.error()).reason << '\n';
    }
}

/// Returns the exit code.
template <typename Summary>
int ShowSummary(Session& session, const Summary& summary) {
    using indonesia::FormatNumber;
    Show(session, summary,
         FormatNumber(summary.lines()) + " answers: " + FormatNumber(summary.changed()) +
             " changed something, " + FormatNumber(summary.unchanged()) + " nothing, " +
             FormatNumber(summary.refused()) + " were refused");
    return summary.finished() && summary.refused() == 0 ? kOk : kFailed;
}

/// Options of a list that comes in pages.
template <typename Request>
void AddPageOptions(CLI::App& command, Request& request, bool& all) {
    command.add_option("--page-token", *request.mutable_page_token(),
                       "Where an earlier page ended");
    command.add_flag("--all", all, "All pages, one after the other");
}

/// Calls `page(request)`, which returns the answer, and prints each: as JSON, or by
/// `print(answer)`.
template <typename Request>
void ShowPages(Session& session, Request request, bool all, const auto& page, const auto& print) {
    do {
        const auto answer = page(request);
        session.json() ? void(std::cout << ToJson(answer) << '\n') : print(answer);
        request.set_page_token(answer.next_page_token());
    } while (all && !request.page_token().empty());
    if (!session.json() && !request.page_token().empty()) {
        std::cerr << "bangkit: there are more: --all, or --page-token " << request.page_token()
                  << '\n';
    }
}

}  // namespace bangkit::cli
