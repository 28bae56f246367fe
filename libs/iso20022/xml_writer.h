#pragma once

#include <memory>
#include <string>
#include <string_view>

namespace bangkit::iso20022 {

/// Writes a part of a document: elements that may begin in it and end in another part.
class XmlWriter {
public:
    XmlWriter();
    ~XmlWriter();
    XmlWriter(const XmlWriter&) = delete;

    /// <?xml version="1.0" encoding="UTF-8"?>
    void Declaration();
    void Begin(std::string_view name);
    void Attribute(std::string_view name, std::string_view value);
    void Text(std::string_view text);
    void End();
    /// An element with a text, or with elements that `content` writes.
    void Element(std::string_view name, std::string_view text);
    template <typename Content>
        requires std::is_invocable_v<Content>
    void Element(std::string_view name, const Content& content) {
        Begin(name);
        content();
        End();
    }

    /// What has been written so far.
    std::string Taken();

private:
    class Buffer;
    std::unique_ptr<Buffer> buffer_;
};

}  // namespace bangkit::iso20022
