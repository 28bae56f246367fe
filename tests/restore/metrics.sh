# The metrics that alert rules name, asked of a running installation; to be sourced by tests/restore/run.
# shellcheck shell=bash
# shellcheck disable=SC2317  # Functions within functions are called by `eventually`.

every_metric_is_exposed() {
    local port exposed name
    port=$(free_port)
    prometheus-node-exporter --web.listen-address="127.0.0.1:$port" --collector.textfile.directory="$var/metrics" \
        >"$var/log/node-exporter.log" 2>&1 &
    on_exit stop_process $! TERM 5
    node_answers() { curl -fsS "http://127.0.0.1:$port/metrics"; }
    eventually 30 node_answers
    exposed=$(node_answers; for name in "${services[@]}"; do curl -fsS "http://127.0.0.1:$(admin_port "$name")/metrics"; done)
    for name in $(metrics_of_rules); do
        grep -qE "^${name}[{ ]" <<<"$exposed" || not_so "a rule names $name, which nobody exposes"
    done
    equals "archive, as the rules see it" "$(grep '^bangkit_archive_synchronous' <<<"$exposed")" "bangkit_archive_synchronous 1"
}
metrics_of_rules() { grep -oE '\b(bangkit|node)_[a-z_]+' <(grep -v '^ *\(runbook\|summary\|description\):' "$root/deploy/prometheus/alerts.yml") | sort -u; }
