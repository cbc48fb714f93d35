"""Generated documents, in the normal form that a document always has."""

from decimal import Decimal
from functools import cache

from django.db import models
from hypothesis import strategies as st

from treatments.document.content import Document, DocumentItem, Pair
from treatments.document.plan import Amount, Plan
from treatments.document.sections import SECTIONS
from treatments.language import rich_text
from treatments.language.text import normalise
from treatments.models import LANGUAGES, PLAN, TreatmentProse
from treatments.models.plan import MOST, Kind

ALPHABET = "abc XYZ 012 .,;:!?\"'&<>–— \n\t অআইকখগঘতদনপমযরলশসহড়ঢ়য়ৎািীুূেৈোৌ্ংঃঁ০১২৩৪৫৬৭৮৯।\u200c\u200d"
texts = st.text(ALPHABET, max_size=40).map(normalise)
filled = texts.filter(bool)
ascii_letters = st.characters(codec="ascii")
uids = st.from_regex(r"[a-z0-9]{1,8}(-[a-z0-9]{1,5}){0,2}", fullmatch=True, alphabet=ascii_letters)
lines = st.text(ALPHABET.replace("\n", ""), max_size=40).map(normalise)
html = st.lists(
    st.tuples(st.sampled_from(["<p>%s</p>", "<ul><li>%s</li></ul>", "<p><strong>%s</strong></p>", "%s", "<script>%s</script>", '<p><a href="https://x.org">%s</a></p>']), lines),
    max_size=4,
).map(lambda parts: "".join(form % text for form, text in parts))  # fmt: skip
rich_lines = html.map(rich_text.clean_line)


@st.composite
def _amounts(draw, name: str):
    unit = draw(st.sampled_from(PLAN[name]))
    ends = st.integers(1, MOST[unit])
    return Amount(*sorted((draw(ends), draw(ends))), unit.value)


plans = st.builds(
    Plan,
    st.sampled_from([kind or "" for kind in Kind.values]),
    st.fixed_dictionaries({}, optional={name: _amounts(name) for name in PLAN}),
)


def _prose_field(name: str):
    return lines if name in ("title", "translated_by") else texts


prose = st.fixed_dictionaries({name: _prose_field(name) for name in TreatmentProse.FIELDS})


@cache
def _value(column: models.Field):
    if column.choices:
        return st.sampled_from([value or None for value, _label in column.flatchoices])
    if isinstance(column, models.URLField):
        return st.sampled_from([None, "https://example.org/a?b=c&d"])
    if isinstance(column, models.DecimalField):
        return st.none() | st.integers(0, 1000).map(lambda tenths: Decimal(tenths) / 10).map(
            lambda value: value.quantize(Decimal("0.1"))
        )
    if isinstance(column, models.IntegerField):
        return st.none() if column.null else st.integers(1, 2_000)
    if column.name == "image":  # a picture's name
        return st.from_regex(r"[0-9a-f]{16}", fullmatch=True, alphabet=ascii_letters)
    return filled


@st.composite
def _items(draw, section, source_uids):
    model, items = section.model, []
    for uid in draw(st.lists(uids, max_size=3, unique=True)):
        values = {}
        for name in model.typed:
            column = model._meta.get_field(name)
            if isinstance(column, models.ForeignKey):
                values[name] = draw(st.sampled_from([None, *source_uids]))
            else:
                values[name] = draw(_value(column))
        if "treated_total" in values and draw(st.booleans()):
            total = draw(st.integers(0, 500))
            values |= {"treated_total": total, "treated_improved": draw(st.integers(0, total))}
        item_pairs = {}
        for name in model.pairs:
            one_line = isinstance(model._meta.get_field(name), models.CharField)
            halves = rich_lines if name in model.rich else lines if one_line else texts
            item_pairs[name] = Pair(draw(halves), draw(halves))
        items.append(DocumentItem(uid, draw(st.booleans()), values, item_pairs))
    return tuple(items)


AREAS = {
    "hands": Pair("Hands", "হাত"),
    "feet": Pair("Feet", normalise("পায়ের পাতা")),
    "underarms": Pair("Underarms", "বগল"),
}  # in their order


@st.composite
def documents(draw):
    sections = {}
    for section in sorted(SECTIONS, key=lambda section: section.key != "sources"):
        source_uids = [item.uid for item in sections.get("sources", ())]
        sections[section.key] = draw(_items(section, source_uids))
    return Document(
        body_areas={key: name for key, name in AREAS.items() if draw(st.booleans())},
        plan=draw(plans),
        result_lasts=Pair(draw(lines), draw(lines)),
        prose={code: draw(st.none() | prose) for code in LANGUAGES},
        sections=sections,
    )
