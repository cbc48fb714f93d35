"""Words explained where they stand, and the contents that follow the reader."""

import pytest

from treatments.explained import explain, words_of
from treatments.models import LANGUAGES, Term
from treatments.text import normalise

from .pages import SLUGS, soup

PAGE = "/{}/treatments/iontophoresis/"


def test_a_word_is_marked_once_where_it_first_stands():
    words = words_of([("electrode", "A small plate.")], "en")
    html, found = explain("<h2>Electrodes</h2><p>Two electrodes. An electrode.</p>", words)
    assert html == (
        '<h2>Electrodes</h2><p>Two <dfn><button type="button" popovertarget="w1">electrodes'
        "</button></dfn>. An electrode.</p>"
    )
    assert [(one.word, one.explanation) for one in found] == [("electrode", "A small plate.")]


@pytest.mark.parametrize("ending", ["", "ের", "ে", "টি", "গুলোতেও"])
def test_a_bangla_word_is_found_with_its_endings(ending):
    words = words_of([("তড়িৎদ্বার\nইলেকট্রোড", "ছোট একটি পাত।")], "bn")
    word = normalise(f"ইলেকট্রোড{ending}")
    html, found = explain(f"<p>দুটি {word} থাকে।</p>", words)
    assert f">{word}</button>" in html
    assert [one.word for one in found] == ["ইলেকট্রোড"]


@pytest.mark.parametrize(
    "html",
    [
        "<p><a href='/electrode/'>the electrode</a></p>",
        "<p>electrode (a small plate)</p>",
        "<p>electrodermal</p>",
        "<svg><title>electrode</title></svg>",
        "<p title='electrode'>x</p>",
    ],
)
def test_what_is_no_unexplained_word_of_the_text_is_left_alone(html):
    assert explain(html, words_of([("electrode", "A plate.")], "en")) == (html, [])


def test_the_longest_term_is_explained_and_the_pages_own_name_is_not():
    words = words_of([("sweat", "Water."), ("sweat gland", "A gland.")], "en")
    _html, found = explain("<p>Sweat glands</p>", words)
    assert [one.word for one in found] == ["sweat gland"]
    assert explain("<p>A sweat gland</p>", words, without="Your sweat glands")[1] == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("slug", SLUGS)
def test_every_explained_word_has_its_explanation_in_its_language(client, site, slug, language):
    page = soup(client.get(f"/{language}/treatments/{slug}/"))
    marked = page.select("dfn button")
    assert 5 <= len(marked) <= 12
    meanings = set(Term.objects.values_list(f"explanation_{language}", flat=True)) - {""}
    for button in marked:
        explanation = page.find(id=button["popovertarget"])
        assert explanation.has_attr("popover")
        assert explanation.get_text().split(": ", 1)[1] in meanings


def test_a_word_is_explained_by_keyboard_without_javascript(chromium, site_live):
    context = chromium.new_context(
        base_url=site_live, java_script_enabled=False, viewport={"width": 320, "height": 640}
    )
    page = context.new_page()
    page.goto(PAGE.format("en"))
    word = page.locator("dfn button").first
    explanation = page.locator("[popover]").first
    assert not explanation.is_visible()
    word.focus()
    page.keyboard.press("Enter")
    assert explanation.is_visible()
    page.keyboard.press("Escape")
    assert not explanation.is_visible()
    context.close()


def test_the_contents_follow_the_reader(chromium, site_live):
    context = chromium.new_context(base_url=site_live, viewport={"width": 1280, "height": 800})
    page = context.new_page()
    page.goto(PAGE.format("en"))
    for key in ("aftercare", "what_it_is"):
        page.locator(f"#{key} h2").evaluate("it => window.scrollTo(0, it.offsetTop - 100)")
        page.locator(f'.contents [aria-current][href="#{key}"]').wait_for()
        assert page.locator(".contents [aria-current]").count() == 1
    context.close()
