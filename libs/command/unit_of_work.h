#pragma once

#include <concepts>
#include <span>
#include <string>
#include <vector>

#include "libs/command/audit.h"
#include "libs/command/pending_command.h"
#include "libs/postgres/connection.h"

namespace bangkit::command {

/// What a service says about its own commands. One is made for every transaction.
template <typename T>
concept UnitOfWork = requires(T unit, postgres::Transaction& transaction,
                              std::span<const typename T::Command* const> commands,
                              const PendingCommand<typename T::Command>& pending, Time now) {
    { unit.Load(transaction, commands) };                    // Locks, always in the same order.
    { unit.Handle(pending, now) } -> std::same_as<Outcome>;  // In memory only.
    { unit.Save(transaction) };                              // One statement per table.
    { T::Target(pending.command) } -> std::same_as<std::string>;  // "<aggregate type>/<id>".
};

/// Runs commands in a transaction that somebody else commits: the command loop, or a consumer for
/// which these commands are its reaction to an event. Returns one outcome per command, in their
/// order.
template <UnitOfWork Unit>
std::vector<Outcome> RunCommands(
    Unit& unit, postgres::Transaction& transaction,
    std::span<const PendingCommand<typename Unit::Command>* const> batch, Time now) {
    std::vector<const typename Unit::Command*> commands;
    for (const auto* pending : batch) commands.push_back(&pending->command);
    if (!commands.empty()) unit.Load(transaction, commands);

    std::vector<Outcome> outcomes;
    Audit audit;
    for (const auto* pending : batch) {
        outcomes.push_back(unit.Handle(*pending, now));
        audit.Add(*pending, Unit::Target(pending->command), outcomes.back(), now);
    }
    if (!commands.empty()) unit.Save(transaction);
    audit.Save(transaction);
    return outcomes;
}

}  // namespace bangkit::command
