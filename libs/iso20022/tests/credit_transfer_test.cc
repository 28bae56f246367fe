// The file for the bank: every byte of it is what the published schema of pain.001.001.03 allows.
#include "libs/iso20022/credit_transfer.h"

#include <gtest/gtest.h>
#include <libxml/parser.h>
#include <libxml/xmlschemas.h>

#include <memory>
#include <string>

namespace bangkit::iso20022 {
namespace {

constexpr Time kNow = std::chrono::sys_days(std::chrono::year(2026) / 3 / 10) +
                      std::chrono::hours(2) + std::chrono::microseconds(7);

// Of the published schema all elements that we write, in its order, with its types and lengths.
constexpr std::string_view kSchema = R"(<?xml version="1.0" encoding="UTF-8"?>
<xs:schema xmlns="urn:iso:std:iso:20022:tech:xsd:pain.001.001.03" xmlns:xs="http://www.w3.org/2001/XMLSchema"
           elementFormDefault="qualified" targetNamespace="urn:iso:std:iso:20022:tech:xsd:pain.001.001.03">
  <xs:element name="Document"><xs:complexType><xs:sequence>
    <xs:element name="CstmrCdtTrfInitn"><xs:complexType><xs:sequence>
      <xs:element name="GrpHdr"><xs:complexType><xs:sequence>
        <xs:element name="MsgId" type="Max35Text"/>
        <xs:element name="CreDtTm" type="xs:dateTime"/>
        <xs:element name="NbOfTxs" type="Max15NumericText"/>
        <xs:element name="CtrlSum" type="Sum"/>
        <xs:element name="InitgPty" type="Party"/>
      </xs:sequence></xs:complexType></xs:element>
      <xs:element name="PmtInf"><xs:complexType><xs:sequence>
        <xs:element name="PmtInfId" type="Max35Text"/>
        <xs:element name="PmtMtd"><xs:simpleType><xs:restriction base="xs:string">
          <xs:enumeration value="CHK"/><xs:enumeration value="TRF"/><xs:enumeration value="TRA"/>
        </xs:restriction></xs:simpleType></xs:element>
        <xs:element name="BtchBookg" type="xs:boolean"/>
        <xs:element name="NbOfTxs" type="Max15NumericText"/>
        <xs:element name="CtrlSum" type="Sum"/>
        <xs:element name="ReqdExctnDt" type="xs:date"/>
        <xs:element name="Dbtr" type="Party"/>
        <xs:element name="DbtrAcct" type="Account"/>
        <xs:element name="DbtrAgt" type="Agent"/>
        <xs:element name="CdtTrfTxInf" maxOccurs="unbounded"><xs:complexType><xs:sequence>
          <xs:element name="PmtId"><xs:complexType><xs:sequence>
            <xs:element name="InstrId" type="Max35Text"/>
            <xs:element name="EndToEndId" type="Max35Text"/>
          </xs:sequence></xs:complexType></xs:element>
          <xs:element name="Amt"><xs:complexType><xs:sequence>
            <xs:element name="InstdAmt"><xs:complexType><xs:simpleContent>
              <xs:extension base="Amount"><xs:attribute name="Ccy" use="required" type="Currency"/></xs:extension>
            </xs:simpleContent></xs:complexType></xs:element>
          </xs:sequence></xs:complexType></xs:element>
          <xs:element name="CdtrAgt" type="Agent"/>
          <xs:element name="Cdtr" type="Party"/>
          <xs:element name="CdtrAcct" type="Account"/>
          <xs:element name="RmtInf"><xs:complexType><xs:sequence>
            <xs:element name="Ustrd" type="Max140Text"/>
          </xs:sequence></xs:complexType></xs:element>
        </xs:sequence></xs:complexType></xs:element>
      </xs:sequence></xs:complexType></xs:element>
    </xs:sequence></xs:complexType></xs:element>
  </xs:sequence></xs:complexType></xs:element>
  <xs:complexType name="Party"><xs:sequence><xs:element name="Nm" type="Max140Text"/></xs:sequence></xs:complexType>
  <xs:complexType name="Account"><xs:sequence><xs:element name="Id"><xs:complexType><xs:sequence>
    <xs:element name="Othr"><xs:complexType><xs:sequence><xs:element name="Id" type="Max34Text"/></xs:sequence></xs:complexType></xs:element>
  </xs:sequence></xs:complexType></xs:element></xs:sequence></xs:complexType>
  <xs:complexType name="Agent"><xs:sequence><xs:element name="FinInstnId"><xs:complexType><xs:sequence>
    <xs:element name="BIC"><xs:simpleType><xs:restriction base="xs:string">
      <xs:pattern value="[A-Z]{6,6}[A-Z2-9][A-NP-Z0-9]([A-Z0-9]{3,3}){0,1}"/>
    </xs:restriction></xs:simpleType></xs:element>
  </xs:sequence></xs:complexType></xs:element></xs:sequence></xs:complexType>
  <xs:simpleType name="Sum"><xs:restriction base="xs:decimal">
    <xs:fractionDigits value="17"/><xs:totalDigits value="18"/>
  </xs:restriction></xs:simpleType>
  <xs:simpleType name="Amount"><xs:restriction base="xs:decimal">
    <xs:minInclusive value="0"/><xs:fractionDigits value="5"/><xs:totalDigits value="18"/>
  </xs:restriction></xs:simpleType>
  <xs:simpleType name="Currency"><xs:restriction base="xs:string"><xs:pattern value="[A-Z]{3,3}"/></xs:restriction></xs:simpleType>
  <xs:simpleType name="Max15NumericText"><xs:restriction base="xs:string"><xs:pattern value="[0-9]{1,15}"/></xs:restriction></xs:simpleType>
  <xs:simpleType name="Max34Text"><xs:restriction base="xs:string"><xs:minLength value="1"/><xs:maxLength value="34"/></xs:restriction></xs:simpleType>
  <xs:simpleType name="Max35Text"><xs:restriction base="xs:string"><xs:minLength value="1"/><xs:maxLength value="35"/></xs:restriction></xs:simpleType>
  <xs:simpleType name="Max140Text"><xs:restriction base="xs:string"><xs:minLength value="1"/><xs:maxLength value="140"/></xs:restriction></xs:simpleType>
</xs:schema>)";

template <typename T, void (*kFree)(T*)>
struct Free {
    void operator()(T* pointer) const { kFree(pointer); }
};
template <typename T, void (*kFree)(T*)>
using Owned = std::unique_ptr<T, Free<T, kFree>>;

bool IsValid(const std::string& file) {
    const Owned<xmlSchemaParserCtxt, xmlSchemaFreeParserCtxt> parser(
        xmlSchemaNewMemParserCtxt(kSchema.data(), static_cast<int>(kSchema.size())));
    const Owned<xmlSchema, xmlSchemaFree> schema(xmlSchemaParse(parser.get()));
    const Owned<xmlDoc, xmlFreeDoc> document(
        xmlReadMemory(file.data(), static_cast<int>(file.size()), "", nullptr, XML_PARSE_NONET));
    if (!schema || !document) return false;
    const Owned<xmlSchemaValidCtxt, xmlSchemaFreeValidCtxt> validation(
        xmlSchemaNewValidCtxt(schema.get()));
    xmlSchemaSetValidStructuredErrors(validation.get(), [](void*, xmlErrorPtr) {}, nullptr);
    return xmlSchemaValidateDoc(validation.get(), document.get()) == 0;
}

FileHeader Header(std::int64_t transfers) {
    return {.message_id = "019582a41e707abc8def0123456789ab",
            .created_at = kNow,
            .execute_on = std::chrono::year(2026) / 3 / 11,
            .transfers = transfers,
            .total = transfers * 1'134'429,
            .debtor = {"BLAMIDJA", "3800009000001", "RKUD Provinsi Lampung"}};
}

CreditTransfer Transfer() {
    return {.instruction_id = "019582a41e707abc8def0123456789ab-99",
            .end_to_end_id = "019582a41e707abc8def0123456789ab",
            .rupiah = 1'134'429,
            .creditor = {"BRINIDJA", "0123456789", "Siti <Aminah> & \"Anak\" Ñ"},
            .remittance = "Bantuan 019582a4"};
}

std::string File(int transfers) {
    std::string file = BeginFile(Header(transfers));
    for (int i = 0; i < transfers; ++i) file += ToXml(Transfer());
    return file + EndFile();
}

TEST(CreditTransfer, IsWhatThePublishedSchemaAllows) {
    EXPECT_TRUE(IsValid(File(1)));
    EXPECT_TRUE(IsValid(File(1'763)));
    EXPECT_FALSE(IsValid(File(0))) << "the schema is looked at";
}

TEST(CreditTransfer, SaysWhoPaysWhomHowMuch) {
    EXPECT_EQ(ToXml(Transfer()),
              "<CdtTrfTxInf><PmtId><InstrId>019582a41e707abc8def0123456789ab-99</InstrId>"
              "<EndToEndId>019582a41e707abc8def0123456789ab</EndToEndId></PmtId>"
              "<Amt><InstdAmt Ccy=\"IDR\">1134429</InstdAmt></Amt>"
              "<CdtrAgt><FinInstnId><BIC>BRINIDJA</BIC></FinInstnId></CdtrAgt>"
              "<Cdtr><Nm>Siti &lt;Aminah&gt; &amp; &quot;Anak&quot; Ñ</Nm></Cdtr>"
              "<CdtrAcct><Id><Othr><Id>0123456789</Id></Othr></Id></CdtrAcct>"
              "<RmtInf><Ustrd>Bantuan 019582a4</Ustrd></RmtInf></CdtTrfTxInf>");
    const std::string begin = BeginFile(Header(3));
    EXPECT_NE(begin.find("<NbOfTxs>3</NbOfTxs><CtrlSum>3403287</CtrlSum>"), std::string::npos);
    EXPECT_NE(begin.find("<CreDtTm>2026-03-10T02:00:00.000007Z</CreDtTm>"), std::string::npos);
    EXPECT_NE(begin.find("<ReqdExctnDt>2026-03-11</ReqdExctnDt>"), std::string::npos);
}

TEST(CreditTransfer, IsTheSameFileEachTime) { EXPECT_EQ(File(3), File(3)); }

}  // namespace
}  // namespace bangkit::iso20022
