#pragma once

#include <functional>
#include <memory>
#include <string>

#include "libs/base/logger.h"
#include "libs/kafka/error.h"
#include "libs/kafka/record.h"

namespace bangkit::kafka {

/// Reads what lies in a topic, without being a member of any group: for tools, and to rebuild a
/// read model. For one thread. Throws KafkaError if Kafka is away for 30 s, and if records have
/// been removed that should be read.
class LogReader {
public:
    LogReader(const std::string& brokers, const std::string& topic, Logger& logger);
    ~LogReader();

    /// Where the log of each partition ends now.
    Offsets Ends();

    /// Calls `on_record` for all records from `from` (of partitions not in it: from the beginning)
    /// to just before `to`, each partition's in order, until it returns false.
    void Read(const Offsets& from, const Offsets& to,
              const std::function<bool(const Record&)>& on_record);

private:
    class Client;
    const std::unique_ptr<Client> client_;
};

}  // namespace bangkit::kafka
