"""A finished page is sent again to whoever may have it, in the form that they want."""

import gzip

import brotli
import pytest
from django.core.handlers.wsgi import WSGIHandler

from treatments.page_cache.store import Pages, anonymous_request

from .asking import BANGLA, LIST, PAGE, ask, unreachable

# --- Hits -----------------------------------------------------------------------------------------


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


# --- What steps aside -----------------------------------------------------------------------------


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
