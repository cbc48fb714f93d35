import time
from dataclasses import replace
from functools import cache

import pytest
import regex
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from treatments.document.content import DocumentItem, Pair
from treatments.document.diff import (
    ADDED,
    CHANGED,
    MOVED,
    REMOVED,
    SAME,
    count_by_language,
    differences,
    word_spans,
)
from treatments.document.json_form import parse
from treatments.document.merge import BOTH, MINE, THEIRS, Undecided, merged, questions
from treatments.document.rows import from_rows
from treatments.document.sections import BY_KEY
from treatments.document.sequences import ratio

from ..conftest import FIXTURES
from ..plans import changed
from ..strategies import documents, texts


@pytest.fixture
def document(iontophoresis):
    return from_rows(iontophoresis)


def with_items(document, key, change):
    """The document with another list of items in a section."""
    return replace(
        document, sections={**document.sections, key: tuple(change(document.items(key)))}
    )


def saying(document, key, number, name="text", **words):
    """The document with other words in one item."""

    def change(items):
        item = items[number]
        pair = replace(item.pairs[name], **words)
        return [
            replace(item, pairs={**item.pairs, name: pair}) if each is item else each
            for each in items
        ]

    return with_items(document, key, change)


def parts(spans, kind):
    return [span.text for span in spans if span.kind == kind]


def put_together(spans, *kinds):
    return "".join(span.text for span in spans if span.kind in (SAME, *kinds))


# --- Words ----------------------------------------------------------------------------------------


def test_only_the_words_that_changed_are_marked():
    spans = word_spans("Leave it on for 20–30 minutes.", "Leave it on for 20–40 minutes.")
    assert parts(spans, REMOVED) == ["30"]
    assert parts(spans, ADDED) == ["40"]


def test_a_bangla_word_is_marked_whole_with_its_vowel_signs_and_joiners():
    old, new = "ত্বকে র‍্যাশ হতে পারে।", "ত্বকে র‍্যাশগুলো হতে পারে।"
    spans = word_spans(old, new)
    assert parts(spans, REMOVED) == ["র‍্যাশ"]
    assert parts(spans, ADDED) == ["র‍্যাশগুলো"]


def test_words_next_to_each_other_are_one_change():
    spans = word_spans("Wash both hands well, please.", "Wash your feet well, please.")
    assert parts(spans, REMOVED) == ["both hands"]
    assert parts(spans, ADDED) == ["your feet"]


def test_two_texts_with_little_in_common_stand_one_after_the_other():
    spans = word_spans("Drink some water.", "Most people feel nothing at all during a session.")
    assert [span.kind for span in spans] == [REMOVED, ADDED]


def test_a_very_long_text_is_compared_within_a_moment():
    old = "\n".join(f"line {number} of many words here" for number in range(2_000))
    spans = word_spans(old, old.replace("line 7 ", "line seven "))
    assert parts(spans, ADDED) == ["line seven of many words here\n"]


REPEATING = [
    ("a b " * 5_000, "b a a " * 3_000),
    ("a\nb\n" * 5_000, "b\na\na\n" * 3_000),
    ("Wash your hands. Do not eat. " * 600, "Wash the hands. Do not drink. " * 600),
]


@pytest.mark.parametrize(("old", "new"), REPEATING)
def test_a_long_text_that_repeats_itself_is_compared_within_a_moment(old, new):
    began = time.process_time()
    spans = word_spans(old, new)
    assert ratio(old.split(), new.split()) > 0.5
    assert time.process_time() - began < 5
    assert put_together(spans, REMOVED) == old and put_together(spans, ADDED) == new


@given(texts, texts)
def test_the_marked_text_holds_both_texts_and_cuts_no_letter(old, new):
    spans = word_spans(old, new)
    assert put_together(spans, REMOVED) == old
    assert put_together(spans, ADDED) == new
    whole = regex.findall(r"\X", old)
    assert [
        mark for span in spans if span.kind != ADDED for mark in regex.findall(r"\X", span.text)
    ] == whole


# --- Documents ------------------------------------------------------------------------------------


def test_the_same_document_shows_no_difference(document):
    assert differences(document, parse(document.json)) == []


def test_changed_words_are_told_by_language(document):
    first = document.items("benefits")[0]
    new = saying(document, "benefits", 0, bn=f"{first.pairs['text'].bn} আরও কথা।")
    (change,) = differences(document, new)
    assert (change.kind, change.place.section, change.place.item) == (
        CHANGED,
        "benefits",
        first.uid,
    )
    assert change.languages == {"bn"}
    assert parts(change.rows[0].bangla, ADDED) == [" আরও কথা।"]
    assert not parts(change.rows[0].english, ADDED)
    assert count_by_language([change]) == {"en": 0, "bn": 1, "": 0}


def test_added_deleted_and_moved_items_are_told_apart(document):
    items = document.items("benefits")
    new_one = DocumentItem("new", False, {}, {"text": Pair("New.", "নতুন।")})
    new = with_items(document, "benefits", lambda _all: [items[2], items[0], *items[3:], new_one])
    kinds = {change.place.item: change.kind for change in differences(document, new)}
    assert kinds == {items[1].uid: REMOVED, "new": ADDED, items[2].uid: MOVED}
    moved = next(change for change in differences(document, new) if change.kind == MOVED)
    assert moved.moved == (3, 1)


def test_a_number_of_the_plan_belongs_to_neither_language(document):
    new = replace(document, plan=changed(document.plan, visit=(35, 50)))
    (change,) = differences(document, new)
    assert parts(change.rows[0].neither, ADDED) == ["35–50 minutes"]
    assert count_by_language([change]) == {"en": 0, "bn": 0, "": 1}


def test_a_changed_link_and_bold_letters_are_seen_in_rich_text(document):
    def with_cost(html):
        return with_items(
            document,
            "cost",
            lambda _none: (
                DocumentItem("ask", False, {"kind": "paragraph"}, {"text": Pair(html)}),
            ),
        )

    plain = with_cost("Ask us here.")
    bold = with_cost("Ask <strong>us</strong> here.")
    linked = with_cost('Ask us <a href="https://example.org">here</a>.')
    assert differences(plain, bold)[0].rows[0].note
    assert "https" in put_together(differences(plain, linked)[0].rows[0].english, ADDED)


def test_an_unchanged_choice_is_named_as_on_the_change_page(document):
    def milder(items):
        return [replace(items[0], values={**items[0].values, "level": "tell_us"}), *items[1:]]

    (change,) = differences(document, with_items(document, "contraindications", milder))
    assert parts(change.rows[0].neither, ADDED) == ["Tell us first"]


@given(documents(), documents())
@settings(max_examples=15, suppress_health_check=[HealthCheck.too_slow])
def test_any_two_documents_can_be_compared(old, new):
    differences(old, new)
    assert differences(old, old) == []


# --- Two people -----------------------------------------------------------------------------------


def test_changes_in_different_places_need_no_decision(document):
    mine = saying(document, "benefits", 0, en="Mine.")
    theirs = saying(document, "benefits", 0, bn="তাঁদের।")
    assert all(question.answer for question in questions(document, theirs, mine))
    both = merged(document, theirs, mine, {})
    assert both.items("benefits")[0].pairs["text"] == Pair("Mine.", "তাঁদের।")


def test_the_same_place_asks_and_takes_what_is_answered(document):
    mine = saying(document, "benefits", 0, en="Mine.")
    theirs = saying(document, "benefits", 0, en="Theirs.")
    (question,) = questions(document, theirs, mine)
    assert question.answer is None
    with pytest.raises(Undecided) as undecided:
        merged(document, theirs, mine, {})
    assert undecided.value.keys == [question.key]
    for answer, text in ((MINE, "Mine."), (THEIRS, "Theirs."), (BOTH, "Theirs.\nMine.")):
        result = merged(document, theirs, mine, {question.key: answer})
        assert result.items("benefits")[0].pairs["text"].en == text


def test_an_item_deleted_here_and_changed_there_asks(document):
    theirs = with_items(document, "benefits", lambda items: items[1:])
    mine = saying(document, "benefits", 0, en="Mine.")
    (question,) = questions(document, theirs, mine)
    assert question.answer is None
    assert question.theirs_gone
    assert not question.mine_gone
    kept = merged(document, theirs, mine, {question.key: MINE})
    assert kept.items("benefits")[0].pairs["text"].en == "Mine."
    left_out = merged(document, theirs, mine, {question.key: THEIRS})
    assert left_out.json == theirs.json


def test_both_orders_and_both_new_items_come_together(document):
    first = DocumentItem("first", False, {}, {"text": Pair("First.", "প্রথম।")})
    last = DocumentItem("last", False, {}, {"text": Pair("Last.", "শেষ।")})
    uids = [item.uid for item in document.items("benefits")]
    mine = with_items(document, "benefits", lambda items: [first, *reversed(items)])
    theirs = with_items(document, "benefits", lambda items: [*items, last])
    result = [item.uid for item in merged(document, theirs, mine, {}).items("benefits")]
    assert [uid for uid in result if uid in uids] == uids[::-1]
    assert {"first", "last"} <= {*result}


def test_figures_of_one_study_are_chosen_together(document):
    def with_figures(improved, total):
        def change(items):
            figures = {"treated_improved": improved, "treated_total": total}
            return [replace(items[0], values={**items[0].values, **figures}), *items[1:]]

        return with_items(document, "evidence", change)

    mine, theirs = with_figures(20, 25), with_figures(5, 9)
    (question,) = questions(document, theirs, mine)
    result = merged(document, theirs, mine, {question.key: MINE}).items("evidence")[0]
    assert (result.values["treated_improved"], result.values["treated_total"]) == (20, 25)


def test_without_knowing_what_was_opened_every_difference_asks(document):
    mine = saying(document, "benefits", 0, en="Mine.")
    assert [question.answer for question in questions(None, document, mine)] == [None]


def edit(document, key, number, how):
    """One of the edits that staff make: to a list, a text, a number of the plan."""

    def change(items):
        items = list(items)
        item = items.pop(number % len(items)) if items else None
        if how == "add":
            words = {name: Pair(f"New {number}.", "নতুন।") for name in BY_KEY[key].model.pairs}
            values = {**item.values} if item else dict.fromkeys(BY_KEY[key].model.typed)
            new = DocumentItem(f"new-{number}", False, values, words)
            return [*(each for each in (item, *items) if each and each.uid != new.uid), new]
        if item is None or how == "delete":
            return items
        if how == "move":
            return [*items[: number // 2], item, *items[number // 2 :]]
        name = next(iter(item.pairs))
        pair = Pair(f"{item.pairs[name].en} {number}", item.pairs[name].bn)
        return [replace(item, pairs={**item.pairs, name: pair}), *items]

    if how == "plan":
        return replace(document, plan=changed(document.plan, visit=(number + 1, 60)))
    if how == "prose":
        prose = {**document.prose["bn"], "summary": f"কথা {number}"}
        return replace(document, prose={**document.prose, "bn": prose})
    return with_items(document, key, change)


edits = st.lists(
    st.tuples(
        st.sampled_from(["benefits", "side_effects"]),
        st.integers(0, 5),
        st.sampled_from(["add", "delete", "move", "write", "plan", "prose"]),
    ),
    max_size=5,
)


@cache
def shipped():
    return parse((FIXTURES / "iontophoresis.json").read_text("utf-8"))


def edited(changes):
    document = shipped()
    for change in changes:
        document = edit(document, *change)
    return document


@given(edits)
def test_one_persons_changes_alone_stand_as_they_were_made(changes):
    opened, changed = shipped(), edited(changes)
    for theirs, mine in ((opened, changed), (changed, opened), (changed, changed)):
        assert all(question.answer for question in questions(opened, theirs, mine))
        assert merged(opened, theirs, mine, {}).json == changed.json


@given(edits, edits, st.sampled_from([MINE, THEIRS]))
def test_two_peoples_changes_come_together_once_every_clash_is_answered(ours, others, answer):
    opened, theirs, mine = shipped(), edited(others), edited(ours)
    asked = questions(opened, theirs, mine)
    result = merged(opened, theirs, mine, {question.key: answer for question in asked})
    whole = {MINE: mine, THEIRS: theirs}[answer]
    for key in result.sections:
        assert {item.uid: item for item in result.items(key)} == {
            item.uid: item for item in whole.items(key)
        }
    assert (result.plan, result.prose) == (whole.plan, whole.prose)


@given(edits, edits)
def test_everything_that_only_one_changed_is_there_afterwards(ours, others):
    opened, theirs, mine = shipped(), edited(others), edited(ours)
    answers = {each.key: BOTH if each.both else MINE for each in questions(opened, theirs, mine)
               if each.answer is None}  # fmt: skip
    result = merged(opened, theirs, mine, answers)
    for change in differences(opened, mine):
        if change.kind == ADDED:
            assert change.place.item in {item.uid for item in result.items(change.place.section)}


# --- Photos ---------------------------------------------------------------------------------------


def with_photo(document, name, width=960, alt="Two hands.", uid="one"):
    values = {"image": name, "width": width, "height": 640}
    pairs = {"alt": Pair(alt, "দুটি হাত।" if alt else ""), "caption": Pair("", "")}
    return with_items(document, "photos", lambda _all: [DocumentItem(uid, False, values, pairs)])


OLD_FILE, NEW_FILE, THIRD_FILE = "0123456789abcdef", "fedcba9876543210", "00112233445566ff"


def test_what_became_of_a_photo_is_told_in_words_and_never_by_its_file(document):
    old, new = with_photo(document, OLD_FILE), with_photo(document, NEW_FILE, 480)
    digest_values = [
        (document, old, "A photo was put in."),
        (old, new, "The photo was replaced by another one."),
        (new, document, "The photo was taken away."),
    ]
    for before, after, words in digest_values:
        (change,) = differences(before, after)
        assert words in [row.note for row in change.rows]
        assert not any(file in repr(change) for file in (OLD_FILE, NEW_FILE))
    assert count_by_language(differences(old, new)) == {"en": 0, "bn": 0, "": 1}


def test_a_photo_that_says_nothing_is_called_a_photo(document):
    (change,) = differences(document, with_photo(document, OLD_FILE, alt="", uid="9f8e7d6c"))
    assert change.label == "Photo"


def test_two_people_who_chose_another_photo_are_asked_once_and_in_words(document):
    opened = with_photo(document, OLD_FILE)
    theirs, mine = with_photo(document, NEW_FILE, 480), with_photo(document, THIRD_FILE, 1440)
    (question,) = questions(opened, theirs, mine)
    assert (question.answer, question.field) == (None, "Photo")
    assert "1440 × 640" in "".join(span.text for span in question.mine)
    assert not any(file in repr(question) for file in (OLD_FILE, NEW_FILE, THIRD_FILE))
    photo = merged(opened, theirs, mine, {question.key: MINE}).items("photos")[0]
    assert (photo.values["image"], photo.values["width"]) == (THIRD_FILE, 1440)

    (question,) = questions(opened, opened, mine)
    assert question.answer == MINE
    photo = merged(opened, opened, mine, {}).items("photos")[0]
    assert (photo.values["image"], photo.values["width"]) == (THIRD_FILE, 1440)
