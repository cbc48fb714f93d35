"""`make dev`: whoever edits a file sees it at the next look, and nobody else sees the server."""

import base64
import hashlib
import http.client
import os
import re
import signal
import subprocess
from pathlib import Path
from threading import Event, Thread, Timer
from types import SimpleNamespace

import pytest
from django.core.management import CommandError, call_command
from django.core.management.commands import runserver

from .clone import FROM_OUTSIDE, LOCAL, clone_into
from .live import STARTED_WITHIN, free_port

PAGE = "/en/treatments/iontophoresis/"
PRODUCTION = LOCAL | {
    "IONTOINFO_MODE": "production",
    "PUBLIC_URL": "https://skin.example.org",
    "ALLOWED_HOSTS": "skin.example.org",
}


@pytest.fixture(scope="module")
def clone(tmp_path_factory) -> Path:
    return clone_into(tmp_path_factory.mktemp("clone"))


def make_dev(clone: Path, variables: dict[str, str], **how) -> subprocess.Popen:
    """Nothing is installed: the packages count as old."""
    return subprocess.Popen(
        ["make", "--old-file=.venv/site", "dev"],
        cwd=clone,
        env=FROM_OUTSIDE | variables,
        start_new_session=True,
        **how,
    )


class Server:
    """`make dev` at work in a clone."""

    def __init__(self, clone: Path):
        self.port, self.reloads = free_port(), Event()
        self.process = make_dev(
            clone,
            {"PORT": str(self.port), "PYTHONUNBUFFERED": "1"},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    def wait(self) -> None:
        """Returns when it has started, for the first time or again."""
        giving_up = Timer(STARTED_WITHIN, self.end)
        giving_up.start()
        said = []
        for line in self.process.stdout:
            if line.startswith("Quit the server"):
                break
            if "reloading" in line:
                self.reloads.set()
            said.append(line)
        else:
            pytest.fail("".join(said))
        giving_up.cancel()

    def end(self) -> None:
        os.killpg(self.process.pid, signal.SIGTERM)

    def get(self, path: str) -> SimpleNamespace:
        """An answer with `status`, `headers` and `text`."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        connection.request("GET", path)
        answer = connection.getresponse()
        return SimpleNamespace(
            status=answer.status, headers=answer.headers, text=answer.read().decode()
        )


@pytest.fixture(scope="module")
def server(clone):
    server = Server(clone)
    try:
        server.wait()
        yield server
    finally:
        server.end()
        server.process.communicate(timeout=30)


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text, f"{path.name} has no {old!r} any more"
    path.write_text(text.replace(old, new), "utf-8")


@pytest.mark.parametrize("name", ["base.html", "public/_text.html", "public/_answers.html"])
def test_an_edited_template_shows_at_once(server, clone, name):
    template = clone / "templates" / name
    assert f"new in {name}" not in server.get(PAGE).text
    if name == "base.html":
        edit(template, "<footer>", f"<footer>new in {name}")
    else:
        template.write_text(template.read_text("utf-8") + f"new in {name}", "utf-8")
    assert f"new in {name}" in server.get(PAGE).text


def test_an_edited_style_sheet_shows_at_once_and_its_page_allows_it(server, clone):
    for colour in ("#123456", "#654321"):
        sheet = clone / "static" / "css" / "components.css"
        sheet.write_text(sheet.read_text("utf-8") + f".new{{color:{colour}}}", "utf-8")
        page = server.get(PAGE)
        styles = re.search(r"<style>(.*?)</style>", page.text, re.DOTALL)[1]
        assert colour in styles
        digest = base64.b64encode(hashlib.sha256(styles.encode()).digest()).decode()
        assert f"style-src 'sha256-{digest}'" in page.headers["Content-Security-Policy"]


@pytest.mark.parametrize("path", ["/sw.js", "/static/js/sheet.js", "/static/css/admin.css"])
def test_an_edited_script_or_sheet_of_the_staff_shows_at_once(server, clone, path):
    file = clone / "static" / ("js/sw.js" if path == "/sw.js" else path.removeprefix("/static/"))
    server.get(path)
    file.write_text(file.read_text("utf-8") + "\n/* new */\n", "utf-8")
    assert "/* new */" in server.get(path).text


def test_edited_python_is_run(server, clone):
    urls = clone / "iontoinfo" / "urls.py"
    edit(urls, "urlpatterns = [", 'urlpatterns = [\n    path("new/", lambda request: 1 / 0),')

    def touch_until_seen():  # the server may not yet have looked at its files for the first time
        while not server.reloads.wait(0.3):
            os.utime(urls)

    Thread(target=touch_until_seen, daemon=True).start()
    server.wait()
    page = server.get("/new/")
    assert (page.status, "ZeroDivisionError" in page.text) == (500, True)
    assert not page.headers["Content-Security-Policy"]  # which would take its styles away


def test_it_does_not_begin_in_production(clone, tmp_path):
    variables = PRODUCTION | {"IONTOINFO_VAR": str(tmp_path), "PORT": str(free_port())}
    process = make_dev(clone, variables, stderr=subprocess.PIPE, text=True)
    giving_up = Timer(STARTED_WITHIN, os.killpg, [process.pid, signal.SIGTERM])
    giving_up.start()
    said = process.communicate()[1]
    giving_up.cancel()
    assert said.startswith("The development server is for a local copy: ")
    assert not [*tmp_path.iterdir()]


@pytest.mark.parametrize("address", ["0.0.0.0:8000", "[::]:8000", "192.0.2.1:8000", "a.example:80"])
def test_it_listens_on_this_machine_alone(address, monkeypatch):
    monkeypatch.setattr(runserver.Command, "run", lambda *_, **__: pytest.fail("it listens"))
    with pytest.raises(CommandError, match="on this machine alone"):
        call_command("runserver", address)
