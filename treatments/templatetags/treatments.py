import json
import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime
from itertools import groupby
from operator import attrgetter
from urllib.parse import quote

from django import template
from django.utils import timezone
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import capfirst
from django.utils.translation import get_language

from ..clinic import closed_days, phones
from ..clinic.opening_hours import group_days, opening_times
from ..document.to_confirm import group_by_confirmation
from ..drawings import icons
from ..language.active import date_in_words
from ..language.digits import range_in
from ..language.text import LATIN_RUN, normalise
from ..language.weekdays import WEEKDAY_NAMES, WEEKDAYS
from ..models import Clinic, OtherOption
from ..public import structured_data
from ..public.origins import sources_and_sentences
from ..public.stylesheet import stylesheet as the_stylesheet
from .numbers import digits

register = template.Library()

MOST_DRAWN = 50  # people, one by one
ROOM_FOR_MARKS = 1_000  # letters, so that a short text has its marks in any case


@register.filter
def phone(number: str) -> str:
    """A phone number as people read it, in the page's digits."""
    return phones.readable_number(number, get_language())


register.filter("dialable", phones.dialable)


@register.filter
def percent(value: object) -> str:
    """A percentage, without a nought after the point: 92.9% or ৯২.৯%."""
    return f"{digits(value).removesuffix(digits('.0'))}%"


@register.simple_tag
def whatsapp(number: str, text: str) -> str:
    """The address that opens WhatsApp with a first message ready."""
    return f"https://wa.me/{phones.dialable(number).lstrip('+')}?text={quote(text)}"


@register.filter
def span(ends: tuple[int, int]) -> str:
    """A range of the plan: `{{ plan.visit_minutes|span }}` → 30–45 or ৩০–৪৫."""
    return range_in(get_language(), *ends)


register.filter("day", date_in_words)


@register.filter
def iso_day(moment: datetime | date) -> str:
    return (
        timezone.localtime(moment).date() if isinstance(moment, datetime) else moment
    ).isoformat()


_TAG_OR_ENTITY = re.compile(r"(<[^>]+>|&#?\w+;)")
# "20–30 minutes", "২–৩টি সেশন": a range and what it counts stay on one line.
_RANGE = re.compile(r"\d[\d.]*–\d[^\s<&]*(?: [^\s<&]+)?")


def _marked(html: str) -> str:
    """HTML whose ranges do not break, and whose Latin phrases are marked on a Bangla page.

    As it is, where there are so many that the marks would weigh more than the words.
    """
    bangla = get_language() == "bn"

    def mark(text: str) -> str:
        text = _RANGE.sub(lambda found: f'<span class="n">{found[0]}</span>', text)
        return _mark_latin(text) if bangla else text

    # Every second part is a tag or an entity.
    parts = _TAG_OR_ENTITY.split(html)
    marked = "".join(part if number % 2 else mark(part) for number, part in enumerate(parts))
    return marked if len(marked) <= 2 * len(html) + ROOM_FOR_MARKS else html


def _mark_latin(html: str) -> str:
    parts = _TAG_OR_ENTITY.split(html)
    parts[::2] = (
        LATIN_RUN.sub(lambda run: f'<span lang="en">{run[0]}</span>', part) for part in parts[::2]
    )
    return "".join(parts)


@register.filter
def mark_latin(text: str) -> SafeString:
    """Plain text, escaped; on a Bangla page its Latin phrases are marked as English."""
    return mark_safe(_marked(conditional_escape(text or "")))


@register.filter
def where(items, condition: str):
    """The items whose typed field has a value: `items|where:"level=must_not"`."""
    name, _, value = condition.partition("=")
    return [item for item in items if item.values.get(name) == value]


register.filter("group_by_confirmation", group_by_confirmation)


@register.simple_tag(takes_context=True)
def to_confirm(context, item) -> SafeString | str:
    """`{% to_confirm item %}`: an item's mark, in a line of its own; nothing if it is confirmed.

    The page's context has `marks`, of which the first is explained.
    """
    if not item.to_confirm:
        return ""
    return format_html('<small class="c">{}</small>', context["marks"].beside())


@register.filter
def rich(html: str) -> SafeString:
    """Rich text, sanitised when it was stored; marked in the same way."""
    return mark_safe(_marked(html))


@register.filter
def in_lists(paragraphs: Iterable) -> list[tuple[str, list]]:
    """Paragraphs with their neighbours of the same kind: `[("paragraph", […]), ("item", […])]`."""
    return [(kind, list(group)) for kind, group in groupby(paragraphs, key=attrgetter("kind"))]


@register.filter
def place_of_source(edition, uid: str | None) -> int | None:
    """The number of a source in its list, from 1; None where the claim names none."""
    uids = [source.uid for source in edition.items("sources")]
    return uids.index(uid) + 1 if uid in uids else None


@register.filter
def rests_on_a_withdrawn(edition, uid: str | None) -> bool:
    """`edition|rests_on_a_withdrawn:claim.source`: whether the source that it names was withdrawn."""
    return any(source.uid == uid and source.standing for source in edition.items("sources"))


@register.filter
def has_items(edition, key: str) -> bool:
    """`edition|has_items:"help_signs"`: whether anything stands in a section."""
    return bool(edition.items(key))


@register.filter
def question_by_question(options) -> list[tuple[str, list]]:
    """Options by question, this treatment first: `[("What is it?", [(option, answer), …]), …]`.

    Each is to be confirmed at its first answer only. Empty where no more is written of them than
    what they are.
    """
    asked = [name for name in OtherOption.compared if any(option.texts[name] for option in options)]
    if len(asked) < 2:
        return []
    in_order = sorted(options, key=lambda option: option.kind != OtherOption.Kind.THIS)
    first = {
        option.uid: next((name for name in asked if option.texts[name]), "") for option in options
    }
    return [
        (
            capfirst(OtherOption._meta.get_field(name).verbose_name),
            [
                (
                    replace(option, to_confirm=option.to_confirm and first[option.uid] == name),
                    option.texts[name],
                )
                for option in in_order
                if option.texts[name]
            ],
        )
        for name in asked
    ]


@register.filter
def has_origins(edition) -> bool:
    """Whether any sentence names the source that it rests on."""
    return bool(sources_and_sentences(edition))


@register.filter
def people(number: int) -> SafeString:
    """So many people drawn in a row."""
    return mark_safe(icons.icon("person") * number)


@register.filter
def drawn_of(part: int, whole: int) -> dict[str, int]:
    """How many people to draw for a part of a group: of a large group, in a hundred.

    Whoever there is shows: of 3 in 12,000 one is drawn, not none.
    """
    if whole <= MOST_DRAWN:
        return {"part": part, "rest": whole - part}
    scaled = round(100 * part / whole)
    if 0 < part < whole:
        scaled = min(max(scaled, 1), 99)
    return {"part": scaled, "rest": 100 - scaled, "of": 100}


@register.filter
def week(hours: list) -> list[tuple[str, list[str]]]:
    """Opening times by weekday, in words; an empty list of times is a closed day."""
    language = get_language()
    return [(name, opening_times(hours, name, language)) for name in WEEKDAYS]


@register.filter
def grouped_week(hours: list) -> list[tuple[str, str, list[str]]]:
    """The same with neighbouring days of the same times together."""
    return group_days(hours, get_language())


@register.filter
def hours_data(hours: list) -> str:
    """Opening times as open-now.js reads them: "sat10:00-13:30 sat17:00-20:00 sun…"."""
    return " ".join(f"{one['weekday']}{one['opens']}-{one['closes']}" for one in hours)


@register.filter
def still_to_come(days: list[date]) -> list[date]:
    """Today's and later ones; page_cache ends a stored page that names a day when it is over."""
    return [day for day in days if day >= timezone.localdate()]


@register.filter
def runs(days: list[date]) -> list[tuple[date, date]]:
    """The first and the last of days that follow each other: a holiday of a week is one."""
    return [(run[0], run[-1]) for run in closed_days.runs(days)]


@register.filter
def weekday(name: str) -> str:
    """ "sat" as Saturday or শনিবার."""
    return normalise(str(WEEKDAY_NAMES[name]))


@register.filter
def can_be_reached(clinic: Clinic) -> bool:
    """Whether the clinic has any contact detail filled in."""
    return bool(
        clinic.phone_list or clinic.whatsapp or clinic.address or clinic.map_link or clinic.hours
    )


@register.filter
def with_name(title: str, clinic: Clinic | None) -> str:
    return structured_data.full_title(title, clinic)


@register.simple_tag
def icon(name: str) -> SafeString:
    return icons.icon(name)


register.simple_tag(icons.icon_of_answer)


@register.simple_tag
def stylesheet(more: Iterable[str] = ()) -> SafeString:
    """`{% stylesheet styles %}`: the style sheet of a page with these files beside the usual."""
    return mark_safe(the_stylesheet(*more))


@register.simple_tag
def json_ld(data: dict) -> SafeString:
    """Structured data as a script element that no text in it can close."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04X}")
    return mark_safe(f'<script type="application/ld+json">{text}</script>')
