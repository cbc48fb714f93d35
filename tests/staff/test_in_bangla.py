"""The admin in Bangla: no English is left on any page, and nothing else knows who reads it so."""

import re
from collections.abc import Iterator

from bs4 import BeautifulSoup, NavigableString, Tag
from django.utils.text import Truncator

from treatments.models import BodyArea, Source

from ..admin_forms import form_data
from ..pages import soup
from .test_roles import TABLE, address, people

__all__ = ["people"]

SWITCH = "/admin/language/"
LATIN = re.compile(r"[A-Za-z]{2,}[A-Za-z’'-]*")
DIGITS = re.compile(r"[0-9]+")
# What has no name in Bangla, or is typed as it stands.
NAMES = {"WhatsApp", "JPEG", "PNG", "WebP", "ZWJ", "iontophoresis", "skin-care"}
# Addresses, their last parts, and names of files.
ADDRESSES = re.compile(r"https?://\S+|\b[a-z]+(?:-[a-z0-9]+)+\b|\b[0-9a-f]{16}\b")
SAID = ("aria-label", "alt", "title", "placeholder")


def in_bangla(client, path="/admin/"):
    """The client reads the admin in Bangla from now on, by the switch that a page shows."""
    form = form_data(client.get(path).content, "language-form")
    return client.post(SWITCH, form | {"language": "bn"}, follow=True)


def seen(page: Tag) -> Iterator[str]:
    """What a reader sees or hears of a page, without what is marked as English or was typed."""
    for child in page.children:
        if type(child) is NavigableString:
            yield str(child)
        elif isinstance(child, Tag) and child.get("lang") != "en":
            yield from (child[name] for name in SAID if name in child.attrs)
            if child.name == "input" and child.get("type") in ("submit", "button", "reset"):
                yield child.get("value", "")
            if child.name not in ("script", "style", "svg", "textarea", "code"):
                yield from seen(child)


def left_in_english(page: BeautifulSoup, typed: tuple[str, ...] = ()) -> list[str]:
    """Texts with Latin words or digits beside `typed`; also a page that is not said to be Bangla."""
    wrong = [] if page.html.get("lang") == "bn" else ["<html lang>"]
    for text in seen(page):
        rest = text
        for name in typed:
            rest = rest.replace(name, "")
        rest = ADDRESSES.sub("", rest)
        if set(LATIN.findall(rest)) - NAMES or DIGITS.search(rest):
            wrong.append(" ".join(text.split()))
    return wrong


def named_in_english(people) -> tuple[str, ...]:
    """What has one name in both languages: sources, logins, keys of body areas."""
    citations = Source.objects.values_list("citation", flat=True)
    cut = (Truncator(citation).chars(80) for citation in citations)
    keys = BodyArea.objects.values_list("key", flat=True)
    return (*citations, *cut, *keys, *(person.username for person in people.values()), "nurse")


def test_no_page_of_the_admin_has_english_left(staff, site, people):
    in_bangla(staff)
    typed, wrong = named_in_english(people), {}
    for name in TABLE:
        response = staff.get(address(name, site[0], people), follow=True)
        is_page = response.content and response["Content-Type"].startswith("text/html")
        wrong[name] = left_in_english(soup(response), typed) if is_page else []
    assert not [(name, text) for name, texts in wrong.items() for text in texts]
