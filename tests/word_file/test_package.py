"""What is no Word file, or too much of one, is refused in words, and soon."""

import io
import time
import zipfile

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from treatments.word_file.package import MOST_SENT, WordFileError
from treatments.word_file.reading import read_word_file

from ..word_files import CRYOTHERAPY, runs, with_body, with_part, word_file

PLAIN = word_file(("p", "Keep it dry."))
MAIN = "word/document.xml"


def zipped(**parts: str) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", 8) as package:
        for name, text in parts.items():
            package.writestr(name.replace("__", "/"), text)
    return data.getvalue()


def with_entities(encoding: str):
    """Each entity is ten of the one before: a gigabyte, if it were written out."""

    def change(xml: bytes) -> bytes:
        text = xml.decode().partition("?>")[2]
        entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
        text = text.replace("Keep it dry.", "&e9;")
        kind = f'<!DOCTYPE x [<!ENTITY e0 "{"x" * 100}">{entities}]>'
        return f'<?xml version="1.0" encoding="{encoding}"?>{kind}{text}'.encode(encoding)

    return change


def read_from_elsewhere(xml: bytes) -> bytes:
    kind = b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname">]>'
    return xml.replace(b"?>", b"?>" + kind, 1).replace(b"Keep it dry.", b"&e;")


def nested_boxes() -> str:
    box = "<w:p><w:r><w:pict><w:txbxContent>", "</w:txbxContent></w:pict></w:r></w:p>"
    inside = "<w:p><w:r><w:t>Words and words again</w:t></w:r></w:p>" * 20_000
    return box[0] * 40 + inside + box[1] * 40


WRONG = {
    "nothing": (b"", "empty"),
    "an old Word file": (b"\xd0\xcf\x11\xe0" + bytes(600), "(.doc)"),
    "one with a password": (
        b"\xd0\xcf\x11\xe0" + bytes(600) + "EncryptedPackage".encode("utf-16-le"), "password",
    ),
    "PDF": (b"%PDF-1.7 ...", "PDF"),
    "RTF": (b"{\\rtf1 Hello}", "RTF"),
    "plain text": (b"Who must not have it", "not a Word file"),
    "odt": (zipped(mimetype="application/vnd.oasis.opendocument.text", **{"content.xml": "<x/>"}), ".odt"),
    "a table of Excel": (zipped(**{"[Content_Types].xml": "<x/>", "xl/workbook.xml": "<x/>"}), "not a Word"),
    "half a file": (PLAIN[: len(PLAIN) // 2], "damaged"),
    "broken XML": (with_part(PLAIN, MAIN, lambda xml: xml[:-20]), "damaged"),
    "entities in entities": (with_part(PLAIN, MAIN, with_entities("utf-8")), "damaged"),
    "the same in UTF-16": (with_part(PLAIN, MAIN, with_entities("utf-16")), "damaged"),
    "a file of the server": (with_part(PLAIN, MAIN, read_from_elsewhere), "damaged"),
    "30 MB": (lambda: PLAIN + bytes(30 * 1024 * 1024), "too large"),
    "zeros, well packed": (lambda: with_part(PLAIN, "word/styles.xml", lambda _xml: bytes(300 * 1024**2)), "too large"),
    "blanks, well packed": (
        lambda: with_part(PLAIN, MAIN, lambda xml: xml.replace(b"Keep", b" " * 30 * 1024**2)), "too large",
    ),
    "too many parts": (lambda: zipped(**{f"word/{n}.xml": "<x/>" for n in range(3_000)}), "too large"),
    "5,000 paragraphs": (lambda: word_file(*[("p", f"Text {n}")for n in range(5_000)]), "too long"),
    "5,000 empty ones": (lambda: word_file(with_body("<w:p/>" * 5_000)), "too long"),
    "30,000 runs": (
        lambda: word_file(with_body("<w:p>" + "<w:r><w:t>a</w:t></w:r>" * 30_000 + "</w:p>")), "too long",
    ),
    "2,000 raised signs in one": (
        lambda: word_file(*[runs(*[("x" * 200, {"superscript": True})] * 2_000)]), "too long",
    ),
    "nested text boxes": (lambda: word_file(with_body(nested_boxes())), "too long"),
    "a long one": (lambda: word_file(("p", "word " * 100_000)), "too long"),
    "9 MB in one paragraph": (
        lambda: word_file(with_body(f"<w:p><w:r><w:t>{'word ' * 1_900_000}</w:t></w:r></w:p>")), "too long",
    ),
    "an empty page": (word_file(("p", " ")), "No text"),
}  # fmt: skip


@pytest.mark.parametrize("kind", WRONG)
def test_what_cannot_be_read_is_refused_in_words_and_soon(kind):
    data, why = WRONG[kind]
    if callable(data):
        data = data()
    began = time.process_time()
    with pytest.raises(WordFileError) as refused:
        read_word_file(data, "file.docx")
    assert why in str(refused.value)
    assert time.process_time() - began < 5


def test_a_file_may_be_ten_megabytes_and_no_more():
    assert MOST_SENT == 10 * 1024 * 1024


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_a_damaged_file_is_read_or_refused_and_nothing_else(data):
    whole = WHOLE
    for _ in range(data.draw(st.integers(1, 5))):
        place = data.draw(st.integers(0, len(whole) - 1))
        whole = whole[:place] + data.draw(st.binary(max_size=4)) + whole[place + 1 :]
    try:
        read_word_file(whole, "file.docx")
    except WordFileError as refused:
        assert str(refused)


WHOLE = word_file(*CRYOTHERAPY)


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_strange_xml_in_a_whole_package_is_read_or_refused(data):
    def change(xml: bytes) -> bytes:
        place = data.draw(st.integers(100, len(xml) - 1))
        return (
            xml[:place]
            + data.draw(st.sampled_from([b"w:tbl", b"w:p", b"/", b"9", b""]))
            + xml[place + 1 :]
        )

    name = data.draw(
        st.sampled_from([MAIN, "word/styles.xml", "[Content_Types].xml", "_rels/.rels"])
    )
    try:
        read_word_file(with_part(WHOLE, name, change), "file.docx")
    except WordFileError as refused:
        assert str(refused)


def test_a_style_that_rests_on_itself_ends():
    document = docx.Document()
    style = document.styles["Heading 1"]
    style.base_style = document.styles["Heading 2"]
    document.styles["Heading 2"].base_style = style
    document.add_paragraph("Aftercare", style=style)
    data = io.BytesIO()
    document.save(data)
    assert read_word_file(data.getvalue(), "x.docx").blocks[0].level == 1
