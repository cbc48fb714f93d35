"""What is taken out of a page before it is sent: nothing that anybody sees."""

import json
import re
from datetime import date, timedelta

import pytest

from treatments.models import Clinic
from treatments.public import base
from treatments.public.minify import minified

from ..conftest import LANDLINE, MOBILE
from ..pages import PATHS, soup

TREATMENT = "/bn/treatments/iontophoresis/"
PAGES = [
    "/en/",
    "/bn/about/",
    TREATMENT,
    f"{TREATMENT}check/",
    f"{TREATMENT}wrong/",
    f"{TREATMENT}plan/?start={date.today() + timedelta(days=3)}&day=sat&day=tue&day=thu",
    f"{TREATMENT}plan/?start=x",
    f"{TREATMENT}helpful/missing/",
]


@pytest.mark.parametrize(
    ("laid_out", "sent"),
    [
        ("<ul>\n  <li>\n    one\n  </li>\n\n  <li>two</li>\n</ul>\n", "<ul><li>one</li><li>two</li></ul>"),
        ("<p>\n  one\n    two\n</p>", "<p>one\ntwo</p>"),
        ('<a href="/">x</a>\n  <a>y</a>', '<a href="/">x</a>\n<a>y</a>'),
        ("<p>\n  <b>x</b>\n  y\n  <br>\n  z\n</p>", "<p><b>x</b>\ny<br>z</p>"),
        ('<p class="a"\n   id="b">\n  x\n</p>', '<p class="a"\nid="b">x</p>'),
        ("<b>1</b>\n<wbr>\n<b>2</b>", "<b>1</b><wbr><b>2</b>"),
    ],
)  # fmt: skip
def test_layout_goes(laid_out, sent):
    assert minified(laid_out.encode()) == sent.encode()


@pytest.mark.parametrize(
    "html",
    [
        "<p><b>x</b> y <i>z</i>, <a>w</a> <a>v</a></p>",
        '<p><span class="n">২০–৩০</span>% (x)</p>',
        "<p>one\ntwo</p>",
        "<pre>\n  a\n\n    <b>b</b>\n</pre>",
        '<p><textarea name="a">\n  a\n\n  b\n  </textarea></p>',
        "<style>\n  p  {\n  }\n</style>",
        '<script type="application/ld+json">{"a":\n  "b  <\\/p>\n  <p>"}</script>',
        "<p>&lt;pre&gt;</p>",
        "<picture>\n<b>x</b>\n</picture>",  # no <p>
        "<p>ক\u00a0\u2028খ</p>",
        "",
    ],
)
def test_whatever_may_be_shown_stays(html):
    assert minified(html.encode()) == html.encode()


def test_what_is_never_closed_is_left_alone_to_the_end():
    assert minified(b"<p>\n  x\n</p><pre>\n  a\n  b") == b"<p>x</p><pre>\n  a\n  b"


@pytest.mark.parametrize(
    "part", [" ", "\n", " \n", "<", "<p", "<p ", "<p>\n", "<pre>", "<pre", "x"]
)
def test_a_huge_page_takes_no_longer_than_its_size_asks(part):
    """What takes the square of it would not end within a day."""
    many = part.encode() * 1_000_000
    assert len(minified(b"<div>" + many + b"</div>")) <= len(many) + 11


@pytest.fixture
def clinic_with_everything(site):
    clinic = Clinic.the_one()
    clinic.phones, clinic.whatsapp = f"{MOBILE}\n{LANDLINE}", MOBILE
    clinic.hours = [{"weekday": day, "opens": "10:00", "closes": "20:00"} for day in ("sat", "tue")]
    clinic.closed_days = ["2100-12-16", "2100-12-17"]
    clinic.address_en, clinic.address_bn = "1 Road\n\n  Dhaka", "১ সড়ক\n\n  ঢাকা"
    clinic.map_link = "https://maps.example.org/"
    clinic.save()


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("width", [360, 1280])
def test_a_page_looks_as_its_templates_lay_it_out(
    client, clinic_with_everything, chromium, monkeypatch, path, width
):
    sent = client.get(path).content.decode()
    monkeypatch.setattr(base, "minified", bytes)
    laid_out = client.get(path).content.decode()
    assert len(sent) < len(laid_out)
    laid_out = re.sub(r"\s*<wbr>\s*", "<wbr>", laid_out)  # where a line may break, no blank shows

    page = chromium.new_page(viewport={"width": width, "height": 800})
    looks = []
    for html in (sent, laid_out):
        page.set_content(re.sub("<script defer.*?</script>", "", html))
        looks.append(
            page.evaluate(
                """() => [
                    document.body.innerText,
                    ...[...document.querySelectorAll("*")].map((element) => {
                      const { x, y, width, height } = element.getBoundingClientRect();
                      return [element.tagName, x, y, width, height].join(" ");
                    }),
                ]"""
            )
        )
    page.close()
    assert looks[0] == looks[1]


@pytest.mark.parametrize("path", [*PATHS, *PAGES, "/bn/nothing/"])
def test_no_page_is_sent_with_its_layout(client, site, path):
    assert "\n " not in client.get(path).content.decode()


def test_a_page_keeps_its_data_and_its_words(client, site, monkeypatch):
    sent = soup(client.get(TREATMENT))
    monkeypatch.setattr(base, "minified", bytes)
    laid_out = soup(client.get(TREATMENT))
    for page in (sent, laid_out):
        assert json.loads(page.find("script", type="application/ld+json").string)
    assert sent.get_text(" ").split() == laid_out.get_text(" ").split()
    assert sent.title.get_text() == laid_out.title.get_text()
