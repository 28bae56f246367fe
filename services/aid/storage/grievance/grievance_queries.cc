#include "services/aid/storage/grievance/grievance_queries.h"

#include <stdexcept>

namespace bangkit::aid {
namespace {

using postgres::Int64;
using postgres::Rows;
using postgres::Transaction;

const std::string kSelect =
    "SELECT " + std::string(kGrievanceColumns) + ", g.wrapped_key, g.words FROM grievances g";
const std::string kFindSql = kSelect + " WHERE g.grievance_id = $1::text::uuid";
const std::string kTicketSql = kSelect + " WHERE g.ticket = $1::text";

constexpr std::string_view kMessagesSql =
    "SELECT version, kind, level, words, said_at FROM grievance_messages"
    " WHERE grievance_id = $1::text::uuid ORDER BY version";
constexpr std::string_view kStepsSql =
    "SELECT version, state, level, recorded_at FROM grievance_history"
    " WHERE grievance_id = $1::text::uuid ORDER BY version";

/// $1 service, $2 state, $3 class, $4 open, $5 overdue, $6 escalated, $7 to be evaluated.
const std::string kFilter =
    " ($1::bigint = 0 OR g.service = $1::bigint) AND ($2::bigint = 0 OR g.state = $2::bigint)"
    " AND ($3::bigint = 0 OR g.class = $3::bigint) AND ($4::bigint = 0 OR g.state <= 2)"
    " AND ($5::bigint = 0 OR g.is_overdue) AND ($6::bigint = 0 OR g.escalated_at IS NOT NULL)"
    " AND ($7::bigint = 0 OR g.is_to_be_evaluated)";
/// In the order of regions, and of ids in each.
std::string ListSql(const std::string& condition) {
    return "SELECT " + std::string(kGrievanceColumns) + " FROM grievances g WHERE " + condition +
           "       g.region_code >= $8::text COLLATE \"C\""
           "   AND g.region_code < ($8::text || '/') COLLATE \"C\""  // '/' follows '.'.
           "   AND (g.region_code, g.grievance_id) > ($9::text COLLATE \"C\", $10::text::uuid) "
           "AND" +
           kFilter + " ORDER BY g.region_code, g.grievance_id LIMIT $11::bigint";
}
const std::string kListSql = ListSql("");
// The few that are on the list of the next meeting have an index of their own.
const std::string kToBeEvaluatedSql = ListSql("g.is_to_be_evaluated AND");
const std::string kOwnSql = "SELECT " + std::string(kGrievanceColumns) +
                            " FROM grievances g"
                            " WHERE g.owner_id = $8::text::uuid AND g.grievance_id > $9::text::uuid"
                            "   AND" +
                            kFilter + " ORDER BY g.grievance_id LIMIT $10::bigint";

/// A filter as parameters.
struct FilterParams {
    explicit FilterParams(const GrievanceFilter& filter)
        : service(Number(filter.service)),
          state(Number(filter.state)),
          grievance_class(Number(filter.grievance_class)),
          open(Flag(filter.only_open)),
          overdue(Flag(filter.only_overdue)),
          escalated(Flag(filter.only_escalated)),
          to_be_evaluated(Flag(filter.only_to_be_evaluated)) {}

    static std::string Number(const auto& value) {
        return Int64(value ? static_cast<std::int64_t>(*value) : 0);
    }
    static std::string Flag(bool is_set) { return Int64(is_set ? 1 : 0); }

    const std::string service, state, grievance_class, open, overdue, escalated, to_be_evaluated;
};

std::vector<Grievance> ToGrievances(const Rows& rows) {
    std::vector<Grievance> grievances;
    for (int i = 0; i < rows.size(); ++i) grievances.push_back(ToGrievance(rows, i));
    return grievances;
}

}  // namespace

std::optional<StoredGrievance> GrievanceQueries::Find(const Viewer& viewer,
                                                      const std::string& grievance_id) const {
    return FindBy(viewer, kFindSql, grievance_id);
}

std::optional<StoredGrievance> GrievanceQueries::FindByTicket(const std::string& ticket) const {
    return FindBy({.regions = {"*"}}, kTicketSql, ticket);
}

std::optional<StoredGrievance> GrievanceQueries::FindBy(const Viewer& viewer, std::string_view sql,
                                                        const std::string& value) const {
    return ReadAs(pool_, viewer, [&](Transaction& transaction) -> std::optional<StoredGrievance> {
        // Row-level security holds for the grievance; what was said in it is as secret as it is.
        const Rows rows = transaction.Run(sql, {value});
        if (rows.size() == 0) return std::nullopt;
        StoredGrievance stored{
            .grievance = ToGrievance(rows, 0), .text = {}, .messages = {}, .steps = {}};
        std::optional<crypto::Key> key;
        const std::string_view wrapped_key = rows.Bytes(0, kGrievanceColumnCount);
        if (!wrapped_key.empty()) {
            auto opened = OpenGrievanceKey(keys_, stored.grievance.id, wrapped_key);
            if (!opened) throw std::runtime_error("the key of a grievance cannot be opened");
            key = *std::move(opened);
            const auto words =
                OpenGrievance(*key, stored.grievance.id, rows.Bytes(0, kGrievanceColumnCount + 1));
            if (!words) throw std::runtime_error("the words of a grievance cannot be opened");
            stored.text = words->text;
        }
        AddMessages(transaction, stored, key);
        return stored;
    });
}

void GrievanceQueries::AddMessages(Transaction& transaction, StoredGrievance& stored,
                                   const std::optional<crypto::Key>& key) const {
    const std::string& id = stored.grievance.id;
    const Rows messages = transaction.Run(kMessagesSql, {id});
    for (int i = 0; i < messages.size(); ++i) {
        SaidMessage& message = stored.messages.emplace_back();
        message.kind = static_cast<GrievanceMessageKind>(messages.Int64(i, 1));
        message.level = static_cast<GrievanceLevel>(messages.Int64(i, 2));
        message.said_at = messages.Time(i, 4);
        const std::string_view words = messages.Bytes(i, 3);
        if (!key || words.empty()) continue;
        auto text = OpenMessage(*key, id, messages.Int64(i, 0), words);
        if (!text) throw std::runtime_error("a message of a grievance cannot be opened");
        message.text = *std::move(text);
    }
    const Rows steps = transaction.Run(kStepsSql, {id});
    for (int i = 0; i < steps.size(); ++i) {
        stored.steps.push_back({.version = steps.Int64(i, 0),
                                .state = static_cast<GrievanceState>(steps.Int64(i, 1)),
                                .level = static_cast<GrievanceLevel>(steps.Int64(i, 2)),
                                .recorded_at = steps.Time(i, 3)});
    }
}

std::vector<Grievance> GrievanceQueries::List(const Viewer& viewer, const GrievanceFilter& filter,
                                              const GrievancePlace& after,
                                              std::int64_t limit) const {
    const FilterParams by(filter);
    const std::string most = Int64(limit);
    const std::string& sql = filter.only_to_be_evaluated ? kToBeEvaluatedSql : kListSql;
    return ToGrievances(ReadAs(pool_, viewer, [&](Transaction& transaction) {
        return transaction.Run(sql, {by.service, by.state, by.grievance_class, by.open, by.overdue,
                                     by.escalated, by.to_be_evaluated, filter.region_code,
                                     after.region_code, after.grievance_id, most});
    }));
}

std::vector<Grievance> GrievanceQueries::ListOwn(const Viewer& viewer,
                                                 const GrievanceFilter& filter,
                                                 const std::string& after,
                                                 std::int64_t limit) const {
    const FilterParams by(filter);
    const std::string most = Int64(limit);
    return ToGrievances(ReadAs(pool_, viewer, [&](Transaction& transaction) {
        return transaction.Run(
            kOwnSql, {by.service, by.state, by.grievance_class, by.open, by.overdue, by.escalated,
                      by.to_be_evaluated, viewer.owner_id, after, most});
    }));
}

}  // namespace bangkit::aid
