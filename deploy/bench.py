"""What the site costs, beside the smallest WSGI program that sends the same bytes: `make bench`.

Both run one worker of the same gunicorn, in interleaved rounds; ratios first, since a time means
something on one machine only. Works in a folder of its own, and needs Linux for the times it reads.
"""

import argparse
import http.client
import json
import os
import random
import re
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PATHS = ("/en/treatments/iontophoresis/", "/bn/treatments/iontophoresis/")
READERS = 8
BROWSER = {
    "User-Agent": "Mozilla/5.0 (Linux; Android 10) AppleWebKit/537.36 Chrome/140.0 Mobile Safari/537.36",
    "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8",
    "Accept-Encoding": "gzip, deflate, br, zstd",
    "Accept-Language": "bn,en;q=0.8",
    "Sec-Fetch-Dest": "document",
    "Sec-Fetch-Mode": "navigate",
    "Sec-Fetch-Site": "none",
    "Upgrade-Insecure-Requests": "1",
}


# --- The smallest program -----------------------------------------------------------------------


def bare():
    """A WSGI application that knows its few pages by heart, and answers 304."""
    store = {}
    for path, page in json.loads(Path(os.environ["BENCH_PAGES"]).read_text()).items():
        headers = [tuple(header) for header in page["headers"]]
        kept = [header for header in headers if header[0] in ("ETag", "Vary", "Cache-Control")]
        store[path] = dict(headers)["ETag"], headers, [page["body"].encode("latin-1")], kept

    def application(environ, start_response):
        tag, headers, body, kept = store[environ["PATH_INFO"]]
        if environ.get("HTTP_IF_NONE_MATCH") == tag:
            start_response("304 Not Modified", kept)
            return []
        start_response("200 OK", headers)
        return body

    return application


# --- Servers and readers ------------------------------------------------------------------------


class Server:
    def __init__(self, name: str, env: dict[str, str], *arguments: str):
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port = free.getsockname()[1]
        self.name = name
        self.process = subprocess.Popen(
            [sys.executable, "-m", "gunicorn", "--config", "deploy/gunicorn.conf.py", *arguments],
            cwd=ROOT,
            env=env | {"PORT": str(self.port), "WEB_WORKERS": "1"},
        )
        for _ in range(300):
            try:
                self.get(PATHS[0])
                break
            except OSError:
                time.sleep(0.1)

    def get(self, path: str, **headers: str):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        connection.request("GET", path, headers=BROWSER | headers)
        answer = connection.getresponse()
        body = answer.read()
        connection.close()
        return answer.status, answer.getheaders(), body

    def worker(self) -> int:
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children")
        return int(children.read_text().split()[0])

    def cpu(self) -> float:
        """Seconds of CPU that the worker's threads have had."""
        spent = 0
        for task in Path(f"/proc/{self.worker()}/task").iterdir():
            spent += int((task / "schedstat").read_text().split()[0])
        return spent / 1e9

    def memory(self) -> float:
        """MB that are the worker's own."""
        text = Path(f"/proc/{self.worker()}/smaps_rollup").read_text()
        lines = [line.split() for line in text.splitlines() if line.startswith("Private_")]
        return sum(int(line[1]) for line in lines) / 1024

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait(30)


def load(server: Server, path: str, seconds: float, tag: str = "") -> float:
    """Microseconds of CPU a request, asked for by several readers over kept-alive connections."""
    headers = (
        BROWSER | {"Host": f"127.0.0.1:{server.port}"} | ({"If-None-Match": tag} if tag else {})
    )
    lines = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    request = f"GET {path} HTTP/1.1\r\n{lines}\r\n".encode()
    readers = [socket.create_connection(("127.0.0.1", server.port)) for _ in range(READERS)]
    expected = b"HTTP/1.1 304" if tag else b"HTTP/1.1 200"
    count, cpu, end = 0, server.cpu(), time.monotonic() + seconds
    while time.monotonic() < end:
        for reader in readers:
            reader.sendall(request)
        for reader in readers:
            if not read_answer(reader).startswith(expected):
                raise SystemExit(f"{server.name} did not answer {expected.decode()}")
        count += READERS
    spent = server.cpu() - cpu
    for reader in readers:
        reader.close()
    return spent / count * 1e6


def read_answer(reader: socket.socket) -> bytes:
    data = b""
    while b"\r\n\r\n" not in data:
        data += reader.recv(65536)
    head, _, body = data.partition(b"\r\n\r\n")
    length = 0
    for line in head.split(b"\r\n"):
        name, _, value = line.partition(b": ")
        if name.lower() == b"content-length" and not head.startswith(b"HTTP/1.1 304"):
            length = int(value)
    while len(body) < length:
        chunk = reader.recv(65536)
        body += chunk
    return head


# --- The site's own process: content, misses, edits ---------------------------------------------


def prepare(treatments: int) -> None:
    """Copies of the shipped treatments until there are so many live ones."""
    from treatments.models import Publication, Snapshot, Treatment

    originals = list(Treatment.objects.all())
    for number in range(treatments - len(originals)):
        original = originals[number % len(originals)]
        copy = Treatment.objects.create(slug=f"copy-{number}", position=1000 + number)
        for live in original.publications.filter(live_until=None).select_related("snapshot"):
            snapshot = Snapshot.objects.get(pk=live.snapshot_id)
            snapshot.pk, snapshot.treatment = None, copy
            snapshot.save(force_insert=True)
            Publication.objects.create(
                treatment=copy,
                snapshot=snapshot,
                language=live.language,
                title=f"{live.title} {number}",
                summary=live.summary,
                live_from=live.live_from,
            )


def miss() -> dict[str, float]:
    """Milliseconds of CPU for a page that is not stored, and its queries; the same the first time."""
    from django.core.handlers.wsgi import WSGIHandler
    from django.db import connection

    from treatments.page_cache.page import ENCODINGS, compress
    from treatments.page_cache.store import anonymous_request

    django, queries = WSGIHandler(), []

    def counted(execute, sql, *arguments):
        queries.append(sql)
        return execute(sql, *arguments)

    def render():
        body = django(anonymous_request(PATHS[1]), lambda *arguments: None)
        text = b"".join(body)
        body.close()
        return text

    times = []
    for _ in range(15):
        began = time.process_time()
        text = render()
        times.append(time.process_time() - began)
    queries.clear()
    with connection.execute_wrapper(counted):
        render()
    began = time.process_time()
    for encoding in ENCODINGS:
        compress(text, encoding, best=True)
    return {
        "compress": (time.process_time() - began) * 1000,
        "render": statistics.median(times) * 1000,
        "queries": len(queries),
    }


def edit() -> None:
    """Withdraws and publishes one treatment; a line when it has begun, and one when it is done."""
    from django.utils import timezone

    from treatments.models import Treatment
    from treatments.publishing.publish import publish, withdraw
    from treatments.publishing.snapshots import newest_snapshot

    treatment = Treatment.objects.get(slug="iontophoresis")
    for line in sys.stdin:
        began = time.perf_counter()
        if line.strip() == "withdraw":
            withdraw(treatment, ["en"], now=timezone.now())
        else:
            publish(newest_snapshot(treatment), ["en"], now=timezone.now())
        print(time.perf_counter() - began, flush=True)


# --- One site -----------------------------------------------------------------------------------


def environment(folder: Path) -> dict[str, str]:
    return os.environ | {
        "PYTHONPATH": str(ROOT),
        "DJANGO_SETTINGS_MODULE": "iontoinfo.settings",
        "IONTOINFO_MODE": "local",
        "IONTOINFO_VAR": str(folder),
        "DATABASE_URL": "",
        "STATIC_ROOT": "",
        "SECRET_KEY": "only-for-the-benchmark-0123456789-abcdefghijklmnopqrstuvwxyz",
    }


def run(env: dict[str, str], *arguments: str) -> str:
    done = subprocess.run(
        [sys.executable, *arguments],
        cwd=ROOT,
        env=env,
        check=True,
        text=True,
        stdout=subprocess.PIPE,
    )
    return done.stdout


def publish_to_visible(env: dict[str, str], site: Server, times: int) -> dict[str, float]:
    """Milliseconds: staff's part, and from then until a reader has the new page in full."""
    editor = subprocess.Popen(
        [sys.executable, __file__, "--part", "edit"],
        cwd=ROOT, env=env, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
    )  # fmt: skip
    publishing, visible, stale = [], [], 0
    for _ in range(times):
        for what, wanted in (("withdraw", 404), ("publish", 200)):
            editor.stdin.write(what + "\n")
            editor.stdin.flush()
            spent = float(editor.stdout.readline())
            began = time.perf_counter()
            stale += site.get(PATHS[0])[0] != wanted
            if what == "publish":
                publishing.append(spent * 1000)
                visible.append((time.perf_counter() - began) * 1000)
    editor.stdin.close()
    editor.wait(30)
    return {
        "publish": statistics.median(publishing),
        "visible": statistics.median(visible),
        "stale": stale,
    }


def measure(treatments: int, rounds: int, seconds: float) -> dict:
    folder = Path(tempfile.mkdtemp(prefix="iontoinfo-bench-"))
    env, servers = environment(folder), []
    try:
        run(env, "manage.py", "migrate", "-v0")
        run(env, "manage.py", "load_content")
        run(env, "manage.py", "collectstatic", "--noinput", "-v0")
        run(env, __file__, "--part", "prepare", "--treatments", str(treatments))
        figures = json.loads(run(env, __file__, "--part", "miss"))
        site = Server("site", env)
        servers.append(site)
        store = {}
        for path in PATHS:
            _status, headers, body = site.get(path)
            kept = [h for h in headers if h[0] not in ("Server", "Date", "Connection")]
            store[path] = {"headers": kept, "body": body.decode("latin-1")}
        (folder / "bench-pages.json").write_text(json.dumps(store))
        bare_env = env | {"BENCH_PAGES": str(folder / "bench-pages.json")}
        for name in ("bare", "bare-again"):
            servers.append(Server(name, bare_env, "--pythonpath", "deploy", "bench:bare()"))
        costs: dict[tuple, list[float]] = {}
        for _ in range(rounds):
            kinds = [(s, path, kind) for s in servers for path in PATHS for kind in (200, 304)]
            random.shuffle(kinds)
            for server, path, kind in kinds:
                tag = dict(store[path]["headers"])["ETag"] if kind == 304 else ""
                cost = load(server, path, seconds, tag)
                costs.setdefault((server.name, path[1:3], kind), []).append(cost)
        figures |= publish_to_visible(env, site, 5)
        site_map = site.get("/sitemap.xml", **{"Accept-Encoding": "identity"})[2].decode()
        for path in re.findall(r"<loc>https?://[^/<]+([^<]*)</loc>", site_map):
            site.get(path)
        figures |= {"treatments": treatments, "memory": site.memory(), "costs": costs}
        return figures
    finally:
        for server in servers:
            server.stop()
        shutil.rmtree(folder)


def report(figures: dict) -> None:
    costs = figures["costs"]
    print(f"\n{figures['treatments']} treatments\n")
    print("| page | answer | × bare (low–high) | µs CPU | bare µs | noise × |")
    print("|---|---|---|---|---|---|")
    for language in ("en", "bn"):
        for kind in (200, 304):
            site, bare_cost, again = (
                costs[name, language, kind] for name in ("site", "bare", "bare-again")
            )
            ratios = [b / s for b, s in zip(bare_cost, site, strict=True)]
            noise = [b / s for b, s in zip(bare_cost, again, strict=True)]
            print(
                f"| {language} | {kind} | {statistics.median(ratios):.2f} "
                f"({min(ratios):.2f}–{max(ratios):.2f}) | {statistics.median(site):.0f} | "
                f"{statistics.median(bare_cost):.0f} | {statistics.median(noise):.2f} |"
            )
    print(
        f"\nA page that is not stored: {figures['render']:.1f} ms CPU, queries: {figures['queries']}; "
        f"and {figures['compress']:.1f} ms to compress it.\n"
        f"Publishing: {figures['publish']:.1f} ms; then {figures['visible']:.1f} ms to the new page; "
        f"old pages seen: {figures['stale']}.\n"
        f"A worker that has answered every page: {figures['memory']:.0f} MB of its own."
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--treatments", default="3", help="how many, for example 3,50,500")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=1.5)
    parser.add_argument("--part", choices=["prepare", "miss", "edit"], help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if not asked.part:
        for number in asked.treatments.split(","):
            report(measure(int(number), asked.rounds, asked.seconds))
        return
    import django

    django.setup()
    if asked.part == "prepare":
        prepare(int(asked.treatments))
    elif asked.part == "miss":
        print(json.dumps(miss()))
    else:
        edit()


if __name__ == "__main__":
    main()
