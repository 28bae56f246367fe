#pragma once

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "libs/iso20022/answer_reader.h"

namespace bangkit::iso20022 {

inline std::string InNamespace(std::string_view name, std::string_view content) {
    return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
           "<Document xmlns=\"urn:iso:std:iso:20022:tech:xsd:" +
           std::string(name) + "\">" + std::string(content) + "</Document>\n";
}

/// A pain.002 of these parts of its report.
inline std::string StatusReport(std::string_view parts) {
    return InNamespace("pain.002.001.03", "<CstmrPmtStsRpt><GrpHdr><MsgId>B-1</MsgId></GrpHdr>" +
                                              std::string(parts) + "</CstmrPmtStsRpt>");
}

/// A camt.054 of these entries.
inline std::string Notification(std::string_view entries) {
    return InNamespace("camt.054.001.08",
                       "<BkToCstmrDbtCdtNtfctn><GrpHdr><MsgId>N-1</MsgId></GrpHdr><Ntfctn>"
                       "<Id>1</Id>" +
                           std::string(entries) + "</Ntfctn></BkToCstmrDbtCdtNtfctn>");
}

/// All that is read from a file cut into pieces, and the reason why it is read no further.
struct Reading {
    std::vector<Answer> answers;
    std::string refused;
    bool operator==(const Reading&) const = default;
};
inline Reading Read(std::string_view file, std::size_t piece = std::string_view::npos) {
    AnswerReader reader;
    Reading reading;
    const auto take = [&](const Result<void>& read) {
        while (auto answer = reader.Next()) reading.answers.push_back(*std::move(answer));
        if (!read) reading.refused = read.error().reason;
        return read.has_value();
    };
    while (!file.empty()) {
        const std::string_view next = file.substr(0, piece);
        file.remove_prefix(next.size());
        if (!take(reader.Feed(next))) return reading;
    }
    take(reader.Finish());
    return reading;
}

}  // namespace bangkit::iso20022
