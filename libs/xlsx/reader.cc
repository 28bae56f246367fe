#include "libs/xlsx/reader.h"

#include <algorithm>
#include <charconv>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "libs/xlsx/archive.h"
#include "libs/xlsx/cell.h"
#include "libs/xlsx/file_invalid.h"
#include "libs/xlsx/row_builder.h"
#include "libs/xlsx/shared_texts.h"
#include "libs/xlsx/workbook.h"
#include "libs/xlsx/xml.h"

namespace bangkit::xlsx {
namespace {

constexpr std::string_view kZip = "PK\x03\x04";
constexpr std::string_view kCompoundFile = "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";
constexpr std::int64_t kRowsMax = 1'048'576;  // Excel's.

/// nullopt if `text` is not a whole number.
template <typename Int>
std::optional<Int> ParseInt(std::string_view text) {
    Int value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    const bool is_whole = error == std::errc{} && end == text.data() + text.size();
    return is_whole ? std::optional(value) : std::nullopt;
}

/// Turns the document of a worksheet into rows.
class SheetHandler final : public XmlHandler {
public:
    SheetHandler(SharedTexts shared_texts, std::vector<Format> formats, bool counts_from_1904,
                 const Limits& limits)
        : shared_texts_(std::move(shared_texts)),
          formats_(std::move(formats)),
          counts_from_1904_(counts_from_1904),
          text_max_(limits.row.field_max),
          builder_(limits) {}

    Result<void> OnStart(std::string_view name, const Attributes& attributes) override {
        if (name == "sheetData") is_in_data_ = true;
        if (!is_in_data_) return {};
        if (name == "row") return BeginRow(attributes);
        if (name == "c") return BeginCell(attributes);
        if (name == "rPh") ++phonetic_;
        is_text_ = (name == "v" || name == "t") && phonetic_ == 0;
        return {};
    }
    Result<void> OnEnd(std::string_view name) override {
        is_text_ = false;
        if (!is_in_data_) return {};
        if (name == "sheetData") is_in_data_ = false;
        if (name == "rPh") --phonetic_;
        if (name == "c") return EndCell();
        if (name == "row") row_ = builder_.End();
        return {};
    }
    void OnText(std::string_view piece) override {
        // One byte too many is enough to refuse it.
        if (is_text_) text_ += piece.substr(0, text_max_ + 1 - text_.size());
    }
    bool HasEnough() const override { return row_.has_value(); }

    std::optional<csv::Row> TakeRow() { return std::exchange(row_, std::nullopt); }

private:
    Result<void> BeginRow(const Attributes& attributes) {
        const auto number = attributes.Find("r");
        const auto next = number ? ParseInt<std::int64_t>(*number) : row_number_ + 1;
        if (!next || *next <= row_number_ || *next > kRowsMax) return std::unexpected(Damaged());
        row_number_ = *next;
        next_column_ = 0;
        builder_.Begin(row_number_);
        return {};
    }

    Result<void> BeginCell(const Attributes& attributes) {
        const auto name = attributes.Find("r");
        const auto column = name ? ColumnOf(*name) : next_column_;
        if (!column || *column < next_column_) return std::unexpected(Damaged());
        next_column_ = *column + 1;
        type_ = attributes.Get("t");
        style_ = ParseInt<std::size_t>(attributes.Get("s")).value_or(0);
        text_.clear();
        return {};
    }

    Result<void> EndCell() {
        const std::size_t column = next_column_ - 1;
        if (next_column_ == 0) return std::unexpected(Damaged());  // A cell within a cell.
        if (text_.size() > text_max_) {                            // Cut off: it means nothing.
            builder_.Add(column, text_);
        } else if (type_ == "s") {
            if (text_.empty()) return {};
            const auto number = ParseInt<std::size_t>(text_);
            const auto shared = number ? shared_texts_.Find(*number) : std::nullopt;
            if (!shared) return std::unexpected(Damaged());
            builder_.Add(column, *shared);
        } else if (type_.empty() || type_ == "n") {
            EndNumber(column);
        } else if (type_ == "b") {
            builder_.Add(column, text_ == "1" ? "TRUE" : text_ == "0" ? "FALSE" : "");
        } else if (type_ == "d") {
            builder_.Add(column, text_.substr(0, text_.find('T')));  // 2026-01-31T00:00:00
        } else {
            builder_.Add(column, Unescaped(text_));
        }
        return {};
    }

    void EndNumber(std::size_t column) {
        if (text_.empty()) return;
        const Format format = style_ < formats_.size() ? formats_[style_] : Format{};
        if (const auto text = NumberText(text_, format, counts_from_1904_)) {
            builder_.Add(column, *text);
        } else {
            builder_.AddDamaged(column, ScientificText(text_));
        }
    }

    const SharedTexts shared_texts_;
    const std::vector<Format> formats_;
    const bool counts_from_1904_;
    const std::size_t text_max_;
    RowBuilder builder_;
    std::optional<csv::Row> row_;

    bool is_in_data_ = false;
    bool is_text_ = false;
    int phonetic_ = 0;
    std::int64_t row_number_ = 0;
    std::size_t next_column_ = 0;
    std::string type_;
    std::size_t style_ = 0;
    std::string text_;  // Of the current cell.
};

Result<void> CheckSignature(Source& source) {
    char bytes[8];
    const auto size = std::min<std::int64_t>(source.size(), std::ssize(bytes));
    const std::span first(bytes, static_cast<std::size_t>(size));
    if (auto read = source.Read(0, first); !read) return read;
    const std::string_view text(first.data(), first.size());
    if (text.starts_with(kZip)) return {};
    return std::unexpected(FileInvalid(
        text.starts_with(kCompoundFile)
            ? "the Excel file has a password or an old format: save it as .xlsx without one"
            : "the file is no Excel workbook (.xlsx)"));
}

}  // namespace

bool IsWorkbook(std::string_view first_bytes) {
    return first_bytes.starts_with(kZip) || first_bytes.starts_with(kCompoundFile);
}

class Reader::Sheet {
public:
    Sheet(Archive archive, Archive::Part part, SheetHandler handler)
        : archive_(std::move(archive)),
          handler_(std::move(handler)),
          xml_(std::move(part), handler_) {}

    Result<std::optional<csv::Row>> Next() {
        while (!handler_.HasEnough()) {
            Result<bool> is_more = xml_.Read();
            if (!is_more) return std::unexpected(std::move(is_more.error()));
            if (!*is_more) break;
        }
        return handler_.TakeRow();
    }

private:
    Archive archive_;
    SheetHandler handler_;
    XmlReader xml_;
};

Reader::Reader(std::unique_ptr<Sheet> sheet) : sheet_(std::move(sheet)) {}
Reader::Reader(Reader&&) noexcept = default;
Reader::~Reader() = default;

Result<Reader> Reader::Open(Source& source, const Limits& limits) {
    if (auto known = CheckSignature(source); !known)
        return std::unexpected(std::move(known.error()));
    Result<Archive> archive = Archive::Open(source, limits.unpacked_max);
    if (!archive) return std::unexpected(std::move(archive.error()));
    Result<Workbook> workbook = ReadWorkbook(*archive);
    if (!workbook) return std::unexpected(std::move(workbook.error()));

    Result<SharedTexts> texts;
    if (!workbook->shared_texts.empty()) {
        texts = SharedTexts::Read(*archive, workbook->shared_texts, limits.shared_texts_max);
    }
    if (!texts) return std::unexpected(std::move(texts.error()));
    Result<std::vector<Format>> formats;
    if (!workbook->styles.empty()) formats = ReadFormats(*archive, workbook->styles);
    if (!formats) return std::unexpected(std::move(formats.error()));
    Result<std::optional<Archive::Part>> part = archive->Find(workbook->sheet);
    if (!part) return std::unexpected(std::move(part.error()));
    if (!*part) return std::unexpected(Damaged());

    SheetHandler handler(*std::move(texts), *std::move(formats), workbook->counts_from_1904,
                         limits);
    return Reader(
        std::make_unique<Sheet>(*std::move(archive), **std::move(part), std::move(handler)));
}

Result<std::optional<csv::Row>> Reader::Next() { return sheet_->Next(); }

}  // namespace bangkit::xlsx
