#include "libs/iso20022/xml_reader.h"

#include <libxml/parser.h>

#include <algorithm>
#include <new>
#include <optional>
#include <utility>

namespace bangkit::iso20022 {
namespace {

struct ContextFree {
    void operator()(xmlParserCtxt* context) const { xmlFreeParserCtxt(context); }
};

std::string_view View(const xmlChar* text) {
    return text == nullptr ? std::string_view() : reinterpret_cast<const char*>(text);
}

/// Once, before any thread parses.
void InitLibrary() {
    static const bool is_done = [] {
        xmlInitParser();
        return true;
    }();
    (void)is_done;
}

}  // namespace

Error FileInvalid() {
    return {.code = ErrorCode::kInvalidArgument,
            .reason = "FILE_INVALID",
            .message = "the file is none that can be read"};
}

class XmlReader::Parser {
public:
    Parser(XmlHandler& handler, XmlLimits limits) : handler_(handler), limits_(limits) {
        InitLibrary();
        xmlSAXHandler sax{};
        sax.initialized = XML_SAX2_MAGIC;
        sax.startElementNs = OnStart;
        sax.endElementNs = OnEnd;
        sax.characters = OnText;
        sax.internalSubset = OnDocumentType;
        sax.serror = [](void*, xmlErrorPtr) {};  // It would be printed.
        context_.reset(xmlCreatePushParserCtxt(&sax, this, nullptr, 0, nullptr));
        if (!context_) throw std::bad_alloc();
        xmlCtxtUseOptions(context_.get(), XML_PARSE_NONET);
    }

    Result<void> Feed(std::string_view bytes) {
        size_ += static_cast<std::int64_t>(bytes.size());
        const bool is_text = bytes.find('\0') == std::string_view::npos;  // Neither is UTF-16.
        if (size_ > limits_.size_max || !is_text || !AreTagsShort(bytes)) Fail(FileInvalid());
        return Parse(bytes, false);
    }
    Result<void> Finish() { return Parse({}, true); }

private:
    /// Of a longer one the library would compare each attribute with all others. No `<` stands in a
    /// tag.
    bool AreTagsShort(std::string_view bytes) {
        return std::ranges::all_of(bytes, [this](char c) {
            tag_ = c == '<' ? 0 : tag_ + 1;
            return tag_ <= limits_.tag_max;
        });
    }

    Result<void> Parse(std::string_view bytes, bool is_end) {
        // In pieces, for the library takes an int.
        constexpr std::size_t kPiece = std::size_t{64} << 10;
        do {
            if (error_) return std::unexpected(*error_);
            const std::string_view piece = bytes.substr(0, kPiece);
            bytes.remove_prefix(piece.size());
            const bool is_last = is_end && bytes.empty();
            const int code = xmlParseChunk(context_.get(), piece.data(),
                                           static_cast<int>(piece.size()), is_last ? 1 : 0);
            if (code != XML_ERR_OK) Fail(FileInvalid());
        } while (!bytes.empty());
        if (error_) return std::unexpected(*error_);
        return {};
    }

    static void OnStart(void* self, const xmlChar* name, const xmlChar* /*prefix*/,
                        const xmlChar* name_space, int /*namespaces*/, const xmlChar** /*declared*/,
                        int attributes, int /*defaulted*/, const xmlChar** values) {
        static_cast<Parser*>(self)->Start(View(name), View(name_space), attributes, values);
    }
    static void OnEnd(void* self, const xmlChar*, const xmlChar*, const xmlChar*) {
        static_cast<Parser*>(self)->End();
    }
    static void OnText(void* self, const xmlChar* text, int size) {
        static_cast<Parser*>(self)->Text(
            {reinterpret_cast<const char*>(text), static_cast<std::size_t>(size)});
    }
    static void OnDocumentType(void* self, const xmlChar*, const xmlChar*, const xmlChar*) {
        static_cast<Parser*>(self)->Fail(FileInvalid());
    }

    void Start(std::string_view name, std::string_view name_space, int attributes,
               const xmlChar** values) {
        if (error_) return;
        if (path_.size() == limits_.depth_max) return Fail(FileInvalid());
        if (!path_.empty()) path_.back().text.clear();  // It was between two elements.
        XmlElement& element = path_.emplace_back();
        element.name = name;
        for (int i = 0; i < attributes; ++i, values += 5) {  // Name, prefix, namespace, begin, end.
            if (View(values[0]) != "Ccy") continue;
            const auto* const begin = reinterpret_cast<const char*>(values[3]);
            element.currency.assign(begin, reinterpret_cast<const char*>(values[4]));
        }
        if (Result<void> taken = handler_.OnStart(path_, name_space); !taken) {
            Fail(std::move(taken.error()));
        }
    }
    void End() {
        if (error_) return;
        handler_.OnEnd(path_);
        path_.pop_back();
    }
    void Text(std::string_view text) {
        if (error_ || path_.empty()) return;
        std::string& whole = path_.back().text;
        if (whole.size() + text.size() > limits_.text_max) return Fail(FileInvalid());
        whole += text;
    }

    void Fail(Error error) {
        if (!error_) error_ = std::move(error);
        xmlStopParser(context_.get());
    }

    XmlHandler& handler_;
    const XmlLimits limits_;
    std::unique_ptr<xmlParserCtxt, ContextFree> context_;
    std::int64_t size_ = 0;
    std::size_t tag_ = 0;  // Bytes since the last `<`.
    std::optional<Error> error_;
    std::vector<XmlElement> path_;
};

XmlReader::XmlReader(XmlHandler& handler, XmlLimits limits)
    : parser_(std::make_unique<Parser>(handler, limits)) {}
XmlReader::~XmlReader() = default;

Result<void> XmlReader::Feed(std::string_view bytes) { return parser_->Feed(bytes); }
Result<void> XmlReader::Finish() { return parser_->Finish(); }

}  // namespace bangkit::iso20022
