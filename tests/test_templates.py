"""Templates are written to be read: their layout shows what stands in what."""

import re

import pytest

from .conftest import ROOT

TEMPLATES = sorted(path for path in (ROOT / "templates").rglob("*") if path.is_file())
LONGEST = 140

INLINE = "a|abbr|b|button|cite|del|em|ins|label|small|span|strong|textarea|time"
EMPTY = r"!doctype|\?xml|br|img|input|link|meta|source|wbr"
# <p class="{% if a %}b{% endif %}" …>, on several lines perhaps: what it says is its own affair.
ELEMENT = re.compile(r"<(/?)([a-z!?][\w:-]*)((?:\{%.*?%\}|\{\{.*?\}\}|[^<>{])*)>", re.DOTALL)
TAG = re.compile(r"\{% (end)?(block|blocktranslate|cache|for|if|ifchanged|with)\b")
BRANCH = re.compile(r"\{% (?:elif|else|empty|plural)\b")

every_template = pytest.mark.parametrize(
    "path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT / "templates"))
)


def without_attributes(text: str) -> str:
    """The lines of a template, a tag of several lines on its first, empty elements left out."""

    def bare(element: re.Match) -> str:
        slash, name, attributes = element.groups()
        left_out = re.fullmatch(EMPTY, name) or attributes.endswith("/")
        return "" if left_out else f"<{slash}{name}>"

    return ELEMENT.sub(bare, re.sub(r"\{#.*?#\}", "", text))


def steps(line: str) -> tuple[int, int]:
    """How many steps deeper the next line stands, and how many less deep this one does itself."""
    opened, outwards = 0, 0
    for part in re.finditer(rf"{TAG.pattern}|{BRANCH.pattern}|<(/?)[\w:-]+>", line):
        closes = bool(part[1] or part[3])
        branches = bool(BRANCH.match(part[0]))
        if part.start() == 0 and (closes or branches):
            outwards = 1
        opened += 0 if branches else -1 if closes else 1
    # {% if folded %}<details>{% endif %}: what stands in it stands there anyhow.
    return (0 if line.startswith("{% if") and line.endswith("{% endif %}") else opened), outwards


@every_template
def test_a_template_has_no_long_line_and_no_stray_blanks(path):
    text = path.read_text("utf-8")
    assert text.endswith("\n") and "\t" not in text and not re.search(r" $|\n\n\n", text, re.M)
    assert not [line for line in text.splitlines() if len(line) > LONGEST]


@every_template
def test_whatever_stands_in_something_is_indented_by_two(path):
    depth = 0
    for line in without_attributes(path.read_text("utf-8")).splitlines():
        if line.strip():
            deeper, outwards = steps(line.strip())
            assert len(line) - len(line.lstrip()) == 2 * (depth - outwards), line
            depth += deeper
    assert depth == 0


@every_template
def test_every_block_has_a_line_of_its_own(path):
    for line in without_attributes(path.read_text("utf-8")).splitlines():
        blocks = [
            name for name in re.findall(r"<([\w:-]+)>", line) if not re.fullmatch(INLINE, name)
        ]
        assert len(blocks) <= 1, line
