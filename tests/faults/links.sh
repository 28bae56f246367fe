# Links between the services and the servers, which can be slow, cut or silent (toxiproxy); to be sourced before tests/stack.sh.
# shellcheck shell=bash
links=yes

start_links() {
    "$packages/bin/toxiproxy" -host 127.0.0.1 -port "$links_port" >"$var/links.log" 2>&1 &
    on_exit stop_process "$!" TERM 5
    wait_until 10 links_api GET version || fail "the links did not start: $(tail -n 3 "$var/links.log")"
    make_link postgres "$postgres_link_port" "$postgres_port"
    make_link redis "$redis_link_port" "$redis_port"
    make_link kafka "$kafka_link_port" "$((kafka_link_port + 1))"
}

links_api() {  # METHOD PATH [JSON]
    curl -fsS --max-time 5 -X "$1" "http://127.0.0.1:$links_port/$2" ${3:+--data "$3"} >/dev/null
}
make_link() {  # NAME PORT SERVER-PORT
    links_api POST proxies "{\"name\": \"$1\", \"listen\": \"127.0.0.1:$2\", \"upstream\": \"127.0.0.1:$3\", \"enabled\": true}"
}
add_toxic() {  # LINK TYPE ATTRIBUTES: on the way back from the server.
    links_api POST "proxies/$1/toxics" "{\"type\": \"$2\", \"stream\": \"downstream\", \"attributes\": {$3}}"
}

# slow_link LINK MILLISECONDS: every answer comes so much later.
slow_link() { add_toxic "$1" latency "\"latency\": $2, \"jitter\": $(($2 / 4))"; }
# cut_link LINK: connections break, and new ones are refused.
cut_link() { links_api POST "proxies/$1" '{"enabled": false}'; }
# silence_link LINK: the server hears everything, and nobody hears the server.
silence_link() { add_toxic "$1" timeout '"timeout": 0'; }
# heal_links: all of them. Connections that were silent break.
heal_links() { links_api POST reset; }
