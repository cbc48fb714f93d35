"""Where a file's texts belong on the page, in whichever way it has both languages."""

import pytest

from treatments.document.content import Pair
from treatments.document.json_form import parse
from treatments.word_file.drafting import document_of
from treatments.word_file.headings import KEYS, section_of, value_of
from treatments.word_file.layout import layout_of

from ..word_files import CRYOTHERAPY, read

ENGLISH = [
    ("h1", "Cryotherapy"), ("h1", "Aftercare"), ("h2", "Do"), ("li", "Keep it dry."), ("h2", "Do not"),
    ("li", "Pick it."), ("h1", "Rina’s notes"), ("p", "Ask twice."), ("h1", "Side effects"), ("li", "A blister"),
]  # fmt: skip
BANGLA = [
    ("h1", "ক্রায়োথেরাপি"), ("h1", "চিকিৎসার পরে"), ("h2", "করবেন"), ("li", "শুকনো রাখুন।"), ("h2", "করবেন না"),
    ("li", "খুঁটবেন না।"), ("h1", "রিনার নোট"), ("p", "দুবার জিজ্ঞেস করুন।"), ("h1", "পার্শ্বপ্রতিক্রিয়া"), ("li", "ফোসকা"),
]  # fmt: skip


def alternating():
    return [part for pair in zip(ENGLISH, BANGLA, strict=True) for part in pair]


def in_a_table(document):
    table = document.add_table(0, 2)
    for english, bangla in zip(ENGLISH, BANGLA, strict=True):
        for cell, (kind, text) in zip(table.add_row().cells, (english, bangla), strict=True):
            cell.text = text
            if kind.startswith("h"):
                cell.paragraphs[0].style = document.styles[f"Heading {kind[1]}"]


def in_two_cells(document):
    cells = document.add_table(1, 2).rows[0].cells
    for cell, content in zip(cells, (ENGLISH, BANGLA), strict=True):
        for kind, text in content:
            style = f"Heading {kind[1]}" if kind.startswith("h") else None
            cell.add_paragraph(text, style=style)


@pytest.mark.parametrize(
    "content",
    [[*ENGLISH, *BANGLA], [*BANGLA, *ENGLISH], alternating(), [in_a_table], [in_two_cells]],
    ids=["whole after whole", "Bangla first", "one under the other", "a table", "two cells"],
)
def test_both_languages_find_each_other_whichever_way_they_stand(content):
    layout = layout_of(read(*content))
    assert layout.titles == Pair("Cryotherapy", "ক্রায়োথেরাপি")
    rows = [(part.heading, part.section, part.counts) for part in layout.parts]
    assert rows == [
        (Pair("Aftercare", "চিকিৎসার পরে"), "aftercare", {"en": 2, "bn": 2}),
        (Pair("Rina’s notes", "রিনার নোট"), "", {"en": 1, "bn": 1}),
        (Pair("Side effects", "পার্শ্বপ্রতিক্রিয়া"), "side_effects", {"en": 1, "bn": 1}),
    ]
    document = document_of([(part, part.section) for part in layout.parts])
    assert [(item.values["kind"], item.pairs["text"]) for item in document.items("aftercare")] == [
        ("do", Pair("Keep it dry.", "শুকনো রাখুন।")), ("do_not", Pair("Pick it.", "খুঁটবেন না।")),
    ]  # fmt: skip


def drafted(*content):
    layout = layout_of(read(*content))
    document = document_of([(part, part.section or "what_it_is") for part in layout.parts])
    return parse(document.json)


def test_sub_headings_set_what_the_texts_under_them_are():
    document = drafted(*CRYOTHERAPY)
    levels = [
        (item.values["level"], item.pairs["text"].en)
        for item in document.items("contraindications")
    ]
    assert levels == [
        ("must_not", "Cold gives you a rash."),
        ("must_not", "You cannot feel touch there."),
        ("tell_us", "You have diabetes."),
    ]
    effects = [
        (item.values["frequency"], item.pairs["text"]) for item in document.items("side_effects")
    ]
    assert effects == [("common", Pair("A blister", "ফোসকা")), ("rare", Pair("A scar", "দাগ"))]


def test_a_heading_of_its_own_can_say_it_too():
    document = drafted(
        ("h1", "Tell us first"), ("p", "You smoke."), ("h1", "Emergency"), ("p", "You faint.")
    )
    assert [item.values["level"] for item in document.items("contraindications")] == ["tell_us"]
    assert [item.values["urgency"] for item in document.items("help_signs")] == ["emergency"]


def test_where_the_numbers_differ_the_rest_stands_with_an_empty_half():
    document = drafted(("h1", "Benefits"), ("p", "One."), ("p", "Two."), ("p", "এক।"))
    pairs = [item.pairs["text"] for item in document.items("benefits")]
    assert pairs == [Pair("One.", "এক।"), Pair("Two.", "")]


def test_a_gap_in_a_table_stays_where_it_is():
    document = drafted(
        ("h1", "Benefits"),
        ("table", [["One.", "এক।"], ["", "দুই।"], ["Three.", ""], ["Four.", "চার।"]]),
    )
    pairs = [item.pairs["text"] for item in document.items("benefits")]
    assert pairs == [Pair("One.", "এক।"), Pair("", "দুই।"), Pair("Three.", ""), Pair("Four.", "চার।")]


def test_steps_and_questions_have_headings_of_their_own():
    document = drafted(
        ("h1", "The procedure"), ("h2", "Cleaning"), ("p", "We wash it."), ("h2", "পরিষ্কার"), ("p", "আমরা ধুই।"),
        ("h1", "Questions and answers"), ("p", "Does it hurt?"), ("p", "A little."), ("p", "Not for long."),
        ("p", "ব্যথা লাগে?"), ("p", "একটু।"),
    )  # fmt: skip
    (step,), (question,) = document.items("procedure"), document.items("questions")
    assert step.pairs == {
        "title": Pair("Cleaning", "পরিষ্কার"),
        "text": Pair("We wash it.", "আমরা ধুই।"),
    }
    assert question.pairs == {
        "question": Pair("Does it hurt?", "ব্যথা লাগে?"), "answer": Pair("A little.\nNot for long.", "একটু।"),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("heading", "section"),
    [
        ("After the treatment", "aftercare"), ("3. AFTERCARE:", "aftercare"), ("চিকিৎসার পরে", "aftercare"),
        ("Procedure", "procedure"), ("Warnings", "help_signs"), ("What is cryotherapy?", "what_it_is"),
        ("ক্রায়োথেরাপি কী?", "what_it_is"), ("কারা নিতে পারবেন না", "contraindications"),
        ("কারা নিতে পারবেন", "who_it_helps"), ("কী কী হয়", "procedure"), ("Before the treatment", "preparation"),
        ("How does it work?", "how_it_works"), ("যেভাবে কাজ করে", "how_it_works"), ("Who it is for", "who_it_helps"),
        ("Dr. Hasan’s notes", ""), ("Costa Rica", ""), ("ডা. হাসানের নোট", ""), ("Doing well", ""),
        ("x " * 100_000, ""),
    ],
)  # fmt: skip
def test_a_heading_is_known_by_its_words(heading, section):
    assert section_of(Pair(en=heading)) == section


@pytest.mark.parametrize(
    ("section", "heading", "is_main", "value"),
    [
        ("side_effects", "Rare side effects", False, "rare"),
        ("side_effects", "Uncommon and rare", False, ""),
        ("side_effects", "Side effects, also rare ones", True, ""),
        ("aftercare", "Don’t", False, "do_not"),
        ("aftercare", "Do not forget", False, ""),
        ("contraindications", "Rare side effects", False, ""),
    ],
)
def test_a_sub_heading_says_what_its_texts_are_or_nothing(section, heading, is_main, value):
    assert value_of(section, Pair(en=heading), is_main=is_main) == value


def test_wherever_staff_send_a_part_no_word_of_it_is_lost():
    layout = layout_of(read(*CRYOTHERAPY))
    for part in layout.parts:
        for section in KEYS:
            made = parse(document_of([(part, section)]).json).json
            for block in part.blocks:
                for text in filter(None, (block.words.en, block.words.bn)):
                    assert text in made, (section, text)


def test_headings_under_which_nothing_stands_are_named():
    layout = layout_of(
        read(("title", "Laser"), ("h1", "Cost"), ("h1", "Benefits"), ("p", "It is quick."))
    )
    assert layout.bare_headings == ["Cost"]
