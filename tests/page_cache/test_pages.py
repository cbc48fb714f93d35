"""The store of finished pages, asked the way a web server asks it."""

import gzip
import re
import shutil
import threading
import time
from contextlib import contextmanager
from datetime import timedelta
from types import SimpleNamespace

import brotli
import pytest
from django.apps import apps
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import DataError, OperationalError, close_old_connections, connection, transaction
from django.utils import timezone

from treatments.models import Clinic, PageChange, Picture, Publication, Review, Treatment, triggers
from treatments.page_cache import invalidation, refresher
from treatments.page_cache.page import compressed_answer
from treatments.page_cache.store import MISSING, Pages, anonymous_request
from treatments.publishing import slugs
from treatments.publishing.publish import publish, withdraw
from treatments.publishing.reviews import record_review
from treatments.publishing.snapshots import newest_snapshot, save_snapshot

PAGE = "/en/treatments/iontophoresis/"
BANGLA = "/bn/treatments/iontophoresis/"
OTHER = "/en/treatments/iontophoresis-for-medicine/"
LIST = "/en/treatments/"

# What may be written without a patient's page showing it.
NOT_SHOWN = {
    "LoadedContent",
    "ClinicChange",
    "Helpful",
    "Opened",
    "OldAddress",  # written with its treatment; and what leads on is never stored
    "PageChange",
    "BodyArea",  # a document holds the names that its page shows
    "Term",
    "Publication_pictures",  # written with its publication
    "Waiver",
    "WrongLogins",
    "Publication_waivers",
    "ShippedWords",
    "TreatmentProse",
    "Treatment_body_areas",
    *(
        model.__name__
        for model in apps.get_app_config("treatments").get_models()
        if hasattr(model, "uid")  # a draft's list items
    ),
}


@pytest.fixture
def machine(db, tmp_path, monkeypatch):
    """Turns to the folder of a machine: `machine("a")`. Each has a ledger and pages of its own."""

    def turn_to(name: str) -> None:
        folder = tmp_path / name
        monkeypatch.setattr(invalidation, "FOLDER", folder)
        monkeypatch.setattr(invalidation, "LOCKS", folder / "locks")
        monkeypatch.setattr(invalidation, "LEDGER", folder / "ledger.json")
        monkeypatch.setattr(invalidation, "STAMP", folder / "stamp")
        monkeypatch.setattr(invalidation, "_latest", None)
        monkeypatch.setattr(invalidation, "_shared", None)
        invalidation.sync()

    turn_to("one")
    signals = (request_started, request_finished)
    for signal in signals:  # the test's transaction must outlive its requests
        signal.disconnect(close_old_connections)
    yield turn_to
    for signal in signals:
        signal.connect(close_old_connections)


@pytest.fixture
def store(site, machine):
    return Pages(WSGIHandler())


@pytest.fixture
def committed(django_capture_on_commit_callbacks):
    """A transaction of its own, as far as the store can tell."""

    @contextmanager
    def transaction_of_its_own():
        connection.run_on_commit = []
        with django_capture_on_commit_callbacks(execute=True):
            yield
        connection.run_on_commit = []

    return transaction_of_its_own


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
    publish(newest_snapshot(treatment), ["en", "bn"], now=timezone.now())


# --- Hits ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("query", ["", "?fbclid=IwAR0", "?utm_source=x&utm_medium=y&gclid=z"])
@pytest.mark.parametrize("path", [PAGE, BANGLA, LIST, "/en/", "/sitemap.xml", "/robots.txt"])
def test_the_second_reader_costs_no_query(store, path, query, django_assert_num_queries):
    first = ask(store, path)
    store.django = unreachable
    with django_assert_num_queries(0):
        second = ask(store, path + query)
    assert (second.status, second.body) == (200, first.body)


@pytest.mark.parametrize("path", [PAGE, BANGLA])
def test_an_uncached_treatment_page_costs_four_queries(store, path, django_assert_max_num_queries):
    with django_assert_max_num_queries(4):
        assert ask(store, path).status == 200


@pytest.mark.parametrize(
    ("accepted", "encoding"),
    [
        ("gzip, deflate, br, zstd", "br"),
        ("gzip", "gzip"),
        ("GZIP;q=0.5, br;q=0", "gzip"),
        ("br;q=0.2, gzip;q=0.8", "gzip"),
        ("*", "br"),
        ("zstd", None),
        ("br;q=oops", None),
        ("", None),
    ],
)
def test_readers_get_the_encoding_they_want_most(store, accepted, encoding):
    plain = ask(store, PAGE)
    answer = ask(store, PAGE, accept_encoding=accepted)
    assert answer.headers.get("Content-Encoding") == encoding
    unpacked = {"br": brotli.decompress, "gzip": gzip.decompress, None: bytes}[encoding]
    assert unpacked(answer.body) == plain.body
    assert answer.headers["Content-Length"] == str(len(answer.body))
    assert answer.headers["Vary"] == "Accept-Encoding"


def test_each_encoding_has_a_strong_tag_of_its_own(store):
    tags = {ask(store, PAGE, accept_encoding=name).headers["ETag"] for name in ("br", "gzip", "")}
    assert len(tags) == 3
    assert all(tag.startswith('"') and tag.endswith('"') for tag in tags)


@pytest.mark.parametrize("form", ["{}", "W/{}", '"other", {}', "*", 'W/"a", W/{}, "b"'])
def test_a_browser_that_has_the_page_is_told_so(store, form):
    tag = ask(store, PAGE).headers["ETag"]
    again = ask(store, PAGE, if_none_match=form.format(tag))
    assert (again.status, again.body) == (304, b"")
    assert again.headers["ETag"] == tag and "Content-Length" not in again.headers


def test_another_tag_gets_the_page(store):
    ask(store, PAGE)
    assert ask(store, PAGE, if_none_match='"other"').status == 200


def test_a_head_request_gets_the_headers_only(store):
    page = ask(store, PAGE)
    head = ask(store, PAGE, method="HEAD")
    assert (head.status, head.body, head.headers) == (200, b"", page.headers)


def test_a_stored_page_says_how_long_it_may_be_kept(store):
    assert ask(store, PAGE).headers["Cache-Control"] == (
        "public, max-age=0, s-maxage=1, stale-if-error=10"
    )


def test_a_stored_page_carries_every_header_that_django_sends(store, client):
    sent = ask(store, PAGE).headers
    for name, value in client.get(PAGE).headers.items():
        if name not in ("Content-Length", "Vary"):
            assert sent[name] == value


# --- What steps aside ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "headers"),
    [
        ("/en/?page=2", {}),
        ("/en/?utm_source=x&page=2", {}),
        ("/en/", {"cookie": "a=b; sessionid=abc"}),
        ("/en/", {"method": "POST"}),
        ("/en/", {"host": "evil.example.org"}),
        ("/en/", {"host": ""}),
        ("/", {}),
        ("/healthz", {}),
        ("/admin/", {}),
        ("/en/treatments/iontophoresis/leaflet.pdf", {}),
    ],
)
def test_everything_but_plain_reading_goes_to_django(store, path, headers):
    ask(store, "/en/")
    store.django = unreachable
    with pytest.raises(AssertionError, match="Django was asked"):
        ask(store, path, **headers)


@pytest.mark.parametrize(
    "headers",
    [
        [("Set-Cookie", "a=b")],
        [("Cache-Control", "no-store")],
        [("Cache-Control", "private")],
        [("Vary", "Accept-Encoding, Cookie")],
        [("Content-Type", "application/pdf")],
    ],
)
def test_what_is_meant_for_one_reader_is_not_stored(machine, headers):
    asked = []

    def django(environ, start_response):
        asked.append(environ)
        start_response("200 OK", list(({"Content-Type": "text/html"} | dict(headers)).items()))
        return [b"for you"]

    store = Pages(django)
    for _ in range(2):
        assert ask(store, "/en/", accept_encoding="br").body == b"for you"
    assert len(asked) == 2


def test_nothing_about_the_first_reader_reaches_the_page_that_others_get(machine):
    seen = []

    def django(environ, start_response):
        seen.append(environ)
        start_response("200 OK", [("Content-Type", "text/html")])
        return [b"page"]

    ask(
        Pages(django),
        "/en/?utm_source=mail",
        cookie="theme=dark",
        user_agent="Somebody",
        accept_language="fr",
        x_forwarded_for="203.0.113.9",
    )
    told = {name for name in seen[0] if name.startswith("HTTP_")}
    assert told == {"HTTP_HOST"} and seen[0]["QUERY_STRING"] == ""


def test_plain_http_is_redirected_and_not_answered(store, settings):
    settings.SECURE_SSL_REDIRECT = True
    settings.PUBLIC_URL = "https://127.0.0.1:8000"
    store = Pages(WSGIHandler())
    assert ask(store, PAGE).status == 200
    http = {"wsgi.url_scheme": "http"}
    said = {"HTTP_X_FORWARDED_PROTO": "https"}

    def status(more):
        started = []
        body = store(anonymous_request(PAGE) | more, lambda *args: started.append(args[0]))
        if hasattr(body, "close"):
            body.close()
        return started[0][:3]

    assert status(http) == "301"
    assert (
        status(http | said) == "301"
    )  # anybody may say so, while no proxy of ours stands in front
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    assert status(http | said) == "200"
    assert status({"HTTP_X_FORWARDED_PROTO": "http"}) == "301"


# --- Never the old page -------------------------------------------------------------------------


def test_new_words_are_there_for_the_next_reader(store, committed):
    assert b"A title of today" not in ask(store, PAGE).body
    with committed():
        publish_anew("iontophoresis", title="A title of today")
    for path in (PAGE, LIST, "/en/", OTHER.replace("-for-medicine", "-at-home")):
        assert b"A title of today" in ask(store, path).body, path


def test_a_withdrawn_page_is_gone_for_the_next_reader(store, committed, iontophoresis):
    ask(store, PAGE)
    with committed():
        withdraw(iontophoresis, ["en"], now=timezone.now())
    assert ask(store, PAGE).status == 404
    assert PAGE.encode() not in ask(store, LIST).body
    assert PAGE.encode() not in ask(store, "/sitemap.xml").body
    assert f'hreflang="en" href="{PAGE}"'.encode() not in ask(store, BANGLA).body


def test_a_page_that_was_missing_is_there_once_it_is_published(store, committed, iontophoresis):
    with committed():
        withdraw(iontophoresis, ["en", "bn"], now=timezone.now())
    assert ask(store, PAGE).status == ask(store, PAGE).status == 404
    with committed():
        publish(newest_snapshot(iontophoresis), ["en", "bn"], now=timezone.now())
    assert ask(store, PAGE).status == 200


def new_phone():
    clinic = Clinic.objects.get()
    clinic.phones = "+8801700000001"
    clinic.save()


def new_phone_without_a_signal():
    Clinic.objects.update(phones="+8801700000001")


def new_phone_in_sql():
    with connection.cursor() as cursor:
        cursor.execute("UPDATE treatments_clinic SET phones = '+8801700000001'")


@pytest.mark.parametrize("change", [new_phone, new_phone_without_a_signal, new_phone_in_sql])
@pytest.mark.parametrize("path", [PAGE, BANGLA, "/bn/about/"])
def test_the_clinics_new_number_is_on_every_page(store, committed, change, path):
    assert b"+8801700000001" not in ask(store, path).body
    with committed():
        change()
    assert b"+8801700000001" in ask(store, path).body


def test_a_new_order_shows_at_once(store, committed):
    slugs = list(Treatment.objects.order_by("position").values_list("slug", flat=True))
    places = [ask(store, LIST).body.index(f'/treatments/{slug}/"'.encode()) for slug in slugs]
    assert places == sorted(places)
    with committed():
        for position, slug in enumerate(reversed(slugs)):
            Treatment.objects.filter(slug=slug).update(position=position)
    places = [ask(store, LIST).body.index(f'/treatments/{slug}/"'.encode()) for slug in slugs]
    assert places == sorted(places, reverse=True)


def test_a_deleted_treatment_is_gone(store, committed, iontophoresis):
    ask(store, PAGE)
    with committed():
        iontophoresis.delete()
    assert ask(store, PAGE).status == 404


def test_saving_a_draft_touches_no_page(store, committed, iontophoresis):
    ask(store, PAGE), ask(store, LIST)
    with committed():
        iontophoresis.save()
        iontophoresis.translations.update(title="Not published")
    store.django = unreachable
    assert ask(store, PAGE).status == ask(store, LIST).status == 200


def test_publishing_one_treatment_leaves_the_pages_that_do_not_show_it(store, committed):
    far = Treatment.objects.order_by("position")[2].slug
    ask(store, f"/en/treatments/{far}/")
    with committed():
        publish_anew(Treatment.objects.order_by("position")[0].slug, title="The first one")
    store.django = unreachable
    assert ask(store, f"/en/treatments/{far}/").status == 200


def test_a_change_that_is_taken_back_was_none(store, committed):
    ask(store, PAGE)
    with committed():
        try:
            with transaction.atomic():
                new_phone()
                raise RuntimeError
        except RuntimeError:
            pass
    store.django = unreachable
    assert ask(store, PAGE).status == 200


def test_a_change_after_one_that_was_taken_back_counts(store, committed):
    ask(store, PAGE)
    with committed():
        with transaction.atomic():
            new_phone()
            transaction.set_rollback(True)
        new_phone()
    assert b"+8801700000001" in ask(store, PAGE).body


def test_a_page_that_changes_while_it_is_made_is_not_kept(store, committed):
    django = WSGIHandler()

    def slow(environ, start_response):
        body = django(environ, start_response)
        with committed():
            new_phone()
        return body

    store.django = slow
    assert b"+8801700000001" not in ask(store, PAGE).body
    store.django = django
    assert b"+8801700000001" in ask(store, PAGE).body


def test_a_page_ends_by_itself_at_the_next_scheduled_change(store, committed, site):
    end = timezone.now() + timedelta(days=1)
    with committed():
        Publication.objects.filter(language="en").update(live_until=end)
    ask(store, PAGE)
    page, known = store._read(PAGE), invalidation.ledger_if_trusted()
    assert page.holds(known, end.timestamp() - 1)
    assert not page.holds(known, end.timestamp())
    answer = compressed_answer(page, "br")
    assert answer.holds(known, end.timestamp() - 1)
    assert not answer.holds(known, end.timestamp())


def test_a_view_may_say_when_its_page_ends(machine):
    def django(environ, start_response):
        start_response(
            "200 OK", [("Content-Type", "text/html"), ("Expires", "Sun, 01 Jan 2120 00:00:00 GMT")]
        )
        return [b"page"]

    store = Pages(django)
    assert "Expires" not in ask(store, "/en/").headers
    assert store._read("/en/").until == 4733510400


def test_a_changed_address_is_right_on_every_stored_page_from_the_next_request_on(store, committed):
    everywhere = (PAGE, BANGLA, OTHER, LIST, "/bn/treatments/", "/sitemap.xml", "/en/")
    new = "/en/treatments/sweating-hands/"
    assert [ask(store, path).status for path in (*everywhere, new)] == [200] * 7 + [404]
    with committed():
        slugs.change_slug(
            Treatment.objects.get(slug="iontophoresis"), "sweating-hands", now=timezone.now()
        )
    for _time in range(2):
        gone = ask(store, PAGE)
        assert (gone.status, gone.headers["Location"]) == (301, new)
        assert ask(store, BANGLA).status == 301
        assert ask(store, new).status == 200
        for path in (LIST, "/bn/treatments/", "/sitemap.xml", "/en/"):
            body = ask(store, path).body
            assert b"/treatments/sweating-hands/" in body
            assert b"/treatments/iontophoresis/" not in body
    with committed():
        slugs.change_slug(
            Treatment.objects.get(slug="sweating-hands"), "iontophoresis", now=timezone.now()
        )
    assert ask(store, PAGE).status == 200
    assert ask(store, new).headers["Location"] == PAGE


def test_every_model_is_either_shown_or_not():
    """A new model: does a patient's page read it? Then it belongs in triggers.WATCHED."""
    shown = {watched.model.__name__ for watched in triggers.WATCHED}
    every = apps.get_app_config("treatments").get_models(include_auto_created=True)
    assert {model.__name__ for model in every} == shown | NOT_SHOWN
    assert not shown & NOT_SHOWN


# --- Several machines, restarts, damage ---------------------------------------------------------


def test_another_machine_hears_of_a_change(store, machine, committed, tmp_path):
    machine("other")
    other = Pages(WSGIHandler())
    assert b"+8801700000001" not in ask(other, PAGE).body
    machine("one")
    with committed():
        new_phone()
    machine("other")
    assert b"+8801700000001" in ask(other, PAGE).body


def test_looking_again_without_a_change_touches_nothing(store):
    ask(store, PAGE)
    invalidation.sync()
    store.django = unreachable
    assert ask(store, PAGE).status == 200


def test_a_process_that_died_before_it_told_anybody_is_found_out(store):
    ask(store, PAGE)
    Clinic.objects.update(phones="+8801700000001")  # committed, and nothing after it
    connection.run_on_commit = []
    invalidation.sync()
    assert b"+8801700000001" in ask(store, PAGE).body


def test_another_database_counts_as_changed_all_over(store, committed):
    with committed():
        new_phone()
    ask(store, PAGE)
    PageChange.objects.all().delete()
    Clinic.objects.update(phones="")
    connection.run_on_commit = []
    PageChange.objects.all().delete()
    invalidation.sync()
    assert b"+8801700000001" not in ask(store, PAGE).body


def test_pages_outlive_a_restart(store):
    body = ask(store, PAGE, accept_encoding="br").body
    assert ask(Pages(unreachable), PAGE, accept_encoding="br").body == body


def test_a_new_release_serves_none_of_the_old_ones_pages(store, monkeypatch):
    ask(store, PAGE)
    monkeypatch.setattr("treatments.page_cache.store.release_digest", lambda: "another")
    with pytest.raises(AssertionError, match="Django was asked"):
        ask(Pages(unreachable), PAGE)


@pytest.mark.parametrize("damage", [b"", b"{", b"\0" * 5000])
def test_a_damaged_file_is_made_again(store, damage):
    body = ask(store, PAGE).body
    store._file(PAGE).write_bytes(damage)
    assert ask(Pages(WSGIHandler()), PAGE).body == body


def test_a_page_cut_short_is_made_again(store):
    body, file = ask(store, PAGE).body, store._file(PAGE)
    file.write_bytes(file.read_bytes()[:-1])
    assert ask(Pages(WSGIHandler()), PAGE).body == body


def test_a_ledger_that_is_lost_is_written_again(store, monkeypatch):
    body = ask(store, PAGE).body
    invalidation.LEDGER.unlink()
    assert ask(store, PAGE).body == body
    monkeypatch.setattr(invalidation, "_latest", None)  # another worker
    invalidation.reopen_stamp()
    assert ask(store, PAGE).body == body
    assert invalidation.LEDGER.exists()


def test_a_change_shows_also_after_the_folder_was_cleared(store, committed):
    ask(store, PAGE)
    shutil.rmtree(invalidation.FOLDER)
    invalidation.reopen_stamp()
    assert ask(store, PAGE).status == 200
    with committed():
        new_phone()
    assert b"+8801700000001" in ask(store, PAGE).body


def test_a_writer_that_died_between_stamp_and_ledger_stops_nobody(store, committed):
    body, known = ask(store, PAGE).body, invalidation.ledger_if_trusted()
    invalidation._write_stamp(known.stamp + 1, 0, 0)
    assert ask(store, PAGE).body == body
    assert invalidation.ledger_if_trusted() is invalidation.ledger_if_trusted()
    with committed():
        new_phone()
    assert b"+8801700000001" in ask(store, PAGE).body


def test_a_stamp_of_before_this_release_is_made(store, committed):
    """Its ledger had none."""
    ask(store, PAGE)
    invalidation.STAMP.unlink()
    invalidation.reopen_stamp()
    assert invalidation.ledger_if_trusted() is invalidation.ledger_if_trusted()
    with committed():
        new_phone()
    assert b"+8801700000001" in ask(store, PAGE).body


def test_many_readers_at_once_cost_one_rendering(machine):
    asked, arrived = [], threading.Barrier(8)

    def django(environ, start_response):
        asked.append(environ)
        start_response("200 OK", [("Content-Type", "text/html")])
        return [b"page" * 50_000]

    store = Pages(django)

    def read():
        arrived.wait()
        assert ask(store, "/en/").status == 200

    readers = [threading.Thread(target=read) for _ in range(8)]
    for reader in readers:
        reader.start()
    for reader in readers:
        reader.join()
    assert len(asked) == 1


def test_memory_stays_within_its_bound(machine, settings):
    settings.PAGES_MEMORY_MB = 1

    def django(environ, start_response):
        start_response("200 OK", [("Content-Type", "text/html")])
        return [environ["PATH_INFO"].encode() + bytes(range(256)) * 400]

    store = Pages(django)
    for number in range(30):
        ask(store, f"/en/page-{number}/")
        ask(store, f"/en/page-{number}/")
    assert 0 < store._memory_bytes <= 1024 * 1024
    assert ask(store, "/en/page-0/").body.startswith(b"/en/page-0/")


def test_addresses_that_are_not_there_are_remembered_only_so_many(store):
    for number in range(MISSING + 5):
        store._missing[f"/en/x{number}/", "br"] = None
    store._missing.clear()
    assert ask(store, "/en/nowhere/").status == 404
    store.django = unreachable
    assert ask(store, "/en/nowhere/").status == 404


# --- Whatever goes wrong while learning what has changed ------------------------------------------

# By these others are reached; what they call is made to fail.
ENTRANCES = {"ledger", "sync", "_committed", "_watch", "_look", "distrust", "open_again", "_say"}
STEPS = sorted(
    name
    for name, value in vars(invalidation).items()
    if callable(value)
    and getattr(value, "__module__", "") == invalidation.__name__
    and not isinstance(value, type)
    and name not in ENTRANCES
    and not re.search("migrating|connected|notice", name)
)


@pytest.fixture
def never_an_old_page(store, committed):
    """`never_an_old_page(fails)`: a change is made while `fails()` is entered; what readers see."""

    def check(fails):
        assert b"+8801700000001" not in ask(store, PAGE).body
        with fails():
            with committed():
                new_phone()  # would raise: a save that was stored answers 500
            for _ in range(2):
                answer = ask(store, PAGE)
                assert answer.status == 200 and b"+8801700000001" in answer.body
            refresher.start(Pages(WSGIHandler()))  # would raise: a site that does not start
            assert b"+8801700000001" in ask(store, PAGE).body
        invalidation.sync()
        assert b"+8801700000001" in ask(store, PAGE).body
        store.django = unreachable
        assert b"+8801700000001" in ask(store, PAGE).body

    return check


@pytest.fixture(autouse=True)
def no_threads(monkeypatch):
    monkeypatch.setattr(refresher, "_in_turn", lambda site: None)
    monkeypatch.setattr(refresher, "close_old_connections", lambda: None)  # a test is a transaction


@pytest.mark.parametrize("error", [OverflowError, OSError(28, "No space left"), DataError])
@pytest.mark.parametrize("step", STEPS)
def test_a_step_that_fails_ends_the_trust(never_an_old_page, monkeypatch, step, error):
    def fail(*args, **kwargs):
        raise error

    @contextmanager
    def fails():
        with monkeypatch.context() as patch:
            patch.setattr(invalidation, step, fail)
            yield

    never_an_old_page(fails)


@pytest.mark.parametrize("name", ["open", "pwrite", "replace", "unlink"])
def test_a_disk_that_refuses_ends_the_trust(never_an_old_page, monkeypatch, name):
    def refuse(*args, **kwargs):
        raise OSError(30, "Read-only file system")

    @contextmanager
    def fails():
        with monkeypatch.context() as patch:
            patch.setattr(invalidation.os, name, refuse)
            yield

    never_an_old_page(fails)


@pytest.mark.parametrize("number", range(5))
def test_a_query_that_fails_ends_the_trust(never_an_old_page, monkeypatch, number):
    """Not for want of a database: because of what stands in it."""
    asked = []

    def refuse(execute, sql, params, many, context):
        if in_sync and sql.startswith("SELECT"):
            asked.append(sql)
            if len(asked) % 5 == number:
                raise OperationalError("no such column")
        return execute(sql, params, many, context)

    in_sync, sync = [], invalidation._sync

    def syncing(committed):
        in_sync.append(1)
        try:
            return sync(committed)
        finally:
            in_sync.pop()

    @contextmanager
    def fails():
        with monkeypatch.context() as patch, connection.execute_wrapper(refuse):
            patch.setattr(invalidation, "_sync", syncing)
            yield

    never_an_old_page(fails)
    assert len(asked) >= 5


def test_a_database_that_goes_right_after_a_change_ends_the_trust(
    store, committed, no_database, monkeypatch
):
    ask(store, PAGE)
    connection.run_on_commit = []
    new_phone()
    (_sids, told, _robust), *_ = connection.run_on_commit
    with no_database():
        told()
        assert ask(store, PAGE).status == 503
    connection.run_on_commit = []


def test_trust_runs_out_where_nobody_renews_it(store, monkeypatch):
    ask(store, PAGE)
    Clinic.objects.update(phones="+8801700000001")
    connection.run_on_commit = []  # nobody has heard of it
    soon = time.time() + invalidation.LEASE + 1
    monkeypatch.setattr(invalidation.time, "time", lambda: soon)
    assert b"+8801700000001" in ask(store, PAGE).body


@pytest.mark.parametrize("words", ["9999-12-31", "0001-01-01", "the day after tomorrow", None])
def test_a_closed_day_that_nobody_foresaw_stops_nothing(store, committed, words):
    ask(store, PAGE)
    with committed():
        Clinic.objects.update(closed_days=[words], phones="+8801700000001")
    invalidation.sync()
    refresher.start(store)
    with committed():
        withdraw(Treatment.objects.get(slug="iontophoresis"), ["en"], now=timezone.now())
    assert ask(store, PAGE).status == 404


def test_a_store_that_stumbles_leaves_the_page_to_django(store, monkeypatch):
    monkeypatch.setattr("treatments.page_cache.page.encoding_for", None)
    assert ask(store, PAGE).status == 200


# --- Changes made by hand -------------------------------------------------------------------------


def hand_written():
    for watched in triggers.WATCHED:
        for event in watched.events:
            yield pytest.param(watched, event, id=f"{watched.table}-{event}")


@pytest.mark.parametrize(("watched", "event"), [*hand_written()])
def test_the_database_itself_says_what_was_changed_by_hand(site, watched, event):
    """No line of this program sees it: raw SQL over the driver's own cursor."""
    publish_anew("iontophoresis", title="With a history")
    withdraw(Treatment.objects.get(slug="iontophoresis-at-home"), ["en"], now=timezone.now())
    Picture.objects.create(name="0" * 16, width=480, height=320, uploaded_at=timezone.now())
    before = dict(PageChange.objects.values_list("subject", "token"))
    row = watched.model.objects.order_by("pk").values().last() or _review()
    column = (watched.columns or ("id",))[0]
    raw = connection.connection.cursor()
    if event == "DELETE":
        PageChange.objects.all().delete()
        before = {}
        watched.model.objects.filter(pk=row["id"]).delete()
    elif event == "UPDATE":
        added = "position = position + 1" if column == "slug" else f"{column} = {column}"
        if column in ("document", "removed_because"):
            added = f"{column} = {column} || ' '"
        raw.execute(f"UPDATE {watched.table} SET {added} WHERE id = {row['id']}")
    else:
        PageChange.objects.all().delete()
        before = {}
        watched.model.objects.filter(pk=row["id"])._raw_delete("default")
        PageChange.objects.all().delete()
        watched.model(**row).save_base(raw=True, force_insert=True)
    after = dict(PageChange.objects.values_list("subject", "token"))
    subject = f"treatment:{row['treatment_id']}" if watched.of_a_treatment else "site"
    changed = {name for name in after if after[name] != before.get(name)}
    assert changed == {subject}


def _review():
    snapshot = Treatment.objects.get(slug="iontophoresis").snapshots.first()
    review = record_review(
        snapshot, "en", reviewer="R", qualification="Q",
        reviewed_on=timezone.localdate(), next_due=timezone.localdate() + timedelta(days=1),
        now=timezone.now(),
    )  # fmt: skip
    return Review.objects.filter(pk=review.pk).values().get()


def test_what_is_no_change_for_patients_says_nothing(site, iontophoresis):
    before = dict(PageChange.objects.values_list("subject", "token"))
    iontophoresis.save()
    iontophoresis.translations.update(title="A draft's")
    save_snapshot(iontophoresis, now=timezone.now())
    assert dict(PageChange.objects.values_list("subject", "token")) == before


def test_rebuilding_a_table_is_noticed(site):
    assert triggers.are_installed(connection)
    with connection.cursor() as cursor:
        on = "" if connection.vendor == "sqlite" else " ON treatments_clinic"
        cursor.execute(f"DROP TRIGGER page_change_clinic_update{on}")
    assert not triggers.are_installed(connection)
    triggers.install(connection)
    assert triggers.are_installed(connection)


# --- While the database is away -----------------------------------------------------------------


@pytest.fixture
def no_database():
    """`with no_database():` every query fails, as where there is no database to ask."""
    gone = connection.Database.OperationalError("no such file, or no server")
    if connection.vendor == "sqlite":
        gone.sqlite_errorname = "SQLITE_CANTOPEN"

    def refuse(*args):
        raise OperationalError from gone

    @contextmanager
    def away():
        watching, connection.execute_wrappers = connection.execute_wrappers, [refuse]
        yield
        connection.execute_wrappers = watching

    return away


@pytest.mark.parametrize(
    ("path", "words"),
    [("/en/about/", "This page cannot be shown right now"), ("/bn/about/", "এখন দেখানো যাচ্ছে না")],
)
def test_readers_are_told_in_their_language_whom_to_call(
    store, committed, no_database, path, words
):
    with committed():
        new_phone()
    with no_database():
        answer = ask(store, path)
    assert answer.status == 503
    assert answer.headers["Retry-After"] == "30"
    assert answer.headers["Cache-Control"] == "no-store"
    assert "Content-Security-Policy" in answer.headers
    assert words in answer.body.decode() and "tel:+8801700000001" in answer.body.decode()


def test_an_address_that_is_not_there_is_no_other_case(store, no_database):
    with no_database():
        assert ask(store, "/en/nowhere/").status == 503


def test_stored_pages_need_no_database_even_after_a_restart(store, no_database):
    body = ask(store, PAGE).body
    with no_database():
        assert ask(store, PAGE).body == body
        assert ask(Pages(WSGIHandler()), PAGE).body == body


def test_pages_come_back_with_the_database(store, no_database, monkeypatch):
    with no_database():
        assert ask(store, "/en/about/").status == 503
    monkeypatch.setattr("treatments.page_cache.store.AWAY_SECONDS", 0)
    a_second_later = time.time() + 1
    monkeypatch.setattr("treatments.page_cache.store.time.time", lambda: a_second_later)
    assert ask(store, "/en/about/").status == 200
