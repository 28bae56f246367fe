// Clients that never give up: each sends a request until somebody answers it, always with the same
// request id.
//   load ADDRESS,ADDRESS TOKEN FIRST-CLIENT CLIENTS SEED JOURNAL [merging]
// They register, report and, if they are `merging`, let one of their businesses live on in another
// one and undo that. Runs until SIGTERM, then finishes what it has begun. Of every acknowledged
// request, a line goes into JOURNAL:
//   request id, method, business id, version.
// At the end it says what clients were told meanwhile. Exit code 1 if a repeated request got
// another answer.
#include <grpcpp/grpcpp.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <fstream>
#include <memory>
#include <mutex>
#include <random>
#include <sstream>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "bangkit/registration/v1/duplicate_service.grpc.pb.h"
#include "bangkit/registration/v1/registration_service.grpc.pb.h"
#include "libs/base/ids.h"
#include "libs/grpc/client.h"

namespace {

using namespace bangkit;
using registration::v1::DuplicateService;
using registration::v1::RegistrationService;
using Stub = RegistrationService::Stub;
using MergeStub = DuplicateService::Stub;

constexpr std::chrono::seconds kCallLimit{10};
constexpr std::chrono::milliseconds kPause{20};
constexpr const char* kRegion = "18.71.05";
constexpr int kTwinEvery = 7;
constexpr int kReportEvery = 4;
constexpr int kMergeEvery = 5;
constexpr int kClientsMax = 256;  // Of one run, of all its tests.

std::atomic<bool> stopping = false;  // Set by the signal handler: there is no other way to tell.

/// Number `n` of a client, below 105,000, is always the same person; nobody else has these serials.
std::string Nik(int client, int n) {
    const int number = n * kClientsMax + client;
    const int sex = number / 13'440'000 % 2 * 40;  // Women's days of birth are 41 to 71.
    char text[32];
    std::snprintf(text, sizeof text, "187105%02d%02d%02d%04d", 1 + number / 1'000 % 28 + sex,
                  1 + number / 28'000 % 12, 60 + number / 336'000 % 40, 9'000 + number % 1'000);
    return text;
}

class Journal {
public:
    explicit Journal(const std::string& path) : file_(path, std::ios::app) {}
    void Add(const std::string& request_id, const char* method,
             const registration::v1::Business& business) {
        const std::lock_guard lock(mutex_);
        file_ << request_id << '\t' << method << '\t' << business.business_id() << '\t'
              << business.version() << '\n'
              << std::flush;
        ++count_;
    }
    void AddOtherAnswer() { ++other_answers_; }
    void AddRefusal(ErrorCode code) {
        if (code == ErrorCode::kUnavailable) ++unavailable_;
        if (code == ErrorCode::kDeadlineExceeded) ++deadline_exceeded_;
        if (code == ErrorCode::kResourceExhausted) ++resource_exhausted_;
    }
    void AddWait(std::chrono::milliseconds wait) {
        const std::lock_guard lock(mutex_);
        longest_ = std::max(longest_, wait);
    }
    int other_answers() const { return other_answers_; }
    void Print() const {
        std::printf(
            "%d acknowledged, %d other answers; UNAVAILABLE %d, DEADLINE_EXCEEDED %d, "
            "RESOURCE_EXHAUSTED %d; slowest answer %d ms\n",
            count_.load(), other_answers_.load(), unavailable_.load(), deadline_exceeded_.load(),
            resource_exhausted_.load(), static_cast<int>(longest_.count()));
    }

private:
    std::mutex mutex_;
    std::ofstream file_;
    std::chrono::milliseconds longest_{};  // From a call to its answer, whichever that was.
    std::atomic<int> count_ = 0, other_answers_ = 0;
    std::atomic<int> unavailable_ = 0, deadline_exceeded_ = 0, resource_exhausted_ = 0;
};

class Client {
public:
    Client(int number, std::uint64_t seed, const std::vector<std::string>& addresses,
           std::string token, bool is_merging, Journal& journal)
        : number_(number),
          random_(seed),
          token_(std::move(token)),
          is_merging_(is_merging),
          journal_(journal) {
        for (const std::string& address : addresses) {
            stubs_.push_back(RegistrationService::NewStub(rpc::Connect(address)));
            merge_stubs_.push_back(DuplicateService::NewStub(rpc::Connect(address)));
        }
    }

    void Run() {
        for (int n = 0; !stopping; ++n) {
            if (is_merging_ && businesses_.size() > 1 && n % kMergeEvery == 0) {
                merged_.empty() ? Merge() : Undo();
            } else if (!businesses_.empty() && n % kReportEvery == 0) {
                Report();
            } else {
                Register(n, n % kTwinEvery == 0);
            }
        }
    }

private:
    void Register(int n, bool with_twin) {
        registration::v1::RegisterBusinessRequest request;
        request.set_request_id(NewId(std::chrono::system_clock::now()));
        request.mutable_owner()->set_nik(Nik(number_, n));
        request.mutable_owner()->set_name("Pemilik Contoh");
        auto& business = *request.mutable_business();
        business.set_kind(common::v1::BUSINESS_KIND_UMKM);
        business.set_name("Warung Contoh");
        business.set_region_code(kRegion);
        business.set_kbli("56102");
        business.set_annual_sales_rupiah(100'000'000);
        registration::v1::RegisterBusinessResponse first, twin;
        std::jthread other;
        if (with_twin) {
            other = std::jthread([&] { Call(stubs_, &Stub::RegisterBusiness, request, twin); });
        }
        Call(stubs_, &Stub::RegisterBusiness, request, first);
        if (with_twin) {
            other.join();
            if (first.SerializeAsString() != twin.SerializeAsString()) journal_.AddOtherAnswer();
        }
        journal_.Add(request.request_id(), "RegisterBusiness", first.business());
        businesses_.push_back(first.business().business_id());
    }

    void Report() {
        registration::v1::ReportConditionRequest request;
        request.set_request_id(NewId(std::chrono::system_clock::now()));
        request.set_business_id(businesses_[random_() % businesses_.size()]);
        request.set_condition(random_() % 2 == 0 ? common::v1::BUSINESS_CONDITION_DORMANT
                                                 : common::v1::BUSINESS_CONDITION_AFFECTED);
        request.set_since(random_() % 2 == 0 ? "2022-05-12" : "2026-01-02");
        request.set_annual_sales_rupiah(static_cast<std::int64_t>(random_() % 20) * 1'000'000'000);
        registration::v1::ReportConditionResponse response;
        Call(stubs_, &Stub::ReportCondition, request, response);
        journal_.Add(request.request_id(), "ReportCondition", response.business());
    }

    /// One that nobody reports on until it is a business of its own again.
    void Merge() {
        const std::size_t place = random_() % businesses_.size();
        merged_ = businesses_[place];
        businesses_.erase(businesses_.begin() + static_cast<std::ptrdiff_t>(place));
        registration::v1::MergeBusinessesRequest request;
        request.set_request_id(NewId(std::chrono::system_clock::now()));
        request.set_surviving_business_id(businesses_[random_() % businesses_.size()]);
        request.set_merged_business_id(merged_);
        registration::v1::MergeBusinessesResponse response;
        Call(merge_stubs_, &MergeStub::MergeBusinesses, request, response);
        journal_.Add(request.request_id(), "MergeBusinesses", response.business());
    }

    void Undo() {
        registration::v1::UndoMergeRequest request;
        request.set_request_id(NewId(std::chrono::system_clock::now()));
        request.set_merged_business_id(merged_);
        registration::v1::UndoMergeResponse response;
        Call(merge_stubs_, &MergeStub::UndoMerge, request, response);
        journal_.Add(request.request_id(), "UndoMerge", response.business());
        businesses_.push_back(std::move(merged_));
        merged_.clear();
    }

    /// Until the answer is one: everything that may have been lost on the way is sent again, to
    /// whichever server.
    template <typename AnyStub, typename Request, typename Response>
    void Call(const std::vector<std::unique_ptr<AnyStub>>& stubs,
              grpc::Status (AnyStub::*method)(grpc::ClientContext*, const Request&, Response*),
              const Request& request, Response& response) {
        for (std::size_t attempt = 0;; ++attempt) {
            grpc::ClientContext context;
            rpc::Prepare(context, token_, kCallLimit);
            AnyStub& stub = *stubs[(static_cast<std::size_t>(number_) + attempt) % stubs.size()];
            const auto called_at = std::chrono::steady_clock::now();
            const grpc::Status status = (stub.*method)(&context, request, &response);
            journal_.AddWait(std::chrono::duration_cast<std::chrono::milliseconds>(
                std::chrono::steady_clock::now() - called_at));
            if (status.ok()) return;
            const Error error = rpc::FromStatus(status);
            journal_.AddRefusal(error.code);
            // A server that stops lets go of calls that it has not begun.
            const bool may_help = status.error_code() == grpc::StatusCode::CANCELLED ||
                                  error.code == ErrorCode::kUnavailable ||
                                  error.code == ErrorCode::kDeadlineExceeded ||
                                  error.code == ErrorCode::kResourceExhausted;
            if (!may_help) {
                std::fprintf(stderr, "unexpected answer: %s: %s\n", error.reason.c_str(),
                             error.message.c_str());
                journal_.AddOtherAnswer();
                return;
            }
            std::this_thread::sleep_for(kPause);
        }
    }

    const int number_;
    std::mt19937_64 random_;
    const std::string token_;
    const bool is_merging_;
    Journal& journal_;
    std::vector<std::unique_ptr<Stub>> stubs_;
    std::vector<std::unique_ptr<MergeStub>> merge_stubs_;
    std::vector<std::string> businesses_;  // Those that live.
    std::string merged_;                   // One that does not; empty: all of them live.
};

std::vector<std::string> Split(const std::string& text) {
    std::vector<std::string> parts;
    std::istringstream stream(text);
    for (std::string part; std::getline(stream, part, ',');) parts.push_back(part);
    return parts;
}

}  // namespace

int main(int argc, char** argv) {
    if (argc != 7 && argc != 8) return 2;
    std::signal(SIGTERM, [](int) { stopping = true; });
    const int first = std::stoi(argv[3]);
    const int count = std::stoi(argv[4]);
    const std::uint64_t seed = std::stoull(argv[5]);
    Journal journal(argv[6]);
    const bool is_merging = argc == 8 && std::string_view(argv[7]) == "merging";
    std::vector<std::jthread> clients;
    for (int i = 0; i < count; ++i) {
        clients.emplace_back([&, i] {
            const int number = first + i;
            Client(number, seed + static_cast<std::uint64_t>(number), Split(argv[1]), argv[2],
                   is_merging, journal)
                .Run();
        });
    }
    clients.clear();
    journal.Print();
    return journal.other_answers() == 0 ? 0 : 1;
}
