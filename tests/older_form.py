"""A document's JSON form as releases before had it."""

from treatments.document.plan import AS_FIRST_NAMED
from treatments.document.sections import RUNNING_TEXT
from treatments.language.rich_text import join_entries
from treatments.models import LANGUAGES


def as_in_schema_5(plain: dict) -> dict:
    """The plan in the only units that there were."""
    names = {
        AS_FIRST_NAMED[name]: amount[:2] for name, amount in plain["plan"].items() if name != "kind"
    }
    return plain | {"schema": 5, "plan": names}


def as_in_schema_4(plain: dict) -> dict:
    """And its paragraphs as one HTML a section and language."""
    plain = as_in_schema_5(plain)
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
