#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "libs/base/result.h"

namespace bangkit::iso20022 {

/// An element as it ends. Names are without prefixes.
struct XmlElement {
    std::string name = {};
    std::string text = {};      // Behind the last element inside, if there is one.
    std::string currency = {};  // Its attribute Ccy.
};

/// What somebody does with the elements of a document, in its order. An error ends the reading.
class XmlHandler {
public:
    /// `path` ends with the element that begins. `name_space` is its.
    virtual Result<void> OnStart(const std::vector<XmlElement>& path,
                                 std::string_view name_space) = 0;
    /// `path` ends with the element that ends.
    virtual void OnEnd(const std::vector<XmlElement>& path) = 0;

protected:
    ~XmlHandler() = default;
};

/// Bytes, of a whole document; elements within each other; bytes of one text, and of one tag with
/// the text behind it.
struct XmlLimits {
    std::int64_t size_max = std::int64_t{64} << 20;
    std::size_t depth_max = 32;
    std::size_t text_max = 4'096;
    std::size_t tag_max = 16'384;
};

/// Reads a document that arrives in pieces, in little memory. It may declare no document type, and
/// so has no entities.
class XmlReader {
public:
    /// `handler` must live as long as the reader.
    explicit XmlReader(XmlHandler& handler, XmlLimits limits = {});
    XmlReader(const XmlReader&) = delete;
    ~XmlReader();

    /// FILE_INVALID, from then on. Else the error of the handler.
    Result<void> Feed(std::string_view bytes);
    /// There are no more bytes.
    Result<void> Finish();

private:
    class Parser;
    std::unique_ptr<Parser> parser_;
};

/// FILE_INVALID
Error FileInvalid();

}  // namespace bangkit::iso20022
