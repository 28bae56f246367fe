# Building what a local run needs; to be sourced after settings.sh.
# shellcheck shell=bash

# build PRESET [TARGET...]: as many compilers at once as there are cores and 1.5 GiB of memory for each.
build() {
    local preset=$1 jobs
    shift
    [ -f "$root/build/$preset/build.ninja" ] || (cd "$root" && cmake --preset "$preset")
    jobs=$(awk -v cores="$(nproc)" '/^MemAvailable/ {n = int($2 / 1572864)} END {print n < 1 ? 1 : n < cores ? n : cores}' /proc/meminfo)
    ninja -C "$root/build/$preset" -j "$jobs" "$@"
}

build_programs() {
    build release bangkit bangkit-registration bangkit-aid bangkit-dashboard
    mkdir -p "$root/deploy/bin"
    ln -sfn "$binaries/services/cli/bangkit" "$root/deploy/bin/bangkit"
}

make_keys() {
    [ -f "$var/keys/jwks.json" ] || "$binaries/services/cli/bangkit" keys generate --out "$var/keys"
}
