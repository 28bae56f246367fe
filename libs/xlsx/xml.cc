#include "libs/xlsx/xml.h"

#include <expat.h>

#include <new>
#include <string>
#include <unordered_set>
#include <utility>

#include "libs/xlsx/file_invalid.h"

namespace bangkit::xlsx {
namespace {

constexpr int kPiece = 16 << 10;
constexpr std::int64_t kTokenMax = 1 << 20;  // A tag or a comment, of which expat keeps all.
constexpr int kDepthMax = 100;
constexpr std::size_t kNamesMax = 64 << 10;  // Bytes of all different names, which expat keeps too.

std::string_view WithoutPrefix(std::string_view name) {
    return name.substr(name.find(':') + 1);  // npos + 1 is 0.
}

struct ParserFree {
    void operator()(XML_Parser parser) const { XML_ParserFree(parser); }
};

}  // namespace

std::optional<std::string_view> Attributes::Find(std::string_view name) const {
    for (const char** pair = pairs_; *pair != nullptr; pair += 2) {
        if (WithoutPrefix(pair[0]) == name) return pair[1];
    }
    return std::nullopt;
}

class XmlReader::Parser {
public:
    Parser(Archive::Part part, XmlHandler& handler)
        : part_(std::move(part)), handler_(handler), expat_(XML_ParserCreate(nullptr)) {
        if (!expat_) throw std::bad_alloc();
        XML_SetUserData(expat_.get(), this);
        XML_SetElementHandler(
            expat_.get(),
            [](void* self, const char* name, const char** attributes) {
                static_cast<Parser*>(self)->OnStart(name, attributes);
            },
            [](void* self, const char* name) { static_cast<Parser*>(self)->OnEnd(name); });
        XML_SetCharacterDataHandler(expat_.get(), [](void* self, const char* text, int size) {
            static_cast<Parser*>(self)->OnText({text, static_cast<std::size_t>(size)});
        });
        XML_SetStartDoctypeDeclHandler(expat_.get(),
                                       [](void* self, const char*, const char*, const char*, int) {
                                           static_cast<Parser*>(self)->Fail(Damaged());
                                       });
    }

    Result<bool> Read() {
        for (;;) {
            if (error_) return std::unexpected(*error_);
            if (is_finished_) return false;
            const XML_Status status = Advance();
            if (error_) return std::unexpected(*error_);
            if (status == XML_STATUS_SUSPENDED) return true;
            if (status == XML_STATUS_ERROR) Fail(Damaged());
        }
    }

private:
    XML_Status Advance() {
        XML_ParsingStatus status;
        XML_GetParsingStatus(expat_.get(), &status);
        if (status.parsing == XML_SUSPENDED) return Noted(XML_ResumeParser(expat_.get()));
        if (fed_ - XML_GetCurrentByteIndex(expat_.get()) > kTokenMax) return XML_STATUS_ERROR;
        void* buffer = XML_GetBuffer(expat_.get(), kPiece);
        if (buffer == nullptr) throw std::bad_alloc();
        Result<std::size_t> count = part_.Read({static_cast<char*>(buffer), kPiece});
        if (!count) {
            error_ = std::move(count.error());
            return XML_STATUS_ERROR;
        }
        fed_ += static_cast<std::int64_t>(*count);
        is_all_fed_ = *count == 0;
        return Noted(XML_ParseBuffer(expat_.get(), static_cast<int>(*count), is_all_fed_));
    }
    XML_Status Noted(XML_Status status) {
        is_finished_ = is_all_fed_ && status == XML_STATUS_OK;
        return status;
    }

    void OnStart(const char* name, const char** attributes) {
        if (error_) return;
        NoteName(name);
        for (const char** pair = attributes; *pair != nullptr; pair += 2) NoteName(*pair);
        if (++depth_ > kDepthMax || names_size_ > kNamesMax) return Fail(Damaged());
        Check(handler_.OnStart(WithoutPrefix(name), Attributes(attributes)));
    }
    void OnEnd(const char* name) {
        if (error_) return;
        --depth_;
        Check(handler_.OnEnd(WithoutPrefix(name)));
        if (!error_ && handler_.HasEnough()) XML_StopParser(expat_.get(), XML_TRUE);
    }
    void OnText(std::string_view piece) {
        if (!error_) handler_.OnText(piece);
    }

    void NoteName(std::string_view name) {
        if (names_.contains(name)) return;
        names_.emplace(name);
        names_size_ += name.size() + kDepthMax;
    }
    void Check(Result<void> result) {
        if (!result) Fail(std::move(result.error()));
    }
    void Fail(Error error) {
        if (!error_) error_ = std::move(error);
        XML_StopParser(expat_.get(), XML_FALSE);
    }

    struct Hash : std::hash<std::string_view> {
        using is_transparent = void;
    };

    Archive::Part part_;
    XmlHandler& handler_;
    const std::unique_ptr<XML_ParserStruct, ParserFree> expat_;
    std::int64_t fed_ = 0;
    bool is_all_fed_ = false;
    bool is_finished_ = false;
    std::optional<Error> error_;
    int depth_ = 0;
    std::unordered_set<std::string, Hash, std::equal_to<>> names_;
    std::size_t names_size_ = 0;
};

XmlReader::XmlReader(Archive::Part part, XmlHandler& handler)
    : parser_(std::make_unique<Parser>(std::move(part), handler)) {}
XmlReader::~XmlReader() = default;

Result<bool> XmlReader::Read() { return parser_->Read(); }

Result<void> ReadXml(Archive& archive, const std::string& name, XmlHandler& handler) {
    Result<std::optional<Archive::Part>> part = archive.Find(name);
    if (!part) return std::unexpected(std::move(part.error()));
    if (!*part) return std::unexpected(FileInvalid("the file is no Excel workbook (.xlsx)"));
    XmlReader reader(**std::move(part), handler);
    for (;;) {
        Result<bool> is_more = reader.Read();
        if (!is_more) return std::unexpected(std::move(is_more.error()));
        if (!*is_more) return {};
    }
}

}  // namespace bangkit::xlsx
