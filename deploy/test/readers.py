"""Readers of a site, at a steady rate, while things are done to it. Beside its nginx, on its network.

    readers.py skin.example.org NGINX[,NGINX…] RATE PATH…

Each line on the standard input names what is done from now on; the end of the input ends the reading.
Prints a line for each, with tabs between: its name, pages asked for, pages lost, the median, the 99th
percentile and the longest of the waits in milliseconds, and why pages were lost. Lost is what was not
read whole within ten seconds. Each reader keeps a connection and reads a page every three seconds; with
several addresses, whoever gets no answer from one asks the next, as a balancer does.
"""

import asyncio
import itertools
import random
import re
import ssl
import statistics
import sys
import time
from collections import Counter

PATIENCE = 10.0  # seconds
EVERY = 3.0  # seconds


class Step:
    def __init__(self, name: str):
        self.name, self.waits, self.reasons = name, [], Counter()

    def line(self) -> str:
        waits = sorted(self.waits) or [0.0]
        figures = statistics.median(waits), waits[int(len(waits) * 0.99)], waits[-1]
        times = [f"{figure * 1000:.0f}" for figure in figures]
        why = ", ".join(f"{number} × {reason}" for reason, number in self.reasons.items())
        lost = self.reasons.total()
        return "\t".join([self.name, str(len(self.waits)), str(lost), *times, why or "-"])


class Reader:
    """One phone, on a connection that it keeps, as browsers do."""

    def __init__(self, host: str, addresses: list[str], context: ssl.SSLContext):
        self.host, self.addresses, self.context = host, addresses, context
        self.connection = None

    async def read(self, path: str) -> str:
        """Why the page was not read: "" where it was."""
        kept = [""] if self.connection else []
        tries = kept + random.sample(self.addresses, len(self.addresses))
        why = ""
        for address in tries:
            try:
                answered = self._read(address, path)
                return await asyncio.wait_for(answered, PATIENCE / len(tries))
            except (OSError, EOFError) as error:
                why = type(error).__name__
                if self.connection:
                    self.connection[1].close()
                self.connection = None
        return why

    async def _read(self, address: str, path: str) -> str:
        """Over the connection that was kept, where no address is given."""
        if address:
            self.connection = await asyncio.open_connection(
                address, 443, ssl=self.context, server_hostname=self.host
            )
        reader, writer = self.connection
        writer.write(f"GET {path} HTTP/1.1\r\nHost: {self.host}\r\n\r\n".encode())
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
        length = re.search(r"^content-length: (\d+)", head, re.IGNORECASE | re.MULTILINE)
        if not length:
            raise EOFError
        body = await reader.readexactly(int(length[1]))
        status = head.split(" ", 2)[1]
        if status != "200":
            return f"status {status}"
        return "" if b"</html>" in body[-100:] else "half a page"

    async def go_on(self, wait: float, paths: list[str], steps: list[Step]) -> None:
        """Reads a page every now and then. The wait for one counts from when it was due."""
        due = time.monotonic() + wait
        for path in itertools.cycle(paths):
            await asyncio.sleep(due - time.monotonic())
            step = steps[-1]
            why = await self.read(path)
            step.waits.append(time.monotonic() - due)
            if why:
                step.reasons[why] += 1
            due += EVERY


async def main(host: str, addresses: str, rate: str, *paths: str) -> None:
    context = ssl._create_unverified_context()
    steps = [Step("")]
    readers = []
    for number in range(int(float(rate) * EVERY)):
        reader = Reader(host, addresses.split(","), context)
        order = random.sample(paths, len(paths))
        readers.append(asyncio.create_task(reader.go_on(number / float(rate), order, steps)))
    while line := await asyncio.to_thread(sys.stdin.readline):
        steps.append(Step(line.strip()))
    await asyncio.sleep(PATIENCE)
    for task in readers:
        task.cancel()
    for step in steps[1:]:
        print(step.line())


asyncio.run(main(*sys.argv[1:]))
