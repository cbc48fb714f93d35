"""Whatever is pasted, what is stored is well-formed by itself and means the same."""

from html.parser import HTMLParser

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from treatments.language.rich_text import canonical_blocks, clean, entries
from treatments.language.text import STRUCK, struck_words

LINK = '<a href="https://x.org">'
BEGIN = (
    "<p>", "<ul>", "<ol>", '<ol start="3">', "<li>", LINK, "<a>", "<strong>", "<s>", "<sup>",
    '<b style="font-weight:normal">', '<span style="font-weight:700;vertical-align:sub">',
    "<h2>", "<blockquote>", "<button>", "<object>", "<table>", "<tr>", "<td>", "<template>",
)  # fmt: skip
WORDS = (
    "two words", "হাত", "2", " ", "\n", "&nbsp;", "\u200b", "·&nbsp; ", "o\t", "1.&nbsp;", "২.\t",
    "\uf0b7", "&lt;p>", "&#824;", "<br>", "<hr>", "~~",
)  # fmt: skip


def element(begin: str, within: list[str], is_closed: bool) -> str:
    name = begin.strip("<>").split()[0]
    return begin + "".join(within) + (f"</{name}>" if is_closed else "")


pasted = st.recursive(
    st.sampled_from(WORDS),
    lambda within: st.builds(
        element, st.sampled_from(BEGIN), st.lists(within, max_size=4), st.integers(0, 9).map(bool)
    ),
    max_leaves=12,
)
fragments = st.lists(pasted, max_size=4).map("".join)


class Strict(HTMLParser):
    """Fails on a tag that is not closed in its order, or not where it may stand."""

    WITHIN = {"p": ("", "li", "ul", "ol"), "li": ("ul", "ol"), "ul": ("", "li", "ul", "ol")}

    def __init__(self):
        super().__init__()
        self.open = [""]

    def handle_starttag(self, tag, attrs):
        assert tag in ("p", "ul", "ol", "li", "strong", "a", "br")
        within = self.WITHIN.get("ul" if tag == "ol" else tag)
        assert within is None or self.open[-1] in within, (tag, self.open)
        assert tag not in self.open or tag in ("li", "ul", "ol")
        if tag != "br":
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


@example(f"{LINK}one<h1>two</h1>three</a>")
@example(f"{LINK}<p>one</p><ul><li>two</li></ul></a>three")
@example("<strong>one<table><tr><td>two</td></tr></table></strong>")
@example("<ul><li>one<blockquote><li>two</li></blockquote></li></ul>")
@example("<p>one<button><p>two</p><ul><li>three</li></ul></button></p>")
@example(f"{LINK}one<button>{LINK}two</a></button></a>")
@settings(max_examples=300)
@given(fragments)
def test_what_is_stored_is_well_formed_by_itself_and_stays_as_it_is(html):
    blocks = canonical_blocks(html)
    for block in blocks:
        strict = Strict()
        strict.feed(block)
        strict.close()
        assert strict.open == [""], block
        assert canonical_blocks(block) == (block,)
    assert canonical_blocks("".join(blocks)) == blocks


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        (
            f"{LINK}one<h1>two</h1>three</a> four",
            f"<p>{LINK}one</a></p><p>{LINK}two</a></p><p>{LINK}three</a> four</p>",
        ),
        (
            f"{LINK}<p>one</p><ul><li>two</li></ul></a>three",
            f"<p>{LINK}one</a></p><ul><li>{LINK}two</a></li></ul><p>three</p>",
        ),
        (
            "<strong><p>one</p>\n<ul>\n<li>two</li></ul></strong>",
            "<p><strong>one</strong></p><ul> <li><strong>two</strong></li></ul>",
        ),
        ("<ul><li>a<h2>b</h2>c<div></div></li></ul>", "<ul><li>a<br>b<br>c</li></ul>"),
        ("<li>one</li>two<li>three</li>", "<p>one</p><p>two</p><p>three</p>"),
    ],
)
def test_a_link_and_bold_letters_go_on_in_each_line(typed, stored):
    assert clean(typed) == stored


def test_words_struck_out_over_two_paragraphs_are_asked_about_in_each():
    texts = [text for _kind, text in entries("<s><p>Not now.</p><p>Never.</p></s><p>Yes.</p>")]
    assert [struck_words(text) for text in texts] == ["Not now.", "Never.", ""]
    assert STRUCK not in texts[2]


def test_a_list_in_a_cell_of_a_table_leaves_the_one_around_it_as_it_is():
    cell = "<table><tr><td>{}</td><td>b</td></tr></table>"
    numbers = cell.format("<ol><li>wash</li><li>dry</li></ol>")
    assert clean(numbers) == "<p>1. wash 2. dry | b</p>"
    assert clean(cell.format('<ol start="3"><li>wash</li></ol>')) == "<p>3. wash | b</p>"
    around = f'<ol start="3"><li>one{cell.format("<ul><li>x</li></ul>")}</li><li>two</li></ol>'
    assert clean(around) == "<p>3. one</p><p>x | b</p><p>4. two</p>"
    entry = f"<ul><li>one{cell.format('<ul><li>x</li></ul>')}two</li><li>three</li></ul>"
    assert clean(entry) == "<ul><li>one <br>x | b <br>two</li><li>three</li></ul>"


def test_a_table_within_a_cell_is_words_of_it():
    inner = "<table><tr><td>1</td><td>2</td></tr><tr><td>3</td></tr></table>"
    assert clean(f"<table><tr><td>a{inner}</td><td>b</td></tr></table>") == "<p>a 1 | 2 3 | b</p>"
