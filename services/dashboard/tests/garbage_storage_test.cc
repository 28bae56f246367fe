// Whatever somebody with write access sends to the topic: it is parked, dropped, or stops its own
// business alone; the rest flows.
#include <algorithm>
#include <functional>
#include <limits>
#include <vector>

#include "libs/messaging/parked_records.h"
#include "libs/telemetry/metrics.h"
#include "services/dashboard/tests/projector_fixture.h"

namespace bangkit::dashboard {
namespace {

using bangkit::testing::Eventually;
using Records = std::vector<kafka::Record>;

constexpr const char* kRegistered = "bangkit.registration.v1.BusinessRegistered";
// What must be in no log: as if somebody had put it into an event.
constexpr const char* kSecret = "3275014107909001";

/// What is sent about one business, and what has to become of it.
struct Case {
    const char* what;
    std::function<Records(PublishedBusiness&)> send;
    int counted;  // Businesses in the figures because of it.
    int parked;   // Records.
};

kafka::Record With(kafka::Record record, const std::string& name, const std::string& value) {
    for (auto& [each, content] : record.headers) {
        if (each == name) content = value;
    }
    return record;
}

kafka::Record Without(kafka::Record record, const std::string& name) {
    std::erase_if(record.headers, [&name](const auto& header) { return header.first == name; });
    return record;
}

kafka::Record Saying(kafka::Record record, const std::string& payload) {
    record.payload = payload;
    return record;
}

kafka::Record Cut(kafka::Record record) {
    record.payload.resize(record.payload.size() / 2);
    return record;
}

/// The first event of a business, with one header changed.
auto WithHeader(const std::string& name, const std::string& value) {
    return [=](PublishedBusiness& business) {
        return Records{With(business.Registers(), name, value)};
    };
}

auto WithoutHeader(const std::string& name) {
    return
        [=](PublishedBusiness& business) { return Records{Without(business.Registers(), name)}; };
}

auto WithPayload(const std::string& payload) {
    return
        [=](PublishedBusiness& business) { return Records{Saying(business.Registers(), payload)}; };
}

/// The first event of a business, with its message changed.
auto WithMessage(const std::function<void(registration::v1::BusinessRegistered&)>& spoil) {
    return [spoil](PublishedBusiness& business) {
        kafka::Record record = business.Registers();
        registration::v1::BusinessRegistered message;
        message.ParseFromString(record.payload);
        spoil(message);
        return Records{Saying(record, message.SerializeAsString())};
    };
}

const std::vector<Case> kCases{
    {"a duplicate",
     [](PublishedBusiness& business) {
         const kafka::Record first = business.Registers();
         return Records{first, first};
     },
     1, 0},
    {"an old one",
     [](PublishedBusiness& business) {
         const kafka::Record first = business.Registers();
         return Records{first, business.Reports(But(Condition::kDormant)), first};
     },
     1, 0},
    {"one is missing",
     [](PublishedBusiness& business) {
         const kafka::Record first = business.Registers();
         business.Reports(kBekasiVendor);
         return Records{first, business.Reports(kBekasiVendor), business.Reports(kBekasiVendor)};
     },
     1, 2},
    {"one comes late",
     [](PublishedBusiness& business) {
         const kafka::Record first = business.Registers();
         const kafka::Record second = business.Reports(kBekasiVendor);
         return Records{business.Reports(kBekasiVendor), business.Reports(kBekasiVendor), second,
                        first};
     },
     1, 0},
    {"poison, and more after it",
     [](PublishedBusiness& business) {
         const kafka::Record first = business.Registers();
         const kafka::Record second = Saying(business.Reports(kBekasiVendor), kSecret);
         return Records{first, second, business.Reports(kBekasiVendor),
                        business.Reports(kBekasiVendor)};
     },
     1, 3},
    {"poison, and the right one after it",
     [](PublishedBusiness& business) {
         const kafka::Record first = business.Registers();
         return Records{Saying(first, kSecret), first, business.Reports(kBekasiVendor)};
     },
     1, 0},
    {"a truncated message",
     [](PublishedBusiness& business) { return Records{Cut(business.Registers())}; }, 0, 1},
    {"text", WithPayload(R"({"nik":"3275014107909001"})"), 0, 1},
    {"an empty payload", WithPayload(""), 0, 1},
    {"nesting without end", WithPayload(std::string(100'000, '\x1b')), 0, 1},
    {"an oversized payload", WithPayload(std::string(900'000, '\xff')), 0, 1},
    {"an unknown type",
     [](PublishedBusiness& business) {
         return Records{ToRecord(business.id(), 1, "bangkit.registration.v9.Closed", "")};
     },
     0, 1},
    {"a type of somebody else", WithHeader("ce_type", "google.protobuf.Any"), 0, 1},
    {"an unknown aggregate",
     [](PublishedBusiness& business) {
         return Records{With(business.Registers(), "ce_subject", "cat/" + business.id())};
     },
     0, 0},
    {"no key",
     [](PublishedBusiness& business) {
         kafka::Record record = business.Registers();
         record.key.clear();
         return Records{record};
     },
     1, 0},
    {"a wrong key",
     [](PublishedBusiness& business) {
         kafka::Record record = business.Registers();
         record.key = kSecret;
         return Records{record};
     },
     1, 0},
    {"no headers",
     [](PublishedBusiness& business) {
         kafka::Record record = business.Registers();
         record.headers.clear();
         return Records{record};
     },
     0, 1},
    {"a header twice",
     [](PublishedBusiness& business) {
         kafka::Record record = business.Registers();
         record.headers.emplace_back("ce_sequence", "7");
         return Records{record};
     },
     1, 0},
    {"headers of garbage",
     [](PublishedBusiness& business) {
         kafka::Record record = business.Registers();
         record.headers.emplace_back("\xff", std::string("\0\xfe", 2));
         record.headers.emplace_back("", kSecret);
         return Records{record};
     },
     1, 0},
    {"no version of the specification", WithoutHeader("ce_specversion"), 0, 1},
    {"no subject", WithoutHeader("ce_subject"), 0, 1},
    {"no sequence", WithoutHeader("ce_sequence"), 0, 1},
    {"no type", WithoutHeader("ce_type"), 0, 1},
    {"no time", WithoutHeader("ce_time"), 0, 1},
    {"no content type", WithoutHeader("content-type"), 0, 1},
    {"a wrong content type", WithHeader("content-type", "application/json"), 0, 1},
    {"a subject that is no text", WithHeader("ce_subject", "\xff\xfe/\xfd"), 0, 1},
    {"a subject that is no UUID", WithHeader("ce_subject", "business/3275014107909001"), 0, 1},
    {"a type that is SQL", WithHeader("ce_type", "'; DROP TABLE inbox_versions; --"), 0, 1},
    {"a time that is none", WithHeader("ce_time", "yesterday"), 0, 1},
    {"version 0", WithHeader("ce_sequence", "0"), 0, 1},
    {"a negative version", WithHeader("ce_sequence", "-1"), 0, 1},
    {"the largest version there is", WithHeader("ce_sequence", "9223372036854775807"), 0, 1},
    {"a version that is too large", WithHeader("ce_sequence", "9223372036854775808"), 0, 1},
    {"a version of words", WithHeader("ce_sequence", "one"), 0, 1},
    {"an unknown region",
     WithMessage([](auto& event) { event.mutable_statistics()->set_region_code(kSecret); }), 0, 1},
    {"a region that is no text",
     WithMessage([](auto& event) { event.mutable_statistics()->set_region_code("\xff"); }), 0, 1},
    {"an unknown kind", WithMessage([](auto& event) {
         event.mutable_statistics()->set_kind(static_cast<common::v1::BusinessKind>(99));
     }),
     0, 1},
    {"no time of the event", WithMessage([](auto& event) { event.clear_occurred_at(); }), 0, 1},
    {"the end of time", WithMessage([](auto& event) {
         event.mutable_occurred_at()->set_seconds(std::numeric_limits<std::int64_t>::max());
     }),
     0, 1},
};

class Garbage : public ProjectorTest {
protected:
    /// Returns where it lies.
    messaging::RecordPlace Send(const kafka::Record& record, std::int32_t partition) {
        kafka::RawRecord raw{
            .partition = partition, .payload = record.payload, .headers = record.headers};
        if (!record.key.empty()) raw.key = record.key;
        return {partition, topic_.Send(raw)};
    }
    bool IsParked(const messaging::RecordPlace& place) const {
        return database_.Count("SELECT count(*) FROM inbox_parked WHERE partition = " +
                               std::to_string(place.partition) +
                               " AND record_offset = " + std::to_string(place.offset)) == 1;
    }
    bool IsCounted(const PublishedBusiness& business) const {
        return database_.Count("SELECT count(*) FROM business_states WHERE business_id = '" +
                               business.id() + "'") == 1;
    }
};

TEST_F(Garbage, StopsNobodyElse) {
    struct Sent {
        PublishedBusiness business;
        std::vector<messaging::RecordPlace> places;
    };
    std::vector<Sent> sent(kCases.size());
    std::int64_t counted = 0, parked = 0;
    std::int32_t partition = 0;
    for (std::size_t i = 0; i < kCases.size(); ++i) {
        partition = (partition + 1) % 4;
        for (const kafka::Record& record : kCases[i].send(sent[i].business)) {
            sent[i].places.push_back(Send(record, partition));
        }
        Send(PublishedBusiness().Registers(), partition);  // Somebody healthy behind it.
        counted += kCases[i].counted + 1;
        parked += kCases[i].parked;
    }
    topic_.Send({.partition = 0});                                   // Nothing at all.
    topic_.Send({.partition = 0, .key = PublishedBusiness().id()});  // A tombstone.
    parked += 2;
    const auto projector = Start(7);

    ASSERT_TRUE(Eventually([this] { return IsComplete(); }));
    EXPECT_TRUE(Eventually([&] { return Parked() == parked; })) << Parked();
    EXPECT_EQ(Businesses("ID"), counted);
    EXPECT_EQ(database_.Count("SELECT sum(lag) FROM inbox_offsets"), 0);
    for (std::size_t i = 0; i < kCases.size(); ++i) {
        EXPECT_EQ(IsCounted(sent[i].business), kCases[i].counted == 1) << kCases[i].what;
        const auto of_case = std::ranges::count_if(
            sent[i].places, [this](const auto& place) { return IsParked(place); });
        EXPECT_EQ(of_case, kCases[i].parked) << kCases[i].what;
    }
}

TEST_F(Garbage, IsKeptByteForByteAndShownToNobody) {
    std::int32_t partition = 0;
    for (const Case& each : kCases) {
        PublishedBusiness business;
        partition = (partition + 1) % 4;
        for (const kafka::Record& record : each.send(business)) Send(record, partition);
    }
    const auto projector = Start(7);
    ASSERT_TRUE(Eventually([this] { return IsComplete(); }));

    const std::vector<kafka::Record> log = topic_.ReadAll();
    postgres::Connection owner(database_.owner_dsn());
    const auto kept = messaging::FindParked(owner, {}, 1'000, true);
    EXPECT_FALSE(kept.empty());
    for (const messaging::ParkedRecord& each : kept) {
        const auto original = std::ranges::find_if(log, [&each](const kafka::Record& record) {
            return record.partition == each.record.partition && record.offset == each.record.offset;
        });
        ASSERT_NE(original, log.end());
        EXPECT_EQ(each.record.key, original->key);
        EXPECT_EQ(each.record.headers, original->headers);
        EXPECT_EQ(each.record.payload, original->payload);
        EXPECT_EQ(each.error.find(kSecret), std::string::npos) << each.error;
    }
    for (const std::string& line : logger_.lines()) {
        EXPECT_EQ(line.find(kSecret), std::string::npos) << line;
    }
    EXPECT_EQ(telemetry::Render(metrics_).find(kSecret), std::string::npos);
}

}  // namespace
}  // namespace bangkit::dashboard
