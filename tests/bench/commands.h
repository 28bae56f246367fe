#pragma once

#include <initializer_list>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "libs/base/logger.h"

namespace bangkit::bench {

/// What follows the command's name. at() says which one is missing.
class Arguments {
public:
    explicit Arguments(std::span<char* const> texts) : texts_(texts) {}
    std::string Text(std::size_t index) const;
    long Number(std::size_t index) const { return std::stol(Text(index)); }

private:
    const std::span<char* const> texts_;
};

/// One line of JSON on standard output: what a command has measured.
void Print(std::initializer_list<std::pair<std::string_view, double>> figures);

/// Libraries complain on standard error, and else say nothing.
class ErrorLogger final : public Logger {
public:
    bool IsEnabled(LogLevel level) const override { return level >= LogLevel::kWarning; }
    void Write(LogLevel level, std::string_view event, std::span<const LogField> fields) override;
};

// The commands; main.cc says what each is for.
void MakeKeys(const Arguments& arguments);
void MakeTopic(const Arguments& arguments);
void WriteCsv(const Arguments& arguments);
void Register(const Arguments& arguments);
void GetBusiness(const Arguments& arguments);
void ListBusinesses(const Arguments& arguments);
void SearchBusinesses(const Arguments& arguments);
void FindByPhone(const Arguments& arguments);
void Approve(const Arguments& arguments);
void ApproveStream(const Arguments& arguments);
void StartApplication(const Arguments& arguments);
void GetDashboard(const Arguments& arguments);
void CallNothing(const Arguments& arguments);
void Import(const Arguments& arguments);
void CopyImport(const Arguments& arguments);
void CopyApprovals(const Arguments& arguments);
void CopyReadModel(const Arguments& arguments);
void Drain(const Arguments& arguments);
void Produce(const Arguments& arguments);
void CommitToConsumer(const Arguments& arguments);
void ProduceToConsumer(const Arguments& arguments);

}  // namespace bangkit::bench
