#include "libs/iso20022/answer_reader.h"

#include <deque>
#include <initializer_list>
#include <utility>
#include <vector>

#include "libs/iso20022/xml_reader.h"

namespace bangkit::iso20022 {
namespace {

using Path = std::vector<XmlElement>;

constexpr std::string_view kFamily = "urn:iso:std:iso:20022:tech:xsd:";
constexpr std::string_view kStatusReport = "pain.002.001.";
constexpr std::string_view kNotification = "camt.054.001.";
constexpr std::string_view kNotProvided = "NOTPROVIDED";  // As banks say it.

/// True if the path ends with these elements.
bool Ends(const Path& path, std::initializer_list<std::string_view> names) {
    if (path.size() < names.size()) return false;
    auto element = path.end() - static_cast<std::ptrdiff_t>(names.size());
    for (const std::string_view name : names) {
        if ((element++)->name != name) return false;
    }
    return true;
}

/// One kind of message: what its elements say.
class Message {
public:
    explicit Message(std::deque<Answer>& answers) : answers_(answers) {}
    virtual ~Message() = default;
    virtual void OnStart(const Path& path) = 0;
    virtual void OnEnd(const Path& path) = 0;

protected:
    void Add(const Answer& answer) { answers_.push_back(answer); }
    /// Of one transaction; if it does not say which, still not of all of the file.
    void AddOfOne(Answer& answer) {
        if (answer.end_to_end_id.empty()) answer.end_to_end_id = kNotProvided;
        Add(answer);
    }

private:
    std::deque<Answer>& answers_;
};

/// CustomerPaymentStatusReport
class StatusReport final : public Message {
public:
    using Message::Message;

    void OnStart(const Path& path) override {
        if (path.back().name == "OrgnlPmtInfAndSts") {
            part_ = Answer{.message_id = whole_.message_id};
        } else if (path.back().name == "TxInfAndSts") {
            AddRefused(part_);
            each_ = Answer{.message_id = whole_.message_id};
            is_in_transaction_ = true;
        }
    }

    void OnEnd(const Path& path) override {
        const XmlElement& last = path.back();
        if (last.name == "TxInfAndSts") {
            is_in_transaction_ = false;
            if (each_.status == Status::kRejected) TakeReason(each_, part_);
            AddOfOne(each_);
        } else if (last.name == "OrgnlPmtInfAndSts") {
            AddRefused(part_);
        } else if (last.name == "OrgnlGrpInfAndSts") {
            AddRefused(whole_);
        } else if (Ends(path, {"OrgnlGrpInfAndSts", "OrgnlMsgId"})) {
            whole_.message_id = last.text;
        } else if (Ends(path, {"OrgnlGrpInfAndSts", "GrpSts"})) {
            whole_.status = StatusOf(last.text);
        } else if (Ends(path, {"OrgnlPmtInfAndSts", "PmtInfSts"})) {
            part_.status = StatusOf(last.text);
        } else if (is_in_transaction_) {
            OnEndInTransaction(path, last);
        } else if (IsReason(path)) {
            (Ends(path, {"OrgnlPmtInfAndSts", "StsRsnInf", "Rsn", last.name}) ? part_ : whole_)
                .reason = last.text;
        }
    }

private:
    static bool IsReason(const Path& path) {
        return Ends(path, {"StsRsnInf", "Rsn", "Cd"}) || Ends(path, {"StsRsnInf", "Rsn", "Prtry"});
    }

    void OnEndInTransaction(const Path& path, const XmlElement& last) {
        if (last.name == "OrgnlInstrId") {
            each_.instruction_id = last.text;
        } else if (last.name == "OrgnlEndToEndId") {
            each_.end_to_end_id = last.text;
        } else if (last.name == "TxSts") {
            each_.status = StatusOf(last.text);
        } else if (Ends(path, {"OrgnlTxRef", "Amt", "InstdAmt"})) {
            each_.rupiah = ToRupiah(last.text, last.currency);
        } else if (IsReason(path)) {
            each_.reason = last.text;
        }
    }

    /// What is refused for no reason of its own is refused for that of what it is in.
    void TakeReason(Answer& answer, const Answer& around) const {
        if (answer.reason.empty()) answer.reason = around.reason;
        if (answer.reason.empty()) answer.reason = whole_.reason;
    }

    /// Once, and only if all of it was.
    void AddRefused(Answer& answer) {
        TakeReason(answer, whole_);
        if (answer.status == Status::kRejected && !answer.message_id.empty()) Add(answer);
        answer.status = Status::kUnknown;
    }

    Answer whole_, part_, each_;
    bool is_in_transaction_ = false;
};

/// BankToCustomerDebitCreditNotification
class Notification final : public Message {
public:
    using Message::Message;

    void OnStart(const Path& path) override {
        if (path.back().name == "Ntry") {
            entry_ = {};
        } else if (path.back().name == "TxDtls") {
            each_ = {};
            details_ = {};
            is_in_transaction_ = true;
        }
    }

    void OnEnd(const Path& path) override {
        const XmlElement& last = path.back();
        if (last.name == "TxDtls") {
            is_in_transaction_ = false;
            each_.status = StatusNow();
            AddOfOne(each_);
        } else if (is_in_transaction_) {
            OnEndInTransaction(path, last);
        } else if (Ends(path, {"Ntry", "CdtDbtInd"})) {
            entry_.direction = last.text;
        } else if (Ends(path, {"Ntry", "RvslInd"})) {
            entry_.is_reversal = last.text == "true" || last.text == "1";
        } else if ((Ends(path, {"Ntry", "Sts", "Cd"}) || Ends(path, {"Ntry", "Sts"})) &&
                   !last.text.empty() && entry_.state.empty()) {
            entry_.state = last.text;
        }
    }

private:
    struct Entry {
        std::string direction = {};  // DBIT: from the account of who asks.
        std::string state = {};      // BOOK, PDNG, INFO ...
        bool is_reversal = false;
    };

    void OnEndInTransaction(const Path& path, const XmlElement& last) {
        if (Ends(path, {"Refs", "PmtInfId"})) {
            each_.message_id = last.text;
        } else if (Ends(path, {"Refs", "InstrId"})) {
            each_.instruction_id = last.text;
        } else if (Ends(path, {"Refs", "EndToEndId"})) {
            each_.end_to_end_id = last.text;
        } else if (Ends(path, {"TxDtls", "CdtDbtInd"})) {
            details_.direction = last.text;
        } else if (Ends(path, {"TxDtls", "Amt"}) || Ends(path, {"TxAmt", "Amt"})) {
            each_.rupiah = ToRupiah(last.text, last.currency);
        } else if (Ends(path, {"RtrInf", "Rsn", "Cd"}) || Ends(path, {"RtrInf", "Rsn", "Prtry"})) {
            each_.reason = last.text;
        }
    }

    Status StatusNow() const {
        const std::string& direction =
            details_.direction.empty() ? entry_.direction : details_.direction;
        if (entry_.state == "PDNG") return Status::kAccepted;
        if (entry_.state != "BOOK") return Status::kUnknown;
        if (direction == "CRDT") return Status::kReturned;
        return direction == "DBIT" && !entry_.is_reversal ? Status::kPaid : Status::kUnknown;
    }

    Entry entry_, details_;
    Answer each_;
    bool is_in_transaction_ = false;
};

}  // namespace

class AnswerReader::Messages final : public XmlHandler {
public:
    Result<void> OnStart(const Path& path, std::string_view name_space) override {
        if (path.size() == 1) {
            message_ = MessageOf(name_space);
            if (!message_ || path.back().name != "Document") return std::unexpected(FileInvalid());
        }
        message_->OnStart(path);
        return {};
    }
    void OnEnd(const Path& path) override { message_->OnEnd(path); }

    XmlReader& reader() { return reader_; }
    std::optional<Answer> Next() {
        if (answers_.empty()) return std::nullopt;
        Answer answer = std::move(answers_.front());
        answers_.pop_front();
        return answer;
    }

private:
    std::unique_ptr<Message> MessageOf(std::string_view name_space) {
        if (!name_space.starts_with(kFamily)) return nullptr;
        name_space.remove_prefix(kFamily.size());
        if (name_space.starts_with(kStatusReport)) return std::make_unique<StatusReport>(answers_);
        if (name_space.starts_with(kNotification)) return std::make_unique<Notification>(answers_);
        return nullptr;
    }

    std::deque<Answer> answers_;
    std::unique_ptr<Message> message_;
    XmlReader reader_{*this};
};

AnswerReader::AnswerReader() : messages_(std::make_unique<Messages>()) {}
AnswerReader::~AnswerReader() = default;

Result<void> AnswerReader::Feed(std::string_view bytes) { return messages_->reader().Feed(bytes); }
Result<void> AnswerReader::Finish() { return messages_->reader().Finish(); }
std::optional<Answer> AnswerReader::Next() { return messages_->Next(); }

}  // namespace bangkit::iso20022
