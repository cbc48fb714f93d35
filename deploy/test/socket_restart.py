"""Reloads, kills and restarts the workers behind a passed socket, and counts the requests that get lost.

    python deploy/test/socket_restart.py [--seconds 20] [--rate 100] [--host ::1] [--folder VAR]

Half of the requests come over a new connection each; half over connections that are kept, and are
asked again over a new one where the other end had closed it before, as nginx does.
"""

import argparse
import asyncio
import os
import random
import signal
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path

from trial_site import Site

PATHS = ("/bn/", "/en/", "/bn/treatments/iontophoresis/", "/en/treatments/", "/robots.txt")
Line = tuple[asyncio.StreamReader, asyncio.StreamWriter]


@dataclass
class Load:
    site: Site
    waits: dict[str, list[float]] = field(default_factory=dict)  # seconds, by what went on
    lost: list[str] = field(default_factory=list)
    now: str = "quiet"
    idle: list[Line] = field(default_factory=list)

    async def one(self, keeps: bool) -> None:
        began, during = time.monotonic(), self.now
        try:
            await asyncio.wait_for(self._ask(random.choice(PATHS), keeps), 30)
        except Exception as error:
            self.lost.append(f"asked during {during}, lost during {self.now}: {error!r}")
        else:
            self.waits.setdefault(during, []).append(time.monotonic() - began)

    async def _ask(self, path: str, keeps: bool) -> None:
        while keeps and self.idle:
            line = self.idle.pop()
            try:
                return await self._over(line, path, keeps)
            except (ConnectionError, asyncio.IncompleteReadError) as error:
                if getattr(error, "partial", b""):  # an answer had begun
                    raise
        await self._over(await asyncio.open_connection(self.site.host, self.site.port), path, keeps)

    async def _over(self, line: Line, path: str, keeps: bool) -> None:
        reader, writer = line
        host = f"127.0.0.1:{self.site.port}"
        wish = "keep-alive" if keeps else "close"
        writer.write(f"GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: {wish}\r\n\r\n".encode())
        await writer.drain()
        head = (await reader.readuntil(b"\r\n\r\n")).decode().lower()
        length = int(head.split("content-length: ")[1].split("\r\n")[0])
        await reader.readexactly(length)
        if " 200 " not in head.splitlines()[0]:
            raise ValueError(head.splitlines()[0])
        if keeps and "connection: close" not in head:
            self.idle.append(line)
        else:
            writer.close()


async def reload(site: Site) -> None:
    site.gunicorn.send_signal(signal.SIGHUP)


async def kill_a_worker(site: Site) -> None:
    os.kill(random.choice(site.workers()), signal.SIGKILL)


async def restart(site: Site) -> None:
    await asyncio.to_thread(site.stop)
    site.start()


STEPS: tuple[tuple[str, Callable[[Site], Awaitable[None]]], ...] = (
    ("reload", reload),
    ("a worker killed", kill_a_worker),
    ("restart", restart),
    ("restart again", restart),
)


async def measure(site: Site, seconds: float, rate: int) -> Load:
    load, asked = Load(site), []
    began = time.monotonic()
    pause = seconds / (len(STEPS) + 1)
    steps, doing = list(STEPS), None
    for number in range(int(seconds * rate)):
        await asyncio.sleep(max(0.0, began + number / rate - time.monotonic()))
        if steps and time.monotonic() - began > pause * (len(STEPS) + 1 - len(steps)):
            load.now, act = steps.pop(0)
            doing = asyncio.create_task(act(site))
        asked.append(asyncio.create_task(load.one(keeps=bool(number % 2))))
    await asyncio.gather(*asked, *filter(None, [doing]))
    return load


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seconds", type=float, default=20)
    parser.add_argument("--rate", type=int, default=100, help="requests a second")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--folder", type=Path, help="the IONTOINFO_VAR of an earlier trial")
    wanted = parser.parse_args()
    site = Site(wanted.folder, host=wanted.host)
    site.prepare()
    site.start()
    try:
        site.wait_until_alive()
        load = asyncio.run(measure(site, wanted.seconds, wanted.rate))
    finally:
        site.stop()
    print(f"asked {sum(map(len, load.waits.values())) + len(load.lost)}, lost {len(load.lost)}")
    for what, waits in load.waits.items():
        ranked = sorted(waits)
        median, worst = ranked[len(ranked) // 2] * 1000, ranked[-1] * 1000
        print(f"{what:16} {len(waits):5} answers, median {median:6.1f} ms, worst {worst:7.1f} ms")
    for lost in load.lost[:10]:
        print(" ", lost)
    raise SystemExit(bool(load.lost))


if __name__ == "__main__":
    main()
