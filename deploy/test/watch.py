"""Reads a site from several sides while edits.py changes it, and counts what was old.

    edits.py … | watch.py skin.example.org ADDRESS…

An address is http://… of a worker or https://… of an nginx. Prints with tabs between: edits, readings, how
many of these were old at all, how many still a second after the edit, and by how many milliseconds the
oldest was.
"""

import http.client
import json
import re
import ssl
import sys
import threading
import time
from dataclasses import dataclass
from urllib.parse import urlsplit

REST = 0.1  # seconds between two readings of one address
A_SECOND = 1.0


def get(address: str, host: str, path: str) -> tuple[int, str]:
    parts = urlsplit(address)
    if parts.scheme == "https":
        context = ssl._create_unverified_context()
        connection = http.client.HTTPSConnection(parts.netloc, timeout=10, context=context)
    else:
        connection = http.client.HTTPConnection(parts.netloc, timeout=10)
    headers = {"Host": host, "X-Forwarded-Proto": "https", "X-Forwarded-For": "192.0.2.1"}
    try:
        connection.request("GET", path, headers=headers)
        answer = connection.getresponse()
        return answer.status, answer.read().decode()
    finally:
        connection.close()


def name_shown(status: int, text: str) -> str | None:
    name = re.search(r">(Edit \d+)<", text)
    return name and name[1]


SHOWN = [
    ("/en/", "name", name_shown),
    ("/en/treatments/iontophoresis-at-home/", "is_live", lambda status, text: status == 200),
]


@dataclass
class Reading:
    began: float  # Unix times
    ended: float
    what: str  # a key of an edit
    value: object


def seconds_old(reading: Reading, edits: list[dict]) -> float:
    """For how long what was read had been something else by then; 0 where it was right."""
    before = [edit for edit in edits if edit["saved"] <= reading.began]
    meanwhile = [edit for edit in edits[len(before) :] if edit["begun"] <= reading.ended]
    allowed = [edit[reading.what] for edit in before[-1:] + meanwhile]
    if not before or reading.value in allowed:
        return 0.0
    right = before[-1][reading.what]
    since = reading.began
    for edit in reversed(before):
        if edit[reading.what] != right:
            break
        since = edit["saved"]
    return max(reading.began - since, 0.001)


def main(host: str, *addresses: str) -> None:
    edits: list[dict] = []
    readings: list[Reading] = []
    ended = threading.Event()

    def watch(address: str) -> None:
        while not ended.is_set():
            for path, what, shown in SHOWN:
                began = time.time()
                try:
                    value = shown(*get(address, host, path))
                except OSError:  # readers.py counts what is not answered
                    continue
                readings.append(Reading(began, time.time(), what, value))
            time.sleep(REST)

    threads = [threading.Thread(target=watch, args=(address,)) for address in addresses]
    for thread in threads:
        thread.start()
    for line in sys.stdin:
        edits.append(json.loads(line))
    ended.set()
    for thread in threads:
        thread.join()
    ages = [seconds_old(reading, edits) for reading in readings]
    old = [age for age in ages if age]
    late = [age for age in ages if age > A_SECOND]
    print(len(edits), len(ages), len(old), len(late), f"{max(ages) * 1000:.0f}", sep="\t")


main(*sys.argv[1:])
