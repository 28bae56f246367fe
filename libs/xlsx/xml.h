#pragma once

#include <memory>
#include <optional>
#include <string_view>

#include "libs/base/result.h"
#include "libs/xlsx/archive.h"

namespace bangkit::xlsx {

/// Of an element. Names are without their prefix: "id" for r:id.
class Attributes {
public:
    explicit Attributes(const char** pairs) : pairs_(pairs) {}
    /// nullopt if there is none.
    std::optional<std::string_view> Find(std::string_view name) const;
    /// Empty if there is none.
    std::string_view Get(std::string_view name) const { return Find(name).value_or(""); }

private:
    const char** pairs_;  // Name, value, name, value ... null.
};

/// What somebody does with the content of an XML document, in its order. An error ends the reading.
class XmlHandler {
public:
    virtual Result<void> OnStart(std::string_view name, const Attributes& attributes) = 0;
    virtual Result<void> OnEnd(std::string_view name) = 0;
    /// A piece of a text: where it is cut means nothing.
    virtual void OnText(std::string_view piece) = 0;
    /// Asked behind each element: true lets XmlReader::Read() return for the time being.
    virtual bool HasEnough() const { return false; }

protected:
    ~XmlHandler() = default;
};

/// Reads a document of any size in little memory: nothing of it may make that grow, neither tags
/// nor names nor depth, and it may define no entities.
class XmlReader {
public:
    /// `handler` must live as long as the reader.
    XmlReader(Archive::Part part, XmlHandler& handler);
    XmlReader(const XmlReader&) = delete;
    ~XmlReader();

    /// Reads on until the handler has enough, or the document has ended: false then.
    Result<bool> Read();

private:
    class Parser;
    std::unique_ptr<Parser> parser_;
};

/// Reads a whole document. FILE_INVALID if there is none of this name.
Result<void> ReadXml(Archive& archive, const std::string& name, XmlHandler& handler);

}  // namespace bangkit::xlsx
