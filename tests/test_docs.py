"""What the documents promise to list."""

import re

from treatments.checks import CHECKS
from treatments.document.sections import SECTIONS
from treatments.public.fixed_pages import PAGES

from .conftest import ROOT


def test_every_variable_is_listed_once():
    text = (ROOT / "iontoinfo" / "settings.py").read_text("utf-8")
    read = set(re.findall(r"(?:optional|required|choice|number|directory)\(['\"](\w+)['\"]", text))
    listed = re.findall(r"^\| `(\w+)` \|", (ROOT / "docs" / "settings.md").read_text("utf-8"), re.M)
    assert sorted(listed) == sorted(read)


def test_the_checks_and_tests_that_hold_a_standard_are_there():
    text = (ROOT / "docs" / "standards.md").read_text("utf-8")
    files = set(re.findall(r"`(tests/[\w/.]+)`", text))
    assert len(files) > 8 and not [name for name in files if not (ROOT / name).is_file()]
    headings = {str(section.heading) for section in SECTIONS} | {
        str(page.title) for page in PAGES.values()
    }
    pages = {"Where each sentence comes from", "Something wrong on this page?", "About this page"}
    ways = {"met", "in part", "the clinic's", "not done"}
    named = set(re.findall(r"(?<!\*)\*([^*\n]+)\*(?!\*)", text)) - ways
    assert named <= {check.id for check in CHECKS} | headings | pages, named
    assert len(re.findall(r"^\| \d+ \|", text, re.M)) == 6 + 6 + 10
