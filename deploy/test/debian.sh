#!/usr/bin/env bash
# Installs the site on a Debian that was made for it, and does to it what happens to a server: restarts,
# updates, versions that break, a database that comes late, a second clinic. Prints what it found, and ends
# with 0 where nothing is amiss.
#
#     deploy/test/debian.sh [12|13] [--folder FOLDER] [--keep]
#
# It needs root, debootstrap, systemd-container, git and Python, and 15 minutes; the Debian and the packages
# are kept in FOLDER (/var/tmp/iontoinfo-test) for the next time. The Debian boots with its own systemd in
# namespaces of its own, without a network: its packages come from this machine's apt and pip before.
set -euo pipefail
repository=$(realpath "$(dirname "${BASH_SOURCE[0]}")/../..")

release=12 folder=/var/tmp/iontoinfo-test keep=false
while (($#)); do
    case $1 in
        12 | 13) release=$1 && shift ;;
        --folder) folder=$2 && shift 2 ;;
        --keep) keep=true && shift ;;  # the machine, running, to look at it
        *) sed -n '2,11s/^# \{0,1\}//p' "${BASH_SOURCE[0]}" && exit 2 ;;
    esac
done
[[ $(id -u) == 0 ]] || { echo "Error: run it as root." >&2 && exit 1; }
for program in debootstrap systemd-nspawn nsenter git python3; do
    command -v "$program" >/dev/null || { echo "Error: $program is missing. apt-get install debootstrap systemd-container git python3" >&2 && exit 1; }
done
case $release in 12) suite=bookworm python=3.11 ;; 13) suite=trixie python=3.13 ;; esac
base=$folder/base-$release wheels=$folder/wheels-$release root=$folder/debian-$release
domain=skin.example.org
pages=(/bn/ /healthz /en/ /healthz /bn/treatments/iontophoresis/ /healthz /en/treatments/iontophoresis/ /healthz)
mkdir -p "$folder"

say() { printf '%s  %s\n' "$(date +%T)" "$*"; }

# --- Making the machine --------------------------------------------------------------------------

if [[ ! -e $base/.complete ]]; then
    rm -rf "$base"
    mirror=$(apt-get indextargets --format '$(LABEL) $(COMPONENT) $(REPO_URI)' 'Created-By: Packages' |
        awk '$1 == "Debian" && $2 == "main" { print $3; exit }')
    say "Debian $release from this machine's mirror (once, about 3 minutes)"
    debootstrap --variant=minbase --include=systemd,systemd-sysv,dbus,ca-certificates,iproute2 \
        "$suite" "$base" "$mirror" >"$folder/debootstrap.log" 2>&1 || { tail "$folder/debootstrap.log" && exit 1; }
    say "the packages that will be installed there"
    cp /etc/resolv.conf "$base/etc/resolv.conf"
    DEBIAN_FRONTEND=noninteractive chroot "$base" apt-get install --yes -qq --download-only \
        nginx python3-venv curl openssl git certbot postgresql >"$folder/apt.log" 2>&1 || { tail "$folder/apt.log" && exit 1; }
    touch "$base/.complete"
fi
say "Python's packages"
python3 -m pip download --quiet --no-deps --require-hashes --only-binary=:all: --python-version "$python" \
    --requirement "$repository/requirements.txt" --dest "$wheels" 2>/dev/null

say "a machine of its own, with a clone of $(git -C "$repository" log -1 --format=%h)"
rm -rf "$root"
cp -a --reflink=auto "$base" "$root"
cp -a "$wheels" "$root/root/wheels"
git clone --quiet --no-hardlinks "$repository" "$root/root/iontoinfo"
clone=$root/root/iontoinfo
git -C "$clone" config user.name test
git -C "$clone" config user.email test@example.org
start=$(git -C "$clone" rev-parse --short HEAD)

# version NAME  a commit by this name, upon what is installed first, of what was changed in the clone
version() {
    git -C "$clone" add --all
    git -C "$clone" commit --quiet --message "$1"
    git -C "$clone" tag "$1"
    git -C "$clone" checkout --quiet "$start"
}
echo '/* newer */' >>"$clone/static/js/sw.js"
version newer
cat >"$clone/treatments/public/broken.py" <<'E2'
raise RuntimeError("this version is broken")
E2
sed -i '1a from .public import broken  # noqa' "$clone/treatments/urls.py"
version broken
cat >>"$clone/iontoinfo/wsgi.py" <<'E2'

whole = application


def application(environ, start_response):
    if environ["PATH_INFO"] == "/healthz":
        start_response("500 Broken", [])
        return []
    return whole(environ, start_response)
E2
version unhealthy
echo 'nonsense;' >>"$clone/deploy/nginx/site.conf"
version nginx-broken
newest=$(find "$clone/treatments/migrations" -name '[0-9]*.py' -printf '%f\n' | sort | tail -n 1)
cat >"$clone/treatments/migrations/9999_renames.py" <<E2
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("treatments", "${newest%.py}")]
    operations = [migrations.RunSQL("ALTER TABLE treatments_publication RENAME TO elsewhere")]
E2
version column-gone

boot() {
    SYSTEMD_NSPAWN_UNIFIED_HIERARCHY=1 systemd-nspawn --quiet --boot --private-network --register=no \
        --keep-unit --machine="iontoinfo-test-$release" --directory="$root" >>"$folder/boot-$release.log" 2>&1 </dev/null &
    machine=$!
    local waited
    for waited in $(seq 120); do
        leader=$(pgrep --parent "$machine" --oldest || true)
        if [[ -n $leader ]] && inside systemctl is-system-running 2>/dev/null | grep -qE 'running|degraded'; then return; fi
        sleep 0.5
    done
    tail "$folder/boot-$release.log"
    echo "Error: the machine does not boot after ${waited} half seconds." >&2
    exit 1
}
inside() {
    nsenter --target "$leader" --all --root --wd env -i -C /root/iontoinfo HOME=/root LANG=C.UTF-8 \
        PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin \
        PIP_NO_INDEX=1 PIP_FIND_LINKS=/root/wheels "$@" </dev/null
}
halt() {
    if [[ -n ${machine:-} ]] && kill -0 "$machine" 2>/dev/null; then
        inside systemctl poweroff >/dev/null 2>&1 || true
        wait "$machine" || true
    fi
}
if $keep; then
    trap 'echo "It runs on: nsenter --target $leader --all --root --wd; to end it: systemctl poweroff in there"' EXIT
else
    trap 'halt; rm -rf "$root"' EXIT
fi

# --- What is found -------------------------------------------------------------------------------

results=()
missed=0
log=$folder/log-$release
: >"$log"
found() {  # WHAT MEASURED STATUS
    local mark=ok
    if [[ $3 != 0 ]]; then mark=MISS && missed=$((missed + 1)); fi
    results+=("$(printf '%-5s %-58s %s' "$mark" "$1" "$2")")
    say "${results[-1]}"
}
# holds WHAT COMMAND…  whether a command in the machine succeeds; its last line is what was measured
holds() {
    local what=$1 said status=0
    shift
    said=$(inside "$@" 2>&1) || status=$?
    printf '=== %s\n%s\n' "$what" "$said" >>"$log"
    found "$what" "$(tail -n 1 <<<"$said" | cut -c 1-90)" "$status"
}
# refuses WHAT WORDS COMMAND…  whether a command fails, with these words, and nothing is changed
refuses() {
    local what=$1 words=$2 said status=0 before
    shift 2
    before=$(state)
    said=$(inside "$@" 2>&1) && status=1
    printf '=== %s\n%s\n' "$what" "$said" >>"$log"
    grep -q -- "$words" <<<"$said" || status=1
    [[ $(state) == "$before" ]] || status=1
    found "refused: $what" "$(grep '^Error' <<<"$said" | head -n 1 | cut -c 1-90)" "$status"
}
state() {  # what an installation changes, as one line
    (cd "$root" && find etc srv usr/local var/www \( -type d -printf '%p %m %U\n' \) -o -printf '%p %m %U %T@ %l\n' &&
        find var/lib -maxdepth 1 -name 'iontoinfo*') 2>/dev/null | sort | sha256sum || true
}
# under_load WHAT WORST SECONDS COMMAND…  asks 100 times a second while a command runs in the machine:
# nothing may be lost, and nobody wait for longer than WORST seconds
under_load() {
    local what=$1 worst=$2 seconds=$3 answer status=0 said
    shift 3
    inside python3 deploy/test/load.py "$domain" --seconds "$seconds" --rate 100 "${pages[@]}" >"$folder/load" 2>&1 &
    local load=$!
    sleep 4
    said=$(inside "$@" 2>&1) || true
    wait "$load" || true
    answer=$(tail -n 1 "$folder/load")
    printf '=== %s\n%s\n%s\n' "$what" "$said" "$answer" >>"$log"
    python3 -c 'import json, sys; one = json.loads(sys.argv[1]); sys.exit(one["lost"] > 0 or one["worst"] > float(sys.argv[2]))' "$answer" "$worst" || status=1
    found "$what" "$answer" "$status"
}
status_of() { echo "curl --silent --insecure --output /dev/null --write-out '%{http_code} %{remote_ip} HTTP/%{http_version}' --resolve '$1:443:$2' 'https://$1$3'"; }

say "booting it"
boot
inside apt-get install --yes -qq git procps >/dev/null 2>&1 || inside apt-get install --yes -qq git >/dev/null 2>&1

say "--- Before anything is there"
install=(deploy/install.sh --domain "$domain")
refuses "a name with https://" "is not the name of a site" deploy/install.sh --domain https://skin.example.org --self-signed
refuses "no name, and nobody to ask" "--domain is missing" deploy/install.sh --self-signed
refuses "an option that is not known" "is not known" "${install[@]}" --selfsigned
refuses "a certificate without its key" "belong together" "${install[@]}" --certificate /etc/passwd
refuses "a certificate that is none" "is no certificate" "${install[@]}" --certificate /etc/passwd --key /etc/passwd
refuses "a name that a unit has" "is taken" "${install[@]}" --self-signed --name backup
refuses "an update of what is not installed" "Install it first" deploy/update.sh
before=$(state)
holds "a dry run" "${install[@]}" --self-signed --dry-run
found "a dry run changes nothing" "" "$([[ $(state) == "$before" ]]; echo $?)"

say "--- Installing (two minutes)"
began=$SECONDS
holds "install.sh" "${install[@]}" --self-signed
found "install.sh, how long" "$((SECONDS - began)) s" 0
holds "nginx -t" nginx -t
holds "over IPv4 and TLS" bash -c "$(status_of "$domain" 127.0.0.1 /bn/) | grep ^200"
holds "over IPv6 and TLS" bash -c "$(status_of "$domain" ::1 /en/treatments/iontophoresis/) | grep ^200"
holds "plain http is led to https" bash -c "curl --silent --output /dev/null --write-out '%{http_code} %{redirect_url}' --resolve '$domain:80:[::1]' http://$domain/bn/ | grep -x '301 https://$domain/bn/'"
holds "a static file, by nginx itself" bash -c "sheet=\$(curl --silent --insecure --resolve '$domain:443:127.0.0.1' https://$domain/admin/login/ | grep -oE '/static/[^\"]+\.css' | head -n 1); curl --silent --insecure --head --resolve '$domain:443:127.0.0.1' https://$domain\$sheet | grep -i '^cache-control:.*immutable' && echo \$sheet"
holds "the key and the settings are root's alone" bash -c 'stat -c "%a %U" /etc/iontoinfo.env | grep -x "600 root"'
holds "the first login" bash -c 'iontoinfo create_staff rina --role Administrator | grep "can log in now"'
for unit in iontoinfo.service iontoinfo@backup.service; do
    holds "exposure of $unit, at most 1.5" bash -c "systemd-analyze security --no-pager $unit | grep -oE 'exposure level for .*: [0-9.]+' | awk '{ print \$NF; exit \$NF > 1.5 }'"
done
holds "timers" bash -c 'test "$(systemctl list-timers --no-legend "iontoinfo-*" | wc -l)" = 4 && systemctl list-timers --no-legend "iontoinfo-*" | grep -oE "iontoinfo-[a-z_]+.timer" | xargs'
for task in backup clearsessions sweep_pictures tell_reviewers; do
    holds "what a timer runs: $task" systemctl start "iontoinfo@$task.service"
done
holds "a backup is there" bash -c 'ls /var/lib/iontoinfo/backups/*'
inside systemctl start iontoinfo@nonsense.service >/dev/null 2>&1 || true
holds "a task that fails raises an alarm" bash -c 'for i in $(seq 20); do journalctl --identifier=iontoinfo --priority=alert --output=cat | grep "iontoinfo@nonsense.service failed" && exit; sleep 0.5; done; exit 1'
holds "installing again changes nothing" bash -c 'deploy/install.sh --self-signed 2>&1 | tee /dev/stderr | grep "Nothing had to be changed"'

say "--- Under 100 requests a second"
under_load "nothing happens" 1.5 20 true
under_load "systemctl restart" 1.5 20 systemctl restart iontoinfo
under_load "systemctl reload" 2.5 20 systemctl reload iontoinfo
under_load "update.sh --restart" 1.5 45 deploy/update.sh --restart
under_load "update.sh to a newer version" 1.5 75 deploy/update.sh newer
holds "the newer version is live" bash -c 'readlink /srv/iontoinfo/current; grep -q newer /srv/iontoinfo/current/static/js/sw.js'
holds "updating again changes nothing" bash -c 'deploy/update.sh newer | grep "is live already"'
holds "a version that does not load is refused" bash -c 'deploy/update.sh broken 2>&1 | tee /dev/stderr | grep "does not start with"'
under_load "update.sh to a version whose /healthz fails" 1.5 90 deploy/update.sh unhealthy
holds "it was refused, and the one before is live" bash -c "grep -q newer /srv/iontoinfo/current/static/js/sw.js && $(status_of "$domain" ::1 /bn/) | grep ^200"
under_load "update.sh to a version that breaks nginx" 1.5 90 deploy/update.sh nginx-broken
holds "it was taken back, and nginx is well" bash -c "grep -q newer /srv/iontoinfo/current/static/js/sw.js && nginx -t"
said=$(inside deploy/update.sh column-gone 2>&1) || true
printf '=== column-gone\n%s\n' "$said" >>"$log"
found "a migration that the old version minds is taken back" "$(grep -o 'put the database of before back' <<<"$said")" "$(grep -q 'put the database of before back' <<<"$said"; echo $?)"
holds "the database is the one of before" bash -c "iontoinfo migrate --check && $(status_of "$domain" 127.0.0.1 '/bn/?n=1') | grep ^200"
inside bash -c "git archive --prefix=iontoinfo/ $start | gzip >/root/first.tar.gz"
holds "update.sh from a tarball" deploy/update.sh /root/first.tar.gz
holds "no more than three versions are kept" bash -c 'test "$(ls /srv/iontoinfo/releases | wc -l)" -le 3 && ls /srv/iontoinfo/releases | xargs'
holds "back to the version before, by its name" bash -c 'deploy/update.sh "$(ls -t /srv/iontoinfo/releases | grep -v "$(basename "$(realpath /srv/iontoinfo/current)")" | head -n 1)" | tail -n 1'

holds "without its packages, as after an upgrade of Debian" bash -c 'rm -r /srv/iontoinfo/current/.venv/lib/python3*; deploy/install.sh --self-signed 2>&1 | tee /dev/stderr | grep furnish'

say "--- A second clinic"
holds "install.sh --name rajshahi" deploy/install.sh --name rajshahi --domain rajshahi.example.org --self-signed
holds "the second one answers" bash -c "$(status_of rajshahi.example.org ::1 /bn/) | grep ^200"
refuses "a domain that the other one has" "belongs to another site" deploy/install.sh --name khulna --domain "$domain" --self-signed
holds "nginx -t, with both" nginx -t
holds "it is apart from the first" bash -c "systemctl stop iontoinfo.socket && $(status_of rajshahi.example.org 127.0.0.1 /healthz) | grep ^200 && systemctl start iontoinfo && $(status_of "$domain" 127.0.0.1 /healthz) | grep ^200"
inside bash -c 'openssl req -x509 -newkey rsa:2048 -nodes -days 30 -subj /CN=given -addext subjectAltName=DNS:rajshahi.example.org -keyout /root/given.key -out /root/given.pem' >/dev/null 2>&1
holds "a certificate of one's own" bash -c "deploy/install.sh --name rajshahi --certificate /root/given.pem --key /root/given.key && openssl s_client -connect 127.0.0.1:443 -servername rajshahi.example.org </dev/null 2>/dev/null | grep 'subject=CN *= *given'"

# A program in the place of certbot, which does what Let's Encrypt would: it looks for a file under the name.
cat >"$root/usr/local/bin/certbot" <<'E2'
#!/bin/bash
set -eu
while (($#)); do
    case $1 in --webroot-path) webroot=$2 ;; --domain) domain=$2 ;; esac
    shift
done
mkdir -p "$webroot/.well-known/acme-challenge" "/etc/letsencrypt/live/$domain"
echo proof >"$webroot/.well-known/acme-challenge/token"
curl --silent --fail --resolve "$domain:80:[::1]" "http://$domain/.well-known/acme-challenge/token" | grep -qx proof
openssl req -x509 -newkey rsa:2048 -nodes -days 30 -subj /CN=proven -addext "subjectAltName=DNS:$domain" \
    -keyout "/etc/letsencrypt/live/$domain/privkey.pem" -out "/etc/letsencrypt/live/$domain/fullchain.pem" 2>/dev/null
E2
chmod +x "$root/usr/local/bin/certbot"
holds "a certificate by proof of the name" bash -c "deploy/install.sh && openssl s_client -connect '[::1]:443' -servername $domain </dev/null 2>/dev/null | grep 'subject=CN *= *proven'"
holds "and again nothing changes" bash -c 'deploy/install.sh 2>&1 | tee /dev/stderr | grep "Nothing had to be changed"'

say "--- The database comes later than the site"
inside bash -c 'apt-get install --yes -qq postgresql && runuser -u postgres -- psql --quiet --command "CREATE USER clinic PASSWORD '"'secret'"'" --command "CREATE DATABASE clinic OWNER clinic"' >>"$log" 2>&1 || true
inside bash -c 'echo DATABASE_URL=postgres://clinic:secret@127.0.0.1/clinic >>/etc/iontoinfo-rajshahi.env; iontoinfo-rajshahi prepare; systemctl restart iontoinfo-rajshahi' >>"$log" 2>&1 || true
holds "it runs with PostgreSQL" bash -c "$(status_of rajshahi.example.org 127.0.0.1 '/bn/?n=1') | grep ^200"
holds "it is backed up by the PostgreSQL of this Debian" iontoinfo-rajshahi backup
inside bash -c 'systemctl stop postgresql; systemctl restart iontoinfo-rajshahi' >>"$log" 2>&1 || true
sleep 15
holds "without it the unit is up after 15 s" bash -c 'systemctl is-active iontoinfo-rajshahi'
inside systemctl start postgresql
holds "and the site is whole once it is there" bash -c "for i in \$(seq 40); do $(status_of rajshahi.example.org 127.0.0.1 '/bn/?n=2') | grep ^200 && exit; sleep 0.5; done; exit 1"

say "--- The machine starts again"
halt
boot
holds "the site is there by itself" bash -c "for i in \$(seq 40); do $(status_of "$domain" ::1 /bn/) | grep ^200 && exit; sleep 0.5; done; exit 1"
holds "the second one too" bash -c "for i in \$(seq 40); do $(status_of rajshahi.example.org ::1 /bn/) | grep ^200 && exit; sleep 0.5; done; exit 1"
holds "nothing has failed" bash -c '! systemctl list-units --failed --no-legend --plain "iontoinfo*" nginx.service | grep -v nonsense | grep .'

echo
echo "Debian $release, $(git -C "$repository" log -1 --format=%h); all that was said is in $log"
printf '%s\n' "${results[@]}"
echo
if ((missed)); then echo "$missed of ${#results[@]} are amiss." && exit 1; fi
echo "All ${#results[@]} hold."
