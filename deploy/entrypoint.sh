#!/bin/sh
# What a container does: `site` by itself; `prepare` once and then any number of `web`, where several
# share a database; anything else is run as it stands, such as: python manage.py create_staff NAME
set -eu
cd "$(dirname "$0")/.."

prepare() {
    python manage.py migrate --noinput --verbosity 0
    # Shipped content that the checks refuse stays a draft for staff to see to; the site starts.
    python manage.py load_content || echo "Not all shipped content went live; see above." >&2
}

case "${1:-site}" in
    site)
        prepare
        exec gunicorn --config deploy/gunicorn.conf.py
        ;;
    prepare)
        prepare
        ;;
    web)
        exec gunicorn --config deploy/gunicorn.conf.py
        ;;
    *)
        exec "$@"
        ;;
esac
