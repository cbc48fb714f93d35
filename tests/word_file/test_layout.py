"""Where a file's texts belong on the page, in whichever way it has both languages."""

import pytest

from treatments.document.content import Pair
from treatments.document.json_form import parse
from treatments.word_file.drafting import document_of, places_for, undecided
from treatments.word_file.headings import VALUED, section_of, value_of
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
    document = document_of([(part, place_of(part)) for part in layout.parts])
    assert [(item.values["kind"], item.pairs["text"]) for item in document.items("aftercare")] == [
        ("do", Pair("Keep it dry.", "শুকনো রাখুন।")), ("do_not", Pair("Pick it.", "খুঁটবেন না।")),
    ]  # fmt: skip


def drafted(*content):
    layout = layout_of(read(*content))
    document = document_of([(part, place_of(part)) for part in layout.parts])
    return parse(document.json)


def place_of(part) -> str:
    """The section of a part; what its headings leave open is the first that is offered."""
    section = part.section or "what_it_is"
    return next(key for key, _label in places_for(part) if key.split("/")[0] == section)


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


# The heading, and what may be said of the texts under it: nothing, or this and never the opposite.
TURNED_ROUND = [
    ("কাদের জন্য উপযুক্ত নয়", "contraindications/must_not"), ("কার জন্য নয়", "contraindications/must_not"),
    ("কারা নিতে পারেন না", "contraindications/must_not"), ("কাদের জন্য ভালো নয়", ""), ("কারা নিতে পারবেননা", ""),
    ("যাদের কাদের জন্য নিষেধ করা হয়নি", ""), ("When it should not be used for pain", ""),
    ("Who it isn’t for", ""), ("Who it is not for", ""), ("Who can’t have it", ""), ("Not who it is for", ""),
    ("No contraindications", ""), ("Who must not have it without asking", ""), ("Who it is for / কার জন্য ভালো নয়", ""),
    ("Who it is for / কাদের জন্য নয়", ""), ("What not to do after treatment", ""),
    ("চিকিৎসার পরে কী করবেন না", ""), ("Things to avoid after the treatment", ""), ("Things to avoid", ""),
    ("যা করা নিষেধ", ""), ("Avoid: do", ""), ("Do / করবেন না", ""), ("Do / যা করা যাবে না", ""), ("যা করবেন / Avoid this", ""),
    ("Do not / আপনি পারবেন", ""), ("If it is not an emergency, call us", ""), ("It is no emergency", ""),
    ("জরুরি নয়", ""), ("Do not call us", ""), ("Tell us first, if you never had it", ""), ("Not rare", ""),
    ("বিরল নয়", ""), ("Not common", ""), ("Never do", ""), ("🚫 Do", ""), ("❌ করবেন", ""), ("\uf04a Do", ""), ("করবেন কি না", ""), ("বাড়িতে কী করবেন", ""),
]  # fmt: skip


@pytest.mark.parametrize(("heading", "place"), TURNED_ROUND)
@pytest.mark.parametrize(
    "kind", ["h1", "h2", "bold", "h1 after", "bold after", "table", "bold table"]
)
def test_a_heading_never_says_the_opposite_of_what_it_says(kind, heading, place):
    before = [("h1", "Who it is for"), ("p", "You sweat.")] if "after" in kind else []
    if "table" in kind:
        content = [("table", [[heading]])] if kind == "table" else [bold_cell(heading)]
    else:
        content = [(kind.split()[0], heading)]
    reading = read(*before, *content, ("p", "You are pregnant"))
    parts = layout_of(reading).parts
    part = next(each for each in parts if "You are pregnant" in repr(each.blocks))
    group = next(each for each in part.groups if "You are pregnant" in repr(each.texts))
    if place and part.section:
        assert f"{part.section}/{group.value_in(part.section)}" == place
    elif kind != "table" or not before:
        assert part.section == "" or undecided(part, part.section), part.section
    for section in VALUED:
        value = group.value_in(section)
        assert value == "" or f"{section}/{value}" == place


def bold_cell(text):
    def add(document):
        document.add_table(1, 1).rows[0].cells[0].paragraphs[0].add_run(text).bold = True

    return add


@pytest.mark.parametrize(
    ("section", "line"),
    [
        ("Who must not have it", "Tell your doctor if you have a pacemaker"),
        ("Who must not have it", "Do not have this treatment if you have a pacemaker"),
        ("Danger signs", "If it is not an emergency, call us"),
        ("কারা নিতে পারবেন না", "পেসমেকার থাকলে ডাক্তারকে জানান"),
        ("Who it is for", "Not for people who must not have it"),
        ("Benefits", "We will tell you who should avoid the sun"),
    ],
)
def test_a_bold_sentence_is_a_text_and_opens_what_is_asked(section, line):
    parts = layout_of(read(("h1", section), ("p", "One"), ("bold", line), ("p", "Two"))).parts
    assert [part.section for part in parts][1:] == [""] and parts[1].has_heading_as_text
    assert [block.words.en or block.words.bn for block in parts[1].blocks] == [line, "Two"]


def test_what_no_heading_decides_makes_no_document():
    (part,) = layout_of(read(("h1", "Aftercare"), ("p", "Use soap"))).parts
    with pytest.raises(ValueError):
        document_of([(part, "aftercare")])


def test_opposite_headings_of_two_languages_are_no_translations():
    parts = layout_of(
        read(("h1", "Do"), ("p", "Rest"), ("h1", "করবেন না"), ("p", "সাবান দেবেন"))
    ).parts
    document = document_of([(part, part.section) for part in parts])
    assert [(item.values["kind"], item.pairs["text"]) for item in document.items("aftercare")] == [
        ("do", Pair("Rest", "")), ("do_not", Pair("", "সাবান দেবেন")),
    ]  # fmt: skip


@pytest.mark.parametrize("kind", ["p", "li", "h2", "bold"])
@pytest.mark.parametrize(
    ("do", "do_not"), [("Do:", "Do not:"), ("করবেন", "করবেন না"), ("Do / করবেন", "Do not / করবেন না")]
)
def test_a_line_that_says_it_opens_what_is_below_whatever_it_looks_like(kind, do, do_not):
    (part,) = layout_of(
        read(("h1", "Aftercare"), (kind, do), ("p", "Rest"), (kind, do_not), ("p", "Use soap"))
    ).parts
    found = [
        (each.value_in("aftercare"), [text.words.en for text in each.texts]) for each in part.groups
    ]
    assert found[1:] == [("do", ["Rest"]), ("do_not", ["Use soap"])]
    assert not undecided(part, "aftercare")


def test_a_row_of_a_table_that_says_it_opens_the_rows_below():
    rows = ["Do", "করবেন"], ["Rest", "বিশ্রাম নিন"], ["Do not", "করবেন না"], ["Use soap", "সাবান দেবেন"]
    document = drafted(("h1", "Aftercare"), ("table", [*rows]))
    assert [(item.values["kind"], item.pairs["text"].en) for item in document.items("aftercare")] == [
        ("do", "Rest"), ("do_not", "Use soap"),
    ]  # fmt: skip


@pytest.mark.parametrize("kind", ["p", "li"])
@pytest.mark.parametrize(
    ("heading", "line"),
    [
        ("Do not", "Do / করবেন না:"), ("Do not", "Do / করা মানা:"), ("Do not", "Emergency:"), ("Do not", "But you can:"),
        ("Do", "But do not:"), ("Do", "Things to avoid:-"), ("করবেন", "যা করা যাবে নাঃ"), ("Aftercare", "Later on :"),
        ("Call us", "Go to hospital if:"), ("Who must not have it", "Tell us first if you have:"),
        ("Dr. Hasan’s notes", "Never do this:"), ("Common", "Rare ones:"),
    ],
)  # fmt: skip
def test_a_line_of_which_that_is_not_certain_is_asked_about_by_itself(kind, heading, line):
    content = ("h1", heading), ("p", "Use soap"), (kind, line), ("p", "Rest")
    first, second = layout_of(read(*content)).parts
    assert [text.words.en for text in first.blocks] == ["Use soap"]
    assert second.section == "" and second.blocks[-1].words.en == "Rest"
    assert second.blocks[0].words == second.heading


@pytest.mark.parametrize("line", ["Things to avoid", "যা করা মানা", "Never / কখনো না"])
def test_a_short_line_that_denies_what_its_heading_says_is_asked_about(line):
    parts = layout_of(read(("h1", "Do"), ("p", "Keep dry"), ("p", line), ("p", "Soap"))).parts
    assert [(part.section, len(part.blocks)) for part in parts] == [("aftercare", 1), ("", 2)]


def test_such_a_line_and_its_translation_below_are_one():
    content = (
        ("h1", "Aftercare"),
        ("p", "Later on:"),
        ("p", "পরে:"),
        ("p", "Rest"),
        ("p", "বিশ্রাম নিন"),
    )
    (part,) = layout_of(read(*content)).parts
    assert part.heading == Pair("Later on:", "পরে:")
    pairs = [
        item.pairs["text"] for item in document_of([(part, "aftercare/do")]).items("aftercare")
    ]
    assert pairs == [part.heading, Pair("Rest", "বিশ্রাম নিন")]


def test_a_line_that_says_what_its_heading_says_is_a_text_of_it():
    content = (
        ("h1", "Who must not have it"),
        ("p", "You must not have it if:"),
        ("p", "You are pregnant"),
    )
    (part,) = layout_of(read(*content)).parts
    assert not undecided(part, "contraindications") and len(part.blocks) == 2


def test_such_a_line_is_a_text_where_it_means_nothing():
    content = ("h1", "How often"), ("p", "Often"), ("h1", "Do"), ("li", "Call us"), ("li", "Rest")
    often, do = layout_of(read(*content)).parts
    assert [text.words.en for text in often.blocks] == ["Often"]
    assert [text.words.en for text in do.groups[0].texts] == ["Call us", "Rest"]


def pairs_in(section, *content):
    return [list(item.pairs.values()) for item in drafted(*content).items(section)]


@pytest.mark.parametrize("is_table", [False, True])
def test_an_empty_half_stays_empty_where_others_have_both(is_table):
    lines = [
        ("Is it safe?", "নিরাপদ?"), ("Yes.", "হ্যাঁ।"), ("Does it hurt?", ""), ("A little.", ""),
        ("Is it quick?", "তাড়াতাড়ি হয়?"), ("No.", "না।"),
        ("", "রোদে যেতে পারি?"), ("", "কয়েক দিন না।"),
    ]  # fmt: skip
    if is_table:
        content = [("table", [list(line) for line in lines])]
    else:
        content = [
            (kind, " / ".join(filter(None, line)))
            for line, kind in zip(lines, ["h2", "p"] * 4, strict=True)
        ]
    assert pairs_in("questions", ("h1", "Questions and answers"), *content) == [
        [Pair(*lines[0]), Pair(*lines[1])], [Pair(*lines[2]), Pair(*lines[3])],
        [Pair(*lines[4]), Pair(*lines[5])], [Pair(*lines[6]), Pair(*lines[7])],
    ]  # fmt: skip


ALTERNATING = [
    ("One", "এক"),
    ("Two", ""),
    ("Three", "তিন"),
    ("Four", "চার"),
    ("", "পাঁচ"),
    ("Six", "ছয়"),
]


@pytest.mark.parametrize(
    ("heading", "section", "kinds"),
    [
        ("Benefits", "benefits", ["p"]), ("Do", "aftercare", ["li"]), ("The procedure", "procedure", ["h2", "p"]),
        ("Questions and answers", "questions", ["h2", "p"]),
    ],
)  # fmt: skip
def test_where_the_languages_take_turns_neighbours_are_pairs(heading, section, kinds):
    content = [
        (kind, text) for pair in ALTERNATING for text in filter(None, pair) for kind in kinds
    ]
    made = pairs_in(section, ("h1", heading), *content)
    assert [pairs[0] for pairs in made] == [Pair(*pair) for pair in ALTERNATING]


def test_an_introduction_without_a_heading_is_no_step():
    steps = [("h2", "Wash"), ("p", "We wash."), ("h2", "ধোয়া"), ("p", "আমরা ধুই।")]
    made = pairs_in("procedure", ("h1", "The procedure"), ("p", "It is quick."), *steps)
    assert made == [
        [Pair(), Pair("It is quick.")], [Pair("Wash", "ধোয়া"), Pair("We wash.", "আমরা ধুই।")],
    ]  # fmt: skip


def test_wherever_staff_send_a_part_no_word_of_it_is_lost():
    layout = layout_of(read(*CRYOTHERAPY))
    for part in layout.parts:
        for section, _label in places_for(part):
            made = parse(document_of([(part, section)]).json).json
            for block in part.blocks:
                for text in filter(None, (block.words.en, block.words.bn)):
                    assert text in made, (section, text)


def test_headings_under_which_nothing_stands_are_named():
    layout = layout_of(
        read(("title", "Laser"), ("h1", "Cost"), ("h1", "Benefits"), ("p", "It is quick."))
    )
    assert layout.bare_headings == ["Cost"]
