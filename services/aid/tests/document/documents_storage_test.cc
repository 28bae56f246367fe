// Documents over the wire: what is no document leaves nothing, what is one is sealed, and whoever
// looks at it is in the audit trail.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <thread>

#include "libs/crypto/sha256.h"
#include "libs/testing/eventually.h"
#include "services/aid/jobs/document/object_sweep.h"
#include "services/aid/storage/business/erasure.h"
#include "services/aid/tests/document/documents_fixture.h"

namespace bangkit::aid {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

std::string Sha256(std::string_view content) {
    crypto::Sha256 hash;
    hash.Add(content);
    return hash.Finish();
}

/// Longer than several pieces, and not the same everywhere.
std::string LongPdf() {
    std::string middle;
    for (int i = 0; i < 40'000; ++i) middle += std::to_string(i) + " ";
    return content::Pdf(middle);
}

TEST_F(DocumentsTest, CompleteTheChecklistAndComeBackAsTheyWere) {
    const std::string id = Started(WithChecklist().program_id(), Known().id);
    EXPECT_EQ(Submit(id), "FAILED_PRECONDITION DOCUMENTS_MISSING");
    const std::string card = LongPdf(), photo = content::Jpeg(40, 30);
    v1::AttachDocumentResponse attached;
    ASSERT_EQ(Attach(Header(id), card, officer_, &attached), "OK");
    EXPECT_EQ(attached.document().format(), v1::DOCUMENT_FORMAT_PDF);
    EXPECT_EQ(attached.document().size_bytes(), std::ssize(card));
    EXPECT_EQ(attached.document().sha256(), Sha256(card));
    EXPECT_EQ(attached.application().version(), 2);
    const std::string photo_id = Attached(id, v1::DOCUMENT_KIND_BUSINESS_PHOTO, photo);
    EXPECT_EQ(Submit(id), "OK");

    std::string content;
    v1::Document document;
    EXPECT_EQ(Download(id, attached.document().document_id(), officer_, &content, &document), "OK");
    EXPECT_EQ(content, card);
    EXPECT_EQ(document.uploaded_by(), "petugas");
    EXPECT_EQ(Download(id, photo_id, province_, &content), "OK");
    EXPECT_EQ(content, photo);
    EXPECT_EQ(Count("audit_entries WHERE method = 'DownloadDocument' AND target = 'document/" +
                    photo_id + "' AND actor = 'dinas'"),
              1);
    EXPECT_EQ(Attach(Header(id), card, officer_), "FAILED_PRECONDITION APPLICATION_STATE_WRONG");
    EXPECT_EQ(Objects().size(), 2U) << "of what was refused nothing is kept";
}

TEST_F(DocumentsTest, TakeThePlaceOfEarlierOnesOfTheirKind) {
    const std::string id = Started(WithChecklist().program_id(), Known().id);
    const std::string first = Attached(id, v1::DOCUMENT_KIND_IDENTITY_CARD, content::Png(4, 3));
    clock_.Advance(std::chrono::milliseconds(1));
    Attached(id, v1::DOCUMENT_KIND_IDENTITY_CARD, content::Png(40, 30));
    const std::vector<v1::Document> all = Documents(id);
    ASSERT_EQ(all.size(), 2U);
    EXPECT_EQ(all[0].document_id(), first);
    EXPECT_FALSE(all[0].is_current());
    EXPECT_TRUE(all[1].is_current());
    EXPECT_EQ(Download(id, first, officer_), "OK") << "what was decided on is there still";
}

TEST_F(DocumentsTest, AreSealedWhereTheyLie) {
    const std::string id = Started(WithChecklist().program_id(), Known().id);
    const std::string content = content::Pdf("1871050101909001");
    const std::string document = Attached(id, v1::DOCUMENT_KIND_IDENTITY_CARD, content);
    const std::string object = store().Read(document, 0, 1'000'000).value();
    EXPECT_EQ(object.size(), content.size() + 40);
    EXPECT_THAT(object, Not(HasSubstr("1871050101909001")));
    EXPECT_THAT(object, Not(HasSubstr("%PDF")));
    EXPECT_THAT(database_.Text("SELECT string_agg(encode(payload, 'escape'), ' ') FROM outbox"),
                AllOf(HasSubstr(id), Not(HasSubstr(document))))
        << "events do not name it";

    const std::string path = folder_.path() / document.substr(34) / document;
    std::fstream file(path, std::ios::in | std::ios::out | std::ios::binary);
    ASSERT_TRUE(file.is_open());
    file.seekp(50);
    file.put(static_cast<char>(object[50] ^ 1));
    file.close();
    EXPECT_EQ(Download(id, document, officer_), "INTERNAL INTERNAL") << "nothing else is shown";
}

TEST_F(DocumentsTest, AreRefusedIfTheyAreNone) {
    const std::string id = Started(WithChecklist().program_id(), Known().id);
    const std::string page = "<html><script>alert(1)</script></html>";
    const std::map<std::string, std::string> bad = {
        {page, "INVALID_ARGUMENT CONTENT_UNSUPPORTED"},
        {"<svg xmlns='http://www.w3.org/2000/svg'/>", "INVALID_ARGUMENT CONTENT_UNSUPPORTED"},
        {content::EmptyZip(), "INVALID_ARGUMENT CONTENT_UNSUPPORTED"},
        {"", "INVALID_ARGUMENT CONTENT_UNSUPPORTED"},
        {content::Pdf(page), "FAILED_PRECONDITION CONTENT_AMBIGUOUS"},
        {content::Png(4, 3) + content::EmptyZip(), "FAILED_PRECONDITION CONTENT_AMBIGUOUS"},
        {content::Png(4, 3).substr(0, 40), "FAILED_PRECONDITION CONTENT_BROKEN"},
        {content::Png(content::PngHeader(60'000, 60'000), ""),
         "FAILED_PRECONDITION IMAGE_TOO_LARGE"},
        {content::Png(content::PngHeader(10, 10), std::string(8'000'000, '\0')),
         "RESOURCE_EXHAUSTED CONTENT_INFLATES"},
        {content::Pdf(std::string(std::size_t{10} << 20, ' ')),
         "RESOURCE_EXHAUSTED DOCUMENT_TOO_LARGE"}};
    for (const auto& [content, refusal] : bad) {
        EXPECT_EQ(Attach(Header(id), content, officer_), refusal) << content.substr(0, 40);
    }
    EXPECT_THAT(Objects(), IsEmpty());
    EXPECT_EQ(Count("documents"), 0);
    EXPECT_EQ(Attach(Header(id), content::Png(4, 3), officer_), "OK") << "the next one is taken";
}

TEST_F(DocumentsTest, AreRefusedIfTheyAreNotWhatWasSaid) {
    const std::string id = Started(WithChecklist().program_id(), Known().id);
    const std::string content = content::Png(40, 30);
    v1::DocumentHeader header = Header(id);
    header.set_sha256(Sha256(content + "x"));
    EXPECT_EQ(Attach(header, content, officer_), "INVALID_ARGUMENT CHECKSUM_DIFFERS");
    header.set_sha256("short");
    EXPECT_EQ(Attach(header, content, officer_), "INVALID_ARGUMENT FIELDS_INVALID");
    EXPECT_EQ(Attach(Header("../../etc/passwd"), content, officer_),
              "INVALID_ARGUMENT FIELDS_INVALID");
    EXPECT_EQ(Attach(Header(id, v1::DOCUMENT_KIND_UNSPECIFIED), content, officer_),
              "INVALID_ARGUMENT FIELDS_INVALID");
    EXPECT_EQ(Attach(Header(NewId(kNow)), content, officer_), "NOT_FOUND APPLICATION_NOT_FOUND");
    const std::string stranger = Token({"officer"}, {"36"}, "tetangga");
    EXPECT_EQ(Attach(Header(id), content, stranger), "NOT_FOUND APPLICATION_NOT_FOUND");
    v1::AttachDocumentResponse response;
    const std::string large = content::Pdf(std::string(400'000, ' '));
    EXPECT_EQ(Send(Pieces(Header(id), large, 300'000), officer_, &response),
              "INVALID_ARGUMENT FIELDS_INVALID")
        << "pieces are smaller";
    header.set_sha256(Sha256(content));
    EXPECT_EQ(Attach(header, content, officer_), "OK");
    EXPECT_EQ(Objects().size(), 1U);
}

TEST_F(DocumentsTest, ThatAreCutOffLeaveNothing) {
    const std::string id = Started(WithChecklist().program_id(), Known().id);
    std::vector<v1::AttachDocumentRequest> pieces = Pieces(Header(id), LongPdf());
    ASSERT_GT(pieces.size(), 2U);
    pieces.pop_back();
    v1::AttachDocumentResponse response;
    EXPECT_EQ(Send(pieces, officer_, &response), "INVALID_ARGUMENT CONTENT_CUT_OFF");
    EXPECT_EQ(Send({}, officer_, &response), "INVALID_ARGUMENT CONTENT_CUT_OFF");
    {  // Whoever goes away in the middle.
        grpc::ClientContext context;
        rpc::Prepare(context, officer_, std::chrono::seconds(60));
        const auto stream = document_stub_->AttachDocument(&context);
        stream->Write(pieces.front());
        context.TryCancel();
        EXPECT_FALSE(stream->Finish().ok());
    }
    EXPECT_TRUE(testing::Eventually([&] { return Files() == 0; }));
    EXPECT_EQ(Count("documents"), 0);
}

TEST_F(DocumentsTest, AreAttachedOnceHoweverOftenTheyAreSent) {
    const std::string id = Started(WithChecklist().program_id(), Known().id);
    const v1::DocumentHeader header = Header(id);
    const std::string content = content::Png(40, 30);
    std::vector<std::string> ids(12), names(12);
    std::vector<std::jthread> senders;
    for (std::size_t i = 0; i < ids.size(); ++i) {
        senders.emplace_back([&, i] {
            v1::AttachDocumentResponse response;
            names[i] = Attach(header, content, officer_, &response);
            ids[i] = response.document().document_id();
        });
    }
    senders.clear();
    for (std::size_t i = 0; i < ids.size(); ++i) {
        EXPECT_EQ(names[i], "OK");
        EXPECT_EQ(ids[i], ids[0]) << "all get the first answer";
    }
    EXPECT_THAT(Objects(), ElementsAre(ids[0]));
    EXPECT_EQ(Count("documents"), 1);
    EXPECT_EQ(Count("outbox WHERE type LIKE '%DocumentAttached'"), 1);
    EXPECT_EQ(Attach(header, content::Png(41, 30), officer_),
              "FAILED_PRECONDITION REQUEST_ID_REUSED");
}

TEST_F(DocumentsTest, ThatCannotBeKeptCanBeSentAgain) {
    const std::string id = Started(WithChecklist().program_id(), Known().id);
    const v1::DocumentHeader header = Header(id);
    const std::filesystem::path away = folder_.path().string() + ".away";
    std::filesystem::rename(folder_.path(), away);
    EXPECT_EQ(Attach(header, content::Png(4, 3), officer_), "UNAVAILABLE STORE_UNAVAILABLE");
    EXPECT_EQ(Count("documents"), 0);
    std::filesystem::rename(away, folder_.path());
    EXPECT_EQ(Attach(header, content::Png(4, 3), officer_), "OK");
}

TEST_F(DocumentsTest, HaveNoMoreRoomThanThereIs) {
    const std::string id = Started(WithChecklist().program_id(), Known().id);
    database_.Execute(
        "INSERT INTO documents (document_id, application_id, owner_id, kind, format, size_bytes,"
        "   sha256, content_key, uploaded_by, uploaded_at)"
        " SELECT gen_random_uuid(), a.application_id, a.owner_id, 1, 3, 10,"
        "        decode(repeat('00', 32), 'hex'), '', 'petugas', now()"
        "   FROM applications a, generate_series(1, 59)");
    EXPECT_EQ(Attach(Header(id), content::Png(4, 3), officer_), "OK");
    EXPECT_EQ(Attach(Header(id), content::Png(4, 3), officer_),
              "RESOURCE_EXHAUSTED DOCUMENTS_FULL");
    EXPECT_EQ(Objects().size(), 1U);
}

TEST_F(DocumentsTest, AreSeenByWhoReachesTheApplication) {
    const std::string program = WithChecklist().program_id();
    const Business business = Known();
    const std::string id = Started(program, business.id), other = Started(program, Known().id);
    const std::string document = Attached(id, v1::DOCUMENT_KIND_IDENTITY_CARD, content::Png(4, 3));
    EXPECT_EQ(Download(id, document, Token({"officer"}, {"36"}, "tetangga")),
              "APPLICATION_NOT_FOUND");
    EXPECT_EQ(Download(other, document, officer_), "DOCUMENT_NOT_FOUND") << "of another one";
    EXPECT_EQ(Download(id, NewId(kNow), officer_), "DOCUMENT_NOT_FOUND");
    EXPECT_EQ(Download(id, "x", officer_), "FIELDS_INVALID");
    v1::ListDocumentsRequest request;
    request.set_application_id(id);
    v1::ListDocumentsResponse response;
    const auto list = [&](const std::string& token) {
        return Call(&DocumentStub::ListDocuments, request, response, token);
    };
    EXPECT_EQ(list(Token({"owner"}, {}, business.owner_id)), "OK");
    EXPECT_EQ(list(Token({"owner"}, {}, NewId(kNow))), "NOT_FOUND APPLICATION_NOT_FOUND");
    EXPECT_EQ(list(elsewhere_), "NOT_FOUND APPLICATION_NOT_FOUND");
}

TEST_F(DocumentsTest, GoWithTheDataOfTheirOwner) {
    const std::string program = WithChecklist().program_id();
    Business erased = Known();
    const std::string id = Started(program, erased.id), other = Started(program, Known().id);
    const std::string gone = Attached(id, v1::DOCUMENT_KIND_IDENTITY_CARD, content::Png(4, 3));
    const std::string kept = Attached(other, v1::DOCUMENT_KIND_IDENTITY_CARD, content::Png(4, 3));
    postgres::Connection connection(database_.dsn());
    {
        postgres::Transaction transaction(connection);
        EraseOwners(transaction, {erased.owner_id});
        erased.owner_is_erased = true;
        ++erased.version;
        SaveBusinesses(transaction, {{erased.id, erased}});
        transaction.Commit();
    }
    EXPECT_EQ(Download(id, gone, officer_), "DOCUMENT_NOT_FOUND");
    EXPECT_EQ(Download(other, kept, officer_), "OK");
    EXPECT_EQ(Attach(Header(id), content::Png(4, 3), officer_), "FAILED_PRECONDITION OWNER_ERASED");

    const std::string left = NewId(kNow);  // Of a server that died before its command.
    const auto upload = store().Begin(left);
    upload->Add("noise");
    upload->Finish();
    const auto sweep_all = [&](Time now) {
        const testing::ManualClock clock(now);
        ObjectSweep sweep(store(), clock);
        std::int64_t removed = 0;
        for (int i = 0; i < objects::Store::kShelves; ++i) removed += sweep.Turn(connection, 1);
        return removed;
    };
    EXPECT_EQ(sweep_all(SystemClock().Now()), 0) << "a command may be on its way";
    EXPECT_EQ(sweep_all(SystemClock().Now() + std::chrono::hours(25)), 2);
    EXPECT_THAT(Objects(), ElementsAre(kept));
}

TEST_F(DocumentsTest, AdmitARoleToAMethodOnlyIfATableLineSaysSo) {
    int granted = 0, methods = 0;
    const auto check = [&](const std::string& name, auto call) {
        ++methods;
        for (const std::string_view role : identity::role::kAll) {
            const bool is_granted =
                policy_
                    .Admit("bangkit.aid.v1.DocumentService/" + name, {"", {std::string(role)}, {}})
                    .has_value();
            granted += is_granted ? 1 : 0;
            const std::string answer = call(Token({std::string(role)}, {"18"}, NewId(kNow)));
            EXPECT_EQ(answer == "PERMISSION_DENIED ROLE_NOT_ALLOWED", !is_granted)
                << role << " " << name << ": " << answer;
        }
        EXPECT_EQ(call(""), "UNAUTHENTICATED TOKEN_MISSING") << name;
    };
    check("AttachDocument", [this](const std::string& token) {
        return Attach(Header(NewId(kNow)), content::Png(4, 3), token);
    });
    check("DownloadDocument",
          [this](const std::string& token) { return Download(NewId(kNow), NewId(kNow), token); });
    check("ListDocuments", [this](const std::string& token) {
        v1::ListDocumentsRequest request;
        request.set_application_id(NewId(kNow));
        v1::ListDocumentsResponse response;
        return Call(&DocumentStub::ListDocuments, request, response, token);
    });
    const auto* service = v1::AttachDocumentRequest::descriptor()->file()->service(0);
    EXPECT_EQ(methods, service->method_count()) << "one of them is not looked at";
    EXPECT_EQ(granted, 11);  // Changes with the table, so that nobody widens it unseen.
}

}  // namespace
}  // namespace bangkit::aid
