# Kafka dies, freezes, is absent for long, changes its leaders, forgets the group; to be sourced by tests/faults/run.
# shellcheck shell=bash
# shellcheck disable=SC2317  # Functions within functions are called by `eventually`.

waiting_events() { query registration "SELECT count(*) FROM outbox"; }
events_wait() { [ "$(waiting_events)" -gt "$1" ]; }  # More than N.
nothing_waits() { [ "$(waiting_events)" -lt 500 ]; }  # The clients go on.

commands_were_not_disturbed() { equals "calls that were refused" "$(refusals UNAVAILABLE)/$(refusals DEADLINE_EXCEEDED)" 0/0; }

kafka_is_killed() {
    start_load
    random_pause 10
    kill -KILL "$(pid_of kafka)"
    began=$(now)
    recovers 90 "Kafka is up again" is_healthy kafka
    began=$(now)
    recovers 60 "the outbox is drained" nothing_waits
    stop_load
    commands_were_not_disturbed
    everything_holds
}

kafka_is_frozen() {
    start_load
    kill -STOP "$(pid_of kafka)"
    eventually 60 events_wait 1000
    kill -CONT "$(pid_of kafka)"
    began=$(now)
    recovers 90 "the outbox is drained" nothing_waits
    stop_load
    commands_were_not_disturbed
    everything_holds
}

# As long as it takes for thousands of events: they wait in the outbox, and commands go on.
kafka_is_absent() {
    supervisor stop servers:kafka >/dev/null
    start_load
    bangkit demo generate --region 17.71 --businesses 20000 --seed "$seed" >"$folder/absent.csv"
    exits_with 0 bangkit import "$folder/absent.csv"
    matches "events that wait" "$(waiting_events)" '^[2-9][0-9]{4}$'
    exits_with 0 bangkit dashboard 18
    supervisor start servers:kafka >/dev/null
    began=$(now)
    recovers 120 "the outbox is drained of $(waiting_events) events" nothing_waits
    stop_load
    commands_were_not_disturbed
    everything_holds
}

# Two more brokers; the topic moves there, and its leaders die in turn.
leaders_change() {
    local number
    for number in 2 3; do start_broker "$number"; done
    place_topic 2,3
    start_load
    clients_are_answered
    for number in 2 3 2; do
        stop_broker "$number"
        began=$(now)
        recovers 60 "what was led by broker $number is led by the other" leads_nothing "$number"
        recovers 60 "the outbox is drained" nothing_waits
        start_broker "$number"
        eventually 90 is_in_sync "$number"
    done
    stop_load
    commands_were_not_disturbed
    everything_holds
    place_topic 1
    for number in 2 3; do stop_broker "$number"; done
    everything_holds
}
broker_folder() { say "$var/kafka-$1"; }
broker_port() { say $((kafka_link_port + 100 + 2 * $1)); }
start_broker() {  # NUMBER
    local dir port
    dir=$(broker_folder "$1") port=$(broker_port "$1")
    mkdir -p "$dir"
    sed -e "s/^process.roles=.*/process.roles=broker/" -e "s/^node.id=.*/node.id=$1/" \
        -e "s|^listeners=.*|listeners=PLAINTEXT://127.0.0.1:$port,LINK://127.0.0.1:$((port + 1))|" \
        -e "s|^advertised.listeners=.*|advertised.listeners=PLAINTEXT://127.0.0.1:$port,LINK://127.0.0.1:$((port + 1))|" \
        -e "s|^log.dirs=.*|log.dirs=$dir/data|" "$var/kafka/server.properties" >"$dir/server.properties"
    [ -f "$dir/data/meta.properties" ] ||
        kafka_tool kafka.tools.StorageTool format -t "$(sed -n 's/^cluster.id=//p' "$var/kafka/data/meta.properties")" \
            -c "$dir/server.properties" >/dev/null
    setsid java -Xms128m -Xmx256m -Dorg.slf4j.simpleLogger.defaultLogLevel=warn -cp "$packages/kafka-4.3.1/*" \
        kafka.Kafka "$dir/server.properties" >>"$dir/log" 2>&1 &
    say $! >"$dir/pid"
    disown
    on_exit stop_broker "$1"
    eventually 60 port_is_open "$port"
}
stop_broker() { stop_process "$(cat "$(broker_folder "$1")/pid")" KILL 10; }
kafka_tool() { java -Xmx256m -Dorg.slf4j.simpleLogger.defaultLogLevel=error -cp "$packages/kafka-4.3.1/*" "$@"; }
topic_layout() { kcat -q -L -m 5 -J -b "$kafka_address" -t bangkit.registration.v1 | jq -c '.topics[0].partitions'; }
leads_nothing() { [ "$(topic_layout | jq "[.[] | select(.leader == $1 or .leader < 0)] | length")" = 0 ]; }
is_in_sync() { [ "$(topic_layout | jq "[.[] | select(all(.isrs[]; .id != $1))] | length")" = 0 ]; }
place_topic() {  # BROKER,BROKER: every other partition the other way round.
    local plan=$folder/placement.json
    jq -n --argjson brokers "[$1]" '{version: 1, partitions: [range(12) | {topic: "bangkit.registration.v1", partition: .,
        replicas: (if . % 2 == 0 then $brokers else ($brokers | reverse) end)}]}' >"$plan"
    kafka_tool org.apache.kafka.tools.reassign.ReassignPartitionsCommand --bootstrap-server "$kafka_address" \
        --reassignment-json-file "$plan" --execute >/dev/null
    is_placed() { [ "$(topic_layout | jq -c '[.[0].replicas[].id] | sort')" = "[$1]" ]; }
    eventually 90 is_placed "$1"
}

# The group's offsets in Kafka mean nothing: the service's own database has them.
the_group_is_deleted() {
    local copies
    start_load
    clients_are_answered
    supervisor stop services:dashboard >/dev/null
    group_is_gone() {
        kafka_tool org.apache.kafka.tools.consumer.group.ConsumerGroupCommand --bootstrap-server "$kafka_address" \
            --delete --group bangkit-dashboard
    }
    eventually 60 group_is_gone
    supervisor start services:dashboard >/dev/null
    began=$(now)
    recovers 60 "dashboard is ready again" is_healthy dashboard
    clients_are_answered
    stop_load
    everything_holds
    copies=$(curl -fsS "http://127.0.0.1:$(admin_port dashboard)/metrics" |
        awk '/^bangkit_consumer_events_total{.*result="copy"/ {sum += $2} END {print sum + 0}')
    equals "events that were read again" "$copies" 0
}
