#include "libs/postgres/connection.h"

#include <libpq-fe.h>
#include <poll.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <exception>
#include <utility>

namespace bangkit::postgres {
namespace {

constexpr int kBinary = 1;

template <typename T>
T FromBigEndian(std::string_view bytes) {
    if (bytes.size() != sizeof(T)) throw std::logic_error("the column has another type");
    T value = 0;
    bytes.copy(reinterpret_cast<char*>(&value), sizeof value);
    return std::endian::native == std::endian::little ? std::byteswap(value) : value;
}

std::string Field(const pg_result* result, int code) {
    const char* field = PQresultErrorField(result, code);
    return field == nullptr ? "" : field;
}

/// What may be logged: never the primary message or the detail, which quote values; except of
/// errors in the SQL itself (class 42), which has none.
std::string Describe(const pg_result* result, const std::string& state) {
    std::string text = "SQLSTATE " + state;
    if (state.starts_with("42")) text += ": " + Field(result, PG_DIAG_MESSAGE_PRIMARY);
    if (const std::string table = Field(result, PG_DIAG_TABLE_NAME); !table.empty()) {
        text += ", table " + table;
    }
    if (const std::string name = Field(result, PG_DIAG_CONSTRAINT_NAME); !name.empty()) {
        text += ", constraint " + name;
    }
    return text;
}

pg_conn* Open(const std::string& dsn) {
    // What the DSN itself says comes later and wins.
    const std::array<const char*, 6> names{"connect_timeout", "tcp_user_timeout",
                                           "keepalives_idle", "keepalives_interval",
                                           "dbname",          nullptr};
    const std::array<const char*, 6> values{"3", "10000", "10", "5", dsn.c_str(), nullptr};
    return PQconnectdbParams(names.data(), values.data(), 1);
}

}  // namespace

Rows::Rows(pg_result* result) : result_(result, PQclear) {}

int Rows::size() const { return PQntuples(result_.get()); }

std::int64_t Rows::affected() const {
    const std::string_view digits = PQcmdTuples(result_.get());
    std::int64_t count = 0;
    std::from_chars(digits.data(), digits.data() + digits.size(), count);
    return count;
}

std::string_view Rows::tag() const { return PQcmdStatus(result_.get()); }

bool Rows::IsNull(int row, int column) const {
    return PQgetisnull(result_.get(), row, column) == 1;
}

std::string_view Rows::Bytes(int row, int column) const {
    return {PQgetvalue(result_.get(), row, column),
            static_cast<std::size_t>(PQgetlength(result_.get(), row, column))};
}

std::int64_t Rows::Int64(int row, int column) const {
    const std::string_view bytes = Bytes(row, column);
    switch (bytes.size()) {
        case 2: return FromBigEndian<std::int16_t>(bytes);
        case 4: return FromBigEndian<std::int32_t>(bytes);
        default: return FromBigEndian<std::int64_t>(bytes);
    }
}

std::optional<std::int64_t> Rows::OptionalInt64(int row, int column) const {
    if (IsNull(row, column)) return std::nullopt;
    return Int64(row, column);
}

bool Rows::Bool(int row, int column) const {
    return FromBigEndian<std::int8_t>(Bytes(row, column)) != 0;
}

std::string Rows::Uuid(int row, int column) const { return UuidText(Bytes(row, column)); }

bangkit::Time Rows::Time(int row, int column) const {
    return FromMicros(FromBigEndian<std::int64_t>(Bytes(row, column)));
}

bangkit::Date Rows::Date(int row, int column) const {
    return FromDays(FromBigEndian<std::int32_t>(Bytes(row, column)));
}

std::optional<bangkit::Date> Rows::OptionalDate(int row, int column) const {
    if (IsNull(row, column)) return std::nullopt;
    return Date(row, column);
}

// An array is sent as its number of dimensions, a flag, the type of its elements, a size and a
// lower bound for each dimension, and its elements, each after its own size.
std::vector<std::string> Rows::BytesList(int row, int column) const {
    std::string_view bytes = Bytes(row, column);
    const auto next = [&bytes](std::size_t size) {
        if (bytes.size() < size) throw std::logic_error("the column has another type");
        const std::string_view taken = bytes.substr(0, size);
        bytes.remove_prefix(size);
        return taken;
    };
    const auto next_number = [&next] {
        return FromBigEndian<std::int32_t>(next(sizeof(std::int32_t)));
    };
    std::vector<std::string> list;
    const std::int32_t dimensions = next_number();
    next_number();
    next_number();
    if (dimensions == 0) return list;
    const std::int32_t size = next_number();
    next_number();
    for (std::int32_t i = 0; i < size; ++i) {
        list.emplace_back(next(static_cast<std::size_t>(next_number())));
    }
    return list;
}

Connection::Connection(const std::string& dsn, std::chrono::milliseconds silence_max)
    : silence_max_(silence_max), connection_(Open(dsn), PQfinish) {
    if (PQstatus(connection_.get()) != CONNECTION_OK) {
        throw ConnectionLost("cannot connect to PostgreSQL");
    }
    PQsetNoticeProcessor(connection_.get(), [](void*, const char*) {}, nullptr);
    PQsetnonblocking(connection_.get(), 1);  // AwaitServer() waits, which knows when to give up.
    if (silence_max_.count() > 0) {
        // Clearly later than we give it up: whoever waits for an answer is to know whose silence it
        // was, and both begin to count at nearly the same moment.
        RunScript("SET idle_in_transaction_session_timeout = " +
                  std::to_string(silence_max_.count() * 3 / 2));
    }
}

Connection::Deadline Connection::AnswerDeadline() const {
    return silence_max_.count() > 0 ? std::chrono::steady_clock::now() + silence_max_
                                    : Deadline::max();
}

/// Never blocks beyond the deadline, as PQgetResult() alone would: a server that is only stopped,
/// or a proxy that has lost it, keeps the connection itself alive.
pg_result* Connection::NextResult(Deadline& deadline) {
    while (PQisBusy(connection_.get()) == 1) AwaitServer(deadline);
    return PQgetResult(connection_.get());
}

void Connection::AwaitServer(Deadline& deadline) {
    const int unsent = PQflush(connection_.get());  // If it fails, there is an answer or an end.
    pollfd socket{.fd = PQsocket(connection_.get()),
                  .events = static_cast<short>(unsent == 1 ? POLLIN | POLLOUT : POLLIN),
                  .revents = 0};
    int wait_ms = -1;
    if (deadline != Deadline::max()) {
        const auto left = std::chrono::ceil<std::chrono::milliseconds>(
            deadline - std::chrono::steady_clock::now());
        wait_ms = static_cast<int>(std::max<std::int64_t>(0, left.count()));
    }
    if (poll(&socket, 1, wait_ms) == 0) {
        connection_.reset();
        throw ServerSilent("PostgreSQL has said nothing for " +
                           std::to_string(silence_max_.count()) + " ms");
    }
    if ((socket.revents & ~POLLOUT) == 0) return;
    PQconsumeInput(connection_.get());
    deadline = AnswerDeadline();  // Whoever speaks is not silent.
}

Rows Connection::Check(Rows rows) {
    const pg_result* result = rows.result_.get();
    const ExecStatusType status = PQresultStatus(result);
    if (status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK) return rows;
    const std::string state = Field(result, PG_DIAG_SQLSTATE);
    const std::string severity = Field(result, PG_DIAG_SEVERITY_NONLOCALIZED);
    // A server that shuts down or drops us says so before the connection breaks.
    if (PQstatus(connection_.get()) == CONNECTION_BAD || severity == "FATAL" ||
        severity == "PANIC") {
        throw ConnectionLost("the connection to PostgreSQL broke, SQLSTATE " + state);
    }
    throw SqlError(state, Describe(result, state));
}

Rows Connection::Run(std::string_view sql, Params params) {
    Queue(sql, params);
    return Flush();
}

void Connection::Queue(std::string_view sql, Params params,
                       std::optional<std::int64_t> must_affect) {
    auto known = prepared_.find(sql);
    if (known == prepared_.end()) {
        const std::string name = "s" + std::to_string(prepared_.size());
        PQsendPrepare(connection_.get(), name.c_str(), std::string(sql).c_str(), 0, nullptr);
        Finish();
        known = prepared_.emplace(sql, name).first;
    }
    queue_.push_back({known->second, {params.begin(), params.end()}, must_affect});
}

Rows Connection::Flush() {
    const std::vector<Queued> statements = std::exchange(queue_, {});
    bool is_sent = PQenterPipelineMode(connection_.get()) == 1;
    for (const Queued& statement : statements) is_sent = is_sent && Send(statement);
    if (!is_sent || PQpipelineSync(connection_.get()) == 0) {
        throw ConnectionLost("the connection to PostgreSQL broke while sending");
    }
    Rows last(nullptr);
    std::exception_ptr failure;
    Deadline deadline = AnswerDeadline();
    for (const Queued& statement : statements) {
        try {
            Rows result(NextResult(deadline));
            PQclear(NextResult(deadline));  // The null after each result.
            last = Check(std::move(result));
            if (statement.must_affect && last.affected() != *statement.must_affect) {
                throw SqlError("40001", "a row is no longer what was loaded");
            }
        } catch (const std::runtime_error&) {
            if (!failure) failure = std::current_exception();  // The others only follow from it.
        }
    }
    PQclear(NextResult(deadline));  // The end of the pipeline.
    PQexitPipelineMode(connection_.get());
    if (failure) std::rethrow_exception(failure);
    return last;
}

bool Connection::Send(const Queued& statement) {
    std::vector<const char*> values;
    std::vector<int> lengths;
    for (const std::string& param : statement.params) {
        values.push_back(param.data());
        lengths.push_back(static_cast<int>(param.size()));
    }
    const std::vector<int> formats(values.size(), kBinary);
    return PQsendQueryPrepared(connection_.get(), statement.name.c_str(),
                               static_cast<int>(values.size()), values.data(), lengths.data(),
                               formats.data(), kBinary) == 1;
}

void Connection::RunScript(const std::string& sql) {
    PQsendQuery(connection_.get(), sql.c_str());
    Finish();
}

void Connection::Finish() {
    Deadline deadline = AnswerDeadline();
    Rows last(nullptr);
    while (pg_result* result = NextResult(deadline)) last = Rows(result);
    Check(std::move(last));
}

Transaction::Transaction(Connection& connection) : connection_(connection) {
    connection_.queue_.clear();
    Queue("BEGIN");
}

Transaction::~Transaction() {
    if (!is_open_) return;
    connection_.queue_.clear();
    try {
        connection_.RunScript("ROLLBACK");
    } catch (const std::runtime_error&) {
        // On a broken connection the server rolls back by itself.
    }
}

void Transaction::QueueExact(std::int64_t must_affect, std::string_view sql, Params params) {
    connection_.Queue(sql, params, must_affect);
    is_exact_ = true;
}

void Transaction::Commit() {
    if (is_exact_) connection_.Flush();
    bool is_sent = false;
    try {
        connection_.Queue("COMMIT", {});
        is_sent = true;
        // Together with what is queued: after an error the server skips it, COMMIT included.
        const Rows done = connection_.Flush();
        is_open_ = false;
        // A failed transaction can be "committed": PostgreSQL answers that it has rolled back.
        if (done.tag() != "COMMIT") throw SqlError("25P02", "the transaction had failed before");
    } catch (const ConnectionLost& lost) {
        if (!is_sent) throw;
        throw CommitUnknown(lost.what());
    }
}

}  // namespace bangkit::postgres
