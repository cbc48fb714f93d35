"""An admin at another address: all of it is there, and nothing speaks of /admin/."""

import importlib
import re

import pytest
from django.urls import clear_url_caches, get_resolver

import iontoinfo.urls

from ..admin_forms import form_data
from ..conftest import PASSWORD, Visitor
from ..pages import PATHS, soup

HOME = "/office-7/"


@pytest.fixture
def moved(settings):
    def read_anew() -> None:
        importlib.reload(iontoinfo.urls)
        clear_url_caches()

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(settings, "ADMIN_PATH", "office-7")
        patch.setattr(settings, "LANGUAGE_COOKIE_PATH", HOME)
        read_anew()
        yield
    settings.ADMIN_PATH = "admin"
    read_anew()


@pytest.fixture
def office(moved, client, nurse):
    typed = form_data(client.get(f"{HOME}login/").content, "login-form")
    client.post(f"{HOME}login/", typed | {"username": "nurse", "password": PASSWORD})
    return client


def test_all_of_the_admin_stands_there_and_nothing_at_the_usual_address(office, site):
    pages = [
        HOME,
        f"{HOME}sign-in/",
        f"{HOME}treatments/treatment/{site[0].pk}/change/",
        f"{HOME}auth/user/",
    ]
    for address in pages:
        answer = office.get(address)
        assert answer.status_code == 200 and "noindex" in answer["X-Robots-Tag"]
        assert "no-store" in answer["Cache-Control"]
        links = [
            one.get(name, "")
            for one in soup(answer).find_all()
            for name in ("href", "action", "data-url")
        ]
        assert not [link for link in links if re.match("/admin(/|$)", link)], address
    assert office.get("/admin/").status_code == 404


def test_its_cookies_go_nowhere_else(office):
    assert {cookie["path"] for cookie in office.cookies.values()} == {"/", HOME}
    form = form_data(office.get(HOME).content, "language-form")
    office.post(f"{HOME}language/", form | {"language": "bn"})
    assert office.cookies["django_language"]["path"] == HOME


def test_what_may_be_sent_is_limited_there_as_ever(office):
    assert (
        Visitor().post(f"{HOME}treatments/term/add/", {"english": "x" * 20_000}).status_code == 413
    )
    kept = office.post(f"{HOME}treatments/term/add/", {"english": "x" * 20_000})
    assert kept.status_code == 200
    assert Visitor().get(HOME)["Location"].startswith(f"{HOME}login/")


def test_readers_hear_of_it_nowhere(moved, site, client):
    for address in (*PATHS, "/robots.txt", "/sitemap.xml", "/sw.js"):
        assert b"office-7" not in client.get(address).content, address


def test_no_public_address_can_be_taken_from_readers():
    """What settings.py refuses are the first parts of all addresses that ADMIN_PATH could be."""
    first = {
        str(one.pattern).lstrip("^").partition("/")[0]
        for one in get_resolver("treatments.urls").url_patterns
    }
    simple = {part for part in first if re.fullmatch("[A-Za-z0-9-]+", part)}
    assert simple == {"media"}  # and en, bn, static; what watches the site is answered before them
