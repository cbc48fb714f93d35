#!/usr/bin/env bash
# Two machines without a folder in common, each with its own nginx: compose.yaml twice, one PostgreSQL and one
# S3-compatible bucket for both. What is done on one is read on the other; then one is killed. Ends with a
# table, and with 1 if anything in it was missed.
#
#     deploy/test/two_hosts.sh [--no-build]
#
# As containers.sh; the bucket is the one of moto, and in its memory.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

readonly rate=60 # pages a second
readonly host=skin.example.org
readonly paths=(/bn/ /en/ /bn/treatments/ /en/treatments/
    /{bn,en}/treatments/iontophoresis/ /{bn,en}/treatments/iontophoresis-for-medicine/)

scratch=$(mktemp -d)
export COMPOSE_FILE=compose.yaml:deploy/external_database.yaml:deploy/test/host.yaml
export COMPOSE_PROJECT_NAME=iontoinfo-test HTTP_PORT=127.0.0.1:0 HTTPS_PORT=127.0.0.1:0
export PUBLIC_URL=https://$host ALLOWED_HOSTS=$host TLS_FOLDER=$scratch/tls
export SECRET_KEY POSTGRES_PASSWORD DATABASE_URL
SECRET_KEY=$(openssl rand -hex 32) POSTGRES_PASSWORD=$(openssl rand -hex 24)
DATABASE_URL=postgres://iontoinfo:$POSTGRES_PASSWORD@database/iontoinfo
export MEDIA_BUCKET=photos MEDIA_KEY=key MEDIA_SECRET=secret MEDIA_ENDPOINT=http://bucket:5000

source deploy/test/common.sh
network=iontoinfo-test-readers

on() { COMPOSE_PROJECT_NAME=iontoinfo-test-$1 docker compose "${@:2}"; } # MACHINE …

logs() { on a logs "$@" && on b logs "$@"; }

clean_up() {
    docker rm --force --volumes iontoinfo-test-{readers,database,bucket}
    on a down --volumes --remove-orphans
    on b down --volumes --remove-orphans
    docker network rm iontoinfo-test-{readers,stores}
    docker image rm "$client_image"
}

# --- Up -----------------------------------------------------------------------------------------

certificate "$TLS_FOLDER"
[[ ${1:-} == --no-build ]] || {
    build --target site --build-arg S3=1 --tag iontoinfo:with-bucket .
    build --target nginx --tag iontoinfo-nginx .
    printf "FROM python:3.13-slim-trixie\nRUN pip install --no-cache-dir 'moto[s3]~=5.2' flask flask-cors\n" |
        build --tag iontoinfo-test-bucket -
}
docker image tag iontoinfo:with-bucket "$client_image"
docker network create iontoinfo-test-stores >/dev/null
docker network create iontoinfo-test-readers >/dev/null
docker run --detach --name iontoinfo-test-database --network iontoinfo-test-stores --network-alias database \
    --env POSTGRES_USER=iontoinfo --env POSTGRES_DB=iontoinfo --env POSTGRES_PASSWORD postgres:17-alpine
docker run --detach --name iontoinfo-test-bucket --network iontoinfo-test-stores --network-alias bucket \
    iontoinfo-test-bucket moto_server --host 0.0.0.0
make_bucket() {
    network=iontoinfo-test-stores client -c "
import boto3
boto3.client('s3', endpoint_url='$MEDIA_ENDPOINT', region_name='us-east-1', aws_access_key_id='$MEDIA_KEY',
             aws_secret_access_key='$MEDIA_SECRET').create_bucket(Bucket='$MEDIA_BUCKET')" 2>/dev/null
}
eventually 60 make_bucket
began=$SECONDS
on a up --detach --no-build
on b up --detach --no-build
nginx_a=iontoinfo-test-a-nginx-1 nginx_b=iontoinfo-test-b-nginx-1
eventually 60 is_read "$nginx_a"
eventually 60 is_read "$nginx_b"
row "both machines are up" - "$((SECONDS - began)) s"

# --- What is done on one is read on the other ---------------------------------------------------

watched=$(on a exec -T web python - 15 <deploy/test/edits.py |
    client /test/watch.py $host "https://$nginx_a" "https://$nginx_b")
edit_rows "A" "both"

status_of() { # NGINX PATH
    client -c "
import http.client, ssl
connection = http.client.HTTPSConnection('$1', context=ssl._create_unverified_context())
connection.request('GET', '$2', headers={'Host': '$host'})
print(connection.getresponse().status)"
}
name=$(on a exec -T web python - publish <deploy/test/photo.py)
miss "a photo published on A, asked of B" 200 "$(status_of "$nginx_b" "/media/pictures/$name-480.jpg")"
on b exec -T web python - remove "$name" <deploy/test/photo.py
miss "the photo removed everywhere on B, asked of A" 404 "$(status_of "$nginx_a" "/media/pictures/$name-480.jpg")"
miss "photos in the folders of A and B" 0 \
    "$( (on a exec -T web find /data/media -type f && on b exec -T web find /data/media -type f) | wc -l)"

# --- One of them is gone ------------------------------------------------------------------------

start_readers "$nginx_a,$nginx_b"
during "both are there"
sleep 15
during "A is killed"
on a kill
sleep 20
during "A is back"
on a start
eventually 120 is_read "$nginx_a"
sleep 10
stop_readers
reader_rows
ended=true
