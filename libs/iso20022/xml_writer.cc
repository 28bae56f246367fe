#include "libs/iso20022/xml_writer.h"

#include <libxml/xmlwriter.h>

#include <new>

namespace bangkit::iso20022 {
namespace {

struct BufferFree {
    void operator()(xmlBuffer* buffer) const { xmlBufferFree(buffer); }
};
struct WriterFree {
    void operator()(xmlTextWriter* writer) const { xmlFreeTextWriter(writer); }
};

/// Nothing but memory can be missing.
void Check(int result) {
    if (result < 0) throw std::bad_alloc();
}

}  // namespace

class XmlWriter::Buffer {
public:
    Buffer() : bytes_(xmlBufferCreate()), writer_(xmlNewTextWriterMemory(bytes_.get(), 0)) {
        if (!bytes_ || !writer_) throw std::bad_alloc();
    }
    xmlTextWriter* writer() const { return writer_.get(); }
    std::string Taken() const {
        Check(xmlTextWriterFlush(writer_.get()));
        return {reinterpret_cast<const char*>(xmlBufferContent(bytes_.get())),
                static_cast<std::size_t>(xmlBufferLength(bytes_.get()))};
    }

private:
    const std::unique_ptr<xmlBuffer, BufferFree> bytes_;
    const std::unique_ptr<xmlTextWriter, WriterFree> writer_;
};

namespace {

/// The library wants texts that end with NUL.
class Chars {
public:
    explicit Chars(std::string_view text) : text_(text) {}
    operator const xmlChar*() const { return reinterpret_cast<const xmlChar*>(text_.c_str()); }

private:
    const std::string text_;
};

}  // namespace

XmlWriter::XmlWriter() : buffer_(std::make_unique<Buffer>()) {}
XmlWriter::~XmlWriter() = default;

void XmlWriter::Declaration() {
    Check(xmlTextWriterStartDocument(buffer_->writer(), nullptr, "UTF-8", nullptr));
}
void XmlWriter::Begin(std::string_view name) {
    Check(xmlTextWriterStartElement(buffer_->writer(), Chars(name)));
}
void XmlWriter::Attribute(std::string_view name, std::string_view value) {
    Check(xmlTextWriterWriteAttribute(buffer_->writer(), Chars(name), Chars(value)));
}
void XmlWriter::Text(std::string_view text) {
    Check(xmlTextWriterWriteString(buffer_->writer(), Chars(text)));
}
void XmlWriter::End() { Check(xmlTextWriterEndElement(buffer_->writer())); }
void XmlWriter::Element(std::string_view name, std::string_view text) {
    Begin(name);
    Text(text);
    End();
}

std::string XmlWriter::Taken() { return buffer_->Taken(); }

}  // namespace bangkit::iso20022
