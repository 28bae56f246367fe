#include "services/cli/table_output.h"

#include <sys/stat.h>

#include <fstream>
#include <iostream>

#include "libs/csv/parser.h"
#include "libs/xlsx/writer.h"
#include "services/cli/failure.h"

namespace bangkit::cli {
namespace {

class Text final : public TableOutput {
public:
    explicit Text(const std::filesystem::path& target)
        : name_(target.string()), out_(target.empty() ? std::cout : file_) {
        if (target.empty()) return;
        const mode_t mask = umask(077);
        file_.open(target, std::ios::binary | std::ios::trunc);
        umask(mask);
        if (!file_) throw UsageError("cannot write " + name_);
        using std::filesystem::perms;  // A file that was there may have had others.
        std::filesystem::permissions(target, perms::owner_read | perms::owner_write);
    }

    void Add(std::string_view csv) override { out_ << csv; }
    void Close() override {
        if (!out_.flush()) throw UsageError("cannot write " + name_);
    }

private:
    const std::string name_;
    std::ofstream file_;
    std::ostream& out_;
};

class Workbook final : public TableOutput {
public:
    explicit Workbook(const std::filesystem::path& target) : writer_(target) {}

    void Add(std::string_view csv) override {
        parser_.Feed(csv);
        AddRows();
    }
    void Close() override {
        parser_.Finish();
        AddRows();
        Check(writer_.Close());
    }

private:
    void AddRows() {
        while (const std::optional<csv::Row> row = parser_.Next()) Check(writer_.Add(row->fields));
    }
    static void Check(const Result<void>& result) {
        if (!result) throw UsageError(result.error().message);
    }

    csv::Parser parser_;
    xlsx::Writer writer_;
};

}  // namespace

std::unique_ptr<TableOutput> OpenTableOutput(const std::filesystem::path& target) {
    if (target.extension() == ".xlsx") return std::make_unique<Workbook>(target);
    return std::make_unique<Text>(target);
}

}  // namespace bangkit::cli
