from django.conf import settings
from django.db import migrations, models

COLUMNS = (("authorship", "written_by"), ("picture", "uploaded_by"))


def keep_names(apps, schema_editor):
    """Of every login that is still there; whose was deleted is not known any more."""
    for person in apps.get_model(settings.AUTH_USER_MODEL).objects.all():
        name = f"{person.first_name} {person.last_name}".strip() or person.username
        for model, column in COLUMNS:
            rows = apps.get_model("treatments", model).objects.filter(**{column: person})
            rows.update(**{f"{column}_name": name})


class Migration(migrations.Migration):
    dependencies = [
        ("treatments", "0028_steps_and_reasons_of_other_treatments"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        *(
            migrations.AddField(
                model_name=model,
                name=f"{column}_name",
                field=models.CharField(blank=True, default="", editable=False, max_length=301),
            )
            for model, column in COLUMNS
        ),
        migrations.RunPython(keep_names, migrations.RunPython.noop),
    ]
