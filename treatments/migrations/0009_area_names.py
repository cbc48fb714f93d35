"""Kept documents get the names of their body areas, as the pages show them at this moment.

The digests of a text, and the reviews bound to them, are of the same words as before.
"""

from dataclasses import replace

from django.db import migrations


def name_areas(apps, schema_editor):
    from treatments.document import Pair, in_language, read_kept
    from treatments.text import normalise

    Snapshot = apps.get_model("treatments", "Snapshot")
    areas = {
        area.key: Pair(normalise(area.name_en or ""), normalise(area.name_bn or ""))
        for area in apps.get_model("treatments", "BodyArea").objects.order_by("position", "pk")
    }
    for pk in list(Snapshot.objects.values_list("pk", flat=True)):
        snapshot = Snapshot.objects.get(pk=pk)
        document = read_kept(snapshot.document)
        # A page has shown no area that is no longer there.
        named = {key: name for key, name in areas.items() if key in document.body_areas}
        document = replace(document, body_areas=named)
        snapshot.document, snapshot.digest = document.json, document.digest
        for code in ("en", "bn"):
            edition = in_language(document, code)
            setattr(snapshot, f"digest_{code}", edition.digest)
            setattr(snapshot, f"medical_{code}", edition.medical_digest)
        snapshot.save()
    for review in apps.get_model("treatments", "Review").objects.select_related("snapshot"):
        review.digest = getattr(review.snapshot, f"medical_{review.language}")
        review.save(update_fields=["digest"])


class Migration(migrations.Migration):
    dependencies = [
        ("treatments", "0008_limits"),
    ]

    operations = [migrations.RunPython(name_areas, migrations.RunPython.noop)]
