"""The table of shipped words, filled with what was loaded into a database of before."""

from collections import defaultdict

import django.db.models.deletion
from django.db import migrations, models

LOADED = "treatments/"


def fill(apps, schema_editor):
    """What was loaded is a treatment's first version, if that is of the very moment of loading.

    A treatment that may have been loaded, but nobody can say so, gets a row without a document.
    """
    snapshots = apps.get_model("treatments", "Snapshot").objects
    rows = apps.get_model("treatments", "ShippedWords").objects
    firsts = {
        treatment: (pk, saved_at, saved_by)
        for pk, treatment, saved_at, saved_by in snapshots.order_by("-pk").values_list(
            "pk", "treatment", "saved_at", "saved_by"
        )
    }
    loaded_at = {
        name.removeprefix(LOADED): moment
        for name, moment in apps.get_model("treatments", "LoadedContent")
        .objects.filter(name__startswith=LOADED)
        .values_list("name", "loaded_at")
    }
    addresses = _addresses(apps)
    known = _known(loaded_at, firsts, addresses)
    for treatment, name in _one_each(known).items():
        document = snapshots.get(pk=firsts[treatment][0]).document
        rows.create(treatment_id=treatment, name=name, document=document)
    possible = {
        name: addresses[name]
        for name in loaded_at
        if name in addresses
        and addresses[name] not in known.values()
        and firsts.get(addresses[name], (None, None, None))[2] is None
    }
    for treatment, name in _one_each(possible).items():
        rows.create(treatment_id=treatment, name=name)


def _addresses(apps):
    """The treatment of every slug that one has or had."""
    old = apps.get_model("treatments", "OldAddress").objects.values_list("slug", "treatment")
    return dict(old) | dict(
        apps.get_model("treatments", "Treatment").objects.values_list("slug", "pk")
    )


def _known(loaded_at, firsts, addresses):
    """The treatment that was loaded from each file: by its address, else the only one it can be."""
    of_moment = defaultdict(set)
    for treatment, (_pk, saved_at, saved_by) in firsts.items():
        if saved_by is None:
            of_moment[saved_at].add(treatment)
    known = {
        name: addresses[name]
        for name, moment in loaded_at.items()
        if addresses.get(name) in of_moment[moment]
    }
    left = defaultdict(list)
    for name in loaded_at.keys() - known.keys():
        left[loaded_at[name]].append(name)
    for moment, names in left.items():
        treatments = of_moment[moment] - {*known.values()}
        if len(treatments) == len(names) == 1:
            known[names[0]] = treatments.pop()
    return known


def _one_each(treatments):
    """Names by treatment, without the treatments that several names lead to."""
    names = defaultdict(list)
    for name, treatment in treatments.items():
        names[treatment].append(name)
    return {treatment: several[0] for treatment, several in names.items() if len(several) == 1}


class Migration(migrations.Migration):
    dependencies = [
        ("treatments", "0013_what_unsure_counts_as"),
    ]

    operations = [
        migrations.CreateModel(
            name="ShippedWords",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=60, unique=True)),
                ("document", models.TextField(blank=True, editable=False)),
                ("offered", models.TextField(blank=True, editable=False)),
                ("decided", models.BooleanField(default=False)),
                ("before", models.TextField(blank=True, editable=False)),
                (
                    "treatment",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="shipped",
                        to="treatments.treatment",
                    ),
                ),
            ],
            options={
                "verbose_name": "shipped words",
                "verbose_name_plural": "shipped words",
                "default_permissions": (),
            },
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
