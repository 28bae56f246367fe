#include "libs/kafka/admin.h"

#include <array>
#include <chrono>
#include <utility>

#include "libs/kafka/client.h"

namespace bangkit::kafka {
namespace {

constexpr std::chrono::seconds kLimit{30};
constexpr int kLimitMs = std::chrono::milliseconds(kLimit).count();
constexpr int kPollMs = 20;

template <auto kDestroy>
struct Destroy {
    void operator()(auto* object) const { kDestroy(object); }
};
using Options = std::unique_ptr<rd_kafka_AdminOptions_t, Destroy<rd_kafka_AdminOptions_destroy>>;
using Queue = std::unique_ptr<rd_kafka_queue_t, Destroy<rd_kafka_queue_destroy>>;
using Event = std::unique_ptr<rd_kafka_event_t, Destroy<rd_kafka_event_destroy>>;
using NewTopic = std::unique_ptr<rd_kafka_NewTopic_t, Destroy<rd_kafka_NewTopic_destroy>>;
using DeletedTopic = std::unique_ptr<rd_kafka_DeleteTopic_t, Destroy<rd_kafka_DeleteTopic_destroy>>;
using Resource =
    std::unique_ptr<rd_kafka_ConfigResource_t, Destroy<rd_kafka_ConfigResource_destroy>>;
void ThrowOnError(rd_kafka_resp_err_t error, const std::string& what) {
    if (error == RD_KAFKA_RESP_ERR_NO_ERROR) return;
    throw KafkaError(what + ": " + rd_kafka_err2str(error));
}

void CheckTopics(const rd_kafka_topic_result_t* const* results, std::size_t count,
                 const std::string& what) {
    for (std::size_t i = 0; i < count; ++i) {
        ThrowOnError(rd_kafka_topic_result_error(results[i]), what);
    }
}

const rd_kafka_ConfigResource_t& Single(const rd_kafka_ConfigResource_t* const* resources,
                                        std::size_t count, const std::string& what) {
    if (count != 1) throw KafkaError(what + ": no answer");
    ThrowOnError(rd_kafka_ConfigResource_error(resources[0]), what);
    return *resources[0];
}

struct Settings {
    TopicConfig all;
    TopicConfig own;  // Those that are set on the topic itself.
};

}  // namespace

class Admin::Client : ClientBase {
public:
    Client(const std::string& brokers, Logger& logs)
        : ClientBase(logs),
          handle_(Create(RD_KAFKA_PRODUCER, Configure({{"bootstrap.servers", brokers}}, *this))),
          answers_(rd_kafka_queue_new(handle_.get())) {}

    std::int32_t CountPartitions(const std::string& name) {
        return kafka::CountPartitions(handle_.get(), name, kLimitMs);
    }

    void CreateTopic(const TopicSpec& spec) {
        const std::string what = "cannot create topic " + spec.name;
        std::array<char, 256> error{};
        const NewTopic topic(rd_kafka_NewTopic_new(spec.name.c_str(), spec.partitions,
                                                   spec.replication, error.data(), error.size()));
        if (!topic) throw KafkaError(what + ": " + error.data());
        for (const auto& [name, value] : spec.config) {
            ThrowOnError(rd_kafka_NewTopic_set_config(topic.get(), name.c_str(), value.c_str()),
                         what);
        }
        rd_kafka_NewTopic_t* topics = topic.get();
        const Options options = NewOptions(RD_KAFKA_ADMIN_OP_CREATETOPICS);
        rd_kafka_CreateTopics(handle_.get(), &topics, 1, options.get(), answers_.get());
        const Event event = Answer(what);
        std::size_t count = 0;
        const auto* results = rd_kafka_CreateTopics_result_topics(
            rd_kafka_event_CreateTopics_result(event.get()), &count);
        CheckTopics(results, count, what);
        AwaitPartitions(spec.name, spec.partitions);
    }

    void DeleteTopic(const std::string& name) {
        const std::string what = "cannot delete topic " + name;
        const DeletedTopic topic(rd_kafka_DeleteTopic_new(name.c_str()));
        rd_kafka_DeleteTopic_t* topics = topic.get();
        const Options options = NewOptions(RD_KAFKA_ADMIN_OP_DELETETOPICS);
        rd_kafka_DeleteTopics(handle_.get(), &topics, 1, options.get(), answers_.get());
        const Event event = Answer(what);
        std::size_t count = 0;
        const auto* results = rd_kafka_DeleteTopics_result_topics(
            rd_kafka_event_DeleteTopics_result(event.get()), &count);
        CheckTopics(results, count, what);
    }

    Settings SettingsOf(const std::string& name) {
        const std::string what = "cannot read the settings of topic " + name;
        const Resource topic(rd_kafka_ConfigResource_new(RD_KAFKA_RESOURCE_TOPIC, name.c_str()));
        rd_kafka_ConfigResource_t* resources = topic.get();
        const Options options = NewOptions(RD_KAFKA_ADMIN_OP_DESCRIBECONFIGS);
        rd_kafka_DescribeConfigs(handle_.get(), &resources, 1, options.get(), answers_.get());
        const Event event = Answer(what);
        std::size_t count = 0;
        const auto* results = rd_kafka_DescribeConfigs_result_resources(
            rd_kafka_event_DescribeConfigs_result(event.get()), &count);
        const auto* entries =
            rd_kafka_ConfigResource_configs(&Single(results, count, what), &count);
        Settings settings;
        for (std::size_t i = 0; i < count; ++i) {
            const char* value = rd_kafka_ConfigEntry_value(entries[i]);
            if (value == nullptr) continue;
            const std::string setting = rd_kafka_ConfigEntry_name(entries[i]);
            settings.all[setting] = value;
            if (rd_kafka_ConfigEntry_source(entries[i]) ==
                RD_KAFKA_CONFIG_SOURCE_DYNAMIC_TOPIC_CONFIG) {
                settings.own[setting] = value;
            }
        }
        return settings;
    }

    /// Sets all of the topic's own settings: what is not in `config` falls back to the broker's
    /// defaults.
    void ReplaceSettings(const std::string& name, const TopicConfig& config) {
        const std::string what = "cannot change the settings of topic " + name;
        const Resource topic(rd_kafka_ConfigResource_new(RD_KAFKA_RESOURCE_TOPIC, name.c_str()));
        for (const auto& [setting, value] : config) {
            ThrowOnError(
                rd_kafka_ConfigResource_set_config(topic.get(), setting.c_str(), value.c_str()),
                what);
        }
        rd_kafka_ConfigResource_t* resources = topic.get();
        const Options options = NewOptions(RD_KAFKA_ADMIN_OP_ALTERCONFIGS);
        rd_kafka_AlterConfigs(handle_.get(), &resources, 1, options.get(), answers_.get());
        const Event event = Answer(what);
        std::size_t count = 0;
        const auto* results = rd_kafka_AlterConfigs_result_resources(
            rd_kafka_event_AlterConfigs_result(event.get()), &count);
        Single(results, count, what);
    }

private:
    Options NewOptions(rd_kafka_admin_op_t operation) const {
        Options options(rd_kafka_AdminOptions_new(handle_.get(), operation));
        rd_kafka_AdminOptions_set_request_timeout(options.get(), kLimitMs, nullptr, 0);
        return options;
    }

    Event Answer(const std::string& what) {
        Event event(rd_kafka_queue_poll(answers_.get(), -1));  // Ends with the request's own limit.
        if (rd_kafka_event_error(event.get()) != RD_KAFKA_RESP_ERR_NO_ERROR) {
            throw KafkaError(what + ": " + rd_kafka_event_error_string(event.get()));
        }
        return event;
    }

    /// The controller has made it; now wait until the brokers know it too.
    void AwaitPartitions(const std::string& name, std::int32_t partitions) {
        const auto deadline = std::chrono::steady_clock::now() + kLimit;
        while (CountPartitions(name) != partitions) {
            if (std::chrono::steady_clock::now() > deadline) {
                throw KafkaError("topic " + name + " was created but does not come up");
            }
            rd_kafka_poll(handle_.get(), kPollMs);
        }
    }

    const Handle handle_;
    const Queue answers_;
};

Admin::Admin(const std::string& brokers, Logger& logger)
    : logger_(logger), client_(std::make_unique<Client>(brokers, logger)) {}

Admin::~Admin() = default;

std::vector<TopicChange> Admin::EnsureTopics(std::span<const TopicSpec> specs) {
    std::vector<std::optional<TopicDescription>> found;
    for (const TopicSpec& spec : specs) {
        found.push_back(Describe(spec.name));
        if (found.back() && found.back()->partitions != spec.partitions) {
            throw KafkaError("topic " + spec.name + " has " +
                             std::to_string(found.back()->partitions) + " partitions, not " +
                             std::to_string(spec.partitions));
        }
    }
    std::vector<TopicChange> changes;
    for (std::size_t i = 0; i < specs.size(); ++i) changes.push_back(Ensure(specs[i], found[i]));
    return changes;
}

TopicChange Admin::Ensure(const TopicSpec& spec, const std::optional<TopicDescription>& found) {
    if (!found) {
        client_->CreateTopic(spec);
        logger_.Info("topic_created", {{"topic", spec.name}});
        return TopicChange::kCreated;
    }
    TopicConfig wanted = client_->SettingsOf(spec.name).own;
    bool is_same = true;
    for (const auto& [setting, value] : spec.config) {
        wanted[setting] = value;
        const auto now = found->config.find(setting);
        if (now != found->config.end() && now->second == value) continue;
        is_same = false;
        logger_.Warning("topic_corrected", {{"topic", spec.name},
                                            {"setting", setting},
                                            {"was", now == found->config.end() ? "" : now->second},
                                            {"is", value}});
    }
    if (is_same) return TopicChange::kNone;
    client_->ReplaceSettings(spec.name, wanted);
    return TopicChange::kCorrected;
}

std::optional<TopicDescription> Admin::Describe(const std::string& name) {
    const std::int32_t partitions = client_->CountPartitions(name);
    if (partitions == 0) return std::nullopt;
    return TopicDescription{.partitions = partitions, .config = client_->SettingsOf(name).all};
}

void Admin::DeleteTopic(const std::string& name) { client_->DeleteTopic(name); }

}  // namespace bangkit::kafka
