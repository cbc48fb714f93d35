"""A site of its own for a trial: a folder, a database that is prepared, and gunicorn on a socket that
outlives it, as systemd's does."""

import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from http.client import HTTPConnection
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


class Site:
    """`folder`: of an earlier trial, to spare preparing it again; None for a new one."""

    def __init__(
        self,
        folder: Path | None = None,
        *,
        host: str = "127.0.0.1",
        workers: int = 2,
        database_url: str = "",
        port: int = 0,
    ):
        self.folder = folder or Path(tempfile.mkdtemp(prefix="iontoinfo-trial-"))
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        self.socket = socket.create_server((host, port), family=family, backlog=2048)
        self.host, self.port = self.socket.getsockname()[:2]
        self.env = os.environ | {
            "IONTOINFO_MODE": "local",
            "IONTOINFO_VAR": str(self.folder),
            "SECRET_KEY": "only-for-trials-0123456789-abcdefghijklmnopqrstuvwxyz",
            "DATABASE_URL": database_url,
            "PORT": str(self.port),
            "WEB_WORKERS": str(workers),
        }
        self.gunicorn: subprocess.Popen | None = None

    def set_up_django(self) -> None:
        """Has this very process speak to the site's database, and find the helpers of the tests."""
        sys.path.insert(0, str(ROOT))
        os.environ.update(self.env, DJANGO_SETTINGS_MODULE="iontoinfo.settings")
        import django

        django.setup()

    def manage(self, *arguments: str, **more) -> subprocess.CompletedProcess:
        command = [sys.executable, "manage.py", *arguments]
        return subprocess.run(command, cwd=ROOT, env=self.env, check=True, text=True, **more)

    def prepare(self) -> None:
        self.manage("prepare", "--static", stdout=subprocess.DEVNULL)

    def start(self) -> None:
        """With the socket as descriptor 3, in a process group of its own; does not wait."""
        command = [sys.executable, "-m", "gunicorn", "--config", "deploy/gunicorn.conf.py"]
        passing = f'LISTEN_FDS=1 LISTEN_PID=$$ exec "$@" 3<&{self.socket.fileno()}'
        with open(self.folder / "log", "ab") as log:
            self.gunicorn = subprocess.Popen(
                ["sh", "-c", passing, "sh", *command],
                cwd=ROOT, env=self.env, stdout=log, stderr=log,
                pass_fds=[self.socket.fileno()], start_new_session=True,
            )  # fmt: skip

    def wait_until_alive(self, seconds: float = 120) -> None:
        end = time.monotonic() + seconds
        while not self._answers():
            if time.monotonic() > end or self.gunicorn.poll() is not None:
                raise SystemExit(f"The site does not start: {self.folder / 'log'}")
            time.sleep(0.1)

    def _answers(self) -> bool:
        connection = HTTPConnection(self.host, self.port, timeout=30)
        try:
            connection.request("GET", "/healthz")
            return connection.getresponse().status == 200
        except OSError:
            return False
        finally:
            connection.close()

    def workers(self) -> list[int]:
        """Their process ids."""
        if self.gunicorn is None or self.gunicorn.poll() is not None:
            return []
        children = Path(f"/proc/{self.gunicorn.pid}/task/{self.gunicorn.pid}/children")
        return [int(pid) for pid in children.read_text().split()]

    def stop(self) -> None:
        if self.gunicorn and self.gunicorn.poll() is None:
            self.gunicorn.send_signal(signal.SIGTERM)
            self.gunicorn.wait(60)

    def kill(self) -> None:
        """The whole group, as a power cut would."""
        if self.gunicorn and self.gunicorn.poll() is None:
            os.killpg(self.gunicorn.pid, signal.SIGKILL)
            self.gunicorn.wait(60)
