#pragma once

#include <span>

#include "libs/base/result.h"
#include "libs/messaging/envelope.h"
#include "libs/postgres/connection.h"

namespace bangkit::messaging {

/// An event of another service, with the record that it came in.
struct ReceivedEvent {
    Envelope envelope;
    const kafka::Record* record;  // Lives for the batch.
};

/// What a batch of events means to a service. One is made for every transaction.
class Projection {
public:
    virtual ~Projection() = default;
    /// Reads and locks what these events need. Not all of them need come to Fold().
    virtual void Load(postgres::Transaction& transaction,
                      std::span<const ReceivedEvent> events) = 0;
    /// In memory only. A refusal (the payload makes no sense) must change nothing; it parks the
    /// record, with its reason and message, which must not quote the payload. A type or a value
    /// that is not known here is to be refused too: a newer version of the service, which may know
    /// it, tries the record again.
    virtual Result<void> Fold(const ReceivedEvent& event) = 0;
    /// Writes once per batch.
    virtual void Save(postgres::Transaction& transaction) = 0;
};

}  // namespace bangkit::messaging
