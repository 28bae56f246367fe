#pragma once

#include <span>
#include <string>

#include "libs/base/tracked.h"
#include "libs/command/unit_of_work.h"
#include "libs/timers/timer.h"

namespace bangkit::timers {

// The smallest thing that is due: an alarm that rings.

inline constexpr const char* kAlarmSchema =
    "CREATE TABLE alarms (alarm_id uuid PRIMARY KEY DEFAULT gen_random_uuid(),"
    "   version bigint NOT NULL DEFAULT 1, region_code text NOT NULL DEFAULT '18.71',"
    "   due_at timestamptz, is_broken boolean NOT NULL DEFAULT false,"
    "   misses boolean NOT NULL DEFAULT false);"
    "CREATE INDEX alarms_due ON alarms (due_at, alarm_id) WHERE due_at IS NOT NULL;"
    "CREATE TABLE rings (rung_id bigint GENERATED ALWAYS AS IDENTITY, alarm_id uuid NOT NULL,"
    "   due_at timestamptz NOT NULL, decided_at timestamptz NOT NULL);"
    "GRANT SELECT, INSERT, UPDATE ON alarms, rings TO bangkit_runtime";

struct Ring {
    Due due;
};

struct Alarm {
    std::string id;
    std::int64_t version = 0;
    bool is_broken = false;
    bool misses = false;
};

class AlarmUnit {
public:
    using Command = Ring;

    static std::string Target(const Ring& command) { return "alarm/" + command.due.id; }

    void Load(postgres::Transaction& transaction, std::span<const Ring* const> commands) {
        postgres::UuidArray ids;
        for (const Ring* command : commands) ids.Add(command->due.id);
        const postgres::Rows rows = transaction.Run(
            "SELECT alarm_id, version, is_broken, misses FROM alarms"
            " WHERE alarm_id = ANY($1::uuid[]) ORDER BY alarm_id FOR UPDATE",
            {ids});
        for (int i = 0; i < rows.size(); ++i) {
            alarms_.AddLoaded(
                {rows.Uuid(i, 0), rows.Int64(i, 1), rows.Bool(i, 2), rows.Bool(i, 3)});
        }
    }

    command::Outcome Handle(const command::PendingCommand<Ring>& pending, Time) {
        const Due& due = pending.command.due;
        Alarm& alarm = alarms_[due.id];
        if (alarm.version != due.version) {
            return Refused(ErrorCode::kAborted, "ETAG_STALE", "it has changed");
        }
        if (alarm.misses) {
            return Refused(ErrorCode::kUnavailable, "SOMETHING_MISSING", "it is not there yet");
        }
        if (alarm.is_broken) {
            return Refused(ErrorCode::kFailedPrecondition, "ALARM_BROKEN", "it cannot ring");
        }
        ++alarm.version;
        ids_.Add(due.id);
        due_at_.Add(due.due_at);
        decided_at_.Add(due.now);
        return "";
    }

    void Save(postgres::Transaction& transaction) {
        if (ids_.size() == 0) return;
        transaction.QueueExact(ids_.size(),
                               "UPDATE alarms SET due_at = NULL, version = version + 1"
                               " WHERE alarm_id = ANY($1::uuid[]) AND due_at IS NOT NULL",
                               {ids_});
        transaction.Queue(
            "INSERT INTO rings (alarm_id, due_at, decided_at)"
            " SELECT * FROM unnest($1::uuid[], $2::timestamptz[], $3::timestamptz[])",
            {ids_, due_at_, decided_at_});
    }

private:
    Tracked<Alarm> alarms_;
    postgres::UuidArray ids_;
    postgres::TimeArray due_at_, decided_at_;
};

inline Timer AlarmTimer(command::CommandLoop<AlarmUnit>& loop) {
    return {.name = "alarms",
            .find = FindDue("alarms", "alarm_id"),
            .fire = Commands(loop, "bangkit-test", "Ring",
                             [](const Due& due) { return Ring{.due = due}; })};
}

}  // namespace bangkit::timers
