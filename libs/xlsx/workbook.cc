#include "libs/xlsx/workbook.h"

#include <algorithm>
#include <charconv>
#include <filesystem>
#include <map>
#include <utility>

#include "libs/xlsx/file_invalid.h"
#include "libs/xlsx/xml.h"

namespace bangkit::xlsx {
namespace {

constexpr std::size_t kFormatsMax = 65'536;
constexpr std::size_t kPartsMax = 1'000;  // Of each kind.
constexpr std::size_t kNameMax = 1'000;   // Bytes of what names one.

struct Relationship {
    std::string id;
    std::string type;
    std::string target;
};

/// Of a part: which other parts it refers to.
class Relationships final : public XmlHandler {
public:
    Result<void> OnStart(std::string_view name, const Attributes& attributes) override {
        if (name != "Relationship" || attributes.Get("TargetMode") == "External") return {};
        const std::string_view id = attributes.Get("Id");
        const std::string_view type = attributes.Get("Type");
        const std::string_view target = attributes.Get("Target");
        if (all_.size() == kPartsMax || id.size() + type.size() + target.size() > kNameMax) {
            return std::unexpected(Damaged());
        }
        all_.emplace_back(std::string(id), std::string(type.substr(type.rfind('/') + 1)),
                          std::string(target));
        return {};
    }
    Result<void> OnEnd(std::string_view) override { return {}; }
    void OnText(std::string_view) override {}

    /// Empty if there is none.
    std::string TargetOf(std::string_view type) const {
        const auto found = std::ranges::find(all_, type, &Relationship::type);
        return found == all_.end() ? "" : found->target;
    }
    std::string WorksheetOf(std::string_view id) const {
        const auto found = std::ranges::find(all_, id, &Relationship::id);
        return found == all_.end() || found->type != "worksheet" ? "" : found->target;
    }

private:
    std::vector<Relationship> all_;
};

/// The part workbook.xml.
class WorkbookHandler final : public XmlHandler {
public:
    Result<void> OnStart(std::string_view name, const Attributes& attributes) override {
        if (name == "workbookPr") {
            const std::string_view value = attributes.Get("date1904");
            counts_from_1904 = value == "1" || value == "true";
        }
        if (name != "sheet") return {};
        const std::string_view id = attributes.Get("id");
        if (sheets.size() == kPartsMax || id.size() > kNameMax) return std::unexpected(Damaged());
        const std::string_view state = attributes.Get("state");
        if (state.empty() || state == "visible") sheets.emplace_back(id);
        return {};
    }
    Result<void> OnEnd(std::string_view) override { return {}; }
    void OnText(std::string_view) override {}

    std::vector<std::string> sheets;  // Ids of the visible ones.
    bool counts_from_1904 = false;
};

class StylesHandler final : public XmlHandler {
public:
    Result<void> OnStart(std::string_view name, const Attributes& attributes) override {
        if (name == "cellXfs") is_in_cell_formats_ = true;
        if (name == "numFmt") {
            written_[IdOf(attributes)] = ParseFormat(attributes.Get("formatCode"));
        } else if (name == "xf" && is_in_cell_formats_) {
            ids_.push_back(IdOf(attributes));
        }
        if (ids_.size() > kFormatsMax || written_.size() > kFormatsMax) {
            return std::unexpected(Damaged());
        }
        return {};
    }
    Result<void> OnEnd(std::string_view name) override {
        if (name == "cellXfs") is_in_cell_formats_ = false;
        return {};
    }
    void OnText(std::string_view) override {}

    std::vector<Format> Formats() const {
        std::vector<Format> formats;
        for (const unsigned id : ids_) {
            const auto written = written_.find(id);
            formats.push_back(written == written_.end() ? BuiltInFormat(id) : written->second);
        }
        return formats;
    }

private:
    static unsigned IdOf(const Attributes& attributes) {
        const std::string_view text = attributes.Get("numFmtId");
        unsigned id = 0;
        std::from_chars(text.data(), text.data() + text.size(), id);
        return id;
    }

    bool is_in_cell_formats_ = false;
    std::map<unsigned, Format> written_;
    std::vector<unsigned> ids_;
};

/// The name in the archive of what `part` calls `target`.
std::string Resolved(const std::string& part, const std::string& target) {
    if (target.empty()) return "";
    const std::filesystem::path folder = std::filesystem::path("/" + part).parent_path();
    return (folder / target).lexically_normal().generic_string().substr(1);
}

/// Where the relationships of `part` are.
std::string RelationshipsOf(const std::string& part) {
    const std::filesystem::path path(part);
    return (path.parent_path() / "_rels" / path.filename()).generic_string() + ".rels";
}

}  // namespace

Result<Workbook> ReadWorkbook(Archive& archive) {
    Relationships of_package;
    if (auto read = ReadXml(archive, "_rels/.rels", of_package); !read) {
        return std::unexpected(std::move(read.error()));
    }
    const std::string part = Resolved("", of_package.TargetOf("officeDocument"));
    WorkbookHandler handler;
    if (auto read = ReadXml(archive, part, handler); !read) {
        return std::unexpected(std::move(read.error()));
    }
    Relationships of_workbook;
    if (auto read = ReadXml(archive, RelationshipsOf(part), of_workbook); !read) {
        return std::unexpected(std::move(read.error()));
    }
    for (const std::string& id : handler.sheets) {
        const std::string sheet = of_workbook.WorksheetOf(id);
        if (sheet.empty()) continue;  // A chart.
        return Workbook{.sheet = Resolved(part, sheet),
                        .shared_texts = Resolved(part, of_workbook.TargetOf("sharedStrings")),
                        .styles = Resolved(part, of_workbook.TargetOf("styles")),
                        .counts_from_1904 = handler.counts_from_1904};
    }
    return std::unexpected(FileInvalid("the Excel file has no visible worksheet"));
}

Result<std::vector<Format>> ReadFormats(Archive& archive, const std::string& styles) {
    StylesHandler handler;
    if (auto read = ReadXml(archive, styles, handler); !read) {
        return std::unexpected(std::move(read.error()));
    }
    return handler.Formats();
}

}  // namespace bangkit::xlsx
