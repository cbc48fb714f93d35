"""A whole site beside the tests: gunicorn with its workers, and another process that edits it."""

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from types import SimpleNamespace

from .conftest import ROOT
from .patience import within
from .put_aside import copy_to

STARTED_WITHIN = 60.0  # seconds


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        return listening.getsockname()[1]


class Machine:
    """Gunicorn over a folder of its own, on a database that may be shared."""

    def __init__(self, folder, database_url: str = "", workers: int = 2):
        folder.mkdir(parents=True, exist_ok=True)
        self.folder, self.port = folder, free_port()
        kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
        self.env = kept | {
            "DJANGO_SETTINGS_MODULE": "tests.live_settings",
            "IONTOINFO_MODE": "local",
            "IONTOINFO_VAR": str(folder),
            "SECRET_KEY": "only-for-tests-0123456789-abcdefghijklmnopqrstuvwxyz",
            "DATABASE_URL": database_url or f"sqlite:///{folder / 'db.sqlite3'}",
            "PORT": str(self.port),
            "WEB_WORKERS": str(workers),
        }
        self.server = None

    def manage(self, *arguments: str) -> str:
        """What a command printed."""
        done = subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=ROOT, env=self.env, check=True, capture_output=True, text=True,
        )  # fmt: skip
        return done.stdout

    def prepare(self) -> None:
        """Gives it the shipped content, live: its database is a copy of the tests' own."""
        copy_to(self.env["DATABASE_URL"])

    def start(self) -> None:
        with open(self.folder / "log", "ab") as log:
            self.server = subprocess.Popen(
                [sys.executable, "-m", "gunicorn", "--config", "deploy/gunicorn.conf.py"],
                cwd=ROOT, env=self.env, stdout=log, stderr=log,
            )  # fmt: skip
        within(STARTED_WITHIN, self._answers)

    def _answers(self) -> bool:
        try:
            return bool(self.get("/robots.txt").status)
        except OSError:
            return False

    def stop(self) -> None:
        if self.server:
            self.server.send_signal(signal.SIGTERM)
            self.server.wait(30)
            self.server = None

    def get(self, path: str) -> SimpleNamespace:
        """An answer with `status` and `text`, over a connection of its own."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            connection.request("GET", path)
            answer = connection.getresponse()
            return SimpleNamespace(status=answer.status, text=answer.read().decode())
        finally:
            connection.close()

    def get_many(self, path: str, times: int = 24) -> list[SimpleNamespace]:
        """Asked for by eight readers at once, so that every worker has to answer."""
        with ThreadPoolExecutor(8) as readers:
            return list(readers.map(self.get, [path] * times))


class Editor:
    def __init__(self, machine: Machine):
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.editor"],
            cwd=ROOT, env=machine.env, text=True,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
        )  # fmt: skip

    def __call__(self, name: str, *arguments):
        """Returns when the edit is made, as staff would see it."""
        self.process.stdin.write(json.dumps([name, *arguments]) + "\n")
        self.process.stdin.flush()
        return json.loads(self.process.stdout.readline())

    def stop(self) -> None:
        self.process.stdin.close()
        self.process.wait(30)
