import gc
import shutil
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.contrib import admin
from django.db import connection
from django.test import Client, TransactionTestCase
from django.test import client as django_client
from django.test.client import MULTIPART_CONTENT, store_rendered_templates
from django.utils.http import urlencode
from hypothesis import settings as hypothesis_settings

from treatments.models import (
    LANGUAGES,
    BodyArea,
    Clinic,
    LoadedContent,
    Publication,
    Term,
    Treatment,
)
from treatments.publishing.fixtures import load
from treatments.publishing.publish import publish
from treatments.publishing.snapshots import newest_snapshot

from .admin_forms import page_of
from .offline import Line, new_phone
from .put_aside import put_aside

ROOT = Path(__file__).resolve().parent.parent
FIXTURES = ROOT / "fixtures"
PASSWORD = "a long enough word"
MOBILE, LANDLINE = "+8801812345678", "+88027111234"  # the examples of the numbering plan
FORM = "application/x-www-form-urlencoded"
NOW = datetime(2026, 3, 9, 4, 0, tzinfo=UTC)

# The same properties on the second database, with fewer examples. Everybody's suite tries the same
# ones; other ones, and more of them: --hypothesis-profile=search.
EXAMPLES = 40 if connection.vendor == "sqlite" else 15
hypothesis_settings.register_profile(
    "no clock", deadline=None, max_examples=EXAMPLES, derandomize=True, database=None
)
hypothesis_settings.register_profile("search", deadline=None, max_examples=1_000)
hypothesis_settings.register_profile("every field", deadline=None)  # see test_any_input.py
hypothesis_settings.load_profile("no clock")


def pytest_sessionstart(session):
    """Bangla needs its compiled messages; Babel makes them without any system tool.

    And the admin has read its pages in, whichever test comes first.
    """
    from babel.messages.frontend import CommandLineInterface

    CommandLineInterface().run(
        ["pybabel", "--quiet", "compile", "--directory", str(ROOT / "locale"), "--domain", "django"]
    )
    admin.autodiscover()


def pytest_collection_finish(session):
    """What is there by now stays; and a page read into a tree is no garbage while it is read."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000)


def pytest_collection_modifyitems(config, items):
    """What asks no database is tested once, on SQLite; so is what a browser does with its pages,
    what is printed or shown of a document, and what is kept of an SQLite file.

    But two browsers save over one another, and a nurse does everything: these are tried on both.
    """
    here = _asked_of_sqlite if connection.vendor == "sqlite" else _asked_of_postgresql
    config.hook.pytest_deselected(items=[item for item in items if not here(item)])
    items[:] = filter(here, items)
    for item in items:
        if "django_db_setup" in item.fixturenames:  # a site beside the tests has a copy of it
            item.add_marker(pytest.mark.django_db)


def _asked_of_sqlite(item) -> bool:
    return not item.module.__name__.endswith("_on_postgresql")


def _asked_of_postgresql(item) -> bool:
    asking, in_a_browser = {"db", "transactional_db", "live_server"}, {"chromium", "phone"}
    whatever_is_sent = "any_input", "raw_requests", "request_limits", "feedback", "search"
    on_both = "test_nurse.test_", "over_a_newer_save", "overwrite_nothing_unseen"
    room, fixtures = item.module.__name__, set(item.fixturenames)
    if room.endswith("_on_postgresql"):
        return True
    if not asking & fixtures and not item.get_closest_marker("django_db"):
        return False
    if in_a_browser & fixtures and not any(name in f"{room}.{item.name}" for name in on_both):
        return False
    rooms = tuple(f"tests.{name}." for name in ROOMS_OF_ONE_DATABASE)
    return not room.startswith(rooms) or room.endswith(whatever_is_sent)


@pytest.fixture(scope="session", autouse=True)
def django_test_environment(django_test_environment):
    """An answer keeps its page's context, and no copy for each of a sheet's many templates."""

    def keep(store, signal, sender, template, context, **more) -> None:
        if not store:
            store_rendered_templates(store, signal, sender, template, context, **more)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(django_client, "store_rendered_templates", keep)
        yield


def load_and_publish() -> None:
    for treatment in load(FIXTURES, now=NOW):
        publish(newest_snapshot(treatment), LANGUAGES, now=NOW)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """The shipped content, live, once for all tests: each undoes what it does to it."""
    with django_db_blocker.unblock():
        load_and_publish()
        bring_back = put_aside()
    # A test that commits would leave an empty database, and the next one load everything anew.
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", lambda test: bring_back())
        yield


@pytest.fixture
def site(db) -> list[Treatment]:
    """The three shipped treatments, live in both languages."""
    return list(Treatment.objects.all())


@pytest.fixture
def drafts(site) -> list[Treatment]:
    """The three shipped treatments, loaded and not published."""
    Publication.objects.all().delete()
    return list(Treatment.objects.all())


@pytest.fixture
def empty(db) -> None:
    """A database as a fresh installation has it."""
    for model in (Treatment, BodyArea, Term, LoadedContent):
        model.objects.all().delete()


@pytest.fixture
def iontophoresis(site) -> Treatment:
    return Treatment.objects.get(slug="iontophoresis")


class Visitor(Client):
    """Sends a form as its page would: in parts only where it may hold photos."""

    def post(self, path, data=None, content_type="", **more):
        if not content_type and not path.startswith("/admin/treatments/treatment/"):
            data, content_type = urlencode(data or {}, doseq=True), FORM
        return super().post(path, data, content_type or MULTIPART_CONTENT, **more)


@pytest.fixture
def client() -> Visitor:
    return Visitor()


@pytest.fixture
def nurse(django_user_model):
    return django_user_model.objects.create_superuser("nurse", password=PASSWORD)


@pytest.fixture
def staff(client, nurse):
    client.force_login(nurse)
    return client


# Their tests ask of a database only what every other room's tests ask of both kinds.
ROOMS_OF_ONE_DATABASE = (
    "checks", "drawings", "keeping", "leaflet", "photos", "planner", "public", "word_file",
)  # fmt: skip


def chromium_path() -> str:
    names = "chromium-headless-shell", "chromium", "chromium-browser"  # the first costs the least
    path = next(filter(None, map(shutil.which, names)), None)
    assert path, "Chromium is missing: sudo apt-get install chromium-headless-shell"
    return path


@pytest.fixture(scope="session")
def chromium():
    """Debian's Chromium. A machine without one fails here; it never skips."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium_path(),
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
        )
        yield browser
        browser.close()


@pytest.fixture
def site_live(live_server, transactional_db):
    """The shipped pages, on a server that a browser can reach."""
    return live_server.url


@pytest.fixture
def site_to_call(site_live):
    """The same, of a clinic that has a telephone."""
    clinic = Clinic.the_one()
    clinic.phones = clinic.whatsapp = MOBILE
    clinic.save()
    return site_live


@pytest.fixture
def page(chromium, site_live):
    context = chromium.new_context(base_url=site_live)
    page = context.new_page()
    page.problems = []
    page.on("pageerror", lambda error: page.problems.append(str(error)))
    page.on(
        "console", lambda message: message.type == "error" and page.problems.append(message.text)
    )
    yield page
    page.wait_for_load_state()
    context.close()
    assert not page.problems


@pytest.fixture
def staff_browser(page, staff, site_live):
    """A browser in which the nurse is logged in; it has no page open yet."""
    [cookie] = staff.cookies.values()
    page.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": site_live}])
    return page


@pytest.fixture
def admin_page(staff_browser):
    """The staff's first page, the nurse being logged in."""
    staff_browser.goto("/admin/")
    staff_browser.get_by_role("heading", name="What would you like to do?").wait_for()
    return staff_browser


@pytest.fixture
def sheet(staff_browser):
    """The change page of a treatment, as the nurse comes to it."""
    page = staff_browser
    page.goto(page_of(Treatment.objects.get(slug="iontophoresis")))
    page.get_by_role("heading", name="What this page still needs").wait_for()
    page.wait_for_load_state()  # its scripts are read
    return page


@pytest.fixture
def line(site_live):
    address = urlsplit(site_live)
    line = Line((address.hostname, address.port))
    yield line
    line.cut()


@pytest.fixture
def phone(chromium, line):
    """A browser's page whose network is `line`."""
    context = new_phone(chromium, line)
    yield context.new_page()
    context.close()
