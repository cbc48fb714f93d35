#!/bin/sh
# Brings the containers of compose.yaml to the version in this folder, one `web` at a time: a new one is
# there before an old one goes, so readers notice nothing. --no-build takes the images as they are.
set -eu
cd "$(dirname "$0")/.."

case "${1:-}" in
    "") docker compose build ;;
    --no-build) ;;
    *) echo "Usage: deploy/update_containers.sh [--no-build]" >&2; exit 2 ;;
esac

old=$(docker compose ps --quiet web)
[ -n "$old" ] || { echo "No web is running. Start the site: docker compose up --detach" >&2; exit 1; }

give_up() {
    docker compose logs --no-log-prefix --tail 20 web >&2
    for container in $(docker compose ps --all --quiet web); do
        echo "$before" | grep -qx "$container" || docker rm --force "$container" >/dev/null
    done
    echo "The new version does not come up; what it said is above. The old one goes on." >&2
    exit 1
}

# The new version's tables; workers of the old one go on with them.
docker compose run --rm --no-deps prepare
docker compose rm --force prepare  # of the old version: what follows would start it once more

number=$(echo "$old" | wc -l)
for container in $old; do
    before=$(docker compose ps --all --quiet web)
    docker compose up --detach --no-build --no-recreate --scale web=$((number + 1)) --wait web || give_up
    docker stop "$container" >/dev/null
    docker rm "$container" >/dev/null
done

# What else has changed: nginx only with deploy/nginx, and then nobody answers for a second or two.
docker compose up --detach --no-build --scale web="$number"
