"""How the site is served. Everything else is in iontoinfo/settings.py."""

import sys

from django.core.exceptions import ImproperlyConfigured

try:
    from iontoinfo.settings import BIND, PORT, WEB_WORKERS
except ImproperlyConfigured as error:  # before there are workers, which would each say so at length
    sys.exit(f"Error: {error}")

wsgi_app = "iontoinfo.wsgi"
# Where systemd hands over a socket that listens already, gunicorn takes that and no other.
bind = f"{f'[{BIND}]' if ':' in BIND else BIND}:{PORT}"
worker_class = "iontoinfo.server.Worker"
workers = WEB_WORKERS
threads = 8  # of which half may wait for slow senders: iontoinfo/server.py
preload_app = False  # each worker opens its own database connections and starts its own keeper
timeout = 30
graceful_timeout = 20
keepalive = 5
max_requests = 200_000  # a stored page costs a worker nothing that would add up
max_requests_jitter = 20_000
forwarder_headers = ""  # no client may set SCRIPT_NAME
forwarded_allow_ips = ""  # the settings say whose X-Forwarded-Proto to believe
control_socket_disable = True
limit_request_line = 4094  # bytes, of which the longest address with a query takes a few hundred
limit_request_fields = 64
limit_request_field_size = 8190
accesslog = None  # what readers ask for is not logged
errorlog = "-"
logger_class = "iontoinfo.server.Logger"
loglevel = "warning"
