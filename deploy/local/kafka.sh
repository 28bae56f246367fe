#!/usr/bin/env bash
# A private Kafka on 127.0.0.1: one KRaft node, broker and controller in one process (the controller on PORT + 1).
#   kafka.sh init DIR PORT [LINK] | run DIR | start DIR | stop DIR | ready DIR
set -euo pipefail
umask 077
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"
. "$(dirname "${BASH_SOURCE[0]}")/server.sh"

jars=$packages/kafka-4.3.1
stop_signal=TERM

java_of_kafka() {
    exec java -Xms256m -Xmx512m -XX:+UseG1GC -XX:MaxGCPauseMillis=20 -XX:+ExitOnOutOfMemoryError \
        -Dorg.slf4j.simpleLogger.defaultLogLevel=warn -Dorg.slf4j.simpleLogger.showDateTime=true \
        -Dorg.slf4j.simpleLogger.dateTimeFormat=yyyy-MM-dd\'T\'HH:mm:ss.SSSZ \
        -cp "$jars/*" "$@"
}

# LINK: the port of a link that leads to it. Who comes by that, to the port after LINK, is sent back to the link.
init() {  # DIR PORT [LINK]
    [ -f "$jars/.complete" ] || fail "Kafka is not installed: run deploy/install"
    write_settings "$1" "$2" "${3:-$2}"
    [ -f "$1/data/meta.properties" ] && return
    (java_of_kafka kafka.tools.StorageTool format -t "$(cluster_id)" -c "$1/server.properties")
}
# Never with a hyphen in front: that would be read as an option.
cluster_id() { head -c 16 /dev/urandom | base64 | tr '+/' '-_' | tr -d '=' | sed 's/^-/A/'; }

write_settings() {  # DIR PORT LINK
    local listens=PLAINTEXT://127.0.0.1:$2 advertises=PLAINTEXT://127.0.0.1:$2
    if [ "$3" != "$2" ]; then
        listens+=,LINK://127.0.0.1:$(($3 + 1)) advertises+=,LINK://127.0.0.1:$3
    fi
    write_file "$1/server.properties" <<END
process.roles=broker,controller
node.id=1
controller.quorum.voters=1@127.0.0.1:$(($2 + 1))
controller.listener.names=CONTROLLER
listeners=$listens,CONTROLLER://127.0.0.1:$(($2 + 1))
advertised.listeners=$advertises
listener.security.protocol.map=PLAINTEXT:PLAINTEXT,LINK:PLAINTEXT,CONTROLLER:PLAINTEXT
log.dirs=$1/data
auto.create.topics.enable=false
message.max.bytes=1048576
num.network.threads=2
num.io.threads=4
# One node: no replicas. Many small topics in tests: small index files.
offsets.topic.num.partitions=4
offsets.topic.replication.factor=1
transaction.state.log.num.partitions=4
transaction.state.log.replication.factor=1
transaction.state.log.min.isr=1
share.coordinator.state.topic.replication.factor=1
share.coordinator.state.topic.min.isr=1
share.coordinator.state.topic.num.partitions=4
log.index.size.max.bytes=1048576
# After a crash the broker waits until its former self is taken for dead (9 s if nothing is said).
broker.session.timeout.ms=3000
broker.heartbeat.interval.ms=500
# A group is complete when its members are here, not three seconds later.
group.initial.rebalance.delay.ms=0
END
}

run() {
    cd "$1"
    java_of_kafka kafka.Kafka "$1/server.properties"
}

is_ready() {
    kcat -q -L -m 2 -b "$(sed -n 's|^advertised.listeners=PLAINTEXT://\([^,]*\).*|\1|p' "$1/server.properties")" |
        grep -E '[1-9] brokers' >/dev/null
}

server_main "$@"
