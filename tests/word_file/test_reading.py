"""What is read from a Word file, and what of it is named as not taken."""

import pytest

from treatments.document.content import Pair
from treatments.word_file.blocks import ENTRY, HEADING, ROW, TEXT, reading_from_json
from treatments.word_file.reading import KINDS_LEFT_OUT

from ..word_files import CRYOTHERAPY, comment, footnote, picture, read, runs, with_body


def said(reading) -> list[tuple[str, str]]:
    return [(block.kind, block.words.en or block.words.bn) for block in reading.blocks]


def left_out(reading, kind) -> list[str]:
    return [one.words for one in reading.left_out if one.kind == kind]


def test_headings_paragraphs_and_lists_of_word_are_read_in_both_scripts():
    reading = read(("h1", "Aftercare"), ("p", "Keep it dry."), ("li", "শুকনো রাখুন।"))
    assert said(reading) == [(HEADING, "Aftercare"), (TEXT, "Keep it dry."), (ENTRY, "শুকনো রাখুন।")]
    assert [block.words.bn for block in reading.blocks] == ["", "", "শুকনো রাখুন।"]


@pytest.mark.parametrize(
    "mark",
    ["·\t", "• ", "•", "–\t", "– ", "- ", "o\t", "§\t", "1.\t", "1. ", "(2) ", "১.\t", "২) ", "\uf0b7\t",
     "a)\t", "* ", "✓ "],
)  # fmt: skip
def test_a_typed_list_is_a_list_without_its_marks(mark):
    assert said(read(("p", f"{mark}Keep it dry."))) == [(ENTRY, "Keep it dry.")]


@pytest.mark.parametrize(
    "text",
    ["1.5 litres of water", "-5 degrees is cold", "o no, not that", "5 days later", "–5 °C", "A. Miah came"],
)  # fmt: skip
def test_what_only_looks_like_a_mark_stays(text):
    assert said(read(("p", text))) == [(TEXT, text)]


def test_lines_of_one_paragraph_that_are_a_list_are_entries():
    reading = read(("p", "• Keep it dry.\n• Wear a plaster."), ("p", "One line\nand its second"))
    assert said(reading) == [
        (ENTRY, "Keep it dry."), (ENTRY, "Wear a plaster."), (TEXT, "One line\nand its second"),
    ]  # fmt: skip


def test_lines_and_slashes_part_the_languages():
    reading = read(
        ("h1", "Aftercare / চিকিৎসার পরে"), ("h1", "Warnings (সতর্কতা)"), ("h1", "খরচ – Cost"),
        ("p", "Keep it dry.\nশুকনো রাখুন।"), ("p", "Wear a plaster. / প্লাস্টার পরুন।"),
    )  # fmt: skip
    assert [block.words for block in reading.blocks] == [
        Pair("Aftercare", "চিকিৎসার পরে"), Pair("Warnings", "সতর্কতা"), Pair("Cost", "খরচ"),
        Pair("Keep it dry.", ""), Pair("", "শুকনো রাখুন।"), Pair("Wear a plaster.", "প্লাস্টার পরুন।"),
    ]  # fmt: skip


def test_a_short_bold_line_alone_is_a_heading():
    reading = read(
        ("bold", "After the treatment"), runs(("Keep ", {}), ("it", {"bold": True}), (" dry", {})),
        ("bold", "This whole sentence is only important."), ("bold", "• Bold entry"),
    )  # fmt: skip
    kinds = [block.kind for block in reading.blocks]
    assert kinds == [HEADING, TEXT, TEXT, ENTRY]


def test_cells_of_a_table_are_never_joined_and_languages_beside_each_other_are_pairs():
    reading = read(
        ("table", [
            ["English", "বাংলা"],
            ["Aftercare", "চিকিৎসার পরে"],
            ["Keep it dry.\nWear a plaster.", "শুকনো রাখুন।\nপ্লাস্টার পরুন।"],
            ["Drink water.", ""],
        ]),
        ("table", [["1", "A blister", "ফোসকা"], ["2", "A scar", "দাগ"]]),
        ("table", [["Burns", "At once"], ["Itching", "Later"]]),
    )  # fmt: skip
    assert [(block.kind, block.words) for block in reading.blocks] == [
        (ROW, Pair("Aftercare", "চিকিৎসার পরে")),
        (ROW, Pair("Keep it dry.\nWear a plaster.", "শুকনো রাখুন।\nপ্লাস্টার পরুন।")),
        (ROW, Pair("Drink water.", "")),
        (ROW, Pair("A blister", "ফোসকা")), (ROW, Pair("A scar", "দাগ")),
        *[(TEXT, Pair(text)) for text in ("Burns", "At once", "Itching", "Later")],
    ]  # fmt: skip
    assert left_out(reading, "column") == ["English, বাংলা"]
    assert left_out(reading, "row") == ["1", "2"]


def test_a_bold_row_of_a_table_that_names_a_section_is_a_heading():
    def table(document):
        rows = document.add_table(2, 2).rows
        for cell, text in zip(rows[0].cells, ("Aftercare", "চিকিৎসার পরে"), strict=True):
            cell.paragraphs[0].add_run(text).bold = True
        for cell, text in zip(rows[1].cells, ("Keep dry.", "শুকনো রাখুন।"), strict=True):
            cell.paragraphs[0].add_run(text).bold = True

    first, second = read(table).blocks
    assert (first.kind, first.words) == (HEADING, Pair("Aftercare", "চিকিৎসার পরে"))
    assert (second.kind, second.words) == (ROW, Pair("Keep dry.", "শুকনো রাখুন।"))


def test_struck_out_and_hidden_words_are_not_taken_and_named():
    reading = read(
        runs(("Wash ", {}), ("never ", {"strike": True}), ("ever ", {"double_strike": True}),
             ("daily", {}), (" secret", {"hidden": True}))
    )  # fmt: skip
    assert said(reading) == [(TEXT, "Wash daily")]
    assert left_out(reading, "struck") == ["never ever"]
    assert left_out(reading, "hidden") == ["secret"]


def test_raised_digits_stay_raised_and_are_pointed_at():
    reading = read(
        runs(("10", {}), ("2", {"superscript": True}), (" cm, H", {}), ("2", {"subscript": True}),
             ("O, the 1", {}), ("st", {"superscript": True}), (" day", {}), ("a", {"superscript": True}))
    )  # fmt: skip
    assert said(reading) == [(TEXT, "10² cm, H₂O, the 1st daya")]
    assert left_out(reading, "raised") == ["10²", "H₂", "daya"]


@pytest.mark.parametrize("font", ["SutonnyMJ", "Bijoy Classic", "JugantorMJ", "SutonnyMJ Bold"])
def test_bangla_in_a_font_of_bijoy_is_changed_and_named(font):
    reading = read(
        ("p", "A text"), runs(("•\tïKbv ivLyb| ", {"name": font}), ("Rj", {"name": font}))
    )
    assert said(reading) == [(TEXT, "A text"), (ENTRY, "শুকনা রাখুন। জল")]
    assert left_out(reading, "bijoy") == ["ïKbv ivLyb| Rj → শুকনা রাখুন। জল"]


def test_a_heading_typed_in_bijoy_is_one():
    heading, text = read(("h2", "Ki‡eb bv"), ("p", "Use soap")).blocks
    assert (heading.kind, heading.words) == (HEADING, Pair("", "করবেন না"))
    assert text.words == Pair("Use soap", "")


def test_bijoy_beside_english_is_changed_by_itself():
    reading = read(
        runs(("Keep it dry / ", {}), ("ïKbv ivLyb|", {"name": "SutonnyMJ"})), ("p", "Do not / Ki‡eb bv")
    )  # fmt: skip
    assert [block.words for block in reading.blocks] == [
        Pair("Keep it dry", "শুকনা রাখুন।"), Pair("Do not", "করবেন না"),
    ]  # fmt: skip


@pytest.mark.parametrize("font", ["SutonnyMJ", "SutonnyOMJ"])
def test_unicode_bangla_in_a_font_of_that_name_is_read(font):
    assert said(read(runs(("শুকনো রাখুন।", {"name": font})))) == [(TEXT, "শুকনো রাখুন।")]


@pytest.mark.parametrize(
    "fonts",
    [
        'w:ascii="SutonnyOMJ" w:hAnsi="SutonnyOMJ" w:cs="SutonnyOMJ"',
        'w:asciiTheme="minorHAnsi" w:hAnsiTheme="minorHAnsi" w:cs="SutonnyMJ"',
        'w:asciiTheme="minorHAnsi" w:ascii="SutonnyMJ" w:hAnsi="Calibri"',
        'w:cs="SutonnyMJ"',
    ],
)
def test_english_beside_a_font_for_bangla_stays(fonts):
    text = "Use soap and mRNA eGFR"
    run = f"<w:p><w:r><w:rPr><w:rFonts {fonts}/></w:rPr><w:t>{text}</w:t></w:r></w:p>"
    assert said(read(with_body(run))) == [(TEXT, text)]


def test_bijoy_is_known_by_its_letters_too_and_by_the_font_of_a_style():
    def styled(document):
        document.styles["List Bullet"].font.name = "SutonnyMJ"
        document.add_paragraph("GKwU dzj", style="List Bullet")

    reading = read(("p", "wPwKrmvi ci RvqMvUv ïKbv ivLyb|"), styled)
    assert said(reading) == [(TEXT, "চিকিৎসার পর জায়গাটা শুকনা রাখুন।"), (ENTRY, "একটি ফুল")]


@pytest.mark.parametrize(
    "text",
    ["Ménière’s disease and naïve café visits", "PUVA, UVB and NSAIDs", "Dr. McDonald said so", "Rhythm, dry sky, why",
     "mRNA eGFR", "eGFR below 30 mL", "pH and mmHg"],
)  # fmt: skip
def test_english_is_not_taken_for_bijoy(text):
    assert said(read(("p", text))) == [(TEXT, text)]


def test_what_is_no_text_is_named():
    box = (
        '<w:p><w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wps:txbx><w:txbxContent>'
        "<w:p><w:r><w:t>In a box</w:t></w:r></w:p></w:txbxContent></wps:txbx></w:drawing></mc:Choice>"
        "<mc:Fallback><w:pict><w:txbxContent><w:p><w:r><w:t>In a box</w:t></w:r></w:p>"
        "</w:txbxContent></w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>"
    )
    tracked = (
        '<w:p><w:ins w:id="1"><w:r><w:t>New words</w:t></w:r></w:ins>'
        '<w:del w:id="2"><w:r><w:delText>old words</w:delText></w:r></w:del></w:p>'
    )
    formula = "<w:p><m:oMath><m:r><m:t>a+b</m:t></m:r></m:oMath></w:p>"

    def margins(document):
        document.sections[0].header.paragraphs[0].text = "Skin clinic"
        document.sections[0].footer.paragraphs[0].text = "Page 1"

    reading = read(
        picture,
        with_body(box + tracked + formula),
        margins,
        footnote("See there"),
        comment("Really?"),
    )
    assert said(reading) == [(TEXT, "New words"), (TEXT, "Remarked")]
    assert left_out(reading, "note") == ["See there"]
    assert left_out(reading, "comment") == ["Really?"]
    assert left_out(reading, "picture") == [""]
    assert left_out(reading, "box") == ["In a box"]
    assert left_out(reading, "deleted") == ["old words"]
    assert left_out(reading, "formula") == ["a+b"]
    assert left_out(reading, "margin") == ["Skin clinic", "Page 1"]


SIGN = "<w:p><w:r><w:t xml:space='preserve'>Not </w:t><w:sym w:font='{font}' w:char='{code}'/><w:t> 140</w:t></w:r></w:p>"


@pytest.mark.parametrize(
    ("font", "code", "sign"),
    [
        ("Symbol", "F0A3", "≤"), ("Symbol", "00B3", "≥"), ("Symbol", "F06D", "μ"), ("Wingdings", "F0FB", "✗"),
        ("Cambria Math", "2264", "≤"), ("Segoe UI Emoji", "1F6AB", "🚫"), ("Webdings", "F078", "□"),
        ("Wingdings", "F04E", "□"), ("Symbol", "xx", "□"), ("", "D800", "□"),
    ],
)  # fmt: skip
def test_an_inserted_sign_stays_in_its_text(font, code, sign):
    reading = read(with_body(SIGN.format(font=font, code=code)))
    assert said(reading) == [(TEXT, f"Not {sign} 140")]
    assert left_out(reading, "sign") == ([f"Not {sign} 140"] if sign == "□" else [])


def test_letters_in_a_font_of_signs_are_what_is_seen():
    reading = read(
        runs(("Take 5 ", {}), ("m", {"name": "Symbol"}), ("g if ", {}), ("\uf0a3", {"name": "Symbol"}), (" 9", {})),
        runs(("\uf0a7\t", {"name": "Wingdings"}), ("Keep it dry.", {})),
    )  # fmt: skip
    assert said(reading) == [(TEXT, "Take 5 μg if ≤ 9"), (ENTRY, "Keep it dry.")]


def test_signs_of_one_program_leave_a_box_and_are_named():
    reading = read(("p", "Keep \uf04a smiling"))
    assert said(reading) == [(TEXT, "Keep □ smiling")]
    assert left_out(reading, "sign") == ["Keep □ smiling"]


ALTERNATIVES = (
    "<mc:AlternateContent><mc:Choice Requires='w16se'>{0}</mc:Choice><mc:Fallback>{1}</mc:Fallback>"
    "</mc:AlternateContent>"
)
NOTHING_KNOWN = "<wps:new/>"


def run_of(text: str) -> str:
    return f"<w:r><w:t xml:space='preserve'>{text}</w:t></w:r>"


@pytest.mark.parametrize(
    "branches", [(run_of("not "), run_of("not ")), (NOTHING_KNOWN, run_of("not ")), (run_of("not "), "")]
)  # fmt: skip
def test_words_that_have_alternatives_are_read_once(branches):
    middle = ALTERNATIVES.format(*branches)
    reading = read(with_body(f"<w:p>{run_of('Do ')}{middle}{run_of('rub.')}</w:p>"))
    assert said(reading) == [(TEXT, "Do not rub.")]


@pytest.mark.parametrize("branches", [("{}", ""), (NOTHING_KNOWN, "{}"), ("{}", "{}")])
def test_paragraphs_and_rows_that_have_alternatives_are_read_once(branches):
    paragraph = f"<w:p>{run_of('Do not rub.')}</w:p>"
    row = f"<w:tr><w:tc>{paragraph}</w:tc></w:tr>"
    body = ALTERNATIVES.format(*(branch.format(paragraph) for branch in branches))
    table = ALTERNATIVES.format(*(branch.format(row) for branch in branches))
    reading = read(with_body(f"{body}<w:tbl>{table}</w:tbl>"))
    assert said(reading) == [(TEXT, "Do not rub."), (TEXT, "Do not rub.")]


def test_a_picture_sign_as_word_types_it_is_a_sign_and_no_picture():
    emoji = ALTERNATIVES.format(
        "<w16se:symEx xmlns:w16se='http://schemas.microsoft.com/office/word/2015/wordml/symex'"
        " w16se:font='Segoe UI Emoji' w16se:char='1F6AB'/>",
        "<w:t>🚫</w:t>",
    )
    reading = read(with_body(f"<w:p><w:r>{emoji}</w:r>{run_of(' Use soap')}</w:p>"))
    assert said(reading) == [(TEXT, "🚫 Use soap")]
    assert reading.left_out == ()


def test_what_is_chosen_in_a_form_is_read():
    def form(inside):
        return (
            f"<w:r><w:fldChar w:fldCharType='begin'><w:ffData>{inside}</w:ffData></w:fldChar></w:r>"
            "<w:r><w:fldChar w:fldCharType='end'/></w:r>"
        )

    entries = "<w:listEntry w:val='Do'/><w:listEntry w:val='Do not'/>"
    chosen = form(f"<w:ddList><w:result w:val='1'/>{entries}</w:ddList>")
    first = form(f"<w:ddList>{entries}</w:ddList>")
    ticked = form("<w:checkBox><w:default w:val='0'/><w:checked/></w:checkBox>")
    open_ = form("<w:checkBox><w:default w:val='0'/></w:checkBox>")
    rest = run_of(" rub it")
    body = "".join(f"<w:p>{field}{rest}</w:p>" for field in (chosen, first, ticked, open_))
    texts = [text for _kind, text in said(read(with_body(body)))]
    assert texts == ["Do not rub it", "Do rub it", "☒ rub it", "☐ rub it"]


def test_a_sign_that_stands_alone_is_named():
    reading = read(("p", "🚫"), ("p", "Use soap"))
    assert said(reading) == [(TEXT, "Use soap")] and left_out(reading, "alone") == ["🚫"]


@pytest.mark.parametrize(
    ("text", "pair"),
    [
        ("Not above 140/90 / ১৪০/৯০ এর বেশি নয়", Pair("Not above 140/90", "১৪০/৯০ এর বেশি নয়")),
        ("রক্তচাপ ১৪০/৯০ / 140/90 or less", Pair("140/90 or less", "রক্তচাপ ১৪০/৯০")),
        (
            "Not above 140 / 90 / ১৪০ / ৯০ এর বেশি নয়",
            Pair("Not above 140 / 90", "১৪০ / ৯০ এর বেশি নয়"),
        ),
        ("Keep it dry/শুকনো রাখুন", Pair("Keep it dry", "শুকনো রাখুন")),
        ("Price 500/- / দাম ৫০০/-", Pair("Price 500/-", "দাম ৫০০/-")),
        ("Up to 5/৫ পর্যন্ত", Pair("Up to 5", "৫ পর্যন্ত")),
    ],
)
def test_no_number_is_parted(text, pair):
    assert [block.words for block in read(("p", text)).blocks] == [pair]


@pytest.mark.parametrize("text", ["Not above 140/90 ১৪০/৯০ এর বেশি নয়", "Keep dry / 5 / শুকনো রাখুন"])
def test_where_the_languages_part_is_not_guessed(text):
    reading = read(("p", text))
    assert len(said(reading)) == 1 and left_out(reading, "mixed") == [text]


def test_a_text_in_both_languages_is_pointed_at():
    reading = read(("p", "Keep it dry শুকনো রাখুন"))
    assert left_out(reading, "mixed") == ["Keep it dry শুকনো রাখুন"]


def test_what_was_read_travels_as_json_and_comes_back_equal():
    reading = read(*CRYOTHERAPY, picture)
    assert reading_from_json(reading.json, KINDS_LEFT_OUT) == reading


@pytest.mark.parametrize(
    "wrong",
    [
        "", "[]", "{}", "null", '{"name": "x", "blocks": {}, "left_out": []}',
        '{"name": 1, "blocks": [], "left_out": []}',
        '{"name": "x", "blocks": [["text", "a", "b"]], "left_out": []}',
        '{"name": "x", "blocks": [["script", "a", "b", 0]], "left_out": []}',
        '{"name": "x", "blocks": [["text", "a", "b", true]], "left_out": []}',
        '{"name": "x", "blocks": [["text", "a", "b", 99]], "left_out": []}',
        '{"name": "x", "blocks": [["text", "a  b", "", 0]], "left_out": []}',
        '{"name": "x", "blocks": [["text", "\\ufffe", "", 0]], "left_out": []}',
        '{"name": "x", "blocks": [["text", "\\ud800", "", 0]], "left_out": []}',
        '{"name": "x", "blocks": [], "left_out": [["nonsense", ""]]}',
        '{"name": "x", "blocks": [[["text"], "a", "", 0]], "left_out": []}',
        '{"name": "x", "blocks": [], "left_out": [[[], ""]]}',
        "[" * 5_000,
    ],
)  # fmt: skip
def test_other_json_is_refused(wrong):
    with pytest.raises(ValueError):
        reading_from_json(wrong, KINDS_LEFT_OUT)
