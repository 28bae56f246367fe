#include "services/cli/demo/bank.h"

#include <vector>

#include "libs/csv/writer.h"

namespace bangkit::cli {
namespace {

/// What the next element of this name holds; `file` is cut off behind it. Empty: there is none.
std::string_view TakeElement(std::string_view& file, std::string_view name) {
    const std::size_t tag = file.find('<' + std::string(name));
    if (tag == std::string_view::npos) return {};
    const std::size_t begin = file.find('>', tag) + 1;
    const std::size_t end = file.find("</", begin);
    const std::string_view content = file.substr(begin, end - begin);
    file.remove_prefix(end);
    return content;
}

}  // namespace

std::string AnswersOfBank(std::string_view file) {
    std::string answers = csv::Line(std::vector<std::string>{"referensi", "status", "nominal"});
    for (;;) {
        const std::string reference(TakeElement(file, "EndToEndId"));
        if (reference.empty()) return answers;
        const std::string_view amount = TakeElement(file, "InstdAmt");
        answers += csv::Line(std::vector<std::string>{
            reference, "DIBAYAR", std::string(amount.substr(0, amount.find('.')))});
    }
}

}  // namespace bangkit::cli
