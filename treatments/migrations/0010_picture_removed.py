import json

import django.db.models.deletion
import django.utils.timezone
from django.apps import apps as live_apps
from django.conf import settings
from django.contrib.auth.management import create_permissions
from django.db import migrations, models

from treatments.roles import make_groups


def link_publications(apps, schema_editor):
    """Says of every publication which pictures it shows, as its document names them."""
    picture_model = apps.get_model("treatments", "Picture")
    publication_model = apps.get_model("treatments", "Publication")
    shown = publication_model.objects.filter(snapshot__document__contains='"image": "')
    for publication in shown.select_related("snapshot").iterator(chunk_size=100):
        for photo in json.loads(publication.snapshot.document)["sections"]["photos"]:
            # Content that was loaded from a file came without rows.
            picture, _made = picture_model.objects.get_or_create(
                name=photo["image"],
                defaults={
                    "width": photo["width"],
                    "height": photo["height"],
                    "uploaded_at": django.utils.timezone.now(),
                },
            )
            publication.pictures.add(picture)
    if schema_editor.connection.vendor == "postgresql":
        # The columns' keys are added last, to tables that may have nothing left to be checked.
        schema_editor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        schema_editor.execute("SET CONSTRAINTS ALL DEFERRED")


def add_rights(apps, schema_editor):
    create_permissions(live_apps.get_app_config("treatments"), verbosity=0)
    make_groups(apps.get_model("auth", "Group"), apps.get_model("auth", "Permission"))


class Migration(migrations.Migration):
    dependencies = [
        ("treatments", "0009_area_names"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterModelOptions(
            name="picture",
            options={
                "ordering": ["-uploaded_at", "-pk"],
                "verbose_name": "uploaded picture",
                "verbose_name_plural": "uploaded pictures",
            },
        ),
        migrations.AddField(
            model_name="picture",
            name="removed_at",
            field=models.DateTimeField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name="picture",
            name="removed_because",
            field=models.CharField(
                blank=True,
                choices=[
                    ("consent", "The person in the photo does not agree any more"),
                    ("never_agreed", "The person in the photo never agreed"),
                    ("mistake", "It is the wrong photo"),
                    ("other", "Another reason"),
                ],
                max_length=12,
                verbose_name="why",
            ),
        ),
        migrations.AddField(
            model_name="picture",
            name="removed_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="publication",
            name="pictures",
            field=models.ManyToManyField(related_name="publications", to="treatments.picture"),
        ),
        migrations.RunPython(link_publications, migrations.RunPython.noop),
        migrations.RunPython(add_rights, migrations.RunPython.noop),
    ]
