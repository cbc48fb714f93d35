from django.db import migrations, models
from django.db.models import F

import treatments.models.treatment


def keep_the_names_of_today(apps, schema_editor):
    """What calendars and feed readers know a treatment by so far is its address."""
    apps.get_model("treatments", "Treatment").objects.update(permanent_name=F("slug"))


class Migration(migrations.Migration):
    dependencies = [
        ("treatments", "0019_who_pays"),
    ]

    operations = [
        migrations.AddField(
            model_name="treatment",
            name="permanent_name",
            field=models.CharField(max_length=60, null=True, editable=False),
        ),
        migrations.RunPython(keep_the_names_of_today, migrations.RunPython.noop),
        migrations.AlterField(
            model_name="treatment",
            name="permanent_name",
            field=models.CharField(
                max_length=60,
                unique=True,
                editable=False,
                default=treatments.models.treatment.new_permanent_name,
            ),
        ),
    ]
