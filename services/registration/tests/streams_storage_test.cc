// Batches and files, over the wire.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <thread>

#include "libs/testing/eventually.h"
#include "services/registration/tests/server_fixture.h"

namespace bangkit::registration {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

class StreamsTest : public ServerTest {
protected:
    struct Imported {
        grpc::Status status;
        v1::ImportProgress last;
        std::map<std::int64_t, std::string> problems;  // "column REASON" by row.
        std::string all;                               // Every answer, as text.
    };

    /// Sends a file in pieces, while another thread reads the answers.
    Imported Import(const std::string& file, std::size_t piece = 10'000) const {
        grpc::ClientContext context;
        rpc::Prepare(context, officer_, std::chrono::seconds(60));
        const auto stream = stub_->ImportBusinesses(&context);
        std::jthread writer([&] {
            v1::ImportBusinessesRequest request;
            for (std::size_t at = 0; at < file.size(); at += piece) {
                request.set_content(file.substr(at, piece));
                if (!stream->Write(request)) return;
            }
            stream->WritesDone();
        });
        Imported imported;
        v1::ImportBusinessesResponse response;
        while (stream->Read(&response)) {
            imported.all += response.DebugString();
            if (response.has_progress()) imported.last = response.progress();
            for (const v1::ImportRowProblem& each : response.row().problems()) {
                imported.problems[response.row().row()] += each.column() + " " + each.reason();
            }
        }
        writer.join();
        imported.status = stream->Finish();
        return imported;
    }

    static std::string FileOf(int rows) {
        std::string file = "nik,nama_pemilik,nama_usaha,jenis,kode_wilayah,kbli\n";
        for (int i = 1; i <= rows; ++i) {
            file += NikOf(i) + ",\"Siti, Aminah\",Warung " + std::to_string(i) +
                    ",UMKM,36.74.05.1002,4711\r\n";
        }
        return file;
    }
};

TEST_F(StreamsTest, AFileIsRegisteredOnceHoweverOftenItIsSent) {
    const std::string file = FileOf(2'500);
    const Imported first = Import(file);
    ASSERT_EQ(Name(first.status), "OK");
    EXPECT_TRUE(first.last.finished());
    EXPECT_EQ(first.last.registered(), 2'500);
    EXPECT_EQ(first.last.bytes_received(), std::ssize(file));
    const Imported again = Import(file, 777);
    EXPECT_EQ(again.last.unchanged(), 2'500);
    EXPECT_EQ(again.last.registered() + again.last.failed(), 0);
    EXPECT_EQ(Count("businesses"), 2'500);
    EXPECT_EQ(Count("outbox"), 2'500);
}

TEST_F(StreamsTest, RowsThatFailHoldUpNoOthersAndAreNeverQuoted) {
    const std::string file = FileOf(3) + NikOf(3) + ",Other,Name,UMKM,36.74,47\n" + NikOf(4) +
                             ",Canaria,x,UMKM,36.71,47\n" + "canary\n" +
                             "canary0123456789,Canaria,x,UMKM,36.74,47\n" + FileOf(1).substr(52);
    const Imported imported = Import(file);
    ASSERT_EQ(Name(imported.status), "OK");
    EXPECT_THAT(imported.problems,
                ElementsAre(std::pair(4, "nik NIK_ALREADY_REGISTERED"),
                            std::pair(5, "kode_wilayah REGION_NOT_FOUND"),
                            std::pair(6, " COLUMN_COUNT_WRONG"), std::pair(7, "nik NIK_INVALID")));
    EXPECT_EQ(imported.last.registered(), 3);
    EXPECT_EQ(imported.last.unchanged(), 1);
    EXPECT_EQ(imported.last.failed(), 4);
    for (const std::string canary : {"canary", "Canaria", "3674055203850003"}) {
        EXPECT_THAT(imported.all, Not(HasSubstr(canary)));
    }
}

TEST_F(StreamsTest, AFileThatIsNoTableIsRefused) {
    EXPECT_EQ(Name(Import("name,age\n1,2\n").status), "INVALID_ARGUMENT FILE_INVALID");
    EXPECT_EQ(Name(Import("").status), "INVALID_ARGUMENT FILE_INVALID");
    EXPECT_EQ(Name(Import(std::string(1 << 20, '\0')).status), "INVALID_ARGUMENT FILE_INVALID");
}

TEST_F(StreamsTest, AnUploadThatIsCutOffNeverRegistersHalfARow) {
    const std::string file = FileOf(20);
    {
        grpc::ClientContext context;
        rpc::Prepare(context, officer_, std::chrono::seconds(60));
        const auto stream = stub_->ImportBusinesses(&context);
        v1::ImportBusinessesRequest request;
        request.set_content(file.substr(0, file.size() - 4));  // "...,47"
        ASSERT_TRUE(stream->Write(request));
        ASSERT_TRUE(testing::Eventually([&] { return Count("businesses") == 19; }));
        context.TryCancel();
        stream->Finish();
    }
    const Imported again = Import(file);
    EXPECT_EQ(again.last.unchanged(), 19);
    EXPECT_EQ(again.last.registered(), 1);
    EXPECT_EQ(Count("businesses WHERE kbli = '4711'"), 20);
}

TEST_F(StreamsTest, ABatchAnswersEveryLineAndABadOneStopsNoOther) {
    std::map<std::string, std::string> expected;
    std::vector<v1::RegisterBusinessRequest> lines;
    const auto add = [&](v1::RegisterBusinessRequest line, const std::string& result) {
        expected[line.request_id()] = result;
        lines.push_back(std::move(line));
    };
    for (int i = 1; i <= 600; ++i) add(Registration(i), "OK");
    v1::RegisterBusinessRequest bad = Registration(700);
    bad.mutable_owner()->set_nik("12");
    add(bad, "INVALID_ARGUMENT");
    bad = Registration(701);
    bad.set_request_id("not a uuid");
    add(bad, "INVALID_ARGUMENT");
    bad = Registration(702);
    bad.mutable_business()->set_region_code("36.71");
    add(bad, "NOT_FOUND");
    add(Registration(703), "OK");

    grpc::ClientContext context;
    rpc::Prepare(context, officer_, std::chrono::seconds(60));
    const auto stream = stub_->BatchRegisterBusinesses(&context);
    std::jthread writer([&] {
        for (const v1::RegisterBusinessRequest& line : lines) {
            v1::BatchRegisterBusinessesRequest request;
            *request.mutable_registration() = line;
            stream->Write(request);
        }
        stream->WritesDone();
    });
    std::map<std::string, std::string> results;
    v1::BatchRegisterBusinessesResponse response;
    while (stream->Read(&response)) {
        results[response.request_id()] =
            response.has_error() ? std::string(bangkit::status::NameOf(response.error().code()))
                                 : "OK";
    }
    writer.join();
    EXPECT_EQ(Name(stream->Finish()), "OK");
    EXPECT_EQ(results, expected);
    EXPECT_EQ(Count("businesses"), 601);
}

}  // namespace
}  // namespace bangkit::registration
