#include "libs/http/server.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <latch>
#include <memory>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include "libs/base/settings.h"
#include "libs/http/tests/client.h"

namespace bangkit::http {
namespace {

using testing::HasSubstr;
using testing::Not;

/// Says what it was asked: "GET /path ?query [body]".
Response Echo(const Request& request) {
    if (request.path == "/throw") throw std::runtime_error("secret");
    if (request.path == "/split") return {.headers = {{"X-Name", "a\r\nSet-Cookie: b"}}};
    if (request.path == "/empty") return {.status = 204};
    return {.headers = {{"X-Token", std::string(request.Header("x-token"))}},
            .body = request.method + " " + request.path + " ?" + request.query + " [" +
                    request.body + "]"};
}

std::string Post(std::string_view body, std::string_view headers = "") {
    return "POST /echo HTTP/1.1\r\nHost: test\r\n" + std::string(headers) +
           "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + std::string(body);
}

class ServerTest : public testing::Test {
protected:
    ServerOptions Options() const { return {.address = "127.0.0.1:0"}; }
    void Start(const ServerOptions& options) { server_ = std::make_unique<Server>(options, Echo); }
    Client Connect() const { return Client(server_->port()); }
    /// The status of what a new client is answered. It may send all that it has, though nobody
    /// wants it, and that answer must be its last.
    int Refused(std::string_view request) const {
        Client client = Connect();
        EXPECT_TRUE(client.Send(request));
        const int status = StatusOf(client.Read());
        EXPECT_TRUE(client.IsClosed());
        return status;
    }

    std::unique_ptr<Server> server_ = std::make_unique<Server>(Options(), Echo);
};

TEST_F(ServerTest, GivesTheRequestAsItWasSent) {
    Client client = Connect();
    const std::string response =
        client.Ask("DELETE /a%2Fb?x=1&y=?%20 HTTP/1.1\r\nHost: test\r\nX-TOKEN: 5\r\n\r\n");
    EXPECT_EQ(StatusOf(response), 200);
    EXPECT_THAT(response, HasSubstr("X-Token: 5\r\n"));
    EXPECT_THAT(response, HasSubstr("Content-Type: text/plain; charset=utf-8\r\n"));
    EXPECT_EQ(BodyOf(response), "DELETE /a%2Fb ?x=1&y=?%20 []");
}

TEST_F(ServerTest, BodiesComeWithLengthOrInChunks) {
    Client client = Connect();
    EXPECT_EQ(BodyOf(client.Ask(Post("hello"))), "POST /echo ? [hello]");
    EXPECT_EQ(BodyOf(client.Ask("POST /echo HTTP/1.1\r\nHost: test\r\n"
                                "Transfer-Encoding: chunked\r\n\r\n"
                                "3\r\nhel\r\n2\r\nlo\r\n0\r\n\r\n")),
              "POST /echo ? [hello]");
}

TEST_F(ServerTest, AConnectionServesManyRequests) {
    Client client = Connect();
    for (const std::string path : {"/1", "/2", "/3"}) {
        EXPECT_EQ(BodyOf(client.Ask(Get(path))), "GET " + path + " ? []");
    }
}

TEST_F(ServerTest, PipelinedRequestsAreAnsweredInOrder) {
    Client client = Connect();
    std::string requests;
    for (int i = 0; i < 100; ++i) requests += i % 2 ? Post("b") : Get("/" + std::to_string(i));
    client.Send(requests);
    for (int i = 0; i < 100; ++i) {
        EXPECT_EQ(BodyOf(client.Read()),
                  i % 2 ? "POST /echo ? [b]" : "GET /" + std::to_string(i) + " ? []");
    }
}

TEST_F(ServerTest, ClosesWhenAsked) {
    Client client = Connect();
    const std::string response =
        client.Ask("GET /x HTTP/1.1\r\nHost: test\r\nConnection: close\r\n\r\n");
    EXPECT_THAT(response, HasSubstr("Connection: close\r\n"));
    EXPECT_TRUE(client.IsClosed());
    Client old = Connect();
    EXPECT_THAT(old.Ask("GET /x HTTP/1.0\r\n\r\n"), HasSubstr("GET /x"));
    EXPECT_TRUE(old.IsClosed());
}

TEST_F(ServerTest, HeadIsGetWithoutTheBody) {
    Client client = Connect();
    client.Send("HEAD /x HTTP/1.1\r\nHost: test\r\n\r\n" + Get("/y"));
    std::string answers = client.Read();
    answers += client.Read();
    EXPECT_THAT(answers, HasSubstr("Content-Length: 11\r\n\r\nHTTP/1.1 200"));
}

TEST_F(ServerTest, AnEmptyAnswerHasNoType) {
    Client client = Connect();
    const std::string response = client.Ask(Get("/empty"));
    EXPECT_EQ(StatusOf(response), 204);
    EXPECT_THAT(response, Not(HasSubstr("Content-")));
    EXPECT_EQ(StatusOf(client.Ask(Get("/x"))), 200);
}

TEST_F(ServerTest, WaitingClientsAreToldToGoOn) {
    Client client = Connect();
    client.Send(
        "POST /echo HTTP/1.1\r\nHost: test\r\nExpect: 100-continue\r\n"
        "Content-Length: 5\r\n\r\n");
    EXPECT_EQ(StatusOf(client.Read()), 100);
    EXPECT_EQ(BodyOf(client.Ask("hello")), "POST /echo ? [hello]");
    EXPECT_EQ(Refused("POST /echo HTTP/1.1\r\nHost: test\r\nExpect: 100-continue\r\n"
                      "Content-Length: 50000000\r\n\r\n"),
              413);
}

TEST_F(ServerTest, MalformedRequestsAreRefused) {
    for (const std::string_view request : {
             "nonsense\r\n\r\n",
             "GET /x HTTP/3.0\r\nHost: test\r\n\r\n",
             "GET /x HTTP/1.1\r\n\r\n",                           // No host.
             "GET /x HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",     // Two.
             "GET http://test/x HTTP/1.1\r\nHost: test\r\n\r\n",  // We are no proxy.
             "GET /x HTTP/1.1\r\nHost: test\r\nNo colon\r\n\r\n",
             "GET /x HTTP/1.1\r\nHost : test\r\n\r\n",
             "POST /x HTTP/1.1\r\nHost: test\r\nContent-Length: x\r\n\r\n",
             "POST /x HTTP/1.1\r\nHost: test\r\nContent-Length: -1\r\n\r\n",
             // Two lengths: what one reads as the body another takes for the next request.
             "POST /x HTTP/1.1\r\nHost: test\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nxx",
             "POST /x HTTP/1.1\r\nHost: test\r\nContent-Length: 5\r\n"
             "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
             "POST /x HTTP/1.1\r\nHost: test\r\nTransfer-Encoding: chunked\r\n"
             "Content-Length: 5\r\n\r\n0\r\n\r\n",
             "POST /x HTTP/1.1\r\nHost: test\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n",
         }) {
        EXPECT_EQ(Refused(request), 400) << request;
    }
}

TEST_F(ServerTest, NothingIsTracedOrTunnelled) {
    EXPECT_EQ(Refused("TRACE /x HTTP/1.1\r\nHost: test\r\n\r\n"), 405);
    EXPECT_EQ(Refused("CONNECT test:443 HTTP/1.1\r\nHost: test\r\n\r\n"), 405);
}

TEST_F(ServerTest, LargeHeadersAreRefused) {
    const std::string before = "GET /x HTTP/1.1\r\nHost: test\r\nX-Token: ";
    Client client = Connect();
    EXPECT_EQ(StatusOf(client.Ask(before + std::string(8000, 'x') + "\r\n\r\n")), 200);
    EXPECT_EQ(Refused(before + std::string(8200, 'x') + "\r\n\r\n"), 431);
    EXPECT_EQ(Refused(before + std::string(1'000'000, 'x')), 431);  // Without an end.
    EXPECT_EQ(Refused("GET /" + std::string(9000, 'x') + " HTTP/1.1\r\nHost: test\r\n\r\n"), 431);
}

TEST_F(ServerTest, LargeBodiesAreRefusedEvenWhileTheyAreSent) {
    constexpr std::size_t kMax = 1024 * 1024;
    Client client = Connect();
    EXPECT_EQ(StatusOf(client.Ask(Post(std::string(kMax, 'x')))), 200);
    EXPECT_EQ(Refused(Post(std::string(kMax + 1, 'x'))), 413);
    EXPECT_EQ(Refused(Post(std::string(20 * kMax, 'x'))), 413);

    std::string chunks = "POST /x HTTP/1.1\r\nHost: test\r\nTransfer-Encoding: chunked\r\n\r\n";
    for (int i = 0; i < 20; ++i) chunks += "10000\r\n" + std::string(0x10000, 'x') + "\r\n";
    EXPECT_EQ(Refused(chunks), 413);
}

TEST_F(ServerTest, AHandlerThatThrowsIs500WithoutTheReason) {
    Client client = Connect();
    const std::string response = client.Ask(Get("/throw"));
    EXPECT_EQ(StatusOf(response), 500);
    EXPECT_THAT(response, Not(HasSubstr("secret")));
    EXPECT_EQ(StatusOf(client.Ask(Get("/split"))), 500);  // A header cannot add another.
    EXPECT_EQ(StatusOf(client.Ask(Get("/x"))), 200);
}

TEST_F(ServerTest, ClientsThatWaitOrTrickleDoNotHoldUpOthers) {
    std::vector<std::unique_ptr<Client>> slow;
    for (int i = 0; i < 50; ++i) {
        slow.push_back(std::make_unique<Client>(server_->port()));
        slow.back()->Send(i % 2 ? "GET /sl" : Post("half").substr(0, 60));
    }
    Client quick = Connect();
    EXPECT_EQ(StatusOf(quick.Ask(Get("/quick"))), 200);  // By the only thread.
    slow[1]->Send("ow HTTP/1.1\r\nHost: test\r\n\r\n");
    EXPECT_EQ(BodyOf(slow[1]->Read()), "GET /slow ? []");
}

TEST_F(ServerTest, SlowRequestsAreCutOff) {
    ServerOptions options = Options();
    options.timeout = std::chrono::milliseconds(50);
    Start(options);
    Client silent = Connect();
    EXPECT_TRUE(silent.IsClosed());
    Client half = Connect();
    half.Send("GET /x HTT");
    EXPECT_TRUE(half.IsClosed());
    // One byte now and then does not buy more time.
    Client trickling = Connect();
    trickling.Send("GET /");
    while (trickling.Send("x")) {
        std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
}

TEST_F(ServerTest, AClientThatDoesNotReadIsCutOff) {
    ServerOptions options = Options();
    options.timeout = std::chrono::milliseconds(50);
    Start(options);
    Client deaf = Connect();
    const std::string request = Post(std::string(500'000, 'x'));
    for (int i = 0; i < 1000; ++i) {
        if (!deaf.Send(request)) return;  // The server has given up on it.
    }
    FAIL() << "a client took no answer and was served for ever";
}

TEST_F(ServerTest, MoreConnectionsThanAllowedAreClosed) {
    ServerOptions options = Options();
    options.max_connections = 2;
    Start(options);
    auto first = std::make_unique<Client>(server_->port());
    Client second = Connect();
    EXPECT_EQ(StatusOf(first->Ask(Get("/x"))), 200);
    EXPECT_EQ(StatusOf(second.Ask(Get("/x"))), 200);
    EXPECT_TRUE(Connect().IsClosed());
    first.reset();
    while (StatusOf(Connect().Ask(Get("/x"))) != 200) {  // Once the place is free again.
    }
}

TEST_F(ServerTest, ThreadsServeAtTheSameTime) {
    ServerOptions options = Options();
    options.threads = 2;
    std::latch both(2);
    const Server server(options, [&both](const Request&) {
        both.arrive_and_wait();  // Opens only if two are here.
        return Response{};
    });
    Client first(server.port());
    Client second(server.port());
    first.Send(Get("/x"));
    EXPECT_EQ(StatusOf(second.Ask(Get("/x"))), 200);
    EXPECT_EQ(StatusOf(first.Read()), 200);
}

TEST_F(ServerTest, StoppingClosesConnections) {
    Client client = Connect();
    EXPECT_EQ(StatusOf(client.Ask(Get("/x"))), 200);
    server_.reset();
    EXPECT_TRUE(client.IsClosed());
}

TEST_F(ServerTest, AddressesAreCheckedAndBusyOnesNamed) {
    const auto why = [](const std::string& address) -> std::string {
        try {
            const Server server({.address = address}, Echo);
            return "it listens";
        } catch (const std::runtime_error& error) {
            return error.what();
        }
    };
    const std::string busy = "127.0.0.1:" + std::to_string(server_->port());
    EXPECT_EQ(why(busy), "cannot listen on " + busy + ": Address already in use");
    EXPECT_THAT(why("127.0.0.1:no"), HasSubstr("cannot listen on 127.0.0.1:no"));
    for (const std::string address : {"", "localhost", ":80", "localhost:"}) {
        EXPECT_EQ(why(address), "an address to listen on must be host:port");
    }
    EXPECT_EQ(why("localhost:0"), "it listens");
}

}  // namespace
}  // namespace bangkit::http
