import django.core.validators
import django.db.models.deletion
from django.apps import apps as live_apps
from django.contrib.auth.management import create_permissions
from django.db import migrations, models

from treatments.roles import make_groups

SECTIONS = {
    "WhatItIs": "What it is",
    "Results": "Results",
    "HowOften": "How often",
    "Cost": "Cost",
    "HowItWorks": "How it works",
}


HELP = {
    "HowOften": "Words around the plan's numbers. The page prints the numbers themselves from the plan."
}


def text(name, **more):
    return models.TextField(
        blank=True,
        validators=[
            django.core.validators.MaxLengthValidator(
                20000,
                "This text is too long: %(show_value)d characters. At most %(limit_value)d fit here.",
            )
        ],
        verbose_name="text",
        help_text=HELP.get(name, ""),
        **more,
    )


def add_rights(apps, schema_editor):
    create_permissions(live_apps.get_app_config("treatments"), verbosity=0)
    make_groups(apps.get_model("auth", "Group"), apps.get_model("auth", "Permission"))


class Migration(migrations.Migration):
    dependencies = [("treatments", "0024_staff_language")]

    operations = [
        *(
            migrations.CreateModel(
                name=name,
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    (
                        "uid",
                        models.CharField(
                            blank=True,
                            editable=False,
                            max_length=60,
                            validators=[
                                django.core.validators.RegexValidator(
                                    "^[a-z0-9]+(-[a-z0-9]+)*\\Z",
                                    "Use only small English letters, digits and single hyphens, for example: skin-care",
                                )
                            ],
                        ),
                    ),
                    ("position", models.PositiveIntegerField(default=0, verbose_name="order")),
                    (
                        "to_confirm",
                        models.BooleanField(
                            default=False,
                            help_text="Patients see the mark “to be confirmed” until it is taken away.",
                            verbose_name="to be confirmed by a doctor of this clinic",
                        ),
                    ),
                    (
                        "kind",
                        models.CharField(
                            choices=[
                                ("paragraph", "Paragraph"),
                                ("item", "In a list with dots"),
                                ("numbered", "In a numbered list"),
                            ],
                            default="paragraph",
                            max_length=10,
                            verbose_name="kind",
                        ),
                    ),
                    ("text", text(name)),
                    ("text_en", text(name, null=True)),
                    ("text_bn", text(name, null=True)),
                    (
                        "treatment",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="%(class)s_set",
                            to="treatments.treatment",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "paragraph",
                    "verbose_name_plural": plural,
                    "ordering": ["position", "pk"],
                    "abstract": False,
                    "constraints": [
                        models.UniqueConstraint(
                            fields=("treatment", "uid"), name=f"{name.lower()}_uid"
                        )
                    ],
                },
            )
            for name, plural in SECTIONS.items()
        ),
        migrations.RunPython(add_rights, migrations.RunPython.noop),
    ]
