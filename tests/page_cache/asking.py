"""The store of finished pages, asked the way a web server asks it; and changes to what it holds."""

from types import SimpleNamespace

from django.db import connection
from django.utils import timezone

from treatments.models import Clinic, Treatment
from treatments.page_cache.store import anonymous_request
from treatments.publishing.snapshots import newest_snapshot, save_snapshot

from ..publishing.reading import publish_as_read

PAGE = "/en/treatments/iontophoresis/"
BANGLA = "/bn/treatments/iontophoresis/"
OTHER = "/en/treatments/iontophoresis-for-medicine/"
LIST = "/en/treatments/"


def ask(application, path, method="GET", **headers):
    """An answer with `status`, `headers` and `body`. Headers are given as in `accept_encoding="br"`."""
    path, _, query = path.partition("?")
    environ = anonymous_request(path) | {"REQUEST_METHOD": method, "QUERY_STRING": query}
    environ |= {f"HTTP_{name.upper()}": value for name, value in headers.items()}
    started = []
    body = application(environ, lambda status, sent, exc_info=None: started.extend((status, sent)))
    text = b"".join(body)
    if hasattr(body, "close"):
        body.close()
    return SimpleNamespace(status=int(started[0][:3]), headers=dict(started[1]), body=text)


def unreachable(environ, start_response):
    raise AssertionError(f"Django was asked for {environ['PATH_INFO']}")


def publish_anew(slug, **prose):
    treatment = Treatment.objects.get(slug=slug)
    for name, words in prose.items():
        treatment.translations.filter(language_code="en").update(**{name: words})
    save_snapshot(treatment, now=timezone.now())
    publish_as_read(newest_snapshot(treatment), ["en", "bn"], now=timezone.now())


def new_phone():
    clinic = Clinic.objects.get()
    clinic.phones = "+8801700000001"
    clinic.save()


def new_phone_without_a_signal():
    Clinic.objects.update(phones="+8801700000001")


def new_phone_in_sql():
    with connection.cursor() as cursor:
        cursor.execute("UPDATE treatments_clinic SET phones = '+8801700000001'")
