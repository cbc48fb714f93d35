"""A phone, and the line between it and the site, which can be cut."""

import contextlib
import re
import socket
import threading
import time
from collections.abc import Callable

from django.utils import timezone

from treatments.models import LANGUAGES
from treatments.publishing.snapshots import save_snapshot

from .pages import PAGE
from .publishing.reading import publish_as_read

CHECK = f"{PAGE.format('en')}check/"
PLAN = f"{PAGE.format('en')}plan/"
TODAY = "Quite other words."


class Line:
    """The way from a browser to a server, which can be cut: also for a service worker."""

    def __init__(self, target: tuple[str, int]):
        self.target, self.open = target, []
        self.silent = False  # accepts whatever comes, and says nothing
        self.left: int | None = None  # bytes of answers that still come through
        self.breaks = False  # after them, instead of saying nothing more
        self.asked: list[str] = []  # the paths, with their queries
        self.sizes: list[int] = []  # of all that went either way, in bytes
        self.once_asked: dict[str, Callable] = {}  # by path: what happens before it is passed on
        self.port = 0
        self.mend()

    def mend(self) -> None:
        self.listening = socket.create_server(("127.0.0.1", self.port))
        self.port = self.listening.getsockname()[1]
        threading.Thread(target=self._accept, args=(self.listening,), daemon=True).start()

    def cut(self) -> None:
        for end in (self.listening, *self.open):
            with contextlib.suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
            end.close()
        self.open.clear()

    def _accept(self, listening: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while True:
                ends = listening.accept()[0], socket.create_connection(self.target)
                self.open.extend(ends)
                for one, other in (ends, ends[::-1]):
                    way = (one, other, one is ends[1])
                    threading.Thread(target=self._carry, args=way, daemon=True).start()

    def _carry(self, one: socket.socket, other: socket.socket, answers: bool) -> None:
        with contextlib.suppress(OSError):
            while data := one.recv(65_536):
                self.sizes.append(len(data))
                for path in re.findall(r"(?m)^GET (\S+) HTTP", data.decode("latin-1")):
                    self.asked.append(path)
                    self.once_asked.pop(path, bool)()
                if answers and self.left is not None:
                    data = data[: self.left]
                    self.left -= len(data)
                if not self.silent:
                    other.sendall(data)
                if self.breaks and self.left == 0:
                    self.cut()
            other.shutdown(socket.SHUT_WR)


def new_phone(chromium, line: Line):
    return chromium.new_context(
        base_url=f"http://127.0.0.1:{line.port}", viewport={"width": 360, "height": 740}
    )


KEPT = """async () => {
  const store = await caches.open("pages"), found = {};
  for (const key of await store.keys()) {
    const { headers } = await store.match(key);
    found[new URL(key.url).pathname] = Number(headers.get("x-bytes"));
  }
  return found;
}"""


def kept(page) -> dict[str, int]:
    return page.evaluate(KEPT)


def rewrite(page, paths, **headers) -> None:
    """Changes headers of what is kept, all of it where no paths are given; None takes one away."""
    page.evaluate(
        """async ([paths, headers]) => {
          const store = await caches.open("pages");
          for (const path of paths ?? (await store.keys()).map(({ url }) => url)) {
            const kept = await store.match(path);
            const changed = new Headers(kept.headers);
            for (const [name, value] of Object.entries(headers)) {
              if (value === null) changed.delete(name);
              else changed.set(name, value);
            }
            await store.put(path, new Response(await kept.blob(), { headers: changed }));
          }
        }""",
        [paths, {f"x-{name}": value for name, value in headers.items()}],
    )


def was_kept(page, *, days_ago: float) -> int:
    """Lets everything have been read and kept then, which is returned as Unix milliseconds."""
    then = int((time.time() - days_ago * 86_400) * 1000)
    rewrite(page, None, saved=then, used=then)
    return then


def wait_for(page, condition: str) -> None:
    page.evaluate(
        f"""async () => {{
          const last = performance.now() + 15_000;
          while (!({condition})) {{
            if (performance.now() > last) throw Error("never came");
            await new Promise((done) => setTimeout(done, 20));
          }}
        }}"""
    )


def wait_until_renewed(page, *paths: str) -> None:
    """Until all of them were kept within the last hour."""
    for path in paths:
        then = f"(await caches.match('{path}'))?.headers.get('x-saved')"
        wait_for(page, f"Math.abs(Date.now() - {then}) < 3_600_000")


def read_until_kept(page, path: str) -> None:
    """Opens a page and waits until the worker has kept it."""
    page.goto(path)
    scripts = page.locator("script[src]").evaluate_all("all => all.map((one) => one.src)")
    for address in (path, *scripts):
        wait_for(page, f"await caches.match('{address}')")


def answers_can_be_tapped(page) -> bool:
    page.locator("[value=yes]").first.check(timeout=15_000)
    return is_told_to_ask(page)


def is_told_to_ask(page) -> bool:
    return page.locator(":is([data-outcome=stop], [data-outcome=talk]):visible").count() > 0


def publish_other_words(treatment) -> None:
    reason = treatment.contraindication_set.last()
    reason.text_en = reason.question_en = TODAY
    reason.text_bn = reason.question_bn = "একদম অন্য কথা।"
    reason.save()
    publish_as_read(save_snapshot(treatment, now=timezone.now()), LANGUAGES, now=timezone.now())
