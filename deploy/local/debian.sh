#!/usr/bin/env bash
# debian.sh: installs the packages of debian-packages.txt that are missing; needs root for that, and only then.
# debian.sh --missing: prints them.
# Services that come with packages are neither started nor enabled: bangkit starts its own, on its own ports.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"

missing_packages() {
    local wanted
    wanted=$(sed -e 's/#.*//' -e '/^[[:space:]]*$/d' "$root/deploy/local/debian-packages.txt")
    # shellcheck disable=SC2086  # One word per package.
    dpkg-query -W -f '${db:Status-Status} ${Package}\n' $wanted 2>/dev/null |
        awk '$1 == "installed" {print $2}' | sort -u |
        comm -13 - <(printf '%s\n' "$wanted" | sort -u)
}

no_starts() {  # While this file says 101, packages start no service. A machine's own file stays as it is.
    [ -e /usr/sbin/policy-rc.d ] && return
    on_exit rm -f /usr/sbin/policy-rc.d
    printf '#!/bin/sh\nexit 101\n' >/usr/sbin/policy-rc.d
    chmod 755 /usr/sbin/policy-rc.d
}

stay_off_after_reboot() {  # PACKAGE...: the services of those that came just now.
    command -v systemctl >/dev/null || return 0
    local package
    for package in "$@"; do
        case $package in
            postgresql-15) systemctl disable postgresql ;;
            prometheus | prometheus-node-exporter | redis-server | supervisor) systemctl disable "$package" ;;
        esac
    done
}

install_packages() {  # PACKAGE...
    export DEBIAN_FRONTEND=noninteractive
    require_space / 5
    no_starts
    apt-get update || warn "not every package list could be updated"
    apt-get install -y --no-install-recommends "$@" ||
        fail "the Debian packages could not be installed; the log above says which" \
            "Is Debian's package archive reachable (/etc/apt/sources.list, proxy, DNS)? Is this Debian 12?"
    stay_off_after_reboot "$@"
}

mapfile -t missing < <(missing_packages)
if [ "${1:-}" = --missing ]; then
    [ ${#missing[@]} -eq 0 ] || printf '%s\n' "${missing[@]}"
elif [ ${#missing[@]} -gt 0 ]; then
    [ "$(id -u)" = 0 ] || fail "these packages are missing, and installing them needs root: ${missing[*]}" \
        "Run: sudo deploy/install"
    install_packages "${missing[@]}"
fi
