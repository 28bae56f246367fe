#include "libs/xlsx/writer.h"

#include <fcntl.h>
#include <unistd.h>
#include <xlsxwriter.h>

#include <system_error>
#include <utility>

#include "libs/base/text.h"
#include "libs/xlsx/cell.h"

namespace bangkit::xlsx {
namespace {

struct WorkbookFree {
    void operator()(lxw_workbook* workbook) const { lxw_workbook_free(workbook); }
};

Result<void> NotWritten() {
    return Refused(ErrorCode::kUnavailable, "FILE_NOT_WRITTEN", "the file cannot be written");
}

}  // namespace

class Writer::Workbook {
public:
    explicit Workbook(std::filesystem::path file)
        : file_(std::move(file)), folder_(std::filesystem::absolute(file_).parent_path()) {
        lxw_workbook_options options{
            .constant_memory = 1, .tmpdir = folder_.data(), .use_zip64 = 0};
        workbook_.reset(workbook_new_opt(file_.c_str(), &options));
        if (workbook_) sheet_ = workbook_add_worksheet(workbook_.get(), nullptr);
    }

    Result<void> Add(std::span<const std::string> cells) {
        if (sheet_ == nullptr) return NotWritten();
        lxw_col_t column = 0;
        for (const std::string& cell : cells) {
            const lxw_error error = worksheet_write_string(
                sheet_, row_, column++, Escaped(ToPlainText(cell)).c_str(), nullptr);
            if (error != LXW_NO_ERROR) {
                return Refused(ErrorCode::kInvalidArgument, "TABLE_TOO_LARGE",
                               "a worksheet cannot hold so many rows, or so long a cell");
            }
        }
        ++row_;
        return {};
    }

    Result<void> Close() {
        if (sheet_ == nullptr || !MakePrivateFile()) return NotWritten();
        sheet_ = nullptr;
        if (workbook_close(workbook_.release()) == LXW_NO_ERROR) return {};
        std::error_code ignored;
        std::filesystem::remove(file_, ignored);
        return NotWritten();
    }

private:
    /// An empty file that only its owner may read: the library writes into it.
    bool MakePrivateFile() const {
        std::error_code error;
        std::filesystem::remove(file_, error);
        const int file = open(file_.c_str(), O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0600);
        return file >= 0 && close(file) == 0;
    }

    const std::filesystem::path file_;
    std::string folder_;
    std::unique_ptr<lxw_workbook, WorkbookFree> workbook_;
    lxw_worksheet* sheet_ = nullptr;
    lxw_row_t row_ = 0;
};

Writer::Writer(const std::filesystem::path& file) : workbook_(std::make_unique<Workbook>(file)) {}
Writer::Writer(Writer&&) noexcept = default;
Writer::~Writer() = default;

Result<void> Writer::Add(std::span<const std::string> cells) { return workbook_->Add(cells); }
Result<void> Writer::Close() { return workbook_->Close(); }

}  // namespace bangkit::xlsx
