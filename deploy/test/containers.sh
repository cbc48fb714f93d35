#!/usr/bin/env bash
# The containers of compose.yaml, for real: three `web` are killed, restarted and updated and the database
# is stopped while readers go on reading. Ends with a table, and with 1 if anything in it was missed.
#
#     deploy/test/containers.sh [--no-build]
#
# Needs Docker with Compose, openssl, and some ten minutes. BUILD_ARGS is handed to `docker build`, such as
# "--network host"; the ports are HTTP_PORT and HTTPS_PORT. All is a project of its own, and goes at the end;
# the images stay, and have the names that compose.yaml gives them.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

readonly rate=80 away=60 paused=30 # pages a second; seconds without a database, and with a silent one
readonly host=skin.example.org
readonly paths=(/bn/ /en/ /bn/treatments/ /en/treatments/
    /{bn,en}/treatments/iontophoresis/ /{bn,en}/treatments/iontophoresis-for-medicine/)

scratch=$(mktemp -d)
export COMPOSE_PROJECT_NAME=iontoinfo-test
export SECRET_KEY POSTGRES_PASSWORD PUBLIC_URL=https://$host ALLOWED_HOSTS=$host TLS_FOLDER=$scratch/tls
SECRET_KEY=$(openssl rand -hex 32) POSTGRES_PASSWORD=$(openssl rand -hex 24)

source deploy/test/common.sh

logs() { docker compose logs "$@"; }

clean_up() {
    docker rm --force "$COMPOSE_PROJECT_NAME-readers"
    docker compose down --volumes --remove-orphans
    docker image tag "$client_image" iontoinfo
    docker image rm "$client_image"
}

# --- Up -----------------------------------------------------------------------------------------

certificate "$TLS_FOLDER"
[[ ${1:-} == --no-build ]] || {
    began=$SECONDS
    build --target site --tag iontoinfo .
    build --target nginx --tag iontoinfo-nginx .
    row "images are built" - "$((SECONDS - began)) s"
}
docker image tag iontoinfo iontoinfo:of-this-test
began=$SECONDS
docker compose up --detach --no-build
eventually 60 is_read nginx
row "one web is up and a page is read" - "$((SECONDS - began)) s"
began=$SECONDS
docker compose up --detach --no-build --scale web=3
eventually 120 all_healthy 3
row "three web are up" - "$((SECONDS - began)) s"

# --- What a container may do --------------------------------------------------------------------

for service in web nginx database; do
    container=$(docker compose ps --quiet $service | sed -n 1p)
    writable=0
    docker exec --user 0 "$container" touch /etc/trial 2>/dev/null && writable=1
    miss "$service writes outside its folders" 0 $writable
done
reaches=$(client -c "
import socket, sys
try:
    socket.create_connection((sys.argv[1], 5432), 3)
    print(1)
except OSError:
    print(0)" "$(address_of "$(docker compose ps --quiet database)")")
miss "the database is reached from nginx's network" 0 "$reaches"
sheet=$(client -c "
import re, ssl, urllib.request
context = ssl._create_unverified_context()
def get(path):
    asked = urllib.request.Request('https://nginx' + path, headers={'Host': '$host'})
    return urllib.request.urlopen(asked, context=context)
path = re.search(r'/static/[^\"]+\.css', get('/admin/login/').read().decode())[0]
print(get(path).status)")
miss "a style sheet through nginx" 200 "$sheet"

# --- Under load ---------------------------------------------------------------------------------

start_readers nginx
during "nothing is done"
sleep 10
during "each of three is killed in turn"
for container in $(docker compose ps --quiet web); do
    docker kill "$container" >/dev/null
    sleep 6
    docker start "$container" >/dev/null
    eventually 120 all_healthy 3
done
during "one is restarted"
docker restart "$(docker compose ps --quiet web | tail -1)" >/dev/null
eventually 120 all_healthy 3
during "the database is stopped for $away s, a web restarted meanwhile"
docker compose stop database
sleep $((away / 2))
docker restart "$(docker compose ps --quiet web | tail -1)" >/dev/null
sleep $((away / 2))
docker compose start database
eventually 120 all_healthy 3
during "the database is paused for $paused s: it keeps its connections and says nothing"
docker compose pause database
sleep $paused
docker compose unpause database
eventually 120 all_healthy 3
during "edits in one are read in the others"
mapfile -t webs < <(docker compose ps --quiet web)
addresses=(https://nginx)
for container in "${webs[@]}"; do addresses+=("http://$(address_of "$container"):8000"); done
watched=$(docker exec --interactive "${webs[0]}" python - 15 <deploy/test/edits.py |
    client /test/watch.py $host "${addresses[@]}")
during "to another version, one after the other"
began=$SECONDS
printf 'FROM iontoinfo\nUSER root\nRUN %s\nUSER iontoinfo\n' \
    "echo '<!-- another version -->' >> templates/public/base.html" |
    build --tag iontoinfo -
deploy/update_containers.sh --no-build
took=$((SECONDS - began))
stop_readers
reader_rows

edit_rows "one web" "three and nginx"
row "three web were brought to another version in" - "$took s"
new=$(for container in $(docker compose ps --quiet web); do docker inspect --format '{{.Image}}' "$container"; done |
    grep -c "$(docker image inspect --format '{{.Id}}' iontoinfo)" || true)
miss "web of the new version" 3 "$new"
miss "lines of the log that name what a reader asked for" 0 \
    "$(docker compose logs --no-log-prefix web nginx | grep -cE '(GET|/)(en|bn)/' || true)"

# --- Backup and restore -------------------------------------------------------------------------

named() { # NAME: the clinic has it from now on
    docker compose exec -T web python manage.py shell --command \
        "from treatments.models import Clinic; c = Clinic.objects.get(); c.name_en = '$1'; c.save()" >/dev/null
}
if docker compose exec -T web python manage.py help backup >/dev/null 2>&1; then
    named "As it was"
    backup=$(docker compose exec -T web python manage.py backup | cut -d: -f1)
    named "After the backup"
    docker compose stop web
    docker compose run --rm -T --no-deps web python manage.py restore "$backup" --yes-replace-everything
    docker compose start web
    eventually 120 all_healthy 3
    shown=$(client -c "
import ssl, urllib.request
asked = urllib.request.Request('https://nginx/en/', headers={'Host': '$host'})
print('As it was' in urllib.request.urlopen(asked, context=ssl._create_unverified_context()).read().decode())")
    miss "the page is as it was, after backup and restore" True "$shown"
else
    row "backup and restore" - "left out: this version has no manage.py backup"
fi

docker stats --no-stream --format '{{.Name}}\t{{.MemUsage}}' $(docker compose ps --quiet) |
    sort | while IFS=$'\t' read -r name memory; do row "memory of $name" - "$memory"; done
ended=true
