"""Tables whose columns or rows mean different things: nothing in them is taken for its opposite."""

import pytest

from treatments.document.content import Pair
from treatments.word_file.drafting import document_of, undecided
from treatments.word_file.layout import layout_of
from treatments.word_file.package import WordFileError

from ..word_files import read


def table(*rows, bold=True, merged=()):
    """A table whose first row is bold, unless it is not to be; with two cells of some rows made one."""

    def add(document):
        made = document.add_table(len(rows), len(rows[0]))
        for number, row in enumerate(rows):
            for cell, text in zip(made.rows[number].cells, row, strict=True):
                cell.paragraphs[0].add_run(text).bold = (bold and number == 0) or None
        for number in merged:
            first, second = made.rows[number].cells[:2]
            first.merge(second)

    return add


def values_of(*content) -> dict[str, list[tuple[str, Pair]]]:
    """What each text of a file is said to be; "?" for what staff are asked."""
    found: dict[str, list[tuple[str, Pair]]] = {}
    for part in layout_of(read(*content)).parts:
        for group in part.groups:
            value = "?" if group in undecided(part, part.section) else group.value_in(part.section)
            for text in group.texts:
                found.setdefault(part.section or "?", []).append((value, text.words))
    return found


def left_out(kind, *content):
    return [one.words for one in read(*content).left_out if one.kind == kind]


AFTERCARE = ("h1", "Aftercare")
REST = ("p", "Come back in a week.")


@pytest.mark.parametrize("bold", [True, False])
@pytest.mark.parametrize("before", [[AFTERCARE], [("h1", "Benefits")], []])
def test_columns_under_do_and_do_not_are_what_they_say(bold, before):
    rows = ("Do", "Do not"), ("Keep it dry", "Use soap"), ("", "Rub"), ("Rest", "")
    found = values_of(*before, table(*rows, bold=bold))
    assert found["aftercare"] == [
        ("do", Pair("Keep it dry")), ("do", Pair("Rest")), ("do_not", Pair("Use soap")), ("do_not", Pair("Rub")),
    ]  # fmt: skip


def test_columns_of_both_languages_find_each_other():
    content = (
        AFTERCARE,
        table(
            ("No.", "Do", "Do not", "করবেন", "করবেন না"),
            ("1", "Keep it dry", "Use soap", "শুকনো রাখুন", "সাবান দেবেন"),
        ),
    )
    (part,) = layout_of(read(*content)).parts
    items = document_of([(part, part.section)]).items("aftercare")
    assert [(item.values["kind"], item.pairs["text"]) for item in items] == [
        ("do", Pair("Keep it dry", "শুকনো রাখুন")), ("do_not", Pair("Use soap", "সাবান দেবেন")),
    ]  # fmt: skip
    assert left_out("row", *content) == ["1"] and left_out("column", *content) == ["No."]


def test_cells_in_both_languages_head_columns_too():
    found = values_of(
        AFTERCARE,
        table(("Do / করবেন", "Do not / করবেন না"), ("Rest / বিশ্রাম নিন", "Use soap / সাবান দেবেন")),
    )
    assert found == {
        "aftercare": [("do", Pair("Rest", "বিশ্রাম নিন")), ("do_not", Pair("Use soap", "সাবান দেবেন"))]
    }


def test_what_stands_over_both_columns_or_below_the_table_is_asked():
    rows = ("Do", "Do not"), ("Keep it dry", "Use soap"), ("Ask us", "")
    found = values_of(AFTERCARE, table(*rows, merged=[2]), REST)
    assert found == {
        "aftercare": [("do", Pair("Keep it dry")), ("do_not", Pair("Use soap"))],
        "?": [("", Pair("Ask us")), ("", Pair("Come back in a week."))],
    }


def test_two_sections_as_columns_are_two_sections():
    found = values_of(
        table(("Who can have it", "Who must not have it"), ("You sweat", "You are pregnant"))
    )
    assert found == {
        "who_it_helps": [("", Pair("You sweat"))], "contraindications": [("must_not", Pair("You are pregnant"))],
    }  # fmt: skip


@pytest.mark.parametrize("bold", [True, False])
def test_a_cell_can_say_what_its_row_is(bold):
    rows = ("Do", "Keep it dry"), ("Do", "Rest"), ("Do not", "Use soap")
    found = values_of(AFTERCARE, table(*rows, bold=bold), REST)
    assert found == {
        "aftercare": [
            ("do", Pair("Keep it dry")),
            ("do", Pair("Rest")),
            ("do_not", Pair("Use soap")),
        ],
        "?": [("", Pair("Come back in a week."))],
    }


def test_a_cell_can_say_it_at_the_end_of_the_row_and_in_both_languages():
    rows = (
        ("Effect", "প্রভাব", "How often", "কত বার"),
        ("A blister", "ফোসকা", "Common", "সাধারণ"),
        ("A scar", "দাগ", "Rare", "বিরল"),
    )
    found = values_of(("h1", "Side effects"), table(*rows))
    assert found == {
        "side_effects": [("common", Pair("A blister", "ফোসকা")), ("rare", Pair("A scar", "দাগ"))]
    }


@pytest.mark.parametrize("name", ["যা করা মানা:", "যা করা মানা", "মানা যা:"])
@pytest.mark.parametrize(
    "text", ["Scratching the skin / চুলকানো", "Scratching the skin hard for a whole day"]
)
def test_a_cell_that_seems_to_deny_the_one_beside_it_is_no_translation_of_it(name, text):
    found = values_of(
        AFTERCARE, ("h2", "Do"), ("p", "Keep it dry"), table((name, text), bold=False)
    )
    assert found["aftercare"] == [("do", Pair("Keep it dry"))]
    assert {value for value, _words in found["?"]} == {""}  # staff choose where it belongs


def test_a_column_called_like_a_value_is_a_column():
    rows = ("Sign", "What to do"), ("Redness", "Call us"), ("You faint", "Go to hospital")
    content = ("h1", "Danger signs"), table(*rows)
    assert values_of(*content) == {
        "help_signs": [("call", Pair("Redness")), ("emergency", Pair("You faint"))]
    }
    assert left_out("column", *content) == ["Sign, What to do"]


def test_columns_go_on_below_another_row_of_headings_and_stand_below_a_title():
    first = ("Aftercare", "Aftercare"), ("Do", "Do not"), ("Keep it dry", "Use soap")
    found = values_of(table(*first, merged=[0]), table(("Rest", "Rub")))
    assert found["aftercare"] == [("do", Pair("Keep it dry")), ("do_not", Pair("Use soap"))]
    assert found["?"] == [("", Pair("Rest")), ("", Pair("Rub"))]


@pytest.mark.parametrize("bold", [True, False])
@pytest.mark.parametrize(
    "rows",
    [
        [("Do", "Avoid these"), ("Rest", "Soap")],
        [("Allowed", "Forbidden"), ("Rest", "Soap")],
        [("What you can do", "What you cannot do"), ("Rest", "Soap")],
        [("যা করা যাবে", "যা করা যাবে না"), ("বিশ্রাম", "সাবান")],
        [("Do", "Do"), ("Rest", "Soap")],
        [("Do", "করবেন", "Do not", "করণীয় নয়"), ("Rest", "বিশ্রাম", "Soap", "সাবান")],
        [("Benefits", "Cost"), ("It is quick", "500")],
        [("Burns", "Emergency"), ("Redness", "Wait and see")],
        [("Do", "Rest"), ("", "Soap")],
        [("✗", "Soap"), ("✓", "Rest")],
        [("Soap", "🚫"), ("Rest", "fine")],
    ],
)
def test_a_table_of_which_that_is_not_certain_is_named_and_not_taken(rows, bold):
    content = AFTERCARE, ("p", "Before"), table(*rows, bold=bold), REST
    assert values_of(*content) == {
        "aftercare": [("?", Pair("Before"))], "?": [("", Pair("Come back in a week."))],
    }  # fmt: skip
    named = " ".join(left_out("table", *content) + left_out("alone", *content))
    assert all(text in named for row in rows for text in row)


def test_a_file_with_nothing_else_is_refused_in_words():
    with pytest.raises(WordFileError, match="headings with a list"):
        read(table(("Do", "Avoid these"), ("Rest", "Soap")))


@pytest.mark.parametrize(
    ("rows", "texts"),
    [
        ([("Sessions", "Price"), ("One", "500")], ["Sessions", "Price", "One", "500"]),
        ([("Burns", "At once"), ("Itching", "Later")], ["Burns", "At once", "Itching", "Later"]),
        ([("No.", "What"), ("1", "Washing")], ["No.", "What", "Washing"]),
    ],
)
def test_other_tables_are_read_row_by_row(rows, texts):
    content = ("h1", "Cost"), table(*rows, bold=False)
    assert [text.en for _value, text in values_of(*content)["cost"]] == texts
    assert left_out("table", *content) == []
