"""Whatever a file looks like, nothing in it is said to be the opposite of what it is there."""

from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from treatments.word_file.layout import layout_of
from treatments.word_file.package import WordFileError

from ..word_files import read
from .test_tables import table

DO, DO_NOT = "do", "do_not"
HEADINGS = {
    "en": {DO: ["Do", "Do:", "What to do", "Allowed:"], DO_NOT: ["Do not", "Don’t:", "Avoid", "Never do this:"]},
    "bn": {DO: ["করবেন", "যা করবেন"], DO_NOT: ["করবেন না", "বর্জনীয়", "যা করা মানা", "মানা যা:"]},
    "both": {DO: ["Do / করবেন"], DO_NOT: ["Do not / করবেন না", "Avoid / করা মানা"]},
}  # fmt: skip
LONG = "text of a sentence with more words than a heading has {0}"
FREE = "free"  # a text that stands under none of these headings


def text_of(kind: str, draw: Random) -> str:
    return draw.choice(["text {0}", "লেখা {0}", "text {0} / লেখা {0}", LONG]).format(f"({kind})")


def heading_of(kind: str, draw: Random) -> str:
    return draw.choice(HEADINGS[draw.choice([*HEADINGS])][kind])


def a_list(draw: Random) -> list:
    kind, look = draw.choice([DO, DO_NOT]), draw.choice(["h1", "h2", "bold", "p", "li"])
    texts = [(draw.choice(["p", "li"]), text_of(kind, draw)) for _ in range(draw.randint(1, 3))]
    heading = heading_of(kind, draw)
    is_line = look in ("p", "li") and not heading.endswith(":")
    known = HEADINGS["en"][kind][:3] if is_line else [heading]
    return [(look, draw.choice(known)), *texts]


def columns(draw: Random) -> list:
    kinds, code = draw.sample([DO, DO_NOT], 2), draw.choice([*HEADINGS])
    heads = [draw.choice(HEADINGS[code][kind]) for kind in kinds]
    rows = [
        [text_of(kind, draw) if draw.random() < 0.8 else "" for kind in kinds] for _ in range(2)
    ]
    return [table(heads, *rows, bold=draw.random() < 0.5), ("p", FREE)]


def rows(draw: Random) -> list:
    kinds = [draw.choice([DO, DO_NOT]) for _ in range(draw.randint(1, 3))]
    made = [[heading_of(kind, draw), text_of(kind, draw)] for kind in kinds]
    return [table(*made, bold=draw.random() < 0.5)]


@settings(max_examples=150, deadline=None)
@given(st.randoms(use_true_random=False))
def test_nothing_is_said_to_be_the_opposite_of_what_it_is(draw):
    content = [("h1", "Aftercare")] if draw.random() < 0.7 else []
    for _ in range(draw.randint(1, 5)):
        content += draw.choice([a_list, columns, rows])(draw)
    try:
        parts = layout_of(read(*content)).parts
    except WordFileError:
        return
    for part in parts:
        for group in part.groups:
            value = group.value_in(part.section)
            opposite = {"": FREE, DO: f"({DO_NOT})", DO_NOT: f"({DO})"}[value]
            texts = [text for block in group.texts for text in (block.words.en, block.words.bn)]
            assert not value or not any(opposite in text or text == FREE for text in texts), texts
