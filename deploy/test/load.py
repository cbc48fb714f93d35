"""Asks a site so many times a second, whatever it answers, and counts what a reader would miss.

    load.py skin.example.org --seconds 20 --rate 100 /bn/ /healthz

Each request is a reader of its own: a new connection and TLS. It is sent when its time has come, not
when the last one was answered. Pages are kept by nginx for a second; /healthz always goes to a worker. Prints one line of JSON: how many were `sent`,
`lost` (no answer, another status than 200, or half a page), the `worst` and `median` wait for a page in
seconds, and the worst for what is no page.
"""

import argparse
import asyncio
import json
import ssl
import statistics
import time

PATIENCE = 60  # seconds


async def read(host: str, address: str, path: str, context: ssl.SSLContext) -> str:
    """Why the page at `path` was not read: "" where it was."""
    reader, writer = await asyncio.open_connection(address, 443, ssl=context, server_hostname=host)
    try:
        writer.write(f"GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n".encode())
        answer = await reader.read(-1)
    finally:
        writer.close()
    status = answer.split(b" ", 2)[1:2]
    if status != [b"200"]:
        return f"status {b''.join(status).decode()}"
    return "half a page" if path.endswith("/") and b"</html>" not in answer[-100:] else ""


async def ask(wait: float, *what) -> tuple[float, str]:
    await asyncio.sleep(wait)
    began = time.monotonic()
    try:
        why = await asyncio.wait_for(read(*what), PATIENCE)
    except (OSError, TimeoutError) as error:
        why = type(error).__name__
    return time.monotonic() - began, why


async def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("host")
    parser.add_argument("paths", nargs="+")
    parser.add_argument("--address", default="127.0.0.1")
    parser.add_argument("--seconds", type=float, default=20)
    parser.add_argument("--rate", type=float, default=100)
    options = parser.parse_args()
    context = ssl._create_unverified_context()
    asked = []
    for number in range(int(options.seconds * options.rate)):
        path, wait = options.paths[number % len(options.paths)], number / options.rate
        asked.append(ask(wait, options.host, options.address, path, context))
    answers = await asyncio.gather(*asked)
    waits = {True: [0.0], False: [0.0]}  # of pages, and of others
    for number, (wait, _why) in enumerate(answers):
        waits[options.paths[number % len(options.paths)].endswith("/")].append(wait)
    reasons = [why for _wait, why in answers if why]
    result = {
        "sent": len(answers),
        "lost": len(reasons),
        "worst": round(max(waits[True]), 2),
        "median": round(statistics.median(waits[True]), 3),
        "worst of others": round(max(waits[False]), 2),
        "reasons": sorted(set(reasons)),
    }
    print(json.dumps(result))


asyncio.run(main())
