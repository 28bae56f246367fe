#include "libs/iso20022/credit_transfer.h"

#include "libs/base/utc.h"
#include "libs/indonesia/format.h"
#include "libs/iso20022/xml_writer.h"

namespace bangkit::iso20022 {
namespace {

constexpr std::string_view kNamespace = "urn:iso:std:iso:20022:tech:xsd:pain.001.001.03";

void WriteBank(XmlWriter& xml, std::string_view name, const Account& account) {
    xml.Element(name,
                [&] { xml.Element("FinInstnId", [&] { xml.Element("BIC", account.bank); }); });
}

void WriteHolder(XmlWriter& xml, std::string_view name, const Account& account) {
    xml.Element(name, [&] { xml.Element("Nm", account.holder); });
}

void WriteNumber(XmlWriter& xml, std::string_view name, const Account& account) {
    xml.Element(name, [&] {
        xml.Element("Id", [&] { xml.Element("Othr", [&] { xml.Element("Id", account.number); }); });
    });
}

void WriteSums(XmlWriter& xml, const FileHeader& header) {
    xml.Element("NbOfTxs", std::to_string(header.transfers));
    xml.Element("CtrlSum", std::to_string(header.total));
}

}  // namespace

std::string BeginFile(const FileHeader& header) {
    XmlWriter xml;
    xml.Declaration();
    xml.Begin("Document");
    xml.Attribute("xmlns", kNamespace);
    xml.Begin("CstmrCdtTrfInitn");
    xml.Element("GrpHdr", [&] {
        xml.Element("MsgId", header.message_id);
        xml.Element("CreDtTm", FormatUtc(header.created_at));
        WriteSums(xml, header);
        WriteHolder(xml, "InitgPty", header.debtor);
    });
    xml.Begin("PmtInf");
    xml.Element("PmtInfId", header.message_id);
    xml.Element("PmtMtd", "TRF");
    xml.Element("BtchBookg", "false");  // The bank books each, and says so of each.
    WriteSums(xml, header);
    xml.Element("ReqdExctnDt", indonesia::FormatDate(header.execute_on));
    WriteHolder(xml, "Dbtr", header.debtor);
    WriteNumber(xml, "DbtrAcct", header.debtor);
    WriteBank(xml, "DbtrAgt", header.debtor);
    return xml.Taken();
}

std::string ToXml(const CreditTransfer& transfer) {
    XmlWriter xml;
    xml.Element("CdtTrfTxInf", [&] {
        xml.Element("PmtId", [&] {
            xml.Element("InstrId", transfer.instruction_id);
            xml.Element("EndToEndId", transfer.end_to_end_id);
        });
        xml.Element("Amt", [&] {
            xml.Begin("InstdAmt");
            xml.Attribute("Ccy", "IDR");
            xml.Text(std::to_string(transfer.rupiah));
            xml.End();
        });
        WriteBank(xml, "CdtrAgt", transfer.creditor);
        WriteHolder(xml, "Cdtr", transfer.creditor);
        WriteNumber(xml, "CdtrAcct", transfer.creditor);
        xml.Element("RmtInf", [&] { xml.Element("Ustrd", transfer.remittance); });
    });
    return xml.Taken();
}

std::string EndFile() { return "</PmtInf></CstmrCdtTrfInitn></Document>"; }

}  // namespace bangkit::iso20022
