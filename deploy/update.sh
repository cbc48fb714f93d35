#!/usr/bin/env bash
# Brings a site that deploy/install.sh installed to another version. docs/operate.md, "Update".
#
# The new version is made beside the one that is live, and tried beside it before any reader gets it. Then a
# link is changed and the workers start anew, while the trial answers: nobody is refused, and nobody waits.
# What does not answer afterwards is taken back.
set -euo pipefail
clone=$(realpath "$(dirname "${BASH_SOURCE[0]}")/..")
source "$clone/deploy/release.sh"

usage() {
    cat <<'END'
Usage: deploy/update.sh [SOURCE] [--name NAME] [--dry-run]
       deploy/update.sh --restart [--name NAME]
Run it as root.

  SOURCE        what to bring the site to: a commit, branch or tag of this clone, a folder, a tarball, or
                a version that is still in /srv/iontoinfo/releases; without it, what this clone has
                checked out
  --name NAME   of a second clinic on this server, as given to install.sh
  --restart     the version that is live, with what stands in its settings now: tried first, and nobody waits
  --dry-run     say what would be done, and change nothing
  --help        this
END
}

given=("$@") wanted='' name='' dry_run=false restart=false
while (($#)); do
    case $1 in
        --name)
            [[ -n ${2:-} ]] || fail "--name needs a value. See: deploy/update.sh --help"
            name=$2
            shift 2
            ;;
        --dry-run) dry_run=true && shift ;;
        --restart) restart=true && shift ;;
        --help) usage && exit ;;
        -*) fail "$1 is not known. See: deploy/update.sh --help" ;;
        *)
            [[ -z $wanted ]] || fail "one SOURCE only. See: deploy/update.sh --help"
            wanted=$1
            shift
            ;;
    esac
done

[[ $(id -u) == 0 ]] || fail "run it as root: sudo deploy/update.sh"
[[ -d /run/systemd/system ]] || fail "systemd does not run here. In a container, see docs/deployment.md."
site=iontoinfo${name:+-$name}
# Readers go first: what is made here takes the processor that they leave.
if [[ -z ${GOES_LAST:-} ]]; then
    export GOES_LAST=1
    exec systemd-run --quiet --scope --nice=10 --property=CPUWeight=10 "${BASH_SOURCE[0]}" "${given[@]}"
fi
[[ -L /srv/$site/current && -e /etc/$site.env ]] || fail "there is no site $site here. Install it first: deploy/install.sh"
var=/var/lib/$site socket=/run/$site.sock
domain=$(setting PUBLIC_URL)
domain=${domain#https://}
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
exec 9>"/run/$site-update.lock"
flock --nonblock 9 || fail "another update of $site is under way."
enough_space "/srv/$site"

manage() {  # RELEASE COMMAND…
    local release=$1
    shift
    RELEASE=$release "/usr/local/sbin/$site" "$@" </dev/null
}

before=$(realpath "/srv/$site/current")
if $restart; then
    [[ -z $wanted ]] || fail "--restart is for the version that is live, without a SOURCE."
    wanted=$(basename "$before")
fi
find_source "$wanted"
after=$release
echo "$site: from $(basename "$before") to $version$($dry_run && echo '. Nothing is changed' || true)"
if [[ $before == "$after" ]] && ! $restart; then
    echo "$version is live already. Nothing was changed."
    exit
fi

make_release
if $dry_run; then
    note would "copy the database, and bring it up to date with the new version if that has migrations"
    note would "try the new version beside the old: /healthz, and a page in each language"
    note would "let /srv/$site/current lead to $after, and restart $site: its socket stays open"
    note would "see whether it answers, and take it back if not"
    note would "remove all but the newest $KEPT_RELEASES versions"
    exit
fi

# refuse WHY  a version that no reader got leaves nothing behind.
refuse() {
    if $made; then rm -rf "$after"; fi
    fail "$1 $(basename "$before") is live."
}

# --- Before any reader gets it ---------------------------------------------------------------------

manage "$after" check >"$scratch/check" 2>&1 || {
    cat "$scratch/check" >&2
    refuse "the new version does not start with /etc/$site.env."
}

# The pages that a reader gets now must be there afterwards.
mapfile -t pages < <(pages_of "$socket")
note "" "asked before and after: ${pages[*]:-only /healthz, since no page is live}"

migrated=false
if ! manage "$after" migrate --check &>/dev/null; then migrated=true; fi

# For the way back alone; `backup` is what one keeps.
copy=$var/before-update.sqlite3
database() {  # copy, restore, digest: of an SQLite database; says nothing about another one
    manage "$before" shell --command "
import hashlib, os, sqlite3
from django.db import connection
if connection.vendor == 'sqlite':
    connection.ensure_connection()
    here = connection.connection
    if '$1' == 'copy':
        if os.path.exists('$copy'):
            os.remove('$copy')
        other = sqlite3.connect('$copy')
        here.backup(other)
        other.close()
    elif '$1' == 'restore':
        sqlite3.connect('$copy').backup(here)
    digest = hashlib.sha256()
    for line in here.iterdump():
        digest.update(line.encode())
    print('digest', digest.hexdigest())
" 2>/dev/null | grep '^digest' || true
}

if [[ -e $before/treatments/management/commands/backup.py ]]; then
    change "back up" manage "$before" backup
fi
before_update='' since_update=''
if $migrated; then
    note now "copy the database, for the way back"
    before_update=$(database copy)
fi
# see_to_database  once it is the version of before that is live: it does not mind new columns, as a
# rule. Where it does, the database of before comes back, unless that would lose what was written.
see_to_database() {
    if is_well "$socket" 30 "${pages[@]}"; then
        note "" "The version of before answers."
    elif ! $migrated; then
        warn "the version of before does not answer either: $wrong. See: journalctl --unit $site"
    elif [[ -n $before_update && -n $since_update && $(database digest) == "$since_update" ]]; then
        note now "put the database of before back: $wrong, and nothing was written since"
        systemctl stop "$site.socket" "$site.service"
        database restore >/dev/null
        systemctl start "$site.socket" "$site.service"
        is_well "$socket" 30 "${pages[@]}" || warn "it still does not answer: $wrong. See: journalctl --unit $site"
    else
        warn "the version of before does not answer with the new version's database: $wrong. Something was
         written to it since, or it is PostgreSQL, so it was left alone. Either mend the new version and
         update again; or, losing what was written since, restore the backup of before this update:
         docs/operate.md, \"Restore\". A copy of an SQLite database is $copy."
    fi
}

prepared=true
change "bring the database up to date, and load what is shipped" manage "$after" prepare || prepared=false
if $migrated; then since_update=$(database digest); fi
if ! $prepared; then
    see_to_database
    refuse "The database could not be brought up to date."
fi

# The trial is the new version by its own unit, from its own folder, with a socket of its own.
trial=$site-trial
answer_on() {  # SOCKET-UNIT…  starts the trial on these
    local unit=/run/systemd/system/$trial.service
    systemctl stop "$trial.service" 2>/dev/null || true
    install -d "$unit.d"
    sed "s/iontoinfo/$site/g; s#/srv/$site/current#$after#g; s/^Restart=.*/Restart=no/" \
        "$after/deploy/systemd/iontoinfo.service" >"$unit"
    cp "$after/deploy/systemd/sandbox.conf" "$unit.d/"
    printf '[Service]\nSockets=%s\n' "$*" >"$unit.d/sockets.conf"
    printf '[Socket]\nListenStream=/run/%s.sock\nSocketMode=0600\nRemoveOnStop=yes\n' "$trial" \
        >"${unit%.service}.socket"
    systemctl daemon-reload
    wrong="it does not start"
    systemctl start "$trial.service" 2>/dev/null && is_well "/run/$trial.sock" 30 "${pages[@]}"
}
end_trial() {
    systemctl stop "$trial.service" "$trial.socket" 2>/dev/null || true
    rm -rf "/run/systemd/system/$trial".*
    systemctl daemon-reload
}
trap 'end_trial; rm -rf "$scratch"' EXIT
note now "try the new version beside the old"
began=$SECONDS
if ! answer_on "$trial.socket"; then
    reason=$wrong
    journalctl --unit "$trial" --lines 20 --no-pager --output cat >&2 || true
    see_to_database
    refuse "the new version is not well: $reason. No reader saw it;"
fi
took=$((SECONDS - began + 1))

# --- The change ----------------------------------------------------------------------------------

bring() {  # RELEASE  its units, the link to it, what nginx includes of it, new workers
    local nginx_changed=false
    put_units "$1" >"$scratch/units"
    grep -v '^right' "$scratch/units" || true
    link "/srv/$site/current" "$1"
    if ! diff -qr "$before/deploy/nginx" "$after/deploy/nginx" >/dev/null; then nginx_changed=true; fi
    if $nginx_changed; then nginx -t -q || return; fi
    if $socket_changed; then change "open the socket anew" systemctl restart "$site.socket" || return; fi
    if $restart || $units_changed || [[ $(running) != "$1" ]]; then
        change "restart $site, its socket staying open" systemctl restart "$site.service" || return
    fi
    if $nginx_changed; then change "let nginx read its rules anew" systemctl reload nginx; fi
}

running() {  # the release that the workers are of
    readlink "/proc/$(systemctl show --value --property MainPID "$site.service")/cwd" || true
}

roll_back() {  # WHY
    trap - INT TERM HUP
    end_trial
    echo "The new version is taken back: $1."
    bring "$before"
    see_to_database
    refuse "$1."
}

trap 'roll_back "it was interrupted"' INT TERM HUP
# Readers are answered by the trial too, until the workers that were started anew have had time to load.
answer_on "$trial.socket" "$site.socket" || refuse "the new version is not well: $wrong."
bring "$after" || roll_back "it could not be started"
sleep $((2 * took))
end_trial
note now "see whether it answers"
is_well "$socket" 30 "${pages[@]}" || roll_back "the new version is not well: $wrong"
for page in "${pages[@]:-/healthz}"; do
    status=$(curl --silent --insecure --output /dev/null --write-out '%{http_code}' --max-time 15 \
        --resolve "$domain:443:127.0.0.1" "https://$domain$page" || true)
    [[ $status == 200 ]] || roll_back "through nginx $page answers $status"
done
trap - INT TERM HUP

# --- Tidying up ----------------------------------------------------------------------------------

rm -f "$copy"
mapfile -t timers < <(timers_of "$after")
switch_on "${timers[@]}" | grep -v '^right' || true
while IFS= read -r old; do
    if [[ $old != "$after" && $old != "$before" ]]; then
        change "remove version $(basename "$old")" rm -rf "$old"
    fi
done < <(find "/srv/$site/releases" -mindepth 2 -maxdepth 2 -name .complete -printf '%T@ %h\n' | sort -rn | cut -d' ' -f2- | tail -n "+$((KEPT_RELEASES + 1))")
if $restart; then
    echo "$version has been started anew."
    exit
fi
echo "$version is live. To go back: deploy/update.sh ${name:+--name $name }$(basename "$before")"
