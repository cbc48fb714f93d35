#!/bin/sh
# What the browser tests need: Chromium, and a font for Bangla. Installs from Debian what is missing.
set -eu

missing=""
command -v chromium >/dev/null || command -v chromium-browser >/dev/null || missing="chromium"
[ -n "$(fc-list :lang=bn 2>/dev/null || true)" ] || missing="$missing fontconfig fonts-noto-core"
[ -n "$missing" ] || exit 0

by_hand() {
    echo "The browser tests need:$(printf ' %s' $missing). $1" >&2
    exit 1
}

as_root=""
command -v apt-get >/dev/null || by_hand "Install Chromium and a font for Bangla, then try again."
if [ "$(id -u)" != 0 ]; then
    command -v sudo >/dev/null || by_hand "As root: apt-get install $(echo $missing)"
    as_root="sudo"
fi

log=$(mktemp)
trap 'rm -f "$log"' EXIT
install() {
    $as_root apt-get update &&
        $as_root env DEBIAN_FRONTEND=noninteractive \
            apt-get install --yes --no-install-recommends $missing
}
echo "Installing for the browser tests: $(echo $missing) …"
install </dev/null >"$log" 2>&1 || {
    tail -n 20 "$log" >&2
    by_hand "apt-get could not install it."
}
