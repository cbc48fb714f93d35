"""Readers without pause through nginx, with deploy/nginx.conf as shipped (but for ports and TLS).

    python deploy/test/many_readers.py [--seconds 300] [--rate 500] [--folder VAR]

Says what went wrong, how long answers took (p50, p99) beside what they take in a quiet hour, and what
memory the workers had at the beginning and at the end.
"""

import argparse
import asyncio
import statistics
import time
from pathlib import Path
from types import SimpleNamespace

from socket_restart import Load
from trial_site import Site

QUIET_SECONDS, QUIET_RATE = 10, 20
PAGE_BYTES = 4096


async def read(site: SimpleNamespace, seconds: float, rate: int) -> Load:
    """Asks at that rate whether or not answers have come, over connections that are kept."""
    load, asked, began = Load(site), [], time.monotonic()
    for number in range(int(seconds * rate)):
        await asyncio.sleep(max(0.0, began + number / rate - time.monotonic()))
        asked.append(asyncio.create_task(load.one(keeps=True)))
        if len(asked) >= 10 * rate:
            await asked.pop(0)
    await asyncio.gather(*asked)
    return load


def said(load: Load) -> str:
    waits = load.waits.get("quiet", [])
    cuts = statistics.quantiles(waits, n=100)
    return (
        f"{len(waits)} answers, {len(load.lost)} errors, p50 {cuts[49] * 1000:.1f} ms, "
        f"p99 {cuts[98] * 1000:.1f} ms, worst {max(waits) * 1000:.1f} ms"
    )


def megabytes(site: Site) -> str:
    pages = [int(Path(f"/proc/{pid}/statm").read_text().split()[1]) for pid in site.workers()]
    return ", ".join(f"{number * PAGE_BYTES / 1024 / 1024:.0f}" for number in pages)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seconds", type=float, default=300)
    parser.add_argument("--rate", type=int, default=500, help="readers a second")
    parser.add_argument("--folder", type=Path, help="the IONTOINFO_VAR of an earlier trial")
    wanted = parser.parse_args()
    site = Site(wanted.folder)
    site.prepare()
    site.set_up_django()
    from tests.nginx import Nginx

    nginx = Nginx(site)
    site.start()
    try:
        site.wait_until_alive()
        nginx.start()
        # The site knows its name with its own port.
        front = SimpleNamespace(host="127.0.0.1", port=nginx.port)
        asyncio.run(read(front, 5, QUIET_RATE))
        print("quiet:", said(asyncio.run(read(front, QUIET_SECONDS, QUIET_RATE))))
        before = megabytes(site)
        load = asyncio.run(read(front, wanted.seconds, wanted.rate))
        print(f"{wanted.rate} a second:", said(load))
        print(f"MB of the workers: {before} at the beginning, {megabytes(site)} at the end")
    finally:
        nginx.stop()
        site.stop()
    for lost in load.lost[:10]:
        print(" ", lost)
    raise SystemExit(bool(load.lost))


if __name__ == "__main__":
    main()
