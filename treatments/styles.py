"""The one style sheet of the public pages: static/css/*.css, joined, inlined, allowed by hash."""

import base64
import hashlib
from functools import cache
from pathlib import Path

import rcssmin
from django.contrib.staticfiles import finders

FILES = ("tokens", "base", "components", "print")


@cache
def stylesheet() -> str:
    sources = (Path(finders.find(f"css/{name}.css")).read_text("utf-8") for name in FILES)
    return "".join(rcssmin.cssmin(source) for source in sources)


@cache
def stylesheet_hash() -> str:
    digest = hashlib.sha256(stylesheet().encode()).digest()
    return f"sha256-{base64.b64encode(digest).decode()}"
