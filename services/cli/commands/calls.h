#pragma once

#include <CLI/CLI.hpp>
#include <iostream>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "services/cli/aid/files.h"
#include "services/cli/command_line.h"
#include "services/cli/commands/aid_options.h"
#include "services/cli/config.h"
#include "services/cli/failure.h"
#include "services/cli/output.h"

namespace bangkit::cli {

// Commands that are one call: their options are the fields of its request.

/// How the stubs of a service are got, and which of its calls is meant.
template <typename Stub, typename Request, typename Response>
struct Method {
    Stub& (Session::*stub)();
    grpc::Status (Stub::*call)(grpc::ClientContext*, const Request&, Response*);

    Response Run(Session& session, const Request& request) const {
        return Call(session, (session.*stub)(), call, request);
    }
};
template <typename Stub, typename Request, typename Response>
Method(Stub& (Session::*)(), grpc::Status (Stub::*)(grpc::ClientContext*, const Request&,
                                                    Response*)) -> Method<Stub, Request, Response>;

/// A command that is being described, and the request that its options fill.
template <typename Request>
class CallOptions {
public:
    explicit CallOptions(CLI::App* command) : command_(command) {}

    CLI::App& command() { return *command_; }
    Request& request() { return *request_; }
    const std::shared_ptr<Request>& shared() const { return request_; }

    /// A text, such as an id: `set` is mutable_<field>.
    CallOptions& Text(const char* name, std::string* (Request::*field)(), const char* help,
                      bool is_required = true) {
        command_->add_option(name, *(request_.get()->*field)(), help)->required(is_required);
        return *this;
    }
    /// A number, none that its field cannot hold.
    template <typename Number>
    CallOptions& Amount(const char* name, void (Request::*set)(Number), const char* help,
                        bool is_required = true) {
        command_
            ->add_option_function<Number>(
                name, [request = request_.get(), set](Number value) { (request->*set)(value); },
                help)
            ->required(is_required);
        return *this;
    }
    /// One of some words.
    template <typename Enum>
    CallOptions& Word(const char* name, void (Request::*set)(Enum), const char* help,
                      const Choices<Enum>& choices, bool is_required = true) {
        command_
            ->add_option_function<int>(
                name,
                [request = request_.get(), set](int value) {
                    (request->*set)(static_cast<Enum>(value));
                },
                help)
            ->transform(CLI::CheckedTransformer(choices, CLI::ignore_case).description(""))
            ->type_name("WORD")
            ->required(is_required);
        return *this;
    }
    /// Some of these words; the option may be repeated. `add` is add_<field>.
    template <typename Enum>
    CallOptions& Words(const char* name, void (Request::*add)(Enum), const char* help,
                       const Choices<Enum>& choices, bool is_required = true) {
        command_
            ->add_option_function<std::vector<int>>(
                name,
                [request = request_.get(), add](const std::vector<int>& values) {
                    for (const int value : values) (request->*add)(static_cast<Enum>(value));
                },
                help)
            ->transform(CLI::CheckedTransformer(choices, CLI::ignore_case).description(""))
            ->type_name("WORD")
            ->required(is_required)
            ->allow_extra_args(false);
        return *this;
    }
    /// A file that holds a text that other users of this machine should not see on the command
    /// line;
    /// -: standard input. A line break at its end is left out.
    CallOptions& File(const char* name, std::string* (Request::*field)(), const char* help,
                      bool is_required = true) {
        command_
            ->add_option_function<std::string>(
                name,
                [request = request_.get(), field](const std::string& file) {
                    std::string text = ReadFile(file == "-" ? "/dev/stdin" : file);
                    if (text.ends_with('\n')) text.pop_back();
                    *(request->*field)() = std::move(text);
                },
                help)
            ->required(is_required);
        return *this;
    }
    /// A file that holds it as JSON; -: standard input. `field` is mutable_<field>.
    template <typename Message>
    CallOptions& Json(const char* name, Message* (Request::*field)(), const char* help,
                      bool is_required = true) {
        command_
            ->add_option_function<std::string>(
                name,
                [request = request_.get(), field](const std::string& file) {
                    FromJson(ReadFile(file == "-" ? "/dev/stdin" : file), *(request->*field)());
                },
                help)
            ->required(is_required);
        return *this;
    }
    /// Yes, if it is there.
    CallOptions& Flag(const char* name, void (Request::*set)(bool), const char* help) {
        command_->add_flag_callback(
            name, [request = request_.get(), set] { (request->*set)(true); }, help);
        return *this;
    }

private:
    CLI::App* const command_;
    const std::shared_ptr<Request> request_ = std::make_shared<Request>();
};

/// The request, with a request id if it may have one and nobody gave it.
template <typename Request>
Request Identified(Session& session, Request request) {
    if constexpr (requires { request.mutable_request_id(); }) {
        request.set_request_id(RequestId(session, request.request_id()));
    }
    return request;
}

/// A command that makes one call and shows its answer: as JSON, or as `text(answer)`. A request
/// that has a request id gets one, if none is given.
template <typename Stub, typename Request, typename Response, typename ToText>
CallOptions<Request> AddCall(CommandLine& line, CLI::App& parent, const char* name,
                             const char* help, Method<Stub, Request, Response> method,
                             ToText text) {
    CallOptions<Request> options(parent.add_subcommand(name, help));
    if constexpr (requires(Request& request) { request.mutable_request_id(); }) {
        options.Text("--request-id", &Request::mutable_request_id,
                     "UUID of the request; the same one again changes nothing", false);
    }
    line.OnChosen(&options.command(), options.shared(),
                  [method, text](Session& session, const Request& given) {
                      const Response response = method.Run(session, Identified(session, given));
                      Show(session, response, text(response));
                      return kOk;
                  });
    return options;
}

/// For answers that are shown as a whole.
inline constexpr auto kAsJson = [](const google::protobuf::Message& message) {
    return ToJson(message);
};

/// A command that lists something page by page: `print(answer)` for people.
template <typename Stub, typename Request, typename Response, typename Print>
CallOptions<Request> AddList(CommandLine& line, CLI::App& parent, const char* name,
                             const char* help, Method<Stub, Request, Response> method,
                             Print print) {
    CallOptions<Request> options(parent.add_subcommand(name, help));
    const auto all = std::make_shared<bool>(false);
    AddPageOptions(options.command(), options.request(), *all);
    line.OnChosen(&options.command(), options.shared(),
                  [method, print, all](Session& session, const Request& request) {
                      ShowPages(
                          session, request, *all,
                          [&](const Request& page) { return method.Run(session, page); }, print);
                      return kOk;
                  });
    return options;
}

/// A command that uploads a file of answers, says which lines could not be taken, and counts them.
template <typename Stub, typename Piece, typename Response>
void AddUpload(CommandLine& line, CLI::App& parent, const char* name, const char* help,
               Stub& (Session::*stub)(),
               std::unique_ptr<grpc::ClientReaderWriter<Piece, Response>> (Stub::*method)(
                   grpc::ClientContext*)) {
    CLI::App* command = parent.add_subcommand(name, help);
    const auto file = std::make_shared<std::string>();
    command->add_option("file", *file, "What was sent back")->required();
    line.OnChosen(command, file, [stub, method](Session& session, const std::string& name_of_file) {
        return ShowSummary(session, UploadAnswers<Response>(
                                        Piece(), ReadFile(name_of_file), session.Token(),
                                        [&](grpc::ClientContext* context) {
                                            return ((session.*stub)().*method)(context);
                                        },
                                        [&](const auto& answer) { ShowAnswer(session, answer); }));
    });
}

}  // namespace bangkit::cli
