import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("treatments", "0020_permanent_names")]

    operations = [
        migrations.AlterField(
            model_name="clinicchange",
            name="changed_at",
            field=models.DateTimeField(
                default=django.utils.timezone.now, editable=False, verbose_name="when"
            ),
        ),
    ]
