"""All settings. Every environment variable is read here, once, and a bad one stops the program.

`make run` writes var/env for a local copy; in production the variables come from outside.
docs/settings.md lists them.
"""

import importlib.util
import os
from pathlib import Path
from urllib.parse import urlsplit

import environ
from csp.constants import NONCE, NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

BASE_DIR = Path(__file__).resolve().parent.parent


def required(name: str) -> str:
    value = os.environ.get(name, "").strip()
    if not value:
        raise ImproperlyConfigured(
            f"{name} is not set. See docs/settings.md; `make run` sets it for a local copy."
        )
    return value


def choice(name: str, *choices: str) -> str:
    value = required(name)
    if value not in choices:
        raise ImproperlyConfigured(f"{name} is {value!r}; it must be one of: {', '.join(choices)}.")
    return value


def number(name: str, default: int, low: int, high: int) -> int:
    value = os.environ.get(name, "").strip() or str(default)
    if not value.isascii() or not value.isdigit() or not low <= int(value) <= high:
        raise ImproperlyConfigured(
            f"{name} is {value!r}; it must be a whole number from {low} to {high}."
        )
    return int(value)


def directory(name: str, default: Path) -> Path:
    path = Path(os.environ.get(name, "").strip() or default)
    if not path.is_absolute():
        raise ImproperlyConfigured(f"{name} is {str(path)!r}; it must be an absolute path.")
    return path


VAR_DIR = directory("IONTOINFO_VAR", BASE_DIR / "var")
if (VAR_DIR / "env").exists():
    environ.Env.read_env(VAR_DIR / "env")  # what is set already stays

MODE = choice("IONTOINFO_MODE", "local", "production")
LOCAL = MODE == "local"
DEBUG = False

SECRET_KEY = required("SECRET_KEY")
if len(SECRET_KEY) < 50 or len(set(SECRET_KEY)) < 5:
    raise ImproperlyConfigured("SECRET_KEY is too short: it needs at least 50 random characters.")

if LOCAL:
    ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]"]
    PUBLIC_URL = f"http://127.0.0.1:{number('PORT', 8000, 1, 65535)}"
    PROXY_HOPS = 0
else:
    PUBLIC_URL = required("PUBLIC_URL").rstrip("/")
    _parts = urlsplit(PUBLIC_URL)
    if _parts.scheme != "https" or not _parts.hostname or _parts.path or _parts.query:
        raise ImproperlyConfigured(
            f"PUBLIC_URL is {PUBLIC_URL!r}; it must look like https://www.example.org"
        )
    ALLOWED_HOSTS = [host.strip() for host in required("ALLOWED_HOSTS").split(",") if host.strip()]
    if "*" in ALLOWED_HOSTS or _parts.hostname not in ALLOWED_HOSTS:
        raise ImproperlyConfigured(
            "ALLOWED_HOSTS must name the host of PUBLIC_URL, and may not be '*'."
        )
    # How many proxies of ours stand in front: whose X-Forwarded-* headers to believe.
    PROXY_HOPS = number("PROXY_HOPS", 1, 0, 5)

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

_url = os.environ.get("DATABASE_URL", "").strip() or f"sqlite:///{VAR_DIR / 'db.sqlite3'}"
try:
    DATABASES = {"default": environ.Env.db_url_config(_url)}
    _engine = DATABASES["default"].get("ENGINE", "")
except Exception as error:
    raise ImproperlyConfigured(f"DATABASE_URL cannot be read: {error}") from error
if _engine == "django.db.backends.sqlite3":
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 5,
        # Rarely edited: FULL loses nothing at a power cut and costs nobody.
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL",
    }
elif _engine == "django.db.backends.postgresql":
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
else:
    raise ImproperlyConfigured("DATABASE_URL must begin with sqlite:// or postgres://")
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- Languages --------------------------------------------------------------------------------

LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("bn", _("Bangla"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
FORMAT_MODULE_PATH = ["iontoinfo.formats"]
LANGUAGE_COOKIE_PATH = "/admin/"  # what a browser's login page is read in; readers get no cookie
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

# --- Photos -----------------------------------------------------------------------------------

MEDIA_URL = "/media/"
MEDIA_ROOT = VAR_DIR / "media"
if _bucket := os.environ.get("MEDIA_BUCKET", "").strip():
    if not importlib.util.find_spec("storages"):
        raise ImproperlyConfigured(
            "MEDIA_BUCKET needs more packages: pip install --require-hashes -r deploy/s3.txt"
        )
    STORAGES["default"] = {
        "BACKEND": "storages.backends.s3.S3Storage",
        "OPTIONS": {
            "bucket_name": _bucket,
            "endpoint_url": os.environ.get("MEDIA_ENDPOINT", "").strip() or None,
            "region_name": os.environ.get("MEDIA_REGION", "").strip() or None,
            "access_key": required("MEDIA_KEY"),
            "secret_key": required("MEDIA_SECRET"),
        },
    }

# --- Finished pages ---------------------------------------------------------------------------

PAGES_MEMORY_MB = number("PAGES_MEMORY_MB", 32, 1, 4096)  # of each worker; their files are shared

# --- Staff ------------------------------------------------------------------------------------

PASSWORD_HASHERS = ["treatments.staff.password_hashing.PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"treatments.staff.passwords.{name}"}
    for name in ("NotLikeItsOwner", "LongEnough", "NotCommon", "NotOnlyDigits", "NotOfThisSite")
]
LOGIN_URL = "admin:login"
CSRF_FAILURE_VIEW = "treatments.public.errors.form_refused"

# A whole treatment is one form: room for its fields and for a paste that is then refused in words.
# How much may be sent at all, and by whom: treatments/public/request_limits.py.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000
DATA_UPLOAD_MAX_MEMORY_SIZE = 16 * 1024 * 1024  # of text
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

# --- Mail -------------------------------------------------------------------------------------

# None is sent unless a server is named. What is sent, and to whom: the command tell_reviewers.
EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
SENDS_MAIL = bool(os.environ.get("EMAIL_URL", "").strip())
if SENDS_MAIL:
    try:
        _mail = environ.Env.email_url_config(os.environ["EMAIL_URL"].strip())
    except Exception:
        raise ImproperlyConfigured("EMAIL_URL cannot be read.") from None  # it has a password
    if not _mail["EMAIL_BACKEND"].endswith((".smtp.EmailBackend", ".console.EmailBackend")):
        raise ImproperlyConfigured("EMAIL_URL must begin with smtp+tls://, smtp+ssl:// or smtp://")
    EMAIL_BACKEND, EMAIL_TIMEOUT = _mail["EMAIL_BACKEND"], 20  # seconds
    EMAIL_HOST, EMAIL_PORT = _mail["EMAIL_HOST"], _mail["EMAIL_PORT"]
    EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = _mail["EMAIL_HOST_USER"], _mail["EMAIL_HOST_PASSWORD"]
    EMAIL_USE_TLS = "EMAIL_USE_TLS" in _mail
    EMAIL_USE_SSL = "EMAIL_USE_SSL" in _mail
    DEFAULT_FROM_EMAIL = required("EMAIL_FROM")
    if DEFAULT_FROM_EMAIL.count("@") != 1 or len(DEFAULT_FROM_EMAIL.splitlines()) > 1:
        raise ImproperlyConfigured("EMAIL_FROM must be one mail address.")

# --- Security ---------------------------------------------------------------------------------

SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
if not LOCAL:
    SECURE_SSL_REDIRECT = True
    SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
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

# What readers ask for is not logged: no access log, and nothing of a request in what goes wrong.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"()": "iontoinfo.logs.Discreet"}},
    "handlers": {
        "stderr": {"class": "logging.StreamHandler", "formatter": "line"},
        "nowhere": {"class": "logging.NullHandler"},  # with no handler at all, Python prints it
    },
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        "django.request": {"level": "ERROR"},
        "django.security.DisallowedHost": {"handlers": ["nowhere"], "propagate": False},
    },
}
