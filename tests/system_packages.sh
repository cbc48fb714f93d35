#!/bin/sh
# What the tests need beside Python: Chromium, a font for Bangla, nginx, GNU gettext, and age. Installs
# from Debian what is missing.
set -eu

set --
command -v chromium-headless-shell >/dev/null || command -v chromium >/dev/null ||
    command -v chromium-browser >/dev/null || set -- chromium-headless-shell
[ -n "$(fc-list :lang=bn 2>/dev/null || true)" ] || set -- "$@" fontconfig fonts-noto-core
[ -n "$(PATH=$PATH:/usr/sbin:/usr/local/sbin command -v nginx)" ] || set -- "$@" nginx-light
command -v xgettext >/dev/null && command -v msgmerge >/dev/null || set -- "$@" gettext
command -v age >/dev/null || set -- "$@" age
[ $# -gt 0 ] || exit 0

give_up() {
    echo "The tests cannot run: $1" >&2
    exit 1
}
command -v apt-get >/dev/null || give_up "install Chromium, a font for Bangla, nginx, GNU gettext and age by hand."

as_root=""
if [ "$(id -u)" != 0 ]; then
    command -v sudo >/dev/null || give_up "as root, first: apt-get install $*"
    as_root="sudo"
fi

echo "Installing for the tests: $* …"
log=$(mktemp)
trap 'rm -f "$log"' EXIT
{
    $as_root apt-get update &&
        $as_root env DEBIAN_FRONTEND=noninteractive \
            apt-get install --yes --no-install-recommends "$@"
} </dev/null >"$log" 2>&1 || {
    tail -n 20 "$log" >&2
    give_up "apt-get could not install $*"
}
