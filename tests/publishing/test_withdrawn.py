"""What was withdrawn is gone: for every reader, in every form, also while no worker answers."""

import os
import signal
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from ..live import Editor, Machine
from ..nginx import Nginx
from ..patience import within

SLUG = "iontophoresis"
BASE = f"/en/treatments/{SLUG}/"
ENCODINGS = ("br", "gzip", "identity")
A_SECOND = 1.0
WITHOUT_WORKERS = 11.0  # seconds, from the last answer of a worker


@pytest.fixture
def started():
    """What was started, to be stopped at the end."""
    running = []
    yield running
    for one in reversed(running):
        one.stop()


@pytest.fixture
def machine(django_db_setup, tmp_path, started):
    machine = Machine(tmp_path / "site")
    machine.prepare()
    started.append(machine)
    machine.start()
    return machine


@pytest.fixture
def nginx(machine, started):
    nginx = Nginx(machine)
    started.append(nginx)
    nginx.start()
    return nginx


@pytest.fixture
def edit(machine, started):
    editor = Editor(machine)
    started.append(editor)
    return editor


@pytest.fixture
def addresses(edit):
    """Everything that shows the treatment, once it has a photo."""
    name = edit("new_photo", SLUG)
    pictures = [f"/media/pictures/{name}-480.{end}" for end in ("avif", "webp", "jpg")]
    dates = f"start={timezone.localdate() + timedelta(days=1)}&day=mon&day=wed&day=fri"
    tails = ("", "leaflet.pdf", "check/", "wrong/", "plan/", f"plan/calendar.ics?{dates}")
    return [*(BASE + tail for tail in tails), *pictures]


def readable(nginx, addresses) -> list[tuple[str, str]]:
    return [
        (address, encoding)
        for address in addresses
        for encoding in ENCODINGS
        if nginx.get(address, accept_encoding=encoding).status == 200
    ]


def is_listed(nginx) -> bool:
    return any(
        BASE.encode() in nginx.get(path, accept_encoding="identity").body
        for path in ("/en/feed.xml", "/en/treatments/", "/sitemap.xml")
    )


def test_through_nginx_it_is_gone_within_a_second(nginx, edit, addresses):
    everything = [(address, encoding) for address in addresses for encoding in ENCODINGS]
    assert readable(nginx, addresses) == everything and is_listed(nginx)
    edit("withdrawn", SLUG)
    within(A_SECOND, lambda: not readable(nginx, addresses) and not is_listed(nginx))


def test_what_is_live_again_is_there_within_a_second(nginx, edit):
    edit("withdrawn_by_command", SLUG)
    for _ in range(3):
        within(A_SECOND, lambda: nginx.get(BASE).status == 404)
        edit("published_by_command", SLUG)
        within(A_SECOND, lambda: nginx.get(BASE).status == 200)
        edit("withdrawn_by_command", SLUG)


def test_a_photo_removed_everywhere_is_gone_within_a_second(nginx, edit, addresses):
    file = addresses[-1]
    name = file.rsplit("/", 1)[1][:16]

    def is_shown() -> bool:
        page = nginx.get(BASE, accept_encoding="identity")
        assert page.status == 200
        return name in page.body.decode()

    assert is_shown() and nginx.get(file).status == 200
    edit("removed_photo", name)
    within(A_SECOND, lambda: not is_shown() and nginx.get(file).status == 404)


def test_with_all_workers_killed_no_reading_keeps_it(machine, nginx, edit, addresses):
    assert readable(nginx, addresses)
    edit("withdrawn", SLUG)
    kill(machine)
    within(WITHOUT_WORKERS, lambda: not readable(nginx, addresses) and not is_listed(nginx))
    for encoding in ENCODINGS:
        away = nginx.get(BASE, accept_encoding=encoding)
        assert away.status == 502
        assert "আবার চেষ্টা করুন" in away.body.decode() and "Try again" in away.body.decode()
        assert away.headers["Cache-Control"] == "no-store"


def test_a_page_that_is_live_outlives_a_restart(machine, nginx):
    assert nginx.get(BASE).status == 200
    kill(machine)
    assert nginx.get(BASE).status == 200
    machine.start()
    assert nginx.get(BASE).status == 200


def kill(machine) -> None:
    """All workers and their master, at once, as a machine without power would."""
    master = machine.server.pid
    workers = Path(f"/proc/{master}/task/{master}/children").read_text().split()
    for process in (master, *map(int, workers)):
        os.kill(process, signal.SIGKILL)
    machine.server.wait(30)
    machine.server = None
