"""Kept documents get the names of their body areas, as the pages show them at this moment.

The digests of a text, and the reviews bound to them, are of the same words as before. What a
document of this time looked like is written down here: the program's own reader goes on changing.
"""

import hashlib
import json
from decimal import Decimal

from django.db import migrations

from treatments.language.text import format_json, normalise

# The typed fields of then by section, in the order of the page.
TYPED = {
    "contraindications": ("level",),
    "photos": ("image", "width", "height"),
    "who_it_helps": (),
    "benefits": (),
    "preparation": (),
    "procedure": (),
    "evidence": (
        "kind", "participants", "treated_improved", "treated_total", "compared_improved",
        "compared_total", "treated_percent", "compared_percent", "source",
    ),
    "side_effects": ("frequency",),
    "aftercare": ("kind",),
    "help_signs": ("urgency",),
    "other_options": (),
    "questions": (),
    "sources": ("kind", "citation", "url"),
}
NOT_MEDICAL = ("search_description", "translated_by")


def name_areas(apps, schema_editor):
    Snapshot = apps.get_model("treatments", "Snapshot")
    names = {
        area.key: {"en": normalise(area.name_en or ""), "bn": normalise(area.name_bn or "")}
        for area in apps.get_model("treatments", "BodyArea").objects.order_by("position", "pk")
    }
    for pk in list(Snapshot.objects.values_list("pk", flat=True)):
        snapshot = Snapshot.objects.get(pk=pk)
        plain = json.loads(snapshot.document)
        if plain["schema"] > 2:
            continue
        # A page has shown no area that is no longer there.
        areas = [
            {"key": key, "name": name} for key, name in names.items() if key in plain["body_areas"]
        ]
        sections = {key: plain["sections"].get(key, []) for key in TYPED}
        plain |= {"schema": 3, "body_areas": areas, "sections": sections}
        snapshot.document = format_json(plain)
        snapshot.digest = hashlib.sha256(snapshot.document.encode()).hexdigest()
        plain = json.loads(snapshot.document, parse_float=Decimal)
        for code in ("en", "bn"):
            setattr(snapshot, f"digest_{code}", digest(plain, code, without=()))
            setattr(snapshot, f"medical_{code}", digest(plain, code, without=NOT_MEDICAL))
        snapshot.save()
    for review in apps.get_model("treatments", "Review").objects.select_related("snapshot"):
        review.digest = getattr(review.snapshot, f"medical_{review.language}")
        review.save(update_fields=["digest"])


def digest(plain, language, without):
    """Of what a page of this language says."""
    prose = plain["prose"][language]
    parts = [
        sorted(
            (
                [area["key"], area["name"][language]] if area["name"][language] else area["key"]
                for area in plain["body_areas"]
            ),
            key=lambda named: named if isinstance(named, str) else named[0],
        ),
        plain["plan"],
        plain["result_lasts"][language],
        prose and {
            name: "".join(text) for name, text in prose.items() if name not in without
        },
        {
            key: [[item["uid"], typed(key, item), texts(item, language)] for item in items]
            for key, items in plain["sections"].items()
            if items
        },
    ]
    text = json.dumps(parts, ensure_ascii=False, sort_keys=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()


def typed(section, item):
    """A field that is younger than the section is in no digest where it is empty."""
    given = {
        name: value
        for name, value in item.items()
        if name not in ("uid", "to_confirm") and not isinstance(value, dict)
    }
    return dict.fromkeys(TYPED[section]) | given


def texts(item, language):
    return {name: value[language] for name, value in item.items() if isinstance(value, dict)}


class Migration(migrations.Migration):
    dependencies = [
        ("treatments", "0008_limits"),
    ]

    operations = [migrations.RunPython(name_areas, migrations.RunPython.noop)]
