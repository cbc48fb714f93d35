"""The service worker, with which pages can be read without a network."""

import hashlib
import json
import re
from functools import cache
from pathlib import Path

from django.contrib.staticfiles import finders
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import condition, require_safe

from ..language.digits import digits_in
from ..models import LANGUAGES
from ..page_cache.page import TRACKING

TRUSTED_DAYS = 30  # after which a page kept on a phone says that its words may have changed


@cache
def worker_source() -> str:
    """The service worker, with its version and what it says to readers in every language."""
    words = {}
    for language in reversed(LANGUAGES):  # Bangla first
        with override(language):
            words[language] = {
                "saved": _("No internet: this is the page as it was saved on {when}."),
                "old": _(
                    "No internet: this page was saved on {when}, more than %(days)s days ago. Its "
                    "words may have changed since. Ask the clinic before you rely on it."
                )
                % {"days": digits_in(language, TRUSTED_DAYS)},
                "title": _("No internet"),
                "text": _("This page has not been read on this phone yet, so it cannot be shown."),
                "kept": _("You can open these pages, which you have read before:"),
            }
    source = f"const WORDS = {json.dumps(words, ensure_ascii=False)};\n"
    source += f"const DAYS = {TRUSTED_DAYS};\n"
    source += f"const TRACKING = /^(?:{TRACKING.pattern})$/;\n"
    script = Path(finders.find("js/sw.js")).read_text("utf-8")
    source += re.sub(r"^ *//.*\n| +// .*", "", script, flags=re.MULTILINE)  # comments stay here
    version = hashlib.blake2b(source.encode(), digest_size=6).hexdigest()
    return f'const VERSION = "{version}";\n{source}'


def worker_etag(request: HttpRequest) -> str:
    return f'"{hashlib.blake2b(worker_source().encode(), digest_size=12).hexdigest()}"'


@require_safe
@gzip_page
@condition(etag_func=worker_etag)
def worker(request: HttpRequest) -> HttpResponse:
    """Under the root, so that it may answer for every page; asked for again at each visit."""
    return HttpResponse(
        worker_source(),
        content_type="text/javascript; charset=utf-8",
        headers={"Cache-Control": "max-age=0, must-revalidate"},
    )
