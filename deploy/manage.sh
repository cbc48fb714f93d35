#!/bin/sh
# manage.py on a server, with the site's settings and as its own user, from any folder:
#     iontoinfo create_staff rina --role Administrator
# deploy/install.sh links it to /usr/local/sbin under the site's name. It runs the release that is
# live, or the one whose folder is in RELEASE.
set -eu
site=$(basename "$0")
release=${RELEASE:-/srv/$site/current}
[ "$(id -u)" -eq 0 ] || { echo "Error: run it as root: sudo $site $*" >&2; exit 1; }
[ -r "/etc/$site.env" ] || { echo "Error: there is no site $site here: /etc/$site.env is missing." >&2; exit 1; }
io=--pipe
if [ -t 0 ] && [ -t 1 ]; then io=--pty; fi
# The description is what the journal has: by itself it would be all that was typed.
exec systemd-run --quiet --collect --wait --service-type=exec "$io" --description="$site ${1:-}" \
    --property=User="$site" --property=UMask=0027 \
    --property=EnvironmentFile="/etc/$site.env" \
    --property=Environment=STATIC_ROOT="$release/collected" \
    --property=WorkingDirectory="$release" \
    "$release/.venv/bin/python" manage.py "$@"
