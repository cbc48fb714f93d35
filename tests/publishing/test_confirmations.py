"""Nothing goes live that nobody has confirmed: every passage of every shipped page, both sides.

Most is asked of values alone: a page of one list or one field, before and after a change.
"""

import re
import unicodedata
from dataclasses import replace
from itertools import pairwise

import pytest
import regex

from treatments.document.content import Document, DocumentItem, Pair, in_language
from treatments.document.json_form import parse
from treatments.document.passages import passages
from treatments.document.places import Place
from treatments.document.plan import Plan
from treatments.document.sections import BY_KEY, PROSE, SECTIONS
from treatments.models import LANGUAGES, Confirmation
from treatments.publishing.comparison import Comparison, Read, differences_between
from treatments.publishing.preflight import Standing

from ..conftest import FIXTURES
from ..pages import SLUGS
from ..plans import changed

DOCUMENTS = {slug: parse((FIXTURES / f"{slug}.json").read_text("utf-8")) for slug in SLUGS}
BOTH, EACH = (LANGUAGES,), (("en",), ("bn",))
TAKEN_AWAY, REORDERED = Confirmation.Kind.TAKEN_AWAY, Confirmation.Kind.REORDERED
PRINTED_OTHERWISE = Confirmation.Kind.PRINTED_OTHERWISE


# --- Pages as values ------------------------------------------------------------------------------


def of_prose(name: str, english: str, bangla: str) -> Document:
    return Document(prose={"en": {name: english}, "bn": {name: bangla}})


def paragraph(uid: str, english: str, bangla: str, kind: str = "paragraph") -> DocumentItem:
    return DocumentItem(uid, False, {"kind": kind}, {"text": Pair(english, bangla)})


def of_text(*halves: tuple[str, str]) -> Document:
    """Running text: a paragraph for each English and Bangla."""
    listed = [paragraph(f"p-{number}", *pair) for number, pair in enumerate(halves)]
    return of_items("how_it_works", listed)


def of_items(key: str, items) -> Document:
    return Document(prose={"en": {}, "bn": {}}, sections={key: tuple(items)})


def parts(document: Document):
    """The page as pages of one field or some items of a list each."""
    nothing = {"en": {}, "bn": {}}
    for name in PROSE:
        yield of_prose(name, *(document.prose[code][name] for code in LANGUAGES))
    for name, amount in document.plan.amounts.items():
        yield Document(prose=nothing, plan=Plan(document.plan.kind, {name: amount}))
    for key, name in document.body_areas.items():
        yield Document(prose=nothing, body_areas={key: name})
    yield Document(prose=nothing, result_lasts=document.result_lasts)
    for section in SECTIONS:
        items = document.items(section.key)
        for number in range(0, len(items), 3):  # a few at a time: the others only cost time
            yield of_items(section.key, items[number : number + 3])


PARTS = [part for document in DOCUMENTS.values() for part in parts(document)]
LISTS = [
    (key, items) for document in DOCUMENTS.values() for key, items in document.sections.items()
]
SAFETY = [(key, items) for key, items in LISTS if BY_KEY[key].safety]


def standing(english: Document, bangla: Document | None = None, pk: int = 1) -> Standing:
    """Live in both languages, each from a document."""
    editions = {
        code: in_language(one, code) for code, one in (("en", english), ("bn", bangla or english))
    }
    return Standing(editions, dict.fromkeys(LANGUAGES, pk))


def alone(document: Document, language: str, pk: int = 1) -> Standing:
    """Live in one language."""
    none = dict.fromkeys(LANGUAGES)
    return Standing(none | {language: in_language(document, language)}, {language: pk})


NOTHING = Standing(dict.fromkeys(LANGUAGES), {})


def of(page: Standing) -> list:
    return list(passages(*page.editions.values()))


def row(passage, kind=Confirmation.Kind.READ) -> Confirmation:
    return Confirmation(
        kind=kind,
        section=passage.place.section,
        item=passage.place.item,
        digest=passage.digest,
        **{f"digest_{code}": passage.digest_in(code) for code in LANGUAGES},
    )


def read(*pages: Standing) -> Read:
    return Read([row(passage) for page in pages for passage in of(page)])


def compared(before: Standing, after: Standing, known: Read | None = None) -> Comparison:
    """What is different where all was confirmed before, or what `known` says."""
    return Comparison(tuple(differences_between(before, after, known or read(before))))


def asked(before: Document, after: Document, known: Read | None = None) -> Comparison:
    return compared(standing(before), standing(after, pk=2), known)


def places(differences) -> list[Place]:
    return [difference.place for difference in differences]


# --- Any change of words --------------------------------------------------------------------------

A_WORD = regex.compile(r"\p{L}[\p{L}\p{M}]*")
A_DIGIT = regex.compile(r"\p{Nd}")


def fewer_letters(text: str) -> str:
    words = [*A_WORD.finditer(text)]
    if not words:
        return text
    last = words[len(words) // 2]
    letters = regex.findall(r"\X", last[0])
    return text[: last.start()] + "".join(letters[:-1]) + text[last.end() :]


def another_word(text: str) -> str:
    return A_WORD.sub(lambda word: "কখনো" if word[0][0] > "\u0900" else "never", text, count=1)


def a_word_fewer(text: str) -> str:
    return A_WORD.sub("", text, count=1)


def a_word_more(text: str) -> str:
    return f"{text} না" if regex.search(r"\p{Bengali}", text) else f"not {text}"


def another_digit(text: str) -> str:
    def next_one(digit) -> str:
        zero = ord(digit[0]) - int(digit[0])
        return chr(zero + (int(digit[0]) + 1) % 10)

    return A_DIGIT.sub(next_one, text, count=1)


def another_sign(text: str) -> str:
    return f"{text}?"


CHANGES = (fewer_letters, another_word, a_word_fewer, a_word_more, another_digit, another_sign)


def composed_otherwise(text: str) -> str:
    return unicodedata.normalize("NFD", text)


def unseen_letters(text: str) -> str:
    middle = len(text) // 2
    return "\ufeff" + text[:middle] + "\u200b" + text[middle:] + "\ufeff"


def joiners(text: str) -> str:
    return A_WORD.sub(lambda word: f"{word[0]}\u200c\u200d", text)


def blanks(text: str) -> str:
    return text.replace(" ", "   ")


SAME = (composed_otherwise, unseen_letters, joiners, blanks)

PIECE = re.compile(r"(<[^>]*>)")


def rewordings(part: Document, languages, change):
    """The page with one text of it changed, for each text that the change changes."""
    for name in PROSE:
        pair = Pair(*(part.prose[code].get(name, "") for code in LANGUAGES))
        if pair != Pair():
            changed = in_pair(pair, languages, change)
            yield of_prose(name, changed.en, changed.bn)
    for key, name in part.body_areas.items():
        yield replace(part, body_areas={key: in_pair(name, languages, change)})
    if part.result_lasts.en:
        yield replace(part, result_lasts=in_pair(part.result_lasts, languages, change))
    for key, items in part.sections.items():
        for number, item in enumerate(items):
            for name, pair in item.pairs.items():
                for other in changed_pairs(pair, languages, change):
                    changed = replace(item, pairs={**item.pairs, name: other})
                    yield of_items(key, [*items[:number], changed, *items[number + 1 :]])


def changed_pairs(pair: Pair, languages, change):
    """One for each piece of it between two tags."""
    pieces = {code: PIECE.split(pair[code]) for code in LANGUAGES}
    for number, text in enumerate(pieces[languages[0]]):
        if not text.strip() or text.startswith("<"):
            continue
        halves = {code: [*some] for code, some in pieces.items()}
        for code in languages:
            some = halves[code]
            if number < len(some) and some[number] and not some[number].startswith("<"):
                some[number] = change(some[number])
        yield Pair(**{code: "".join(some) for code, some in halves.items()})


def in_pair(pair: Pair, languages, change) -> Pair:
    return replace(pair, **{code: change(pair[code]) for code in languages if pair[code]})


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__)
def test_any_change_of_one_side_or_of_both_is_asked_about(change):
    tried = 0
    for part in PARTS:
        before = standing(part)
        known, said = read(before), {passage.digest for passage in of(before)}
        for languages in (*EACH, *BOTH):
            for after in rewordings(part, languages, change):
                if after == part:
                    continue
                tried += 1
                page = standing(after, pk=2)
                changed = [one.place for one in of(page) if one.digest not in said]
                assert len(changed) == 1, after
                assert places(compared(before, page, known).open) == changed
    assert tried > 80


@pytest.mark.parametrize("change", SAME, ids=lambda change: change.__name__)
def test_what_nobody_sees_is_no_change(change):
    for part in PARTS:
        known = read(standing(part))
        for languages in (*EACH, *BOTH):
            for after in rewordings(part, languages, change):
                assert not asked(part, after, known).differences, after


def test_words_that_stand_out_and_where_a_link_leads_are_words():
    before = of_text(("Very warm water.", "খুব গরম পানি।"))
    strong = of_text(("Very <strong>warm</strong> water.", "খুব গরম পানি।"))
    assert len(asked(before, strong).open) == 1
    links = [
        of_text((f'<a href="https://{host}.org">Here</a>', "এখানে")) for host in ("nhs", "other")
    ]
    assert len(asked(*links).open) == 1


# --- Taking away ----------------------------------------------------------------------------------


def test_an_item_that_is_taken_away_is_asked_about_first():
    for key, items in LISTS:
        before = of_items(key, items)
        known = read(standing(before))
        for number, item in enumerate(items):
            after = of_items(key, [*items[:number], *items[number + 1 :]])
            (loss,) = asked(before, after, known).open
            assert (loss.place, loss.loss) == (Place(key, item.uid), TAKEN_AWAY)
            assert loss.position == number


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_item_that_is_taken_away_in_one_language_is_asked_about(language):
    """Each language is live from a document of its own."""
    for key, items in LISTS:
        before = of_items(key, items)
        known = read(standing(before))
        for number, item in enumerate(items):
            after = of_items(key, [*items[:number], *items[number + 1 :]])
            halves = (after, before) if language == "en" else (before, after)
            found = compared(standing(before), standing(*halves, pk=2), known).open
            assert (Place(key, item.uid), TAKEN_AWAY) in {(each.place, each.loss) for each in found}


@pytest.mark.parametrize("languages", [*EACH, *BOTH], ids="-".join)
def test_words_that_are_emptied_are_asked_about(languages):
    for part in PARTS:
        before = standing(part)
        known = read(before)
        for after in rewordings(part, languages, lambda text: ""):
            if after != part:
                assert compared(before, standing(after, pk=2), known).open, after


def test_numbers_names_and_single_texts_are_asked_about_when_they_are_gone():
    for part in PARTS:
        if part.plan.amounts or part.body_areas or part.result_lasts.en:
            gone = Document(prose=part.prose)
            (loss,) = asked(part, gone).open
            assert loss.loss == TAKEN_AWAY


def test_another_number_of_the_plan_is_asked_about():
    for part in PARTS:
        for name, (low, high, unit) in part.plan.amounts.items():
            for limits in ((low + 1, high + 1), (low, high + 1)):
                (difference,) = asked(
                    part, replace(part, plan=changed(part.plan, **{name: (*limits, unit)}))
                ).open
                assert difference.place == Place("plan", name) and difference.one_by_one


def test_a_loss_that_was_agreed_to_is_asked_again_once_the_words_were_live_again():
    key, items = SAFETY[0]
    full, short = of_items(key, items), of_items(key, items[1:])
    (loss,) = asked(full, short).open
    agreed = row(loss.step.before, loss.loss)
    agreed.digest = loss.key
    known = Read([*read(standing(full)).confirmations, agreed])
    assert not compared(standing(full), standing(short, pk=2), known).open
    assert not compared(standing(short, pk=2), standing(full, pk=3), known).open
    assert compared(standing(full, pk=3), standing(short, pk=4), known).open


# --- Typed values, marks and order ----------------------------------------------------------------


def test_other_printed_words_in_a_safety_section_are_a_loss_of_the_old_ones():
    tried = 0
    for key, items in SAFETY:
        before = of_items(key, items)
        before_only = read(standing(before))
        for number, item in enumerate(items):
            for name, value in item.values.items():
                choices = BY_KEY[key].model._meta.get_field(name).flatchoices
                for other in {choice or None for choice, _ in choices} - {value}:
                    changed = replace(item, values={**item.values, name: other})
                    after = of_items(key, [*items[:number], changed, *items[number + 1 :]])
                    (difference,) = asked(before, after, before_only).open
                    assert difference.place == Place(key, item.uid)
                    assert difference.loss == PRINTED_OTHERWISE
                    # Also where these very words were live, and so confirmed, once before.
                    known = read(standing(before), standing(after))
                    assert asked(before, after, known).open
                    tried += 1
    assert tried > 50


def test_any_other_typed_value_is_asked_about():
    for key, items in LISTS:
        before = of_items(key, items)
        known = read(standing(before))
        for number, item in enumerate(items):
            for name, value in item.values.items():
                other = {"citation": "Another. 2001.", "url": "https://other.example/"}.get(
                    name, "other" if isinstance(value, str) else (value or 0) + 1
                )
                changed = replace(item, values={**item.values, name: other})
                after = of_items(key, [*items[:number], changed, *items[number + 1 :]])
                assert places(asked(before, after, known).open) == [Place(key, item.uid)]


def test_a_mark_that_is_cleared_is_asked_about_and_one_that_is_set_too():
    for key, items in LISTS:
        for number, item in enumerate(items):
            marked, clear = (
                of_items(
                    key, [*items[:number], replace(item, to_confirm=mark), *items[number + 1 :]]
                )
                for mark in (True, False)
            )
            (cleared,) = asked(marked, clear).open
            assert cleared.clears_mark and cleared.place == Place(key, item.uid)
            # Also where the words stood there without it once.
            assert asked(marked, clear, read(standing(marked), standing(clear))).open
            (set_now,) = asked(clear, marked).open
            assert not set_now.clears_mark


def test_of_two_that_say_the_same_one_may_be_marked():
    key, (item, *_) = SAFETY[0]
    twice = [replace(item, to_confirm=False), replace(item, uid="again", to_confirm=True)]
    assert not asked(of_items(key, twice), of_items(key, twice)).differences


def test_another_order_of_a_safety_list_is_asked_about():
    for key, items in SAFETY:
        for number in range(len(items) - 1):
            order = [*items]
            order[number : number + 2] = reversed(order[number : number + 2])
            (difference,) = asked(of_items(key, items), of_items(key, order)).open
            assert (difference.place, difference.loss) == (Place(key), REORDERED)


def test_the_order_of_other_lists_needs_nobody():
    for key, items in LISTS:
        if not BY_KEY[key].safety:
            assert not asked(of_items(key, items), of_items(key, items[::-1])).open


def exchanged(one, other, languages):
    """Two items with each other's texts in these languages."""
    texts = (
        {
            name: replace(mine.pairs[name], **{code: its.pairs[name][code] for code in languages})
            for name in mine.pairs
        }
        for mine, its in ((one, other), (other, one))
    )
    return [replace(item, pairs=pairs) for item, pairs in zip((one, other), texts, strict=True)]


@pytest.mark.parametrize("languages", EACH, ids="-".join)
def test_two_items_texts_exchanged_in_one_language_are_asked_about(languages):
    for key, items in LISTS:
        if key == "sources":
            continue
        for number in range(len(items) - 1):
            two = exchanged(items[number], items[number + 1], languages)
            after = of_items(key, [*items[:number], *two, *items[number + 2 :]])
            wrong = {Place(key, item.uid) for item in two}
            assert wrong <= {*places(asked(of_items(key, items), after).open)}


def test_two_items_texts_exchanged_in_both_languages_are_another_order_or_other_words():
    for key, items in SAFETY:
        for number in range(len(items) - 1):
            one, other = items[number : number + 2]
            two = exchanged(one, other, LANGUAGES)
            after = of_items(key, [*items[:number], *two, *items[number + 2 :]])
            found = {(each.place, each.loss) for each in asked(of_items(key, items), after).open}
            if (one.values, one.to_confirm) == (other.values, other.to_confirm):
                assert found == {(Place(key), REORDERED)}
            else:
                assert {place for place, _ in found} >= {Place(key, one.uid), Place(key, other.uid)}


def test_words_that_were_confirmed_elsewhere_do_not_push_others_out_unseen():
    """The text of one item is written over another one, or comes back in its place."""
    for key, items in LISTS:
        if key == "sources":
            continue
        for one, other in pairwise(items):
            over = replace(other, uid=one.uid)
            for left in ([over, other], [over]):
                lost = asked(of_items(key, [one, other]), of_items(key, left)).open
                assert Place(key, one.uid) in places(lost)
            known = read(standing(of_items(key, items)))
            lost = asked(of_items(key, [one]), of_items(key, [over]), known).open
            assert places(lost) == [Place(key, one.uid)] and lost[0].loss


def test_an_item_moved_among_others_or_given_another_uid_keeps_its_confirmation():
    for key, items in LISTS:
        renamed = [replace(item, uid=f"{item.uid}-2") for item in items]
        assert not asked(of_items(key, items), of_items(key, renamed)).open


# --- Running text ---------------------------------------------------------------------------------

WATER = ("Warm water carries it in.", "গরম পানি দিয়ে ভেতরে যায়।")
TIME = ("It takes 20 minutes a day.", "দিনে ২০ মিনিট লাগে।")
HANDS = ("Keep your hands in it.", "হাত পানিতে রাখুন।")
TEXT = [paragraph(f"p-{n}", *pair) for n, pair in enumerate((WATER, TIME, HANDS))]


def text(*listed: DocumentItem) -> Document:
    return of_items("how_it_works", listed)


def saying(item: DocumentItem, pair: tuple[str, str]) -> DocumentItem:
    return replace(item, pairs={"text": Pair(*pair)})


def from_before(*pages: Standing) -> Read:
    """Confirmed when a paragraph was no item yet."""
    known = read(*pages)
    for one in known.confirmations:
        one.item = ""
    return known


def test_a_paragraph_more_is_asked_about_and_no_other():
    (new,) = asked(text(TEXT[0], TEXT[2]), text(*TEXT)).open
    assert new.is_new and new.passage.texts["text"].en == TIME[0]


def test_a_paragraph_fewer_is_a_loss():
    (loss,) = asked(text(*TEXT), text(TEXT[0], TEXT[2])).open
    assert loss.loss == TAKEN_AWAY and loss.passage.texts["text"].en == TIME[0]


def test_paragraphs_that_move_need_nobody():
    assert not asked(text(*TEXT), text(*TEXT[::-1])).open


def test_words_that_move_in_one_language_are_asked_about():
    water, time = saying(TEXT[0], (WATER[0], TIME[1])), saying(TEXT[1], (TIME[0], WATER[1]))
    assert len(asked(text(*TEXT), text(water, time, TEXT[2])).open) == 2


def test_a_paragraph_split_in_two_is_asked_about():
    first, second = ("Warm water", "গরম পানি"), ("carries it in.", "দিয়ে যায়।")
    split = text(saying(TEXT[0], first), paragraph("new", *second), *TEXT[1:])
    found = asked(text(*TEXT), split).open
    assert [each.passage.texts["text"].en for each in found] == [first[0], second[0]]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_paragraph_of_one_language_alone_is_read_alone(language):
    half = replace(TEXT[1], pairs={"text": Pair(**{language: TIME[LANGUAGES.index(language)]})})
    some = text(TEXT[0], half)
    (new,) = asked(text(TEXT[0]), some).open
    assert new.place == Place("how_it_works", "p-1")
    other = next(code for code in LANGUAGES if code != language)
    known = read(standing(some))
    assert not compared(standing(some), alone(some, language, pk=2), known).open
    assert [one.place.item for one in of(alone(some, other))] == ["p-0"]
    (filled,) = asked(some, text(*TEXT[:2])).open
    assert not filled.loss
    (loss,) = asked(text(*TEXT[:2]), some).open
    assert loss.loss == TAKEN_AWAY


def test_a_paragraph_does_not_vanish_behind_one_that_was_read():
    (loss,) = asked(text(*TEXT), text(*TEXT[:2], saying(TEXT[2], TIME))).open
    assert loss.loss == TAKEN_AWAY and loss.step.before.texts["text"].en == HANDS[0]


def test_what_was_read_before_paragraphs_were_items_counts_for_a_version_of_the_words():
    later = (TIME[0].replace("20", "30"), TIME[1].replace("২০", "৩০"))
    reworded, another = (saying(TEXT[1], pair) for pair in (later, HANDS))
    both = from_before(standing(text(*TEXT[:2])), standing(text(reworded)), standing(text(another)))
    assert not asked(text(*TEXT[:2]), text(TEXT[0], reworded), both).open
    (loss,) = asked(text(*TEXT[:2]), text(TEXT[0], another), both).open
    assert loss.loss == TAKEN_AWAY
    # The first of two is gone, and the place that it had is the second one's.
    (loss,) = asked(text(*TEXT[:2]), text(saying(TEXT[0], TIME)), both).open
    assert loss.loss == TAKEN_AWAY and loss.step.before.texts["text"].en == WATER[0]


def test_a_paragraph_is_not_lost_behind_another_of_its_number():
    """Numbered in each document by itself: the second of the draft was the third that is read."""
    live, draft = text(*TEXT), text(TEXT[0], replace(TEXT[2], uid="p-1"))
    later = saying(draft.items("how_it_works")[1], (f"{HANDS[0]} Still.", f"{HANDS[1]} স্থির।"))
    reworded = text(TEXT[0], later)
    for after in (draft, reworded):
        for known in (read(*map(standing, (live, draft, reworded))), from_before(standing(live))):
            losses = [each for each in asked(live, after, known).open if each.loss]
            assert [one.step.before.texts["text"].en for one in losses] == [TIME[0]]


def test_another_text_in_the_place_of_a_paragraph_is_a_loss_and_a_new_one():
    after = text(TEXT[0], saying(TEXT[1], HANDS))
    for known in (None, read(*map(standing, (text(*TEXT[:2]), after)))):
        found = asked(text(*TEXT[:2]), after, known).differences
        assert [(one.passage.texts["text"].en, one.loss) for one in found] == [
            (HANDS[0], ""),
            (TIME[0], TAKEN_AWAY),
        ]


def test_a_list_in_place_of_a_paragraph_is_asked_about():
    assert asked(text(TEXT[0]), text(paragraph("p-0", *WATER, kind="item"))).open


# --- Languages on their own -----------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_was_read_in_both_languages_may_be_live_in_one(language):
    for document in DOCUMENTS.values():
        known = read(standing(document))
        assert not compared(NOTHING, alone(document, language), known).open
        assert not compared(standing(document), alone(document, language, pk=2), known).open


@pytest.mark.parametrize(("language", "other"), [("en", "bn"), ("bn", "en")])
def test_what_was_read_in_one_language_is_asked_about_beside_the_other(language, other):
    for part in PARTS:
        single = alone(part, language)
        if not of(single):
            continue
        there = [one for one in of(standing(part)) if one.has(other)]
        asked_about = places(compared(single, standing(part, pk=2)).open)
        assert asked_about == [one.place for one in there]


def test_nothing_is_confirmed_by_itself():
    for document in DOCUMENTS.values():
        page = standing(document)
        assert len(compared(NOTHING, page, Read(())).open) == len({p.digest for p in of(page)})
        # Not even what patients read already: it may be older than confirmations.
        assert len(compared(page, page, Read(())).open) == len({p.digest for p in of(page)})
