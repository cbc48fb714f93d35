#!/bin/sh
# What a container does: `site` by itself; `prepare` once and then any number of `web`, where several
# share a database; anything else is run as it stands, such as: python manage.py create_staff NAME
set -eu
cd "$(dirname "$0")/.."

case "${1:-site}" in
    site)
        python manage.py prepare
        exec gunicorn --config deploy/gunicorn.conf.py
        ;;
    prepare)
        exec python manage.py prepare
        ;;
    web)
        exec gunicorn --config deploy/gunicorn.conf.py
        ;;
    *)
        exec "$@"
        ;;
esac
