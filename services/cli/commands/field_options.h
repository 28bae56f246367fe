#pragma once

#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "bangkit/registration/v1/business.pb.h"
#include "services/cli/command_line.h"
#include "services/cli/words.h"

namespace bangkit::cli {

/// The fields of a message as options: they set what is given, and leave the rest unset.
class FieldOptions {
public:
    /// `on_set(path)` is told of each field that is given: "owner.nik", "business.kind".
    explicit FieldOptions(CLI::App& command, std::function<void(const std::string&)> on_set = {})
        : command_(command), on_set_(std::move(on_set)) {}

    template <typename Setter>
    void Text(const std::string& name, const std::string& path, const std::string& help,
              Setter set) {
        command_.add_option_function<std::string>(name, Telling(path, set), help);
    }
    template <typename Setter>
    void Rupiah(const std::string& name, const std::string& path, const std::string& help,
                Setter set) {
        command_.add_option_function<std::int64_t>(name, Telling(path, set), help)
            ->type_name("RUPIAH");
    }
    template <typename Setter>
    void Number(const std::string& name, const std::string& path, const std::string& help,
                Setter set) {
        command_.add_option_function<std::int32_t>(name, Telling(path, set), help)
            ->type_name("NUMBER");
    }
    template <typename Enum, typename Setter>
    void Choice(const std::string& name, const std::string& path, const std::string& help,
                const cli::Choices<Enum>& choices, Setter set) {
        command_
            .add_option_function<int>(
                name, Telling(path, [set](int number) { set(static_cast<Enum>(number)); }), help)
            ->transform(CLI::CheckedTransformer(choices, CLI::ignore_case).description(""))
            ->type_name("WORD");
    }

    template <typename Enum, typename Adder>
    void Choices(const std::string& name, const std::string& path, const std::string& help,
                 const cli::Choices<Enum>& choices, Adder add) {
        command_
            .add_option_function<std::vector<int>>(name,
                                                   Telling(path,
                                                           [add](const std::vector<int>& numbers) {
                                                               for (const int number : numbers)
                                                                   add(static_cast<Enum>(number));
                                                           }),
                                                   help)
            ->allow_extra_args(false)
            ->transform(CLI::CheckedTransformer(choices, CLI::ignore_case).description(""))
            ->type_name("WORD");
    }

private:
    template <typename Setter>
    auto Telling(const std::string& path, Setter set) const {
        return [path, set, on_set = on_set_](const auto& value) {
            if (on_set) on_set(path);
            set(value);
        };
    }

    CLI::App& command_;
    const std::function<void(const std::string&)> on_set_;
};

/// The fields of a message must outlive the command.
void AddOwnerOptions(FieldOptions& fields, registration::v1::OwnerInput& owner);
void AddBusinessOptions(FieldOptions& fields, registration::v1::BusinessInput& business);
/// What every business may have besides: way of selling, permits, what one kind alone has.
void AddDetailOptions(FieldOptions& fields, registration::v1::BusinessInput& business);
/// Those that are stated once, on registration.
void AddConditionOptions(FieldOptions& fields, registration::v1::BusinessInput& business);

}  // namespace bangkit::cli
