from django.db import migrations, models


def mark_withdrawn(apps, schema_editor):
    publications = apps.get_model("treatments", "Publication").objects
    publications.exclude(withdrawn_by=None).update(withdrawn=True)


class Migration(migrations.Migration):
    dependencies = [
        ("treatments", "0011_plain_numbers"),
    ]

    operations = [
        migrations.AddField(
            model_name="publication",
            name="withdrawn",
            field=models.BooleanField(default=False),
        ),
        migrations.RunPython(mark_withdrawn, migrations.RunPython.noop),
    ]
