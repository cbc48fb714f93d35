"""Making Word files in tests, as Word saves them."""

import io
import zipfile
from collections.abc import Callable

import docx
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Inches
from PIL import Image

from treatments.word_file.blocks import Reading
from treatments.word_file.reading import read_word_file

OFFICE = "http://schemas.microsoft.com/office/word/2010/wordprocessingShape"
MATHS = "http://schemas.openxmlformats.org/officeDocument/2006/math"
ALTERNATIVES = "http://schemas.openxmlformats.org/markup-compatibility/2006"
NAMESPACES = f'{nsdecls("w")} xmlns:m="{MATHS}" xmlns:mc="{ALTERNATIVES}" xmlns:wps="{OFFICE}"'
KINDS = {"title": "Title", "h1": "Heading 1", "h2": "Heading 2", "p": None, "li": "List Bullet"}


def word_file(*content: tuple | Callable) -> bytes:
    """A file of (kind, text) paragraphs, ("table", rows of cells), and whatever a function adds."""
    document = docx.Document()
    for part in content:
        if callable(part):
            part(document)
        elif part[0] == "table":
            table = document.add_table(0, len(part[1][0]))
            for row in part[1]:
                for cell, text in zip(table.add_row().cells, row, strict=True):
                    cell.text = text
        elif part[0] == "bold":
            document.add_paragraph().add_run(part[1]).bold = True
        else:
            document.add_paragraph(part[1], style=KINDS[part[0]])
    return saved(document)


def saved(document) -> bytes:
    data = io.BytesIO()
    document.save(data)
    return data.getvalue()


def read(*content: tuple | Callable) -> Reading:
    return read_word_file(word_file(*content), "file.docx")


def runs(*texts: tuple[str, dict]) -> Callable:
    """A paragraph of differently formatted words: the text, and what its font has."""

    def add(document) -> None:
        paragraph = document.add_paragraph()
        for text, look in texts:
            run = paragraph.add_run(text)
            for name, value in look.items():
                setattr(run.font, name, value)

    return add


def with_part(data: bytes, name: str, change: Callable[[bytes], bytes]) -> bytes:
    """The file with one of its parts changed."""
    changed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(changed, "w", 8) as new:
        for part in old.infolist():
            text = old.read(part)
            new.writestr(part.filename, change(text) if part.filename == name else text)
    return changed.getvalue()


def with_body(xml: str) -> Callable:
    """Puts XML as Word writes it at the end of the text."""

    def add(document) -> None:
        body = document.element.body
        wrapped = parse_xml(f"<w:body {NAMESPACES}>{xml}</w:body>")
        for child in wrapped:
            body.insert(len(body) - 1, child)

    return add


def picture(document) -> None:
    data = io.BytesIO()
    Image.new("RGB", (8, 8)).save(data, "PNG")
    data.seek(0)
    document.add_picture(data, width=Inches(1))


def footnote(text: str) -> Callable:
    def add(document) -> None:
        paragraph = f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"
        notes = f"<w:footnotes {nsdecls('w')}><w:footnote>{paragraph}</w:footnote></w:footnotes>"
        package = document.part.package
        part = Part(PackURI("/word/footnotes.xml"), "application/xml", notes.encode(), package)
        document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)

    return add


def comment(text: str) -> Callable:
    def add(document) -> None:
        run = document.add_paragraph().add_run("Remarked")
        document.add_comment(run, text=text, author="Nobody")

    return add


CRYOTHERAPY = (
    ("title", "Cryotherapy for warts"),
    ("title", "আঁচিলের ক্রায়োথেরাপি"),
    ("h1", "Who must not have it"),
    ("h1", "কারা নিতে পারবেন না"),
    ("li", "Cold gives you a rash."),
    ("li", "ঠান্ডায় আপনার চাকা ওঠে।"),
    ("li", "You cannot feel touch there."),
    ("li", "ওই জায়গায় আপনি ছোঁয়া টের পান না।"),
    ("h2", "Tell us first"),
    ("h2", "আগে জানান"),
    ("li", "You have diabetes."),
    ("li", "আপনার ডায়াবেটিস আছে।"),
    ("h1", "What is cryotherapy?"),
    ("p", "The wart is frozen with a very cold liquid."),
    ("h1", "ক্রায়োথেরাপি কী?"),
    ("p", "খুব ঠান্ডা তরল দিয়ে আঁচিল জমানো হয়।"),
    ("h1", "The procedure"),
    ("h1", "কীভাবে করা হয়"),
    ("p", "1.\tThe nurse cleans the skin."),
    ("p", "2.\tThe nurse sprays the cold liquid."),
    ("p", "১.\tনার্স চামড়া পরিষ্কার করেন।"),
    ("p", "২.\tনার্স ঠান্ডা তরল ছিটান।"),
    ("h1", "After the treatment"),
    ("h1", "চিকিৎসার পরে"),
    ("p", "•\tKeep it dry for a day."),
    ("p", "•\tWear a plaster."),
    ("p", "•\tএক দিন শুকনো রাখুন।"),
    ("h2", "Do not"),
    ("h2", "করবেন না"),
    ("p", "o\tPick the blister"),
    ("p", "o\tফোসকা খুঁটবেন না"),
    ("h1", "Dr. Hasan’s notes"),
    ("p", "Ask for a second visit."),
    ("h1", "ডা. হাসানের নোট"),
    ("p", "আরেকবার আসার কথা বলুন।"),
    ("h1", "Side effects"),
    ("h1", "পার্শ্বপ্রতিক্রিয়া"),
    ("bold", "Common"),
    ("p", "A blister"),
    ("p", "ফোসকা"),
    ("bold", "Rare"),
    ("bold", "খুব কম"),
    ("p", "A scar"),
    ("p", "দাগ"),
)
