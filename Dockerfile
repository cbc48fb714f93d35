# `site`, the last stage, is the image to run: SQLite on the volume /data, or PostgreSQL where
# DATABASE_URL says so. `nginx` is what compose.yaml puts in front of several of them.
FROM python:3.13-slim AS build
RUN python -m venv /venv
ENV PATH=/venv/bin:$PATH
WORKDIR /app
COPY requirements.txt ./
COPY deploy/s3.txt deploy/
# Set, it adds what photos in an S3-compatible bucket need, about 90 MB.
ARG S3=
RUN pip install --no-cache-dir --disable-pip-version-check --require-hashes \
    --requirement requirements.txt ${S3:+--requirement deploy/s3.txt}
COPY . .
# The key is thrown away: nothing made here is signed.
RUN pybabel --quiet compile --directory locale --domain django \
    && IONTOINFO_MODE=local IONTOINFO_VAR=/tmp/build STATIC_ROOT=/app/collected \
       SECRET_KEY="$(python -c 'import secrets; print(secrets.token_urlsafe(50))')" \
       python manage.py collectstatic --noinput --verbosity 0 \
    && python -m compileall -q iontoinfo treatments

FROM nginx:1.28-alpine AS nginx
COPY deploy/nginx.conf /etc/nginx/nginx.conf
COPY --from=build /app/collected /srv/var/static

FROM python:3.13-slim AS site
RUN useradd --system --uid 10001 --user-group --home-dir /data --no-create-home iontoinfo \
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
HEALTHCHECK --interval=15s --timeout=5s --start-period=60s \
    CMD ["python", "deploy/healthcheck.py"]
ENTRYPOINT ["/app/deploy/entrypoint.sh"]
CMD ["site"]
