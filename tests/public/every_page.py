"""Every public page, each well-formed; and everything that staff can have changed."""

import json
from datetime import timedelta
from html.parser import HTMLParser
from xml.etree import ElementTree

import icalendar
import pypdfium2
from django.contrib import admin
from django.test import Client
from django.utils import timezone

from treatments.leaflet.printed import code_of
from treatments.models import BodyArea, Clinic, Publication, Snapshot, Term, Treatment

from ..pages import FIXED, soup


def models_to_try() -> list[type]:
    """Everything of the site's own that can be changed in the admin."""
    request = type("Request", (), {"user": type("User", (), {"has_perm": lambda *_: True})()})()
    found = []
    for model, model_admin in admin.site._registry.items():
        own = model._meta.app_label == "treatments"
        if own and model_admin.has_change_permission(request):
            found.append(model)
    assert {Treatment, Clinic, Term, BodyArea} <= {*found}
    return found


def rows() -> str:
    """Everything that staff can have changed."""
    models = [*models_to_try(), Snapshot, Publication]
    return repr([list(model._base_manager.order_by("pk").values_list()) for model in models])


def addresses() -> list[str]:
    first_day = timezone.localdate() + timedelta(days=30)
    plan = f"?start={first_day.isoformat()}&day=sat&day=mon&day=wed"
    tails = [*FIXED, "feed.xml"]
    inside = [
        "",
        "check/",
        "wrong/",
        "plan/",
        f"plan/{plan}",
        f"plan/calendar.ics{plan}",
        "leaflet.pdf",
    ]
    tails += [f"treatments/iontophoresis/{end}" for end in [*inside, "helpful/thanks/"]]
    return [
        "/sitemap.xml",
        "/robots.txt",
        *(f"/{code}/{tail}" for code in ("en", "bn") for tail in tails),
        *map(printed_leaflet, ("en", "bn")),
    ]


def printed_leaflet(language: str) -> str:
    """What the code on the oldest leaflet opens."""
    published = Publication.objects.filter(treatment__slug="iontophoresis", language=language)
    code = code_of(published.earliest("live_from", "pk").snapshot, language)
    return f"/{language}/treatments/iontophoresis/leaflet/{code}/"


class Balanced(HTMLParser):
    """Every element that is opened is closed, in turn."""

    VOID = frozenset(
        ["meta", "link", "br", "wbr", "img", "input", "source", "hr", "path", "circle", "rect"]
    )

    def __init__(self, html: str):
        super().__init__()
        self.open: list[str] = []
        self.feed(html)
        self.close()
        assert not self.open, self.open

    def handle_starttag(self, tag, attrs):
        assert len(attrs) == len(dict(attrs)), attrs
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        pass

    def handle_endtag(self, tag):
        if tag not in self.VOID:
            assert self.open.pop() == tag


def check_html(content: bytes) -> None:
    Balanced(content.decode())
    page = soup(type("Page", (), {"content": content}))
    assert len(page.find_all("h1")) == 1
    for script in page.find_all("script", src=None):
        assert script["type"] == "application/ld+json"
        json.loads(script.string)


def check_calendar(content: bytes) -> None:
    assert icalendar.Calendar.from_ical(content).walk("VEVENT")


def check_pdf(content: bytes) -> None:
    with pypdfium2.PdfDocument(content) as opened:
        assert len(opened) >= 1


WELL_FORMED = {
    "text/html": check_html,
    "application/xml": ElementTree.fromstring,
    "application/atom+xml": ElementTree.fromstring,
    "text/calendar": check_calendar,
    "application/pdf": check_pdf,
    "text/plain": bytes.decode,
}


def every_page() -> dict[str, int]:
    """Reads all of them, each well-formed; the bytes of those whose weight is what they say."""
    weights = {}
    for address in addresses():
        response = Client().get(address)
        if response.status_code == 302 and "calendar.ics" in address:  # the clinic is closed then
            continue
        assert response.status_code == 200, address
        kind = response["Content-Type"].split(";")[0]
        try:
            WELL_FORMED[kind](response.content)
        except Exception as error:
            raise AssertionError(f"{address} is broken") from error
        if kind == "text/html":
            weights[address] = len(response.content)
    return weights
