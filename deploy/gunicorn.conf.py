"""How the site is served. Everything else is in iontoinfo/settings.py."""

import os

wsgi_app = "iontoinfo.wsgi"
bind = f"{os.environ.get('BIND', '127.0.0.1')}:{os.environ.get('PORT', '8000')}"
worker_class = "gthread"
workers = int(os.environ.get("WEB_WORKERS", "2"))
threads = 4
preload_app = False  # each worker opens its own database connections
timeout = 30
graceful_timeout = 20
keepalive = 5
max_requests = 20_000
max_requests_jitter = 2_000
forwarder_headers = ""  # no client may set SCRIPT_NAME
control_socket_disable = True
accesslog = None  # what readers ask for is not logged
errorlog = "-"
loglevel = "warning"
