"""The project's own nginx in front of a machine: deploy/nginx.conf on free ports, as whoever tests."""

import grp
import http.client
import os
import pwd
import shutil
import signal
import subprocess
from types import SimpleNamespace

from .conftest import ROOT
from .live import STARTED_WITHIN, Machine, free_port
from .patience import within

NGINX = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin:/usr/local/sbin")


class Nginx:
    """What it writes is below `folder`: its `log`, and `temporary`, the folder that its rules name."""

    def __init__(self, machine: Machine):
        assert NGINX, "nginx is missing: sudo apt-get install nginx-light"
        self.machine, self.port = machine, free_port()
        self.folder = machine.folder / "nginx"
        self.server = None

    def start(self) -> None:
        self.folder.mkdir(exist_ok=True)
        rules = self.folder / "nginx.conf"
        rules.write_text(self._rules(), "utf-8")
        me, group = pwd.getpwuid(os.geteuid()).pw_name, grp.getgrgid(os.getegid()).gr_name
        with open(self.folder / "log", "ab") as log:
            self.server = subprocess.Popen(
                [
                    NGINX, "-p", self.folder, "-c", rules, "-e", "stderr",
                    "-g", f"daemon off; pid {self.folder}/pid; user {me} {group};",
                ],
                stdout=log, stderr=log,
            )  # fmt: skip
        within(STARTED_WITHIN, self._answers)

    def _rules(self) -> str:
        """deploy/nginx.conf with other ports and folders, and without TLS."""
        rules = (ROOT / "deploy" / "nginx.conf").read_text("utf-8")
        kept = [
            line
            for line in rules.splitlines()
            if not line.strip().startswith(("ssl_", "listen 443", "http2 "))
        ]
        rules = "\n".join(kept) + "\n"
        (self.folder / "temporary").mkdir(exist_ok=True)
        for ours, here in (
            ("listen 80 ", f"listen 127.0.0.1:{self.port} "),
            ("set $workers web:8000", f"set $workers 127.0.0.1:{self.machine.port}"),
            ("/srv/var", str(self.machine.folder)),
            ("/var/cache/nginx", str(self.folder / "temporary")),
            ("include nginx/", f"include {ROOT}/deploy/nginx/"),
        ):
            assert ours in rules, f"deploy/nginx.conf has no {ours!r} any more"
            rules = rules.replace(ours, here)
        return rules

    def _answers(self) -> bool:
        assert self.server.poll() is None, (self.folder / "log").read_text("utf-8")
        try:
            return bool(self.get("/robots.txt").status)
        except OSError:
            return False

    def stop(self) -> None:
        if self.server:
            self.server.send_signal(signal.SIGTERM)
            self.server.wait(30)
            self.server = None

    def get(self, path: str, **headers: str) -> SimpleNamespace:
        """An answer with `status`, `headers` and `body` (bytes as sent), `accept_encoding="br"`
        being the header Accept-Encoding."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            named = {name.replace("_", "-"): value for name, value in headers.items()}
            connection.request("GET", path, headers=named)
            answer = connection.getresponse()
            return SimpleNamespace(status=answer.status, headers=answer.headers, body=answer.read())
        finally:
            connection.close()
