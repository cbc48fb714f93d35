"""Opening a Word file that anybody may have made: what is too much or none is refused in words."""

import io
from zipfile import ZipFile

import docx
from django.utils.translation import gettext_lazy as _
from docx.document import Document as WordDocument

# In bytes.
MOST_SENT = 10 * 1024 * 1024
MOST_UNPACKED = 40 * 1024 * 1024  # pictures included: they are compressed already
MOST_XML = 12 * 1024 * 1024
MOST_PARTS = 500

_OLE, _PDF, _RTF, _ZIP = b"\xd0\xcf\x11\xe0", b"%PDF", b"{\\rtf", b"PK\x03\x04"
_PASSWORD = "EncryptedPackage".encode("utf-16-le")
# Word writes no document type, and nothing good hides behind one.
_DOCTYPES = tuple("<!DOCTYPE".encode(code) for code in ("ascii", "utf-16-le", "utf-16-be"))
_TYPES, _MAIN = "[Content_Types].xml", "word/document.xml"

EMPTY = _("This file is empty. Choose the Word file again.")
TOO_LARGE = _(
    "This file is too large. Word files of at most 10 MB can be read: take the pictures out, save it "
    "again, and choose it again."
)
PASSWORD = _(
    "This file is locked with a password. Save it in Word without one, and choose it again."
)
OLD_WORD = _(
    "This is a file of an old Word (.doc). Open it in Word, choose “Save as”, then “Word document "
    "(.docx)”, and choose the new file here."
)
OTHER_PROGRAM = _(
    "This is not a file of Word but %(kind)s. Open it, save it as “Word document (.docx)”, and choose "
    "the new file here."
)
NO_WORD = _(
    "This is not a Word file (.docx). Open the text in Word, save it as “Word document (.docx)”, and "
    "choose the new file here."
)
BROKEN = _(
    "This Word file cannot be read: it is damaged, or not quite a Word file. Open it in Word, save it "
    "under another name as “Word document (.docx)”, and choose the new file here."
)


class WordFileError(Exception):
    """A file that is not read; the message says to staff why, and what to do."""


def open_package(data: bytes) -> WordDocument:
    """The Word file in these bytes. Raises WordFileError for any other, and for one too large."""
    _require_zip(data)
    try:
        with ZipFile(io.BytesIO(data)) as package:
            _require_word_file(package)
        return docx.Document(io.BytesIO(data))
    except WordFileError:
        raise
    except Exception as error:  # each library beneath has failures of its own for broken files
        raise WordFileError(BROKEN) from error


def _require_zip(data: bytes) -> None:
    if not data:
        raise WordFileError(EMPTY)
    if len(data) > MOST_SENT:
        raise WordFileError(TOO_LARGE)
    if data.startswith(_OLE):
        raise WordFileError(PASSWORD if _PASSWORD in data else OLD_WORD)
    if data.startswith(_PDF):
        raise WordFileError(OTHER_PROGRAM % {"kind": "PDF"})
    if data.startswith(_RTF):
        raise WordFileError(OTHER_PROGRAM % {"kind": "RTF"})
    if not data.startswith(_ZIP):
        raise WordFileError(NO_WORD)


def _require_word_file(package: ZipFile) -> None:
    """Nothing is unpacked before it is known how much it is; a part never gives more than it says."""
    parts = package.infolist()
    names = {part.filename for part in parts}
    texts = [part for part in parts if not part.filename.startswith("word/media/")]
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
        raise WordFileError(TOO_LARGE)
    if "mimetype" in names and "content.xml" in names:
        raise WordFileError(OTHER_PROGRAM % {"kind": "OpenDocument (.odt)"})
    if _TYPES not in names or _MAIN not in names:
        raise WordFileError(NO_WORD)
    if sum(part.file_size for part in texts) > MOST_XML:
        raise WordFileError(TOO_LARGE)
    for part in texts:
        if any(doctype in package.read(part) for doctype in _DOCTYPES):
            raise WordFileError(BROKEN)
