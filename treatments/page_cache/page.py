"""A finished page as the workers of a machine share it, and the answers made from it."""

import gzip
import hashlib
import json
import re
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import brotli
from django.utils.http import parse_etags

from .invalidation import Ledger

CACHE_CONTROL = "public, max-age=0, s-maxage=1, stale-if-error=10"
STORED = re.compile(
    r"/(?:en|bn)/(?:treatments/(?:(?P<slug>[a-z0-9-]+)/)?)?(?:[a-z0-9-]+/)*(?:[a-z0-9-]+\.xml)?"
    r"|/sitemap\.xml|/robots\.txt"
)


# What others add to an address to learn where its reader came from.
TRACKING = re.compile(
    r"fbclid|mibextid|igsh|igshid|gclid|dclid|gbraid|wbraid|gad_source|gad_campaignid|msclkid|ttclid"
    r"|twclid|utm_[a-z_]+"
)
ENCODINGS = ("br", "gzip", "identity")  # as we prefer them


BEST_BYTES = 150_000  # a longer page is compressed less hard: its first reader is waiting


Environ = dict[str, Any]


Headers = list[tuple[str, str]]


@dataclass(frozen=True)
class Page:
    """A page as the workers of a machine share it, in one file."""

    path: str
    shown: str  # a digest of what it shows; the ledger's, while nothing has changed
    until: float | None  # when it ends by itself, as a Unix time
    headers: Headers  # all but those that differ by encoding
    tag: str
    bodies: dict[str, bytes]  # by encoding

    @property
    def slug(self) -> str | None:
        return slug_of(self.path)

    def holds(self, ledger: Ledger, now: float) -> bool:
        ended = self.until is not None and self.until <= now
        return not ended and ledger.shown_by(self.slug) == self.shown

    def to_bytes(self) -> bytes:
        bodies = b"".join(self.bodies.values())
        head = vars(self) | {
            "bodies": {encoding: len(body) for encoding, body in self.bodies.items()},
            "sum": _digest(bodies),
        }
        return json.dumps(head).encode() + b"\n" + bodies

    @classmethod
    def from_bytes(cls, data: bytes) -> "Page":
        """Raises ValueError for anything that was not written whole."""
        first, _, bodies = data.partition(b"\n")
        head = json.loads(first)
        if head.pop("sum") != _digest(bodies):
            raise ValueError("not the bytes that were written")
        start, parts = 0, {}
        for encoding, length in head["bodies"].items():
            parts[encoding] = bodies[start : start + length]
            start += length
        # Most values are the same on every page: kept in memory once.
        headers = [(sys.intern(name), sys.intern(value)) for name, value in head["headers"]]
        return cls(**head | {"headers": headers, "bodies": parts})


@dataclass(slots=True)
class Answer:
    """What is sent for a page in one encoding."""

    status: str
    headers: Headers
    body: bytes
    etag: str = ""
    not_modified: Headers | None = None
    shown: str = ""
    slug: str | None = None
    until: float = float("inf")
    seen: Ledger | None = None  # the ledger by which it was last found to hold

    def holds(self, ledger: Ledger, now: float) -> bool:
        if self.until <= now:
            return False
        if self.seen is not ledger:
            if ledger.shown_by(self.slug) != self.shown:
                return False
            self.seen = ledger
        return True

    def send(self, environ: Environ, start_response: Callable) -> Iterable[bytes]:
        asked = environ.get("HTTP_IF_NONE_MATCH")
        if asked and self.etag and (asked == self.etag or etag_matches(asked, self.etag)):
            start_response("304 Not Modified", [*self.not_modified])
            return ()
        start_response(self.status, [*self.headers])
        return (self.body,) if environ["REQUEST_METHOD"] == "GET" else ()


def slug_of(path: str) -> str | None:
    return STORED.fullmatch(path)["slug"]


def etag_matches(asked: str, etag: str) -> bool:
    """If-None-Match, which compares weakly: a proxy that compresses may have weakened the tag."""
    listed = parse_etags(asked)
    return "*" in listed or etag in (one.removeprefix("W/") for one in listed)


def _digest(data: bytes) -> str:
    return hashlib.blake2b(data, digest_size=12).hexdigest()


def compress(body: bytes, encoding: str, *, best: bool) -> bytes:
    if encoding == "br":
        quality = 5 if not best else 11 if len(body) <= BEST_BYTES else 9
        return brotli.compress(body, mode=brotli.MODE_TEXT, quality=quality)
    if encoding == "gzip":
        return gzip.compress(body, 9 if best else 6, mtime=0)
    return body


def compressed_answer(page: Page, encoding: str) -> Answer:
    etag = f'"{page.tag}"' if encoding == "identity" else f'"{page.tag}-{encoding}"'
    shared = [("Cache-Control", CACHE_CONTROL), ("Vary", "Accept-Encoding"), ("ETag", etag)]
    headers = [*page.headers, *shared]
    if encoding != "identity":
        headers.append(("Content-Encoding", encoding))
    headers.append(("Content-Length", str(len(page.bodies[encoding]))))
    return Answer(
        "200 OK",
        headers,
        page.bodies[encoding],
        etag,
        shared,
        page.shown,
        page.slug,
        float("inf") if page.until is None else page.until,
    )


@lru_cache(maxsize=200)
def encoding_for(accepted: str) -> str:
    """The encoding to answer an Accept-Encoding header with; the best of those wanted most."""
    wanted = {}
    for entry in accepted.lower().split(","):
        name, _, parameter = entry.replace(" ", "").partition(";")
        try:
            wanted[name] = float(parameter.removeprefix("q=")) if parameter else 1.0
        except ValueError:
            wanted[name] = 0.0
    others = wanted.get("*", 0.0)
    quality = {encoding: wanted.get(encoding, others) for encoding in ("br", "gzip")}
    quality["identity"] = wanted.get("identity", 0.001)
    return max(ENCODINGS, key=quality.__getitem__)


def is_tracking(query: str) -> bool:
    """Whether a query only tells a page's owner where the reader came from."""
    return all(TRACKING.fullmatch(part.partition("=")[0]) for part in query.split("&"))
