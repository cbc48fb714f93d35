"""What a leaflet shows of a treatment, and what it leaves out."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property, lru_cache, partial
from io import BytesIO

import segno
from django.utils import translation
from django.utils.translation import gettext as _

from ..clinic.opening_hours import group_days
from ..clinic.phones import readable_number
from ..document.answers import answers
from ..document.content import Edition, EditionItem
from ..document.entries import HEADINGS as UNDER
from ..document.page_sections import PageSection
from ..document.sections import BY_KEY
from ..document.to_confirm import Marks, group_by_confirmation
from ..drawings.icons import OF_ANSWER, SHAPES
from ..language.active import date_in_words
from ..language.digits import digits_in
from ..language.glyphs import replace_missing_glyphs
from ..language.rich_text import ITEM, PARAGRAPH, read_blocks
from ..language.text import normalise
from ..language.weekdays import WEEKDAY_NAMES
from ..models import Clinic

DRAWN = ("signs", "qr")  # what of a leaflet's content is no text
SIGNS = sorted({*OF_ANSWER.values(), "tick", "cross", "stop", "speak", "phone", "chat", "pin", "alert", "clock"})  # fmt: skip


@dataclass(frozen=True)
class Leaflet:
    """Everything that one leaflet shows, as plain values."""

    content: Mapping[str, object]
    published_at: datetime

    @cached_property
    def json(self) -> str:
        return json.dumps(self.content, ensure_ascii=False)


def map_texts(value: object, change: Callable[[str], str]) -> object:
    """Content with each of its texts changed, but not what is drawn."""
    if isinstance(value, Mapping):
        return {
            key: entry if key in DRAWN else map_texts(entry, change) for key, entry in value.items()
        }
    if isinstance(value, list):
        return [map_texts(entry, change) for entry in value]
    return change(value) if isinstance(value, str) else value


def leaflet_of(
    edition: Edition,
    *,
    clinic: Clinic,
    address: str,
    scanned_address: str,
    published_at: datetime,
    review: str,
) -> Leaflet:
    """`address` is the page's whole address; `review` says in words who has reviewed it.

    `scanned_address` is what the code on it opens, and tells whether the leaflet is still current.
    """
    marks = Marks()

    def section(key: str, parts_of: Callable[..., dict]) -> dict:
        whole = PageSection(BY_KEY[key], edition)
        mark = marks.above() if whole.to_confirm else ""
        return {"heading": str(whole.heading), "mark": mark, **parts_of(whole.items, marks)}

    with translation.override(edition.language):
        content = {
            "language": edition.language,
            "title": edition.prose["title"],
            "summary": edition.prose["summary"],
            "clinic": "" if clinic.is_placeholder else getattr(clinic, f"name_{edition.language}"),
            "answers": _answers(edition, clinic, marks),
            "contraindications": section("contraindications", _reasons),
            "help_signs": section("help_signs", partial(_warnings, clinic)),
            "preparation": section("preparation", _preparation),
            "procedure": section("procedure", _steps),
            "how_often": section("how_often", _paragraphs),
            "aftercare": section("aftercare", _tips),
            "side_effects": section("side_effects", _effects),
            "intro": section("what_it_is", _intro),
            "contact_heading": _("Contact the clinic"),
            "contact": _contact(clinic, edition.language),
            "review": review,
            "published": _("Published on %(date)s") % {"date": date_in_words(published_at)},
            "scan": _(
                "Scan the code with a phone: it tells whether this leaflet is still current."
            ),
            "read_more": _("Always up to date at"),
            "address": address,
            "address_shown": address.removeprefix("https://").removeprefix("http://"),
            "scanned": scanned_address,
            "qr": _qr(scanned_address),
            "qr_caption": _("Still current?"),
            "qr_words": _(
                "A code to scan with a phone. It tells whether this leaflet is still current: "
                "%(address)s"
            )
            % {"address": scanned_address},
            "general": _("General information. It does not replace your doctor’s advice."),
            "digits": [digits_in(edition.language, digit) for digit in range(10)],
            "signs": {name: _svg(SHAPES[name]) for name in SIGNS},
        }
    return Leaflet(map_texts(content, replace_missing_glyphs), published_at)


def _answers(edition: Edition, clinic: Clinic, marks: Marks) -> list[dict]:
    """The questions that everybody asks first, as the page answers them."""
    emergency = readable_number(clinic.emergency_number, edition.language)
    leading = {
        "may_have_it": [
            _('Not everyone may. Read <a href="#contraindications">who must not have it</a>.')
        ],
        "help": [_("In an emergency: <b>%(number)s</b>.") % {"number": emergency}],
    }
    return [
        {
            "sign": OF_ANSWER[answer.about],
            "question": str(answer.question),
            "runs": _runs(" ".join([*leading.get(answer.about, ()), *answer.sentences.values()])),
            "items": [
                {"text": item.text, "mark": f"({marks.short()})" if item.to_confirm else ""}
                for item in answer.items
            ],
            "after": _runs(" ".join(answer.after.values())),
        }
        for answer in answers(edition)
    ]


def _runs(html: str) -> list[dict]:
    return [
        {"text": run.text, "strong": run.strong}
        for block in read_blocks(html)
        for run in block.runs
    ]


Items = Sequence[EditionItem]


def _parts(items: Items, marks: Marks, condition: str = "") -> list[dict]:
    """The items that `condition` ("level=must_not") wants: the confirmed, then those to confirm."""
    name, _equals, value = condition.partition("=")
    wanted = [item for item in items if not name or item.values[name] == value]
    return [
        {"mark": marks.above() if to_confirm else "", "items": [item.text for item in group]}
        for to_confirm, group in group_by_confirmation(wanted)
    ]


def _under_headings(key: str, items: Items, marks: Marks) -> dict[str, dict]:
    """A section's headings with what stands under them, by the value that says so."""
    return {
        one.value: {
            "heading": str(one.label),
            "parts": _parts(items, marks, f"{UNDER[key].field}={one.value}"),
        }
        for one in UNDER[key].headings
    }


def _reasons(items: Items, marks: Marks) -> dict:
    under = _under_headings("contraindications", items, marks)
    return _filled(
        "cards",
        under["must_not"]
        | {
            "kind": "danger",
            "sign": "stop",
            "drawn": "cross",
            "after": _("If even one of these is true, do not have it. Tell your doctor."),
        },
        under["tell_us"] | {"kind": "care", "sign": "speak", "drawn": "speak", "after": ""},
    )


def _preparation(items: Items, marks: Marks) -> dict:
    return {"parts": _parts(items, marks)}


def _warnings(clinic: Clinic, items: Items, marks: Marks) -> dict:
    language, phones = translation.get_language(), clinic.phone_list
    under = _under_headings("help_signs", items, marks)
    return _filled(
        "cards",
        under["emergency"]
        | {
            "kind": "danger",
            "sign": "alert",
            "before": "",
            "number": _("Call %(number)s")
            % {"number": readable_number(clinic.emergency_number, language)},
            "after": "",
        },
        under["call"]
        | {
            "kind": "care",
            "sign": "phone",
            "before": ""
            if phones
            else _(
                "The clinic’s phone number is not on this page yet. If you cannot reach the "
                "clinic, go to the nearest hospital or doctor."
            ),
            "number": readable_number(phones[0], language) if phones else "",
            "after": _("If nobody answers, go to the nearest hospital.") if phones else "",
        },
    )


def _steps(items: Items, marks: Marks) -> dict:
    return {
        "items": [
            {
                "number": digits_in(translation.get_language(), number),
                "title": item.title,
                "text": item.text,
                "mark": marks.beside() if item.to_confirm else "",
            }
            for number, item in enumerate(items, 1)
        ]
    }


def _tips(items: Items, marks: Marks) -> dict:
    under = _under_headings("aftercare", items, marks)
    return _filled("groups", under["do"] | {"drawn": "tick"}, under["do_not"] | {"drawn": "cross"})


def _effects(items: Items, marks: Marks) -> dict:
    return _filled("groups", *_under_headings("side_effects", items, marks).values())


def _filled(name: str, *groups: dict) -> dict:
    return {name: [group for group in groups if group["parts"]]}


def _paragraphs(items: Items, marks: Marks) -> dict:
    """Paragraphs and list entries as the leaflet's template wants them."""
    return {
        "blocks": [
            {
                "kind": PARAGRAPH if item.kind == PARAGRAPH else ITEM,
                "runs": _runs(item.text),
                "mark": marks.beside() if item.to_confirm else "",
            }
            for item in items
        ]
    }


def _intro(items: Items, marks: Marks) -> dict:
    """The first paragraph, and those that their writer has made begin in bold."""
    shown = [one for n, one in enumerate(items) if not n or _runs(one.text)[0]["strong"]]
    return _paragraphs(shown, marks)


def _contact(clinic: Clinic, language: str) -> list[dict]:
    """Only what the clinic has filled in: a sign, and lines of text."""
    address = getattr(clinic, f"address_{language}") or ""
    lines = [
        ("pin", address.splitlines()),
        ("phone", [readable_number(number, language) for number in clinic.phone_list]),
        (
            "chat",
            [f"WhatsApp {readable_number(clinic.whatsapp, language)}"] if clinic.whatsapp else [],
        ),
        ("clock", _opening(clinic, language)),
    ]
    return [{"sign": sign, "lines": each} for sign, each in lines if each]


def _opening(clinic: Clinic, language: str) -> list[str]:
    if not clinic.hours:
        return []
    lines = []
    for first, last, times in group_days(clinic.hours, language):
        days = " – ".join(dict.fromkeys(str(WEEKDAY_NAMES[name]) for name in (first, last)))
        opening = ", ".join(times) or _("Closed")
        lines.append(normalise(f"{days}: {opening}"))
    return lines


@lru_cache(maxsize=256)
def _qr(address: str) -> str:
    drawn = BytesIO()
    segno.make(address, error="m", micro=False).save(
        drawn, kind="svg", border=0, dark="#083a3f", xmldecl=False
    )
    return drawn.getvalue().decode()


def _svg(shape: str) -> str:
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" fill="none" stroke="COLOUR" '
        f'stroke-width="2.2" stroke-linecap="round" stroke-linejoin="round">{shape}</svg>'
    )
