#!/usr/bin/env bash
# What install.sh and update.sh have in common: how they speak, and how a release is made. They source it.
#
# They set: site (iontoinfo, or iontoinfo-NAME), dry_run (true or false), clone (the folder this one is in).
# A release is a folder of root's below /srv/SITE/releases that nothing writes to once it is complete:
# the program, its packages, its static files. /srv/SITE/current is a link to the one that is live.

readonly KEPT_RELEASES=3
readonly STATIC_DAYS=60  # so long a static file of an older release is still handed out
changes=0
wrote=false
made=false  # whether the release was made by this very run

fail() {
    printf 'Error: %s\n' "$*" >&2
    exit 1
}

note() { printf '%-9s%s\n' "$1" "$2"; }
right() { note right "$1"; }
warn() { note "" "Careful: $1" >&2; }

# change WHAT COMMAND…  says what it does and does it; in a dry run it only says it.
change() {
    local what=$1
    shift
    changes=$((changes + 1))
    if $dry_run; then
        note would "$what"
    else
        note now "$what"
        "$@"
    fi
}

# put FILE MODE < TEXT  writes a file of root's unless it is so already. A different one is kept beside
# it as FILE.before. Sets wrote.
put() {
    local file=$1 mode=$2 text
    text=$(mktemp -p "$scratch")
    cat >"$text"
    wrote=false
    if [[ -f $file ]] && cmp -s "$text" "$file" && [[ $(stat -c '%a %U' "$file") == "$mode root" ]]; then
        right "$file"
        return
    fi
    wrote=true
    change "write $file" _put "$file" "$mode" "$text"
}

_put() {
    if [[ -f $1 ]] && ! cmp -s "$3" "$1"; then cp -p "$1" "$1.before"; fi
    install -D -m "$2" "$3" "$1"
}

# link FILE TARGET  makes a link, in one step where there was another one.
link() {
    if [[ $(readlink "$1") == "$2" ]]; then
        right "$1 leads to $2"
    else
        change "let $1 lead to $2" _link "$1" "$2"
    fi
}

_link() {
    ln -sfn "$2" "$1.new"
    mv -T "$1.new" "$1"
}

enough_space() {
    local folder=$1 free
    while [[ ! -d $folder ]]; do folder=$(dirname "$folder"); done
    free=$(df --output=avail --block-size=1M "$folder" | tail -n 1)
    ((free >= 1024)) || fail "$folder has ${free// /} MB left; 1024 MB are needed."
}

setting() {  # NAME: its value in the site's settings, or nothing
    [[ ! -r /etc/$site.env ]] || sed -n "s/^$1=//p" "/etc/$site.env" | tail -n 1
}

_git() { git -c safe.directory='*' -C "$clone" "$@"; }

# find_source SOURCE  a commit of this clone, a folder, a tarball or a version that was installed before;
# without one, this very folder. Sets source, kind, version and release.
find_source() {
    source=${1:-$clone}
    if [[ $source != */* && -e /srv/$site/releases/$source/.complete ]]; then
        version=$source release=/srv/$site/releases/$source
        return
    fi
    if [[ -d $source ]]; then
        source=$(realpath "$source")
        if [[ -e $source/.git ]]; then
            clone=$source
            source=HEAD
        fi
    fi
    if [[ -d $source ]]; then
        kind=folder
        [[ -f $source/manage.py ]] || fail "$source does not hold this program: it has no manage.py."
        version=$(cd "$source" && find . \( -name .git -o -name .venv -o -path ./var \) -prune -o -type f -print0 |
            sort -z | xargs -0 sha256sum | sha256sum | head -c 12)
    elif [[ -f $source ]]; then
        kind=tarball
        source=$(realpath "$source")
        manage_py=$(tar -tf "$source" 2>/dev/null | grep -E '^([^/]*/)?manage\.py$') ||
            fail "$source is no tarball of this program: it has no manage.py."
        version=$(sha256sum "$source" | head -c 12)
    else
        kind=commit
        command -v git >/dev/null || fail "$source is no folder and no tarball, and without git it cannot be a commit."
        source=$(_git rev-parse --quiet --verify "$source^{commit}" 2>/dev/null) ||
            fail "$1 is no folder, no tarball, and no commit of $clone."
        version=$(_git show --no-patch --format=%cd-%h --date=format:%Y%m%d "$source")
        if [[ -z ${1:-} || -d ${1:-} ]] && [[ -n $(_git status --porcelain --untracked-files=no) ]]; then
            warn "what is not committed in $clone is left out."
        fi
    fi
    release=/srv/$site/releases/$version
}

make_release() {
    local packages="gunicorn, django"
    if [[ -n $(setting MEDIA_BUCKET) ]]; then packages+=", storages"; fi
    if [[ ! -e $release/.complete ]]; then
        made=true
        change "make release $version in $release" _make_release
    elif "$release/.venv/bin/python" -c "import $packages" &>/dev/null; then
        right "release $version"
    else
        change "furnish release $version again: packages are missing" _furnish
    fi
}

_make_release() (
    umask 022
    rm -rf "$release"
    mkdir -p "$release"
    note "" "  its files"
    case $kind in
        commit) _git archive --format=tar "$source" | tar -x -C "$release" ;;
        folder) tar -C "$source" --exclude=./.git --exclude=./.venv --exclude=./var -c . | tar -x --no-same-owner -C "$release" ;;
        tarball)
            local deeper=1
            [[ $manage_py != manage.py ]] || deeper=0
            tar -x --no-same-owner --strip-components=$deeper -f "$source" -C "$release"
            ;;
    esac
    [[ -f $release/deploy/systemd/iontoinfo.service ]] || fail "$version is older than this way of installing."
    chmod -R u=rwX,go=rX "$release"
    _furnish
)

_furnish() (
    umask 022
    cd "$release"
    rm -rf .venv
    note "" "  its packages (about a minute)"
    python3 -m venv .venv
    local pins=(--requirement requirements.txt)
    if [[ -n $(setting MEDIA_BUCKET) ]]; then pins+=(--requirement deploy/s3.txt); fi
    .venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes "${pins[@]}"
    note "" "  its words and static files"
    .venv/bin/pybabel --quiet compile --directory locale --domain django
    if [[ ! -d collected && -d /srv/$site/current/collected ]]; then  # pages that are open somewhere still ask for them
        cp -a "/srv/$site/current/collected" collected
        find collected -type f -mtime "+$STATIC_DAYS" -delete
    fi
    # The key is thrown away: nothing made here is signed.
    env IONTOINFO_MODE=local IONTOINFO_VAR="$scratch" STATIC_ROOT="$release/collected" \
        SECRET_KEY="$(new_key)" .venv/bin/python manage.py collectstatic --noinput --verbosity 0
    .venv/bin/python -m compileall -q iontoinfo treatments manage.py deploy
    chmod -R u=rwX,go=rX .venv collected
    touch .complete
)

new_key() { python3 -c 'import secrets; print(secrets.token_urlsafe(50))'; }

# put_units RELEASE  its units for this site, under its name. Sets units_changed, socket_changed.
put_units() {
    local folder=$1/deploy/systemd file target
    units_changed=false
    socket_changed=false
    while IFS= read -r file; do
        target=/etc/systemd/system/${file/iontoinfo/$site}
        put "$target" 644 < <(sed "s/iontoinfo/$site/g" "$folder/$file")
        if $wrote; then
            units_changed=true
            [[ $file != *.socket ]] || socket_changed=true
        fi
    done < <(cd "$folder" && find . -type f ! -name sandbox.conf -printf '%P\n' | sort)
    for target in "$site.service.d" "$site@.service.d"; do
        put "/etc/systemd/system/$target/sandbox.conf" 644 <"$folder/sandbox.conf"
        if $wrote; then units_changed=true; fi
    done
    if $units_changed; then change "read the units again" systemctl daemon-reload; fi
}

timers_of() {  # RELEASE: the names of its timers for this site
    find "$1/deploy/systemd" -name '*.timer' -printf '%f\n' | sort | sed "s/iontoinfo/$site/"
}

switch_on() {  # UNIT…: starts them, now and at each start of the machine
    local unit
    for unit in "$@"; do
        if systemctl is-enabled --quiet "$unit" 2>/dev/null && systemctl is-active --quiet "$unit"; then
            right "$unit runs"
        else
            change "start $unit, now and with the machine" systemctl enable --quiet --now "$unit"
        fi
    done
}

# ask SOCKET PATH  the status of a page, as nginx would ask for it: 000 where nothing answers. What it
# says is in $scratch/answer.
ask() {
    curl --silent --output "$scratch/answer" --write-out '%{http_code}' --max-time 15 \
        --unix-socket "$1" --header "Host: $domain" --header 'X-Forwarded-Proto: https' \
        --header 'X-Forwarded-For: 127.0.0.1' "http://localhost$2" || true
}

# pages_of SOCKET  the addresses of one real page in each language, and of both front pages, of those
# that are there.
pages_of() {
    local language page
    for language in bn en; do
        [[ $(ask "$1" "/$language/") == 200 ]] || continue
        echo "/$language/"
        page=$(grep -oE "href=\"?/$language/treatments/[a-z0-9-]+/" "$scratch/answer" | head -n 1 | grep -oE '/.*') || continue
        [[ $(ask "$1" "$page") != 200 ]] || echo "$page"
    done
}

# is_well SOCKET SECONDS PAGE…  whether the site answers there, by itself and with these pages; else `wrong`
# says what it does not.
is_well() {
    local socket=$1 until=$((SECONDS + $2)) path status
    shift 2
    while :; do
        wrong=
        for path in /healthz /readyz "$@"; do
            # With a query a page is made anew, and not a finished one handed out.
            status=$(ask "$socket" "$path$([[ $path != */ ]] || echo '?new')")
            # A release from before /readyz has none.
            if [[ $status != 200 && $path$status != /readyz404 ]]; then
                wrong="$path answers $status"
                break
            fi
            if [[ $path == */ ]] && ! grep -q '</html>' "$scratch/answer"; then
                wrong="$path breaks off"
                break
            fi
        done
        if [[ -z $wrong ]]; then return 0; fi
        if ((SECONDS >= until)); then return 1; fi
        sleep 0.5
    done
}
