"""What may be sent by whom: strangers next to nothing, staff what their forms need."""

import http.client
import re
import socket
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import urlencode

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth import SESSION_KEY
from django.http.cookie import SimpleCookie
from django.urls import URLPattern, get_resolver, resolve

from treatments.models.sign_in import SessionStore
from treatments.public import request_limits

from ..admin_forms import form_data
from ..conftest import FORM, PASSWORD, Visitor
from ..live import Machine
from ..nginx import Nginx
from ..pages import soup, words
from ..photos.pictures import photo
from ..sheet import opened

KB, MB = 1024, 1024 * 1024
IN_PARTS = "multipart/form-data; boundary=x"
CHANGE = "/admin/treatments/treatment/{}/change/"
PHOTO_FORM = "/admin/treatments/treatment/{}/texts/photos/new/"


def every_address(patterns=None, before="") -> list[str]:
    """One address of each pattern that the site knows, and some that it does not."""
    if patterns is None:
        return [
            *every_address(get_resolver().url_patterns),
            "/nothing/", "/admin/nothing/", "/admin", "//admin/", "/bn/nothing/", "/static/x.css",
        ]  # fmt: skip
    found = []
    for pattern in patterns:
        here = before + _example(pattern)
        if isinstance(pattern, URLPattern):
            found.append("/" + here)
        else:
            found += every_address(pattern.url_patterns, here)
    return list(dict.fromkeys(found))


EXAMPLES = {"language": "bn", "slug": "iontophoresis", "app_label": "auth"}
PHOTO = "media/pictures/0123456789abcdef-480.jpg"


def _example(pattern) -> str:
    route = str(pattern.pattern)
    if "(?P" in route:  # a regular expression
        return PHOTO if "media" in route else re.sub(r"\(.*\)", "auth", route.strip("^$"))
    return re.sub(r"<(?:\w+:)?(\w+)>", lambda name: EXAMPLES.get(name[1], "1"), route)


ADDRESSES = every_address()


class Unread:
    """A body that nobody may look at."""

    def read(self, *args):
        raise AssertionError("the body was read")

    readline = readlines = __iter__ = read


def send(client, path, length, content_type=FORM, body=None, method="POST", **headers):
    """Only declared, not sent, where there is no body; `length` is what stands in the header."""
    return client.request(
        REQUEST_METHOD=method,
        PATH_INFO=path,
        CONTENT_LENGTH=str(length),
        CONTENT_TYPE=content_type,
        **{"wsgi.input": body or Unread()},
        **headers,
    )


def with_cookie(key: str) -> Visitor:
    visitor = Visitor()
    visitor.cookies = SimpleCookie({"sessionid": key})
    return visitor


def stale_session(nurse) -> Visitor:
    """Logged in, and then the password was changed."""
    visitor = Visitor()
    visitor.force_login(nurse)
    nurse.set_password("another long word")
    nurse.save()
    return visitor


def forged_session(nurse) -> Visitor:
    session = SessionStore()
    session[SESSION_KEY] = str(nurse.pk)
    session.save()
    return with_cookie(session.session_key)


def no_member_of_staff(nurse) -> Visitor:
    visitor = Visitor()
    visitor.force_login(nurse)
    type(nurse).objects.update(is_staff=False)
    return visitor


def switched_off(nurse) -> Visitor:
    visitor = Visitor()
    visitor.force_login(nurse)
    type(nurse).objects.update(is_active=False)
    return visitor


STRANGERS = {
    "without a cookie": lambda nurse: Visitor(),
    "a made-up cookie": lambda nurse: with_cookie("abcdefghijklmnopqrstuvwxyz012345"),
    "a cookie of nonsense": lambda nurse: with_cookie('"\\000\\377'),
    "a session without a login's hash": forged_session,
    "an old password's session": stale_session,
    "somebody who is no staff": no_member_of_staff,
    "somebody who was switched off": switched_off,
}


# --- Whoever is not logged in ---------------------------------------------------------------------


def test_the_addresses_are_those_of_the_site():
    assert len(ADDRESSES) > 60
    for one in ("/admin/login/", "/bn/treatments/iontophoresis/helpful/", CHANGE.format(1)):
        assert one in ADDRESSES


@pytest.mark.parametrize("who", STRANGERS)
def test_of_a_stranger_nothing_large_is_read_at_any_address(site, nurse, who):
    stranger = STRANGERS[who](nurse)
    for path in ADDRESSES:
        for content_type in (FORM, IN_PARTS, "application/json", ""):
            answer = send(stranger, path, 32 * MB, content_type)
            assert answer.status_code in (400, 413), (path, content_type)
            assert answer["Cache-Control"] == "no-store"


@pytest.mark.parametrize("method", ["GET", "HEAD", "PUT", "DELETE", "OPTIONS", "INVENTED"])
def test_whatever_the_method(site, method):
    for path in ADDRESSES:
        assert send(Visitor(), path, 32 * MB, method=method).status_code == 413, path


@pytest.mark.parametrize(
    ("length", "status"),
    [
        (16 * KB + 1, 413),
        ("0" * 30 + "99999", 413),
        ("9" * 30, 413),
        ("9" * 5000, 413),
        ("-5", 400),
        ("+5", 400),
        ("5, 5", 400),
        ("5.0", 400),
        ("٥", 400),
        ("five", 400),
    ],
)
def test_the_length_is_believed_only_where_it_is_one(site, length, status):
    for path in ("/admin/login/", "/bn/", "/admin/", "/bn/treatments/iontophoresis/helpful/"):
        assert send(Visitor(), path, length).status_code == status, path


def test_without_a_length_nothing_is_taken(site):
    answer = Visitor().request(
        REQUEST_METHOD="POST", PATH_INFO="/bn/", HTTP_TRANSFER_ENCODING="chunked"
    )
    assert answer.status_code == 411


@pytest.mark.parametrize("path", [path for path in ADDRESSES if not path.startswith("/admin/")])
def test_outside_the_admin_nobody_sends_a_file(site, path):
    assert send(Visitor(), path, 100, IN_PARTS).status_code == 413


def test_not_even_staff_send_a_file_to_the_login(staff, site):
    assert send(staff, "/admin/login/", 100, IN_PARTS).status_code == 413
    assert send(staff, "/admin/login/", 20 * KB).status_code == 413


def test_a_small_form_of_a_stranger_leads_to_the_login_unread(site):
    answer = send(Visitor(), CHANGE.format(1), 100, IN_PARTS)
    assert answer.status_code == 302
    assert answer["Location"] == f"/admin/login/?next={CHANGE.format(1)}"


def test_the_answer_is_in_the_language_of_the_address(site):
    assert "কিছুই সংরক্ষণ করা হয়নি" in send(Visitor(), "/bn/", MB).content.decode()
    assert "Nothing was saved" in send(Visitor(), "/en/", MB).content.decode()
    assert send(Visitor(), "/bn/", MB)["Content-Language"] == "bn"


def test_whose_login_has_ended_is_told_what_to_do(site):
    answer = send(Visitor(), CHANGE.format(1), MB, IN_PARTS)
    page = soup(answer)
    assert "You are not logged in any more" in words(page)
    assert page.find("a", href=f"/admin/login/?next={CHANGE.format(1)}")


def test_a_login_and_a_vote_still_fit(client, nurse, site):
    form = form_data(client.get("/admin/login/").content, "login-form")
    filled = form | {"username": nurse.username, "password": PASSWORD, "more": "x" * 15 * KB}
    assert client.post("/admin/login/", filled).status_code == 302
    assert client.get("/admin/").status_code == 200


# --- Staff ----------------------------------------------------------------------------------------


def told_in_words(answer) -> bool:
    assert answer.status_code == 413
    page = words(soup(answer))
    return "This is too large" in page and "Nothing was saved" in page


@pytest.mark.parametrize("path", [path for path in ADDRESSES if path.startswith("/admin/")])
def test_staff_are_told_in_words_what_is_too_large(staff, site, path):
    if resolve(path).url_name in request_limits.AT_THE_DOOR:
        return
    for content_type in (FORM, "application/json"):
        assert told_in_words(send(staff, path, 32 * MB, content_type)), path
    assert told_in_words(send(staff, path, 33 * MB, IN_PARTS)), path


def test_a_file_fits_only_where_files_are_taken(staff, iontophoresis):
    assert told_in_words(send(staff, "/admin/treatments/clinic/1/change/", MB, IN_PARTS))
    assert told_in_words(send(staff, "/admin/auth/user/add/", MB, IN_PARTS))


@pytest.mark.parametrize(
    "more",
    [{f"field{number}": "" for number in range(10_001)}, {"text_en": "x" * 17 * MB}],
    ids=["fields", "text"],
)
def test_a_form_of_too_much_is_answered_in_words(staff, iontophoresis, more):
    form = opened(staff, iontophoresis, "what_it_is", "new")
    assert told_in_words(staff.post(form.form["action"], form.says | more))


def test_a_photo_twice_as_large_as_it_may_be_is_refused_by_its_own_field():
    assert 2 * request_limits.MAX_BYTES + MB <= request_limits.A_FILE


# --- As it is served ------------------------------------------------------------------------------

CREATE = f"""
from django.contrib.auth.models import User
User.objects.create_superuser("nurse", password={PASSWORD!r})
"""


@pytest.fixture(scope="module")
def machine(django_db_setup, tmp_path_factory):
    machine = Machine(tmp_path_factory.mktemp("site"))
    machine.temporary = machine.folder / "temporary"
    machine.temporary.mkdir()
    machine.env["TMPDIR"] = str(machine.temporary)
    machine.prepare()
    machine.manage("shell", "-c", CREATE)
    machine.start()
    yield machine
    machine.stop()


@pytest.fixture(scope="module")
def nginx(machine):
    nginx = Nginx(machine)
    nginx.start()
    yield nginx
    nginx.stop()


def workers(machine) -> list[int]:
    pid = machine.server.pid
    return [int(one) for one in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def most_memory(machine) -> int:
    """The most that any worker has ever held, in MB."""
    statuses = [Path(f"/proc/{pid}/status").read_text() for pid in workers(machine)]
    lines = [line for status in statuses for line in status.splitlines()]
    return max(int(line.split()[1]) // KB for line in lines if line.startswith("VmHWM"))


def posted(port: int, path: str, body: bytes, headers: dict[str, str]):
    """The answer's status and text, read as most programs do: after all is sent."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        connection.request("POST", path, body, headers)
        answer = connection.getresponse()
        return answer.status, answer.read().decode(), answer.headers
    finally:
        connection.close()


LETTERS = b"a=" + b"%41" * (32 * MB // 3 - 1)
SENT = {
    "a form": (LETTERS, {"Content-Type": FORM}),
    "a form and a cookie": (
        LETTERS,
        {"Content-Type": FORM, "Cookie": "sessionid=abcdefghijklmnopqrstuvwxyz012345"},
    ),
    "a file": (
        b'--x\r\nContent-Disposition: form-data; name="a"; filename="a"\r\n\r\n'
        + b"0" * (31 * MB)
        + b"\r\n--x--\r\n",
        {"Content-Type": IN_PARTS},
    ),
}
POSTED_TO = ("/admin/login/", "/bn/treatments/iontophoresis/helpful/", CHANGE.format(1), "/bn/no/")


@pytest.mark.parametrize("through", ["gunicorn", "nginx"])
@pytest.mark.parametrize("path", POSTED_TO)
@pytest.mark.parametrize("what", SENT)
def test_four_at_once_cost_no_memory_and_are_answered(machine, nginx, through, path, what):
    body, headers = SENT[what]
    port = machine.port if through == "gunicorn" else nginx.port
    folders = machine.temporary, nginx.folder / "temporary" / "client_body"
    before = [folder.stat().st_mtime_ns for folder in folders]
    with ThreadPoolExecutor(4) as senders:
        answers = list(senders.map(lambda _: posted(port, path, body, headers), range(4)))
    assert [status for status, _text, _headers in answers] == [413] * 4
    assert most_memory(machine) < 150
    # Whatever comes into a folder or leaves it again changes its time.
    assert [folder.stat().st_mtime_ns for folder in folders] == before


def test_who_is_in_no_hurry_to_hang_up_holds_nobody_up(django_db_setup, tmp_path):
    """Each of them would hold all readers of a worker for two seconds."""
    machine = Machine(tmp_path / "site", workers=1)
    machine.prepare()
    machine.start()
    lingering = []
    try:
        for _ in range(15):
            lingering.append(socket.create_connection(("127.0.0.1", machine.port)))
            lingering[-1].sendall(b"GET /robots.txt HTTP/1.0\r\nHost: localhost\r\n\r\n")
        readers = http.client.HTTPConnection("127.0.0.1", machine.port, timeout=10)
        readers.request("GET", "/bn/")
        assert readers.getresponse().status == 200
    finally:
        for connection in lingering:
            connection.close()
        machine.stop()


class Nurse:
    """Logged in over a connection, as a browser is."""

    def __init__(self, port: int):
        self.port, self.cookies = port, {}
        login = form_data(self.get("/admin/login/"), "login-form")
        answer = self.post(
            "/admin/login/",
            urlencode(login | {"username": "nurse", "password": PASSWORD}).encode(),
            FORM,
        )
        assert answer[0] == 302

    def _headers(self) -> dict[str, str]:
        return {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}

    def get(self, path: str) -> str:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        connection.request("GET", path, headers=self._headers())
        answer = connection.getresponse()
        self._note(answer.headers)
        return answer.read().decode()

    def post(self, path: str, body: bytes, content_type: str) -> tuple:
        own = f"http://127.0.0.1:{self.port}"
        headers = self._headers() | {"Content-Type": content_type, "Origin": own}
        answer = posted(self.port, path, body, headers)
        self._note(answer[2])
        return answer

    def _note(self, headers) -> None:
        for line in headers.get_all("Set-Cookie") or ():
            self.cookies |= {name: one.value for name, one in SimpleCookie(line).items()}


def in_parts(fields: dict, files: dict[str, bytes]) -> tuple[bytes, str]:
    from django.core.files.uploadedfile import SimpleUploadedFile
    from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart

    files = {name: SimpleUploadedFile("photo.png", data) for name, data in files.items()}
    return encode_multipart(BOUNDARY, fields | files), MULTIPART_CONTENT


@pytest.mark.parametrize("through", ["gunicorn", "nginx"])
def test_a_nurse_saves_a_page_with_a_photo_as_large_as_it_may_be(machine, nginx, through):
    nurse = Nurse(machine.port if through == "gunicorn" else nginx.port)
    form = form_data(nurse.get(PHOTO_FORM.format(1)), "form-photos-new")
    small = photo()
    large = small + b"\0" * (request_limits.MAX_BYTES - len(small))
    alt = {"alt_en": f"The tray, seen from {through}.", "alt_bn": f"ট্রে: {through}"}
    body, kind = in_parts(form | alt, {"upload": large})
    assert len(body) > request_limits.MAX_BYTES
    status, text, _headers = nurse.post(PHOTO_FORM.format(1), body, kind)
    assert status == 302, BeautifulSoup(text, "html.parser").select(".errorlist")
    assert alt["alt_en"] in nurse.get(CHANGE.format(1))


@pytest.mark.parametrize("through", ["gunicorn", "nginx"])
def test_a_nurse_is_told_in_words_when_it_is_too_large(machine, nginx, through):
    nurse = Nurse(machine.port if through == "gunicorn" else nginx.port)
    body, kind = in_parts({}, {"upload": b"0" * (33 * MB)})
    status, text, _headers = nurse.post(PHOTO_FORM.format(1), body, kind)
    assert status == 413
    assert "Nothing was saved. Go back" in text


def test_a_connection_lasts_for_as_many_requests_as_somebody_has(machine):
    reader = http.client.HTTPConnection("127.0.0.1", machine.port, timeout=10)
    reader.connect()
    line = reader.sock
    for _ in range(1_500):
        reader.request("GET", "/robots.txt")
        answer = reader.getresponse()
        assert answer.status == 200 and answer.read()
    assert reader.sock is line


# --- Who sends slowly -----------------------------------------------------------------------------


def dripping(port: int, path: str, headers: dict[str, str]) -> socket.socket:
    """A connection on which a form is announced, begun, and never finished."""
    sender = socket.create_connection(("127.0.0.1", port))
    lines = [f"POST {path} HTTP/1.1", f"Host: 127.0.0.1:{port}", "Content-Length: 9000"]
    lines += [f"{name}: {value}" for name, value in headers.items()]
    sender.sendall("\r\n".join([*lines, f"Content-Type: {FORM}", "", "a="]).encode())
    return sender


@pytest.mark.parametrize("through", ["gunicorn", "nginx"])
def test_readers_do_not_wait_for_who_sends_slowly(machine, nginx, through):
    """Strangers' votes, and forms of somebody who is logged in."""
    port = machine.port if through == "gunicorn" else nginx.port
    nurse = Nurse(port)
    cookies = "; ".join(f"{name}={value}" for name, value in nurse.cookies.items())
    staff = {"Cookie": cookies}
    term, vote = "/admin/treatments/term/add/", "/bn/treatments/iontophoresis/helpful/"
    senders = [dripping(port, term, staff) for _ in range(20)]
    senders += [dripping(port, vote, {"Sec-Fetch-Site": "same-origin"}) for _ in range(20)]
    try:
        reader = http.client.HTTPConnection("127.0.0.1", port, timeout=4)
        for _ in range(20):
            reader.request("GET", "/bn/treatments/iontophoresis/")
            answer = reader.getresponse()
            assert answer.status == 200 and answer.read()
    finally:
        for sender in senders:
            sender.close()
