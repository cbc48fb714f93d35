"""A document's JSON form as releases before had it."""

from treatments.document.sections import RUNNING_TEXT
from treatments.language.rich_text import join_entries
from treatments.models import LANGUAGES


def as_in_schema_4(plain: dict) -> dict:
    """Its paragraphs as one HTML a section and language."""
    sections = {**plain["sections"]}
    texts = {key: sections.pop(key) for key in RUNNING_TEXT}
    prose = {
        code: plain["prose"][code]
        and plain["prose"][code]
        | {
            key: [join_entries((item["kind"], item["text"][code]) for item in items)]
            for key, items in texts.items()
        }
        for code in LANGUAGES
    }
    return plain | {"schema": 4, "prose": prose, "sections": sections}
