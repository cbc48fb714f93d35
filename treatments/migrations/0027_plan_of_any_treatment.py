"""The plan's amounts get units, and the treatment what it is done with: what ran was a current."""

import django.core.validators
from django.db import migrations, models
from django.db.models import F, Q

NAMES = {
    "visit_minutes": "visit",
    "current_minutes": "running",
    "sessions_a_week": "frequency",
    "course_sessions": "course",
    "maintenance_weeks": "maintenance",
}


UNITS = {
    "visit": [("minutes", "minutes"), ("hours", "hours")],
    "running": [("minutes", "minutes"), ("seconds", "seconds"), ("hours", "hours")],
    "frequency": [
        ("a_week", "times a week"),
        ("a_day", "times a day"),
        ("a_month", "times a month"),
        ("days_apart", "days from one to the next"),
        ("weeks_apart", "weeks from one to the next"),
        ("months_apart", "months from one to the next"),
    ],
    "course": [
        ("sessions", "sessions in all"),
        ("days", "days"),
        ("weeks", "weeks"),
        ("months", "months"),
    ],
    "maintenance": [
        ("weeks_apart", "weeks from one to the next"),
        ("days_apart", "days from one to the next"),
        ("months_apart", "months from one to the next"),
        ("a_week", "times a week"),
        ("a_day", "times a day"),
        ("a_month", "times a month"),
    ],
}
KINDS = [
    (None, "Something else"),
    ("current", "Electric current"),
    ("light", "Light"),
    ("laser", "Laser"),
    ("waves", "Ultrasound or radio waves"),
    ("cold", "Freezing"),
    ("needle", "Injections or needling"),
    ("peel", "A liquid or a cream that stays on for a while"),
    ("procedure", "An operation or another procedure"),
    ("medicine", "A medicine, taken or put on at home"),
]


def end(label):
    return models.PositiveSmallIntegerField(
        blank=True,
        null=True,
        validators=[django.core.validators.MinValueValidator(1)],
        verbose_name=label,
    )


def unit(name):
    choices = UNITS[name]
    return models.CharField(
        choices=choices, default=choices[0][0], max_length=20, verbose_name="unit"
    )


def constraint(name):
    low, high = f"{name}_min", f"{name}_max"
    return models.CheckConstraint(
        name=f"{name}_range",
        condition=Q(**{f"{low}__isnull": True, f"{high}__isnull": True})
        | Q(**{f"{low}__gte": 1, f"{high}__isnull": False, f"{high}__gte": F(low)}),
        violation_error_message="Fill in both ends of the range, the smaller number first.",
    )


def name_kinds(apps, schema_editor):
    treatments = apps.get_model("treatments", "Treatment").objects
    treatments.filter(running_min__isnull=False).update(kind="current")
    for model in ("Confirmation", "Waiver"):
        rows = apps.get_model("treatments", model).objects.filter(section="plan")
        for old, new in NAMES.items():
            rows.filter(item=old).update(item=new)


class Migration(migrations.Migration):
    dependencies = [("treatments", "0026_prose_becomes_rows")]

    operations = [
        *(migrations.RemoveConstraint("treatment", f"{old}_range") for old in NAMES),
        *(
            migrations.RenameField("treatment", f"{old}_{end}", f"{new}_{end}")
            for old, new in NAMES.items()
            for end in ("min", "max")
        ),
        migrations.AddField(
            "treatment",
            "kind",
            models.CharField(
                blank=True,
                choices=KINDS,
                help_text="The sentences that the page makes of the numbers go by this.",
                max_length=20,
                verbose_name="done with",
            ),
        ),
        *(
            migrations.AlterField("treatment", f"{name}_{which}", end(words))
            for name in UNITS
            for which, words in (("min", "at least"), ("max", "at most"))
        ),
        *(migrations.AddField("treatment", f"{name}_unit", unit(name)) for name in UNITS),
        *(migrations.AddConstraint("treatment", constraint(new)) for new in NAMES.values()),
        migrations.RunPython(name_kinds, migrations.RunPython.noop),
    ]
