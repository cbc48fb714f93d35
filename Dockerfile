# `site`, the last stage, is the image to run: SQLite on the volume /data, or PostgreSQL where
# DATABASE_URL says so. `nginx` is what compose.yaml puts in front of several of them.
FROM python:3.13-slim-trixie AS build
RUN python -m venv --without-pip /venv
WORKDIR /app
COPY requirements.txt ./
COPY deploy/s3.txt deploy/
# Set, it adds what photos in an S3-compatible bucket need, about 90 MB.
ARG S3=
RUN pip --python /venv/bin/python install --no-cache-dir --disable-pip-version-check \
    --require-hashes --requirement requirements.txt ${S3:+--requirement deploy/s3.txt}
ENV PATH=/venv/bin:$PATH
COPY . .
# The key is thrown away: nothing made here is signed.
RUN pybabel --quiet compile --directory locale --domain django \
    && IONTOINFO_MODE=local IONTOINFO_VAR=/tmp/build STATIC_ROOT=/app/collected \
       SECRET_KEY="$(python -c 'import secrets; print(secrets.token_urlsafe(50))')" \
       python manage.py collectstatic --noinput --verbosity 0 \
    && python -m compileall -q iontoinfo treatments

# Without static files of its own: it gets them from `web`, keeps them, and need not be made again
# for a new version.
FROM nginx:1.28-alpine AS nginx
COPY deploy/nginx.conf /etc/nginx/nginx.conf
COPY deploy/nginx /etc/nginx/nginx
STOPSIGNAL SIGQUIT
ENTRYPOINT ["nginx", "-g", "daemon off;"]
CMD []

FROM python:3.13-slim-trixie AS site
# For backups: pg_dump of the version that the database in compose.yaml has, which is Debian's; and
# what encrypts them.
RUN apt-get update \
    && apt-get install --yes --no-install-recommends age postgresql-client-17 \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system --uid 10001 --user-group --home-dir /data --no-create-home iontoinfo \
    && install --directory --owner iontoinfo --group iontoinfo /data /data/media
COPY --from=build /venv /venv
COPY --from=build /app /app
ENV PATH=/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    IONTOINFO_MODE=production \
    IONTOINFO_VAR=/data \
    STATIC_ROOT=/app/collected \
    BIND=0.0.0.0 \
    PORT=8000
WORKDIR /app
USER iontoinfo
VOLUME /data
EXPOSE 8000
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s \
    CMD ["python", "deploy/healthcheck.py"]
ENTRYPOINT ["/app/deploy/entrypoint.sh"]
CMD ["site"]
