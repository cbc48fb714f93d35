"""Whatever bytes arrive, there is an answer that is no failure, and no log repeats them."""

import json
import re
import socket
from urllib.parse import unquote_to_bytes

import pytest
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from treatments.document.json_form import DocumentError, parse
from treatments.language.text import read_json
from treatments.models import Treatment
from treatments.urls import pages

from ..conftest import FIXTURES, Visitor
from ..live import Machine

MARK = "SECRETMARK"
SLUG = "iontophoresis"
PAGES = (
    "/bn/", f"/bn/treatments/{SLUG}/", f"/en/treatments/{SLUG}/plan/",
    f"/en/treatments/{SLUG}/plan/calendar.ics", f"/bn/treatments/{SLUG}/helpful/",
    "/admin/", "/admin/login/", "/admin/treatments/treatment/1/change/", "/admin/jsi18n/",
    "/sitemap.xml", "/healthz", "/sw.js", "/media/pictures/0123456789abcdef-480.jpg",
    "/static/css/admin.css", "/favicon.ico", "/robots.txt", "/en/feed.xml", "", "/", "*",
)  # fmt: skip

# What is odd in an address: %-escapes of everything, broken and surrogate UTF-8, raw bytes.
escapes = st.integers(0, 255).map(lambda byte: b"%%%02X" % byte)
odd = st.sampled_from(
    [
        b"%00", b"%ED%A0%80", b"%ED%BF%BF", b"%C0%AF", b"%F4%90%80%80", b"%EF%BF%BF", b"%", b"%g1",
        b"%2e%2e/", b"../", b"//", b"\\", b";", b"?", b"#", b"%25%30%30", b"\xff", b"\xe0\xa6\x95",
        b"%E0%A6%95", b"*", b"http://localhost/", b"host:443", b"[", b"%5B", b"\t", b"a" * 3000,
        b"%E2%80%AE", b"%0d%0aX:1", b"'\"<>", b"9" * 400, b"1" * 5000, b"&&&", b"=", b"%3D",
    ]
)  # fmt: skip
pieces = st.lists(st.one_of(escapes, odd, st.binary(max_size=4)), max_size=2).map(b"".join)
paths = st.tuples(st.sampled_from(PAGES), pieces, st.booleans()).map(
    lambda parts: parts[0].encode() + (MARK.encode() if parts[2] else b"") + parts[1]
)
KEYS = (b"", b"start", b"days", b"sessions", b"next", b"q", b"o", b"p", b"page", b"_popup", b"e")
pairs = st.tuples(st.sampled_from(KEYS), pieces).map(b"=".join)
queries = st.lists(pairs, max_size=4).map(b"&".join)
methods = st.sampled_from(
    [b"GET"] * 12 + [b"POST"] * 4 + [b"HEAD", b"PUT", b"DELETE", b"OPTIONS", b"TRACE", b"CONNECT"]
    + [b"PATCH", b"M-SEARCH", b"get", MARK.encode(), b"\x00", b""]
)  # fmt: skip
NAMES = (
    b"Host", b"Accept-Language", b"If-None-Match", b"If-Modified-Since", b"Range", b"Accept",
    b"X-Forwarded-For", b"X-Forwarded-Proto", b"Cookie", b"Referer", b"Origin", b"User-Agent",
    b"Accept-Encoding", b"Content-Type", b"Content-Length", b"Transfer-Encoding", b"Expect",
    b"Connection", b"Upgrade", b"Sec-Fetch-Site", b"If-Range", b"X-CSRFToken", b"Forwarded",
    b"Authorization", b"X_Odd", b"", MARK.encode(),
)  # fmt: skip
VALUES = (
    b"localhost", b"*", b"bytes=0-", b"bytes=9-1", b"bytes=" + b"9" * 400 + b"-", b"W/\"", b"\"\"",
    b"Sun, 06 Nov 0000 08:49:37 GMT", b"Sun, 06 Nov 9999 23:59:60 GMT", b"-1", b"5", b"0",
    b"bn;q=nan, en;q=1e999", b";q=,,;", b"en" * 900, b"::1, 1.2.3.4:5, unknown", b"https", b"chunked",
    b"sessionid=\"\\000\\777\"; csrftoken=\xff", b"sessionid=" + b"a" * 32, b"=;=;=", b"100-continue",
    b"a@b:c", b"evil.example:99999", b"[::1", b"multipart/form-data; boundary=\xff", b"close",
    b"multipart/form-data; boundary=x", b"text/html; charset=\xff\xfe", b"Basic \xff",
    b"application/x-www-form-urlencoded; charset=utf-7", b"form; charset=rot13", b"h2c", b"",
)  # fmt: skip
values = st.one_of(st.sampled_from(VALUES), st.binary(max_size=12)).map(
    lambda value: value.replace(b"\r", b"").replace(b"\n", b"")
)
headers = st.lists(st.tuples(st.sampled_from(NAMES), values), max_size=2)
versions = st.sampled_from([b"HTTP/1.1"] * 6 + [b"HTTP/1.0", b"HTTP/9.9", b"", MARK.encode()])


@st.composite
def requests(draw) -> bytes:
    """Bytes on a line, most of them a request, and each with the mark somewhere."""
    target, query = draw(paths), draw(queries)
    line = b" ".join(
        [draw(methods), target + b"?" + MARK.encode() + b"=1&" + query, draw(versions)]
    )
    given_headers = [(b"Host", b"localhost")] if draw(st.integers(0, 9)) else []
    given_headers += [*draw(headers), (b"Referer", MARK.encode())]
    head = b"\r\n".join([line, *(name + b": " + value for name, value in given_headers)])
    return (
        head
        + b"\r\n\r\n"
        + draw(st.sampled_from([b"", b"a=1", b"x" * 5, b"5\r\nhello\r\n0\r\n\r\n"]))
    )


@pytest.fixture(scope="module")
def machine(django_db_setup, tmp_path_factory):
    machine = Machine(tmp_path_factory.mktemp("site"), workers=1)
    machine.prepare()
    machine.manage("collectstatic", "--noinput", "-v0")
    machine.start()
    yield machine
    machine.stop()


def answered(port: int, request: bytes) -> int | None:
    """The status of the answer; None where the connection is closed without one."""
    with socket.create_connection(("127.0.0.1", port), timeout=20) as line:
        line.sendall(request)
        line.shutdown(socket.SHUT_WR)
        said = line.makefile("rb").read(4096)
    found = re.match(rb"HTTP/1\.[01] (\d{3}) ", said)
    assert found or not said
    return int(found[1]) if found else None


@settings(
    max_examples=200,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
@given(request=requests())
def test_raw_bytes_are_answered_and_never_logged(machine, request):
    log = machine.folder / "log"
    before = log.stat().st_size
    status = answered(machine.port, request)
    assert status is None or status < 500 or status == 501, request
    said = log.read_bytes()[before:]
    assert MARK.encode() not in said and b"127.0.0.1" not in said


# --- Through both databases -----------------------------------------------------------------------

asked = st.tuples(paths, queries, methods.filter(bool), headers)
few = settings(
    max_examples=60,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)


def environ(target: bytes, query: bytes, method: bytes, given_headers) -> dict[str, str]:
    """As a WSGI server makes it: what is no text stands there as Latin letters."""
    made = {
        "PATH_INFO": unquote_to_bytes(target).decode("latin-1"),
        "QUERY_STRING": query.decode("latin-1"),
        "REQUEST_METHOD": method.decode("latin-1"),
    }
    for name, value in given_headers:
        key = name.decode().upper().replace("-", "_")
        prefix = "" if key in ("CONTENT_TYPE", "CONTENT_LENGTH") else "HTTP_"
        made[prefix + key] = value.decode("latin-1")
    return made


@few
@given(request=asked)
def test_an_odd_request_is_answered_by_every_view(site, request):
    assert Visitor().request(**environ(*request)).status_code < 500


@few
@given(request=asked)
def test_also_where_staff_ask(staff, site, request):
    made = environ(*request)
    made.pop("HTTP_COOKIE", None)
    assert staff.request(**made).status_code < 500


@pytest.mark.parametrize(
    "path",
    [
        "/bn/treatments/\0/", "/bn/treatments/a\0b/plan/", "/admin/treatments/treatment/\0/change/",
        "/admin/treatments/treatment/_00/change/", "/media/pictures/\0", "*", "", "no-slash", "//",
    ],
)  # fmt: skip
@pytest.mark.parametrize("method", ["GET", "OPTIONS", "POST", "INVENTED"])
def test_an_address_that_is_none_is_answered(staff, site, path, method):
    for client in (Visitor(), staff):
        answer = client.request(PATH_INFO=path, REQUEST_METHOD=method)
        assert 200 <= answer.status_code < 500


# What no text has in it, however a line carries it: control characters, halves of a pair, bytes that
# are no UTF-8, and more of a text than any column takes.
NO_TEXT = [*(f"%{code:02X}" for code in [*range(32), 127]), "%C2%80", "%C2%9F", "%ED%A0%80", "%ED%BF%BF",
           "%C0%80", "%FF", "%E0%A6", "%F4%90%80%80", "%EF%BF%BE", "a" * 3000, "9" * 3000]  # fmt: skip


def addresses_with_a_gap() -> list[str]:
    """Every kind of address that takes a text, `{}` standing for it; staff's with their numbers."""
    pk = Treatment.objects.values_list("pk", flat=True).first()
    inside = [f"/bn/{route.pattern}" for route in pages if "<str:slug>" in str(route.pattern)]
    public = [path.replace("<str:slug>", "{}") for path in inside]
    public += [
        "/{}",
        "/{}/",
        "/bn/{}",
        "/en/treatments/{}",
        "/media/pictures/{}-480.jpg",
        "/static/{}",
    ]
    named = ("change", "history", "delete", "publish", "address")
    ours = [reverse(f"admin:treatments_treatment_{name}", args=[pk]) for name in named]
    return public + [path.replace(f"/{pk}/", "/{}/") for path in ours] + ["/admin/{}/"]


@pytest.mark.parametrize("text", NO_TEXT, ids=lambda text: text[:9])
def test_what_is_no_text_is_found_nowhere(staff, site, text):
    reader = Visitor()
    for gap in addresses_with_a_gap():
        path = unquote_to_bytes(gap.format(text)).decode("latin-1")
        for client in (reader, staff):
            answer = client.request(PATH_INFO=path, REQUEST_METHOD="GET")
            wanted = {400, 404}
            if gap.startswith("/admin/"):
                wanted |= {302}  # to the login, or to a page that says so
            if gap.endswith("/helpful/"):
                wanted |= {405}  # before anybody looks whose it is
            assert answer.status_code in wanted or is_slash(answer, path), (gap, answer.status_code)
        asked = reader.request(PATH_INFO=f"/bn/treatments/{SLUG}/plan/", QUERY_STRING=f"day={text}")
        assert asked.status_code < 500


def is_slash(answer, path: str) -> bool:
    """Whether an answer only puts a slash behind an address that has none."""
    return answer.status_code == 301 and not path.endswith("/") and answer["Location"].endswith("/")


@pytest.mark.parametrize(
    "cookie", ['sessionid="\\000aaaaaaaaa"', 'csrftoken="\\000"; sessionid=\xff']
)
def test_a_cookie_that_is_none_is_answered(client, site, cookie):
    for path in ("/admin/", "/admin/login/", "/bn/"):
        assert client.request(PATH_INFO=path, HTTP_COOKIE=cookie).status_code < 500


@pytest.mark.parametrize("query", ["q=%00", "id__exact=%00", "o=%00", "p=%00", "e=\0", "day=%00"])
def test_a_query_that_no_database_takes_is_answered(staff, site, query):
    for path in (
        "/admin/auth/user/",
        "/admin/treatments/term/",
        "/en/treatments/iontophoresis/plan/",
    ):
        assert staff.request(PATH_INFO=path, QUERY_STRING=query).status_code < 500


# --- JSON from outside ----------------------------------------------------------------------------

half = st.sampled_from(["\ud800", "a\udfffb", "\udc00\ud800"])
odd_values = st.one_of(
    half,
    st.sampled_from(
        [None, True, 0, -1, 10**400, 1e308, float("nan"), float("inf"), "", "a\0b", "\uffff", [], {},
         [[]], [{}], {"en": "\ud800", "bn": ""}, {"\ud800": 1}, "x" * 3000, "<p>\ud800</p>"]
    ),
    st.lists(st.integers(), max_size=3),
    st.text(max_size=5),
)  # fmt: skip
deep = st.sampled_from(["[", '{"a":', '[{"schema":']).flatmap(
    lambda opening: st.sampled_from([900, 1_000, 5_000, 100_000]).map(lambda times: opening * times)
)


@st.composite
def altered(draw, text: str) -> str:
    """A document with something else at one or two of its places, or what is hardly JSON."""
    if draw(st.integers(0, 9)) == 0:
        return draw(deep) + draw(st.sampled_from(["", "]", "1"]))
    plain = json.loads(text)
    for _ in range(draw(st.integers(1, 2))):
        holder = plain
        while True:
            keys = [*holder] if isinstance(holder, dict) else [*range(len(holder))]
            key = draw(st.sampled_from(keys))
            if isinstance(holder[key], dict | list) and holder[key] and draw(st.integers(0, 3)):
                holder = holder[key]
                continue
            if draw(st.integers(0, 9)):
                holder[key] = draw(odd_values)
            else:
                del holder[key]
            break
        if not plain:
            break
    return json.dumps(plain)


SHIPPED = (FIXTURES / "iontophoresis.json").read_text("utf-8")


@given(text=altered(SHIPPED))
def test_whatever_json_is_a_document_that_can_be_kept_or_refused(text):
    try:
        document = parse(text)
    except DocumentError as refusal:
        str(refusal).encode()  # it is shown to whoever sent it
    else:
        assert parse(document.json) == document


@pytest.mark.parametrize("text", ["[" * 100_000, '"\\ud800"', '{"\\udc00": 1}', b'"\xff"', "nul"])
def test_json_that_nobody_can_keep_is_refused(text):
    with pytest.raises(ValueError):
        read_json(text)
