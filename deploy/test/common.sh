#!/usr/bin/env bash
# What containers.sh and two_hosts.sh share. They set host, rate, paths and scratch, and
# define logs and clean_up.

readonly client_image=iontoinfo:of-this-test
network=${COMPOSE_PROJECT_NAME}_front
missed=$scratch/missed table=$scratch/table ended=false

finish() { # the table, and nothing left behind
    set +e
    trap - EXIT
    $ended || logs --tail 30 >&2
    clean_up >/dev/null 2>&1
    echo
    column -t -s $'\t' "$table" 2>/dev/null || cat "$table"
    if [[ -e $missed ]]; then verdict="Something was missed."; else verdict="Nothing was missed."; fi
    $ended || verdict="It ended early."
    rm -rf "$scratch"
    echo "$verdict"
    [[ $verdict == Nothing* ]]
}
trap finish EXIT
trap 'exit 1' INT TERM
printf 'what\tasked\tmeasured\n' >"$table"

row() { printf '%s\t%s\t%s\n' "$@" >>"$table"; }

miss() { # WHAT ASKED MEASURED: is missed where the two differ
    row "$@"
    [[ $2 == "$3" ]] || touch "$missed"
}

build() { docker build --quiet ${BUILD_ARGS:-} "$@"; }

certificate() { # FOLDER
    mkdir -p "$1"
    openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj "/CN=$host" \
        -keyout "$1/privkey.pem" -out "$1/fullchain.pem" 2>/dev/null
    chmod 644 "$1/privkey.pem" # nginx begins as root, and root reads here no more than others do
}

client() { # ARGUMENTS: of a Python beside nginx, with what is in deploy/test below /test
    docker run --rm --interactive --no-healthcheck --network "$network" ${client_options:-} \
        --volume "$PWD/deploy/test:/test:ro" --entrypoint python "$client_image" "$@"
}

eventually() { # SECONDS COMMAND…
    local until=$((SECONDS + $1))
    while ! "${@:2}"; do
        ((SECONDS < until)) || { echo "Not within $1 s: ${*:2}" >&2 && exit 1; }
        sleep 1
    done
}

is_read() { # NGINX
    client -c "
import ssl, sys, urllib.request
asked = urllib.request.Request('https://$1/bn/', headers={'Host': '$host'})
urllib.request.urlopen(asked, context=ssl._create_unverified_context(), timeout=10)" 2>/dev/null
}

all_healthy() { # HOW_MANY
    (($(docker compose ps --quiet web | xargs docker inspect --format '{{.State.Health.Status}}' |
        grep -cx healthy) == $1))
}

address_of() { # CONTAINER: where the client finds it, or else anywhere
    docker inspect --format "{{range \$name, \$one := .NetworkSettings.Networks}}{{\$name}} {{\$one.IPAddress}}
{{end}}" "$1" | awk -v "network=$network" 'NF { last = $2 } $1 == network { found = $2 }
        END { print found ? found : last }'
}

start_readers() { # NGINX[,NGINX…]
    mkfifo "$scratch/steps"
    client_options="--name $COMPOSE_PROJECT_NAME-readers" client /test/readers.py "$host" "$1" "$rate" \
        "${paths[@]}" <"$scratch/steps" >"$scratch/readers" &
    readers=$!
    exec 3>"$scratch/steps"
}

during() { echo "— $1" | tee /dev/fd/3 >&2; }

stop_readers() {
    exec 3>&-
    wait "$readers"
}

edit_rows() { # WHERE OF_WHAT: from what watch.py said
    local edits readings old late oldest
    IFS=$'\t' read -r edits readings old late oldest <<<"$watched"
    row "$edits edits in $1, $readings readings of $2" - "$old old at first, for up to $oldest ms"
    miss "old a second after the edit" 0 "$late"
}

reader_rows() {
    local name sent lost median p99 worst why
    while IFS=$'\t' read -r name sent lost median p99 worst why; do
        miss "lost of $sent pages while: ${name#— }" 0 "$lost"
        row "" - "median $median ms, p99 $p99 ms, longest $worst ms; $why"
    done <"$scratch/readers"
}
