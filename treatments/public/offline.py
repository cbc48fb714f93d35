"""The service worker, with which pages can be read without a network."""

import hashlib
import json
import re
from functools import cache, lru_cache
from pathlib import Path

from django.contrib.staticfiles import finders
from django.db.models.functions import Length
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import condition, require_safe

from ..language.digits import digits_in
from ..models import LANGUAGES, Publication
from ..page_cache.page import TRACKING, compress, encoding_for
from .fixed_pages import PAGES

TRUSTED_DAYS = 30  # after which a page kept on a phone says that its words may have changed

# What a page costs a reader, in bytes as they are sent, with its headers.
FIXED_PAGE = 6_000
TREATMENT = 30_000  # with its check, its planner and its sources, beside its own words
DOCUMENT_CHARACTER = 0.2  # a document holds both languages, a page one


@cache
def worker_source() -> str:
    """The service worker, with its version and what it says to readers in every language."""
    words = {}
    for language in reversed(LANGUAGES):  # Bangla first
        with override(language):
            words[language] = {
                "saved": _(
                    "No internet, or it is very slow: this is the page as it was saved on {when}."
                ),
                "old": _(
                    "No internet, or it is very slow: this page was saved on {when}, more than "
                    "%(days)s days ago. Its words may have changed since. Ask the clinic before "
                    "you rely on it."
                )
                % {"days": digits_in(language, TRUSTED_DAYS)},
                "plan": _(
                    "Without internet the dates cannot be worked out. Nothing is lost: what you "
                    "chose stands below. When there is internet again:"
                ),
                "again": _("show the dates"),
                "title": _("No internet"),
                "text": _("This page is not kept on this phone, so it cannot be shown."),
                "kept": _("You can open these pages, which this phone keeps:"),
            }
    source = f"const WORDS = {json.dumps(words, ensure_ascii=False)};\n"
    source += f"const DAYS = {TRUSTED_DAYS};\n"
    source += f"const TRACKING = /^(?:{TRACKING.pattern})$/;\n"
    script = Path(finders.find("js/sw.js")).read_text("utf-8")
    # Comments and indentation stay here.
    source += re.sub(r"^ *//.*\n| +// .*|^ +", "", script, flags=re.MULTILINE)
    version = hashlib.blake2b(source.encode(), digest_size=6).hexdigest()
    return f'const VERSION = "{version}";\n{source}'


@lru_cache
def compressed(source: str, encoding: str) -> bytes:
    return compress(source.encode(), encoding, best=True)


def worker_etag(request: HttpRequest) -> str:
    """Weak, as it is the same in every encoding."""
    return f'W/"{hashlib.blake2b(worker_source().encode(), digest_size=12).hexdigest()}"'


@require_safe
@condition(etag_func=worker_etag)
def worker(request: HttpRequest) -> HttpResponse:
    """Under the root, so that it may answer for every page; asked for again at each visit."""
    encoding = encoding_for(request.headers.get("Accept-Encoding", ""))
    headers = {"Cache-Control": "max-age=0, must-revalidate", "Vary": "Accept-Encoding"}
    if encoding != "identity":
        headers["Content-Encoding"] = encoding
    return HttpResponse(
        compressed(worker_source(), encoding),
        content_type="text/javascript; charset=utf-8",
        headers=headers,
    )


def kilobytes_of_all_pages(language: str) -> int:
    """About what it costs to read every page of a language, in tens of kilobytes.

    Told from the lengths of the documents: no page is made for it.
    """
    live = Publication.objects.live(timezone.now()).filter(language=language)
    lengths = live.annotate(length=Length("snapshot__document")).values_list("length", flat=True)
    treatments = sum(TREATMENT + DOCUMENT_CHARACTER * length for length in lengths)
    return round((len(PAGES) * FIXED_PAGE + treatments) / 10_000) * 10
