#include "libs/xlsx/shared_texts.h"

#include "libs/xlsx/cell.h"
#include "libs/xlsx/file_invalid.h"
#include "libs/xlsx/xml.h"

namespace bangkit::xlsx {

class SharedTexts::Handler final : public XmlHandler {
public:
    Handler(SharedTexts& shared, std::size_t bytes_max) : shared_(shared), bytes_max_(bytes_max) {}

    Result<void> OnStart(std::string_view name, const Attributes&) override {
        if (name == "si") text_.clear();
        if (name == "rPh") ++phonetic_;  // How the text is pronounced, in Japanese files.
        is_text_ = name == "t" && phonetic_ == 0;
        return {};
    }
    Result<void> OnEnd(std::string_view name) override {
        is_text_ = false;
        if (name == "rPh") --phonetic_;
        if (name == "si") {
            shared_.texts_ += Unescaped(text_);
            shared_.ends_.push_back(shared_.texts_.size());
        }
        if (shared_.texts_.size() + text_.size() + shared_.ends_.size() * sizeof(std::uint64_t) <=
            bytes_max_) {
            return {};
        }
        return std::unexpected(
            FileInvalid("the Excel file has too many different texts: save it as CSV"));
    }
    void OnText(std::string_view piece) override {
        if (is_text_ && text_.size() <= bytes_max_) text_ += piece;
    }

private:
    SharedTexts& shared_;
    const std::size_t bytes_max_;
    std::string text_;
    bool is_text_ = false;
    int phonetic_ = 0;
};

Result<SharedTexts> SharedTexts::Read(Archive& archive, const std::string& name,
                                      std::size_t bytes_max) {
    SharedTexts shared;
    Handler handler(shared, bytes_max);
    if (auto read = ReadXml(archive, name, handler); !read) {
        return std::unexpected(std::move(read.error()));
    }
    return shared;
}

std::optional<std::string_view> SharedTexts::Find(std::size_t number) const {
    if (number >= ends_.size()) return std::nullopt;
    const std::size_t begin = number == 0 ? 0 : ends_[number - 1];
    return std::string_view(texts_).substr(begin, ends_[number] - begin);
}

}  // namespace bangkit::xlsx
