from django.db import migrations, models

import treatments.models.clinic


class Migration(migrations.Migration):
    dependencies = [("treatments", "0021_opened")]

    operations = [
        migrations.AddField(
            model_name="clinic",
            name="closed_days",
            field=models.JSONField(
                blank=True,
                default=list,
                validators=[treatments.models.clinic.validate_closed_days],
                verbose_name="closed days",
            ),
        ),
    ]
