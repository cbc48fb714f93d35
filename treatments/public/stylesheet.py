"""The one style sheet of a public page: files of static/css, joined, inlined, allowed by hash."""

import base64
import hashlib
from functools import cache
from pathlib import Path

import rcssmin
from django.contrib.staticfiles import finders

BEFORE, AFTER = ("tokens", "base", "components"), ("print",)


@cache
def stylesheet(*more: str) -> str:
    """What every page needs, and the files that only some do: `stylesheet("tools")`."""
    names = (*BEFORE, *more, *AFTER)
    sources = (Path(finders.find(f"css/{name}.css")).read_text("utf-8") for name in names)
    return "".join(rcssmin.cssmin(source) for source in sources)


@cache
def stylesheet_hash(*more: str) -> str:
    digest = hashlib.sha256(stylesheet(*more).encode()).digest()
    return f"sha256-{base64.b64encode(digest).decode()}"
