"""All settings. Every environment variable is read here, once, and a bad one stops the program.

`make run` writes var/env for a local copy; in production the variables come from outside.
docs/settings.md lists them.
"""

import importlib.util
import os
import re
from ipaddress import ip_address
from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, quote, urlsplit

import environ
from csp.constants import NONCE, NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _
from whitenoise.compress import Compressor

from .logs import FORMATS

BASE_DIR = Path(__file__).resolve().parent.parent


A_NAME = r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)*[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
HOST = re.compile(rf"(?=.{{1,253}}$){A_NAME}", re.ASCII | re.IGNORECASE)
MAIL_ADDRESS = re.compile(rf"[a-z0-9.!#$%&'*+/=?^_`{{|}}~-]{{1,64}}@{A_NAME}", HOST.flags)
SQLITE, POSTGRESQL = "django.db.backends.sqlite3", "django.db.backends.postgresql"
OF_DJANGO = {"assume_role", "isolation_level", "pool", "server_side_binding"}  # in its OPTIONS
ESCAPED = "in its password signs like @ and / are written %40 and %2F."


def optional(name: str) -> str:
    """Without the spaces around it; empty where it is not set."""
    value = os.environ.get(name, "").strip()
    if not value.isprintable():  # which what is no UTF-8 is not either
        raise ImproperlyConfigured(f"{name} has signs in it that cannot be read.")
    return value


def required(name: str) -> str:
    value = optional(name)
    if not value:
        by_itself = name in ("IONTOINFO_MODE", "SECRET_KEY")
        local = "; `make run` sets it for a local copy" if by_itself else ""
        raise ImproperlyConfigured(f"{name} is not set. See docs/settings.md{local}.")
    return value


def choice(name: str, *choices: str, default: str = "") -> str:
    value = (optional(name) or default) if default else required(name)
    if value not in choices:
        raise ImproperlyConfigured(f"{name} is {value!r}; it must be one of: {', '.join(choices)}.")
    return value


def number(name: str, default: int, low: int, high: int) -> int:
    value = optional(name) or str(default)
    if not re.fullmatch("[0-9]{1,9}", value) or not low <= int(value) <= high:
        raise ImproperlyConfigured(
            f"{name} is {value!r}; it must be a whole number from {low} to {high}."
        )
    return int(value)


def mail_address(value: str, name: str) -> str:
    if not MAIL_ADDRESS.fullmatch(value):
        raise ImproperlyConfigured(f"{name} must be one mail address.")
    return value


def web_address(value: str, name: str, *schemes: str) -> SplitResult:
    """Its parts, with a host that can be one. The value is not repeated: it may hold a password."""
    example = f"{name} must be an address such as {schemes[0]}://www.example.org"
    try:
        parts = urlsplit(value)
        is_right = parts.port != 0 and HOST.fullmatch(parts.hostname or "")
    except ValueError:
        raise ImproperlyConfigured(example) from None
    if not is_right or parts.scheme not in schemes or parts.username is not None or " " in value:
        raise ImproperlyConfigured(example)
    return parts


def database(url: str) -> dict[str, Any]:
    wrong = ImproperlyConfigured(
        "DATABASE_URL must be sqlite:// and an absolute path, or such as "
        f"postgres://user:password@host/name; {ESCAPED}"
    )
    scheme, _colon, rest = url.partition("://")
    kind = environ.Env.DB_SCHEMES.get(scheme)
    if kind == SQLITE and rest.startswith("//"):  # else in memory, or beside whoever runs it
        return environ.Env.db_url_config(url)
    if kind != POSTGRESQL:
        raise wrong
    try:
        settings = environ.Env.db_url_config(url)
    except ValueError:
        raise wrong from None
    options = settings.get("OPTIONS", {})
    is_named = settings["NAME"] or "service" in options
    if not is_named or re.search("[/@]", settings["NAME"]):
        raise wrong
    from psycopg import ProgrammingError, conninfo

    try:
        conninfo.make_conninfo("", **{name: options[name] for name in {*options} - OF_DJANGO})
    except ProgrammingError:
        raise ImproperlyConfigured(
            "DATABASE_URL has an option behind its ? that PostgreSQL does not know."
        ) from None
    return settings


def directory(name: str, default: Path) -> Path:
    path = Path(optional(name) or default)
    if not path.is_absolute():
        raise ImproperlyConfigured(f"{name} is {str(path)!r}; it must be an absolute path.")
    try:
        there = next(above for above in (path, *path.parents) if above.exists())
    except OSError as error:
        raise ImproperlyConfigured(f"{name} cannot be used: {error.strerror}.") from None
    if not there.is_dir():
        raise ImproperlyConfigured(f"{name} is {str(path)!r}; {str(there)!r} is no folder.")
    return path


VAR_DIR = directory("IONTOINFO_VAR", BASE_DIR / "var")
try:
    if (VAR_DIR / "env").exists():
        environ.Env.read_env(VAR_DIR / "env")  # what is set already stays
except (OSError, ValueError):
    raise ImproperlyConfigured(f"{VAR_DIR / 'env'} cannot be read.") from None

MODE = choice("IONTOINFO_MODE", "local", "production")
LOCAL = MODE == "local"
DEBUG = False

SECRET_KEY = required("SECRET_KEY")
if len(SECRET_KEY) < 50 or len(set(SECRET_KEY)) < 5:
    raise ImproperlyConfigured("SECRET_KEY is too short: it needs at least 50 random characters.")

BIND = optional("BIND").strip("[]") or "127.0.0.1"  # where gunicorn listens
try:
    ip_address(BIND)
except ValueError:
    if not HOST.fullmatch(BIND):
        raise ImproperlyConfigured(
            f"BIND is {BIND!r}; it must be an address to listen on, such as 127.0.0.1"
        ) from None
PORT = number("PORT", 8000, 1, 65535)
WEB_WORKERS = number("WEB_WORKERS", 2, 1, 256)

if LOCAL:
    ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]"]
    PUBLIC_URL = f"http://127.0.0.1:{PORT}"
    PROXY_HOPS = 0
else:
    _parts = web_address(required("PUBLIC_URL"), "PUBLIC_URL", "https")
    if _parts.path.strip("/") or _parts.query or _parts.fragment:
        raise ImproperlyConfigured(
            "PUBLIC_URL must be an address without a path, such as https://www.example.org"
        )
    # As browsers write it: a passkey is for exactly this origin.
    _port = f":{_parts.port}" if _parts.port not in (None, 443) else ""
    PUBLIC_URL = f"https://{_parts.hostname}{_port}"
    ALLOWED_HOSTS = [
        host.strip().lower() for host in required("ALLOWED_HOSTS").split(",") if host.strip()
    ]
    if _parts.hostname not in ALLOWED_HOSTS:
        raise ImproperlyConfigured("ALLOWED_HOSTS must name the host of PUBLIC_URL.")
    for _host in ALLOWED_HOSTS:
        if not HOST.fullmatch(_host.removeprefix(".")) and _host != "[::1]":
            raise ImproperlyConfigured(
                f"ALLOWED_HOSTS has {_host!r}; it must be names such as www.example.org, with "
                "commas between."
            )
    # How many proxies of ours stand in front: whose X-Forwarded-* headers to believe.
    PROXY_HOPS = number("PROXY_HOPS", 1, 0, 5)

ADMIN_PATH = optional("ADMIN_PATH") or "admin"
# Other first parts of an address are readers' pages, or files.
if not re.fullmatch("[A-Za-z0-9-]{1,60}", ADMIN_PATH) or ADMIN_PATH in (
    "en", "bn", "media", "static", "healthz", "readyz",
):  # fmt: skip
    raise ImproperlyConfigured(
        f"ADMIN_PATH is {ADMIN_PATH!r}; it must be letters, digits and hyphens, and none of en, bn, "
        "media, static, healthz and readyz, which are addresses of something else."
    )

INSTALLED_APPS = [
    "modeltranslation",  # before admin
    "parler",
    "adminsortable2",
    "django_prose_editor",
    "django_htmx",
    "csp",
    "treatments",
    "treatments.page_cache",
    "iontoinfo.admin.StaffAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",  # its widget templates, beside ours
]

MIDDLEWARE = [
    "treatments.public.middleware.number_requests",
    "treatments.public.probes.answer_probes",  # whatever name the site is called by
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "treatments.public.middleware.compress_staff_pages",
    "csp.middleware.CSPMiddleware",
    "treatments.public.middleware.security_headers",
    "treatments.public.middleware.language_of_the_address",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "treatments.public.middleware.explain_refusals",  # within what writes the answer's length
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "treatments.staff.language.language_of_the_person",
    "treatments.public.request_limits.limit_requests",  # asks who is logged in; behind it, forms are read
    "treatments.staff.site.limit_login_attempts",
    "treatments.staff.sessions.note_use",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

ROOT_URLCONF = "iontoinfo.urls"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "csp.context_processors.nonce",
            ],
            "builtins": ["treatments.templatetags.numbers"],
        },
    }
]

FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

# --- Database ---------------------------------------------------------------------------------

DATABASES = {
    "default": database(
        optional("DATABASE_URL") or f"sqlite:///{quote(str(VAR_DIR / 'db.sqlite3'))}"
    )
}
if DATABASES["default"]["ENGINE"] == SQLITE:
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 5,
        # Rarely edited: FULL loses nothing at a power cut and costs nobody.
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL",
    }
else:
    # A server that has gone must be noticed in seconds; what stands in DATABASE_URL goes first.
    DATABASES["default"]["OPTIONS"] = {
        "connect_timeout": 3,
        "tcp_user_timeout": 5000,  # milliseconds
        "keepalives_idle": 5,
        "keepalives_interval": 2,
        "keepalives_count": 2,
        **DATABASES["default"].get("OPTIONS", {}),
    }
    DATABASES["default"]["CONN_MAX_AGE"] = 60
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- Languages --------------------------------------------------------------------------------

LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("bn", _("Bangla"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
FORMAT_MODULE_PATH = ["iontoinfo.formats"]
LANGUAGE_COOKIE_PATH = (
    f"/{ADMIN_PATH}/"  # what a browser's login page is read in; readers get no cookie
)
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SAMESITE = "Lax"
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Dhaka"

# Nothing falls back to the other language, and no process-wide cache serves old words.
PARLER_LANGUAGES = {
    None: ({"code": "en"}, {"code": "bn"}),
    "default": {"fallbacks": [], "hide_untranslated": True},
}
PARLER_ENABLE_CACHING = False
MODELTRANSLATION_DEFAULT_LANGUAGE = "en"
MODELTRANSLATION_FALLBACK_LANGUAGES = {"default": ()}

# --- Static files -----------------------------------------------------------------------------

STATIC_URL = "/static/"
STATIC_ROOT = directory("STATIC_ROOT", VAR_DIR / "static")  # an image has them ready
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"allow_overwrite": True},  # files are named by their content
    },
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_ALLOW_ALL_ORIGINS = False
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
# Maps are for whoever looks for a fault in a script, and take half the time that packing takes.
WHITENOISE_SKIP_COMPRESS_EXTENSIONS = [*Compressor.SKIP_COMPRESS_EXTENSIONS, "map"]

# --- Photos -----------------------------------------------------------------------------------

MEDIA_URL = "/media/"
MEDIA_ROOT = VAR_DIR / "media"
if _bucket := optional("MEDIA_BUCKET"):
    if not re.fullmatch("[A-Za-z0-9._-]{1,255}", _bucket):
        raise ImproperlyConfigured(f"MEDIA_BUCKET is {_bucket!r}, which no bucket is named.")
    if _endpoint := optional("MEDIA_ENDPOINT"):
        web_address(_endpoint, "MEDIA_ENDPOINT", "https", "http")
    if not re.fullmatch("[A-Za-z0-9-]{0,63}", _region := optional("MEDIA_REGION")):
        raise ImproperlyConfigured(f"MEDIA_REGION is {_region!r}, which no region is named.")
    if not importlib.util.find_spec("storages"):
        raise ImproperlyConfigured(
            "MEDIA_BUCKET needs more packages: pip install --require-hashes -r deploy/s3.txt"
        )
    STORAGES["default"] = {
        "BACKEND": "storages.backends.s3.S3Storage",
        "OPTIONS": {
            "bucket_name": _bucket,
            "endpoint_url": _endpoint or None,
            "region_name": _region or None,
            "access_key": required("MEDIA_KEY"),
            "secret_key": required("MEDIA_SECRET"),
        },
    }

# --- Backups ----------------------------------------------------------------------------------

BACKUP_RECIPIENT = optional("BACKUP_RECIPIENT")
if BACKUP_RECIPIENT and not re.fullmatch("age1[a-z0-9]{50,}", BACKUP_RECIPIENT):
    raise ImproperlyConfigured("BACKUP_RECIPIENT must be the public key of age: age1…")

# --- Finished pages ---------------------------------------------------------------------------

PAGES_MEMORY_MB = number("PAGES_MEMORY_MB", 32, 1, 4096)  # of each worker; their files are shared

# --- Staff ------------------------------------------------------------------------------------

PASSWORD_HASHERS = ["treatments.staff.password_hashing.PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"treatments.staff.passwords.{name}"}
    for name in (
        "NotLikeItsOwner",
        "LongEnough",
        "NotCommon",
        "NotOnlyDigits",
        "NotOfThisSite",
        "NotEasyToGuess",
    )
]
LOGIN_URL = "admin:login"
PASSWORD_RESET_TIMEOUT = 60 * 60  # seconds that a link is good for which came by mail
CSRF_FAILURE_VIEW = "treatments.public.errors.form_refused"

# Room to confirm all texts of a page at once, and for a paste that is then refused in words.
# How much may be sent at all, and by whom: treatments/public/request_limits.py.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000
DATA_UPLOAD_MAX_MEMORY_SIZE = 16 * 1024 * 1024  # of text
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

# --- Mail -------------------------------------------------------------------------------------

# None is sent unless a server is named. What is sent, and to whom: the command tell_reviewers,
# treatments/staff/ about somebody's own login, and failure_mail.py.
EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
SENDS_MAIL = bool(_url := optional("EMAIL_URL"))
if SENDS_MAIL:
    try:
        _parts, _mail = urlsplit(_url), environ.Env.email_url_config(_url)
        _on_screen = _mail["EMAIL_BACKEND"].endswith(".console.EmailBackend")
        _is_server = _mail["EMAIL_BACKEND"].endswith(".smtp.EmailBackend") and re.fullmatch(
            r"[a-z0-9._-]{1,253}|[0-9a-f:]{2,39}", _mail["EMAIL_HOST"] or ""
        )
        # What stands behind the host may be the rest of a password.
        _is_right = (_on_screen or _is_server) and not (_parts.path.strip("/") or _parts.fragment)
    except (ImproperlyConfigured, ValueError):
        _is_right = False
    if not _is_right or "@" in _parts.query:
        raise ImproperlyConfigured(
            f"EMAIL_URL must be such as smtp+tls://user:password@host:587; {ESCAPED}"
        )
    EMAIL_BACKEND = _mail["EMAIL_BACKEND"] if _on_screen else "treatments.staff.mail.NotingBackend"
    EMAIL_TIMEOUT = 20  # seconds
    EMAIL_USE_TLS = "EMAIL_USE_TLS" in _mail
    EMAIL_USE_SSL = "EMAIL_USE_SSL" in _mail
    EMAIL_HOST = _mail["EMAIL_HOST"]
    EMAIL_PORT = _mail["EMAIL_PORT"] or (587 if EMAIL_USE_TLS else 465 if EMAIL_USE_SSL else 25)
    EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = _mail["EMAIL_HOST_USER"], _mail["EMAIL_HOST_PASSWORD"]
    DEFAULT_FROM_EMAIL = mail_address(required("EMAIL_FROM"), "EMAIL_FROM")
# Who is told of failures: of what kind and where in the code, and nothing of who asked for what.
if ADMIN_MAIL := optional("ADMIN_MAIL"):
    mail_address(ADMIN_MAIL, "ADMIN_MAIL")
    if not SENDS_MAIL:
        raise ImproperlyConfigured("ADMIN_MAIL needs EMAIL_URL: without it no mail can be sent.")

# --- Security ---------------------------------------------------------------------------------

# Whom somebody tells who has found a hole: /.well-known/security.txt, which is not there without.
if SECURITY_CONTACT := optional("SECURITY_CONTACT"):
    if "://" in SECURITY_CONTACT:
        web_address(SECURITY_CONTACT, "SECURITY_CONTACT", "https")
    elif MAIL_ADDRESS.fullmatch(SECURITY_CONTACT):
        SECURITY_CONTACT = f"mailto:{SECURITY_CONTACT}"
    else:
        raise ImproperlyConfigured("SECURITY_CONTACT must be a mail address or begin with https://")

SESSION_ENGINE = "treatments.models.sign_in"
SESSION_COOKIE_AGE = 60 * 60  # seconds after the last use, see treatments/staff/sessions.py
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
if not LOCAL:
    SECURE_SSL_REDIRECT = True
    SECURE_HSTS_SECONDS = 31_536_000
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
    SESSION_COOKIE_SECURE = True
    CSRF_COOKIE_SECURE = True
    LANGUAGE_COOKIE_SECURE = True
    if PROXY_HOPS:
        SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

# For the admin; treatments/middleware.py gives public pages a stricter one of their own.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF, NONCE],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}

# --- Log --------------------------------------------------------------------------------------

LOG_FORMAT = choice("LOG_FORMAT", *FORMATS, default="line")

# What readers ask for is not logged: no access log, and nothing of a request in what goes wrong.
ERRORS_FILE = VAR_DIR / "errors.jsonl"  # the last ones, for the System page
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"()": FORMATS[LOG_FORMAT]}},
    "handlers": {
        "stderr": {"class": "logging.StreamHandler", "formatter": "line"},
        "recent": {
            "class": "iontoinfo.logs.RecentErrors",
            "level": "ERROR",
            "filename": ERRORS_FILE,
        },
        "mail": {
            "class": "iontoinfo.failure_mail.FailureMail" if ADMIN_MAIL else "logging.NullHandler",
            "level": "ERROR",
        },
        "nowhere": {"class": "logging.NullHandler"},  # with no handler at all, Python prints it
    },
    "root": {"handlers": ["stderr", "recent", "mail"], "level": "WARNING"},
    "loggers": {
        "django.request": {"level": "ERROR"},
        "django.security.DisallowedHost": {"handlers": ["nowhere"], "propagate": False},
    },
}
